"""Candidates for focal point, ranked by the mean of their ranks in what they have to offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.reach import links
from web.pages.operations import Found, computes
from web.pages.visit import Visit

MORE_IS_BETTER = ("partnerships", "titles", "equipment", "reached", "supplied")


@computes("/jejaring/{N}/calon-focal-point")
def candidates(here: Visit, values: Mapping[str, str]) -> Found:
    """Each member with its figures and its rank."""
    network = values["network"]
    joined = links(here.network, here.on)
    supplied = {row["library"]: row["supplied"] for row in here.ask("cq36-lending-balance", to=here.on).rows}
    now = {
        row["focalPoint"]
        for row in here.ask("cq14-focal-point").rows
        if row["network"] == network and row["current"]
    }
    unmet: dict[Any, int] = {}
    for row in here.ask("cq13-requirements", network=network, lang=here.language).rows:
        unmet[row["member"]] = unmet.get(row["member"], 0) + 1
    rows = [
        {
            **row,
            "reached": _within_two(joined, str(row["member"])),
            "supplied": supplied.get(row["member"]) or 0,
            "unmet": unmet.get(row["member"], 0),
            "current": row["member"] in now,
        }
        for row in here.ask("cq18-focal-point-candidates", network=network).rows
    ]
    return Found({"ranked": ranked(rows)})


def ranked(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows, best mean rank first; fewer requirements unmet and more of everything else is better."""
    worths = [[-row["unmet"], *(row[name] for name in MORE_IS_BETTER)] for row in rows]
    means = [
        sum(1 + sum(other[place] > own[place] for other in worths) for place in range(len(own))) / len(own)
        for own in worths
    ]
    order = sorted(range(len(rows)), key=lambda number: (means[number], str(rows[number]["member"])))
    places = {number: 1 + sum(means[other] < means[number] for other in order) for number in order}
    return [{"rank": places[number], **rows[number]} for number in order]


def _within_two(joined: Mapping[str, Mapping[str, str]], start: str) -> int:
    near = set(joined.get(start, {}))
    far = {other for one in near for other in joined.get(one, {})}
    return len((near | far) - {start})
