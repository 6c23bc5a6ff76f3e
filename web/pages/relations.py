"""Pictures of relations: a neighbourhood as SVG with real links and the same as a table; the map of libraries."""

from flask import render_template

from graph.description import kind_of
from graph.errors import NotFound
from graph.names import SPARQL_PREFIXES
from graph.neighbourhood import HEIGHT, WIDTH, neighbourhood
from web.pages.blueprint import pages
from web.pages.visit import visit


@pages.get("/hubungan/<path:name>")
def relations(name: str) -> str:
    """The neighbourhood of an organisation, network, partnership or agreement."""
    here = visit()
    iri = here.site.iri("/id/" + name)
    if not set(iri).isdisjoint(' <>"{}|\\^`') or not here.label(iri):
        raise NotFound(f"Nothing is known as {name}.", "Search for it by name.")
    found = neighbourhood(here.store, iri)
    here.know(node.iri for node in found.nodes)
    values = " ".join(f"<{node.iri}>" for node in found.nodes)
    types: dict[str, set[str]] = {}
    for row in here.store.select(
        f"{SPARQL_PREFIXES}SELECT ?one ?type WHERE {{ VALUES ?one {{ {values} }} ?one a ?type }}"
    ):
        if row["one"] is not None and row["type"] is not None:
            types.setdefault(row["one"].value, set()).add(row["type"].value)
    kinds = {node.iri: kind_of(types.get(node.iri, set())).kind for node in found.nodes}
    places = {node.iri: node for node in found.nodes}
    return render_template(
        "relations.html", iri=iri, found=found, kinds_of=kinds, places=places, width=WIDTH, height=HEIGHT
    )


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
