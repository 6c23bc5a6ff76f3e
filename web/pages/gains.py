"""What cooperation gave a library in a year: one page for those who decide on the budget."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graph.access import Access, Accesses
from graph.search import Wanted
from web.pages.impact import borrowable
from web.pages.money import money
from web.pages.operations import Found, computes
from web.pages.visit import Visit


@computes("/perpustakaan/{L}/keuntungan")
def gains(here: Visit, values: Mapping[str, str]) -> Found:
    """Titles opened up by whom and by which agreement; the figures that sum the year up."""
    library = values["name"]
    known = Accesses(here.store, here.on, ("lend",))
    found = known.of_library(library)
    policies = {one.policy for one in found}
    only = {policy: _only_by(here, library, found, policy) for policy in policies}
    opened = [_row(here, library, group, only[group[0].policy]) for group in _groups(found)]
    everything = frozenset((one.holder, one.category) for one in found)
    own = here.search.count(Wanted(chosen={"kind": "work", "holder": library}))
    reach = borrowable(here, library, everything)
    figures = [*_figures(here, own, reach), _saved(here, library, values)]
    return Found({"opened": sorted(opened, key=lambda row: -row["titles"]), "figures": figures})


def _figures(here: Visit, own: int, reach: int) -> list[dict[str, Any]]:
    figures = (own, reach, round(reach / own, 1) if own else None)
    return [{"what": words[here.language], "figure": figure} for words, figure in zip(_WORDS, figures, strict=True)]


_WORDS = (
    {"id": "judul yang dimiliki sendiri", "en": "titles of its own"},
    {"id": "judul yang terbuka lewat kerja sama", "en": "titles opened up by cooperation"},
    {"id": "judul terbuka untuk tiap judul sendiri", "en": "titles opened up for each of its own"},
)


def _saved(here: Visit, library: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The last line of the year's gains: the fees that were saved, as money."""
    line = here.ask(
        "gains", me=library, lang=here.language, **{name: values[name] for name in ("from", "to")}
    ).rows[-1]
    unit = str(line["unit"]) if line["unit"] else None
    return {"what": line["gain"], "figure": money(Decimal(str(line["figure"] or 0)), unit)}


def _groups(found: set[Access]) -> list[list[Access]]:
    groups: dict[tuple[str, str], list[Access]] = {}
    for one in found:
        groups.setdefault((one.holder, one.policy), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _only_by(here: Visit, library: str, found: set[Access], policy: str) -> int:
    """Titles no other policy opens."""
    everything = frozenset((one.holder, one.category) for one in found)
    others = frozenset((one.holder, one.category) for one in found if one.policy != policy)
    return borrowable(here, library, everything) - borrowable(here, library, others)


def _row(here: Visit, library: str, group: list[Access], only: int) -> dict[str, Any]:
    routes = frozenset((one.holder, one.category) for one in group)
    return {
        "holder": group[0].holder,
        "policy": group[0].policy,
        "titles": borrowable(here, library, routes),
        "only": only,
    }
