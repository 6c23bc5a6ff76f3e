"""Authority files in each form, written here; what is read, and the news of what is not."""

import gzip
import json

import pytest
from pymarc import Field, Record, Subfield

from graph.errors import InputError
from graph.matching.entry import Entry
from ingest.authority_files import read
from ingest.problems import Problem


def entries(path, **options):
    return [one for one in read(path, **options) if isinstance(one, Entry)]


SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <http://x/> .
@prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
x:1 skos:prefLabel "Kopi"@id , "Coffee"@en ; skos:altLabel "Kahwa"@id ; skos:broader x:2 ; skos:scopeNote "Biji." ;
  skos:exactMatch <http://d-nb.info/gnd/4031791-2> .
x:2 skos:prefLabel "Tanaman"@id .
x:3 skos:prefLabel "Bandung" ; wgs:lat "-6.9" ; wgs:long "107.6" .
"""


def test_skos_gives_labels_variants_broader_and_links(tmp_path):
    file = tmp_path / "a.ttl"
    file.write_text(SKOS)
    coffee, plants, city = entries(file, kind="topic")
    assert (coffee.label, set(coffee.variants), coffee.broader) == ("Kopi", {"Coffee", "Kahwa"}, ("Tanaman",))
    assert (coffee.identifiers, coffee.description) == (("https://d-nb.info/gnd/4031791-2",), "Biji.")
    assert (plants.kind, city.coordinates) == ("topic", (-6.9, 107.6))


MADS = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:madsrdf="http://www.loc.gov/mads/rdf/v1#">
<madsrdf:PersonalName rdf:about="http://id.loc.gov/authorities/names/n00000001">
 <madsrdf:authoritativeLabel>Sutarno, Mira, 1950-</madsrdf:authoritativeLabel>
 <madsrdf:hasVariant><madsrdf:PersonalName><madsrdf:variantLabel>Sutarno, M.</madsrdf:variantLabel>
 </madsrdf:PersonalName></madsrdf:hasVariant>
</madsrdf:PersonalName></rdf:RDF>"""


def test_mads_gives_kinds_and_variants_behind_nodes(tmp_path):
    file = tmp_path / "a.rdf.gz"
    file.write_bytes(gzip.compress(MADS.encode()))
    (mira,) = entries(file)
    assert (mira.kind, mira.label, mira.variants) == ("person", "Sutarno, Mira, 1950-", ("Sutarno, M.",))


def marc(*fields: tuple[str, str]) -> Record:
    record = Record(leader="00000nz  a2200000n  4500")
    for tag, text in fields:
        if tag < "010":
            record.add_field(Field(tag, data=text))
        else:
            parts = [Subfield(part[0], part[1:]) for part in text.split("$")[1:]]
            record.add_field(Field(tag, [" ", " "], parts))
    return record


def test_marc_gives_heading_variants_dates_broader_and_numbers(tmp_path):
    file = tmp_path / "a.mrc"
    mira = marc(
        ("001", "1"), ("010", "$an  00000001 "), ("024", "$ahttp://viaf.org/viaf/77$2uri"), ("046", "$f19500302"),
        ("100", "$aSutarno, Mira,$d1950-"), ("374", "$aPenyair"), ("400", "$aSutarno, M."),
        ("670", "$aKebun kopi di lereng, 1980:$bt.p."), ("670", "$aEnsiklopedi besar Indonesia"),
    )  # fmt: skip
    coffee = marc(
        ("001", "2"), ("010", "$ash 00000002 "), ("150", "$aCoffee$zJava"), ("550", "$wg$aCrops"), ("550", "$aTea")
    )
    file.write_bytes(mira.as_marc() + coffee.as_marc() + marc(("001", "3"), ("150", "$aTea")).as_marc())
    found = list(read(file))
    assert isinstance(found[2], Problem)
    assert found[2].control_number == "3"
    one, other = entries(file)
    assert (one.iri, one.kind) == ("http://id.loc.gov/authorities/names/n00000001", "person")
    assert (one.dates, one.variants, one.roles) == ("1950-", ("Sutarno, M.",), ("Penyair",))
    assert (one.titles, one.identifiers) == (("Kebun kopi di lereng",), ("http://viaf.org/viaf/77",))
    assert (other.label, other.broader) == ("Coffee--Java", ("Crops",))


def test_lobid_lines_give_entries_and_bad_lines_are_told(tmp_path):
    one = {
        "id": "https://d-nb.info/gnd/118540238",
        "type": ["AuthorityResource", "DifferentiatedPerson", "Person"],
        "preferredName": "Sutarno, Mira",
        "variantName": ["Sutarno, M."],
        "dateOfBirth": ["1950-03-02"],
        "professionOrOccupation": [{"id": "x", "label": "Dichterin"}],
        "sameAs": [{"id": "http://viaf.org/viaf/77"}],
    }
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(one) + "\n{broken\n" + json.dumps({"id": "x"}) + "\n")
    found = list(read(file))
    assert [isinstance(each, Problem) and each.record for each in found] == [False, 2, 3]
    (mira,) = entries(file)
    assert (mira.kind, mira.dates, mira.roles) == ("person", "1950-", ("Dichterin",))
    assert mira.identifiers == ("http://viaf.org/viaf/77",)


def test_geonames_dumps_are_read_by_their_columns(tmp_path):
    row = ["1650357", "Bandung", "Bandung", "Bandoeng,Bandoong", "-6.92", "107.6", "P", "PPLA", "ID", *[""] * 10]
    file = tmp_path / "ID.txt"
    file.write_text("\t".join(row) + "\n")
    (city,) = entries(file)
    assert (city.iri, city.kind, city.place) == ("https://sws.geonames.org/1650357/", "place", "ID")
    assert (city.variants, city.coordinates) == (("Bandoeng", "Bandoong", "Bandung"), (-6.92, 107.6))


def test_a_table_is_read_by_its_declared_columns(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("iri,label,kind,variants,identifiers\nhttp://x/1,Kopi,topic,Kahwa|Kawa,Q8486\n,Teh,topic,,\n")
    found = list(read(file))
    assert found[0] == Entry(
        "http://x/1", "Kopi", "topic", ("Kahwa", "Kawa"), identifiers=("http://www.wikidata.org/entity/Q8486",)
    )
    assert isinstance(found[1], Problem)
    assert found[1].record == 3


def test_rows_of_one_entry_become_one_with_its_preferred_label(tmp_path):
    file = tmp_path / "a.tsv"
    head = "scheme\tiri\tkind\tpref\tlang\tlabel\n"
    file.write_text(head + "x\thttp://x/1\tcorporate\t0\t\tPN\nx\thttp://x/1\tcorporate\t1\tid\tPerpusnas\n")
    expected = Entry("http://x/1", "Perpusnas", "organization", ("PN",), tagged=("id Perpusnas",))
    assert entries(file, mapping="labels") == [expected]


def test_a_mapping_of_ones_own_is_a_file(tmp_path):
    mapping, file = tmp_path / "m.yaml", tmp_path / "a.csv"
    mapping.write_text(
        'delimiter: semicolon\niri: "http://x/{kode}"\nlabel: nama\nkind: place\nidentifiers: [wikidata]\n'
    )
    file.write_text("kode;nama;wikidata\n7;Klopidang;Q42\n")
    (place,) = entries(file, mapping=str(mapping))
    assert place == Entry("http://x/7", "Klopidang", "place", identifiers=("http://www.wikidata.org/entity/Q42",))


TABLE = "ror\tname\tstatus\nhttps://ror.org/1\tBalai Xyloto\twithdrawn\nhttps://ror.org/2\tBalai Zwett\tactive\n"
RDF = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
<http://x/1> skos:prefLabel "Balai Xyloto" ; owl:deprecated true . <http://x/2> skos:prefLabel "Balai Zwett" ."""


@pytest.mark.parametrize("form", ["table", "rdf", "marc"])
def test_what_its_publisher_took_back_is_nothing_to_link_to(tmp_path, form):
    file = tmp_path / {"table": "a.tsv", "rdf": "a.ttl", "marc": "a.mrc"}[form]
    old, kept = (marc(("010", f"$an  0000000{at} "), ("110", f"$aBalai {name}")) for at, name in
                 enumerate(("Xyloto", "Zwett")))  # fmt: skip
    old.leader = "00000xz  a2200000n  4500"
    content = {"table": TABLE.encode(), "rdf": RDF.encode(), "marc": old.as_marc() + kept.as_marc()}
    file.write_bytes(content[form])
    assert [one.label for one in entries(file, mapping="ror" if form == "table" else "")] == ["Balai Zwett"]


@pytest.mark.parametrize(
    ("name", "content", "mapping", "says"),
    [
        ("a.ttl", b"<x> <y> ", "", "not valid RDF"),
        ("a.ttl", b"<http://x> <http://y> <http://z> .", "", "no labels"),
        ("a.csv", b"nama,kode\n1,2\n", "", "no column label"),
        ("a.csv", b"iri,label\n\xff\xfe,x\n", "", "not UTF-8"),
        ("a.csv", b"iri,label\n", "nothere", "no mapping nothere"),
        ("a.jsonl.gz", b"\x1f\x8b\x08", "", "cannot be read"),
        ("a.bin", b"hello", "", "no MARC"),
    ],
)
def test_what_is_no_authority_file_is_refused_with_a_remedy(tmp_path, name, content, mapping, says):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError, match=says):
        list(read(file, mapping=mapping))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(InputError, match="no file"):
        read(tmp_path / "nowhere.ttl")
