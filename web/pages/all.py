"""All pages: importing a module gives the blueprint its views."""

from web.pages import (
    bench,
    borrowing,
    buying,
    calendars,
    candidates,
    catalogue,
    centre,
    cooperation,
    departures,
    directory,
    entities,
    exchanges,
    explorer,
    gains,
    home,
    impact,
    instruments,
    maps,
    money,
    obstacles,
    operations,
    organisations,
    overlaps,
    overview,
    paths,
    readiness,
    reasons,
    relations,
    releases,
    repeats,
    requesting,
    rotation_plans,
    rotations,
    saved,
    searching,
)
from web.pages.blueprint import pages

MODULES = (
    bench, borrowing, buying, calendars, candidates, catalogue, centre, cooperation, departures,
    directory, entities, exchanges, explorer, gains, home, impact, instruments, maps, money,
    obstacles, operations, organisations, overlaps, overview, paths, readiness, reasons, relations, releases,
    repeats, requesting, rotation_plans, rotations, saved, searching,
)  # fmt: skip

__all__ = ["MODULES", "pages"]
