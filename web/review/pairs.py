"""Any two entities side by side, to merge or keep apart; one entity, to make two of it; and the history."""

from typing import Any
from uuid import uuid4

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from graph.description import Description, describe
from graph.errors import NotFound, QueryError
from graph.matching.authorities import Authorities
from graph.matching.decisions import Decision
from graph.matching.entry import Entry
from graph.matching.own import entries_of
from graph.matching.proposals import informed
from web.pages.visit import is_iri, visit
from web.review.blueprint import PATH, decided, review, somebody
from web.review.queue import Comparison, side_by_side, taken

LISTED = 100
"""Acts on one page of the history; parts of an entity offered for a split."""
_PARTS = """SELECT ?part (SAMPLE(?when) AS ?date) WHERE {
  { SELECT DISTINCT ?part WHERE {
    { ?part bf:contribution ?made . ?made bf:agent <%s> } UNION { ?part bf:instanceOf <%s> } }
    ORDER BY ?part LIMIT %d }
  OPTIONAL { ?part bf:provisionActivity/bf:date ?when } } GROUP BY ?part ORDER BY ?part"""


@review.get("/pair")
def pair() -> str:
    """A form for two entities and, when both are given, what is known of them side by side."""
    one, other = _iri(request.args.get("entity", "")), _iri(request.args.get("target", ""))
    sides = [_described(one), _described(other)] if one and other else []
    return render_template(
        "review_pair.html", one=one, other=other, sides=sides, lines=_lines(sides), compared=_compared(one, other),
        standing=decided().standing(one, other) if sides else None,
    )  # fmt: skip


@review.post("/pair")
def decide_pair() -> Response:
    """Decide about two entities; a decision of a person that stands must be undone first."""
    one, other = _iri(request.form.get("entity", "")), _iri(request.form.get("target", ""))
    taken(decided(), one, f"{request.form.get('choice', '')} {other}", (), request.form.get("why", ""), somebody())
    return redirect(visit().href(f"{PATH}/history"), 303)


@review.get("/split")
def split() -> str:
    """The works of an agent, or the editions of a work, to choose those that belong to another."""
    one = _iri(request.args.get("entity", ""))
    found = _described(one) if one else None
    rows = visit().select(_PARTS % (one, one, LISTED)) if one else []
    dates = {row["part"].value.partition("#")[0]: row["date"] for row in rows}
    parts = {name: date.value if date else "" for name, date in sorted(dates.items())}
    visit().know(parts)
    return render_template("review_split.html", one=one, found=found, parts=parts, most=LISTED)


@review.post("/split")
def decide_split() -> Response:
    """Give the chosen parts to a new entity."""
    one, parts = _iri(request.form.get("entity", "")), tuple(request.form.getlist("part"))
    if not parts:
        raise QueryError("Nothing was chosen.", "Tick what belongs to the other one.")
    made = Decision(
        one, f"{one}-{uuid4().hex[:8]}", "split", somebody(), why=request.form.get("why", ""), parts=parts,
        label=visit().label(one), target_label=request.form.get("name", "").strip(),
    )  # fmt: skip
    decided().record([informed(decided(), made)])
    return redirect(visit().href(f"{PATH}/history"), 303)


@review.get("/history")
def history() -> str:
    """What was decided, the newest first, with a button to undo what stands."""
    before = request.args.get("before", "0")
    by, entity = request.args.get("by", ""), request.args.get("entity", "")
    number = int(before) if before.isdecimal() and len(before) < 12 else 0
    acts = decided().history(by=by, entity=entity, limit=LISTED, before=number)
    standing = {one.number for act in acts if (one := decided().standing(act.entity, act.target))}
    return render_template(
        "review_history.html", acts=acts, standing=standing, by=by, entity=entity, more=len(acts) == LISTED
    )


def _described(iri: str) -> Description | str:
    """What the graph says of an entity; only its IRI when it is not ours."""
    here = visit()
    found = describe(here.store, iri, here.language, here.site.base_iri)
    if found is None and iri.startswith(here.site.base_iri):
        raise NotFound(f"Nothing is known of {iri}.", "Give the IRI or the id of one of our entities.")
    return found or iri


def _compared(one: str, other: str) -> list[Comparison]:
    """What is evidence for and against: of ours from the graph, of others from the authority files."""
    known = entries_of(visit().store, [iri for iri in (one, other) if iri])
    sides = [known.get(iri) or _elsewhere(iri) for iri in (one, other) if iri]
    return side_by_side(sides[0], sides[1:]) if len(sides) == 2 and known else []


def _elsewhere(iri: str) -> Entry:
    for index in Authorities(visit().site.settings.data).indexes():
        try:
            return index.get(iri)
        except NotFound:
            continue
    return Entry(iri, "")


def _lines(sides: list[Description | str]) -> list[tuple[str, list[Any]]]:
    """Property by property, what each side says."""
    names: dict[str, str] = {}
    said: list[dict[str, Any]] = []
    for side in sides:
        facts = side.facts if isinstance(side, Description) else ()
        names |= {fact.property: fact.label for fact in facts}
        said.append({fact.property: fact.values[:12] for fact in facts})
    return [(label, [one.get(name, ()) for one in said]) for name, label in names.items()]


def _iri(name: str) -> str:
    """An IRI as it is; the id of one of our entities as its IRI; empty for none. Raises QueryError."""
    name = name.strip()
    found = name if not name or ":" in name else visit().site.iri(f"/id/{name}")
    if found and not is_iri(found):
        raise QueryError(f"{name!r} is no IRI and no id.")
    return found
