"""880 fields: which language and script their literals are in (BCP 47)."""

import re

from pymarc import Field

from ingest.convert.draft import Draft

SCRIPTS = {"(3": "Arab", "(B": "Latn", "$1": "", "(N": "Cyrl", "(S": "Grek", "(2": "Hebr"}
_NAMED = "Arab Latn Cyrl Grek Hebr Hani Hans Hant Hang Kore Jpan Hira Kana Thai Deva Armn Geor"
NAMED = frozenset(_NAMED.split())
HOME = {"Arab": "ara per urd may", "Cyrl": "rus ukr bul srp bel mac", "Grek": "grc gre", "Hebr": "heb yid lad"}
HOME |= {"Thai": "tha", "Deva": "hin mar nep san mai bho", "Armn": "arm", "Geor": "geo"}
_TWO_LETTERS = (
    "ara=ar bul=bg chi=zh cze=cs dan=da dut=nl eng=en fin=fi fre=fr ger=de gre=el heb=he hin=hi hun=hu ind=id "
    "ita=it jpn=ja jav=jv kor=ko lat=la may=ms per=fa pol=pl por=pt rum=ro rus=ru spa=es srp=sr sun=su swe=sv "
    "tam=ta tha=th tib=bo tur=tr ukr=uk urd=ur vie=vi yid=yi bel=be mac=mk arm=hy geo=ka mon=mn kaz=kk uzb=uz"
)
TWO_LETTERS = dict(pair.split("=") for pair in _TWO_LETTERS.split())
EAST_ASIAN = {"chi": "Hani", "jpn": "Jpan", "kor": "Kore"}
NATIVE = frozenset((*EAST_ASIAN, *" ".join(HOME.values()).split()))
"""Languages that are written in another script than Latin."""
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]").search, re.compile("[\u1100-\u11ff\uac00-\ud7af]").search


def linked_tag(field: Field) -> tuple[str, str]:
    """The tag an 880 stands for and its occurrence number: ``245-01/$1`` → ``("245", "01")``."""
    link = field.get("6") or ""
    return (link[:3], link[4:6]) if link[:3].isdigit() else ("", "")


def literal_end(field: Field, draft: Draft) -> str:
    """How the literals of an 880 end: with a tag of the record's language and, where needed, script.

    A text in a script that the record's language is not written in is in a language nobody named: ``und``.
    """
    link = field.get("6") or ""
    script = SCRIPTS.get(link[7:9], link[7:11] if link[7:11] in NAMED else "")
    language = TWO_LETTERS.get(draft.language, "")
    if link[7:9] == "$1":
        script = EAST_ASIAN.get(draft.language) or _east_asian(field)
    if draft.language == "chi" and script:
        return '"@zh-hani .'
    if script and (draft.language in HOME.get(script, "").split() or draft.language in EAST_ASIAN):
        return f'"@{language} .' if language else '" .'
    if not script:
        return f'"@{language} .' if language and draft.language in NATIVE else '" .'
    return f'"@{language if script == "Latn" and language else "und"}-{script.lower()} .'


def _east_asian(field: Field) -> str:
    """Which script a field coded as East Asian is in, by its letters: kana, hangul, or none of them."""
    text = "".join([s.value for s in field.subfields if s.value and s.code != "6"])
    if _KANA(text):
        return "Jpan"
    return "Kore" if _HANGUL(text) else "Hani"
