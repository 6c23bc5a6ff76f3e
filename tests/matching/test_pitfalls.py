"""Names that look the same and are not: each pair was met in real files, with other names here."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher

FILLER = [
    Entry(f"http://x/f{at}", f"Lembaga {at} {'bcdfghjklm'[at % 10] * 6}", "organization") for at in range(200)
]
FILLER += [Entry(f"http://x/l{at}", f"Perpustakaan {at}", "library") for at in range(50)]
FILLER += [Entry(f"http://x/t{at}", f"Subjek {at}", "topic") for at in range(200)]
PITFALLS = [
    ("Universitas Qaryatu", "organization", "Qaryatu Universitas", "organization", "the order may tell"),
    ("Zwolgen GmbH & Co. KG", "organization", "Zwolgen AG", "organization", "legal forms differ"),
    ("Balai Xyloto", "organization", "Balai Xyloto dan Zanthor", "organization", "a successor has more words"),
    ("CEXRES", "organization", "Cexres", "organization", "an acronym"),
    ("济南档案", "organization", "暨南档案", "organization", "alike in Latin letters only"),
    ("济南大学", "organization", "Jinan University", "organization", "a reading that others have, too"),
    ("UQR 12", "organization", "UQ R12", "organization", "codes with other blanks"),
    ("Limited Xyloto", "topic", "Xyloto", "topic", "a legal form is a word in a subject"),
    ("Qar Zwettau", "place", "Qarzwettau", "place", "two words and one are two towns"),
    (
        "Kolej Xilbur Zanthor / Jurusan Qarlow, Perpustakaan",
        "library",
        "Kolej Xilbur Zanthor / Jurusan Zanthor, Perpustakaan",
        "library",
        "a word that is said twice stands for another part",
    ),
    ("Handzel", "topic", "Händzel", "topic", "a mark makes another word"),
    ("Fernzeher", "topic", "Fernzehen", "topic", "an ending makes another concept"),
    ("Qomedi", "genre", "Qomedi", "topic", "a genre and a subject"),
    ("Qidul", "topic", "Qidul", "place", "a subject and a place"),
    ("Zebriano, Q., 1749-1832", "person", "Zebriano, Q., 1749-1832. Zauberlied", "person", "a work of that person"),
    ("Perpustakaan Zurabayo", "library", "Perpustakaan Zurabajo", "library", "a letter makes another town"),
    ("Stadtarchiv Qarlow", "library", "Stadtbibliothek Qarlow", "library", "an archive and a library"),
    ("Museum Xilbur Qarlow", "library", "Museum Xilbur Qarlow, Bibliothek", "library", "a museum and its library"),
    ("Xilbur Qarlow Hall, Branch", "library", "Xilbur Qarlow Hall", "library", "a branch"),
    (
        "Stiftung Xilbur Qarlow / Haus Zwett",
        "library",
        "Stiftung Xilbur Qarlow",
        "library",
        "a part after a stroke",
    ),
    (
        "Balai Qarlow Xilbur Zanthor",
        "organization",
        "Balai Qarlow Xilbur",
        "organization",
        "a body with more words",
    ),
    ("Zulqarnen Qadiro", "person", "Qadiro Zulqarnen", "person", "the order may tell where no comma does"),
    ("Bibliothek Zwett", "library", "Bibliothek am Zwett", "library", "a town and a river"),
    (
        "Zanthor, Lepold, 1756-1791",
        "person",
        "Zanthor, 1756-1791",
        "person",
        "a surname and the dates of a brother",
    ),
    ("Qarlow (Bahasa xilbur)", "topic", "Zwett (Bahasa xilbur)", "topic", "what parentheses add is no head"),
]


@pytest.mark.parametrize(("asked", "kind", "label", "given", "_why"), PITFALLS)
def test_what_only_looks_the_same_waits_for_a_person(tmp_path: Path, asked, kind, label, given, _why):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", label, given)])
    assert all(one.verdict != "same" for one in Matcher(index).match(Heading(asked, kind)))


GENERIC = [
    ("Museum Schloss", "library", "Museum Schloss Zwettau", "", "libraries stand somewhere"),
    ("Kolej Trinitas", "organization", "Kolej Trinitas Zwettau", "Zwettau", "a college of that name in a town"),
    ("Santa Qarol University", "organization", "St. Qarol University", "", "another writing of the same name"),
]


@pytest.mark.parametrize(("asked", "kind", "longer", "place", "_why"), GENERIC)
def test_a_name_that_many_may_bear_is_not_enough(tmp_path: Path, asked, kind, longer, place, _why):
    """Though there is an entry of exactly that name: without rare words it is a name only where it is."""
    common = [Entry(f"http://x/c{at}", f"Yayasan {asked.split()[1]} {at}", kind) for at in range(30)]
    both = [Entry("http://x/1", asked, kind), Entry("http://x/2", longer, kind, place=place)]
    index = Index.build(tmp_path / "i", [*FILLER, *common, *both])
    assert [one.verdict for one in Matcher(index).match(Heading(asked, kind))][:2] == ["maybe", "maybe"]


def test_ministries_must_agree_to_the_letter(tmp_path: Path):
    """Every country has one: the same but for a small word is another's."""
    common = [Entry(f"http://x/c{at}", f"Ministry of Waters {at}", "organization") for at in range(30)]
    entry = Entry("http://x/1", "Federal Ministry for Waters and Fisheries", "organization", place="Zwett")
    matcher = Matcher(Index.build(tmp_path / "i", [*FILLER, *common, entry]))
    heading = Heading("Federal Ministry of Waters and Fisheries", "organization")
    assert matcher.match(heading)[0].verdict == "maybe"
    assert matcher.match(replace(heading, place="Zwett"))[0].verdict == "same"


def test_any_name_of_an_entry_may_be_the_proof(tmp_path: Path):
    """Not only the one that agrees best: the label has the country, another name has it not."""
    entry = Entry("http://x/1", "Zwolgen Xilbur Ltd. (Japan) Qarlow", "organization", ("Zwolgen Xilbur",))
    found = Matcher(Index.build(tmp_path / "i", [*FILLER, entry])).match(
        Heading("Zwolgen Xilbur Ltd", "organization")
    )
    assert (found[0].verdict, found[0].matched) == ("same", "Zwolgen Xilbur")


def test_one_of_several_branches_is_not_the_body_itself(tmp_path: Path):
    """A place that was added in parentheses may be more only where no other body's name goes on after it."""
    branches = [Entry("http://x/1", "Zwolgen Xilbur (Japan)", "organization")]
    heading = Heading("Zwolgen Xilbur", "organization")
    alone = Matcher(Index.build(tmp_path / "i", [*FILLER, *branches])).match(heading)
    branches.append(Entry("http://x/2", "Zwolgen Xilbur Medical", "organization"))
    several = Matcher(Index.build(tmp_path / "j", [*FILLER, *branches])).match(heading)
    assert (alone[0].verdict, several[0].verdict) == ("same", "maybe")


def test_a_part_of_a_body_s_name_is_queued_never_decided(tmp_path: Path):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", "Xilburgalerie", "library")])
    heading = Heading("Yayasan Qarlow Zwett / Xilburgalerie", "library")
    (first, *_) = Matcher(index).match(heading)
    assert (first.entry.iri, first.verdict, "part" in first.features) == ("http://x/1", "maybe", True)


def test_what_stands_in_parentheses_is_not_as_good_as_a_head(tmp_path: Path):
    entry = Entry("http://x/1", "Qarlow (Xilbur Zanthor Web)--Zwettan", "topic")
    found = Matcher(Index.build(tmp_path / "i", [*FILLER, entry])).match(Heading("Xilbur Zanthor Web", "topic"))
    assert all(one.score < 0.02 for one in found)


@pytest.mark.parametrize("asked", ["QIDULAN -- XILBUR", "Qidulan $x Xilbur", "Qidulan - Xilbur"])
def test_parts_are_told_however_they_are_written(tmp_path: Path, asked):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", "Qidulan", "topic")])
    (first, *_) = Matcher(index).match(Heading(asked, "topic"))
    assert (first.verdict, first.part) == ("same", asked.split()[0])


SAME = [
    ("Qaryatu, Perpustakaan Universitas", "library", "Perpustakaan Universitas Qaryatu", "inverted by a comma"),
    ("Zwolgen e.V.", "organization", "Zwolgen", "without its legal form"),
    ("Zwolgen Xilbur", "organization", "Zwolgen Xilbur Co., Ltd. (Japan)", "with the country in parentheses"),
    (
        "Freie Universität Qarlow, Universitätsarchiv",
        "library",
        "Universitätsarchiv der Freien Universität Qarlow",
        "cases",
    ),
    ("Discourse qanalysis, Literary", "topic", "Literary discourse qanalysis", "inverted by a comma"),
    ("Stadtbücherei Qarlowitz am Zwettbach", "library", "Stadtbibliothek Qarlowitz, Zwettbach", "one type"),
    ("Perpustakaan Universitas Qaryatu Zwett", "library", "Zwett Qaryatu University Library", "translated"),
    ("Museum der Stadt Qarlow Zwett", "library", "Stadtmuseum Qarlow Zwett", "a compound"),
    ("Xilbur-Qarlow-Museum Zwett", "library", "Xilbur-Qarlow-Museum", "the town beside a telling name"),
    ("Xilbur Institute of Qarlow Dialects", "organization", "Qarlow Dialects Institute Xilbur", "turned"),
    (
        "Gustaf-Dalzon-Institut für Qlandeskunde",
        "organization",
        "Gustaf Dalzon Institut für Qlandeskunde",
        "hyphens",
    ),
]


@pytest.mark.parametrize(("asked", "kind", "label", "_why"), SAME)
def test_what_is_only_written_otherwise_is_the_same(tmp_path: Path, asked, kind, label, _why):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", label, kind)])
    assert [one.verdict for one in Matcher(index).match(Heading(asked, kind))][:1] == ["same"]


def test_a_body_with_more_words_is_the_same_where_the_place_agrees(tmp_path: Path):
    entry = Entry("http://x/1", "Balai Qarlow Xilbur Zanthor", "organization", place="Surabaya")
    matcher = Matcher(Index.build(tmp_path / "i", [*FILLER, entry]))
    verdicts = [
        matcher.match(Heading("Balai Qarlow Xilbur", "organization", place=place))[0].verdict
        for place in ("Surabaya", "")
    ]
    assert verdicts == ["same", "maybe"]


def test_the_queue_shows_others_beside_one_that_is_likely_but_not_proven(tmp_path: Path):
    others = [
        Entry("http://x/1", "Balai Qarlow Xilbur", "organization"),
        Entry("http://x/2", "Zanthor", "organization"),
    ]
    found = Matcher(Index.build(tmp_path / "i", [*FILLER, *others])).match(
        Heading("Balai Qarlow Xilbur Zanthor", "organization")
    )
    assert [(one.entry.iri, one.verdict) for one in found[:2]] == [("http://x/1", "maybe"), ("http://x/2", "maybe")]


COMPOUNDS = [("Zwettreform", "Reform Zwett"), ("Xilburkunst", "Kunst Xilbur"), ("Qarlowatlas", "Atlas")]


@pytest.mark.parametrize(("asked", "label"), COMPOUNDS)
def test_compounds_are_found_by_their_parts(tmp_path: Path, asked, label):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", label, "topic")])
    found = Matcher(index).match(Heading(asked, "topic"))[0]
    assert (found.entry.iri, found.verdict) == ("http://x/1", "maybe")
