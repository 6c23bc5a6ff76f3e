"""Languages and scripts of 880 fields."""

import pytest

from tests.convert.saying import said

LANGUAGE = "=008  120101s2012    io            001 0 {} d\n"


@pytest.mark.parametrize(
    ("language", "code", "text", "tag"),
    [
        ("jav", "/Java", "ꦗꦮ", "@jv-java"),
        ("ban", "/Bali", "ᬩᬮᬶ", "@ban-bali"),
        ("bug", "/Bugi", "ᨅᨔ", "@bug-bugi"),
        ("ind", "/Java", "ꦗꦮ", "@und-java"),
        ("ind", "/(3/r", "كتاب", "@und-arab"),
        ("may", "/(3/r", "كتاب", "@ms-arab"),
        ("ara", "/(3/r", "كتاب", "@ar"),
        ("ara", "", "كتاب", "@ar"),
        ("ara", "/(B", "كتاب", "@ar"),
        ("ara", "/(3/r", "2012", "@ar"),
        ("lao", "/Laoo", "ລາວ", "@lo"),
        ("rus", "/{dollar}1", "中文", "@und-hani"),
        ("chi", "/{dollar}1", "中文", "@zh-hani"),
        ("chi", "/Hant", "中文", "@zh-hant"),
        ("chi", "", "中文", "@zh-hani"),
        ("chi", "/(B", "Zhongwen", "@zh-latn"),
        ("chi", "/{dollar}1", "Zhongwen", "@zh-latn"),
        ("kor", "/", "국립 국악원", "@ko"),
        ("chi", "", "Zhongwen", ""),
        ("chi", "", "2012", ""),
        ("jpn", "/(N", "Москва", "@und-cyrl"),
        ("srp", "/(N", "Београд", "@sr-cyrl"),
        ("srp", "/(B", "Beograd", "@sr-latn"),
        ("ind", "/(B", "Judul", "@id"),
        ("ind", "/Zyyy", "2012", ""),
        ("ind", "", "中文", ""),
    ],
)
def test_a_note_in_another_script_says_language_and_script(language: str, code: str, text: str, tag: str) -> None:
    found = said(LANGUAGE.format(language) + rf"=880  \\$6500-00{code}$a{text}")
    assert f'Instance bf:note/[bf:Note]/rdfs:label "{text}"{tag}' in found


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("(bcp47)ms-Arab", "@ms-arab"),
        ("(bcp47)zho-Hant", "@zh-hant"),
        ("(bcp47)ar-Arab", "@ar"),
        ("(bcp47)id-Latn", "@id"),
        ("(bcp47)xx-Arab", "@und-arab"),
        ("(dpesc)aut", "@und-arab"),
    ],
)
def test_a_record_may_state_the_tag(stated: str, tag: str) -> None:
    found = said(LANGUAGE.format("ind") + rf"=880  \\$6500-00/(3/r$7{stated}$aكتاب")
    assert f'Instance bf:note/[bf:Note]/rdfs:label "كتاب"{tag}' in found
