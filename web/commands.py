"""Commands: what a page has done by a ``jejaring`` process of its own, so that its memory and time are its own."""

import subprocess
import sys
from pathlib import Path
from threading import Thread

from graph.settings import Settings
from web.failures import Refused
from web.sparql.process import ROOT

_CALL = (sys.executable, "-c", "from web.cli import main; main()")


def environment(settings: Settings) -> dict[str, str]:
    """The settings in force as a process reads them."""
    told = {f"JEJARING_{name.upper()}": str(value) for name, value in settings.items()}
    return {**told, "JEJARING_DATA": str(settings.data.resolve())}


def run(settings: Settings, *arguments: str) -> str:
    """Run a command to its end; its output. Raises Refused: 504 after ``write_seconds``, 503 when it failed."""
    seconds = settings.seconds("write_seconds")
    try:
        done = subprocess.run(
            [*_CALL, *arguments], env=environment(settings), cwd=ROOT, capture_output=True, text=True,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        remedy = f"`jejaring {' '.join(arguments[:2])}` has no time limit; so has the next load."
        raise Refused(504, f"Publishing took longer than {seconds:.0f} seconds.", remedy) from error
    if done.returncode:
        told = done.stderr.strip().splitlines()[-1:] or ["It failed."]
        raise Refused(503, told[0].removeprefix("Error: "), "Nothing is lost; try again later.", Retry_After="30")
    return done.stdout


def start(settings: Settings, outcome: Path, *arguments: str) -> None:
    """Run a command in the background. Its output is in ``outcome`` once it has ended, what it said beside it."""
    running = outcome.with_suffix(".running")
    with running.open("wb") as out, outcome.with_suffix(".log").open("wb") as said:
        process = subprocess.Popen(
            [*_CALL, *arguments], env=environment(settings), cwd=ROOT, stdout=out, stderr=said
        )

    def settle() -> None:
        process.wait()
        running.replace(outcome)

    Thread(target=settle, name="upload", daemon=True).start()
