"""All pages: importing a module gives the blueprint its views."""

from web.pages import bench, borrowing, catalogue, cooperation, entities, home, reasons, relations, saved, searching
from web.pages.blueprint import pages

MODULES = (bench, borrowing, catalogue, cooperation, entities, home, reasons, relations, saved, searching)

__all__ = ["MODULES", "pages"]
