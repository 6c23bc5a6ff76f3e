"""Keeps the dumps up with the releases: a process of low priority makes those of each new one."""

import logging
import os
import subprocess
import sys
from threading import Event

from graph.releases import Releases
from graph.settings import Settings
from web.linked_data.dumps import folder_of

LOG = logging.getLogger("jejaring")
_LOOK_SECONDS = 5.0
_SETTLED_LOOKS = 6
"""A release must have been the newest for so many looks: while users write every second, none is dumped."""


def keep_dumps(settings: Settings, stopping: Event) -> None:
    """Look for a release without dumps until ``stopping``; does nothing when the setting ``dumps`` is off."""
    seen, looks = None, 0
    while settings["dumps"] and not stopping.wait(_LOOK_SECONDS):
        number = Releases(settings.data).current_number()
        looks = looks + 1 if number == seen else 0
        seen = number
        if number is not None and looks == _SETTLED_LOOKS and not folder_of(settings.data, number).exists():
            _make(settings, stopping)


def _make(settings: Settings, stopping: Event) -> None:
    command = [sys.executable, "-c", "from web.cli import main; main()", "--data", str(settings.data), "dump"]
    environment = {**os.environ, "JEJARING_BASE_IRI": settings.base_iri}
    process = subprocess.Popen(
        ["nice", "-n", "15", *command], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None:
        if stopping.wait(0.5):
            process.terminate()
            return
    if process.returncode:
        LOG.error("The dumps of %s could not be made (status %s).", settings.data, process.returncode)
