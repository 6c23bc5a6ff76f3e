"""Dates of EDTF (ISO 8601-2), which catalogues state where a year is unsure or a span is open, in plain words.

https://www.loc.gov/standards/datetime/ : ``/`` between the ends of a span, ``..`` or nothing for an open end
or one not known, ``~`` about, ``?`` unsure, ``%`` both, ``X`` for a figure that is not known.
"""

import re

_DATE = r"(?:\d{2,4}X{0,2}(?:-\d\d){0,2}[~?%]?|\.\.)?"
_EDTF = re.compile(rf"(?=.*[\dX])(?P<begin>{_DATE})(?:(?P<span>/)(?P<end>{_DATE}))?")
_WORDS = {
    "en": {"about": "about {}", "decade": "{}s", "century": "{}00s"},
    "id": {"about": "sekitar {}", "decade": "{}-an", "century": "{}00-an"},
}


def spoken(text: str, language: str) -> str:
    """A date as one says it; a text that is no such date stays as it is.

    >>> spoken("1970~/..", "en"), spoken("199X", "id")
    ('about 1970–', '1990-an')
    """
    found = _EDTF.fullmatch(text)
    if found is None:
        return text
    begin = _one(found["begin"], language)
    return f"{begin}–{_one(found['end'], language)}" if found["span"] else begin


def _one(date: str, language: str) -> str:
    words = _WORDS[language]
    if date in ("", ".."):
        return ""
    bare = date.rstrip("~?%")
    if bare.endswith("XX"):
        said = words["century"].format(bare[:-2])
    else:
        said = words["decade"].format(bare[:-1] + "0") if bare.endswith("X") else bare
    said = words["about"].format(said) if date[-1] in "~%" else said
    return said + "?" if date[-1] in "?%" else said
