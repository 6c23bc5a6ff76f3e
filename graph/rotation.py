"""The rotation planner: which package stays where in which period, so that hosts see most titles new to them.

A package's value to a host is the titles the host neither holds nor has had from another package. Each period's
arrangement is the best there is given those of the others (the assignment problem), and is improved until no
period can be. Last copies are never taken along; ``graph.rotation_rules`` says what else may not travel and when.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.assignment import assigned
from graph.errors import QueryError
from graph.network import Network
from graph.rotation_rules import Period, RotationRules

_ROUNDS_OF_IMPROVEMENT = 20


@dataclass(frozen=True, slots=True)
class Package:
    """Items that travel together (IRIs): a package of the sheets, or all free items of one owner (no ``iri``)."""

    owner: str
    items: tuple[str, ...]
    works: frozenset[str]
    iri: str = ""
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stage:
    """One package at one host for one period; ``new`` counts the titles new to the host."""

    package: Package
    host: str
    starts: date
    ends: date
    new: int


@dataclass(frozen=True, slots=True)
class AtHome:
    """An item that does not travel, and why: last-copy, not-available, access or category."""

    item: str
    work: str
    owner: str
    why: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A host that takes no package in a period, and why: not-a-member, host-closed, occupied or no-agreement."""

    host: str
    period: Period
    why: str


@dataclass(frozen=True)
class Plan:
    """A proposal: its stages in time, what stays at home, hosts left out; ``renewal`` is the last day of a
    partnership that is over and would have to be renewed first."""

    stages: list[Stage]
    home: list[AtHome]
    skipped: list[Skipped]
    renewal: date | None


def packages(
    network: Network, partnership: str, wanted: Sequence[str] = (), on: date | None = None
) -> list[Package]:
    """What may travel: the packages of the sheets, and one of each owner's other items; or ``wanted`` ones."""
    rules = RotationRules(network, partnership, on or date.today())
    return _split(network, rules, wanted)[0]


def timetable(
    network: Network, partnership: str, starts: date, days: int, rounds: int, wanted: Sequence[str] = ()
) -> list[Stage]:
    """The stages of ``plan``."""
    return plan(network, partnership, starts, days, rounds, wanted).stages


def plan(
    network: Network, partnership: str, starts: date, days: int, rounds: int, wanted: Sequence[str] = ()
) -> Plan:
    """A proposal of ``rounds`` periods of ``days`` days from a day on. Raises QueryError: nothing can travel."""
    if days < 1 or rounds < 1 or rounds > 60:
        raise QueryError("A period has at least one day, and there are 1 to 60 periods.")
    if days * rounds > (date.max - starts).days:
        raise QueryError("The periods end after the year 9999.", "Choose fewer or shorter ones, or an earlier day.")
    rules = RotationRules(network, partnership, starts)
    travelling, home = _split(network, rules, wanted)
    if not travelling or len(rules.hosts) < 2:
        raise QueryError(
            "Nothing can rotate: no items free to travel, or fewer than two hosts.",
            "Its members need items with a copy elsewhere and an access policy that lets them go.",
        )
    if rules.longest is not None and days > rules.longest:
        raise QueryError(
            f"The agreement lets a package stay {rules.longest} days, not {days}.", "Choose a shorter period."
        )
    periods = [Period.of(starts + timedelta(days=turn * days), days) for turn in range(rounds)]
    held = _held(network, partnership)
    skipped = [Skipped(h, p, why) for p in periods for h in rules.hosts if (why := rules.unfit(h, p))]
    places = _arranged(travelling, periods, rules, held)
    return Plan(_stages(travelling, periods, places, held), home, skipped, rules.renewal)


def _split(network: Network, rules: RotationRules, wanted: Sequence[str]) -> tuple[list[Package], list[AtHome]]:
    chosen = {network.iri(one) for one in wanted}
    together: defaultdict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    home: list[AtHome] = []
    for row in network.ask(
        "rotation-candidates", rules.renewal or rules.starts, partnership=rules.partnership
    ).rows:
        cells = {name: "" if value is None else str(value) for name, value in row.items()}
        if chosen and cells["package"] not in chosen:
            continue
        if why := rules.held_back(row):
            home.append(AtHome(cells["item"], cells["work"], cells["owner"], why))
        else:
            together[cells["owner"], cells["package"]].append(cells)
    return [_package(key, rows) for key, rows in sorted(together.items())], home


def _package(key: tuple[str, str], rows: list[Mapping[str, str]]) -> Package:
    return Package(
        key[0],
        tuple(sorted({row["item"] for row in rows})),
        frozenset(row["work"] for row in rows),
        key[1],
        frozenset(row["category"] for row in rows),
    )


def _held(network: Network, partnership: str) -> Mapping[str, set[str]]:
    held: defaultdict[str, set[str]] = defaultdict(set)
    for row in network.ask("holdings-of-members", partnership=partnership).rows:
        held[str(row["member"])].add(str(row["work"]))
    return held


Places = list[dict[int, str]]
"""For each period: the host of each package (by its number) that travels."""


def _arranged(
    travelling: list[Package], periods: list[Period], rules: RotationRules, held: Mapping[str, set[str]]
) -> Places:
    """The hosts of every period: each the best given the others, until nothing improves."""
    places: Places = [{} for _ in periods]
    for _ in range(_ROUNDS_OF_IMPROVEMENT):
        before = [dict(one) for one in places]
        for turn, period in enumerate(periods):
            places[turn] = {}
            places[turn] = _best(travelling, period, rules, _seen(travelling, places, held))
        if places == before:
            break
    return places


def _seen(travelling: list[Package], places: Places, held: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """What each host holds or is to have in the periods arranged."""
    seen: defaultdict[str, set[str]] = defaultdict(set, {host: set(works) for host, works in held.items()})
    for one in places:
        for number, host in one.items():
            seen[host] |= travelling[number].works
    return seen


def _best(
    travelling: list[Package], period: Period, rules: RotationRules, seen: Mapping[str, set[str]]
) -> dict[int, str]:
    hosts = rules.hosts
    worth = [
        [
            len(package.works - seen[host])
            if rules.may_go(package.owner, package.iri, package.categories, host, period)
            else 0
            for host in hosts
        ]
        + [0] * len(travelling)  # staying at home
        for package in travelling
    ]
    chosen = assigned(worth)
    return {number: hosts[place] for number, place in enumerate(chosen) if worth[number][place] > 0}


def _stages(
    travelling: list[Package], periods: list[Period], places: Places, held: Mapping[str, set[str]]
) -> list[Stage]:
    had: defaultdict[str, set[str]] = defaultdict(set, {host: set(works) for host, works in held.items()})
    stages = []
    for period, one in zip(periods, places, strict=True):
        for number, host in sorted(one.items()):
            package = travelling[number]
            stages.append(Stage(package, host, period.starts, period.ends, len(package.works - had[host])))
            had[host] |= package.works
    return stages
