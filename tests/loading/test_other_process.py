import os
import signal
from pathlib import Path

import psutil
import pytest

from graph.errors import InputError, StoreError
from ingest.other_process import OtherProcess


def double(number: int) -> int:
    print("what is printed does not get among the answers")
    return 2 * number


def fail(error: Exception) -> None:
    raise error


class Odd(Exception):
    """Cannot be sent: it has to be made with two arguments."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_oddly() -> None:
    raise Odd("a", "b")


def wait(pids: Path) -> None:
    pids.write_text(str(os.getpid()))
    signal.pause()


def test_work_is_done_elsewhere_in_turn() -> None:
    with OtherProcess() as process:
        process.begin(double, 1)
        assert process.do(double, 2) == 4
        assert process.do(os.getpid) != os.getpid()


def test_only_what_the_work_needs_is_imported_there() -> None:
    with OtherProcess() as process:
        loaded = process.do(loaded_modules)
    assert "tests.loading.test_other_process" in loaded
    assert "ingest.pipeline" not in loaded


def loaded_modules() -> set[str]:
    import sys

    return set(sys.modules)


def test_errors_come_back_and_the_process_goes_on() -> None:
    with OtherProcess() as process:
        with pytest.raises(InputError, match=r"Bad\. Mend it\."):
            process.do(fail, InputError("Bad.", "Mend it."))
        with pytest.raises(StoreError, match="Odd: ab"):
            process.do(fail_oddly)
        assert process.do(double, 3) == 6


def test_an_error_of_what_was_begun_comes_with_the_next_result() -> None:
    with OtherProcess() as process:
        process.begin(fail, ValueError("first"))
        with pytest.raises(ValueError, match="first"):
            process.do(double, 1)


def test_a_process_that_was_ended_is_named() -> None:
    with OtherProcess() as process:
        number = process.do(os.getpid)
        psutil.Process(number).kill()
        psutil.wait_procs([psutil.Process(number)] if psutil.pid_exists(number) else [], timeout=5)
        with pytest.raises(StoreError, match="ended by something else"):
            process.do(double, 1)


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    with OtherProcess() as process:
        process.begin(wait, tmp_path / "pid")
        while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()):
            pass
        number = int((tmp_path / "pid").read_text())
    assert not psutil.pid_exists(number)
