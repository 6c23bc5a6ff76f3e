"""Amounts of money: in the currency the terms state, else in that of the settings."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency

from ontology.display import amounts
from web.pages.blueprint import pages
from web.pages.visit import visit


@pages.app_template_filter("money")
def money(amount: Decimal | int | float, currency: str | None = None) -> str:
    """An amount as the page's language writes it; ``currency`` is its code or the code's IRI."""
    here = visit()
    code = (currency or "").rpartition("#")[2] or here.site.settings.text("currency")
    return _written(amount, code, here.language)


@pages.app_template_test("amount")
def is_amount(column: str) -> bool:
    """Whether a column of a table holds sums of money."""
    return column in amounts()


@lru_cache(2000)
def _written(amount: Decimal | int | float, code: str, language: str) -> str:
    pattern = "¤ #,##0" if amount == int(amount) else "¤ #,##0.00"
    written: str = format_currency(amount, code, pattern, locale=language, currency_digits=False)
    return written.replace("\xa0", " ")
