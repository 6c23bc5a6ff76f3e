"""How fast records are converted in one process, reading binary MARC included."""

import gzip
import time

import pymarc

from benches.reference import FOLDER, names
from ingest.convert import Converter
from ingest.source import Source


def binary() -> bytes:
    """The records of the ten reference inputs as one file of binary MARC in UTF-8."""
    made = []
    for name in names():
        with gzip.open(FOLDER / f"{name}.marcxml.gz") as stream:
            for record in pymarc.parse_xml_to_array(stream):
                record.leader = str(record.leader)[:9] + "a" + str(record.leader)[10:]
                try:
                    made.append(record.as_marc())
                except (ValueError, TypeError, UnicodeEncodeError):
                    continue
    return b"".join(made)


def measured(data: bytes, *, convert: bool) -> tuple[int, int, float]:
    """Records, statements and CPU seconds of one pass over the records."""
    converter = Converter("https://jejaring.example", Source("bench"))
    start, records, statements = time.process_time(), 0, 0
    for record in pymarc.MARCReader(data, to_unicode=True):
        if record is not None:
            records += 1
            statements += len(converter.convert(record).lines) if convert else 0
    return records, statements, time.process_time() - start


def run() -> None:
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    data = binary()
    measured(data, convert=True)
    records, statements, seconds = measured(data, convert=True)
    _, _, reading = measured(data, convert=False)
    print(f"conversion   {records / seconds:,.0f} records/s of CPU, {statements / records:.0f} statements a record")
    print(f"reading only {records / reading:,.0f} records/s; conversion takes {seconds / reading:.1f} × that")


if __name__ == "__main__":
    run()
