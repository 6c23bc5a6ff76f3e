"""The example network: what its sources promise, and that everything in it is taken in and answers."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from graph.names import SPARQL_PREFIXES
from graph.network import Network
from graph.releases import Releases
from graph.search import Search, Wanted
from tests.answers.test_competency import shown

ROOT = Path(__file__).parents[1]
EXPECTED = yaml.safe_load((ROOT / "tests/answers/expected_example.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    subprocess.run([sys.executable, ROOT / "examples/make.py", folder / "handover"], check=True)
    load = [sys.executable, "-c", "from web.cli import main; main()", "--data", folder / "data", "load"]
    subprocess.run([*load, folder / "handover"], check=True, cwd=ROOT)
    return folder / "data"


def count(data: Path, pattern: str) -> int:
    query = f"{SPARQL_PREFIXES}SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    [row] = Releases(data).current().store.select(query)
    return int(row["n"].value)


def test_the_files_are_the_same_each_time(tmp_path: Path):
    for name in ("one", "two"):
        subprocess.run([sys.executable, ROOT / "examples/make.py", tmp_path / name], check=True)
    marc = sorted(
        path.name for path in (tmp_path / "one/katalog").iterdir() if path.suffix in {".mrc", ".xml", ".csv"}
    )
    assert marc
    for name in marc:
        assert (tmp_path / "one/katalog" / name).read_bytes() == (tmp_path / "two/katalog" / name).read_bytes()


def test_every_copy_of_the_sources_is_an_item_of_its_library(data: Path):
    sys.path.insert(0, str(ROOT / "examples"))
    from making.titles import read_titles

    titles = read_titles(ROOT / "examples/titles.txt")
    assert len(titles) >= 300
    expected = sum((Counter(title.copies) for title in titles), Counter())
    query = f"{SPARQL_PREFIXES}SELECT ?l (COUNT(?i) AS ?n) WHERE {{ ?i a bf:Item ; bf:heldBy ?l }} GROUP BY ?l"
    rows = Releases(data).current().store.select(query)
    assert {row["l"].value.rpartition("/")[2]: int(row["n"].value) for row in rows} == dict(expected)
    assert sum(expected.values()) >= 1500
    assert count(data, "?x a bf:Item ; bf:note/bf:noteType 'library code'") == 0


def test_organisations_and_overlap(data: Path):
    assert count(data, "?x a org:Organization ; org:classification ?kind") == 12
    assert count(data, "?x a schema:Library ; schema:address/schema:addressRegion 'Mandala Raya'") >= 8
    shared = "?x bf:hasInstance/^bf:itemOf/bf:heldBy ?a , ?b FILTER (?a != ?b)"
    assert count(data, shared) > 100
    assert count(data, "?x bf:hasInstance/^bf:itemOf/bf:heldBy ?a") > count(data, shared)


def test_a_body_is_one_agent_in_whatever_format_its_libraries_write(data: Path):
    twice = "?x a ?body ; rdfs:label ?l . ?other rdfs:label ?l ; a ?kind FILTER (?other != ?x)"
    bodies = "VALUES ?body { bf:Organization bf:Jurisdiction }"
    kinds = "VALUES ?kind { bf:Person bf:Organization bf:Jurisdiction }"
    assert count(data, f"{twice} {bodies} {kinds}") == 0
    assert count(data, "?x a bf:Organization ; rdfs:label 'Pusat Pembinaan dan Pengembangan Bahasa'") == 1
    assert count(data, "?x a bf:Jurisdiction ; rdfs:label ?l FILTER (!STRSTARTS(?l, 'Indonesia'))") == 0


def test_series_and_places_are_there_to_be_found(data: Path):
    sys.path.insert(0, str(ROOT / "examples"))
    from making.titles import read_titles

    titles = read_titles(ROOT / "examples/titles.txt")
    said = {title.extra["series"].partition(" ; ")[0] for title in titles if "series" in title.extra}
    search = Search(Releases(data).current().path)
    series = {one.title for one in search.find(Wanted(chosen={"kind": "series"})).results}
    assert series == said
    assert len(series) >= 8
    assert count(data, "?x bf:relation/bf:associatedResource/bf:title/bf:mainTitle 'Tetralogi Buru'") == 4
    places = {one.title for one in search.find(Wanted(chosen={"kind": "place"}, limit=50)).results}
    assert places > {"Jawa", "Jawa Tengah", "Yogyakarta", "Bali"}
    assert count(data, "?x rdfs:label 'Indonesia--Sejarah'") == 1
    assert count(data, "?x a madsrdf:Geographic ; madsrdf:authoritativeLabel 'Indonesia'") >= 1
    once = "?x a bf:Place ; rdfs:label ?l . ?other a bf:Topic ; rdfs:label ?l"
    assert count(data, once) == 0


def test_other_scripts_arrive(data: Path):
    for text in ("تفسير الجلالين", "红楼梦", "Война и мир", "ꦱꦼꦫꦠ꧀ꦏꦭꦠꦶꦝ"):
        assert count(data, f'?x bf:mainTitle ?t FILTER (STR(?t) = "{text}")') >= 1, text


def test_wanakerta_borrows_from_tirtasari_under_the_agreement_of_the_day(data: Path):
    network = Network.open(data)
    pattern = '?w a bf:Work ; rdfs:label "Bumi Manusia" ; bf:hasInstance/^bf:itemOf/bf:heldBy ?l'
    most = f"SELECT ?w WHERE {{ {pattern} }} GROUP BY ?w ORDER BY DESC(COUNT(DISTINCT ?l)) LIMIT 1"
    [row] = Releases(data).current().store.select(SPARQL_PREFIXES + most)
    for day, agreement in ((date(2026, 3, 15), "A2"), (date(2026, 11, 23), "A2-2026")):
        answers = network.ask("cq01-who-can-lend", work=row["w"].value, me="wana", today=day.isoformat())
        first = next(iter(answers.rows))
        assert str(first["supplier"]).endswith("/id/tirta")
        assert str(first["policy"]).endswith(f"/id/{agreement}")


def meant(network: Network, value: str) -> str:
    """`title T` as the work held most, `item of L, T` as a copy of it; anything else as it stands."""
    kind, _, title = value.rpartition("title ") if value.startswith("title ") else value.rpartition(", ")
    if not kind and not value.startswith("title "):
        return value
    held = f'?w a bf:Work ; rdfs:label "{title}" ; bf:hasInstance/^bf:itemOf ?i . ?i bf:heldBy ?l'
    if value.startswith("title "):
        query = (
            f"SELECT ?x WHERE {{ {held} BIND (?w AS ?x) }} GROUP BY ?x ORDER BY DESC(COUNT(DISTINCT ?l)) LIMIT 1"
        )
    else:
        library = network.iri(kind.removeprefix("item of "))
        query = f"SELECT ?x WHERE {{ {held} FILTER (?l = <{library}>) BIND (?i AS ?x) }} ORDER BY ?x LIMIT 1"
    return network.store.select(SPARQL_PREFIXES + query)[0]["x"].value


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_competency_query_gives_what_was_worked_out_by_hand(data: Path, number: str):
    expected, network = EXPECTED[number], Network.open(data)
    given = {name: meant(network, value) for name, value in expected.get("ask", {}).items()}
    answers = network.ask(number, on="2026-12-01", **given)
    rows = [tuple(shown(row[column]) for column in expected["columns"]) for row in answers.terms]
    wanted = {
        name: sorted(tuple(str(cell) for cell in row) for row in expected[name])
        for name in ("rows", "among", "not")
        if name in expected
    }
    if "rows" in wanted:
        assert sorted(set(rows) if expected.get("distinct") else rows) == wanted["rows"]
    assert set(wanted.get("among", ())) <= set(rows)
    assert not set(wanted.get("not", ())) & set(rows)


def test_all_forty_are_worked_out():
    assert len(EXPECTED) == 40
