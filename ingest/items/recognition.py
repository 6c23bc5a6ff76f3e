"""Which profile a record calls for when none was named: by the fields it bears."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pymarc import Field, Record

from ingest.items.profiles import AUTOMATIC, Profile, profile


@cache
def _signs() -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    by_tag: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for rank, name in enumerate(AUTOMATIC):
        for sign in profile(name).signs:
            by_tag.setdefault(str(sign["tag"]), []).append((rank, sign))
    return by_tag


def recognised(record: Record) -> Profile:
    """The first profile of AUTOMATIC whose signs the record bears; plain MARC 21 when there is none."""
    best = len(AUTOMATIC) - 1
    by_tag = _signs()
    for field in [field for field in record.fields if field.tag in by_tag]:
        for rank, sign in by_tag[field.tag]:
            if rank < best and _bears(field, sign):
                best = rank
    return profile(AUTOMATIC[best])


def _bears(field: Field, sign: Mapping[str, Any]) -> bool:
    if "data" in sign:
        return bool((field.data or "").strip() == sign["data"])
    codes = [subfield.code for subfield in field.subfields]
    if not set(sign.get("subfields", ())).issubset(codes):
        return False
    if "only" in sign and set(codes) != set(sign["only"]):
        return False
    if "value" not in sign:
        return True
    values = {subfield.code: subfield.value.strip(" .,") for subfield in field.subfields}
    return all(values.get(code) == value for code, value in sign["value"].items())
