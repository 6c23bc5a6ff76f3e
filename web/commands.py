"""Commands: what a page has done by a ``jejaring`` process of its own, so that its memory and time are its own."""

import json
import subprocess
import sys
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from threading import Thread
from typing import Literal

from graph.settings import Settings
from web.failures import Refused
from web.sparql.process import ROOT

State = Literal["not begun", "running", "ended", "interrupted"]
RUNNING = ".running"
_OWN: dict[Path, "subprocess.Popen[bytes]"] = {}
"""The commands that this process started and that have not ended, by where their output will be."""
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
    """Run a command in the background. Its output is in ``outcome`` once it has ended, what it said beside it.

    While it runs it holds a lock on the file it writes to. The lock goes when the process does, whatever ended it,
    so ``state`` can tell even when the server that began it is gone.
    """
    running = outcome.with_suffix(RUNNING)
    with running.open("wb") as out, outcome.with_suffix(".log").open("wb") as said:
        flock(out, LOCK_EX)
        process = subprocess.Popen(
            [*_CALL, *arguments], env=environment(settings), cwd=ROOT, stdout=out, stderr=said
        )
        _OWN[outcome] = process

    def settle() -> None:
        process.wait()
        _settled(outcome)
        del _OWN[outcome]

    Thread(target=settle, name="upload", daemon=True).start()


def state(outcome: Path) -> State:
    """How a command that was started stands: its output is in ``outcome`` when it has ended."""
    running = outcome.with_suffix(RUNNING)
    if not running.exists():
        return "ended" if outcome.exists() else "not begun"
    if outcome in _OWN or _held(running):
        return "running"
    return "ended" if _whole(running) and _settled(outcome) else "interrupted"


def _held(file: Path) -> bool:
    with file.open("rb") as opened:
        try:
            flock(opened, LOCK_EX | LOCK_NB)
        except OSError:
            return True
    return False


def _whole(file: Path) -> bool:
    """Whether the output of a command that no server of ours saw ending is complete."""
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return True


def _settled(outcome: Path) -> bool:
    with suppress(FileNotFoundError):
        outcome.with_suffix(RUNNING).replace(outcome)
    return outcome.exists()
