"""Koha's tables of stock rotation: plans, stages with dates once a start is told, items by number or barcode."""

import json
from pathlib import Path

import pyoxigraph as ox

from graph.derivation import derive
from graph.names import SPARQL_PREFIXES
from ingest import directories
from tests.directories.test_directories import BASE, store_of

ROTAS = "rota_id,title,cyclical,active,description,start\n1,Keliling,0,1,Tahunan,2026-01-05\n2,Tanpa awal,1,0,,\n"
STAGES = (
    "stage_id,position,rota_id,branchcode_id,duration\n"
    "12,2,1,DESA,30\n11,1,1,KOTA,28\n21,1,2,KOTA,30\n22,2,2,X,lama\n"
)
ITEMS = (
    "itemnumber_id,stage_id,indemand,fresh,barcode,rota_id\n501,11,0,0,B-501,1\n502,12,1,0,B-502,1\n503,11,0,1,,\n"
)
CATALOGUE = """ex:i501 a bf:Item ; bf:identifiedBy ex:n1 . ex:n1 a bf:Local ; rdf:value "501" .
ex:i503 a bf:Item ; bf:identifiedBy ex:n3 . ex:n3 a bf:Local ; rdf:value "503" .
ex:i503x a bf:Item ; bf:identifiedBy ex:n3x . ex:n3x a bf:Local ; rdf:value "503" ."""


def read(tmp_path: Path, form: str, content: str, suffix: str = "csv") -> tuple[list[str], list[str]]:
    path = tmp_path / f"{form}.{suffix}"
    path.write_text(content, encoding="utf-8")
    found = directories.recognise(path)
    assert found is not None
    assert found.name == form
    statements = directories.read(path, form, BASE)
    return statements.lines, [problem.kind for problem in statements.problems]


def whole(tmp_path: Path) -> ox.Store:
    tables = (("koha-rotas", ROTAS), ("koha-stages", STAGES), ("koha-rotation-items", ITEMS))
    store = store_of([line for form, text in tables for line in read(tmp_path, form, text)[0]])
    store.update(f"{SPARQL_PREFIXES}PREFIX ex: <{BASE}/id/> INSERT DATA {{ {CATALOGUE} }}")
    derive(store, BASE)
    return store


def test_stages_follow_one_another_from_the_start_of_their_rota(tmp_path: Path) -> None:
    rows = whole(tmp_path).query(
        SPARQL_PREFIXES
        + "SELECT ?library ?from ?to { ?plan jp:stage ?s . ?s a jp:RotationStage ; jp:library ?library ;"
        "jp:package ?p ; schema:startDate ?from ; schema:endDate ?to } ORDER BY ?from"
    )
    told = [(library.value.rpartition("/")[2], start.value, end.value) for library, start, end in rows]
    assert told == [("KOTA", "2026-01-05", "2026-02-01"), ("DESA", "2026-02-02", "2026-03-03")]


CYCLICAL = "rota_id,title,cyclical,active,start,end\n1,Keliling,1,1,2026-01-05,{}\n"


def rounds(tmp_path: Path, end: str) -> list[tuple[str, str, str, int]]:
    lines = [*read(tmp_path, "koha-rotas", CYCLICAL.format(end))[0], *read(tmp_path, "koha-stages", STAGES)[0]]
    store = store_of(lines)
    derive(store, BASE)
    rows = store.query(
        SPARQL_PREFIXES
        + "SELECT ?library ?from ?to ?place { ?plan jp:stage ?s . ?s a jp:RotationStage ; jp:library ?library ; "
        "jp:package ?p ; schema:startDate ?from ; schema:endDate ?to ; schema:position ?place } ORDER BY ?from"
    )
    return [(one.value.rpartition("/")[2], start.value, end.value, int(n.value)) for one, start, end, n in rows]


def test_a_cyclical_rota_begins_again_until_its_end(tmp_path: Path) -> None:
    assert rounds(tmp_path, "2026-04-15") == [
        ("KOTA", "2026-01-05", "2026-02-01", 1), ("DESA", "2026-02-02", "2026-03-03", 2),
        ("KOTA", "2026-03-04", "2026-03-31", 3), ("DESA", "2026-04-01", "2026-04-30", 4),
    ]  # fmt: skip


def test_a_cyclical_rota_without_an_end_is_told_for_five_years(tmp_path: Path) -> None:
    told = rounds(tmp_path, "")
    assert told[-1][1][:7] in {"2030-12", "2031-01"}
    assert [place for *_, place in told] == list(range(1, len(told) + 1))


def test_items_travel_unless_they_are_in_demand_or_their_number_is_not_theirs_alone(tmp_path: Path) -> None:
    store = whole(tmp_path)
    part_of = ox.NamedNode("http://purl.org/dc/terms/isPartOf")
    travelling = {str(quad.subject) for quad in store.quads_for_pattern(None, part_of, None, ox.DefaultGraph())}
    assert travelling == {f"<{BASE}/id/i501>"}
    assert store.query(SPARQL_PREFIXES + 'ASK { ?package a jp:RotationPackage ; jp:barcode "B-501" }')
    assert not store.query(SPARQL_PREFIXES + 'ASK { ?package jp:barcode "B-502" }')


def test_what_the_tables_do_not_say_is_reported(tmp_path: Path) -> None:
    assert set(read(tmp_path, "koha-rotas", ROTAS)[1]) == {"not-stated", "cyclical", "inactive"}
    assert read(tmp_path, "koha-stages", STAGES)[1] == ["bad-cell"]
    assert read(tmp_path, "koha-rotation-items", ITEMS)[1] == ["in-demand"]


def test_json_says_the_same(tmp_path: Path) -> None:
    head, *body = (line.split(",") for line in STAGES.strip().split("\n"))
    rows = [dict(zip(head, cells, strict=True)) for cells in body]
    csv = read(tmp_path, "koha-stages", STAGES)
    assert read(tmp_path, "koha-stages", json.dumps(rows), "json") == csv
    dump = [{"type": "header"}, {"type": "table", "name": "stockrotationstages", "data": rows}]
    assert read(tmp_path, "koha-stages", json.dumps(dump), "json") == csv
