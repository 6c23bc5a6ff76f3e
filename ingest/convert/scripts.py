"""880 fields: which language and script their literals are in (BCP 47)."""

import re

from pymarc import Field

from ingest.convert.draft import Draft

SCRIPTS = {"(3": "Arab", "(B": "Latn", "$1": "", "(N": "Cyrl", "(S": "Grek", "(2": "Hebr"}
_NAMED = (
    "Adlm Arab Armn Bali Batk Beng Bopo Bugi Cans Cham Cher Copt Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hani Hans "
    "Hant Hebr Hira Java Jpan Kana Khmr Knda Kore Lana Laoo Latn Lepc Limb Lisu Maka Mlym Mong Mtei Mymr Nkoo Olck "
    "Orya Rjng Sinh Sund Syrc Tagb Taml Telu Tfng Tglg Thaa Thai Tibt Yiii"
)
NAMED = frozenset(_NAMED.split())
HOME = {"Arab": "ara per urd may", "Cyrl": "rus ukr bul srp bel mac", "Grek": "grc gre", "Hebr": "heb yid lad"}
HOME |= {"Laoo": "lao", "Khmr": "khm", "Mymr": "bur", "Taml": "tam", "Telu": "tel", "Beng": "ben", "Sinh": "sin"}
HOME |= {"Tibt": "tib dzo", "Ethi": "amh tir", "Gujr": "guj", "Guru": "pan", "Knda": "kan", "Mlym": "mal"}
BESIDE_LATIN = {"Java": "jav", "Bali": "ban", "Sund": "sun", "Bugi": "bug mak", "Batk": "btk"}
"""Languages that are usually written in Latin letters, by the other scripts that they have."""
HOME |= {"Thai": "tha", "Deva": "hin mar nep san mai bho", "Armn": "arm", "Geor": "geo"}
_TWO_LETTERS = (
    "ara=ar bul=bg chi=zh cze=cs dan=da dut=nl eng=en fin=fi fre=fr ger=de gre=el heb=he hin=hi hun=hu ind=id "
    "ita=it jpn=ja jav=jv kor=ko lat=la may=ms per=fa pol=pl por=pt rum=ro rus=ru spa=es srp=sr sun=su swe=sv "
    "lao=lo khm=km bur=my tel=te ben=bn sin=si dzo=dz amh=am tir=ti guj=gu pan=pa kan=kn mal=ml ban=ban bug=bug "
    "mak=mak tam=ta tha=th tib=bo tur=tr ukr=uk urd=ur vie=vi yid=yi bel=be mac=mk arm=hy geo=ka mon=mn kaz=kk "
    "uzb=uz"
)
TWO_LETTERS = dict(pair.split("=") for pair in _TWO_LETTERS.split())
THREE_LETTERS = {two: three for three, two in TWO_LETTERS.items()}
_TERMINOLOGICAL = (
    "bod=tib ces=cze cym=wel deu=ger ell=gre eus=baq fas=per fra=fre hye=arm isl=ice kat=geo mkd=mac mri=mao "
    "msa=may mya=bur nld=dut ron=rum slk=slo sqi=alb zho=chi"
)
TERMINOLOGICAL = dict(pair.split("=") for pair in _TERMINOLOGICAL.split())
"""Codes of ISO 639-2/T and 639-3 that are others than those of MARC (639-2/B)."""
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
    if draft.language in BESIDE_LATIN.get(script, "").split() and language:
        return f'"@{language}-{script.lower()} .'
    if not script:
        return f'"@{language} .' if language and draft.language in NATIVE else '" .'
    return f'"@{language if script == "Latn" and language else "und"}-{script.lower()} .'


def _east_asian(field: Field) -> str:
    """Which script a field coded as East Asian is in, by its letters: kana, hangul, or none of them."""
    text = "".join([s.value for s in field.subfields if s.value and s.code != "6"])
    if _KANA(text):
        return "Jpan"
    return "Kore" if _HANGUL(text) else "Hani"
