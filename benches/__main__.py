"""``python -m benches [--compiled] [NAME…]``: runs the benchmarks, all or those named; each prints its figures.

With ``--compiled`` they run with the packages of the wheel that ``make wheel`` made.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

ROOT = Path(__file__).resolve().parents[1]
COMPILED = "--compiled"


def main(names: list[str]) -> int:
    """Run each module of this folder that has a ``run``; 1 when a name is unknown."""
    if COMPILED in names:
        return compiled([name for name in names if name != COMPILED])
    known = [m.name for m in iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_")]
    for name in set(names) - set(known):
        print(f"no benchmark {name!r}; there are: {', '.join(known)}", file=sys.stderr)
        return 1
    for name in names or known:
        run = getattr(import_module(f"benches.{name}"), "run", None)
        if run:
            print(f"\n== {name}", flush=True)
            run()
    return 0


def compiled(names: list[str]) -> int:
    """Run the benchmarks in a process that finds the packages of the wheel first; 1 when there is no wheel."""
    wheels = sorted((ROOT / "build" / "wheel").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        print("no wheel below build/wheel: make wheel makes one", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheels[-1]).extractall(folder)
        path = os.pathsep.join([folder, str(ROOT)])
        command = [sys.executable, "-m", "benches", *names]
        print(f"\n= {wheels[-1].name}", flush=True)
        return subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONPATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
