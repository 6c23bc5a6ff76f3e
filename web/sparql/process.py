"""One child process as the server sees it, and the reply that comes out of it."""

import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

from graph.errors import StoreError
from web.sparql.messages import Message, receive, send
from web.sparql.question import Question

HELD_BACK = 1 << 16
_CHUNK = 1 << 18
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 20.0
ROOT = Path(__file__).resolve().parents[2]


class Child:
    """A process that answers one question at a time. Must be started by a thread that lives as long as the pool:
    Linux delivers the parent's death when the starting *thread* ends.
    """

    def __init__(self, memory: int, store: str = "") -> None:
        """Start it, have it open ``store``, and wait until it is ready. Raises StoreError when it is not."""
        self.memory = memory
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "web.sparql.child",
                    str(theirs.fileno()),
                    str(memory),
                    str(os.getpid()),
                    store,
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "LC_ALL": "C.UTF-8",
                    "MALLOC_ARENA_MAX": "2",
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
            )
        self.control.settimeout(_START_SECONDS)
        try:
            receive(self.control)
        except (EOFError, OSError) as error:
            self.kill()
            raise StoreError("A process for SPARQL queries did not start.") from error

    def ask(self, question: Question) -> "Reply":
        """Hand over a question. The reply fails in its own time when the child is gone."""
        ours, theirs = os.pipe()
        with suppress(OSError):
            fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, 1 << 20)
        try:
            self.control.settimeout(max(question.remaining, 0.1))
            send(self.control, question.message(), (theirs,))
        except OSError:
            self.kill()
        finally:
            os.close(theirs)
        return Reply(self, question, ours)

    def spent(self) -> float:
        """Seconds of processor time it has taken so far (proc(5)); 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def slow_down(self) -> None:
        """Let light queries go before this one."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 5)

    def kill(self) -> None:
        """End it at once; whatever it was doing changes nothing, since it only reads."""
        self.process.kill()
        self.process.wait()
        self.control.close()


class Reply:
    """What comes out of the child: the bytes of the result, then how it ended."""

    def __init__(self, child: Child, question: Question, pipe: int) -> None:
        self.child, self.question = child, question
        self.began = monotonic()
        self._spent = child.spent()
        self.buffer = bytearray()
        self.outcome: Message | None = None
        self._pipe = pipe
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)

    @property
    def begun(self) -> bool:
        """Has it begun so well that its first bytes may be shown?"""
        return self.outcome is not None or len(self.buffer) >= HELD_BACK

    @property
    def spent(self) -> float:
        """Seconds of processor time it has taken: on a busy machine a light query may wait long for its share."""
        return self.child.spent() - self._spent

    def pump(self, seconds: float) -> bool:
        """Wait that long for more; true when something came. After the end, ``outcome`` is set."""
        if self.outcome is not None or not self._poll.poll(max(0.0, seconds) * 1000):
            return False
        part = os.read(self._pipe, _CHUNK)
        if part:
            self.buffer += part
        else:
            self.outcome = self._ending()
        return True

    def take(self) -> bytes:
        """The bytes that have come and were not taken yet."""
        part, self.buffer = bytes(self.buffer), bytearray()
        return part

    def close(self) -> None:
        """Let go of the pipe."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1

    def _ending(self) -> Message:
        try:
            self.child.control.settimeout(max(self.question.remaining, 1.0))
            return receive(self.child.control)[0]
        except (EOFError, OSError, ValueError):
            self.child.kill()
            return {"ok": False, "error": "died", "message": _death(self.child.process.returncode)}


def _death(status: int | None) -> str:
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"status {status}"
