"""All pages: importing a module gives the blueprint its views."""

from web.pages import borrowing, catalogue, cooperation, entities, home, reasons, relations, saved, searching
from web.pages.blueprint import pages

__all__ = [
    "borrowing",
    "catalogue",
    "cooperation",
    "entities",
    "home",
    "pages",
    "reasons",
    "relations",
    "saved",
    "searching",
]
