"""The profile of a library: its hours with today's, the shape of its collection, its readiness, its records."""

from datetime import date
from typing import Any

from graph.archive import Archive
from graph.description import Description
from graph.search import Facet, Wanted
from web.pages.charts import Column, columns
from web.pages.readiness import radar
from web.pages.visit import Visit

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = """SELECT ?day ?opens ?closes WHERE { <%s> schema:openingHoursSpecification ?part .
  ?part schema:dayOfWeek ?day ; schema:opens ?opens ; schema:closes ?closes }"""
MOST_GROUPS = 12


def profile(here: Visit, it: Description) -> dict[str, Any]:
    """What the page of a library shows of itself besides its ties."""
    return {
        "hours": hours(here, it.iri),
        "years": _by_decade(here, it.iri),
        "cross": _cross(here, it.iri),
        "quality": quality(here, it.iri),
        "picture": radar(here, it.iri),
    }


def hours(here: Visit, iri: str) -> list[dict[str, Any]]:
    """Each weekday with its hours, empty when it is closed; nothing when no hours are known."""
    found: dict[str, list[str]] = {}
    for row in here.select(HOURS % iri):
        span = f"{row['opens'].value[:5]}–{row['closes'].value[:5]}"
        found.setdefault(row["day"].value.rpartition("/")[2], []).append(span)
    if not found:
        return []
    return [
        {"day": date(2024, 1, place + 1), "spans": sorted(found.get(day, [])), "today": place == here.on.weekday()}
        for place, day in enumerate(DAYS)
    ]  # fmt: skip


def _by_decade(here: Visit, iri: str) -> list[Column]:
    held = Wanted(chosen={"kind": "work", "holder": iri})
    facets = sorted(here.search.facet(held, "decade"), key=lambda one: one.value)
    return columns([(one.value, one.count) for one in facets])


def _cross(here: Visit, iri: str) -> dict[str, Any]:
    """Subject groups by decade: how many titles the library holds, and the share of the network's."""
    held = Wanted(chosen={"kind": "work", "holder": iri})
    groups = here.search.facet(held, "subject", MOST_GROUPS)
    everywhere = {one.value: one.count for one in everywhere_about(here)}
    here.know(one.value for one in groups)
    cells = here.search.crossed(held, "subject", "decade", MOST_GROUPS)
    decades = sorted({decade for row in cells.values() for decade in row})
    most = max((count for row in cells.values() for count in row.values()), default=1)
    return {
        "decades": decades[-12:],
        "most": most,
        "rows": [
            {"subject": one.value, "count": one.count, "share": one.count / max(1, everywhere.get(one.value, 1)),
             "cells": cells.get(one.value, {})}
            for one in groups
        ],
    }  # fmt: skip


def everywhere_about(here: Visit) -> list[Facet]:
    """Subject groups of all works, with how many each has; the same for all libraries."""
    everything = Wanted(chosen={"kind": "work"})
    return here.shelf.result("subjects", lambda: here.search.facet(everything, "subject"))


def quality(here: Visit, iri: str) -> list[dict[str, Any]]:
    """For each source of this library: records read, repaired and lost in its last load, and kinds of problem."""
    return here.shelf.result(("quality", iri), lambda: _quality(here, iri))


def _quality(here: Visit, iri: str) -> list[dict[str, Any]]:
    if not (here.site.settings.data / "archive.sqlite").exists():
        return []
    archive = Archive.open(here.site.settings.data)
    try:
        own = [one for one in archive.sources() if one.settings.get("library") in (iri, here.local(iri))]
        counts = {one.id: archive.count(one.id) for one in own}
    finally:
        archive.close()
    report = here.site.release.report
    problems = report.get("problems", [])
    return [
        {
            "source": one.id,
            "records": counts[one.id],
            **{name: report.get("sources", {}).get(one.id, {}).get(name, 0) for name in ("repaired", "lost")},
            "kinds": sorted(
                ((problem["kind"], problem["count"]) for problem in problems
                 if problem["file"].rpartition("/")[2] in one.files), key=lambda pair: -pair[1],
            )[:5],
        }
        for one in own if counts[one.id]
    ]  # fmt: skip
