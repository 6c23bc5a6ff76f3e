"""A small authority file of invented people, bodies, subjects and places."""

from pathlib import Path

import pytest

from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher

FORENAMES = ("Budi", "Siti", "Agus", "Dewi", "Eko", "Fitri", "Gunawan", "Hana", "Indra", "Joko")
SURNAMES = (
    "Santoso",
    "Wijaya",
    "Hartono",
    "Kusuma",
    "Nugroho",
    "Pratama",
    "Rahayu",
    "Saputra",
    "Utami",
    "Yulianto",
)


def people() -> list[Entry]:
    """A hundred people with common names, so that a common name tells little."""
    return [
        Entry(f"http://x/p{one}{two}", f"{surname}, {forename}", "person", source="x")
        for one, forename in enumerate(FORENAMES)
        for two, surname in enumerate(SURNAMES)
        if (one, two) != (0, 0)
    ]


SPECIAL = [
    Entry("http://x/zw", "Zwartepoorte, Quirina", "person", source="x"),
    Entry("http://x/bs1", "Santoso, Budi", "person", dates="1950-2001", source="x"),
    Entry("http://x/bs2", "Santoso, Budi", "person", dates="1970-", titles=("Kebun kopi di lereng",), source="x"),
    Entry("http://x/el", "Okeghem, Pietro, I", "person", source="x"),
    Entry("http://x/te", "Tesselschade, Almira", "person", ("Roemers, Almira",), dates="1594-1649", source="x"),
]
BODIES = [
    Entry("http://x/mu", "Universitas Mandala, Perpustakaan", "library", place="Mandala", source="x"),
    Entry("http://x/mk", "Museum Klopidang", "library", source="x", coordinates=(-7.0, 110.0)),
    *(
        Entry(f"http://x/b{at}", f"Museum Kota {at} {name}", "library", source="x")
        for at, name in enumerate(SURNAMES)
    ),
]
SUBJECTS = [
    Entry("http://id.worldcat.org/fast/1", "Coffee growing", "topic", ("Coffee cultivation",), source="fast"),
    Entry("http://id.worldcat.org/fast/2", "Java", "place", source="fast"),
    Entry("http://id.worldcat.org/fast/3", "Coffee growing--Java", "topic", source="fast"),
    Entry("https://d-nb.info/gnd/6", "Qurriculum", "topic", source="gnd"),
    Entry("http://id.worldcat.org/fast/4", "Qatalog--1980--Zwettau", "genre", source="fast"),
    *(Entry(f"http://id.worldcat.org/fast/9{at}", f"{name} studies", "topic") for at, name in enumerate(SURNAMES)),
]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    folder: Path = tmp_path_factory.mktemp("index") / "x"
    return Matcher(Index.build(folder, [*people(), *SPECIAL, *BODIES, *SUBJECTS]))


def first(matcher: Matcher, heading: Heading) -> tuple[str, str]:
    found = matcher.match(heading)
    return (found[0].entry.iri.rpartition("/")[2], found[0].verdict) if found else ("", "no")


def test_a_rare_whole_name_is_the_same_and_a_common_one_only_may_be(matcher):
    assert first(matcher, Heading("Quirina Zwartepoorte", "person")) == ("zw", "same")
    assert first(matcher, Heading("Siti Wijaya", "person"))[1] == "maybe"


def test_namesakes_are_never_the_same_without_evidence(matcher):
    bare = matcher.match(Heading("Santoso, Budi", "person"))
    assert {one.entry.iri for one in bare[:2]} == {"http://x/bs1", "http://x/bs2"}
    assert all(one.verdict != "same" for one in bare)


@pytest.mark.parametrize(
    ("more", "iri"),
    [
        ({"dates": "1950-2001"}, "bs1"),
        ({"dates": "1970"}, "bs2"),
        ({"titles": ("Kebun kopi di lereng gunung",)}, "bs2"),
        ({"identifiers": ("http://x/bs1",)}, "bs1"),
    ],
)
def test_evidence_tells_namesakes_apart(matcher, more, iri):
    assert first(matcher, Heading("Budi Santoso", "person", **more)) == (iri, "same")


def test_other_dates_are_another_person(matcher):
    assert all(
        one.verdict != "same" for one in matcher.match(Heading("Tesselschade, Almira", "person", "1702-1770"))
    )


def test_a_name_without_the_dates_of_the_entry_is_for_a_person_to_judge(matcher):
    assert first(matcher, Heading("Tesselschade, Almira", "person")) == ("te", "maybe")


def test_the_younger_is_not_the_elder(matcher):
    assert all(one.verdict != "same" for one in matcher.match(Heading("Okeghem, Pietro, II", "person")))
    assert first(matcher, Heading("Okeghem, Pietro", "person"))[1] == "maybe"


def test_initials_and_slips_wait_for_a_person_or_dates(matcher):
    assert first(matcher, Heading("Zwartepoorte, Q.", "person")) == ("zw", "maybe")
    assert first(matcher, Heading("Zwartenpoorte, Quirina", "person")) == ("zw", "maybe")
    assert first(matcher, Heading("Teselschade, A.", "person", "1594-1649")) == ("te", "same")


def test_a_variant_is_found_and_says_so(matcher):
    found = matcher.match(Heading("Almira Roemers", "person", "1594-1649"))[0]
    assert (found.verdict, found.matched) == ("same", "Roemers, Almira")
    assert found.features["preferred"] == 0.0


def test_the_kind_keeps_places_and_persons_apart(matcher):
    assert first(matcher, Heading("Java", "place")) == ("2", "same")
    assert matcher.match(Heading("Java", "person")) == []
    assert matcher.match(Heading("Java"), kinds=["topic"])[:1] != [matcher.match(Heading("Java", "place"))[0]]


def test_a_genre_with_year_and_place_is_that_genre(matcher):
    """In a list of labels as records use them, and as its part in the heading of another exhibition."""
    assert first(matcher, Heading("Qatalog", "genre")) == ("4", "same")
    part = matcher.match(Heading("Qatalog--1979--Qarlow", "genre"))[0]
    assert (part.entry.iri[-1], part.verdict, part.part) == ("4", "same", "Qatalog")


def test_a_subject_is_a_genre_where_the_list_is_stated_and_has_the_name_once(matcher):
    assert first(matcher, Heading("Qurriculum", "genre"))[1] == "maybe"
    assert first(matcher, Heading("Qurriculum", "genre", scheme="gnd-content")) == ("6", "same")
    assert first(matcher, Heading("Coffee growing", "genre", scheme="fast"))[1] == "maybe"


def test_a_subdivided_subject_matches_as_a_whole_else_by_its_parts(matcher):
    whole = matcher.match(Heading("Coffee growing--Java", "topic"))[0]
    assert (whole.entry.iri[-1], whole.verdict, whole.part) == ("3", "same", None)
    parts = matcher.match(Heading("Coffee growing--Sumatra--Java", "topic"))
    same = [(one.part, one.entry.iri[-1]) for one in parts if one.verdict == "same"]
    assert ("Coffee growing", "1") in same


def test_another_name_of_a_concept_needs_other_evidence(matcher):
    assert first(matcher, Heading("Coffee cultivation", "topic")) == ("1", "maybe")
    assert first(matcher, Heading("Coffee cultivation", "topic", scheme="fast")) == ("1", "same")


def test_the_preferred_name_in_another_language_or_order_is_enough(tmp_path: Path):
    label, other, inverted = "Discourse qanalysis", "Analisis qwacana", "Qanalysis, Discourse"
    entry = Entry("http://x/1", label, "topic", (other, inverted, "Qtext"), preferred=(other,))
    matcher = Matcher(Index.build(tmp_path / "i", [*SUBJECTS, entry]))
    said = {name: first(matcher, Heading(name, "topic"))[1] for name in (other, inverted, "Qtext")}
    assert said == {other: "same", inverted: "same", "Qtext": "maybe"}


@pytest.mark.parametrize(
    ("asked", "given"), [("PQZR", "Pusat Qajian Zeni Rupa"), ("Pusat Qajian untuk Zeni Rupa", "PQZR")]
)
def test_an_acronym_alone_is_found_but_never_the_same(tmp_path: Path, asked: str, given: str):
    found = Matcher(Index.build(tmp_path / "i", [*BODIES, Entry("http://x/1", given, "organization")]))
    assert first(found, Heading(asked, "organization")) == ("1", "maybe")


def test_names_that_share_only_pieces_of_words_wait_for_a_person(tmp_path: Path):
    index = Index.build(tmp_path / "i", [*BODIES, Entry("http://x/1", "Xyloteekmuseum am Qintal", "library")])
    assert first(Matcher(index), Heading("Museum der Xyloteken", "library")) == ("1", "maybe")


def test_a_writer_s_hundred_works_do_not_crowd_out_the_one_that_is_asked(tmp_path: Path):
    works = [Entry(f"http://x/{at}", f"Zwart, Q. 1770-1827 Sonata op. {at}", "person") for at in range(100, 200)]
    index = Index.build(tmp_path / "i", works)
    assert first(Matcher(index), Heading("Zwart, Q. 1770-1827 Sonata op. 177", "person"))[0] == "177"


def test_a_heading_of_another_list_is_left_to_a_person(matcher):
    assert first(matcher, Heading("Coffee growing", "topic", scheme="gnd")) == ("1", "maybe")
    assert first(matcher, Heading("Coffee growing", "topic", scheme="fast")) == ("1", "same")


def test_names_of_bodies_may_be_written_in_another_order(matcher):
    assert first(matcher, Heading("Perpustakaan Universitas Mandala", "library")) == ("mu", "same")


def test_far_apart_is_not_the_same_place(matcher):
    near = matcher.match(Heading("Museum Klopidang", "library", coordinates=(-7.05, 110.05)))[0]
    far = matcher.match(Heading("Museum Klopidang", "library", coordinates=(50.0, 4.0)))[0]
    assert near.score > far.score
    assert (near.features["coordinates"], far.features["coordinates"]) == (5.0, -8.0)


def test_what_is_not_there_is_not_found(matcher):
    assert all(one.verdict != "same" for one in matcher.match(Heading("Xylofoonbouw", "topic")))
    assert matcher.match(Heading("", "topic")) == []


def test_many_are_matched_in_order(matcher):
    headings = [Heading("Java", "place"), Heading("Quirina Zwartepoorte", "person")]
    assert [found[0].entry.label for found in matcher.match_many(headings)] == ["Java", "Zwartepoorte, Quirina"]


def test_scores_are_chances_that_share_one(matcher):
    found = matcher.match(Heading("Santoso, Budi", "person"))
    assert sum(one.score for one in found) <= 1.0


def test_a_work_is_not_an_entry_of_a_file_that_does_not_say_what_its_entries_are(tmp_path):
    entries = [Entry("http://x/w1", "Wayang topeng Malangan", source="x")]
    entries += [Entry(f"http://x/w{at}", f"{name} ragam", source="x") for at, name in enumerate(SURNAMES, 2)]
    matcher = Matcher(Index.build(tmp_path / "index", entries))
    topic, work = (matcher.match(Heading("Wayang topeng Malangan", kind))[0] for kind in ("topic", "work"))
    assert topic.verdict == "same"
    assert work.verdict != "same"
