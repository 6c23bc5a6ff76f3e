"""``python -m benches [NAME…]``: runs the benchmarks, all or those named; each prints its figures."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules


def main(names: list[str]) -> int:
    """Run each module of this folder that has a ``run``; 1 when a name is unknown."""
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
