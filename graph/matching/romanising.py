"""Romanising: names in scripts without blanks between words, or without vowels, as words in Latin letters.

What is known of them is translated (``ontology/matching/scripts.yaml``), so that words come apart; kana are written
by Hepburn's rules without marks for long vowels, Chinese characters by their Chinese reading (pinyin), one word for
what stands together. Names that agree so are for a person to judge: many share a reading.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from anyascii import anyascii

from ontology.script_words import script_words

_TOLD = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1100-\u139f\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3200-\u33ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d]"
)
_BLANKS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u1200-\u139f]")
"""Scripts told here that put blanks between words: a word is translated only as a whole."""
_RUN = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff\uf900-\ufaff]+")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,4}")
_SMALL = re.compile(r"(?:([kgnbpmrh])i|(sh|ch|j)i)y([auo])")
_DOUBLED = re.compile(r"q([a-z])")
_SMALL_VOWEL = re.compile(r"[aeiou]?([AEIOU])")
_LONG = re.compile(r"ou|oo|uu")
COMPOUND = ("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "皇甫", "司徒", "公孙", "公孫", "慕容")
"""Chinese surnames of two characters; all others have one."""
_KANA = (
    "アa イi ウu エe オo カka キki クku ケke コko サsa シshi スsu セse ソso タta チchi ツtsu テte トto ナna "
    "ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho マma ミmi ムmu メme モmo ヤya ユyu ヨyo ラra リri ルru レre "
    "ロro ワwa ヰi ヱe ヲo ンn ガga ギgi グgu ゲge ゴgo ザza ジji ズzu ゼze ゾzo ダda ヂji ヅzu デde ドdo "
    "バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe ポpo ァA ィI ゥU ェE ォO ャya ュyu ョyo ッq ー- ヴvu ヶke"
)
KANA = {one[0]: one[1:] for one in _KANA.split()}
"""Katakana → Latin letters (Hepburn); ``q`` doubles what follows, capitals replace a vowel before them."""


def _by_beginning() -> dict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for written, word in sorted(script_words().items(), key=lambda pair: -len(pair[0])):
        found[written[0]].append((written, word))
    return dict(found)


_WORDS = _by_beginning()


def is_told(text: str) -> bool:
    """Whether a name is in a script that is told here."""
    return not text.isascii() and _TOLD.search(text) is not None


def romanised(text: str) -> str:
    """A name of no person with its known words translated, and the rest in Latin letters.

    >>> " ".join(romanised("徐州市矿山医院").split())
    'xuzhou town kuangshan hospital'
    """
    if not is_told(text):
        return text
    plain, told, unknown, at = unicodedata.normalize("NFKC", text), list[str](), 0, 0
    while at < len(plain):
        written, word = _known(plain, at) if plain[at] in _WORDS else ("", "")
        if written:
            told += [_spelled(plain[unknown:at]), f" {word} "]
            at = unknown = at + len(written)
        else:
            at += 1
    return "".join([*told, _spelled(plain[unknown:])])


def romanised_person(text: str) -> str:
    """A person's name in Latin letters where it is in kana or Chinese characters, the surname before a comma.

    >>> romanised_person("曹雪芹"), romanised_person("ハンス")
    ('cao, xueqin', 'hansu')
    """
    if not is_told(text):
        return text
    plain = unicodedata.normalize("NFKC", text)
    if "," not in plain and (found := _CHINESE.match(plain)) and not _RUN.search(plain, found.end()):
        name = found[0]
        size = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
        return f"{_spelled(name[:size])}, {_spelled(name[size:])}".replace("  ", " ").strip() + plain[found.end() :]
    return _spelled(plain).strip()


def _known(text: str, at: int) -> tuple[str, str]:
    """The longest known word that begins at a place, and what it is compared as; none within another word."""
    for written, word in _WORDS[text[at]]:
        if text.startswith(written, at):
            end = at + len(written)
            if not _BLANKS.match(written) or not (text[at - 1 : at].isalpha() or text[end : end + 1].isalpha()):
                return written, word
    return "", ""


def _spelled(text: str) -> str:
    return (
        _RUN.sub(lambda run: f" {_kana(run[0]) if run[0] < '㐀' else _characters(run[0])} ", text) if text else ""
    )


def _characters(run: str) -> str:
    return "".join(map(_reading, run))


@lru_cache(maxsize=1 << 14)
def _reading(character: str) -> str:
    return anyascii(character).lower()


def _kana(run: str) -> str:
    """Kana in Latin letters, long vowels as they are written without marks (Tōkyō: tokyo)."""
    katakana = (chr(ord(one) + 0x60) if one < "ァ" else one for one in run)
    letters = "".join(KANA.get(one, "") for one in katakana)
    joined = _SMALL.sub(lambda found: f"{found[1]}y{found[3]}" if found[1] else f"{found[2]}{found[3]}", letters)
    doubled = _DOUBLED.sub(lambda found: ("t" if found[1] == "c" else found[1]) + found[1], joined)
    doubled = _SMALL_VOWEL.sub(lambda found: found[1].lower(), doubled)
    return _LONG.sub(lambda found: found[0][0], doubled.replace("-", "").replace("q", ""))
