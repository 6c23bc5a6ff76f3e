"""lobid-organisations: JSON, JSON lines (also as bulk files for a search engine) with German institutions."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import InputError
from ingest.directories.organisation import Organisation, Reading
from ingest.directories.tabular import opened

UNDERSTOOD = {
    "id", "isil", "name", "alternateName", "type", "classification", "address", "location", "email", "telephone",
    "url", "provides", "linkedTo", "sameAs", "dbsID", "sigel", "parentOrganization", "@context", "mainEntityOfPage",
}  # fmt: skip


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The descriptions in a file. Raises InputError when it is no JSON."""
    content = opened(path)
    try:
        whole = json.loads(content)
        found = whole.get("member", [whole]) if isinstance(whole, dict) else whole
    except ValueError:
        try:
            found = [json.loads(line) for line in content.splitlines() if line.strip()]
        except ValueError as error:
            raise InputError(f"{path} is no JSON: {error}.", "Export it again.") from error
    yield from (record for record in found if isinstance(record, dict) and "name" in record)


def organisations(path: Path, reading: Reading) -> None:
    """One organisation a record. ``linkedTo`` is undefined and kept as see-also, never as partnership."""
    for number, said in enumerate(records(path), 1):
        place: dict[str, Any] = next(iter(_list(said.get("location"))), {})
        address: dict[str, Any] = place.get("address") or next(iter(_list(said.get("address"))), {})
        geo = place.get("geo") or {}
        sort = str((said.get("classification") or {}).get("id", "")).rpartition("#")[2]
        Organisation(
            said.get("isil") or said["id"].rpartition("/")[2].removesuffix("#!"), said["name"].strip(),
            kind=reading.kind("lobid", sort) if sort else _unsorted(reading, said, number),
            isil=said.get("isil", ""), codes=tuple(said[k] for k in ("dbsID", "sigel") if said.get(k)),
            names=tuple(_list(said.get("alternateName"))), street=address.get("streetAddress", ""),
            city=address.get("addressLocality", ""), postcode=address.get("postalCode", ""),
            country=address.get("addressCountry", ""), lat=str(geo.get("lat", "")), lon=str(geo.get("lon", "")),
            email=_first(said.get("email")), telephone=_first(said.get("telephone")), url=_first(said.get("url")),
            catalogue=_first(said.get("provides")),
            see_also=tuple(link["id"] for link in _list(said.get("linkedTo"))),
            same_as=tuple(_list(said.get("sameAs"))),
            hours_text=str((place.get("openingHoursSpecification") or {}).get("description", "")),
        ).state(reading, number)  # fmt: skip
        for key in said.keys() - UNDERSTOOD:
            reading.note(f"not-taken-{key}", f"{key!r} was not taken over.", number)


def _unsorted(reading: Reading, said: dict[str, Any], number: int) -> str:
    reading.note("unknown-kind", f"{said['name']} has no classification.", number)
    return "kind-library" if said.get("type") == "Library" else "kind-other"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _first(value: Any) -> str:
    found = _list(value)
    return str(found[0]) if found else ""
