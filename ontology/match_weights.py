"""The weights of matching: ``ontology/matching/weights.yaml``, checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "matching" / "weights.yaml"
TABLES = {
    "given_once": {"topic", "genre", "meeting", "organization", "library", "work", "place", "person"},
    "scheme": {"same", "other"},
    "name": {
        "variant",
        "variant_person",
        "joined",
        "other_head",
        "aside",
        "part",
        "other_title",
        "other_type",
        "within",
        "sound",
        "slip",
        "begins",
        "ends",
        "initial",
        "letter",
        "word_missing",
        "word_added",
        "unmatched",
        "generation",
        "ending",
        "pieces",
    },
    "dates": {"both", "birth", "death", "near", "conflict", "missing"},
    "identifier": {"same", "other"},
    "title": {"first", "more"},
    "names": {"same"},
    "language": {"same", "other"},
    "role": {"same"},
    "broader": {"same"},
    "place": {"same", "other"},
    "coordinates": {"near", "far"},
    "kind": {"other", "far"},
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Thresholds (chances, 0 to 1) and weights (bits) by table and name."""

    same: float
    likely: float
    maybe: float
    bits: Mapping[str, Mapping[str, float]]

    def __getitem__(self, table: str) -> Mapping[str, float]:
        return self.bits[table]


@cache
def weights(file: Path = FILE) -> Weights:
    """The weights in a file. Raises DeclarationError naming what is missing, unknown or no number."""
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    for table, names in TABLES.items():
        if set(raw.get(table, {})) != names:
            raise DeclarationError(f"{file.name}: {table} must hold {', '.join(sorted(names))}")
    bits = {table: {name: float(value) for name, value in raw[table].items()} for table in TABLES}
    same, likely, maybe = (float(raw[name]) for name in ("same", "likely", "maybe"))
    if not 0 < maybe < likely < same < 1:
        raise DeclarationError(f"{file.name}: maybe, likely and same must be chances, each smaller than the next")
    return Weights(same, likely, maybe, bits)
