"""The rotation planner: which package stays where in which period, so that hosts see most titles new to them.

Last copies are never among the candidates; a package never visits its owner, and each host has one at a time.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

from graph.errors import QueryError
from graph.network import Network


@dataclass(frozen=True, slots=True)
class Package:
    """Items of one owner that travel together (IRIs)."""

    owner: str
    items: tuple[str, ...]
    works: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """One package at one host for one period; ``new`` counts the titles new to the host."""

    package: Package
    host: str
    starts: date
    ends: date
    new: int


def packages(network: Network, partnership: str) -> list[Package]:
    """One package per owner, of all items free to travel."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in network.ask("rotation-candidates", partnership=partnership).rows:
        found[str(row["owner"])].append((str(row["item"]), str(row["work"])))
    return [
        Package(owner, tuple(sorted(item for item, _ in pairs)), frozenset(work for _, work in pairs))
        for owner, pairs in sorted(found.items())
    ]


def timetable(network: Network, partnership: str, starts: date, days: int, rounds: int) -> list[Stage]:
    """The proposed stages, ``rounds`` periods of ``days`` days. Raises QueryError when nothing can travel."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for row in network.ask("holdings-of-members", partnership=partnership).rows:
        held[str(row["member"])].add(str(row["work"]))
    hosts = sorted({str(row["member"]) for row in network.ask("memberships", collaboration=partnership).rows})
    travelling = packages(network, partnership)
    if not travelling or len(hosts) < 2 or days < 1:
        raise QueryError("Nothing can rotate: no packages, fewer than two hosts, or no days.")
    stages = []
    for turn in range(rounds):
        begin = starts + timedelta(days=turn * days)
        end = begin + timedelta(days=days - 1)
        for package, host in _assigned(travelling, hosts, held):
            stages.append(Stage(package, host, begin, end, len(package.works - held[host])))
            held[host] |= package.works
    return stages


def _assigned(travelling: list[Package], hosts: list[str], held: dict[str, set[str]]) -> list[tuple[Package, str]]:
    """The hosts of one period: all arrangements tried up to seven hosts, the best free host each beyond that."""

    def new(package: Package, host: str) -> int:
        return -1 if host == package.owner else len(package.works - held[host])

    if len(hosts) <= 7 and len(travelling) <= len(hosts):
        best = max(
            permutations(hosts, len(travelling)),
            key=lambda chosen: sum(new(package, host) for package, host in zip(travelling, chosen, strict=True)),
        )
        pairs = list(zip(travelling, best, strict=True))
    else:
        pairs, free = [], set(hosts)
        for package in sorted(travelling, key=lambda one: -len(one.works)):
            if free:
                host = max(sorted(free), key=lambda one: new(package, one))
                free.discard(host)
                pairs.append((package, host))
    return [(package, host) for package, host in pairs if host != package.owner]
