"""The centre's records for its members' new items, to take home as MARC."""

from io import BytesIO
from pathlib import Path

import pymarc
import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from tests.convert.marc import record
from web.app import create_app

BASE = "https://data.test"
SHEETS = {
    "perpustakaan": "id,nama,jenis,isil\npusat,Pusat,perpustakaan umum,ID-PUSAT\n"
    "desa,Desa,perpustakaan desa,ID-DESA\n",
    "kemitraan": "id,nama,bentuk,mulai\nolah,Olah,kerja sama pengerjaan (pengolahan),2025-01-01\n",
    "keanggotaan": "id,di,anggota,peran,mulai\nm1,olah,pusat,pusat pengolahan,2025-01-01\n"
    "m2,olah,desa,anggota,2025-01-01\n",
}
RECORDS = [
    r"""
    =001  1
    =040  \\$aID-PUSAT
    =245  10$aKebun pala.
    =952  \\$aID-DESA$bID-DESA$pB1$d2026-02-10
    """,
    r"""
    =001  2
    =040  \\$aID-DESA
    =245  10$aHutan bakau.
    =952  \\$aID-DESA$bID-DESA$pB2$d2026-02-11
    """,
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("centre")
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    for name, text in zip(("pusat", "desa"), RECORDS, strict=True):
        (folder / f"{name}.mrc").write_bytes(record(text).as_marc())
    settings = Settings(data=str(folder / "data"), base_iri=BASE, workers=1)
    files = [folder / f"{name}.csv" for name in SHEETS]
    catalogues = [Input(folder / f"{name}.mrc", library=name) for name in ("pusat", "desa")]
    outcome = Pipeline(settings).load([*map(Input, files), *catalogues])
    assert outcome.useful, outcome.refused
    return create_app(settings).test_client()


def test_the_centres_records_come_as_marc(client: FlaskClient) -> None:
    answer = client.get("/kemitraan/olah/pengolahan.mrc?on=2026-03-15&from=2026-02-01&to=2026-02-28")
    assert answer.status_code == 200
    assert answer.mimetype == "application/marc"
    found = list(pymarc.MARCReader(BytesIO(answer.data)))
    assert [one["001"].data for one in found] == ["1"]
    assert found[0]["245"]["a"] == "Kebun pala."


def test_another_period_has_none(client: FlaskClient) -> None:
    assert (
        client.get("/kemitraan/olah/pengolahan.mrc?on=2026-03-15&from=2025-01-01&to=2025-12-31").status_code == 404
    )
