"""Cells: from what a person wrote to a value, by the local ways of writing dates, numbers, yes and no."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu aug", "september sep", "oktober october okt oct",
            "november nov", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
YES = {"ya", "y", "yes", "true", "benar", "1"}
NO = {"tidak", "t", "no", "n", "false", "salah", "0"}
DAY_NOUGHT = date(1899, 12, 30)
"""From which spreadsheets count days (ECMA-376 part 1, 18.17.4.1)."""
DIGITS = 15
"""Longest number that is believed; the store keeps 18 digits of a decimal."""


class CellError(ValueError):
    """A cell that cannot be understood: what is wrong with it, and what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def written(value: object) -> str:
    """A cell as text, whatever the spreadsheet made of it: dates in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**DIGITS else repr(value)
    clean = unicodedata.normalize("NFC", str(value).encode("utf-8", "replace").decode())
    return "".join(c for c in clean if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def parts(cell: str) -> list[str]:
    """The values of a cell that holds several, separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def day(cell: str) -> date:
    """A date: ``2026-03-15``, ``15-03-2026``, ``15/03/2026`` (day first), ``15 Maret 2026``, or the number that
    spreadsheets keep for it (``46096``), which shows where a cell lost its format. Raises CellError."""
    remedy = "Write year-month-day (2026-03-15) or day/month/year (15/03/2026)."
    named = re.fullmatch(r"(\d{1,2})\s+([^\W\d_]+)\.?\s+(\d{4})", cell)
    if named and named[2].casefold() in MONTHS:
        return _day(cell, int(named[3]), MONTHS[named[2].casefold()], int(named[1]), remedy)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", cell, re.ASCII):
        return _day(cell, int(found[1]), int(found[2]), int(found[3]), remedy)
    if found := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", cell, re.ASCII):
        return _day(cell, int(found[4]), int(found[3]), int(found[1]), remedy)
    if re.fullmatch(r"[2-7]\d{4}(\.0+)?", cell, re.ASCII):  # 1954 to 2118
        return DAY_NOUGHT + timedelta(days=int(cell[:5]))
    raise CellError(f"{cell!r} is no date.", remedy)


def _day(cell: str, year: int, month: int, number: int, remedy: str) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise CellError(f"{cell!r} is no date: there is no such day.", remedy) from error


CURRENCY = re.compile(r"^([a-z]{2,3}|[a-z]{0,2}[$€£¥])\.?\d|\d([a-z]{3}|[$€£¥])$")
"""An amount with the sign or code of a currency before or after it, in small letters and without blanks."""


def number(cell: str) -> Decimal:
    """A number: ``15000``, ``15.000``, ``15.000,50`` or ``Rp15.000``. Raises CellError, also for an amount in
    another currency, which would count as rupiah."""
    bare = re.sub(r"^(rp|idr)\.?\s*", "", cell.casefold()).removesuffix(",-").replace(" ", "")
    if CURRENCY.search(bare):
        remedy = "Write the number alone, and the currency in mata_uang (currency), such as SGD."
        raise CellError(f"{cell!r} names a currency.", remedy)
    for thousands, decimal in ((".", ","), (",", ".")):
        if re.fullmatch(rf"-?\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d+)?", bare, re.ASCII):
            bare = bare.replace(thousands, "").replace(decimal, ".")
            break
    return _decimal(cell, bare.replace(",", "."))


def coordinate(cell: str) -> Decimal:
    """A latitude or longitude in degrees; the point or comma is always a decimal sign. Raises CellError."""
    value = _decimal(cell, cell.replace(",", "."))
    if abs(value) > 180:
        raise CellError(f"{cell!r} is no coordinate.", "Write degrees between -180 and 180, such as -7.25.")
    return value


def _decimal(cell: str, bare: str) -> Decimal:
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare, re.ASCII) or len(bare.partition(".")[0]) > DIGITS:
        raise CellError(f"{cell!r} is no number.", "Write digits only, such as 15000 or 15.000.")
    try:
        return Decimal(bare[: DIGITS + 4])
    except InvalidOperation as error:
        raise CellError(f"{cell!r} is no number.", "Write digits only.") from error


def whole(cell: str) -> int:
    """A whole number. Raises CellError."""
    value = number(cell)
    if value != value.to_integral_value():
        raise CellError(f"{cell!r} is no whole number.", "Write a number without decimals.")
    return int(value)


def plain(value: Decimal) -> str:
    """A decimal as the store writes it: no exponent, no needless zeros."""
    shown = format(value, "f")
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def truth(cell: str) -> bool:
    """Yes or no. Raises CellError."""
    folded = cell.casefold()
    if folded not in YES | NO:
        raise CellError(f"{cell!r} is neither yes nor no.", "Write ya or tidak (yes or no).")
    return folded in YES


def link(cell: str) -> str:
    """A web address; ``www.…`` gets its ``https://``. Raises CellError."""
    address = f"https://{cell}" if cell.casefold().startswith("www.") else cell
    if not re.fullmatch(r"(?:https?://|urn:|mailto:)[^\s<>\"{}|\\^`]+", address):
        raise CellError(f"{cell!r} is no web address.", "Write it in full, beginning with https://.")
    return address


def identifier(cell: str) -> str:
    """An id: a short name without spaces. Raises CellError."""
    if not re.fullmatch(r"[^\s<>\"{}|\\^`#?/;,]{1,100}", cell):
        remedy = "Write a short name without spaces, such as kota or A2."
        raise CellError(f"{cell!r} cannot be an id.", remedy)
    return cell
