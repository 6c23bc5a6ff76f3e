"""Items from the fields that hold them, one case per system, with records of our own invention."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymarc import Field, Indicators, Record, Subfield

from graph.store import LocalStore
from ingest.code_map import CodeMap
from ingest.convert import Converter
from ingest.items import LIBRARY_CODE, ItemRules
from ingest.items.coded import SPANS
from ingest.items.holders import library_codes
from ingest.items.patterns import captions, in_words
from ingest.items.profiles import AUTOMATIC, FOLDER, profile
from ingest.items.text import iso_date
from ingest.source import Source
from ontology.display import kind_of_note

BASE = "https://jejaring.test"
INSTANCE = f"{BASE}/id/instance/kota-1"
KNOWN = {"kota": "kota", "ID-KOT": "kota", "desa": "desa"}


def record(*fields: Field, leader: str = "00000nam a2200000 i 4500") -> Record:
    made = Record(force_utf8=True)
    made.leader = leader
    made.fields = list(fields)
    return made


def field(tag: str, *pairs: str, indicators: str = "  ") -> Field:
    subfields = [Subfield(pair[0], pair[1:]) for pair in pairs]
    return Field(tag, Indicators(indicators[0], indicators[1]), subfields)


def said(made: Record, **source) -> tuple[LocalStore, list]:
    libraries = {code.casefold(): name for code, name in KNOWN.items()}
    rules = ItemRules(BASE, Source("kota", libraries=libraries, **source))
    lines, problems = rules.lines(made, INSTANCE)
    store = LocalStore.in_memory()
    store.load_lines(lines)
    return store, problems


def values(store: LocalStore, path: str) -> set[str]:
    prefixes = (
        "PREFIX bf: <http://id.loc.gov/ontologies/bibframe/> PREFIX odrl: <http://www.w3.org/ns/odrl/2/> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dct: <http://purl.org/dc/terms/> "
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    )
    rows = store.select(f"{prefixes} SELECT ?x WHERE {{ ?item a bf:Item ; {path} ?x }}")
    return {
        row["x"].value.removeprefix(f"{BASE}/id/").removeprefix("https://w3id.org/jejaring/ns#") for row in rows
    }


KOHA = field("952", "aKOTA", "bDESA", "yREF", "p3001", "o020 SUL p", "d2026-02-17", "cGEN", "zRusak sedikit")


def test_koha_item():
    store, problems = said(record(KOHA))
    assert problems == []
    assert values(store, "bf:itemOf") == {"instance/kota-1"}
    assert values(store, "bf:heldBy") == {"kota"}
    assert values(store, "bf:place") == {"desa"}
    assert values(store, "odrl:partOf") == {"cat-reference"}
    assert values(store, "bf:usageAndAccessPolicy") == {"access-library-only"}
    assert values(store, "bf:status") == {"status-available"}
    assert values(store, "bf:shelfMark/rdfs:label") == {"020 SUL p"}
    assert values(store, "bf:identifiedBy/rdf:value") == {"3001"}
    assert values(store, "bf:immediateAcquisition/bf:date") == {"2026-02-17"}
    assert values(store, "bf:sublocation/rdfs:label") == {"GEN"}
    assert "Rusak sedikit" in values(store, "bf:note/rdfs:label")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("q2026-03-01", "status-on-loan"),
        ("q0", "status-available"),
        ("11", "status-missing"),
        ("01", "status-missing"),
    ],
)
def test_koha_states(code, status):
    store, _ = said(record(field("952", "akota", "yBK", "p1", code)))
    assert values(store, "bf:status") == {status}


def test_unknown_library_is_kept_under_a_stand_in_and_reported():
    store, problems = said(record(field("952", "aXYZ", "bXYZ", "p1")))
    assert values(store, "bf:heldBy") == {"unknown-holder/XYZ"}
    assert values(store, "bf:heldBy/rdfs:label") == {"XYZ"}
    assert [problem.kind for problem in problems] == ["unknown-library"]


def test_library_of_the_source_holds_what_names_no_known_library():
    store, problems = said(record(field("952", "aXYZ", "bXYZ", "p1")), library="kota")
    assert values(store, "bf:heldBy") == {"kota"}
    assert [problem.kind for problem in problems] == ["unknown-branch"]


@pytest.mark.parametrize(
    ("codes", "library", "noted"),
    [
        (("akota", "bkota"), None, set()),  # the holder's own id
        (("aKOTA", "bkota"), None, set()),
        (("aXYZ", "bXYZ"), None, set()),  # the stand-in is called so
        (("aXYZ", "bXYZ"), "kota", {"XYZ"}),  # nothing else would tell it
    ],
)
def test_code_of_a_library_is_noted_where_nothing_else_tells_it(codes, library, noted):
    store, _ = said(record(field("952", *codes, "p1")), library=library)
    assert values(store, "bf:note/rdfs:label") == noted


def test_unmapped_code_is_listed_and_never_guessed():
    store, problems = said(record(field("952", "akota", "bkota", "yZZZ", "p1")))
    assert values(store, "odrl:partOf") == set()
    assert values(store, "bf:usageAndAccessPolicy") == set()
    assert [problem.kind for problem in problems] == ["unmapped-code"]


def test_code_map_of_the_source_goes_before_the_profile():
    codes = CodeMap.parse(
        "kolom;nilai_lokal;kategori;akses;status\nitype;BK;langka dan naskah;terbatas;\n", "k.csv"
    )
    store, _ = said(record(field("952", "akota", "bkota", "yBK", "p1")), code_map=codes)
    assert values(store, "odrl:partOf") == {"cat-rare"}
    assert values(store, "bf:usageAndAccessPolicy") == {"access-restricted"}


def test_unknown_term_in_a_code_map_proposes_the_nearest():
    codes = CodeMap.parse("kolom,nilai_lokal,kategori\nitype,BK,koleksi umun\n", "k.csv")
    assert "koleksi umum" in codes.problems[0].remedy
    assert not codes.meanings


def test_kind_of_record_stands_in_where_there_is_no_code():
    made = record(field("852", "akota", "h020"), leader="00000nas a2200000 i 4500")
    store, _ = said(made)
    assert values(store, "odrl:partOf") == {"cat-serial"}
    assert values(store, "bf:usageAndAccessPolicy") == {"access-library-only"}


def test_pieces_inherit_from_their_location():
    made = record(
        field("852", "akota", "cRak 3", "h020", "iSUL", "81", indicators="1 "),
        field("876", "81.1", "p7001", "t1"),
        field("876", "81.2", "p7002", "t2", "jXQ"),
    )
    store, problems = said(made)
    assert values(store, "bf:identifiedBy/rdf:value") == {"7001", "7002"}
    assert values(store, "bf:shelfMark/rdfs:label") == {"020 SUL"}
    assert values(store, "bf:sublocation/rdfs:label") == {"Rak 3"}
    assert [problem.kind for problem in problems] == ["unmapped-code"]


def test_textual_runs_and_patterns():
    made = record(
        field("852", "akota", "81"),
        field("853", "81", "av.", "bno.", "i(year)", "j(month)"),
        field("863", "81.1", "a33", "b1", "i2016", "j02"),
        field("866", "81", "av.1-32 (1984-2015)"),
    )
    store, _ = said(made)
    expected = {"v. 33, no. 1 (2016 Feb.)", "v.1-32 (1984-2015)"}
    assert values(store, "bf:enumerationAndChronology/rdfs:label") == expected


def test_season_and_missing_pattern():
    pattern = captions([field("853", "81", "ayr.", "j(season)")])
    assert in_words(field("863", "81.1", "a2", "j21"), pattern) == "yr. 2 (Spring)"
    assert in_words(field("863", "82.1", "a2", "i2001"), pattern) == "2 (2001)"


def test_sirsi_item_with_price_and_american_date():
    store, problems = said(record(field("949", "aHB179", "wLC", "i99", "mkota", "tBOOK", "u3/16/2010", "p$24.95")))
    assert problems == []
    assert values(store, "bf:immediateAcquisition/bf:date") == {"2010-03-16"}
    assert values(store, "bf:immediateAcquisition/bf:acquisitionTerms") == {"$24.95"}
    assert values(store, "bf:shelfMark/a") == {"http://id.loc.gov/ontologies/bibframe/ShelfMarkLcc"}


def test_withheld_price_is_not_published():
    made = record(field("949", "aHB179", "i99", "mkota", "tBOOK", "p$24.95"))
    store, _ = said(made, withheld=frozenset({"price"}))
    assert values(store, "bf:immediateAcquisition/bf:acquisitionTerms") == set()


def test_alma_copies_join_their_holding_by_its_number():
    made = record(
        field("MBD", "Mkota", "i77", "nKota"),
        field("MBD", "Mutara", "i88", "nPerpustakaan Utara"),
        field("H52", "bTKK", "cLt. 2", "h020", "iSUL", "81", "8221", indicators="1 "),
        field("H52", "bUT", "h899", "8222"),
        field("HOL", "8221", "Mkota"),
        field("HOL", "8222", "Mutara"),
        field("H66", "8222", "av.1-32", "xinternal"),
        field("ITM", "H221", "a231", "bE1", "Mkota", "fBOOK"),
        field("ITM", "H229", "a232", "bE2", "Mdesa", "fBOOK"),
    )
    store, problems = said(made)
    assert values(store, "bf:heldBy") == {"kota", "desa", "unknown-holder/utara"}
    assert values(store, "bf:heldBy/rdfs:label") == {"utara", "Perpustakaan Utara"}
    assert values(store, "bf:shelfMark/rdfs:label") == {"020 SUL", "899"}
    assert values(store, "bf:enumerationAndChronology/rdfs:label") == {"v.1-32"}
    assert values(store, "bf:itemOf/bf:identifiedBy/rdf:value") == {"77", "88"}
    assert [problem.kind for problem in problems] == ["unknown-library"]
    assert not any("internal" in label for label in values(store, "bf:note/rdfs:label"))


def test_alma_holding_without_location_is_no_item():
    made = record(field("HOL", "822", "Mkota"), field("ITM", "H22", "a23", "bE1", "cTKK 1", "Mdesa", "fBOOK"))
    store, _ = said(made)
    assert values(store, "bf:heldBy") == {"desa"}


def test_holdings_records_of_sirsi_bear_the_number_of_their_bib():
    rules = ItemRules(BASE, Source("kota", library="kota"))
    made = record(Field("001", data="107"), Field("003", data="SIRSI"), Field("004", data="LIAS128"))
    made.leader = "00000nx  a2200000un 4500"
    made.add_field(field("852", "aPSt", "bUTAMA", "h020"))
    _, (lines, _, _) = rules.holdings(made)
    assert any(f"itemOf> <{BASE}/id/instance/kota-107>" in line for line in lines)
    named = [line for line in lines if "unknown-holder" in line]
    bib, _ = rules.lines(record(field("949", "aHB179", "i99", "mUTAMA", "tBOOK")), INSTANCE)
    assert [line for line in bib if "unknown-holder" in line] == named, "one code is one holder"


def test_another_script_reaches_the_location_and_what_belongs_to_it():
    made = record(
        field("852", "akota", "cRak", "zCatatan", "6880-01"),
        field("866", "av.1", "6880-02"),
        field("880", "6852-01/$1", "akota", "c書架", "z注記"),
        field("880", "6866-02/$1", "a第1卷"),
    )
    store, problems = said(made)
    assert problems == []
    assert values(store, "bf:heldBy") == {"kota"}
    assert values(store, "bf:sublocation/rdfs:label") == {"Rak", "書架"}
    assert values(store, "bf:note/rdfs:label") >= {"Catatan", "注記"}
    assert values(store, "bf:enumerationAndChronology/rdfs:label") == {"v.1", "第1卷"}


@pytest.mark.parametrize(
    ("holders", "agency", "reached"),
    [(("kota", "kota"), "", 2), (("kota", "desa"), "", 0), (("kota", "desa"), "desa", 1)],
)
def test_acquisition_of_541_reaches_the_copies_it_speaks_of(holders, agency, reached):
    copies = [field("852", f"a{holder}", f"p{place}") for place, holder in enumerate(holders)]
    source = field("541", "aKeluarga Contoh", "chadiah", "d20260217", *([f"5{agency}"] if agency else []))
    store, _ = said(record(source, *copies))
    found = store.select(
        "SELECT ?i WHERE { ?i <http://id.loc.gov/ontologies/bibframe/immediateAcquisition> ?a . ?a "
        "<http://purl.org/dc/terms/type> <https://w3id.org/jejaring/ns#acq-gift> ; "
        '<http://id.loc.gov/ontologies/bibframe/date> "2026-02-17"^^<http://www.w3.org/2001/XMLSchema#date> }'
    )
    assert len(found) == reached


def test_package_of_a_rotation():
    store, _ = said(record(KOHA), packages={"3001": "pk1"})
    assert values(store, "dct:isPartOf") == {"pk1"}


def test_bad_date_is_reported_and_kept():
    store, problems = said(record(field("952", "akota", "bkota", "p1", "d31/02/2026")))
    assert [problem.kind for problem in problems] == ["unreadable-date"]
    assert "31/02/2026" in values(store, "bf:immediateAcquisition/rdfs:label")


@pytest.mark.parametrize(
    ("text", "day"), [("20260315", "2026-03-15"), ("15-03-2026", "2026-03-15"), ("31/02/2026", "")]
)
def test_dates(text, day):
    assert iso_date(text) == day


def test_holdings_record_joins_its_bib_and_reports_when_it_names_none():
    rules = ItemRules(BASE, Source("kota", library="kota"))
    leader = "00000nx  a2200000un 4500"
    _, (joined, problems, _) = rules.holdings(record(Field("004", data="77"), field("852", "h020"), leader=leader))
    assert any(f"itemOf> <{BASE}/id/instance/kota-77>" in line for line in joined)
    assert problems == []
    _, (_, problems, _) = rules.holdings(record(Field("001", data="5"), field("852", "h020"), leader=leader))
    assert [problem.kind for problem in problems] == ["holdings-without-bib"]


def test_library_codes_of_a_directory():
    store = LocalStore.in_memory()
    org, jp = "http://www.w3.org/ns/org#Organization", "https://w3id.org/jejaring/ns#"
    store.load_lines(
        [
            f"<{BASE}/id/kota> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{org}> .",
            f'<{BASE}/id/kota> <{jp}isil> "ID-KOT" .',
            f"<{BASE}/id/unknown-holder/X> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{org}> .",
        ]
    )
    assert library_codes(store) == {"kota": "kota", "id-kot": "kota"}


@pytest.mark.parametrize("name", [*AUTOMATIC, "slims", "inlislite"])
def test_profiles_load_and_every_ignored_subfield_has_a_reason(name):
    for tag, spec in profile(name).fields.items():
        for code, roles in spec.roles.items():
            if roles[0].name == "ignored":
                assert len(profile(name).coverage(tag, code) or "") > 20


HOSTILE = st.text(max_size=20)


@given(st.lists(st.tuples(st.sampled_from("abcdopqyz0178"), HOSTILE), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_hostile_values_never_break_the_statements(pairs):
    made = record(Field("952", Indicators(" ", " "), [Subfield(code, value) for code, value in pairs]))
    lines, _ = ItemRules(BASE, Source("kota", profile="koha")).lines(made, INSTANCE)
    quads = list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES))
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad.triple)
    assert lines == ItemRules(BASE, Source("kota", profile="koha")).lines(made, INSTANCE)[0]


def test_equal_copies_without_numbers_stay_two():
    store, _ = said(record(field("852", "akota", "h020"), field("852", "akota", "h020")))
    assert len(store.select("SELECT ?i WHERE { ?i a <http://id.loc.gov/ontologies/bibframe/Item> }")) == 2


def test_runs_without_a_location_are_a_holding_of_the_source():
    store, problems = said(record(field("866", "a1990-2001")), library="kota", profile="marc21")
    assert values(store, "bf:heldBy") == {"kota"}
    assert values(store, "bf:enumerationAndChronology/rdfs:label") == {"1990-2001"}
    assert problems == []


def local_fields(*fields: Field, leader: str = "00000nam a2200000 i 4500") -> set[str]:
    made = record(Field("001", data="1"), *fields, leader=leader)
    lines = Converter(BASE, Source("kota", library="kota")).convert(made).lines
    return {line.split('"')[1] for line in lines if "ns#tag>" in line}


def test_what_items_say_is_not_kept_a_second_time():
    title = field("245", "aLaut biru")
    assert local_fields(title, KOHA, field("990", "ax")) == {"990$a"}
    assert local_fields(title, field("949", "ax", "z1")) == {"949$az"}, "no item in MARC 21"
    assert local_fields(title, field("ITM", "a1", "Mkota"), field("GST", "aDinge")) == {"GST$a"}
    assert local_fields(title, field("ITM", "a1", "Mkota"), field("HOL", "8222", "Mkota")) == {"HOL$8M"}


def test_what_a_holdings_record_says_beside_its_items_is_kept():
    leader = "00000nx  a2200000un 4500"
    found = local_fields(Field("004", data="7"), field("022", "a1234-5679"), field("852", "h020"), leader=leader)
    assert found == {"022$a"}


def test_institutions_of_a_union_catalogue_hold_an_item_where_the_record_has_none():
    store, problems = said(record(field("850", "aKOTA", "adesa", "aDESA")), profile="union")
    assert problems == []
    assert values(store, "bf:heldBy") == {"kota", "desa"}
    beside, _ = said(record(field("852", "akota", "h020"), field("850", "adesa")), profile="union")
    assert values(beside, "bf:heldBy") == {"kota"}


def test_institutions_in_a_catalogue_of_one_library_hold_nothing_there():
    assert values(said(record(field("850", "adesa")))[0], "bf:heldBy") == set()
    assert local_fields(field("852", "akota", "h020"), field("850", "adesa")) == {"850$a"}


def test_reproduction_and_coded_holdings_data_are_said_of_the_holding():
    store, _ = said(
        record(field("841", "ax"), field("852", "akota", "zPublik"), field("843", "aMikrofilm", "d1990"))
    )
    assert values(store, "bf:note/rdfs:label") >= {"x", "Mikrofilm", "1990", "Publik"}
    assert "" not in values(store, "bf:note/bf:noteType")


def test_every_kind_of_note_is_named_in_indonesian():
    roles = (
        role
        for path in FOLDER.glob("*.yaml")
        for spec in profile(path.stem).fields.values()
        for each in spec.roles.values()
        for role in each
    )
    kinds = {role.argument for role in roles if role.name == "note"} | {kind for kind, _, _ in SPANS}
    for kind in (*kinds - {""}, LIBRARY_CODE, "address", "copy", "link"):
        assert kind_of_note(kind, "id") != kind_of_note(kind, "en") == kind


def test_a_library_named_in_an_852_of_its_own_is_that_of_all_locations() -> None:
    made = record(
        field("852", "81"), field("852", "cZB 1", "z1979"), field("852", "cZB 2"), field("852", "aID-KOT")
    )
    store, problems = said(made)
    assert values(store, "bf:heldBy") == {"kota"}
    assert values(store, "bf:sublocation/rdfs:label") == {"ZB 1", "ZB 2"}
    assert len(store.select("SELECT ?i WHERE { ?i a <http://id.loc.gov/ontologies/bibframe/Item> }")) == 2
    assert not problems
