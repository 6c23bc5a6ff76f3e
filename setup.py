"""Compiles the modules that every record passes through to C, when JEJARING_COMPILE gives a level.

All else about the package is in ``pyproject.toml``. The level is that of the C compiler's optimisation, 0 to 3:
``make wheel`` takes 3 and makes a wheel for this machine and version of Python. Without the variable nothing is
compiled, and the package runs anywhere. Modules are compiled by mypyc (https://mypyc.readthedocs.io).
"""

import os
from pathlib import Path

from setuptools import Extension, setup

LEVEL = os.environ.get("JEJARING_COMPILE", "")
MODULES = (
    "ingest/convert/*.py",
    "ingest/items/*.py",
    "graph/names.py",
    "graph/packing.py",
    "graph/statements.py",
)
"""Readers are not among them: a slice of bytes that ends before it begins, as wrong measures give, is an error in
what mypyc makes; nor is what goes to other processes: frozen dataclasses of its making cannot be unpickled."""
INTERPRETED = {"ingest/convert/indexed.py"}
"""Its class has one of pymarc's as base."""


def extensions() -> list[Extension]:
    """What is to be compiled; nothing unless a level is given."""
    if not LEVEL:
        return []
    from mypyc.build import mypycify

    found = {str(path) for pattern in MODULES for path in Path().glob(pattern)}
    made: list[Extension] = mypycify(sorted(found - INTERPRETED), opt_level=LEVEL, debug_level="0")
    return made


setup(ext_modules=extensions())
