"""Like copies of a work: those of one library with the same category, access policy, status and rotation package.

What allows one of them allows all, so a work with thousands of copies is judged by some hundred groups, each with
one copy that stands for it. Only policies that allow some action decide; how long a copy is kept does not.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from graph.names import SPARQL_PREFIXES
from graph.queries import Row, Value, native
from graph.store import Store

_NONE = Row(stage=None, host=None)
_COPIES = """SELECT ?one ?holder ?category ?access ?status ?package WHERE {
  { SELECT DISTINCT ?one ?holder WHERE {
    { SELECT DISTINCT ?edition WHERE {
      { <%(work)s> bf:hasInstance ?edition } UNION { ?edition bf:instanceOf <%(work)s> } } }
    ?one bf:itemOf ?edition . ?one bf:heldBy ?holder } }
  OPTIONAL { ?one odrl:partOf ?category } OPTIONAL { ?one bf:usageAndAccessPolicy ?access }
  OPTIONAL { ?one bf:status ?status } OPTIONAL { ?one dct:isPartOf ?package } }"""
"""Copy by copy: grouping them in the store takes twice as long as doing it here."""
_ALIKE = ("holder", "category", "access", "status", "package")
_ALLOWED = "SELECT ?access ?action WHERE { ?access jp:allowsAction ?action }"
_STAGES = """SELECT ?package ?stage ?host WHERE { ?stage jp:package ?package ; schema:startDate ?from .
  OPTIONAL { ?stage jp:library ?host } OPTIONAL { ?stage schema:endDate ?to }
  FILTER (?from <= "%(on)s"^^xsd:date && COALESCE("%(on)s"^^xsd:date <= ?to, true)) }"""
_CLOSED = """SELECT ?holder ?until WHERE { ?holder schema:specialOpeningHoursSpecification ?closure .
  ?closure schema:validFrom ?from ; schema:validThrough ?until .
  FILTER (?from <= "%(on)s"^^xsd:date && "%(on)s"^^xsd:date <= ?until) }"""


class LikeCopies:
    """The copies of one work in groups; what is read of a release is kept."""

    def __init__(self, store: Store, work: str) -> None:
        self._store, self._work = store, work
        self._last: tuple[tuple[str, date] | None, list[Row]] = None, []

    @cached_property
    def _allowed(self) -> set[tuple[str, str]]:
        """Each policy with each action it allows."""
        return {(str(row["access"]), str(row["action"])) for row in self._rows(_ALLOWED)}

    @cached_property
    def _groups(self) -> list[Row]:
        """Each group with its first copy; none when a copy has two values of a kind, and thus is in none."""
        deciding = {access for access, _ in self._allowed}
        copies: dict[str, Row] = {}
        for row in self._rows(_COPIES % {"work": self._work}):
            access = row["access"] if row["access"] in deciding else None
            known = copies.setdefault(str(row["one"]), row)
            known["access"] = access if known is row else known["access"] or access
            if known != {**row, "access": access or known["access"]}:
                return []
        return _grouped(copies)

    def rows(self, action: str, on: date) -> list[Row]:
        """For the first copy of each group a row as of the saved query ``permission-item``, in the order of their
        IRIs; nothing when groups cannot stand for the copies, or there are none. Those asked for last are kept, as
        many ask on the same day."""
        asked, rows = self._last
        if asked != (action, on):
            rows = self._on(action, on) if self._groups else []
            self._last = (action, on), rows
        return rows

    def _on(self, action: str, on: date) -> list[Row]:
        closed = {row["holder"]: row["until"] for row in self._rows(_CLOSED % {"on": on})}
        travel = any(row["package"] for row in self._groups)
        stages = {row["package"]: row for row in self._rows(_STAGES % {"on": on})} if travel else {}
        found = []
        for group in self._groups:
            stage = stages.get(group["package"], _NONE)
            until, allows = closed.get(group["holder"]), (group["access"], action) in self._allowed
            now = {"allows": allows, "closedUntil": until, "stage": stage["stage"], "host": stage["host"]}
            found.append(Row({**group, **now}))
        return found

    def _rows(self, query: str) -> list[Row]:
        rows = self._store.select(SPARQL_PREFIXES + query)
        return [Row((name, native(term)) for name, term in row.items()) for row in rows]


def _grouped(copies: Mapping[str, Row]) -> list[Row]:
    """One row for each group of like copies: its first copy as ``item``."""
    groups: dict[tuple[Value, ...], Row] = {}
    for copy in sorted(copies):
        row = copies[copy]
        groups.setdefault(tuple(row[name] for name in _ALIKE), Row({**row, "item": copy}))
    return list(groups.values())
