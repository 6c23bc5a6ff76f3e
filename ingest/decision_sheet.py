"""The sheet of decisions: what waits and what was decided, out as a table, corrected by people, and back.

A row comes back with a verdict where there was none, or another one: that is a decision. Rows left as they were say
nothing. A row about a pair on which somebody decided since the sheet went out is reported and changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError
from graph.matching.decisions import Decision, Decisions, check
from graph.matching.proposals import everything_waiting, informed
from ingest.problems import Problem, Severity
from ingest.sheets.tables import Table, tables
from ontology.match_weights import weights
from ontology.vocabulary import NAMESPACE, UnknownCode, vocabulary

DECLARED = Path(__file__).resolve().parents[1] / "ontology" / "decisions" / "sheet.yaml"
PARTS = " | "
"""Between the parts of a split in one cell."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula; names from elsewhere may begin like that."""


@dataclass(slots=True)
class Return:
    """What a returned sheet came to: decisions made, rows that said nothing new, rows that could not be used."""

    made: list[Decision] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@cache
def declared() -> dict[str, Any]:
    """The declaration of the sheet. Raises InputError when it cannot be used."""
    content: dict[str, Any] = yaml.safe_load(DECLARED.read_text(encoding="utf-8"))
    unknown = {*content["read"], *content["required"]} - set(content["columns"])
    if unknown:
        raise InputError(f"{DECLARED.name} reads columns it does not declare: {', '.join(sorted(unknown))}.")
    return content


def rows(
    decisions: Decisions, what: str = "waiting", language: str = "id", *, unlikely: bool = False
) -> list[list[str]]:
    """The table, headings first; ``what`` is waiting, decided or all. What is unlikely waits outside, unless it is
    asked for."""
    columns = declared()["columns"]
    table = [[names[language] for names in columns.values()]]
    least = 0.0 if unlikely else weights().likely
    found = [*(_waiting(decisions, least) if what != "decided" else ())]
    found += [] if what == "waiting" else [_decided(one, language) for one in decisions.current()]
    return table + [[_as_text(row.get(name, "")) for name in columns] for row in found]


def take_back(decisions: Decisions, path: Path, by: str) -> Return:
    """Decide what a returned sheet says, in one go. Raises InputError for a file that is no such sheet."""
    returned = Return()
    for table in tables(path):
        places = _places(table)
        for number, cells in table.rows:
            row = {name: _from_text(cells[at].strip()) if at < len(cells) else "" for name, at in places.items()}
            try:
                made = _decision(decisions, row, by)
            except InputError as error:
                returned.problems.append(_problem(table, number, error))
                continue
            if made is None:
                returned.unchanged += 1
            else:
                returned.made.append(made)
    returned.made = decisions.record(returned.made)
    return returned


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _from_text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _waiting(decisions: Decisions, least: float) -> Iterator[dict[str, str]]:
    for one in everything_waiting(decisions, least=least):
        for candidate in one.candidates:
            yield {
                "entity": one.heading.iri, "label": one.heading.text, "kind": one.heading.kind,
                "target": candidate.entry.iri, "target_label": candidate.entry.label,
                "score": f"{candidate.score:.3f}", "evidence": _evidence(candidate.features.items()),
            }  # fmt: skip


def _decided(one: Decision, language: str) -> dict[str, str]:
    verdict = vocabulary().label(f"{NAMESPACE}verdict-{one.verdict}", language)
    return {
        "entity": one.entity, "label": one.label, "kind": one.kind, "target": one.target,
        "target_label": one.target_label, "verdict": verdict,
        "why": one.why, "parts": PARTS.join(one.parts), "score": "" if one.score is None else f"{one.score:.3f}",
        "evidence": _evidence(one.evidence.items()), "by": one.by, "at": one.at, "number": str(one.number),
    }  # fmt: skip


def _evidence(features: Iterable[tuple[str, float]]) -> str:
    return " ".join(f"{name}={value:.3g}" for name, value in features)


def _places(table: Table) -> dict[str, int]:
    """Where the columns are that are read."""
    headings = [heading.strip().casefold() for heading in table.headings]
    names = {name: set(declared()["columns"][name].values()) for name in declared()["read"]}
    found = {name: at for at, heading in enumerate(headings) for name in names if heading in names[name]}
    missing = [declared()["columns"][name]["id"] for name in declared()["required"] if name not in found]
    if missing:
        remedy = "`jejaring decisions export FILE` writes a sheet with all columns."
        raise InputError(f"{table.file} has no column {', '.join(missing)}.", remedy)
    return found


def _decision(decisions: Decisions, row: dict[str, str], by: str) -> Decision | None:
    if not row["verdict"]:
        return None
    verdict = _verdict(row["verdict"])
    parts = tuple(filter(None, (part.strip() for part in row.get("parts", "").split(PARTS.strip()))))
    before = decisions.standing(row["entity"], row["target"])
    if before and (before.verdict, before.parts) == (verdict, parts) and before.entity == row["entity"]:
        return None
    if before and row.get("number", "") != str(before.number):
        raise InputError(
            f"{before.by} has decided about this pair since ({before.verdict}, {before.at}).",
            "Export the sheet again and look at the decision.",
        )
    made = Decision(row["entity"], row["target"], verdict, by, why=row.get("why", ""), parts=parts)
    check(made)
    return informed(decisions, replace(made, target_label=row.get("target_label", "")))


def _verdict(word: str) -> str:
    try:
        return vocabulary().find(word, "verdict-").removeprefix(f"{NAMESPACE}verdict-")
    except UnknownCode as error:
        near = f"Did you mean {error.nearest}?" if error.nearest else "Write sama, berbeda, belum pasti or dipisah."
        raise InputError(f"{word!r} is no verdict.", near) from error


def _problem(table: Table, number: int, error: InputError) -> Problem:
    return Problem("decision", error.message, error.remedy, Severity.LOST, table.file, number)
