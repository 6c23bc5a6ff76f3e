import gzip
from pathlib import Path

import pytest

from graph.errors import InputError
from ingest import rdf

BASE = "https://example.org"


def read(tmp_path: Path, name: str, content: str) -> set[str]:
    file = tmp_path / name
    file.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    return set(rdf.read(file, BASE).lines)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", '<urn:a> <urn:b> "c"@id .'),
        ("a.nt.gz", '<urn:a> <urn:b> "c"@id .'),
        ("a.nq", '<urn:a> <urn:b> "c"@id <urn:graph> .'),
        ("a.trig", 'GRAPH <urn:graph> { <urn:a> <urn:b> "c"@id }'),
        ("a.jsonld", '{"@id": "urn:a", "urn:b": {"@value": "c", "@language": "id"}}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a"><u:b xml:lang="id">c</u:b></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_every_form_gives_the_same_statement(tmp_path: Path, name: str, content: str) -> None:
    assert read(tmp_path, name, content) == {'<urn:a> <urn:b> "c"@id .'}


def test_blank_nodes_are_named_by_what_is_said_of_them(tmp_path: Path) -> None:
    one = "<urn:a> <urn:address> [ <urn:city> 'Ambon' ; <urn:geo> [ <urn:lat> '-3.7' ] ] ."
    other = "_:x <urn:lat> '-3.7' . _:y <urn:geo> _:x ; <urn:city> 'Ambon' . <urn:a> <urn:address> _:y ."
    assert read(tmp_path, "a.ttl", one) == read(tmp_path, "b.ttl", other)
    assert all("_:" not in line for line in read(tmp_path, "a.ttl", one))


def test_blank_nodes_that_differ_stay_apart(tmp_path: Path) -> None:
    lines = read(
        tmp_path, "a.ttl", "<urn:a> <urn:p> [ <urn:q> '1' ], [ <urn:q> '2' ] . <urn:b> <urn:p> [ <urn:q> '1' ] ."
    )
    assert len({line.split()[2] for line in lines if "<urn:p>" in line}) == 3


def test_blank_nodes_in_a_circle(tmp_path: Path) -> None:
    lines = read(tmp_path, "a.ttl", "_:x <urn:p> _:y . _:y <urn:p> _:x ; <urn:q> '1' .")
    assert len(lines) == 3


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not valid RDF"):
        read(tmp_path, "a.jsonld", '{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "urn:a", "b": "c"}')


@pytest.mark.parametrize(("name", "content"), [("a.ttl", ""), ("a.ttl", "<a>"), ("a.nt", "\0" * 100)])
def test_bad_files_are_named(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(InputError, match=name):
        read(tmp_path, name, content)
