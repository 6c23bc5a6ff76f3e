"""The language of pages: Flask-Babel with the catalogues read from their .po files at start."""

from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale

from web.site import site

LANGUAGES = ("id", "en")
FOLDER = Path(__file__).parents[1] / "translations"
WORDING = "wording.po"
"""What code below the pages says; ``web.pages.wording`` reads it."""


class SourceCatalogues(Domain):  # type: ignore[misc]
    """Translations compiled in memory, so that only readable catalogues are kept."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the page's language; messages are written in English."""
        return catalogue(str(get_locale()))


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language, from the files of what templates say; empty for English."""
    joined: NullTranslations = NullTranslations()
    files = (FOLDER / language / "LC_MESSAGES").glob("*.po")
    for file in sorted(file for file in files if file.name != WORDING):
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        found = Translations(compiled)
        joined = joined.merge(found) if isinstance(joined, Translations) else found
    return joined


def language() -> str:
    """The language of this request: ``?lang=``, else Accept-Language, else the setting."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in accepted if tag in LANGUAGES), site().settings.text("language"))


def start(app: Flask) -> None:
    """Give the application its languages.

    Templates read the catalogue directly: a page of tables has a thousand messages, and finding the catalogue by
    way of the application and the request for each took a fifth of its time.
    """
    babel = Babel(app, default_locale="en", locale_selector=language)
    babel.__dict__["domain_instance"] = SourceCatalogues()
    app.jinja_env.install_gettext_callables(_text, _plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["dateformat"] = _day
    app.jinja_env.filters["weekday"] = _weekday


@lru_cache(10_000)
def _date(value: date, form: Literal["full", "long", "medium", "short"], language: str) -> str:
    """A day in words; remembered, since a table of members names the same days again and again."""
    return format_date(value, form, locale=language)


def _day(value: date, form: Literal["full", "long", "medium", "short"] = "medium") -> str:
    return _date(value.date() if isinstance(value, datetime) else value, form, language())


def _weekday(value: date) -> str:
    return format_date(value, "EEEE", locale=language())


def _spoken() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = catalogue(language())
    found: NullTranslations = g.catalogue
    return found


def _text(message: str) -> str:
    return _spoken().gettext(message)


def _plural(one: str, many: str, count: int) -> str:
    return _spoken().ngettext(one, many, count)
