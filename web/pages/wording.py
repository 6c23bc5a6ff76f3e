"""Wording: what the program says from below the pages, in the language of the page.

Code raises its errors and notes its problems in English, for programs and the command line. A page finds the
Indonesian for them here: a message is known word for word, or by a template of ``wording.po`` whose fixed pieces it
holds in order; what stands between them (names, numbers, files) is put into the Indonesian sentence. The network's
shapes say both languages in one message (``Nama wajib. / Name required.``); a page shows its own half.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice

from babel.messages.pofile import read_po
from flask import Flask
from markupsafe import Markup, escape

from ontology.shape_messages import shape_messages
from web.pages import speech

REMEMBERED = 500
"""Characters of the longest message whose wording is remembered."""
LONGEST = 2_000
"""Characters of the longest text that is looked at for several messages in it; longer ones hold somebody's data."""
DEEPEST = 2
"""Messages within messages that are looked for."""
_PLACE = re.compile(r"\{(\d*)\}")
_SENTENCE_END = re.compile(r"(?<=[.?]) (?=\S)")
_COLON = re.compile(r": ")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_TRIED = 6
"""Places at which a message is tried as two."""


@dataclass(frozen=True, slots=True)
class Template:
    """A message with places for values: the fixed pieces around them, and the translation with ``{}``."""

    pieces: tuple[str, ...]
    translation: str

    @property
    def weight(self) -> int:
        """The length of what is fixed; of several templates that fit, the heaviest says most."""
        return sum(map(len, self.pieces))

    def values(self, message: str) -> list[str] | None:
        """What a message has in the places, each as short as can be; None when it does not fit.

        Each piece is looked for once from where the one before ended, so that time grows with the length alone.
        """
        first, *middle, last = self.pieces
        place, end = len(first), len(message) - len(last)
        if end < place or not (message.startswith(first) and message.endswith(last)):
            return None
        found = []
        for piece in middle:
            at = message.find(piece, place, end)
            if at < 0:
                return None
            found.append(message[place:at])
            place = at + len(piece)
        return [*found, message[place:end]]

    def filled(self, values: list[str]) -> str:
        """The translation with values in its places: in order, or as numbered."""
        order = iter(range(len(values)))
        return _PLACE.sub(lambda place: values[int(place[1]) if place[1] else next(order)], self.translation)


@dataclass(slots=True)
class Wording:
    """The messages of one language."""

    language: str
    known: dict[str, str] = field(default_factory=dict)
    begun: defaultdict[str, list[Template]] = field(default_factory=lambda: defaultdict(list))
    """Templates by the first letter of their messages; those that begin with a value under the empty one."""

    @classmethod
    def of(cls, language: str, pairs: Iterable[tuple[str, str]]) -> "Wording":
        """The wording of messages and their translations."""
        made = cls(language)
        for message, translation in pairs:
            pieces = tuple(_PLACE.split(message)[::2])
            made.known[message] = translation
            if len(pieces) > 1:
                made.begun[pieces[0][:1]].append(Template(pieces, translation))
        for templates in made.begun.values():
            templates.sort(key=lambda template: -template.weight)
        return made

    def say(self, message: str, depth: int = 0) -> str | None:
        """A message in this language; None when it, or a part of it that must be known, is not."""
        if message in self.known:
            return self.known[message]
        if depth > DEEPEST:
            return None
        whole = self._by_template(message, depth)
        if len(message) > LONGEST:
            return whole
        return self._sentences(message, depth) or whole or self._after_colon(message, depth)

    def _by_template(self, message: str, depth: int) -> str | None:
        fitting = [
            (template, values)
            for templates in (self.begun.get(message[:1], ()), self.begun.get("", ()))
            if (found := self._first(templates, message))
            for template, values in [found]
        ]
        if not fitting:
            return None
        template, values = max(fitting, key=lambda pair: pair[0].weight)
        return template.filled([self._value(value, depth) for value in values])

    def _first(self, templates: Iterable[Template], message: str) -> tuple[Template, list[str]] | None:
        for template in templates:
            values = template.values(message)
            if values is not None:
                return template, values
        return None

    def _value(self, value: str, depth: int) -> str:
        if self.language == "id" and _THOUSANDS.fullmatch(value):
            return value.replace(",", ".")
        return (self.say(value, depth + 1) if len(value) <= REMEMBERED else None) or value

    def _sentences(self, message: str, depth: int) -> str | None:
        """A message and its remedy in one text."""
        for head, tail in _halves(_SENTENCE_END, message):
            said = self.known.get(head) or self._by_template(head, depth + 1)
            rest = self.say(tail, depth + 1) if said else None
            if said and rest:
                return f"{said} {rest}"
        return None

    def _after_colon(self, message: str, depth: int) -> str | None:
        """A message after the name of what it is about."""
        for head, tail in _halves(_COLON, message):
            if said := self.say(tail, depth + 1):
                return f"{speech.catalogue(self.language).gettext(head)}: {said}"
        return None


def _halves(where: re.Pattern[str], message: str) -> Iterator[tuple[str, str]]:
    for found in islice(where.finditer(message), _TRIED):
        yield message[: found.start()], message[found.end() :]


@cache
def translations(language: str) -> Mapping[str, str]:
    """The messages of ``wording.po`` and their translations."""
    file = speech.FOLDER / language / "LC_MESSAGES" / speech.WORDING
    if not file.exists():
        return {}
    with file.open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source, locale=language) if one.id and one.string}


@cache
def wording(language: str) -> Wording:
    """All that is known of a language: its catalogue, and its half of what the shapes say."""
    halves = [(one.both, one.indonesian if language == "id" else one.english) for one in shape_messages()]
    return Wording.of(language, [*translations(language).items(), *halves])


@lru_cache(2_000)
def _remembered(message: str, language: str) -> str | None:
    return wording(language).say(message)


def told(message: str, language: str) -> str | None:
    """A message in a language; None when nothing is known of it."""
    return _remembered(message, language) if len(message) <= REMEMBERED else wording(language).say(message)


def said(message: object, most: int = 0) -> Markup:
    """A message as the page says it, cut to ``most`` characters; one not known is marked as English."""
    language = speech.language()
    found = told(str(message), language)
    text = str(message) if found is None else found
    shown = escape(text if not most or len(text) <= most else text[: most - 1].rstrip() + "…")
    return (
        shown
        if found is not None or language == "en" or not text
        else Markup('<span lang="en">{}</span>').format(shown)
    )


def kind_of_problem(kind: str) -> str:
    """The kind of a problem in words."""
    return told(kind, speech.language()) or kind.replace("-", " ")


def start(app: Flask) -> None:
    """Give the templates the filters ``said`` and ``kind_of_problem``."""
    app.jinja_env.filters["said"] = said
    app.jinja_env.filters["kind_of_problem"] = kind_of_problem
