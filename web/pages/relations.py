"""Pictures of relations: a neighbourhood as SVG with real links and the same as a table; the map of libraries."""

from collections.abc import Collection

from flask import render_template

from graph.description import kind_of
from graph.errors import NotFound
from graph.neighbourhood import HEIGHT, WIDTH, neighbourhood
from graph.search import Wanted
from web.pages.blueprint import pages
from web.pages.catalogue import positions
from web.pages.searching import distances
from web.pages.visit import Visit, is_iri, visit

MOST_PLACES = 600
"""Libraries that one list and one map can hold; a country has tens of thousands."""


@pages.get("/hubungan/<path:name>")
def relations(name: str) -> str:
    """The neighbourhood of an organisation, network, partnership or agreement."""
    iri = named(visit(), name)
    found = neighbourhood(visit().store, iri)
    return render_template(
        "relations.html",
        iri=iri,
        found=found,
        kinds_of=kinds_of(visit(), [node.iri for node in found.nodes]),
        places={node.iri: node for node in found.nodes},
        width=WIDTH,
        height=HEIGHT,
    )


def named(here: Visit, name: str) -> str:
    """The IRI of the entity with this id. Raises NotFound."""
    iri = here.site.iri("/id/" + name)
    if not name or not is_iri(iri) or not here.label(iri):
        raise NotFound(f"Nothing is known as {name!r}.", "Search for it by name.")
    return iri


def kinds_of(here: Visit, iris: Collection[str]) -> dict[str, str]:
    """The kind of each entity; their labels and addresses are looked up on the way."""
    here.know(iris)
    values = " ".join(f"<{iri}>" for iri in iris)
    types: dict[str, set[str]] = {}
    for row in here.select(f"SELECT ?one ?type WHERE {{ VALUES ?one {{ {values} }} ?one a ?type }}"):
        types.setdefault(row["one"].value, set()).add(row["type"].value)
    return {iri: kind_of(types.get(iri, set())).kind for iri in iris}


@pages.get("/direktori")
def directory() -> str:
    """Libraries with a position, as a list from which a map is drawn: the nearest to mine, else the first."""
    here = visit()
    libraries = Wanted(chosen={"kind": "library"}, limit=MOST_PLACES)
    listed = here.search.find(libraries, facets=False)
    nearest = list(distances(here))[:MOST_PLACES]
    found = positions(here, nearest or [one.iri for one in listed.results])
    here.know(found)
    ordered = {
        iri: found[iri] for iri in nearest or sorted(found, key=lambda iri: here.link(iri).text) if iri in found
    }
    return render_template("directory.html", found=ordered, total=listed.total, nearest=bool(nearest))
