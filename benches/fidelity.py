"""Over every record of the data beside the project: does everything survive, and do strict parsers take it all?

Text survival (how many values of data fields are found again in the statements), validity (refused statements,
ill-formed literals, invalid language tags, blank nodes) and stability (twice the same bytes). The test suite does
the same with a sample (``tests/convert/test_real_records.py``), by the same checks.
"""

import time
from collections import Counter
from pathlib import Path

from ingest.convert import Converter
from ingest.coverage import rulings
from ingest.readers import kind_of
from ingest.source import Source
from tests.convert.corpus import records
from tests.convert.survival import Survival
from tests.convert.validity import faults, refused_by_rdflib

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "marc"
SHOWN = 25
EVERY_FOR_RDFLIB = 10
"""One record of so many is parsed by rdflib, too, which takes ten times as long as all the rest."""


def run() -> None:
    """Print the figures, and what was lost most often."""
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    start = time.process_time()
    converter, survival, found = Converter("https://jejaring.example", Source("all")), Survival(), Counter[str]()
    kinds: Counter[str] = Counter()
    statements = unstable = refused = 0
    for path, record in records(FOLDER):
        conversion = converter.convert(record)
        kinds[kind_of(record)] += 1
        statements += len(conversion.lines)
        found += faults(conversion.lines)
        unstable += converter.convert(record).lines != conversion.lines
        if sum(kinds.values()) % EVERY_FOR_RDFLIB == 0:
            refused += refused_by_rdflib(conversion.lines)
        if kind_of(record) == "bibliographic" and conversion.works:
            survival.add(record, conversion, rulings(), path.name)
    seconds = time.process_time() - start
    counted = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    print(f"records    {counted}; {seconds:.0f} s of CPU")
    print(f"validity   {statements:,} statements, {sum(found.values()):,} faults, {refused} refused by rdflib")
    print(f"stability  {unstable} records gave other bytes the second time")
    report(survival, found)


def report(survival: Survival, found: Counter[str]) -> None:
    """Print how much survived, and what did not."""
    lost = sum(survival.lost.values())
    print(f"survival   {survival.share:.3%} of {survival.counted:,} values; {lost:,} lost")
    print(f"ignored    {survival.ignored_share:.3%} of all values ({survival.ignored:,}), by reasons in the rules")
    print(f"withheld   {survival.withheld:,} values of items, by reasons in the profiles")
    for fault, count in found.most_common(SHOWN):
        print(f"  {count:6,} {fault}")
    for part, count in survival.lost.most_common(SHOWN):
        print(f"  {count:6,} {part} lost, for example {survival.examples[part][0]}")


if __name__ == "__main__":
    run()
