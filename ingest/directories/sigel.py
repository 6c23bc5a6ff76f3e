"""The German directory of ISILs and sigels in PICA, as its SRU service and its copies give it.

Fields as the directory describes them: 008H numbers, 009Q links, 029A name, 029@ other names, 032P addresses,
035B contacts, 035E type of library.
"""

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import ParseError

from graph.errors import InputError
from ingest.directories.organisation import Organisation, Reading
from ingest.directories.pica import Record, Subfields, records
from ingest.directories.tabular import officer, opened

READ = {"008H", "009Q", "029A", "029@", "032P", "035B", "035E"}
HOUSEKEEPING = {"001A", "001B", "001D", "001U", "001X", "002@", "003@", "050C", "050D", "050E"}
"""Fields about the record itself, and notes of those who keep the directory."""


def organisations(path: Path, reading: Reading) -> None:
    """One organisation a record; the address for interlibrary loan becomes that of the cooperation officer."""
    unread: Counter[str] = Counter()
    try:
        found = list(records(opened(path)))
    except (ValueError, ParseError) as error:
        raise InputError(f"{path} cannot be read as PICA: {error}.", "Export it again.") from error
    for number, record in enumerate(found, 1):
        unread.update({tag for tag, _ in record} - READ - HOUSEKEEPING)
        _organisation(record, reading, number)
    for tag, count in sorted(unread.items()):
        reading.note(f"field-{tag}", f"Field {tag} was not read; {count} records have it.", place=tag)


def _organisation(record: Record, reading: Reading, number: int) -> None:
    numbers, names = _first(record, "008H"), _first(record, "029A")
    isil = _value(numbers, "e").replace(" ", "")
    name = _value(names, "a")
    if not isil or not name:
        reading.note("empty-cell", "Record without ISIL (008H $e) or name (029A $a); left out.", number, lost=True)
        return
    address, contact = _main(record, "032P", "2", "S"), _main(record, "035B", "a", "S")
    links = [(_value(field, "z"), _value(field, "u")) for tag, field in record if tag == "009Q"]
    phone = " ".join(filter(None, (f"+{_value(contact, 'd')}", _value(contact, "e"), _value(contact, "f"))))
    sort = _value(_first(record, "035E"), "f")
    hours = "; ".join(filter(None, (_value(address, "i"), _value(address, "j"))))
    Organisation(
        isil, name, isil=isil, language="de",
        kind=reading.kind("lobid", f"n{sort}") if sort else "kind-other",
        codes=tuple(filter(None, (_value(numbers, "d"), _value(numbers, "b")))), names=_other_names(record, name),
        street=_value(address, "a"), city=_value(address, "b"), region=_value(address, "f"),
        country=_value(address, "d"), postcode=_value(address, "e"), lat=_value(address, "l"),
        lon=_value(address, "k"), email=_value(contact, "k"), telephone=phone if _value(contact, "f") else "",
        url=next((link for kind, link in links if kind == "A"), ""),
        catalogue=next((link for kind, link in links if kind == "B"), ""),
        see_also=tuple(link for kind, link in links if kind not in {"A", "B"} and link), hours_text=hours,
    ).state(reading, number)  # fmt: skip
    if email := _lending_address(record):
        officer(reading, isil, email)


def _other_names(record: Record, name: str) -> tuple[str, ...]:
    """Names but for the form under which the directory sorts ($4 c)."""
    found = [_value(field, "a") for tag, field in record if tag == "029@" and _value(field, "4") != "c"]
    return tuple(dict.fromkeys(one for one in found if one and one != name))


def _lending_address(record: Record) -> str:
    """The mail address of who lends ("Fernleihe"), where the directory has one; who gives before who takes."""
    found = [
        (_value(field, "b").casefold(), _value(field, "k"))
        for tag, field in record if tag == "035B" and "fernleihe" in _value(field, "b").casefold()
    ]  # fmt: skip
    return next((mail for _, mail in sorted(found, key=lambda one: "nehmend" in one[0]) if mail), "")


def _first(record: Record, tag: str) -> Subfields:
    return next((field for found, field in record if found == tag), [])


def _main(record: Record, tag: str, code: str, kind: str) -> Subfields:
    """The field of a kind (that for visitors), else the first."""
    return next((field for found, field in record if found == tag and _value(field, code) == kind), [])


def _value(field: Subfields, code: str) -> str:
    return next((value.strip() for found, value in field if found == code), "")
