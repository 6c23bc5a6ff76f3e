"""Links of 856."""

from ingest.convert import Converter
from ingest.source import Source
from tests.convert.marc import record
from tests.convert.saying import BASE, said


def test_a_table_of_contents_belongs_to_the_work() -> None:
    found = said(r"=856  42$3Daftar isi$uhttps://buku.example/isi")
    assert "Work bf:tableOfContents <https://buku.example/isi>" in found
    assert "Instance bf:electronicLocator <https://buku.example/isi>" not in found


def test_no_link_no_electronic_resource() -> None:
    text = r"=856  40$zAsk at the desk"
    assert 'Instance bf:note/[bf:Note]/rdfs:label "Ask at the desk"' in said(text)
    assert not any(
        "bibframe/Electronic>" in line for line in Converter(BASE, Source("t")).convert(record(text)).lines
    )
