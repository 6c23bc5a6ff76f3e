import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import InputError
from graph.names import SPARQL_PREFIXES
from graph.network import Network
from graph.store import LocalStore
from ingest import directories
from ingest.problems import ProblemLog, Severity
from ingest.sheets import validate
from ontology.vocabulary import ONTOLOGY

BASE = "https://data.jejaring.example"


def store_of(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return store


def answer(lines: list[str], pattern: str) -> bool:
    query = f"{SPARQL_PREFIXES}PREFIX ex: <{BASE}/id/>\nASK {{ {pattern} }}"
    return bool(store_of(lines).query(query))


def read(tmp_path: Path, name: str, content: str) -> list[str]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = directories.recognise(path)
    assert found is not None
    return directories.read(path, found.name, BASE).lines


def test_evergreen_units_keep_code_parent_and_hours(tmp_path: Path) -> None:
    days = "mon,tue,wed,thu,fri,sat,sun"
    head = (
        f"id,parent_id,level,code,name,email,phone,street,city,state,country,postcode,latitude,longitude,{days}\n"
    )
    body = "1,,system,S,Satu,,,,,,US,,,,,,,,,,\n"
    body += "2,1,branch,S-A,Cabang,,,,Kota,,USA,,,,09:00-17:00,,,,,17:00-09:00,closed\n"
    lines = read(tmp_path, "units.csv", head + body)
    assert answer(lines, 'ex:S-A jp:localCode "S-A" ; schema:parentOrganization ex:S')
    assert answer(lines, "ex:S-A schema:openingHoursSpecification ?h . ?h schema:dayOfWeek schema:Monday")
    assert not answer(lines, "?h schema:dayOfWeek schema:Saturday")


def test_koha_branches_give_officer_and_isil(tmp_path: Path) -> None:
    head = "branchcode;branchname;branchcity;branchillemail;marcorgcode\n"
    lines = read(tmp_path, "b.csv", head + "CPL;Pusat;Ambon;ill@x.example;ID-CPL\n")
    assert answer(lines, 'ex:CPL jp:isil "ID-CPL" ; jp:localCode "CPL"')
    assert answer(lines, "?post org:postIn ex:CPL ; org:role jp:role-cooperation-officer")


def test_imls_missing_figures_are_absent_and_no_network_is_invented(tmp_path: Path) -> None:
    head = "STABR,FSCSKEY,LIBNAME,C_RELATN,LOANTO,LOANFM,CITY\n"
    lines = read(tmp_path, "ae.csv", head + "AK,AK1,SATU,ME,12,-3,KOTA\n")
    assert answer(lines, "ex:AK1 jp:federationRole jp:federation-member ; jp:yearlyFigures ?y . ?y jp:itemsLent 12")
    assert not answer(lines, "?y jp:itemsBorrowed ?n")
    assert not answer(lines, "?n a jp:Network")


NETWORK = {"name": "Utara", "priority": 1}
FREE = {"name": "Cuma-cuma", "type": "loan", "level": "normal", "cost": 0.0}
PAID = {"name": "Berbayar", "type": "Copy", "level": "rush", "cost": 22.4}


def library(isil: str, *tiers: dict[str, object], **more: object) -> dict[str, object]:
    symbols = [{"symbol": isil, "authority": "ISIL"}]
    return {
        "id": isil,
        "name": isil,
        "type": "Institution",
        "symbols": symbols,
        "networks": [NETWORK],
        "tiers": list(tiers),
        **more,
    }


def test_tiers_become_permissions(tmp_path: Path) -> None:
    entries = [library("X-A", FREE, PAID), library("X-B", FREE), library("X-C", PAID)]
    lines = read(tmp_path, "d.json", json.dumps({"items": entries}))
    free = "?r odrl:action jp:lend ; odrl:assigner ex:X-A ; odrl:assignee ?p . ?m org:organization ?p ; org:member "
    assert answer(lines, free + "ex:X-B")
    assert not answer(lines, free + "ex:X-C")
    paid = "?r odrl:action jp:scan ; odrl:assigner ex:X-C ; odrl:assignee ?n . ?n a jp:Network"
    assert answer(lines, paid)
    assert answer(
        lines, "?r odrl:duty/odrl:action/odrl:refinement/odrl:rightOperand 22.4 ; jp:serviceLevel jp:level-rush"
    )
    assert not [p for p in validate(lines) if p.severity is Severity.LOST]


def test_a_linked_organisation_is_no_partner(tmp_path: Path) -> None:
    said = {"id": "http://l.example/DE-1#!", "isil": "DE-1", "name": "Satu", "mainEntityOfPage": {},
            "type": "Library",
            "linkedTo": {"id": "http://l.example/DE-9"}}  # fmt: skip
    lines = read(tmp_path, "l.json", json.dumps(said))
    assert answer(lines, "ex:DE-1 rdfs:seeAlso <http://l.example/DE-9>")
    assert not answer(lines, "?m a org:Membership")


def test_a_file_that_is_not_what_it_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError):
        directories.read(path, "koha-branches", BASE)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "organisations", "permissions"),
    [
        ("directory/us_systems_fy2015.csv.gz", 9251, 0),
        ("directory/us_outlets_fy2015.csv.gz", 17408, 0),
        ("directory/lobid_enriched_sample.json", 41, 0),
        ("directory/id_libraries.csv", 44, 0),
        ("directory/au_ill_directory.json", 36, 714),
        ("directory/id_lending_terms.csv", 0, 6),
        ("marc/derived/evergreen_org_units.csv", 23, 0),
    ],
)
def test_real_directories(shared: Path, name: str, organisations: int, permissions: int) -> None:
    path = shared / "data" / name
    found = directories.recognise(path)
    assert found is not None
    lines = directories.read(path, found.name, BASE).lines
    assert sum("<http://www.w3.org/ns/org#classification>" in line for line in lines) == organisations
    assert sum("<http://www.w3.org/ns/odrl/2/permission>" in line for line in lines) == permissions


def test_the_lending_query_uses_tiers(tmp_path: Path) -> None:
    store = store_of(read(tmp_path, "d.json", json.dumps([library("X-A", FREE, PAID), library("X-B", FREE)])))
    store.load(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE)
    store.update(
        f"""{SPARQL_PREFIXES}PREFIX ex: <{BASE}/id/> INSERT DATA {{
        ex:w01 bf:hasInstance ex:n1 . ex:i1 bf:itemOf ex:n1 ; bf:heldBy ex:X-A ; odrl:partOf jp:cat-general ;
        bf:status jp:status-available ; bf:usageAndAccessPolicy jp:access-loanable }}"""
    )
    query = (Path(__file__).parents[2] / "ontology" / "queries" / "cq01-who-can-lend.rq").read_text()
    rows = list(store.query(query.replace("ex:wana", "ex:X-B")))
    assert [row["supplier"].value for row in rows] == [f"{BASE}/id/X-A"]


def test_folio_agreements_and_licences(tmp_path: Path) -> None:
    periods = [{"startDate": "2020-01-01", "endDate": "2021-01-01", "cancellationDeadline": "2020-10-01"}]
    said = {"id": "f1", "name": "Sewa", "agreementStatus": {"label": "Active"}, "periods": periods}
    path = tmp_path / "a.json"
    path.write_text(json.dumps([said]))
    found = directories.read(path, "folio-agreements", BASE)
    assert answer(found.lines, 'ex:f1 jp:noticeBy ?n ; schema:endDate "2021-01-01"^^xsd:date')
    assert "status-differs" in {problem.kind for problem in found.problems}
    terms = {
        "illPrint": [{"value": {"label": "Prohibited"}}],
        "copyPrint": [{"value": {"label": "Permitted"}, "internal": True}],
    }
    lines = read(tmp_path, "l.json", json.dumps([{"id": "l1", "name": "Lisensi", "customProperties": terms}]))
    assert answer(lines, "ex:l1 odrl:prohibition ?r . ?r odrl:action jp:photocopy ; odrl:target jp:cat-digital")


def test_mod_directory_consortia_become_networks(tmp_path: Path) -> None:
    members = [{"memberOrg": {"slug": "a"}}, {"memberOrg": {"slug": "b"}}]
    entry = {"name": "A", "slug": "a", "symbols": [{"symbol": "AAA"}]}
    lines = read(tmp_path, "m.json", json.dumps([{**entry}, {"name": "K", "slug": "k", "members": members}]))
    assert answer(lines, 'ex:a jp:localCode "AAA" . ?m org:organization ex:k ; org:member ex:a')


@pytest.mark.shared
def test_a_library_of_the_australian_directory_may_borrow_by_its_tiers(shared: Path) -> None:
    """Every supplier is held to its own tiers: free only among those that lend freely, else at the tier's cost."""
    path = shared / "data/directory/au_ill_terms.csv"
    found = directories.recognise(path)
    assert found is not None
    store = store_of(directories.read(path, found.name, BASE).lines)
    store.load(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE)
    suppliers = "SELECT DISTINCT ?library { ?r odrl:action jp:lend ; odrl:assigner ?library } ORDER BY ?library"
    holder = next(iter(store.query(SPARQL_PREFIXES + suppliers)))["library"]
    store.update(
        f"""{SPARQL_PREFIXES}PREFIX ex: <{BASE}/id/> INSERT DATA {{ ex:w a bf:Work ; bf:hasInstance ex:n .
        ex:i bf:itemOf ex:n ; bf:heldBy {holder} ; odrl:partOf jp:cat-general ; bf:status jp:status-available ;
        bf:usageAndAccessPolicy jp:access-loanable }}"""
    )
    network = Network(LocalStore(store), BASE)
    beside = f"""SELECT DISTINCT ?other {{ ?m org:member {holder} ; org:organization ?n .
        ?o org:organization ?n ; org:member ?other . FILTER (?other != {holder}) }} ORDER BY ?other LIMIT 4"""
    said = []
    for row in list(store.query(SPARQL_PREFIXES + beside)):
        may = network.may("lend", "w", row["other"].value, "2026-03-15")
        by_query = network.ask("cq01", work="w", me=row["other"].value, today="2026-03-15").rows
        assert {found.policy for found in by_query} == {f.policy for f in may.findings if f.allowed}
        said.append(may.verdict)
    assert "yes" in said
    assert network.may("lend", "w", holder.value, "2026-03-15").verdict == "no"


LENDING = (
    "library,library_name,borrower,max_items,loan_days,renewals,fine_idr_per_day,deposit_idr,lost_item,source_url\n"
)


def test_fines_replacement_and_deposits_of_indonesian_terms_are_duties_of_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    rows = "desa,Desa,public,2,7,1,500,,replace with the same,https://x.y\nkota,Kota,public,2,7,1,0,,,https://x.y\n"
    locker = "kota,Kota,visitor (locker),1,1,0,as told,10000,,https://x.y\n"
    path.write_text(LENDING + rows + locker, encoding="utf-8")
    read = directories.read(path, "indonesian-lending-terms", BASE)
    due = "ex:desa-lending-public odrl:duty ?duty . ?duty odrl:action jp:returnItem ; odrl:consequence ?then . "
    paid = "?then dct:type jp:fee-overdue ; odrl:compensatingParty jp:Patron ; odrl:action/odrl:refinement ?sum . "
    assert answer(read.lines, due + paid + "?sum odrl:leftOperand odrl:payAmount ; odrl:rightOperand 500.0")
    assert answer(read.lines, due + "?then dct:type jp:fee-replacement")
    assert not answer(read.lines, "ex:kota-lending-public odrl:duty ?duty")
    left = "ex:kota-lending-visitor-locker odrl:duty ?duty . ?duty dct:type jp:fee-deposit ; "
    left += "odrl:action/odrl:refinement ?sum . "
    assert answer(read.lines, left + " ?sum odrl:leftOperand odrl:payAmount ; odrl:rightOperand 10000.0")
    assert [problem.kind for problem in read.problems] == ["terms-in-words"]


def test_the_report_counts_all_that_was_noted(tmp_path: Path) -> None:
    (tmp_path / "isil.csv").write_text("isil;name;city\n" + "DE-1;;Berlin\n" * 7, encoding="utf-8")
    found = directories.read(tmp_path / "isil.csv", "isil-list", BASE)
    log = ProblemLog()
    for problem in found.problems:
        log.add(problem)
    ((_, kind, count, shown),) = log
    assert (kind, count, len(shown)) == ("empty-cell", 7, 3)
