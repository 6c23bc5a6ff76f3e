"""The front door to the network's answers: ``Network.open("data")``, then find, ask, may, and what follows."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from graph import queries
from graph.best_ways import best_ways
from graph.dates import day
from graph.errors import NotFound
from graph.identifiers import Found, find, iri
from graph.like_copies import LikeCopies
from graph.names import SPARQL_PREFIXES
from graph.permission import Answer, judge
from graph.policies import Policies
from graph.queries import Answers
from graph.releases import Releases
from graph.settings import Settings
from graph.store import Store

MOST_WORKS = 64
"""Works whose copies are remembered in groups."""


class Network:
    """A network of libraries as one release knows it; nothing here writes, and rules once read are kept."""

    def __init__(self, store: Store, base: str) -> None:
        """``base``: the start of the IRIs of this network's own entities, without a slash at the end."""
        self.store = store
        self.base = base
        self._policies: dict[str, Policies] = {}
        self._copies = lru_cache(MOST_WORKS)(partial(LikeCopies, store))

    @classmethod
    def open(cls, data: str | Path = "data") -> "Network":
        """The published release of a data directory. Raises NotFound when nothing has been loaded."""
        return cls(Releases(Path(data)).current().store, Settings(data=str(data)).base_iri)

    def find(self, identifier: str) -> Found:
        """The entity with this id, IRI, ISBN, ISIL, NPP, barcode or code. Raises NotFound."""
        return find(self.store, self.base, identifier)

    def iri(self, identifier: str) -> str:
        """Its IRI; a plain id costs no query."""
        return self.find(identifier).iri

    def ask(self, name: str, on: str | date | None = None, **given: Any) -> Answers:
        """The answers of a saved query: ``ask("cq01", work="w01", me="wana", on="2026-03-15")``.

        ``on`` is the day for all rules counted from today. Raises NotFound and QueryError.
        """
        return queries.ask(self.store, name, given, self.base, day(on) if on else None)

    def rows(
        self, name: str, on: str | date | None = None, given: Mapping[str, Any] | None = None
    ) -> list[queries.Row]:
        """The rows of ``ask``, for those who need nothing else."""
        return self.ask(name, on, **dict(given or {})).rows

    def may(self, action: str, thing: str, borrower: str, on: str | date | None = None) -> Answer:
        """May ``borrower`` get ``thing`` (an item or a work) for ``action`` on this day; why, or why not.

        Follows docs/answers.md, "The six tests". Raises NotFound for an unknown action, item, work or library.
        """
        wanted = iri(action, self.base, code=True)
        when = day(on) if on else date.today()
        return judge(self.store, wanted, self.iri(thing), self.iri(borrower), when, self._rules(wanted))

    def best(
        self, action: str, thing: str, borrower: str, on: str | date | None = None, *, explained: bool = True
    ) -> Answer:
        """The answer of ``may`` for a page, however many copies there are: of each library only the first copy
        under each rule, and only the best findings; ``explained``: the first with its chain."""
        wanted = iri(action, self.base, code=True)
        when = day(on) if on else date.today()
        this, rules = self.iri(thing), self._rules(wanted)
        copies, asker = self._copies(this), self.iri(borrower)
        return best_ways(self.store, rules, wanted, copies, this, asker, when, explained=explained)

    def _rules(self, action: str) -> Policies:
        if action not in self._policies:
            if not self.store.ask(f"ASK {{ {{ <{action}> ?of ?one }} UNION {{ ?one ?of <{action}> }} }}"):
                raise NotFound(f"There is no action {action!r}.", f"Ask for one of: {', '.join(self._actions())}.")
            self._policies[action] = Policies.of(self.store, action)
        return self._policies[action]

    def _actions(self) -> list[str]:
        rows = self.store.select(SPARQL_PREFIXES + "SELECT ?action { ?action skos:inScheme jp:scheme-action }")
        return sorted(term.value.rpartition("#")[2] for row in rows if (term := row["action"]))
