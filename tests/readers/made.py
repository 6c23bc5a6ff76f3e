"""Records of our own making, as bytes in each format, sound and broken."""

from pathlib import Path

from pymarc import Field, Indicators, Leader, Record, Subfield

from ingest import readers
from ingest.record import LostRecord, SourceRecord

SLIM = 'xmlns="http://www.loc.gov/MARC21/slim"'


def record(number: int, title: str = "Laut bercerita", **more: str) -> Record:
    """A record with 001, 008, 100, 245 and 650; ``more`` maps f500 and the like to their $a."""
    made = Record()
    made.leader = Leader("00000nam a2200000 i 4500")
    made.add_field(Field("001", data=f"rec{number:05}"))
    made.add_field(Field("008", data="200101s2017    io            000 1 ind d"))
    made.add_field(field("100", "1 ", "Chudori, Leila S."), field("245", "10", f"{title} {number} /"))
    made.add_field(field("650", " 0", "Aktivis", "Fiksi"))
    for tag, text in more.items():
        made.add_field(field(tag[1:], "  ", text))
    return made


def field(tag: str, indicators: str, *values: str) -> Field:
    return Field(tag, Indicators(*indicators), [Subfield(c, v) for c, v in zip("axyz", values, strict=False)])


def iso(number: int, title: str = "Laut bercerita", **more: str) -> bytes:
    return record(number, title, **more).as_marc()


def legacy(number: int, title: bytes) -> bytes:
    """A record whose title is in some 8-bit set, declared as MARC-8."""
    mark = "#" * len(title)
    chunk = iso(number, mark).replace(mark.encode(), title)
    return chunk[:9] + b" " + chunk[10:]


def xml(number: int, title: str = "Laut bercerita") -> str:
    return (
        f'<record><leader>00000nam a2200000 i 4500</leader><controlfield tag="001">rec{number:05}</controlfield>'
        f'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">{title} {number} /</subfield></datafield>'
        "</record>"
    )


def collection(*records: str) -> bytes:
    return f"<?xml version='1.0'?>\n<collection {SLIM}>{''.join(records)}</collection>".encode()


def written(folder: Path, data: bytes, name: str = "records.mrc") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def results(path: Path) -> tuple[list[SourceRecord], list[LostRecord]]:
    found = list(readers.read(path))
    return [r for r in found if isinstance(r, SourceRecord)], [r for r in found if isinstance(r, LostRecord)]


def numbers(good: list[SourceRecord]) -> list[str]:
    return [found.record["001"].data or "" for found in good if found.record.get("001")]


def content(found: Record) -> list[tuple[object, ...]]:
    """All fields in order, empty subfields left out."""
    return [(f.tag, f.data) if f.control_field else _data(f) for f in found.fields]


def _data(f: Field) -> tuple[object, ...]:
    return (f.tag, *(f.indicators or ()), *((s.code, s.value) for s in f.subfields if s.value))


def kinds(found: SourceRecord) -> set[str]:
    """What was repaired in a record."""
    return {problem.kind for problem in found.repairs}
