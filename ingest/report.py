"""The load report: what was read, repaired, refused; which problems there were; as JSON and as text."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from graph.releases import Manifest
from ingest.coverage import sums
from ingest.loading import Load

if TYPE_CHECKING:
    from ingest.pipeline import Outcome

Report = dict[str, Any]
SHOWN = 20
"""Subfields without a rule that are shown in the terminal."""
COLUMNS = ("read", "added", "removed", "again", "repaired", "lost", "came", "left")
MEANING = {
    "read": "read",
    "added": "new or changed",
    "removed": "gone or replaced",
    "again": "converted again",
    "repaired": "repaired",
    "lost": "lost",
    "came": "statements new",
    "left": "statements gone",
}


def report_of(load: Load, manifest: Manifest) -> Report:
    """The report of a load, for ``report.json`` beside the release."""
    subfields = load.journal.census.as_json(load.conditions.rulings)
    return {
        "release": manifest["number"],
        "date": manifest["date"],
        "statements": statements_of(manifest),
        "sources": {name: asdict(tally) for name, tally in sorted(load.journal.tallies.items())},
        "problems": load.journal.problems.as_json(),
        "messages": {kind: dict(counted.most_common()) for kind, counted in sorted(load.journal.messages.items())},
        "subfields": subfields,
        "values": sums(subfields),
    }


def statements_of(manifest: Manifest) -> dict[str, int | None]:
    """How many statements the graph has now, how many more that is, and the release it is compared with."""
    difference = manifest["difference"]
    more = difference["counts"].get("statements", 0)
    return {"all": manifest["counts"]["statements"], "more": more, "than": difference["from"]}


def _size(statements: dict[str, int | None]) -> str:
    count, more, than = (statements[name] or 0 for name in ("all", "more", "than"))
    if not than:
        return f"{count:,} statements, all of them new"
    return f"{count:,} statements, {abs(more):,} {'fewer' if more < 0 else 'more'} than release {than}"


def lines_of_report(report: Report) -> Iterator[str]:
    """A report as text."""
    if not report:
        yield "There is no report with this release."
        return
    yield f"Release {report['release']}, {report['date']}"
    if "statements" in report:  # reports of older releases do not say
        yield f"  {_size(report['statements'])}"
    for name, tally in report["sources"].items():
        yield f"  {name}: {_counts(tally)}"
    yield from _problems(report["problems"])
    yield from _coverage(report)


def lines_of_fields(report: Report) -> Iterator[str]:
    """Every field and subfield of a report: how often it was seen, what became of it, and three records."""
    for row in report.get("subfields", []):
        reason = f": {row['reason']}" if row.get("reason") else ""
        examples = ", ".join(filter(None, row.get("examples", ())))
        example = f" (for example in {examples})" if examples else ""
        yield f"{_name(row)}  {row['seen']:,} {row['ruling']}{reason}{example}"


def _name(row: dict[str, Any]) -> str:
    by = f" ({row['by']})" if row.get("by") else ""
    return f"{row['tag']}{'$' if row['code'] else ''}{row['code']}{by}"


def _coverage(report: Report) -> Iterator[str]:
    values = report.get("values", {})
    total = sum(values.values())
    if not total:
        return
    parts = ", ".join(f"{count:,} {ruling} ({count / total:.2%})" for ruling, count in sorted(values.items()))
    yield f"  {total:,} fields and subfields: {parts}"
    missing = [row for row in report["subfields"] if row["ruling"] == "not covered"]
    for row in sorted(missing, key=lambda row: -row["seen"])[:SHOWN]:
        yield f"    {_name(row)} not covered: {row['seen']:,}, for example in {', '.join(row['examples'])}"
    if len(missing) > SHOWN:
        yield f"    … and {len(missing) - SHOWN:,} others; `jejaring report --fields` has all"


def _counts(tally: dict[str, int]) -> str:
    return ", ".join(f"{MEANING[key]} {tally[key]:,}" for key in COLUMNS if tally[key]) or "nothing new"


def _problems(problems: list[dict[str, Any]]) -> Iterator[str]:
    for problem in problems:
        shown = problem["examples"]
        for example in shown:
            place = _place(example)
            yield f"  {place + ': ' if place else ''}{example['message']} {example['remedy']}".rstrip()
        if problem["count"] > len(shown):
            yield f"    … {problem['kind']}: {problem['count']:,} in all, {len(shown)} shown"


def _place(example: dict[str, Any]) -> str:
    record = f" record {example['record']}" if example["record"] is not None else ""
    number = f" (001 = {example['control_number']})" if example["control_number"] else ""
    place = f", {example['place']}" if example["place"] else ""
    return f"{example['file']}{record}{number}{place}"


def lines_of_load(outcome: "Outcome") -> Iterator[str]:
    """What a load came to, for the terminal."""
    if outcome.load is not None:
        for name, tally in sorted(outcome.load.journal.tallies.items()):
            yield f"{name}: {_counts(asdict(tally))}"
        yield from (line.strip() for line in _problems(outcome.load.journal.problems.as_json()))
    for problem in outcome.refused:
        yield str(problem) if problem.record is not None else f"{problem.message} {problem.remedy}".strip()
    if outcome.release is None:
        yield "Nothing is published."
    elif outcome.fresh:
        yield f"Release {outcome.release.number} is published."
        yield f"It has {_size(statements_of(outcome.release.manifest))}."
    else:
        yield f"Nothing new; release {outcome.release.number} stays."
