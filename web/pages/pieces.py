"""Small pieces of HTML that tables repeat by the hundred: days, spans of time, standings.

They are made here and remembered, since a macro of a template costs ten times as much each time.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web.pages.speech import said

_MOST = 10_000
_NONE = Markup("")


def start(environment: Environment) -> None:
    """Give templates the filters ``day``, ``span``, ``standing`` and ``dateformat``."""
    environment.filters.update(day=_day, span=_span, standing=_standing, dateformat=_dateformat)


@lru_cache(_MOST)
def in_words(value: date, form: Any, language: str) -> str:
    """A day in words, ``form`` being a length that Babel knows; tables of members name the same days again."""
    return format_date(value, form, locale=language)


@pass_context
def _dateformat(context: Context, value: date, form: str = "medium") -> str:
    day = value.date() if isinstance(value, datetime) else value
    return in_words(day, form, context["language"])


@pass_context
def _day(context: Context, value: Any) -> Markup:
    return time_element(value, context["language"]) if value else _NONE


@lru_cache(_MOST)
def time_element(value: Any, language: str) -> Markup:
    """A day as ``<time>``; what is no day is shown as it is."""
    day = value.date() if isinstance(value, datetime) else value
    words = in_words(day, "medium", language) if isinstance(day, date) else str(value)
    return Markup('<time datetime="{}">{}</time>').format(value, words)


@pass_context
def _span(context: Context, row: Mapping[str, Any]) -> Markup:
    starts, ends = row.get("starts"), row.get("ends")
    return _between(starts, ends, context["language"]) if starts or ends else _NONE


@lru_cache(_MOST)
def _between(starts: Any, ends: Any, language: str) -> Markup:
    first, last = (time_element(one, language) if one else _NONE for one in (starts, ends))
    return first + " – " + last


@pass_context
def _standing(context: Context, word: str) -> Markup:
    return _badge(word, context["language"])


@lru_cache(_MOST)
def _badge(word: str, language: str) -> Markup:
    return Markup('<span class="badge {}">{}</span>').format(word.replace(" ", "-"), said(language, word))
