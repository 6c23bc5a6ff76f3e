"""Records that find their fields by tag."""

from ingest.convert.indexed import Indexed
from tests.convert.marc import record


def test_fields_are_found_as_in_the_record_itself() -> None:
    plain = record("=245  00$aSatu\n=650  \\4$aDua\n=264  \\1$aTiga\n=650  \\4$aEmpat")
    indexed = Indexed.of(plain)
    for tags in (("650",), ("264", "650"), ("999",), ("998", "999"), ()):
        assert indexed.get_fields(*tags) == plain.get_fields(*tags)
    assert indexed.get("650") is plain.get("650")
    assert indexed.get("999") is None
    assert indexed.as_marc() == plain.as_marc()
