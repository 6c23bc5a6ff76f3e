"""Handing a write to its process: one at a time, within its time, all of it or nothing."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict
from threading import Lock
from typing import Any

from flask import current_app

from graph.errors import InputError, QueryTimeout, StoreError
from graph.settings import Settings
from ingest.writing import Writing
from web.failures import Refused
from web.sparql.process import ROOT

_WAIT_SECONDS = 10.0
_MEMORY_FACTOR = 2


class Writers:
    """One per application: lets one write in at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._turn = Lock()

    def write(self, writings: Iterable[Writing]) -> int:
        """Publish writes together; returns the number of the release. Raises InputError for content that cannot
        be read, QueryTimeout when it takes too long, Refused (503) when another is writing.
        """
        message = {
            "settings": {**self.settings, "data": str(self.settings.data.resolve())},
            "writings": [{**asdict(w), "content": b64encode(w.content).decode()} for w in writings],
        }
        if not self._turn.acquire(timeout=_WAIT_SECONDS):
            raise Refused(503, "Another write is going on.", "Try again in some seconds.", Retry_After="10")
        try:
            return _release(_run(message, self.settings))
        finally:
            self._turn.release()


def writers() -> Writers:
    """Those of the application that serves this request."""
    found: Writers = current_app.extensions["writers"]
    return found


def _run(message: dict[str, Any], settings: Settings) -> dict[str, Any]:
    memory = (settings.number("query_memory_mb") << 20) * _MEMORY_FACTOR
    seconds = settings.seconds("write_seconds")
    command = [sys.executable, "-m", "web.sparql.writer", str(memory), str(os.getpid())]
    try:
        done = subprocess.run(
            command, input=json.dumps(message).encode(), capture_output=True, timeout=seconds, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeout(
            f"The write took longer than {seconds:.0f} seconds. Nothing was changed.", "Write less at once."
        ) from error
    if done.returncode != 0:
        raise InputError("The write could not be carried out. Nothing was changed.", "Write less at once.")
    return dict(json.loads(done.stdout))


def _release(outcome: dict[str, Any]) -> int:
    kind = outcome.get("error")
    if kind == "input":
        raise InputError(outcome["message"], outcome["remedy"])
    if kind == "store":
        raise Refused(503, outcome["message"], outcome["remedy"], Retry_After="30")
    if kind:
        raise StoreError(f"The write failed: {outcome['message']}. Nothing was changed.")
    return int(outcome["release"])
