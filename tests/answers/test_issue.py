import csv
from datetime import date

import pytest
from click.testing import CliRunner

from graph.network import Network
from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from ingest.sheets import read_sheets
from tests.sheets.network import BASE, SHEETS
from web.cli import main
from web.cli.issue import INSTRUMENTS


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data directory with the example's sheets."""
    folder = tmp_path_factory.mktemp("data")
    Pipeline(Settings(data=str(folder), base_iri=BASE)).load(collect(SHEETS))
    return folder


def issued(data, *words):
    result = CliRunner().invoke(main, ["--data", str(data), "--base", BASE, "issue", *words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_each_instrument_is_written(data, tmp_path, instrument):
    issued(data, instrument, "jpmr", str(tmp_path), "--on", "2026-03-15", "--no-record")
    (file,) = tmp_path.iterdir()
    assert next(csv.reader(file.open(encoding="utf-8-sig")))


def test_directory_comes_back_as_the_sheet(data, tmp_path):
    issued(data, "directory", "jpmr", str(tmp_path), "--on", "2026-03-15", "--no-record")
    (file,) = tmp_path.iterdir()
    assert read_sheets([file], BASE).problems == []
    assert "giri" not in file.read_text("utf-8-sig")  # left the network


def test_issue_is_recorded_for_the_page_of_instruments(data, tmp_path):
    def last():
        network = Network(Releases(data).current().store, BASE)
        return {row.instrument.rpartition("#")[2]: row.last for row in network.ask("cq38", on="2027-01-31").rows}

    assert last()["inst-5-standards"] != date(2027, 1, 30)
    issued(data, "standards", "jpmr", str(tmp_path), "--on", "2027-01-30")
    assert last()["inst-5-standards"] == date(2027, 1, 30)
    issued(data, "standards", "jpmr", str(tmp_path), "--on", "2027-01-30")  # the same again changes nothing
    assert last()["inst-5-standards"] == date(2027, 1, 30)
