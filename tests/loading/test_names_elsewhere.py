"""Names that authority files have for what we are linked to: published with their source, gone with the link."""

from pathlib import Path

import pytest

from graph.links import same_as
from graph.matching.authorities import Authorities
from graph.matching.entry import Entry
from graph.releases import Releases
from ingest.authority_files import rdf_entries
from tests.loading.stand_in import BASE, catalogue, graph, load, record
from tests.loading.test_deciding import ANN, GND, decide, undo

FIRST = catalogue("kota", [record("1", "One", ["Ann"])])
NUTMEG = Entry(
    GND, "Ann \U00020bb7", "person", ("Anna", "Anne"),
    tagged=("de Ann \U00020bb7", "fr Anne", "x! Anna"), preferred=("Anne",),
)  # fmt: skip


def authority(data: Path, *entries: Entry, name: str = "gnd") -> None:
    Authorities(data).add(name, entries, file="gnd.jsonl", licence="CC0 1.0", release="2026-10")


def names(data: Path) -> set[tuple[str, str, str]]:
    release = Releases(data).current()
    links = same_as(release.store, ANN, BASE)
    return {(name.text, name.language, name.source.rpartition("/")[2]) for link in links for name in link.names}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    load(tmp_path, FIRST)
    return tmp_path


def test_names_are_published_with_their_source_and_language(data: Path) -> None:
    authority(data, NUTMEG, Entry("https://d-nb.info/gnd/9", "Somebody else"))
    decide(data, ANN, "same", GND)
    load(data)
    assert names(data) == {
        ("Ann \U00020bb7", "de", "authority-gnd"), ("Anne", "fr", "authority-gnd"), ("Anna", "", "authority-gnd"),
    }  # fmt: skip
    [link] = same_as(Releases(data).current().store, ANN, BASE)
    assert [name.text for name in link.names if name.preferred] == ["Ann \U00020bb7", "Anne"]
    lines = graph(data)
    assert any('"CC0 1.0"' in line and "authority-gnd" in line for line in lines)
    assert not any("Somebody else" in line for line in lines)


def test_a_new_edition_of_the_file_is_published_by_the_next_load(data: Path) -> None:
    authority(data, NUTMEG)
    decide(data, ANN, "same", GND)
    load(data)
    assert not load(data)[1]
    authority(data, Entry(GND, "Ann, renamed"), Entry("https://d-nb.info/gnd/2", "Two"))
    assert load(data)[1]
    assert names(data) == {("Ann, renamed", "", "authority-gnd")}
    load(data, rebuild=True)
    assert names(data) == {("Ann, renamed", "", "authority-gnd")}


def test_names_go_with_the_file_and_with_the_link(data: Path) -> None:
    plain = graph(data)
    authority(data, NUTMEG)
    authority(data, Entry(GND, "Ann elsewhere"), name="other")
    made = decide(data, ANN, "same", GND)
    load(data)
    assert len(names(data)) == 4
    Authorities(data).remove("gnd")
    load(data)
    assert names(data) == {("Ann elsewhere", "", "authority-other")}
    undo(data, made)
    load(data)
    assert graph(data) == plain


def test_a_file_without_links_changes_nothing(data: Path) -> None:
    authority(data, NUTMEG)
    assert not load(data)[1]


def test_a_thesaurus_gives_names_with_their_language(data: Path) -> None:
    file = data / "thesaurus.ttl"
    file.write_text(
        f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <{GND}> a skos:Concept ; "
        'skos:prefLabel "Muskat"@de, "Nutmeg"@en-GB ; skos:altLabel "Myristica" .',
        encoding="utf-8",
    )
    entries = [entry for entry in rdf_entries.read(file, "topic") if isinstance(entry, Entry)]
    authority(data, *entries, name="thesaurus")
    decide(data, ANN, "same", GND)
    load(data)
    [link] = same_as(Releases(data).current().store, ANN, BASE)
    found = {(name.text, name.language, name.preferred) for name in link.names}
    assert found == {("Muskat", "de", True), ("Nutmeg", "en-gb", True), ("Myristica", "", False)}
