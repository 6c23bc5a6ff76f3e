"""What harvesters may take: archived records in a fixed order, by source and date, in pieces of a hundred."""

import base64
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from pymarc import Record

from graph.archive import Archive
from graph.names import entity
from web.site import Site

PIECE = 100
_DATES = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d")


class NoSuch(Exception):
    """There is no item of this identifier."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record, or (``record`` None) one that is gone; ``iri`` is its instance."""

    identifier: str
    source: str
    date: str
    iri: str
    record: Record | None

    @property
    def deleted(self) -> bool:
        """Is it gone?"""
        return self.record is None


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list request asks for; ``after`` is the number of the last record sent, ``gone`` of the deleted."""

    prefix: str
    source: str = ""
    start: str = ""
    end: str = "9999"
    after: int = 0
    gone: str = ""

    @classmethod
    def read(cls, arguments: dict[str, str]) -> "Selection":
        """From the arguments of a request. Raises ValueError for a date or token that is none."""
        if "resumptionToken" in arguments:
            try:
                return cls(**json.loads(base64.urlsafe_b64decode(arguments["resumptionToken"])))
            except (ValueError, TypeError) as error:
                raise ValueError("This token is not one of ours.") from error
        start, end = arguments.get("from", ""), arguments.get("until", "")
        if start and end and len(start) != len(end):
            raise ValueError("from and until must be of the same granularity.")
        first, last = _date(start, "T00:00:00Z"), _date(end, "T23:59:59Z") or "9999"
        if first > last:
            raise ValueError("from is after until.")
        return cls(arguments["metadataPrefix"], arguments.get("set", ""), first, last)

    def token(self) -> str:
        """As a resumption token."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()


class Harvest:
    """The archive as harvesters see it, for one request."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.archive = Archive.open(site.settings.data)
        rows = self.archive.connection.execute("SELECT name, value FROM state WHERE name LIKE 'published %'")
        self._dates = {int(name.split()[1]): _utc(value) for name, value in rows}

    def close(self) -> None:
        """Let go of the archive."""
        self.archive.close()

    def earliest(self) -> str:
        """The date of the first release."""
        return min(self._dates.values(), default=_utc(self.site.release.date.isoformat()))

    def sources(self) -> list[str]:
        """The sources that have records."""
        return [entry.id for entry in self.archive.sources() if entry.kind == "records"]

    def get(self, identifier: str) -> Item:
        """One item. Raises NoSuch."""
        start = f"oai:{self.site.host}:"
        source, colon, name = identifier.removeprefix(start).partition(":")
        if not identifier.startswith(start) or not colon:
            raise NoSuch
        query = "SELECT number FROM record WHERE source = ? AND id = ? ORDER BY number DESC LIMIT 1"
        row = self.archive.connection.execute(query, (source, name)).fetchone()
        return self._item(row[0]) if row else self._gone_item(source, name)

    def select(self, selection: Selection) -> tuple[list[Item], str]:
        """The next items of a selection, and the token for the rest; empty when this is all."""
        items, numbers = self._records(selection)
        if len(items) == PIECE:
            return items, replace(selection, after=numbers[-1]).token()
        gone = self._gone(selection, PIECE - len(items))
        last = numbers[-1] if numbers else selection.after
        if len(items) + len(gone) < PIECE:
            return items + gone, ""
        return items + gone, replace(selection, after=last, gone=gone[-1].iri).token()

    def _records(self, selection: Selection) -> tuple[list[Item], list[int]]:
        releases = self._releases(selection)
        if not releases or selection.gone:
            return [], []
        query = f"""SELECT number FROM record WHERE number > ? AND release BETWEEN ? AND ?
            {"AND source = ?" if selection.source else ""} ORDER BY number LIMIT {PIECE}"""
        values = (selection.after, *releases, *([selection.source] if selection.source else []))
        numbers = [number for (number,) in self.archive.connection.execute(query, values)]
        return [self._item(number) for number in numbers], numbers

    def _gone(self, selection: Selection, limit: int) -> list[Item]:
        releases = self._releases(selection)
        if not releases:
            return []
        start = entity(self.site.base_iri, "instance", selection.source + "-" if selection.source else "")
        query = """SELECT iri, release FROM gone WHERE iri > ? AND iri >= ? AND iri < ? AND release BETWEEN ? AND ?
            AND instr(iri, '#') = 0 ORDER BY iri LIMIT ?"""
        values = (selection.gone, start, start + "\uffff", *releases, limit)
        rows = self.archive.connection.execute(query, values).fetchall()
        return [item for iri, release in rows if (item := self._of_iri(iri, release))]

    def _releases(self, selection: Selection) -> tuple[int, int] | None:
        """The releases published between the dates asked for."""
        found = [number for number, date in self._dates.items() if selection.start <= date <= selection.end]
        return (min(found), max(found)) if found else None

    def _item(self, number: int) -> Item:
        kept = self.archive.by_number(number)
        iri = entity(self.site.base_iri, "instance", f"{kept.source}-{kept.id}")
        return Item(self._identifier(kept.source, kept.id), kept.source, self._date(kept.release), iri, kept.marc())

    def _of_iri(self, iri: str, release: int) -> Item | None:
        name = iri.rpartition("/")[2]
        source = next((s for s in sorted(self.sources(), key=len, reverse=True) if name.startswith(s + "-")), "")
        source = source or name.partition("-")[0]
        return Item(self._identifier(source, name[len(source) + 1 :]), source, self._date(release), iri, None)

    def _gone_item(self, source: str, name: str) -> Item:
        iri = entity(self.site.base_iri, "instance", f"{source}-{name}")
        found = self.archive.gone(iri)
        if found is None:
            raise NoSuch
        return Item(self._identifier(source, name), source, self._date(found[0]), iri, None)

    def _identifier(self, source: str, name: str) -> str:
        return f"oai:{self.site.host}:{source}:{name}"

    def _date(self, release: int) -> str:
        return self._dates.get(release, self.earliest())


def _date(text: str, time: str) -> str:
    """A date of a request as a full one. Raises ValueError."""
    if not text:
        return ""
    for form in _DATES:
        try:
            datetime.strptime(text, form)
        except ValueError:
            continue
        return text if "T" in text else text + time
    raise ValueError(f"{text!r} is no date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def _utc(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")
