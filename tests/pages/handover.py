"""A directory of one library, loaded: what tests of uploads begin with."""

from pathlib import Path

from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline

HEAD = "id,nama,jenis,surel\n"
KOTA = "kota,Perpustakaan Kota,perpustakaan umum,kota@example.org\n"


def loaded(folder: Path) -> Settings:
    """The settings of a data directory in which the library of Kota is known."""
    sheet = folder / "perpustakaan.csv"
    sheet.write_text(HEAD + KOTA, encoding="utf-8")
    found = Settings(data=str(folder / "data"))
    assert Pipeline(found).load(collect([sheet])).useful
    return found
