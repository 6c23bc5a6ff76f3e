"""Amounts of money: in the currency the terms state, else in that of the settings."""

from decimal import Decimal

from babel.numbers import format_currency

from web.pages.blueprint import pages
from web.pages.visit import visit


@pages.app_template_filter("money")
def money(amount: Decimal | int | float, currency: str | None = None) -> str:
    """An amount as the page's language writes it; ``currency`` is its code or the code's IRI."""
    here = visit()
    code = (currency or "").rpartition("#")[2] or here.site.settings.text("currency")
    whole = amount == int(amount)
    return format_currency(
        amount, code, "¤ #,##0" if whole else "¤ #,##0.00", locale=here.language, currency_digits=False
    ).replace("\xa0", " ")
