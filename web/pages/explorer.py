"""The explorer: relations to walk in, by kind and day, and the way between two libraries; as data and as a page."""

from typing import Any

from flask import Response, jsonify, render_template, request

from graph.neighbourhood import Tie, neighbourhood
from graph.reach import links, path
from graph.search import Wanted
from web.pages.blueprint import pages
from web.pages.cooperation import POLICY, rows
from web.pages.relations import kinds_of, named
from web.pages.visit import Visit, visit

STANDING = ("in force", "ending soon", "renewed automatically")
MEMBERSHIPS = """SELECT ?one ?other ?starts ?ends ?terminated WHERE { VALUES (?one ?other) { %s }
  ?m org:member ?one ; org:organization ?other . OPTIONAL { ?m schema:startDate ?starts }
  OPTIONAL { ?m schema:endDate ?ends } OPTIONAL { ?m jp:terminatedOn ?terminated } }"""
POLICIES = (
    "SELECT DISTINCT ?policy ?signed ?starts ?ends ?terminated ?renews ?offer ?law WHERE { VALUES ?policy { %s } "
)
Edge = dict[str, Any]


@pages.get("/penjelajah")
def explorer() -> str:
    """The neighbourhood of ``?mulai=`` (left out: my library, or a network) as a picture that grows where it is
    chosen; ``?ke=`` shows the way there."""
    here = visit()
    start = named(here, request.args.get("mulai", "") or _beginning(here))
    return render_template("explorer.html", iri=start, goal=request.args.get("ke", ""))


def _beginning(here: Visit) -> str:
    """Where to begin when nothing is named: my library, else a network, else a library."""
    kinds = (Wanted(chosen={"kind": kind}, limit=1) for kind in ("network", "library"))
    found = (one.iri for wanted in kinds for one in here.search.find(wanted, facets=False).results)
    return here.local(here.library or next(found, ""))


@pages.get("/hubungan.json")
def relations_json() -> Response:
    """What an entity (``?dari=``) is tied to, as nodes and edges; ``?ke=`` gives the way to a library instead."""
    here = visit()
    start = named(here, request.args.get("dari", ""))
    goal = request.args.get("ke", "")
    ties = _way(here, start, named(here, goal)) if goal else _near(here, start)
    ends = sorted({end for one, _, other in ties for end in (one, other)} | {start})
    kinds = kinds_of(here, ends)
    nodes = [
        {"id": one, "name": here.local(one), "text": here.link(one).text[:120], "href": here.link(one).href,
         "kind": kinds[one]}
        for one in ends
    ]  # fmt: skip
    return jsonify({"nodes": nodes, "edges": _edges(here, ties)})


def _near(here: Visit, start: str) -> list[Tie]:
    return [tie for tie in neighbourhood(here.store, start).ties if start in (tie[0], tie[2])]


def _way(here: Visit, start: str, goal: str) -> list[Tie]:
    """The memberships that join two libraries on the day by the fewest partnerships; none when nothing does."""
    joined = here.shelf.result(("links", here.on), lambda: links(here.network, here.on))
    hops = path(joined, start, goal) or []
    return [(end, "membership", hop.partnership) for hop in hops for end in (hop.start, hop.end)]


def _edges(here: Visit, ties: list[Tie]) -> list[Edge]:
    standing = _standing(here, ties)
    return [
        {"id": f"{one} {tie} {other}", "source": one, "target": other, "tie": tie, "now": (one, other) in standing}
        for one, tie, other in dict.fromkeys(ties)
    ]


def _standing(here: Visit, ties: list[Tie]) -> set[tuple[str, str]]:
    """The ties that stand on the visit's day: memberships by their dates, agreements by their policy's."""
    members = " ".join(f"(<{one}> <{other}>)" for one, tie, other in ties if tie == "membership")
    policies = " ".join({f"<{other}>" for _, tie, other in ties if tie == "agreement"})
    parts = rows(here, MEMBERSHIPS % members) if members else []
    found = {(str(row["one"]), str(row["other"])) for row in parts if row["status"] in STANDING}
    signed = rows(here, POLICIES % policies + POLICY + " }") if policies else []
    good = {str(row["policy"]) for row in signed if row["status"] in STANDING}
    return found | {(one, other) for one, tie, other in ties if tie == "agreement" and other in good}
