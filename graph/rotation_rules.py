"""What may rotate, where to and when: agreements, memberships, closures, other rotations, the items' own rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graph.dates import date_of
from graph.names import expand
from graph.network import Network
from graph.policies import Policies, Rule
from graph.queries import Row
from graph.terms import terms

ROTATE = expand("jp:rotate")


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    starts: date
    ends: date

    @classmethod
    def of(cls, starts: date, days: int) -> "Period":
        """So many days from a day on."""
        return cls(starts, starts + timedelta(days=days - 1))

    def meets(self, other: "Period") -> bool:
        """Whether it has a day in common with another."""
        return other.starts <= self.ends and self.starts <= other.ends

    def includes(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.starts <= day <= self.ends


class RotationRules:
    """The rules of one partnership's rotation; facts are read once."""

    def __init__(self, network: Network, partnership: str, starts: date) -> None:
        """``starts``: the first day planned. Raises NotFound for an unknown partnership."""
        self.starts = starts
        self.partnership = network.iri(partnership)
        self._policies = Policies.of(network.store, ROTATE)
        parts = [part for many in self._policies.by_member.values() for part in many]
        self._parts = [part for part in parts if part.collaboration == self.partnership]
        self.renewal = self._over_before(starts)
        """The last day of a partnership that is over before the plan begins: the plan supposes it is renewed."""
        self.hosts = sorted({part.member for part in self._parts if part.active(self._judged(starts))})
        self._rules = [rule for rule in self._policies.rules if rule.permits and self._concerns(rule)]
        limits = [terms(network.store, rule).days for rule in self._rules if not self._out_of_force(rule, starts)]
        self.longest = max((days for days in limits if days is not None), default=None)
        self._closures = _periods(network.ask("closures", starts).rows, "library")
        stages = network.ask("rotation-timetable").rows
        self._touring, self._hosting = _periods(stages, "package"), _periods(stages, "library")

    def _over_before(self, starts: date) -> date | None:
        ends = [part.terminated or part.ends for part in self._parts]
        last = max((day for day in ends if day is not None), default=None)
        return last if last is not None and None not in ends and last < starts else None

    def _judged(self, day: date) -> date:
        """The day on whose facts a day is judged: the last one of a partnership that is to be renewed."""
        return self.renewal or day

    def _out_of_force(self, rule: Rule, day: date) -> bool:
        return bool(rule.out_of_force(self._judged(day)))

    def _concerns(self, rule: Rule) -> bool:
        """Whether a rule speaks to the partnership or to its hosts."""
        return rule.assigner == self.partnership or bool({rule.assigner, rule.assignee} & set(self.hosts))

    def held_back(self, row: Row) -> str:
        """Why an item stays at home whatever the period; empty when it may travel."""
        if not row["elsewhere"]:
            return "last-copy"
        if not row["allows"]:
            return "access"
        if not row["available"]:
            return "not-available"
        category = str(row["category"] or "")
        open_to = any(self._open(rule, str(row["owner"]), host, {category}, self.starts)
                      for rule in self._rules for host in self.hosts)  # fmt: skip
        return "" if open_to else "category"

    def may_go(self, owner: str, package: str, categories: Iterable[str], host: str, period: Period) -> bool:
        """Whether a package may be at a host for a whole period."""
        wanted = set(categories)
        return (
            host != owner
            and not self.unfit(host, period)
            and not any(period.meets(other) for other in self._touring.get(package, ()))
            and all(
                any(self._open(rule, owner, host, wanted, day) for rule in self._rules)
                for day in (period.starts, period.ends)
            )
        )

    def unfit(self, host: str, period: Period) -> str:
        """Why a host takes no package in a period; empty when it may."""
        handed_over = (period.starts, period.ends)
        first, last = self._judged(period.starts), self._judged(period.ends)
        if not any(part.member == host and part.active(first) and part.active(last) for part in self._parts):
            return "not-a-member"
        if any(closed.includes(day) for closed in self._closures.get(host, ()) for day in handed_over):
            return "host-closed"
        if any(period.meets(other) for other in self._hosting.get(host, ())):
            return "occupied"
        if not any(not any(self._out_of_force(rule, day) for day in handed_over) for rule in self._rules):
            return "no-agreement"
        return ""

    def _open(self, rule: Rule, owner: str, host: str, categories: set[str], on: date) -> bool:
        return (
            not self._out_of_force(rule, on)
            and self._policies.is_party(owner, rule.assigner, self._judged(on))
            and self._policies.is_party(host, rule.assignee, self._judged(on))
            and all(
                self._policies.covers(rule, one) and not self._policies.prohibitions(rule.policy, one, on)
                for one in categories
            )
        )


def _periods(rows: Iterable[Row], name: str) -> Mapping[str, list[Period]]:
    """The periods of rows by what a column names."""
    found: defaultdict[str, list[Period]] = defaultdict(list)
    for row in rows:
        found[str(row[name])].append(Period(date_of(row["starts"]), date_of(row["ends"])))
    return found
