"""Languages and scripts of 880 fields."""

import pytest

from tests.convert.saying import said

LANGUAGE = "=008  120101s2012    io            001 0 {} d\n"


@pytest.mark.parametrize(
    ("language", "script", "tag"),
    [
        ("jav", "Java", "@jv-java"),
        ("ban", "Bali", "@ban-bali"),
        ("bug", "Bugi", "@bug-bugi"),
        ("ind", "Java", "@und-java"),
        ("ind", "(3/r", "@und-arab"),
        ("ara", "(3/r", "@ar"),
        ("lao", "Laoo", "@lo"),
        ("ind", "Zyyy", ""),
    ],
)
def test_a_note_in_another_script_says_language_and_script(language: str, script: str, tag: str) -> None:
    found = said(LANGUAGE.format(language) + rf"=880  \\$6500-00/{script}$aX")
    assert f'Instance bf:note/[bf:Note]/rdfs:label "X"{tag}' in found
