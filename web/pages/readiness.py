"""Readiness: the latest self-scores as a picture, and evidence that needs the search index."""

from collections.abc import Mapping
from datetime import date
from math import cos, pi, sin
from typing import Any

from graph.access import Accesses
from graph.search import Wanted
from web.pages.impact import borrowable
from web.pages.operations import Found, computes
from web.pages.visit import Visit

RADIUS, BEST = 100, 4


Assessment = tuple[date, dict[str, object]]
"""The day of an assessment, and the score of each question."""


@computes("/kesiapan/{L}")
def readiness(here: Visit, values: Mapping[str, str]) -> Found:
    """The radar of the latest assessment and of the one before; reach as a share and for each title owned."""
    me = values["me"]
    return Found({"reach": _reach(here, me)}, picture=radar(here, me))


def radar(here: Visit, me: str) -> dict[str, Any]:
    """The last two assessments on the visit's day as shapes, with the scores they show; nothing without any."""
    found = _assessments(here, me)
    questions = sorted({question for _, scores in found for question in scores})
    here.know(questions)
    of = len(questions)
    shapes = [
        {"day": day, "points": " ".join(_point(place, of, _share(scores.get(question)))
                                        for place, question in enumerate(questions))}
        for day, scores in found
    ]  # fmt: skip
    axes = [
        {"label": place + 1, "end": _point(place, of, 1).split(","), "at": _point(place, of, 1.15).split(",")}
        for place in range(of)
    ]
    rings = [_ring(of, step / BEST) for step in range(1, BEST + 1)]
    rows = [(question, [scores.get(question) for _, scores in found]) for question in questions]
    return {"shapes": shapes, "axes": axes, "rings": rings, "rows": rows} if shapes else {}


def _assessments(here: Visit, me: str) -> list[Assessment]:
    found: dict[date, dict[str, object]] = {}
    for row in here.ask("readiness", me=me).rows:
        day = row["date"]
        if isinstance(day, date) and day <= here.on:
            found.setdefault(day, {})[str(row["question"])] = row["score"]
    return sorted(found.items())[-2:]


def _share(score: object) -> float:
    return float(str(score or 0)) / BEST


def _point(place: int, of: int, share: float) -> str:
    angle = 2 * pi * place / of - pi / 2
    return f"{RADIUS * share * cos(angle):.1f},{RADIUS * share * sin(angle):.1f}"


def _ring(of: int, share: float) -> str:
    return " ".join(_point(place, of, share) for place in range(of))


def _reach(here: Visit, me: str) -> list[dict[str, object]]:
    routes = Accesses(here.store, here.on, ("lend",)).routes(me)
    every = here.search.count(Wanted(chosen={"kind": "work"}))
    own = here.search.count(Wanted(chosen={"kind": "work", "holder": me}))
    reach = borrowable(here, me, routes)
    jp = "https://w3id.org/jejaring/ns#"
    words = {
        "id": ("karya di jejaring di luar jangkauan, persen", "judul terjangkau untuk tiap judul sendiri"),
        "en": ("works of the network out of reach, per cent", "titles within reach for each title owned"),
    }[here.language]
    return [
        {
            "question": jp + "q-1-network",
            "evidence": round(100 * (every - own - reach) / every, 1) if every else None,
            "measure": words[0],
        },
        {"question": jp + "q-7-weight", "evidence": round(reach / own, 1) if own else None, "measure": words[1]},
    ]
