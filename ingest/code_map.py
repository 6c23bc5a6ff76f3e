"""Code maps: what a library's own item codes mean in the network's terms (``kode/*.csv``).

Columns ``kolom, nilai_lokal, kategori, akses, status`` and, for branch codes, ``perpustakaan``; English
headings are accepted too. The first column names the local column as the profile does (``itype``), the
second the local value; the others hold the network's term by label (Indonesian or English) or code.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from graph.errors import InputError
from ingest.problems import Problem, Severity
from ontology.item_terms import item_terms

HEADINGS = {
    "kolom": "column",
    "nilai_lokal": "value",
    "local_value": "value",
    "kategori": "category",
    "akses": "access",
    "perpustakaan": "library",
    "keterangan": "note",
}
MEANINGS = ("category", "access", "status")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one local value means: local names of ``jp:`` terms (``cat-general``), empty where it says nothing."""

    category: str = ""
    access: str = ""
    status: str = ""
    library: str = ""


@dataclass(frozen=True)
class CodeMap:
    """Local column and value, both casefolded → meaning."""

    name: str = ""
    meanings: Mapping[tuple[str, str], Meaning] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def get(self, column: str, value: str) -> Meaning | None:
        """The meaning of a local value, None when nobody has mapped it; a row for ``*`` speaks of all others."""
        column = column.casefold()
        return self.meanings.get((column, value.strip().casefold())) or self.meanings.get((column, "*"))

    def over(self, other: "CodeMap") -> "CodeMap":
        """This map's meanings, and the other's where this one says nothing."""
        return CodeMap(self.name, {**other.meanings, **self.meanings}, other.problems + self.problems)

    def lines(self) -> Iterator[str]:
        """The content in a fixed order, for fingerprints."""
        for (column, value), meaning in sorted(self.meanings.items()):
            yield f"{column}={value}: {meaning}"

    @classmethod
    def load(cls, path: Path) -> "CodeMap":
        """Read a CSV file (UTF-8, comma or semicolon). Raises InputError when it is no code map; a row with
        an unknown term is left out and listed in ``problems`` with the nearest label."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"The code map {path} cannot be read: {error}.") from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, name: str) -> "CodeMap":
        """The same from text; ``name`` is used in messages."""
        rows = _rows(text, name)
        meanings: dict[tuple[str, str], Meaning] = {}
        problems: list[Problem] = []
        for number, row in rows:
            wrong = [problem for kind in MEANINGS if (problem := _unknown(row, kind, name, number))]
            problems += wrong
            if not wrong:
                meanings[(row["column"].casefold(), row["value"].casefold())] = _meaning(row)
        return cls(name, meanings, tuple(problems))


def _rows(text: str, name: str) -> list[tuple[int, dict[str, str]]]:
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    names = [HEADINGS.get(cell.strip().casefold(), cell.strip().casefold()) for cell in lines[0]] if lines else []
    for needed in ("column", "value"):
        if needed not in names:
            raise InputError(
                f"{name} is no code map: the heading line lacks {needed!r}.",
                "It must read kolom, nilai_lokal, kategori, akses, status.",
            )
    cells = ((number, [cell.strip() for cell in line]) for number, line in enumerate(lines[1:], 2))
    return [(number, dict(zip(names, line, strict=False))) for number, line in cells if any(line)]


def _meaning(row: Mapping[str, str]) -> Meaning:
    terms = {kind: item_terms(kind).get(row.get(kind, "").casefold(), "") for kind in MEANINGS}
    return Meaning(**terms, library=row.get("library", ""))


def _unknown(row: Mapping[str, str], kind: str, name: str, number: int) -> Problem | None:
    value, known = row.get(kind, ""), item_terms(kind)
    if not value or value.casefold() in known:
        return None
    near = get_close_matches(value.casefold(), known, n=1, cutoff=0.4)
    remedy = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(sorted(set(known.values())))}."
    return Problem(
        "unknown-term",
        f"{value!r} is none of the terms for {kind}.",
        remedy,
        Severity.LOST,
        file=name,
        record=number,
        place=kind,
    )
