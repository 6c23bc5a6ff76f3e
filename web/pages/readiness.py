"""Readiness: the latest self-scores as a picture, and evidence that needs the search index."""

from collections.abc import Mapping
from math import cos, pi, sin

from graph.access import Accesses
from graph.search import Wanted
from web.pages.impact import borrowable
from web.pages.operations import Found, computes
from web.pages.visit import Visit

RADIUS, BEST = 100, 4


@computes("/kesiapan/{L}")
def readiness(here: Visit, values: Mapping[str, str]) -> Found:
    """The radar of the latest assessment and of the one before; reach as a share and for each title owned."""
    me = values["me"]
    rows = [row for row in here.ask("readiness", me=me).rows if row["date"] <= here.on]  # type: ignore[operator]
    dates = sorted({row["date"] for row in rows})[-2:]  # type: ignore[type-var]
    scores = {day: {row["question"]: row["score"] for row in rows if row["date"] == day} for day in dates}
    questions = sorted({str(row["question"]) for row in rows})
    here.know(questions)
    shapes = [
        {
            "day": day,
            "points": " ".join(
                _point(place, len(questions), float(str(by.get(question) or 0)) / BEST)
                for place, question in enumerate(questions)
            ),
        }
        for day, by in scores.items()
    ]
    axes = [
        {
            "label": place + 1,
            "end": _point(place, len(questions), 1).split(","),
            "at": _point(place, len(questions), 1.15).split(","),
        }
        for place in range(len(questions))
    ]
    picture = {
        "shapes": shapes,
        "axes": axes,
        "rings": [_ring(len(questions), step / BEST) for step in range(1, BEST + 1)],
    }
    return Found({"reach": _reach(here, me)}, picture=picture if shapes else {})


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
