"""Names that look the same and are not: each pair was met in real files, with other names here."""

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
    ("Bibliothek Zwett", "library", "Bibliothek am Zwett", "library", "a town and a river"),
]


@pytest.mark.parametrize(("asked", "kind", "label", "given", "_why"), PITFALLS)
def test_what_only_looks_the_same_waits_for_a_person(tmp_path: Path, asked, kind, label, given, _why):
    index = Index.build(tmp_path / "i", [*FILLER, Entry("http://x/1", label, given)])
    assert all(one.verdict != "same" for one in Matcher(index).match(Heading(asked, kind)))


SAME = [
    ("Qaryatu, Perpustakaan Universitas", "library", "Perpustakaan Universitas Qaryatu", "inverted by a comma"),
    ("Zwolgen e.V.", "organization", "Zwolgen", "without its legal form"),
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
