"""Reads ``titles.txt``: the titles of the example network and which library holds how many copies of each."""

import re
from dataclasses import dataclass, field
from pathlib import Path

LIBRARIES = {
    "P": "prov",
    "K": "kota",
    "T": "tirta",
    "W": "wana",
    "S": "samudra",
    "G": "giri",
    "D": "suka",
    "R": "karang",
    "U": "univ",
    "A": "agri",
    "B": "budaya",
    "M": "sman1",
}


@dataclass(frozen=True)
class Person:
    """A heading: name, dates (may be empty), MARC relator code (may be empty)."""

    name: str
    dates: str = ""
    role: str = ""


@dataclass(frozen=True)
class Title:
    """One edition: a line of ``titles.txt``."""

    id: str
    title: str
    rest: str
    author: Person | None
    others: tuple[Person, ...]
    place: str
    publisher: str
    date: str
    language: str
    ddc: str
    subjects: tuple[str, ...]
    extra: dict[str, str] = field(hash=False)
    copies: dict[str, int] = field(hash=False)

    @property
    def is_serial(self) -> bool:
        """Whether this is a newspaper, magazine or yearbook."""
        return "serial" in self.extra

    @property
    def year(self) -> str:
        """The first year of publication, four digits."""
        return self.date[:4]


def read_titles(path: Path) -> list[Title]:
    """All titles of the file. Raises ValueError that names the line when one has not ten parts."""
    titles = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            parts = line.split("|")
            if len(parts) != 10:
                raise ValueError(f"{path.name} line {number}: {len(parts)} parts, expected 10")
            titles.append(_title(parts))
    return titles


def _title(parts: list[str]) -> Title:
    ident, title, author, others, imprint, language, ddc, subjects, extra, copies = parts
    name, _, rest = title.partition(" : ")
    place, publisher, date = _imprint(imprint)
    return Title(
        ident,
        name,
        rest,
        _person(author) if author else None,
        tuple(_person(other) for other in others.split("; ") if other),
        place,
        publisher,
        date,
        language,
        ddc,
        tuple(filter(None, subjects.split("; "))),
        dict(pair.split("=", 1) for pair in re.split(r";(?=[\w.]+=)", extra) if pair),
        {LIBRARIES[letter]: int(number) for letter, number in re.findall(r"([A-Z])(\d+)", copies)},
    )


def _imprint(text: str) -> tuple[str, str, str]:
    before, _, date = text.rpartition(", ")
    place, _, publisher = before.partition(" : ")
    return place, publisher, date


def _person(text: str) -> Person:
    name, *rest = text.split(", ")
    role = rest.pop() if rest and re.fullmatch(r"[a-z]{3}", rest[-1]) else ""
    dates = rest.pop() if rest and re.search(r"\d{4}", rest[-1]) else ""
    return Person(", ".join([name, *rest]), dates, role)
