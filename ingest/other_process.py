"""A process that does work for this one: functions of modules go there, what they return comes back.

Processes that ``multiprocessing`` spawns import the main module again, with all that the command line needs; here
a process has only what its work imports. It ends when its work is over, and when this process is gone.
"""

import ctypes
import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from subprocess import PIPE, Popen
from typing import Any, ParamSpec, TypeVar

from graph.errors import StoreError

BEGIN = """import sys, pickle
sys.path[:] = pickle.load(sys.stdin.buffer)
from ingest.other_process import serve
serve()"""
PARENT_DEATH_SIGNAL = 1
_Work = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class OtherProcess:
    """A process waiting for work; does one thing at a time. Used as a context manager, or closed at the end."""

    def __init__(self) -> None:
        self._process = Popen([sys.executable, "-c", BEGIN], stdin=PIPE, stdout=PIPE)
        self._begun = 0
        self._send(sys.path)

    def __enter__(self) -> "OtherProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, work: Callable[_Given, Any], *args: _Given.args, **options: _Given.kwargs) -> None:
        """Let it begin something."""
        self._send((work, args, options))
        self._begun += 1

    def result(self) -> Any:
        """What everything begun returned at last. Raises what was raised; StoreError when the process is gone."""
        value = None
        while self._begun:
            self._begun -= 1
            value = self._received()
        return value

    def do(self, work: Callable[_Given, _Result], *args: _Given.args, **options: _Given.kwargs) -> _Result:
        """Have something done, and wait for it."""
        self.begin(work, *args, **options)
        found: _Result = self.result()
        return found

    def close(self) -> None:
        """End the process; what it is doing is left undone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                pipe.close() if pipe else None

    def _received(self) -> Any:
        assert self._process.stdout is not None
        try:
            done, value = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            raise _gone() from error
        if not done:
            raise value
        return value

    def _send(self, what: Any) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise _gone() from error


def _gone() -> StoreError:
    return StoreError("A process that worked for the load was ended by something else.", "Is there enough memory?")


def serve() -> None:
    """The life of such a process: do what comes in."""
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the process that gives the work
    # Records and lines are freed by their reference counts; looking for cycles among them is time lost.
    gc.set_threshold(100_000, 50, 50)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    works: SimpleQueue[_Work] = SimpleQueue()
    threading.Thread(target=_listen, args=(works,), daemon=True).start()
    while True:
        work, args, options = works.get()
        try:
            answer = _packed(True, work(*args, **options))
        except Exception as error:
            answer = _packed(False, error)
        answers.write(answer)
        answers.flush()


def _end_with_parent() -> None:
    """Have the system end this process at once when the one that started it is gone, so that it does not go on
    writing to a release that is being thrown away. Elsewhere than on Linux the end of its input ends it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _listen(works: "SimpleQueue[_Work]") -> None:
    try:
        while True:
            works.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(1)


def _packed(done: bool, value: Any) -> bytes:
    try:
        answer = pickle.dumps((done, value), pickle.HIGHEST_PROTOCOL)
        if not done:
            pickle.loads(answer)
    except Exception:
        answer = pickle.dumps((False, StoreError(f"{type(value).__name__}: {value}")))
    return answer
