"""Names in other scripts as words in Latin letters."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.entry import Entry
from graph.matching.forms import form
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher
from graph.matching.romanising import romanised, romanised_person
from ontology.errors import DeclarationError
from ontology.script_words import script_words

BODIES = [
    ("東京大学", "tokyo university"),
    ("徐州市矿山医院", "xuzhou town kuangshan hospital"),
    ("シスメックス株式会社", "shisumekkusu kk"),
    ("としょかん ヴェネツィア", "library venetsia"),
    ("きょうと しゅっぱん", "kyoto shuppan"),
    ("국립중앙도서관", "national central library"),
    ("جامعة القاهرة", "university cairo"),
    ("Perpustakaan Klopidang", "Perpustakaan Klopidang"),
]
PEOPLE = [("曹雪芹", "cao, xueqin"), ("司馬遷", "sima, qian"), ("ハンス", "hansu"), ("Müller, Äda", "Müller, Äda")]


@pytest.mark.parametrize(("text", "words"), BODIES)
def test_what_is_known_is_translated_and_the_rest_spelled(text: str, words: str):
    assert " ".join(romanised(text).split()) == words


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_a_person_has_a_surname_before_the_others(text: str, name: str):
    assert romanised_person(text).replace(" ,", ",") == name


def test_a_word_within_another_is_none_where_words_have_blanks():
    assert "university" not in romanised("بجامعةي")


@given(st.text(alphabet="東京大学カナァッーん국جا中, (1950-)e", max_size=20))
def test_any_text_can_be_taken_apart(text: str):
    assert form(text, "o").words == form(text, "o").words
    assert all(word.isascii() for group in "op" for word in form(text, group).words)


def test_a_translated_name_is_queued_never_decided(tmp_path: Path):
    filler = [
        Entry(f"http://x/f{at}", f"Hospital {at} {'bcdfghjklm'[at % 10] * 6}", "organization") for at in range(99)
    ]
    index = Index.build(tmp_path / "i", [*filler, Entry("http://x/1", "Xuzhou Kuangshan Hospital", "organization")])
    (first, *_) = Matcher(index).match(Heading("徐州市矿山医院", "organization"))
    assert (first.entry.iri, first.verdict) == ("http://x/1", "maybe")


@pytest.mark.parametrize("text", ["Uni: [大学]", "uni: [大学]\nhochschule: [大学]", "uni: [daxue]"])
def test_words_of_scripts_that_cannot_be_are_refused(tmp_path: Path, text: str):
    file = tmp_path / "s.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"not folded|stands twice"):
        script_words(file)
