"""Directories at scale: reading both files of the IMLS survey (9,251 systems, 17,408 outlets)."""

import resource
from pathlib import Path
from time import perf_counter

from ingest import directories

FILES = ("us_systems_fy2015.csv.gz", "us_outlets_fy2015.csv.gz")


def run() -> None:
    folder = Path(__file__).resolve().parents[2] / "shared" / "data" / "directory"
    if not folder.is_dir():
        print("needs ../shared")
        return
    begun, lines = perf_counter(), 0
    for name in FILES:
        found = directories.recognise(folder / name)
        assert found is not None
        lines += len(directories.read(folder / name, found.name, "https://data.jejaring.example").lines)
    seconds = perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"both files read: {lines:,} statements, {seconds:.1f} s, {lines / seconds:,.0f}/s, {memory:.0f} MB")
