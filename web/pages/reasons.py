"""Why a fact is on a page: the sheet or file that says so, or the catalogue records it was made from."""

from flask import render_template, request

from graph.archive import Archive, ArchivedRecord
from graph.errors import NotFound
from graph.names import SPARQL_PREFIXES, source_graph
from graph.queries import native
from web.pages.blueprint import pages
from web.pages.visit import Visit, is_iri, visit

MOST_RECORDS = 10


@pages.get("/mengapa")
def why() -> str:
    """The statements of one property of an entity, each with the documents that make it, and the records behind."""
    here, iri, name = visit(), request.args.get("iri", ""), request.args.get("property", "")
    if not is_iri(iri) or not is_iri(name):
        raise NotFound("No fact was named.", "Give ?iri= and ?property=.")
    rows = here.store.select(f"""{SPARQL_PREFIXES}SELECT ?value ?graph WHERE {{ <{iri}> <{name}> ?value
      OPTIONAL {{ GRAPH ?graph {{ <{iri}> <{name}> ?value }} }} }} LIMIT 200""")
    if not rows:
        raise NotFound("Nothing says so in this release.", "The fact may be from an earlier release.")
    stem = source_graph(here.site.base_iri, "")
    found: dict[str, list[str]] = {}
    for row in rows:
        documents = found.setdefault(str(native(row["value"])), [])
        if row["graph"] is not None:
            documents.append(row["graph"].value.removeprefix(stem))
    here.know([iri, *found])
    return render_template("why.html", iri=iri, name=name, found=found, records=records(here, iri))


def records(here: Visit, iri: str) -> list[ArchivedRecord]:
    """The archived catalogue records that an entity was made from, at most ten."""
    if not (here.site.settings.data / "archive.sqlite").exists():
        return []
    archive = Archive.open(here.site.settings.data)
    try:
        return archive.stating(iri, MOST_RECORDS) or [archive.record(iri)]
    except NotFound:
        return []
    finally:
        archive.close()
