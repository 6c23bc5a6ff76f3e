"""All pages of review: importing a module gives the blueprint its views."""

from web.review import pairs, queue, sheets
from web.review.blueprint import review

MODULES = (pairs, queue, sheets)

__all__ = ["MODULES", "review"]
