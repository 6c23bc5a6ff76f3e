"""Confinement of the processes that run other people's SPARQL: memory, no network, no other program, no orphan.

Resource limits come from the standard library; the rest is asked of Linux through prctl(2). Where the system or
the processor is another, the guard and the deadline still stand.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from pathlib import Path

_SET_PDEATHSIG, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
_LOAD_WORD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
# Audit architecture, and the numbers of socket, connect, bind, execve, execveat, ptrace.
_FORBIDDEN_CALLS: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (0xC000003E, (41, 42, 49, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 203, 200, 221, 281, 117)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def confine(parent: int, *, writes: bool = False) -> None:
    """Bind this process: no connections, no other program, and death when process ``parent`` dies."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not writes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if platform.system() == "Linux":
        _die_with(parent)
        _forbid_calls()


def limit_memory(memory: int) -> None:
    """From now on at most ``memory`` bytes more than this process has mapped already: an open store maps some
    hundred megabytes it never touches, and must not be refused them.
    """
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if platform.system() == "Linux" else 0
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def lift_memory_limit() -> None:
    """Until ``limit_memory``, as much as the system has: a store is being opened."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _die_with(parent: int) -> None:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _forbid_calls() -> None:
    """A filter in the kernel that answers EACCES to the calls listed above (seccomp(2))."""
    if platform.machine() not in _FORBIDDEN_CALLS:
        return
    code = _filter(*_FORBIDDEN_CALLS[platform.machine()])
    buffer = ctypes.create_string_buffer(code)
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p).value)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Berkeley packet filter instructions: (code, jump if true, jump if false, operand)."""
    steps = [(_LOAD_WORD, 0, 0, 4), (_JUMP_EQUAL, 0, len(calls) + 1, architecture), (_LOAD_WORD, 0, 0, 0)]
    for index, call in enumerate(calls):
        steps.append((_JUMP_EQUAL, len(calls) - index, 0, call))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
