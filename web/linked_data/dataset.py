"""The dataset as a whole, described in VoID, DCAT and the SPARQL service vocabulary, with counts of the release."""

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from flask import Response, redirect, request

from graph.names import PREFIXES, expand, slug, source_graph
from web.linked_data.dumps import Dump, dumps_of
from web.sharing import open_blueprint
from web.site import Site, site
from web.sparql.formats import TRIPLES, choose

dataset = open_blueprint("dataset")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {**PREFIXES, "sd": _SD, "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#"}
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_WRITTEN = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
_WRITTEN["jsonld"] = ox.RdfFormat.JSON_LD
Statement = tuple[str, str, str]


@dataset.get("/.well-known/void")
@dataset.get("/dataset")
@dataset.get("/dataset.<suffix>")
def description(suffix: str = "") -> Response:
    """The description of the dataset and of the service, in any RDF format; people are sent to its page."""
    if not suffix and request.accept_mimetypes.best_match(["text/turtle", "text/html"]) == "text/html":
        return redirect("/about", 303)  # type: ignore[return-value]
    return describe(suffix or request.args.get("format", ""))


def describe(wanted: str = "") -> Response:
    """The description as a response, in the format the request accepts."""
    form = choose(request.accept_mimetypes, TRIPLES, wanted)
    triples = [_triple(*statement) for statement in statements(site())]
    content = ox.serialize(triples, format=_WRITTEN[form.key], prefixes=_NAMES)
    response = Response(content, mimetype=form.mime)
    response.headers["Vary"] = "Accept"
    response.set_etag(f"{site().release.number}-{form.key}")
    return response.make_conditional(request)  # type: ignore[return-value]


def statements(here: Site) -> Iterator[Statement]:
    """Subject, property and object; objects are ``<IRI>``, prefixed names, or literals in N-Triples."""
    whole = here.url("/dataset")
    yield from _service(here, whole)
    yield from _whole(here, whole)
    for dump in dumps_of(here.settings.data, here.release.number):
        yield from _distribution(here, whole, dump)
    for source in here.release.manifest.get("sources", ()):
        yield from _source(here, whole, source)


def _service(here: Site, whole: str) -> Iterator[Statement]:
    service, default = here.url("/sparql"), whole + "#default"
    yield service, "rdf:type", "sd:Service"
    yield service, "sd:endpoint", f"<{service}>"
    for language in ("SPARQL11Query", "SPARQL11Update"):
        yield service, "sd:supportedLanguage", f"sd:{language}"
    yield service, "sd:feature", "sd:EmptyGraphs"
    for name in _RESULTS + _GRAPHS:
        yield service, "sd:resultFormat", f"<{_FORMATS}{name}>"
    for name in _GRAPHS:
        yield service, "sd:inputFormat", f"<{_FORMATS}{name}>"
    yield service, "sd:defaultDataset", f"<{whole}>"
    yield whole, "rdf:type", "sd:Dataset"
    yield whole, "sd:defaultGraph", f"<{default}>"
    yield default, "rdf:type", "sd:Graph"
    yield default, "void:triples", _number(here.release.manifest.get("counts", {}).get("statements", 0))
    for graph in here.release.store.store.named_graphs():
        if isinstance(graph, ox.NamedNode):
            node = f"{whole}#graph-{slug(graph.value.removeprefix(source_graph(here.base_iri, '')))}"
            yield whole, "sd:namedGraph", f"<{node}>"
            yield node, "rdf:type", "sd:NamedGraph"
            yield node, "sd:name", f"<{graph.value}>"


def _whole(here: Site, whole: str) -> Iterator[Statement]:
    settings, release = here.settings, here.release
    counts: dict[str, int] = release.manifest.get("counts", {})
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield whole, "rdf:type", kind
    yield whole, "dct:title", _literal(settings.text("title"))
    yield whole, "dct:license", f"<{settings.text('licence')}>"
    yield whole, "dct:modified", _literal(release.date.isoformat(), "xsd:dateTime")
    yield whole, "dcat:version", _literal(str(release.number))
    yield whole, "void:sparqlEndpoint", f"<{here.url('/sparql')}>"
    yield whole, "void:uriSpace", _literal(here.iri("/id/"))
    yield whole, "foaf:homepage", f"<{here.url('/')}>"
    yield whole, "void:triples", _number(counts.get("statements", 0))
    if settings.text("contact"):
        yield whole, "dcat:contactPoint", f"<mailto:{settings.text('contact')}>"
    for name, count in counts.items():
        if name != "statements":
            part = f"{whole}#{name.replace(':', '-').rpartition('/')[2]}"
            yield whole, "void:classPartition", f"<{part}>"
            yield part, "void:class", f"<{_class(name)}>"
            yield part, "void:entities", _number(count)


def _source(here: Site, whole: str, source: dict[str, Any]) -> Iterator[Statement]:
    part = source_graph(here.base_iri, source["id"])
    yield whole, "void:subset", f"<{part}>"
    yield part, "rdf:type", "void:Dataset"
    yield part, "dct:title", _literal(source["id"])
    if source.get("records"):
        yield part, "void:documents", _number(source["records"])


def _distribution(here: Site, whole: str, dump: Dump) -> Iterator[Statement]:
    address = here.url(dump.path)
    yield whole, "dcat:distribution", f"<{address}#distribution>"
    if dump.whole:
        yield whole, "void:dataDump", f"<{address}>"
    node = f"{address}#distribution"
    yield node, "rdf:type", "dcat:Distribution"
    yield node, "dcat:downloadURL", f"<{address}>"
    yield node, "dcat:mediaType", "<https://www.iana.org/assignments/media-types/application/n-quads>"
    yield node, "dcat:compressFormat", "<https://www.iana.org/assignments/media-types/application/gzip>"
    yield node, "dcat:byteSize", _number(dump.bytes)
    yield node, "void:triples", _number(dump.statements)
    yield node, "spdx:checksum", f"<{address}#checksum>"
    yield f"{address}#checksum", "spdx:algorithm", "spdx:checksumAlgorithm_sha256"
    yield f"{address}#checksum", "spdx:checksumValue", _literal(dump.sha256)


def _class(name: str) -> str:
    prefix = name.partition(":")[0]
    return expand(name) if prefix in PREFIXES else name


def _triple(subject: str, predicate: str, value: str) -> ox.Triple:
    if value.startswith('"'):
        text, _, datatype = value[1:].rpartition('"^^')
        term: ox.NamedNode | ox.Literal = ox.Literal(text, datatype=ox.NamedNode(_expanded(datatype)))
    else:
        term = ox.NamedNode(value[1:-1] if value.startswith("<") else _expanded(value))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(_expanded(predicate)), term)


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _NAMES[prefix] + local


def _literal(text: str, datatype: str = "xsd:string") -> str:
    return f'"{text}"^^{datatype}'


def _number(count: int) -> str:
    return _literal(str(count), "xsd:integer")
