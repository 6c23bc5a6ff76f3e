"""The language of pages: Flask-Babel with the catalogues read from their .po files at start."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

from web.site import site

LANGUAGES = ("id", "en")
FOLDER = Path(__file__).parents[1] / "translations"
WORDING = "wording.po"
"""What code below the pages says; ``web.pages.wording`` reads it."""
MOST_MESSAGES = 10_000


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
    if "language" not in g:
        g.language = _language()
    found: str = g.language
    return found


def _language() -> str:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in accepted if tag in LANGUAGES), site().settings.text("language"))


def start(app: Flask) -> None:
    """Give the application its languages."""
    babel = Babel(app, default_locale="en", locale_selector=language)
    babel.__dict__["domain_instance"] = SourceCatalogues()
    app.jinja_env.filters["weekday"] = _weekday


def _weekday(value: date) -> str:
    return format_date(value, "EEEE", locale=language())


@lru_cache(MOST_MESSAGES)
def said(language: str, message: str) -> Markup:
    """A message in a language, as HTML whose values are yet to be put in."""
    return Markup(catalogue(language).gettext(message))


@lru_cache(MOST_MESSAGES)
def _whole(language: str, message: str) -> Markup:
    return said(language, message) % {}


@lru_cache(MOST_MESSAGES)
def _counted(language: str, one: str, many: str, count: int) -> Markup:
    return Markup(catalogue(language).ngettext(one, many, count))


def _text(language: str, message: str, /, **values: Any) -> Markup:
    return said(language, message) % values if values else _whole(language, message)


def _plural(language: str, one: str, many: str, count: int, /, **values: Any) -> Markup:
    return _counted(language, one, many, count) % {"num": count, **values}


@cache
def phrases(language: str) -> Mapping[str, Callable[..., Markup]]:
    """The functions by which templates say something in a language.

    They read the catalogue directly and remember: a page of tables has a thousand messages, and finding the
    catalogue by way of the application and the request for each took a fifth of its time.
    """
    text, plural = partial(_text, language), partial(_plural, language)
    return {"_": text, "gettext": text, "ngettext": plural}
