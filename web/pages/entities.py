"""Pages of entities: every kind shares the facts, the sources and the formats; some add what only they have."""

from collections.abc import Callable, Iterable, Set
from typing import Any

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from graph.description import Description, describe
from graph.errors import NotFound
from graph.merging import successor
from graph.names import SPARQL_PREFIXES, expand, source_graph
from graph.search import Wanted
from web.pages.addresses import SEGMENTS, entity_of
from web.pages.blueprint import pages
from web.pages.schema_org import schema_org
from web.pages.visit import Visit, visit

Extra = Callable[[Visit, Description], dict[str, Any]]
EXTRAS: dict[str, tuple[str, Extra]] = {}
"""Kind → its template and the function that gathers what it shows besides the facts."""
MOST_RELATIONS = 200
FIRST = 15
"""Entities that are named for each relation; the rest is counted."""
_ABOUT = ("bf:subject", "jp:subjectGroup", "bf:associatedResource")
_LISTED = {expand("bf:agent"): "by"} | {expand(name): "about" for name in _ABOUT}
"""Relations of works that the page lists as works, with who holds them, and in which list."""

_EXPRESSED = """SELECT DISTINCT ?hub WHERE { VALUES ?hub { %s } ?work bf:expressionOf ?hub ; bf:contribution ?part .
  ?part bf:agent <%s> }"""


def shows(kind: str, template: str) -> Callable[[Extra], Extra]:
    """Declare how a kind of entity is shown."""

    def declare(gather: Extra) -> Extra:
        EXTRAS[kind] = (template, gather)
        return gather

    return declare


@pages.get("/entitas")
def anything() -> str:
    """The page of any node, by its IRI: codes, outside entities, parts."""
    iri = request.args.get("iri", "")
    if not iri or not set(iri).isdisjoint(' <>"{}|\\^`\n\r\t'):
        raise NotFound("No entity was named.", "Give its IRI: /entitas?iri=…")
    return entity_page(visit(), iri)


def entity(segment: str, name: str) -> str | Response:
    """The page of the entity with this name below an address segment."""
    here = visit()
    iri = entity_of(here.store, here.site.base_iri, SEGMENTS[segment].kind, name)
    if iri is None:
        raise NotFound(f"Nothing is known under /{segment}/{name}.", "Search for it by name or identifier.")
    if instead := successor(here.store.store, iri):
        return redirect(here.link(instead).href, 301)
    return entity_page(here, iri)


for _segment in SEGMENTS:
    pages.add_url_rule(f"/{_segment}/<path:name>", f"entity-{_segment}", entity, defaults={"segment": _segment})


def entity_page(here: Visit, iri: str) -> str:
    """Facts, relations, sources and formats of an entity, with what its kind adds."""
    description = describe(here.store, iri, here.language, here.site.base_iri)
    if description is None:
        raise NotFound(f"Nothing is known of {iri}.", "Search for it by name or identifier.")
    here.know(value.iri for fact in description.facts for value in fact.values)
    template, gather = EXTRAS.get(description.kind.kind, ("entity.html", _relations))
    return render_template(
        template, it=description, sources=_sources(here, iri), schema_org=schema_org(here, description),
        **gather(here, description),
    )  # fmt: skip


def _relations(here: Visit, it: Description) -> dict[str, Any]:
    """What refers to this entity: works through the index, everything else through the store."""
    links = {
        name: here.search.find(Wanted(chosen={"kind": "work"}, links={name: (it.iri,)}, limit=12), facets=False)
        for name in ("by", "about")
    }
    rows = here.select(f"SELECT ?one ?property WHERE {{ ?one ?property <{it.iri}> }} LIMIT {MOST_RELATIONS}")
    incoming: dict[str, list[str]] = {}
    for row in rows:
        subject = row["one"].value.partition("#")[0]
        if subject != it.iri:
            incoming.setdefault(row["property"].value, []).append(subject)
    relations: dict[str, list[str]] = {}
    for name, many in incoming.items():
        again = _listed(here, it.iri, many) if name in _LISTED and links[_LISTED[name]].total else frozenset()
        relations[name] = [one for one in dict.fromkeys(many) if one not in again]
    shown = {name: many for name, many in relations.items() if many}
    here.know(one for many in shown.values() for one in many[:FIRST])
    return {"works": links, "relations": shown, "most": MOST_RELATIONS, "first": FIRST}


def _listed(here: Visit, iri: str, many: Iterable[str]) -> Set[str]:
    """Those that the page lists as works: works, and uniform titles (hubs) of works by the same person or body."""
    works, hubs = f"{here.site.base_iri}/id/work/", f"{here.site.base_iri}/id/hub/"
    listed = {one for one in many if one.startswith(works)}
    if titles := {one for one in many if one.startswith(hubs)}:
        values = " ".join(f"<{one}>" for one in sorted(titles))
        listed |= {row["hub"].value for row in here.select(_EXPRESSED % (values, iri))}
    return listed


def _sources(here: Visit, iri: str) -> list[str]:
    """The sheets and files that speak of it, by the named graphs that hold its statements."""
    rows = here.store.select(
        f"{SPARQL_PREFIXES}SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ <{iri}> ?p ?o }} }}"
    )
    stem = source_graph(here.site.base_iri, "")
    graphs = [row["graph"].value for row in rows if row["graph"] is not None]
    return sorted(graph.removeprefix(stem) for graph in graphs if graph.startswith(stem))
