"""The language of pages: Flask-Babel with the catalogues read from their .po files at start."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

from web.site import site

LANGUAGES = ("id", "en")
FOLDER = Path(__file__).parents[1] / "translations"


class SourceCatalogues(Domain):  # type: ignore[misc]
    """Translations compiled in memory, so that only readable catalogues are kept."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the page's language; messages are written in English."""
        return catalogue(str(get_locale()))


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language; empty for English."""
    file = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The language of this request: ``?lang=``, else Accept-Language, else the setting."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or site().settings.text("language")


def start(app: Flask) -> None:
    """Give the application its languages."""
    babel = Babel(app, default_locale="en", locale_selector=language)
    babel.__dict__["domain_instance"] = SourceCatalogues()
