"""880 fields: which language and script their literals are in (BCP 47)."""

import re
from bisect import bisect_right
from collections.abc import Collection
from pathlib import Path

import yaml
from pymarc import Field

import ontology
from ingest.convert.draft import Draft

_SAID = yaml.safe_load((Path(ontology.__file__).parent / "scripts.yaml").read_text("utf-8"))
SCRIPTS: dict[str, str] = _SAID["codes"]
NAMED = frozenset(str(_SAID["names"]).split())
HOME: dict[str, frozenset[str]] = {script: frozenset(said.split()) for script, said in _SAID["home"].items()}
BESIDE: dict[str, frozenset[str]] = {script: frozenset(said.split()) for script, said in _SAID["beside"].items()}
"""Languages that have other scripts too, by the one that a tag must name."""
TWO_LETTERS: dict[str, str] = _SAID["two_letters"]
THREE_LETTERS = {two: three for three, two in TWO_LETTERS.items()}
TERMINOLOGICAL: dict[str, str] = _SAID["terminological"]
"""Codes of ISO 639-2/T and 639-3 that are others than those of MARC (639-2/B)."""
EAST_ASIAN: dict[str, str] = _SAID["east_asian"]
OF_EAST_ASIA = frozenset(str(_SAID["of_east_asia"]).split())
NATIVE = frozenset(["srp"]).union(EAST_ASIAN, *HOME.values())
"""Languages that are written in another script than Latin."""
NOWHERE: frozenset[str] = frozenset()
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]").search, re.compile("[\u1100-\u11ff\uac00-\ud7af]").search
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]").search
_OTHER = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb13-\ufdff"
    "\ufe70-\ufefe\uff66-\uffdc\U00010000-\U0003ffff]"
).search
"""A letter that is not Latin."""
_BLOCKS = str(_SAID["blocks"]).split()
_STARTS, _WRITTEN = [int(start, 16) for start in _BLOCKS[::2]], _BLOCKS[1::2]
"""Where blocks of Unicode begin, and the script of each (``_``: several, or one that no catalogue needs)."""
NO_TEXT = "02456789"
"""Subfields of numbers, codes and links; ``$1`` has texts in files whose ``/$1`` was taken apart."""
_TAG = re.compile(r"[\[(]bcp47[\])]([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?$").match


def linked_tag(field: Field) -> tuple[str, str]:
    """The tag an 880 stands for and its occurrence number: ``245-01/$1`` → ``("245", "01")``."""
    link = field.get("6") or ""
    return (link[:3], link[4:6]) if link[:3].isdigit() else ("", "")


def literal_end(field: Field, draft: Draft) -> str:
    """How the literals of an 880 end: with a tag of the record's language and, where needed, script.

    The script is that of the text itself; what ``$6`` codes serves texts without letters, tells the varieties of
    East Asia apart, and that there is another script at all: a text in Latin letters without any code is in nobody
    knows which language. A text in a script that the record's language is not written in is in a language nobody
    named: ``und``. A tag in ``$7`` goes before all.
    """
    for value in field.get_subfields("7"):
        if (said := _TAG(value.strip())) and (tag := _stated(said[1].lower(), (said[2] or "").title())):
            return f'"@{tag} .'
    link = field.get("6") or ""
    script = _script(field, link[7:], draft.language)
    if "/" not in link and draft.language not in _native(script):
        return '" .'
    tag = _tag(draft.language, script)
    return f'"@{tag} .' if tag else '" .'


def translation_end(field: Field) -> str:
    """How the literals of a translated title (242) end: with the tag of the language in ``$y``."""
    code = (field.get("y") or "").strip(" .").lower()
    tag = TWO_LETTERS.get(TERMINOLOGICAL.get(code, code), "")
    return f'"@{tag} .' if tag else '" .'


def _tag(language: str, script: str) -> str:
    """The tag of a text in this script, of a record in this language (MARC code); a script that goes without
    saying is left out."""
    two = TWO_LETTERS.get(language, "")
    if language == "chi" and script in OF_EAST_ASIA:
        return f"zh-{script.lower()}"
    if language in _native(script):
        return two
    if two and (language in BESIDE.get(script, NOWHERE) or (script == "Latn" and language in NATIVE)):
        return f"{two}-{script.lower()}"
    if two and script == "Latn":
        return two
    return f"und-{script.lower()}" if script else ""


def _stated(language: str, script: str) -> str:
    """A tag that a record states, language and script; "" where one of them is unknown here."""
    known = THREE_LETTERS.get(language, TERMINOLOGICAL.get(language, language))
    if known not in TWO_LETTERS or (script not in NAMED and script not in ("", "Latn")):
        return ""
    unsaid = not script or known in _native(script)
    plain = (unsaid and known != "chi") or (script == "Latn" and known not in NATIVE) or not script
    return TWO_LETTERS[known] if plain else f"{TWO_LETTERS[known]}-{script.lower()}"


def _native(script: str) -> Collection[str]:
    """The languages that a script goes without saying for."""
    return EAST_ASIAN if script in OF_EAST_ASIA else HOME.get(script, NOWHERE)


def _script(field: Field, coded: str, language: str) -> str:
    """The script of a field's text by its letters; where it has none, as coded (``(3/r``, ``Java``)."""
    text = "".join([s.value for s in field.subfields if s.value and s.code not in NO_TEXT])
    named = SCRIPTS.get(coded[:2], coded[:4] if coded[:4] in NAMED else "")
    letter = _OTHER(text)
    if letter is None:
        if _LATIN(text) or not coded.startswith("$1"):
            return "Latn" if _LATIN(text) else named
        return EAST_ASIAN.get(language, "Hani")
    written = _WRITTEN[bisect_right(_STARTS, ord(letter[0])) - 1]
    if written in OF_EAST_ASIA:
        return named if named in OF_EAST_ASIA else EAST_ASIAN.get(language) or _east_asian(text)
    return written if written != "_" else named


def _east_asian(text: str) -> str:
    """Which script a text of East Asia is in: kana, hangul, or none of them."""
    if _KANA(text):
        return "Jpan"
    return "Kore" if _HANGUL(text) else "Hani"
