"""Federated queries for others to run: they ask our SPARQL service from outside, with SERVICE.

Our own service makes no request on anybody's behalf and refuses SERVICE, so these are for the client's engine. A
file has a header like a saved query's (``title``, ``sentence``); ``ENDPOINT`` stands for our address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FOLDER = Path(__file__).parent
ENDPOINT = "<ENDPOINT>"


@dataclass(frozen=True, slots=True)
class Federated:
    """One query: its file's name, title and sentence in both languages, and its text."""

    name: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    text: str

    def at(self, endpoint: str) -> str:
        """The query asking the service at an address."""
        return self.text.replace(ENDPOINT, f"<{endpoint}>")


@cache
def federated_queries() -> tuple[Federated, ...]:
    """All of them by name. Raises DeclarationError for a file that is not as said above."""
    return tuple(_read(file) for file in sorted(FOLDER.glob("*.rq")))


def _read(file: Path) -> Federated:
    lines = file.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#"))) or {}
    text = "\n".join(line for line in lines if not line.startswith("#")).strip() + "\n"
    complete = all(set(header.get(name, {})) == {"en", "id"} for name in ("title", "sentence"))
    if not complete or f"SERVICE {ENDPOINT}" not in text:
        raise DeclarationError(f"{file.name} needs title and sentence in both languages, and SERVICE {ENDPOINT}.")
    return Federated(file.stem, header["title"], header["sentence"], text)
