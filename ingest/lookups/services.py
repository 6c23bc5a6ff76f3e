"""The services that may be asked, as ``ontology/lookups/services.yaml`` and a file beside the data declare them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from graph.errors import InputError, NotFound
from graph.matching.heading import KINDS

DECLARED = Path(__file__).resolve().parents[2] / "ontology" / "lookups" / "services.yaml"
OWN = "lookups.yaml"
"""File in the data directory that adds services or replaces declared ones."""
PROTOCOLS = ("sparql", "suggest2", "lobid", "viaf", "reconcile")
MOST_PER_MINUTE = 600


@dataclass(frozen=True, slots=True)
class Service:
    """One service; the comment in services.yaml says what its fields mean."""

    name: str
    title: str
    protocol: str
    address: str
    iri: str
    licence: str
    per_minute: float
    kinds: tuple[str, ...]
    limit: int = 10
    types: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


def services(data: Path | None = None) -> dict[str, Service]:
    """All services by name, those of the data directory first in force. Raises InputError."""
    files = [DECLARED, *([data / OWN] if data and (data / OWN).is_file() else [])]
    return {name: one for file in files for name, one in _read(file).items()}


def service(name: str, data: Path | None = None) -> Service:
    """One service. Raises NotFound."""
    known = services(data)
    if name not in known:
        raise NotFound(f"There is no service {name!r}.", f"There are: {', '.join(known)}.")
    return known[name]


def _read(file: Path) -> dict[str, Service]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {str(name): _service(str(name), raw) for name, raw in content["services"].items()}
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(f"{file.name} does not declare services: {error}.", "Correct it, or remove it.") from error


def _service(name: str, raw: dict[str, Any]) -> Service:
    unknown = set(raw) - {one.name for one in fields(Service)}
    if unknown:
        raise ValueError(f"{name} has unknown fields {', '.join(sorted(unknown))}")
    made = Service(**{**raw, "name": name, "kinds": tuple(raw["kinds"])})
    if made.protocol not in PROTOCOLS:
        raise ValueError(f"{name} has the protocol {made.protocol}; there are {', '.join(PROTOCOLS)}")
    if urlsplit(made.address).scheme not in {"http", "https"} or not urlsplit(made.address).hostname:
        raise ValueError(f"{name} has no http or https address")
    if not 0 < made.per_minute <= MOST_PER_MINUTE:
        raise ValueError(f"{name} may be asked 1 to {MOST_PER_MINUTE} times a minute, not {made.per_minute}")
    if wrong := set(made.kinds) - set(KINDS):
        raise ValueError(f"{name} has unknown kinds {', '.join(sorted(wrong))}")
    if made.protocol == "sparql" and "?iri" not in made.query:
        raise ValueError(f"{name} has no query for ?iri")
    return made
