from hypothesis import given, settings
from hypothesis import strategies as st
from pymarc import Record

from ingest.readers import encodings
from ingest.readers.direct import direct
from ingest.readers.iso2709 import _sound
from tests.readers import made
from tests.readers.test_iso2709 import EDITS, corrupted

TEXTS = st.text(st.characters(exclude_characters="\x1b\x1d\x1e\x1f", exclude_categories=["Cs"]), max_size=20)


def whole(record: Record) -> tuple[object, ...]:
    """All that a record holds, empty subfields and the kind of each field included."""
    fields = [(f.tag, f.control_field, f.data, f.indicators, list(f.subfields)) for f in record.fields]
    leader = str(record.leader)
    return (leader[:9], leader[10:], fields, record.pos, record.to_unicode, record.force_utf8)


def read(chunk: bytes) -> tuple[Record | None, Record | None]:
    """A chunk read directly, and through pymarc."""
    encoding = encodings.find(chunk)
    decode = None if encoding.codec == encodings.FAST else encodings.decoder(encoding)
    return direct(chunk, decode), _sound(chunk, encoding)


@given(title=TEXTS, note=TEXTS, declared=st.sampled_from([b"a", b" "]))
def test_well_formed_records_are_read_as_pymarc_reads_them(title: str, note: str, declared: bytes) -> None:
    chunk = made.iso(1, title, f500=note, f035="")
    ours, theirs = read(chunk[:9] + declared + chunk[10:])
    assert ours is not None
    assert theirs is not None
    assert whole(ours) == whole(theirs)


@given(title=st.binary(max_size=12).map(lambda raw: bytes(byte for byte in raw if byte not in b"\x1d\x1e\x1f")))
def test_so_are_those_in_eight_bit_sets(title: bytes) -> None:
    ours, theirs = read(made.legacy(1, title))
    assert ours is not None
    assert theirs is not None
    assert whole(ours) == whole(theirs)


@settings(max_examples=300)
@given(edits=EDITS)
def test_what_is_not_well_formed_is_left_to_pymarc_or_read_alike(edits: list[tuple[int, str, bytes]]) -> None:
    ours, theirs = read(corrupted(made.iso(1, f500="Édisi ketiga"), edits))
    if ours is not None:
        assert theirs is not None
        assert whole(ours) == whole(theirs)


def test_subfields_may_be_empty_but_not_their_codes() -> None:
    chunk = made.iso(1, f500="x")
    assert direct(chunk.replace(b"\x1fax\x1e", b"\x1fa\x1f\x1e"), None) is not None
    assert direct(chunk.replace(b"\x1fax\x1e", b"\x1f\xc3\xa9\x1e"), None) is None


def test_what_lacks_its_terminators_is_refused() -> None:
    for chunk in (b"", b"\x1d", made.iso(1)[:-1], made.iso(1)[:-2] + b"\x1d", b"00010000001\x1e\x1d"):
        assert direct(chunk, None) is None
