"""Pictures of relations: a neighbourhood as SVG with real links and the same as a table; the map of libraries."""

from flask import Response, jsonify, render_template, request

from graph.description import kind_of
from graph.errors import NotFound
from graph.neighbourhood import HEIGHT, WIDTH, Neighbourhood, neighbourhood
from web.pages.blueprint import pages
from web.pages.visit import Visit, is_iri, visit


@pages.get("/hubungan/<path:name>")
def relations(name: str) -> str:
    """The neighbourhood of an organisation, network, partnership or agreement."""
    iri = _named(visit(), name)
    found = neighbourhood(visit().store, iri)
    return render_template(
        "relations.html",
        iri=iri,
        found=found,
        kinds_of=_kinds(visit(), found),
        places={node.iri: node for node in found.nodes},
        width=WIDTH,
        height=HEIGHT,
    )


@pages.get("/penjelajah")
def explorer() -> str:
    """The neighbourhood of ``?mulai=`` as a picture that grows where it is chosen."""
    return render_template("explorer.html", iri=_named(visit(), request.args.get("mulai", "")))


@pages.get("/hubungan.json")
def relations_json() -> Response:
    """What an entity (``?dari=``) is tied to, as nodes and edges for the explorer."""
    here = visit()
    iri = _named(here, request.args.get("dari", ""))
    found = neighbourhood(here.store, iri)
    kinds = _kinds(here, found)
    near = {end for one, _, other in found.ties if iri in (one, other) for end in (one, other)} | {iri}
    nodes = [
        {
            "id": one,
            "name": here.local(one),
            "text": here.link(one).text,
            "href": here.link(one).href,
            "kind": kinds[one],
        }
        for one in sorted(near)
    ]
    edges = [
        {"id": f"{one} {tie} {other}", "source": one, "target": other, "tie": tie}
        for one, tie, other in found.ties
        if iri in (one, other)
    ]
    return jsonify({"nodes": nodes, "edges": edges})


def _named(here: Visit, name: str) -> str:
    iri = here.site.iri("/id/" + name)
    if not name or not is_iri(iri) or not here.label(iri):
        raise NotFound(f"Nothing is known as {name!r}.", "Search for it by name.")
    return iri


def _kinds(here: Visit, found: Neighbourhood) -> dict[str, str]:
    """The kind of each node; their labels and addresses are looked up on the way."""
    here.know(node.iri for node in found.nodes)
    values = " ".join(f"<{node.iri}>" for node in found.nodes)
    types: dict[str, set[str]] = {}
    for row in here.select(f"SELECT ?one ?type WHERE {{ VALUES ?one {{ {values} }} ?one a ?type }}"):
        types.setdefault(row["one"].value, set()).add(row["type"].value)
    return {node.iri: kind_of(types.get(node.iri, set())).kind for node in found.nodes}


@pages.get("/direktori")
def directory() -> str:
    """All libraries with a position, as a list from which the map is drawn."""
    here = visit()
    rows = here.select("""SELECT DISTINCT ?one ?lat ?lon ?town WHERE { ?one a org:Organization ; schema:geo ?geo .
      ?geo schema:latitude ?lat ; schema:longitude ?lon .
      OPTIONAL { ?one schema:address/schema:addressLocality ?town } } ORDER BY ?one LIMIT 2000""")
    found = {row["one"].value: row for row in rows}
    here.know(found)
    return render_template("directory.html", found=found)
