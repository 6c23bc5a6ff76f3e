"""Search: words and facets in the address, results as a page, as JSON and as CSV; suggestions while typing."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

from flask import Response, jsonify, render_template, request

from graph.names import expand, shorten
from graph.nearness import from_library, positions
from graph.routes import routes
from graph.search import SORTS, Found, Wanted
from graph.search_index import FACETS
from ontology.display import code_name, kinds
from web.pages.blueprint import pages
from web.pages.entities_of_rows import as_rdf
from web.pages.visit import Visit, is_iri, visit

PAGE = 20


@pages.get("/search")
def search() -> str:
    """Results with facets before them; every choice is a link."""
    here = visit()
    wanted = _wanted(here)
    away = distances(here)
    found = _found(here, wanted, away)
    if wanted.offset >= found.total > 0:
        wanted = replace(wanted, offset=(found.total - 1) // PAGE * PAGE)
        found = _found(here, wanted, away)
    facets = {name: _values(here, name, found, wanted) for name in FACETS if found.facets.get(name)}
    here.know(value for values in wanted.links.values() for value in values if is_iri(value))
    chosen = [(name, _label(here, name, value)) for name, value in wanted.chosen.items()]
    chosen += [(name, here.link(wanted.links[name][0]).text) for name in ("about", "by") if name in wanted.links]
    pages_there = range(0, found.total, PAGE)
    sorts = [one for one in SORTS if away or one != "nearest"]
    return render_template(
        "search.html", found=found, wanted=wanted, facets=facets, chosen=chosen, last=len(pages_there) - 1,
        page=wanted.offset // PAGE, per_page=PAGE, sorts=sorts, away=away, behind=_behind(found),
    )  # fmt: skip


@pages.get("/search.json")
def search_json() -> Response:
    """The same results for programs."""
    found = _found(visit(), _wanted(visit()), distances(visit()))
    rows = [_row(result) for result in found.results]
    facets = {name: {one.value: one.count for one in values} for name, values in found.facets.items()}
    return jsonify({"total": found.total, "similar": found.similar, "results": rows, "facets": facets})


@pages.get("/search.csv")
def search_csv() -> Response:
    """The same results as a table."""
    text = StringIO()
    writer = csv.DictWriter(text, ["iri", "kind", "title", "names", "year", "holders"], extrasaction="ignore")
    writer.writeheader()
    for result in _found(visit(), _wanted(visit()), distances(visit())).results:
        row = _row(result)
        writer.writerow({**row, "names": "; ".join(row["names"]), "holders": result.held})
    return Response(text.getvalue(), mimetype="text/csv")


@pages.get("/search.<any(ttl, jsonld):form>")
def search_rdf(form: str) -> Response:
    """What is known of the entities that were found, as Turtle or JSON-LD."""
    here = visit()
    found = _found(here, _wanted(here), distances(here))
    return as_rdf(here, ({"iri": one.iri} for one in found.results), form)


@pages.get("/suggest")
def suggest() -> Response:
    """Up to eight entities whose name begins as typed."""
    here = visit()
    found = here.search.suggest(request.args.get("q", ""))
    return jsonify([
        {"text": one.title, "kind": one.kind, "names": one.names[:1], "href": here.page(one.iri, one.kind)}
        for one in found
    ])  # fmt: skip


@pages.app_template_filter("nearest")
def nearest(holders: list[str], away: dict[str, float]) -> int | None:
    """Whole kilometres to the nearest of some libraries, None when none has a position."""
    return round(min(away[one] for one in holders if one in away)) if any(one in away for one in holders) else None


def _behind(found: Found) -> str:
    """A SPARQL query for what these results say; which they are, the index told."""
    values = " ".join(f"<{one.iri}>" for one in found.results)
    return f"SELECT ?result ?property ?value WHERE {{ VALUES ?result {{ {values} }} ?result ?property ?value }}"


def _found(here: Visit, wanted: Wanted, away: dict[str, float]) -> Found:
    return here.search.near(wanted, list(away)) if wanted.sort == "nearest" and away else here.search.find(wanted)


def distances(here: Visit) -> dict[str, float]:
    """Kilometres from the reader's library to every other; nothing when none was chosen or it has no position."""
    if not here.library:
        return {}
    known = here.shelf.result("positions", lambda: positions(here.store))
    return here.shelf.result(("distances", here.library), lambda: from_library(known, here.library))


def _wanted(here: Visit) -> Wanted:
    chosen = {name: value for name in FACETS if (value := request.args.get(name, ""))}
    chosen = {name: here.site.iri("/id/" + value[3:]) if value.startswith("id:") else value
              for name, value in chosen.items()}  # fmt: skip
    sort = request.args.get("sort", "relevance")
    page = request.args.get("page", "0")
    links: dict[str, tuple[str, ...]] = {
        name: (value,) for name in ("about", "by") if (value := request.args.get(name, ""))
    }
    if request.args.get("boleh") and here.library:
        reachable = routes(here.store, expand("jp:lend"), here.library, here.on)
        links["lendable"] = tuple(f"{holder} {category}" for holder, category in sorted(reachable)) or ("none",)
    return Wanted(
        request.args.get("q", ""), chosen, links, sort if sort in SORTS else "relevance",
        int(page[:9]) * PAGE if page.isdecimal() else 0, PAGE,
    )  # fmt: skip


def _values(here: Visit, name: str, found: Found, wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {
            "label": _label(here, name, one.value),
            "count": one.count,
            "chosen": wanted.chosen.get(name) == one.value,
            "href": here.here(**{name: None if wanted.chosen.get(name) == one.value else one.value, "page": None}),
        }
        for one in found.facets[name]
    ]


def _label(here: Visit, name: str, value: str) -> str:
    if name == "kind":
        return next((kind.many[here.language] for kind in kinds() if kind.kind == value), value)
    known = here.search.labels.get(value, {})
    return (
        known.get(here.language)
        or known.get("")
        or next(iter(known.values()), None)
        or code_name(value, here.language)
        or _short(value, here)
    )


def _short(value: str, here: Visit) -> str:
    return shorten(value, here.site.base_iri).rpartition(":")[2] if "/" in value else value


def _row(result: Any) -> dict[str, Any]:
    names = ("iri", "kind", "title", "names", "year", "holders", "held")
    return {name: getattr(result, name) for name in names}
