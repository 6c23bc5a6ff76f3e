"""Directories at scale: both files of the IMLS survey (9,251 systems, 17,408 outlets), from the files to a release.

Should take under 60 s and under 500 MB; measured in a process of its own, since memory is its peak.
"""

import resource
import tempfile
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "directory"
FILES = ("us_systems_fy2015.csv.gz", "us_outlets_fy2015.csv.gz")


def run() -> None:
    """Print time, CPU time and memory of the load."""
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    with tempfile.TemporaryDirectory() as folder:
        process = get_context("spawn").Process(target=_load, args=(folder,))
        process.start()
        process.join()


def _load(folder: str) -> None:
    begun = perf_counter()
    Pipeline(Settings(data=folder)).load([Input(FOLDER / name) for name in FILES])
    seconds, memory = perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = Releases(Path(folder)).current().manifest["counts"]
    print(f"{counts['schema:Library']:,} libraries, {counts['statements']:,} statements: {seconds:.1f} s, "
          f"{process_time():.1f} s of CPU, {memory:.0f} MB")  # fmt: skip
