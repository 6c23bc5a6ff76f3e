"""Language tags (BCP 47) out of the codes that catalogues use."""

import re
from functools import cache

from babel.core import get_global

NONE = {"und", "zxx", "mul", "mis", "no_lang_code"}
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)


@cache
def tag(code: str) -> str:
    """The tag of a code of MARC, ISO 639-2 or ISO 639-1, or of what is a tag already; "" for anything else.

    >>> tag("ger"), tag("deu"), tag("id"), tag("jav"), tag("und")
    ('de', 'de', 'id', 'jv', '')
    """
    plain = code.strip().replace("_", "-").lower()
    if plain in NONE or not _TAG.fullmatch(plain):
        return ""
    first, dash, rest = plain.partition("-")
    short: str = get_global("language_aliases").get(first, first)
    return f"{short}{dash}{rest}"


def tagged(name: str, code: str) -> tuple[str, ...]:
    """A name after its tag, as an entry has those whose language is known; nothing where it is not."""
    found = tag(code) if code and name else ""
    return (f"{found} {name}",) if found else ()
