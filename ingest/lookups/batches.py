"""Batches: several headings in one request to a Reconciliation service, as many as its manifest allows.

The answer is taken apart and kept as if each heading had been asked alone, so that what reads answers, and what
goes on after a run was broken off, need not know of batches.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from graph.errors import ServiceError
from graph.matching.heading import Heading
from ingest.lookups.fetching import Question
from ingest.lookups.memory import Memory
from ingest.lookups.protocols import FORM, JSON, query, question
from ingest.lookups.services import Service

USUAL = 10
"""Headings in a request to a service whose manifest does not say how many it takes."""
MOST = 50
MANIFEST = "manifest"


@dataclass(slots=True)
class Batches:
    """Asks a service ahead, about ``most`` headings (0: all); ``size`` of them at once, 1 for a service that takes
    no batches or refused one."""

    service: Service
    memory: Memory
    fetched: Callable[[Service, Question], bytes]
    days: float
    most: int = 0
    size: int = 0

    def ahead(self, headings: Iterable[Heading], wanted: Callable[[Heading], bool]) -> Iterator[Heading]:
        """The headings again, those that are wanted asked about before they come."""
        rest, asked = iter(headings), 0
        while chunk := list(islice(rest, self.size or USUAL)):
            pending = [one for one in chunk if wanted(one) and not self._kept(one)] if self.size != 1 else []
            pending = pending[: self.most - asked] if self.most else pending
            asked += len(pending)
            if len(pending) > 1:
                self._ask(pending)
            yield from chunk

    def _ask(self, headings: list[Heading]) -> None:
        self.size = self.size or self._allowed()
        if self.size < 2:
            return
        for at in range(0, len(headings), self.size):
            try:
                self._together(headings[at : at + self.size])
            except ServiceError:
                self.size = 1  # each is asked alone from here on, and says itself what is wrong
                return

    def _together(self, headings: list[Heading]) -> None:
        queries = {f"q{at}": query(self.service, one) for at, one in enumerate(headings)}
        body = urlencode({"queries": json.dumps(queries, ensure_ascii=False)}).encode()
        answer = _parsed(self.fetched(self.service, Question(self.service.address, body, FORM)))
        for at, one in enumerate(headings):
            if isinstance(found := answer.get(f"q{at}"), dict):
                content = json.dumps({"q0": found}, ensure_ascii=False).encode()
                self.memory.keep(self.service.name, question(self.service, one).name, content)

    def _allowed(self) -> int:
        """How many queries the manifest allows in a batch; 1 where there is no manifest."""
        kept = self.memory.answer(self.service.name, MANIFEST)
        try:
            body = kept.body if kept and kept.days < self.days else self.fetched(self.service, self._manifest())
            said = _parsed(body).get("batchSize")
        except ServiceError:
            return 1
        self.memory.keep(self.service.name, MANIFEST, body)
        return min(said, MOST) if isinstance(said, int) and said > 0 else USUAL

    def _manifest(self) -> Question:
        return Question(self.service.address, headers=JSON)

    def _kept(self, heading: Heading) -> bool:
        kept = self.memory.answer(self.service.name, question(self.service, heading).name)
        return kept is not None and kept.days < self.days


def _parsed(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises ServiceError for anything else."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ServiceError("The service answers with something else than JSON.") from error
    if not isinstance(content, dict):
        raise ServiceError("The service answers with something else than an object.")
    return content
