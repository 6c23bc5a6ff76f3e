"""Asking about one heading or many: from what is kept, or from the service, without haste and with an end."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from time import sleep, time

from graph.errors import ServiceError
from graph.matching.authorities import Authorities, Authority
from graph.matching.decisions import scheme
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.settings import Settings
from ingest.lookups.batches import Batches
from ingest.lookups.fetching import Answer, Limits, Question, fetch
from ingest.lookups.memory import Memory
from ingest.lookups.protocols import entries, question
from ingest.lookups.services import Service
from ingest.lookups.sparql import sparql_entries, sparql_question

TRIES = 3
PATIENCE = 60.0
"""Seconds that a run waits when a service asks for it; for longer it stops, to be taken up again later."""
LONGEST_PAUSE = 86400.0
BACK_OFF = 2.0
GIVE_UP = 3
"""Questions that fail one after the other before a run leaves a service alone."""
_BUSY = {429, 500, 502, 503, 504}


@dataclass(slots=True)
class Outcome:
    """What a run came to: headings asked, passed over (asked lately), with candidates; what went wrong."""

    asked: int = 0
    passed: int = 0
    found: int = 0
    failures: list[str] = field(default_factory=list)
    stopped: str = ""


@dataclass(slots=True)
class Lookups:
    """Look-ups of a data directory. ``online`` overrides the setting; ``wait`` is how time is let pass."""

    settings: Settings
    memory: Memory
    online: bool = False
    wait: Callable[[float], None] = sleep

    @classmethod
    def open(cls, settings: Settings, *, online: bool | None = None) -> "Lookups":
        """The look-ups that the settings describe."""
        allowed = bool(settings["online"]) if online is None else online
        return cls(settings, Memory(settings.data), allowed)

    def ask(self, service: Service, heading: Heading) -> list[Entry]:
        """What a service knows under a heading: from a kept answer while it is fresh, or when there is no
        connection; else from the service, and then kept. A service that fails leaves us with the old answer,
        where there is one. Raises ServiceError."""
        asked = self._question(service, heading)
        kept = self.memory.answer(service.name, asked.name)
        if kept and (kept.days < self.settings.number("lookup_days") or not self.online):
            return self._read(service, heading.kind, kept.body)
        if not self.online:
            raise ServiceError(
                f"{service.title} was not asked about {heading.text!r}: look-ups are off.",
                "Turn the setting `online` on, or give --online.",
            )
        try:
            body = self._fetched(service, asked)
            found = self._read(service, heading.kind, body)
        except ServiceError:
            if kept:
                return self._read(service, heading.kind, kept.body)
            raise
        self.memory.keep(service.name, asked.name, body)
        return found

    def run(self, service: Service, headings: Iterable[Heading], limit: int = 0) -> Outcome:
        """Ask a service about many headings, one after the other or in batches, each remembered at once; those it
        was asked about lately and those that have a link to it are passed over. Ends early, without an exception,
        when the service does not answer or wants to be left alone; a later run goes on from there. ``limit`` is how
        many are asked at most, 0 for all."""
        outcome, failed = Outcome(), 0
        for heading in self._ahead(service, headings, limit):
            if limit and outcome.asked >= limit:
                break
            if self._settled(service, heading):
                outcome.passed += 1
                continue
            try:
                found = self.ask(service, heading)
            except ServiceError as error:
                outcome.failures.append(str(error))
                failed += 1
                if failed >= GIVE_UP or not self.online or self.memory.paused(service.name) > PATIENCE:
                    outcome.stopped = str(error)
                    return outcome
                continue
            failed = 0
            self.memory.take_in(service.name, heading.iri or heading.text, found)
            outcome.asked += 1
            outcome.found += bool(found)
        return outcome

    def _ahead(self, service: Service, headings: Iterable[Heading], limit: int) -> Iterator[Heading]:
        """The headings; a service that takes batches is asked about several before they come."""
        days = self.settings.number("lookup_days")
        if service.protocol != "reconcile" or not self.online or not days:
            return iter(headings)
        batches = Batches(service, self.memory, self._fetched, days, limit)
        return batches.ahead(headings, lambda one: not self._settled(service, one))

    def authority(self, service: Service) -> Authority | None:
        """Make all that was fetched from a service an authority file; None when that is nothing."""
        if not self.memory.counts(service.name)["entries"]:
            return None
        day = datetime.now(UTC).date().isoformat()
        found = self.memory.entries(service.name)
        return Authorities(self.settings.data).add(
            f"lookup-{service.name}", found, file=service.address, licence=service.licence, release=day
        )

    def _settled(self, service: Service, heading: Heading) -> bool:
        if heading.kind not in service.kinds:
            return True
        linked = any(one.startswith(service.iri) or scheme(one) == service.iri for one in heading.identifiers)
        name = heading.iri or heading.text
        return linked or self.memory.asked(service.name, name, self.settings.number("lookup_days"))

    def _question(self, service: Service, heading: Heading) -> Question:
        if service.protocol == "sparql":
            return sparql_question(service, heading, self.settings.text("language"))
        return question(service, heading)

    def _read(self, service: Service, kind: str, body: bytes) -> list[Entry]:
        if service.protocol != "sparql":
            return entries(service, kind, body)
        try:
            return sparql_entries(service, kind, json.loads(body))
        except (ValueError, RecursionError) as error:
            raise ServiceError(f"{service.title} answers with something else than JSON.") from error

    def _fetched(self, service: Service, asked: Question) -> bytes:
        limits = Limits(self.settings.seconds("lookup_seconds"), self.settings.number("lookup_mb") << 20)
        for attempt in range(TRIES):
            self._wait_for_turn(service)
            last = attempt == TRIES - 1
            try:
                answer = fetch(asked, limits, agent(self.settings))
            except ServiceError:
                if last:
                    raise
                self.memory.pause(service.name, BACK_OFF**attempt)
                continue
            if answer.status == 200:
                return answer.body
            if answer.status not in _BUSY:
                message = f"{service.title} refuses the question (status {answer.status})."
                raise ServiceError(message, "Is its declaration in ontology/lookups right?")
            self.memory.pause(service.name, _asked_pause(answer, attempt))
        raise ServiceError(f"{service.title} is busy (status {answer.status}).", "Try again later.")

    def _wait_for_turn(self, service: Service) -> None:
        """Wait until the service may be asked. Raises ServiceError when that is too long from now."""
        paused = self.memory.paused(service.name)
        if paused > PATIENCE:
            until = datetime.fromtimestamp(time() + paused, UTC).isoformat(timespec="seconds")
            raise ServiceError(f"{service.title} wants to be left alone until {until}.", "Go on after that.")
        self.wait(self.memory.turn(service.name, service.per_minute))


def agent(settings: Settings) -> str:
    """How we present ourselves: the program, where it runs, and whom to write to."""
    about = "; ".join(filter(None, (settings.text("public_url"), settings.text("contact"))))
    plain = "".join(one if " " <= one <= "~" else "?" for one in about)
    return f"Jejaring/{version('jejaring')}" + (f" ({plain})" if plain else "")


def _asked_pause(answer: Answer, attempt: int) -> float:
    """The seconds a service asks us to wait (RFC 9110, Retry-After: seconds or a date), else more each time."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdecimal() and asked.isascii():
        return min(float(asked[:9]), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(asked)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(0.0, until.timestamp() - time()), LONGEST_PAUSE)
    except (ValueError, TypeError, OverflowError):
        return float(BACK_OFF ** (attempt + 1))
