"""Calendars and feeds: the days of agreements, training events, and new accessions."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b

from flask import Response, request

from graph import agreements, almanac
from graph.almanac import Day, News
from graph.dates import date_of
from graph.queries import Row
from ontology.operations import operations
from web.pages.blueprint import pages
from web.pages.choosing import chosen
from web.pages.operations import as_csv
from web.pages.visit import Visit, visit


@pages.get("/perjanjian/kalender.ics")
def agreement_calendar() -> Response:
    """The days to remember of all agreements, for a calendar."""
    return _calendar(agreements.icalendar(_days(visit()), visit().site.release.date.date()))


@pages.get("/perjanjian/kalender.atom")
def agreement_feed() -> Response:
    """The same as a feed."""
    here = visit()
    title = operations()["/perjanjian/kalender"].title[here.language]
    return _feed(agreements.atom(_days(here), here.site.url(request.full_path.rstrip("?")), _made(here), title))


@pages.get("/pembinaan.ics")
def training_calendar() -> Response:
    """Training events, for a calendar."""
    here = visit()
    rows = here.ask("training").rows
    here.know(str(row["event"]) for row in rows)
    days = [_training_day(here, row) for row in rows]
    return _calendar(almanac.icalendar(days, _made(here)))


@pages.get("/tambahan-koleksi.atom")
def accession_feed() -> Response:
    """New accessions by month, library and subject, newest first."""
    here = visit()
    rows = here.ask("accessions", **_wanted(here)).rows
    here.know(str(row[name]) for row in rows for name in ("library", "subject"))
    news = [_accession(here, row) for row in reversed(rows)]
    title = operations()["/tambahan-koleksi"].title[here.language]
    own = here.site.url(request.full_path.rstrip("?"))
    return _feed(almanac.feed(news, own, title, here.site.settings.text("title"), _made(here)))


@pages.get("/tambahan-koleksi.csv")
def accession_file() -> Response:
    """New accessions as CSV."""
    answers = visit().ask("accessions", **_wanted(visit()))
    return as_csv(list(answers.query.columns), answers.rows)


def _training_day(here: Visit, row: Row) -> Day:
    event, starts = str(row["event"]), date_of(row["starts"])
    return Day(_name(event), starts, date_of(row["ends"] or starts), here.link(event).text, event)


def _accession(here: Visit, row: Row) -> News:
    said = f"{here.link(str(row['library'])).text}, {here.link(str(row['subject'])).text}"
    address = here.site.url(here.link(str(row["work"])).href)
    return News(f"{row['item']}#accession", str(row["title"]), date_of(row["date"]), address, said)


def _wanted(here: Visit) -> Mapping[str, str]:
    values = chosen(here, operations()["/tambahan-koleksi"])
    return {name: value for name, value in values.items() if name in ("from", "to", "library", "subject")}


def _days(here: Visit) -> list[Row]:
    given = {name: request.args[name] for name in ("from", "to") if request.args.get(name)}
    return here.ask("agreement-dates", lang=here.language, **given).rows


def _made(here: Visit) -> date:
    return here.site.release.date.date()


def _name(of: object) -> str:
    return blake2b(str(of).encode(), digest_size=8).hexdigest()


def _calendar(text: str) -> Response:
    return Response(text, content_type="text/calendar; charset=utf-8")


def _feed(content: bytes) -> Response:
    return Response(content, mimetype="application/atom+xml")
