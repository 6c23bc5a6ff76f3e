"""How much of what records say is found again in what they are converted to.

A value counts as found when its words stand in a literal of the record's statements, or when it is a code or
the label of a code whose IRI stands there. Values without a letter or digit are not counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from unicodedata import normalize

from pymarc import Record

from ingest.convert import Conversion
from ingest.coverage import Rulings, speaker
from ontology.codes import FOLDER, table

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"').findall
_OBJECT = re.compile(r"^\S+ (?!<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>)\S+ <([^>]*)> \.$").findall
_SEAMS = re.compile(r"[()]|\s-|-\s|-$")
_DELIMITER = re.compile(r"\$[a-z0-9]")
_FAST = re.compile("^fst0*")
"""Numbers of FAST are written with letters and noughts that their IRIs lack."""
_LAST = re.compile("[/#]")
LONG = 5
"""Values of so many letters are also found where blanks and marks stand otherwise (ISBN, call numbers)."""
EXAMPLES = 3
COLUMNS = "code,iri,label"
"""How the tables of codes begin; others hold positions of fixed fields and the like."""
LISTS = {
    "rdacontent": "http://id.loc.gov/vocabulary/contentTypes/",
    "rdamedia": "http://id.loc.gov/vocabulary/mediaTypes/",
    "rdacarrier": "http://id.loc.gov/vocabulary/carriers/",
    "ocolc": "http://id.loc.gov/ontologies/bibframe/OclcNumber",
    "lcsh": "http://id.loc.gov/authorities/subjects",
}
"""Codes of lists and agencies, and how an IRI begins that says the same."""


def words(text: str) -> str:
    """A text as its words: NFKC, no case, no punctuation, one blank around each."""
    kept = "".join(c if c.isalnum() else " " for c in normalize("NFKC", text).casefold())
    return f" {' '.join(kept.split())} "


def squeezed(text: str) -> str:
    """A text's letters and digits alone."""
    return words(text).replace(" ", "")


@cache
def coded() -> dict[str, list[str]]:
    """What labels and codes of the code tables stand for: IRIs by letters and digits."""
    found: dict[str, list[str]] = {}
    for name in sorted(file.stem for file in FOLDER.glob("*.csv") if file.read_text("utf-8").startswith(COLUMNS)):
        for code, term in table(name).items():
            for said in {squeezed(code), squeezed(term.label)}:
                found.setdefault(said, []).append(term.object[1:-1])
    return found


class Statements:
    """What a record was converted to, ready to be searched."""

    def __init__(self, conversion: Conversion) -> None:
        literals = {text for line in conversion.lines for text in _LITERAL(line)}
        literals |= {_DELIMITER.sub(" ", text) for text in literals if "$" in text}
        whole = "".join(conversion.lines)
        self.text = "|".join(map(words, literals))
        self.squeezed = self.text.replace(" ", "")
        self.iris = {iri for line in conversion.lines for iri in _OBJECT(line)}
        self.codes = {squeezed(part) for iri in self.iris for part in (iri, _LAST.split(iri)[-1])}
        self.codes |= {name for name, start in LISTS.items() if f"<{start}" in whole}

    def hold(self, value: str) -> bool:
        """Whether a subfield's value is among them, whole, or in parts: ``(OCoLC)123``, ``1968 - 1992``."""
        return self._holds(value) or all(map(self._holds, _SEAMS.split(value)))

    def _holds(self, part: str) -> bool:
        wanted = words(part)
        if wanted == "  ":
            return True
        short = _FAST.sub("", wanted.replace(" ", ""))
        if wanted in self.text or short in self.codes or (len(short) >= LONG and short in self.squeezed):
            return True
        return any(iri in self.iris for iri in coded().get(short, ()))


@dataclass
class Survival:
    """Values counted and values lost, over any number of records. ``withheld`` are values that a profile of items
    ignores (nonpublic notes, what was paid): few, but single records with hundreds of copies have hundreds."""

    counted: int = 0
    ignored: int = 0
    withheld: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record, conversion: Conversion, rulings: Rulings, name: str) -> None:
        """Look for every value of a record's data fields."""
        statements, by = Statements(conversion), speaker(record, rulings)
        for part, value in values(record):
            if words(value) == "  ":
                continue
            if rulings.of(part, by(part))[0] == "ignored":
                self.ignored += not by(part)
                self.withheld += bool(by(part))
                continue
            self.counted += 1
            if not statements.hold(value):
                self.lost[part] += 1
                if len(self.examples[part]) < EXAMPLES:
                    self.examples[part].append(f"{name}: {value[:60]}")

    @property
    def share(self) -> float:
        """How many of the counted values were found, 0 to 1."""
        return 1 - sum(self.lost.values()) / self.counted if self.counted else 1.0

    @property
    def ignored_share(self) -> float:
        """How many of all values are on the ignored list, 0 to 1."""
        return self.ignored / (self.ignored + self.withheld + self.counted) if self.counted else 0.0


def values(record: Record) -> Iterator[tuple[str, str]]:
    """Every subfield's value with its name (``245a``; an 880 under the tag it stands for)."""
    for line in record.fields:
        if line.control_field:
            continue
        stands_for = (line.get("6") or "")[:3] if line.tag == "880" else ""
        tag = stands_for if stands_for.isdigit() else line.tag
        for code, value in line.subfields:
            if value:
                yield tag + code, value
