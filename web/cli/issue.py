"""``jejaring issue``: write a supporting instrument to files, and record that it was issued."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import click

from graph.dates import day
from graph.network import Network
from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from ingest.report import lines_of_load
from ingest.sheets.export import Export
from ingest.sheets.writing import as_csv
from ontology.sheets import sheets
from ontology.vocabulary import vocabulary
from web.cli import ask
from web.cli.answer_formats import formatted
from web.cli.progress import jobs, watch

_CODE = "https://w3id.org/jejaring/ns#inst-"
INSTRUMENTS = {
    "directory": "1-directory",
    "accessions": "2-accessions",
    "union-catalogue": "3-union-catalogue",
    "exchange-list": "4-exchange-list",
    "standards": "5-standards",
    "training": "6-training",
}
"""The words of the command → the end of the instrument's code."""


@click.command()
@click.argument("instrument", type=click.Choice(list(INSTRUMENTS)))
@click.argument("network")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--no-record", is_flag=True, help="Only write the files; do not record the issue.")
@ask.ON
@click.pass_obj
def issue(settings: Settings, instrument: str, network: str, folder: Path, no_record: bool, on: str | None) -> None:
    """Write a supporting instrument to files, and record that it was issued.

    The record is a row of the sheet alat_penunjang, kept beside the files and loaded, so that the network's page
    of instruments knows it.

    Example: jejaring issue directory jpmr terbitan
    """
    opened, when = ask.opened(settings), day(on) if on else date.today()
    publisher = opened.iri(network)
    folder.mkdir(parents=True, exist_ok=True)
    for path in _WRITERS[instrument](opened, publisher, when, folder):
        click.echo(path)
    if no_record:
        return
    record = folder / f"terbitan-{instrument}-{network}-{when}.csv"
    record.write_bytes(_row(instrument, network, when))
    outcome = Pipeline(settings, watch, jobs).load(collect([record]))
    for line in lines_of_load(outcome):
        click.echo(line)
    if not outcome.useful:
        raise SystemExit(1)


def _row(instrument: str, network: str, when: date) -> bytes:
    columns = [column.id for column in sheets()["alat_penunjang"].columns]
    label = vocabulary().label(_CODE + INSTRUMENTS[instrument])
    cells = {
        "id": f"terbitan-{instrument}-{network}-{when}",
        "alat": label,
        "penerbit": network,
        "tanggal": f"{when}",
    }
    return as_csv([columns, [cells[name] for name in columns]])


def _directory(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    """The sheet perpustakaan of the network's members, so that it can be corrected and returned."""
    members = {str(row["id"]) for row in network.ask("directory", when, network=publisher).rows}
    sheet = sheets()["perpustakaan"]
    names = {iri.rpartition("/id/")[2] for iri in members}
    rows = [row for row in Export(network.store, network.base).rows(sheet) if row[0] in names]
    return [_written(folder / f"direktori-{when}.csv", as_csv([[c.id for c in sheet.columns], *rows]))]


def _accessions(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    """What was added in the month before."""
    month = when.replace(day=1) - timedelta(days=1)
    given = {"from": month.replace(day=1).isoformat(), "to": month.isoformat()}
    return [_table(network, folder / f"tambahan-koleksi-{month:%Y-%m}.csv", "accessions", when, **given)]


def _union_catalogue(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    """Every title with libraries and copies; `jejaring export` writes all that is known of them."""
    return [_table(network, folder / f"katalog-induk-{when}.csv", "union-catalogue", when)]


def _exchange_list(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    return [_table(network, folder / f"daftar-tukar-{when}.csv", "exchange-list", when)]


def _standards(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    return [_table(network, folder / f"standar-{when}.csv", "cq39-standards", when, network=publisher)]


def _training(network: Network, publisher: str, when: date, folder: Path) -> list[Path]:
    return [_table(network, folder / f"pembinaan-{when}.csv", "training", when)]


def _table(asked: Network, path: Path, query: str, when: date, **given: str) -> Path:
    answers = asked.ask(query, when, **given)
    return _written(path, formatted(list(answers.query.columns), answers.rows, "csv").encode("utf-8-sig"))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


_WRITERS: dict[str, Callable[[Network, str, date, Path], list[Path]]] = {
    "directory": _directory,
    "accessions": _accessions,
    "union-catalogue": _union_catalogue,
    "exchange-list": _exchange_list,
    "standards": _standards,
    "training": _training,
}
VERBS = (issue,)
