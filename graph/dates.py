"""Days as people write them, and rules by which a parameter gets its day: ``today+90d``, ``last-month-start``."""

import re
from calendar import monthrange
from datetime import date, timedelta

from graph.errors import QueryError

_RULE = re.compile(r"(?:today)?(?P<steps>(?:[+-]\d{1,5}[dmy])*)")
_STEP = re.compile(r"([+-]\d+)([dmy])")


def day(text: str | date) -> date:
    """A day written 2026-03-15, 15-03-2026 or 15/03/2026. Raises QueryError."""
    if isinstance(text, date):
        return text
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text) or re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text)
    try:
        if parts is None:
            raise ValueError(text)
        numbers = [int(part) for part in parts.groups()]
        return date(*numbers) if numbers[0] > 31 else date(*reversed(numbers))
    except ValueError as error:
        raise QueryError(f"{text!r} is no day.", "Write it as 2026-03-15 or 15-03-2026.") from error


def resolve(text: str, today: date) -> date:
    """A day, or a rule counted from ``today``: ``today``, ``+90d``, ``today-12m+1d``, ``last-month-end``."""
    if text.startswith("last-month-"):
        last = today.replace(day=1) - timedelta(days=1)
        return last if text.endswith("end") else last.replace(day=1)
    rule = _RULE.fullmatch(text)
    if rule is None:
        return day(text)
    found = today
    for count, unit in _STEP.findall(rule["steps"]):
        found = moved(found, int(count), unit)
    return found


def moved(start: date, count: int, unit: str) -> date:
    """So many days (d), months (m) or years (y) later; the last day of a shorter month instead of none."""
    try:
        if unit == "d":
            return start + timedelta(days=count)
        months = start.year * 12 + start.month - 1 + count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError) as error:
        raise QueryError(f"{start} {count:+d}{unit} is outside the calendar.") from error


def date_of(value: object) -> date:
    """A value of an answer that must be a day. Raises QueryError when it is none."""
    if not isinstance(value, date):
        raise QueryError(f"{value!r} is no day.", "Correct the date in the sheet it comes from.")
    return value
