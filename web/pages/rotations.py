"""Rotating collections: packages with their packing lists, and the hand-over."""

from collections.abc import Mapping

from web.pages.operations import Found, Way, computes
from web.pages.visit import Visit


@computes("/rotasi")
def today(here: Visit, values: Mapping[str, str]) -> Found:
    """The packages, how many items each has, and how many of its titles its custodian does not hold."""
    rows = here.ask("rotation-packages").rows
    here.know(str(row["package"]) for row in rows)
    return Found({"packages": [{**row, "list": _packing_list(here, str(row["package"]))} for row in rows]})


def _packing_list(here: Visit, package: str) -> Way:
    return Way(here.link(package).text, f"/rotasi/paket/{here.local(package)}")


@computes("/rotasi/paket/{K}")
def hand_over(here: Visit, values: Mapping[str, str]) -> Found:
    """The hand-overs of a package, to be signed."""
    stages = here.ask("stages-of-package", package=values["name"]).rows
    items = len(here.ask("packing-list", package=values["name"]).rows)
    before = [None, *stages]
    return Found({"signatures": [
        {"from": last["library"] if last else None, "to": stage["library"], "day": stage["starts"], "items": items,
         "missing": last["missing"] if last else None, "signed": "………………  ………………"}
        for last, stage in zip(before, stages, strict=False)
    ]})  # fmt: skip
