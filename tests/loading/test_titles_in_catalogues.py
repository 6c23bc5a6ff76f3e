"""What sheets name by title or number gives way to what the catalogues have, and comes back with them gone."""

from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.merging import successor
from graph.names import SPARQL_PREFIXES, expand
from graph.network import Network
from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from tests.convert.marc import record

BASE = "https://data.test"
CATALOGUE = [
    r"""
    =001  1
    =020  \\$a9789793062792
    =100  1\$aRahmat, Dewi,$d1931-1999.
    =245  10$aKebun pala /$cDewi Rahmat.
    =852  \\$bkota$hR 1
    """,
    r"""
    =001  2
    =100  1\$aSantoso, Budi.
    =245  10$aHarian.
    =852  \\$bkota$hR 2
    """,
    r"""
    =001  3
    =100  1\$aWinarno.
    =245  10$aHarian.
    =852  \\$bkota$hR 3
    """,
]
SHEETS = {
    "perpustakaan": "id,nama,jenis\nkota,Kota,perpustakaan umum\ndesa,Desa,perpustakaan desa\n",
    "silang_layan": "id,tanggal_minta,peminta,pemasok,layanan,karya,status\n"
    "r1,2026-01-05,desa,kota,pinjam antarperpustakaan,Kebun pala,pinjaman selesai\n"
    "r2,2026-01-06,desa,kota,pinjam antarperpustakaan,979-3062-79-2,pinjaman selesai\n"
    "r3,2026-01-07,desa,kota,pinjam antarperpustakaan,Harian,pinjaman selesai\n"
    "r4,2026-01-08,desa,kota,pinjam antarperpustakaan,pulang,pinjaman selesai\n",
    "daftar_tukar": "id,perpustakaan,jenis,terbitan,jumlah,mulai\no1,kota,ditukar,Kebun pala,1,2026-01-01\n",
}
NOTED = "https://data.test/id/work/sheet-"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "katalog.mrc").write_bytes(b"".join(record(text).as_marc() for text in CATALOGUE))
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def load(data: Path, *files: Path) -> None:
    outcome = Pipeline(Settings(data=str(data), base_iri=BASE, workers=1)).load([Input(file) for file in files])
    assert not outcome.refused


def said(data: Path) -> set[str]:
    """The default graph and the index, as lines."""
    return {str(quad) for quad in Releases(data).current().store.store}


def targets(data: Path) -> dict[str, list[str]]:
    pairs = (
        Releases(data)
        .current()
        .store.store.query(
            SPARQL_PREFIXES + "SELECT ?r ?w WHERE { ?r odrl:target|schema:itemOffered ?w . ?r ?p ?o . "
            "FILTER (CONTAINS(STR(?r), '/id/')) } GROUP BY ?r ?w ORDER BY ?r ?w"
        )
    )
    found: dict[str, list[str]] = {}
    for told, work in pairs:
        found.setdefault(told.value.rpartition("/")[2], []).append(work.value)
    return found


@pytest.fixture(scope="module")
def data(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("all")
    load(folder, *sorted(files.iterdir()))
    return folder


def test_each_request_has_one_work_and_it_is_the_catalogues(data: Path) -> None:
    found = targets(data)
    assert all(len(works) == 1 for works in found.values())
    (held,) = found["r1"]
    assert not held.startswith(NOTED)
    assert found["r2"] == [held]
    assert found["o1"] == [f"{BASE}/id/instance/katalog-1"]
    (work,) = (
        Releases(data)
        .current()
        .store.store.quads_for_pattern(
            ox.NamedNode(found["o1"][0]), ox.NamedNode(expand("bf:instanceOf")), None, ox.DefaultGraph()
        )
    )
    assert work.object.value == held


def test_what_two_works_bear_or_none_stays_noted_and_is_listed(data: Path) -> None:
    found = targets(data)
    assert all(found[name][0].startswith(NOTED) for name in ("r3", "r4"))
    network = Network(Releases(data).current().store, BASE)
    assert {row.named.rpartition("/")[2] for row in network.ask("noted-titles").rows} == {"r3", "r4"}


def test_what_was_noted_is_left_out_and_leads_to_what_took_its_place(
    data: Path, files: Path, tmp_path: Path
) -> None:
    load(tmp_path, *sorted(file for file in files.iterdir() if file.suffix == ".csv"))
    (noted,) = targets(tmp_path)["r1"]
    store = Releases(data).current().store.store
    about = list(store.quads_for_pattern(ox.NamedNode(noted), None, None, ox.DefaultGraph()))
    assert [quad.predicate.value for quad in about] == [expand("dct:isReplacedBy")]
    assert successor(store, noted) == targets(data)["r1"][0]
    assert not list(store.quads_for_pattern(ox.NamedNode(noted + "#title"), None, None, ox.DefaultGraph()))


def test_any_order_gives_the_same_graph(data: Path, files: Path, tmp_path: Path) -> None:
    catalogue, *sheets = sorted(files.iterdir(), key=lambda file: file.suffix != ".mrc")
    for number, groups in enumerate(permutations([[catalogue], sheets])):
        folder = tmp_path / str(number)
        for group in groups:
            load(folder, *group)
        assert said(folder) == said(data)


def test_with_the_catalogue_gone_the_graph_is_as_before_it(data: Path, files: Path, tmp_path: Path) -> None:
    sheets = [file for file in files.iterdir() if file.suffix == ".csv"]
    load(tmp_path, *sheets)
    before = said(tmp_path)
    assert all(
        work.startswith((NOTED, NOTED.replace("work", "instance"))) for (work,) in targets(tmp_path).values()
    )
    load(tmp_path, files / "katalog.mrc")
    assert said(tmp_path) == said(data)
    Pipeline(Settings(data=str(tmp_path), base_iri=BASE, workers=1)).withdraw(["katalog"])
    assert said(tmp_path) == before
