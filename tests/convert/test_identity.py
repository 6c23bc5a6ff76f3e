"""Which records are of one work and which are not; over real records, how many works and agents come out."""

from collections import Counter
from pathlib import Path

import pytest

from ingest import readers
from ingest.convert import Converter
from ingest.record import SourceRecord
from ingest.source import Source
from tests.convert.marc import record

converter = Converter("https://kb.example", Source("t"))
BOOK, SPOKEN, SCORE, FILM = "nam", "nim", "ncm", "ngm"


def key(
    title: str, kind: str = BOOK, language: str = "eng", author: str = "Austen, Jane,$d1775-1817."
) -> tuple[str, ...]:
    main = f"=100  1\\$a{author}\n" if author else ""
    fixed = f"=008  {' ' * 35}{language} d\n" if language else ""
    made = record(f"=LDR  00000{kind} a2200000 i 4500\n{fixed}{main}{title}")
    conversion = converter.convert(made)
    return conversion.shared[conversion.works[0]]


NOVEL = key("=245  10$aSense and sensibility /$cJane Austen.")


@pytest.mark.parametrize(
    "title",
    [
        "=245  10$aSense & sensibility :$ba novel",
        "=245  10$aSENSE AND SENSIBILITY",
        "=240  10$aSense and sensibility.$f1970\n=245  14$aThe Dashwoods",
    ],
)
def test_one_work(title: str) -> None:
    assert key(title) == NOVEL


def test_a_text_read_aloud_is_that_text() -> None:
    assert key("=245  10$aSense and sensibility$h[sound recording]", SPOKEN) == NOVEL
    assert key("=245  10$aSense and sensibility", SPOKEN, author="") != key(
        "=245  10$aSense and sensibility", author=""
    )


def test_a_record_without_language_goes_by_its_small_words() -> None:
    assert key("=245  10$aSense and sensibility /$cedited by Ann", language="") == NOVEL
    assert key("=245  10$aSense sensibility", language="")[3] == "und"
    assert key("=245  10$aBumi manusia /$coleh Toer dan with Ann", language="")[3] == "und", "two languages' words"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("language", key("=245  10$aSense and sensibility", language="ger")),
        ("score", key("=245  10$aSense and sensibility", SCORE)),
        ("film", key("=245  10$aSense and sensibility", FILM)),
        ("retelling by another", key("=245  10$aSense and sensibility", author="Gilchrist, Cherry.")),
        ("namesake of another name", key("=245  10$aSense and sensibility", author="Austen, J.")),
    ],
)
def test_other_works(one: str, other: tuple[str, ...]) -> None:
    assert other != NOVEL, one


@pytest.mark.parametrize("title", ["=245  10$aWorks", "=245  10$aJane Austen", "=240  10$aNovels\n=245  10$aWorks"])
def test_titles_that_say_nothing_merge_with_nothing(title: str) -> None:
    assert key(title)[-1].endswith("/id/instance/t-1")


def test_collections_go_by_the_title_beside_the_generic_one() -> None:
    one = key("=240  10$aNovels.$kSelections\n=245  10$aEmma ;$bPersuasion")
    assert one == key("=240  10$aNovels\n=245  10$aEmma ;$bPersuasion")
    assert one != key("=245  10$aEmma")
    assert one != key("=240  10$aNovels.$kSelections\n=245  10$aEmma ;$bSanditon")


def test_without_main_entry_a_name_joins_the_key() -> None:
    critic = "=245  00$aReadings /${}\n=700  1\\$aBloom, Harold."
    assert key(critic.format("cedited by H. Bloom"), author="") == key(
        critic.format("cH. Bloom, editor"), author=""
    )
    assert key("=245  00$aReadings\n=700  1\\$aBloom, Harold,$d1930-$eeditor", author="") == key(
        "=245  10$aReadings", author="Bloom, Harold"
    ), "one library enters it under the name, another under the title"
    film = "=245  00$aEmma /$c{}\n=700  1\\$aAusten, Jane."
    assert key(film.format("BBC"), FILM, author="") != key(film.format("Miramax"), FILM, author="")


def test_where_nobody_is_named_publisher_and_year_join_the_key() -> None:
    title = "=245  00$aKamus saku Jawa\n=264  \\1$aSolo :${}"
    one = key(title.format("bTiga Serangkai,$c1988"), author="")
    assert one == key(title.format("bTIGA SERANGKAI$c[1988]"), author="")
    assert one != key(title.format("bTiga Serangkai,$c1992"), author="")
    assert key(title.format("c1988"), author="")[-1].endswith("/id/instance/t-1")


def test_a_serial_goes_by_its_publisher() -> None:
    title = "=245  00$aTrubus\n=264  \\1$aJakarta :$b{}\n=710  2\\$aTrubus$e{}"
    one = key(title.format("Trubus,$c1969-", "penerbit"), "nas", author="")
    assert one == key("=245  10$aTrubus\n=264  \\1$bTrubus$c1985", "nas", author="")
    assert one != key("=245  10$aTrubus\n=264  \\1$bBobo$c1985", "nas", author="")


def test_a_number_by_somebody_is_a_title() -> None:
    assert key("=245  10$a1984", author="Orwell, George") == key("=245  00$a1984", author="Orwell, George,$d1903-")
    assert key("=245  10$a1984", author="")[-1].endswith("/id/instance/t-1")


def test_unimarc_among_marc21_states_nothing() -> None:
    processing = "20020826d2001    m  y0chiy09      e  "
    conversion = converter.convert(record(f"=100  \\\\$a{processing}\n=200  1\\$aAo man yu pian jian"))
    assert conversion.lines == []
    assert [problem.kind for problem in conversion.problems] == ["unimarc-record"]


@pytest.mark.shared
def test_pride_and_prejudice(shared: Path) -> None:
    path = shared / "data" / "marc" / "marc4j+marc4j" / "pride-and-prejudice-fixed.mrc.gz"
    records = [found.record for found in readers.read(path) if isinstance(found, SourceRecord)]
    assert len(records) == 383
    found = [converter.convert(each) for each in records]
    keys = Counter(each.shared[each.works[0]] for each in found if each.works)
    assert len(keys) <= 80
    assert keys["austen jane", "pride prejudice", "text", "eng"] >= 140
