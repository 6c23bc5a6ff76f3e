"""The example's catalogues as MARC files: what Koha, Evergreen-like and older systems export."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from making.copies import Copy, copies_of, kind_of
from making.marc8 import encode
from making.records import field, record
from making.titles import Title
from pymarc import Field, Record, XMLWriter

_KOHA_LOAN = {"loan": ("q", "2026-12-20"), "missing": ("1", "1")}


def held(titles: list[Title], library: str) -> list[tuple[str, Title]]:
    """The titles a library holds, each with the record's control number."""
    return [(f"{library[:2].upper()}{t.id[1:]}", t) for t in titles if library in t.copies]


def _by_title(titles: list[Title], library: str) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for copy in copies_of(titles, library):
        found.setdefault(copy.title.id, []).append(copy)
    return found


def koha_item(copy: Copy) -> Field:
    """A 952 as Koha exports it."""
    code = copy.library.upper()
    return field(
        "952",
        "  ",
        ("2", "ddc"),
        ("8", copy.kind),
        ("a", code),
        ("b", code),
        ("c", "RUANG-BACA" if copy.kind in {"REF", "SER", "RAR"} else "UMUM"),
        ("d", copy.acquired.isoformat()),
        ("e", copy.method),
        ("o", copy.shelfmark),
        ("p", copy.barcode),
        ("t", str(copy.number)),
        ("y", copy.kind),
        ("7", "1" if copy.kind in {"REF", "SER", "RAR"} else "0"),
        *([_KOHA_LOAN[copy.status]] if copy.status in _KOHA_LOAN else []),
    )


def holding_852(copy: Copy) -> Field:
    """An 852 for one copy in the manner of Evergreen: $b library, $c location, $g type, $p barcode."""
    return field(
        "852",
        "1 ",
        ("a", copy.library),
        ("b", copy.library),
        ("c", "UMUM"),
        ("g", copy.kind),
        ("h", copy.title.ddc),
        ("i", copy.shelfmark.removeprefix(copy.title.ddc).strip()),
        ("p", copy.barcode),
        ("s", {"available": "Available", "loan": "Checked out", "missing": "Missing"}[copy.status]),
        ("t", str(copy.number)),
    )


def _records(titles: list[Title], library: str, *, rda: bool, items: str) -> list[Record]:
    agency = f"ID-{library.upper()}"
    copies = _by_title(titles, library)
    made = []
    for number, title in held(titles, library):
        one = record(title, agency, number, rda=rda, subjects=library not in {"giri", "karang"})
        for copy in copies[title.id] if items else ():
            one.add_field(koha_item(copy) if items == "952" else holding_852(copy))
        made.append(one)
    return made


def write_binary(out: Path, titles: list[Title], library: str, *, items: str) -> None:
    """UTF-8 ISO 2709 with items in 952 or 852."""
    out.write_bytes(b"".join(one.as_marc() for one in _records(titles, library, rda=True, items=items)))


def write_xml(out: Path, titles: list[Title], library: str, *, rda: bool) -> None:
    """MARCXML with 852, gzipped when the name says so; serials come without, see ``write_holdings``."""
    open_ = gzip.GzipFile(out, "wb", mtime=0) if out.suffix == ".gz" else out.open("wb")
    writer = XMLWriter(open_)
    for one in _records(titles, library, rda=rda, items="852"):
        if one.leader[7] == "s" and library == "prov":
            one.remove_fields("852")
        writer.write(one)
    writer.close()


def write_json(out: Path, titles: list[Title], library: str) -> None:
    """MARC-in-JSON, an array of records, items in 952."""
    records = [one.as_dict() for one in _records(titles, library, rda=True, items="952")]
    out.write_text(json.dumps(records, ensure_ascii=False, indent=1), "utf-8")


def write_marc8(out: Path, titles: list[Title], library: str) -> None:
    """ISO 2709 in MARC-8 (LDR/09 blank), without items: those come as holdings records."""
    records = _records(titles, library, rda=False, items="")
    for one in records:
        _without_unwritable(one)
    out.write_bytes(b"".join(map(_marc8, records)))


def _without_unwritable(one: Record) -> None:
    """Take out 880 fields in scripts that MARC-8 does not have (Javanese), as older systems must."""
    for f in one.get_fields("880"):
        try:
            _field_bytes(f)
        except ValueError:
            one.remove_field(f)
            one[f["6"][:3]].delete_subfield("6")


def _marc8(one: Record) -> bytes:
    """The record in MARC-8; directory and lengths by ISO 2709."""
    directory, data = b"", b""
    for f in one.fields:
        content = _field_bytes(f) + b"\x1e"
        directory += f"{f.tag}{len(content):04d}{len(data):05d}".encode()
        data += content
    base = 24 + len(directory) + 1
    leader = f"{base + len(data) + 1:05d}{one.leader[5:9]} {one.leader[10:12]}{base:05d}{one.leader[17:24]}"
    return leader.encode() + directory + b"\x1e" + data + b"\x1d"


def _field_bytes(f: Field) -> bytes:
    if f.is_control_field():
        return encode(f.data or "")
    start = f"{f.indicator1}{f.indicator2}".encode()
    return start + b"".join(b"\x1f" + s.code.encode() + encode(s.value) for s in f.subfields)


def write_holdings(out: Path, titles: Iterable[Title], library: str, *, serials_only: bool) -> None:
    """Separate MARC 21 holdings records (MFHD): 004, 852, 866 for serials, 876 for pieces."""
    chosen = [t for t in titles if library in t.copies and (t.is_serial or not serials_only)]
    copies = _by_title(chosen, library)
    out.write_bytes(b"".join(_holding(n, t, copies[t.id]).as_marc() for n, t in held(chosen, library)))


def _holding(number: str, title: Title, copies: list[Copy]) -> Record:
    made = Record(leader=f"00000n{'y' if title.is_serial else 'x'}  a2200000 i 4500")
    made.add_field(
        Field("001", data=f"H{number}"), Field("004", data=number), Field("005", data="20260302101500.0")
    )
    made.add_field(Field("008", data="2603020u    8   4001uueng0260302"))
    first = copies[0]
    kind = kind_of(title, first.library)
    made.add_field(
        field(
            "852",
            "1 ",
            ("8", "1"),
            ("a", first.library),
            ("b", first.library),
            ("c", kind),
            ("h", title.ddc),
            ("i", first.shelfmark.removeprefix(title.ddc).strip()),
        )
    )
    if run := title.extra.get("run"):
        made.add_field(field("866", "41", ("8", "1"), ("a", run)))
    for copy in copies:
        status = {"loan": "On loan", "missing": "Missing"}.get(copy.status, "")
        made.add_field(
            field(
                "876",
                "  ",
                ("8", f"1.{copy.number}"),
                ("a", copy.barcode),
                ("d", f"{copy.acquired:%Y%m%d}"),
                ("j", status),
                ("l", copy.kind),
                ("p", copy.barcode),
                ("t", str(copy.number)),
            )
        )
    return made
