"""``/review``: one of our entities beside the candidates that may be the same, and a decision with one key."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml
from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from graph.errors import QueryError
from graph.matching.candidate import Candidate
from graph.matching.decisions import Decision, Decisions
from graph.matching.described import Described
from graph.matching.entry import Entry
from graph.matching.proposals import Waiting, forget, informed, kinds_waiting, waiting, waiting_of
from graph.matching.standing import ours
from graph.merging import successor
from ontology.match_weights import weights
from web.failures import Refused
from web.pages.visit import visit
from web.review.blueprint import PATH, decided, review, somebody

EVIDENCE = Path(__file__).resolve().parents[2] / "ontology" / "decisions" / "evidence.yaml"
SHOWN = 4
"""Candidates shown side by side."""
MOST_GONE = 100
"""Entities that are no more which one request takes out of the queue."""
COMPARED = (
    "kind", "dates", "variants", "titles", "names", "roles", "languages", "broader", "place", "coordinates",
    "identifiers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the comparison: what ours says, and what each candidate says; ``common`` values are marked."""

    name: str
    ours: tuple[str, ...]
    theirs: tuple[tuple[str, ...], ...]
    common: frozenset[str]


@review.get("")
def queue() -> str:
    """The next entity of the queue, of one kind or at a place in it, or one entity by its IRI.

    Entities whose likeliest candidate is unlikely wait apart, ``?unlikely=1``.
    """
    kind, skip, entity = request.args.get("kind", ""), _number("skip"), request.args.get("entity", "")
    unlikely = request.args.get("unlikely", "")[:1]
    least = 0.0 if unlikely else weights().likely
    found = waiting_of(decided(), entity) if entity else _next(kind, skip, least)
    done = [decided().by_number(int(one)) for one in request.args.get("done", "").split("-") if one.isdecimal()]
    candidates = found.candidates[:SHOWN] if found else []
    return render_template(
        "review.html", found=found, candidates=candidates, lines=compared(found) if found else (), kind=kind,
        skip=skip, kinds_waiting=kinds_waiting(decided(), least), counts=decided().counts(), done=done,
        evidence=evidence, unlikely=unlikely, hidden=_hidden(kind, least),
    )  # fmt: skip


@review.post("")
def decide() -> Response:
    """Take a decision and go on to the next entity."""
    form = request.form
    made = taken(
        decided(), form.get("entity", ""), form.get("choice", ""), form.getlist("target"), form.get("why", ""),
        somebody(),
    )  # fmt: skip
    done = "-".join(str(one.number) for one in made)
    back = {name: form.get(name) for name in ("kind", "skip", "unlikely")}
    return redirect(visit().href(PATH, **back, done=done), 303)


@review.post("/undo")
def undo() -> Response:
    """Take decisions back; the queue, or the history, is shown again."""
    for number in request.form.getlist("number"):
        decided().undo(int(number) if number.isdecimal() else 0, somebody(), request.form.get("why", ""))
    back = f"{PATH}/history" if request.form.get("back") == "history" else PATH
    return redirect(visit().href(back, kind=request.form.get("kind")), 303)


def taken(
    decisions: Decisions, entity: str, choice: str, shown: Iterable[str], why: str, by: str
) -> list[Decision]:
    """Record a choice: ``same IRI``, ``different IRI`` or ``unsure IRI`` about one pair, ``different`` or
    ``unsure`` about all that were shown. Refused with 409 when a person has decided about one since."""
    verdict, _, target = choice.partition(" ")
    targets = [target] if target else list(shown)
    if not targets:
        raise QueryError("Nothing was chosen.", "Press one of the buttons of the form.")
    with decisions.together():
        for one in targets:
            before = decisions.standing(entity, one)
            if before and before.person:
                message = f"{before.by} has decided about this pair since: {before.verdict}."
                raise Refused(409, message, "Undo that decision first, if it is wrong.")
        made = (informed(decisions, Decision(entity, one, verdict, by, why=why)) for one in targets)
        return [decisions.enter(one) for one in made]


def compared(found: Waiting) -> list[Comparison]:
    """The lines of the comparison that say anything."""
    return side_by_side(found.heading, [candidate.entry for candidate in found.candidates[:SHOWN]])


def side_by_side(one: Described, others: Iterable[Entry]) -> list[Comparison]:
    """What is known of one beside what is known of others."""
    shown, lines = list(others), []
    for name in COMPARED:
        ours = _said(one, name)
        theirs = tuple(_said(other, name) for other in shown)
        if ours or any(theirs):
            known = {one.casefold() for one in ours}
            common = frozenset(one for said in theirs for one in said if one.casefold() in known)
            lines.append(Comparison(name, ours, theirs, common))
    return lines


def _said(one: Described, name: str) -> tuple[str, ...]:
    value = getattr(one, name)
    if name == "coordinates":
        return (f"{value[0]:.3f}, {value[1]:.3f}",) if value else ()
    return (value,) if isinstance(value, str) and value else tuple(value or ())


def _hidden(kind: str, least: float) -> int:
    """How many entities wait that are not shown, of a kind or of all."""
    every, shown = kinds_waiting(decided()), kinds_waiting(decided(), least)
    return sum(every[name] - shown.get(name, 0) for name in ([kind] if kind in every else [] if kind else every))


def _next(kind: str, skip: int, least: float) -> Waiting | None:
    """The next entity of the queue that there still is; those gone or merged since the last run are taken out."""
    store = visit().store.store
    for _ in range(MOST_GONE):
        found = next(iter(waiting(decided(), kind, skip, least=least)), None)
        if not found or not ours(found.heading.iri, visit().site.base_iri) or _there(store, found.heading.iri):
            return found
        forget(decided(), found.heading.iri)
    return None


def _there(store: ox.Store, iri: str) -> bool:
    said = next(store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()), None)
    return said is not None and successor(store, iri) is None


def _number(name: str) -> int:
    given = request.args.get(name, "0")
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def evidence(candidate: Candidate, language: str) -> list[str]:
    """The features of a candidate in words, the weightiest first; a person's one glance."""
    declared = _declared()
    shown = []
    for name, value in sorted(candidate.features.items(), key=lambda one: -abs(one[1])):
        word = declared["names"].get(name, {}).get(language, name)
        if name not in declared["flags"]:
            shown.append(f"{word} {value:+.1f}")
        elif value:
            shown.append(word)
    return shown


@cache
def _declared() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(EVIDENCE.read_text(encoding="utf-8"))
    return content
