"""Walks docs/queries.md; and the figures of queries that have no number, worked out by hand."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from graph.queries import find
from ontology.queries import saved_queries

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://data.jejaring.example/id/"
JP = "https://w3id.org/jejaring/ns#"
DAY = "2026-03-15"


def given(name, *without):
    return {p.name: p.example for p in find(name).parameters if p.example != "UNDEF" and p.name not in without}


def test_every_query_and_parameter_is_documented():
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(saved_queries())
    for name, query in saved_queries().items():
        assert all(
            f"`{parameter.name}` ({parameter.type}, {parameter.default})" in sections[name]
            for parameter in query.parameters
        )
        assert all(f"`{column}`" in sections[name] for column in query.columns)


def test_gains_of_a_year(network):
    # wana received rq01 and rq08 (A2), each would have cost at least OF1's 25,000; it supplied rq02
    found = {row.gain: row.figure for row in network.ask("gains", me="wana", on=DAY).rows}
    assert found == {
        "diterima": 2, "dipasok": 1, "tukaran diterima": 0, "orang terlatih": 1, "biaya dihemat": Decimal(50000),
    }  # fmt: skip
    saved = network.ask("gains", me="wana", on=DAY, lang="en").rows[-1]
    assert (saved.gain, saved.unit) == ("fees saved", "https://w3id.org/jejaring/ns#IDR")


def test_evidence_for_all_seven_questions(network):
    # kota: JPMR, P1, P4, P5; from their members' partnerships everybody but agri
    # rq10 took three days; n12 was recorded a day after i27 came; no own prints; n02b, n04 and n12 are its records
    # no offer; A1 lend, photocopy, scan and A4 photocopy, read, reference; a catalogue and SRU
    # forms 1 and 4 (P5 has no paper); tr1 2 + tr2 3 people; one post; no obstacle of staffing
    # one of its five items (i02, i06, i12, i27, i30) is digital; five titles
    found = {}
    for row in network.ask("readiness-evidence", me="kota", on=DAY).rows:
        found.setdefault(row.question.rpartition("#")[2][:3], []).append(row.evidence)
    expected = {
        "q-1": [4, 8],
        "q-2": [3, 1],
        "q-3": [0, 3],
        "q-4": [0, 6, 2],
        "q-5": [2],
        "q-6": [5, 1, 0],
        "q-7": [20, 5],
    }
    assert found == expected


def test_evidence_for_all_six_requirements(network):
    rows = {(row.member, row.requirement): row for row in network.ask("requirements-matrix", on=DAY).rows}
    assert len(rows) == 8 * 6
    unmet = {(row.member, row.requirement) for row in network.ask("cq13", on=DAY).rows}
    assert {key for key, row in rows.items() if not row.met} == unmet
    # suka signed nothing; the new catalogue of agri is attested to be missing (at1)
    assert rows[BASE + "suka", JP + "req-1-commitment"].evidence == "tidak ada"
    assert rows[BASE + "kota", JP + "req-2-collection"].evidence == "5 dari 5 bernomor rak"
    attested = rows[BASE + "agri", JP + "req-3-catalogue"]
    assert (attested.met, attested.basis) == (False, "pernyataan")


def test_completeness_tells_words_from_what_can_be_computed(network):
    # CQ07 lists what is missing and CQ08 what is words only
    rows = network.ask("agreement-completeness", on=DAY, lang="en").rows
    missing = {(row.agreement, row.factor) for row in rows if row.standing == "missing"}
    words = {(row.agreement, row.factor) for row in rows if row.standing == "words only"}
    assert missing == {(row.agreement, row.factor) for row in network.ask("cq07", on=DAY).rows}
    assert words == {(row.agreement, row.factor) for row in network.ask("cq08", on=DAY).rows}


@pytest.mark.parametrize("name", ["agreement-status", "agreement-dates", "agreement-completeness", "gains",
                                  "exchange-statement", "requirements-matrix", "readiness-evidence"])  # fmt: skip
def test_words_are_in_the_language_asked_for(network, name):
    indonesian, english = (
        network.ask(name, lang=language, **given(name, "lang")).rows for language in ("id", "en")
    )
    assert len(indonesian) == len(english) > 0
    assert indonesian != english


def test_no_day_follows_the_early_end_of_an_agreement(network, altered):
    def days(asked):
        rows = asked.ask("agreement-dates", **{"from": "2025-01-01", "to": "2030-01-01"}).rows
        return [(str(row["date"]), row.event) for row in rows if row.agreement == BASE + "A11"]

    assert days(network) == [("2025-06-01", "mulai"), ("2025-09-01", "diakhiri")]  # its term was until 2027-05-31
    notice = altered('INSERT DATA { ex:A11 jp:noticeBy "2027-04-30"^^xsd:date }')
    assert days(notice) == days(network)
    unsigned = altered("DELETE WHERE { ex:A11 jp:signedOn ?day }")
    assert days(unsigned) == []


def test_loans_with_each_partner(network):
    # wana got rq01 and rq08 from tirta and supplied rq02 to it
    rows = network.ask("lending-by-partner", me="wana").rows
    assert [(row.partner, row.received, row.supplied, row.unfilled) for row in rows] == [(BASE + "tirta", 2, 1, 0)]


def test_requests_of_a_period(network):
    rows = network.ask("requests", **{"from": "2026-02-10", "to": "2026-02-20"}).rows
    assert [row.work[-3:] for row in rows] == ["w01", "w08", "w05", "w03"]  # rq09, rq06, rq05, rq04


def test_directory_of_a_network_leaves_out_who_left(network):
    ids = {row.id for row in network.ask("directory", on=DAY, network="jpmr").rows}
    assert BASE + "giri" not in ids  # left on 2026-01-31
    assert len(ids) == 8


def test_subjects_and_tasks_of_a_partnership(network):
    # rs5 (kota, religion) ended with 2025; rs8 is a task
    found = {
        (row.subject, row.library): row.levels
        for row in network.ask("responsibilities", on=DAY, partnership="P1").rows
    }
    assert len(found) == 6
    assert found[JP + "subj-8", BASE + "wana"] == "2 → 3"
    assert [row.library for row in network.ask("tasks", on=DAY, partnership="P1").rows] == [BASE + "prov"]


def test_statement_of_account_agrees_with_the_balance(network):
    lines = network.ask("exchange-statement", me="prov").rows
    balance = {row.partner: row.balance for row in network.ask("cq27", me="prov").rows}
    for partner, expected in balance.items():
        signed = [
            line.quantity * (1 if line.direction == "dikirim" else -1) for line in lines if line.partner == partner
        ]
        assert sum(signed) == expected


def test_accessions_of_one_library_and_subject(network):
    # February 2026: kota bought Hidroponik (w07) on the 18th, nothing else
    rows = network.ask("accessions", on=DAY, library="kota").rows
    assert [row.work for row in rows] == [BASE + "w07"]
    assert len(network.ask("accessions", on=DAY, subject="subj-6").rows) == 2


def test_directory_has_every_organisation_once(network):
    rows = network.ask("directory").rows
    assert len(rows) == len({row.id for row in rows}) == 10


def test_exchange_list_leaves_out_what_is_over(network):
    # of6 ended 2026-02-20 and of7 2026-03-01
    assert len(network.ask("exchange-list", on=DAY).rows) == 5


def test_own_requirements_agree_with_the_matrix(network):
    rows = network.ask("requirements-matrix", on=DAY).rows
    for member in {row.member for row in rows}:
        own = {
            row.requirement: (row.met, row.basis)
            for row in network.ask("own-requirements", on=DAY, member=member).rows
        }
        assert own == {row.requirement: (row.met, row.basis) for row in rows if row.member == member}, member


RULES_TO_COME = """DELETE WHERE { ex:A1 jp:signedBy ex:kota } ; INSERT DATA {
  ex:B1 a jp:CooperationAgreement , odrl:Agreement ; rdfs:label "Tata tertib baru" ;
    jp:signedBy ex:kota , ex:tirta ; jp:signedOn "2026-03-01"^^xsd:date ;
    schema:startDate "2027-01-01"^^xsd:date . ex:jpmr jp:governedBy ex:B1 }"""


@pytest.mark.parametrize(
    ("day", "kota", "tirta"),
    [
        (
            DAY,
            "tidak ada",
            "Tata Tertib Jejaring Perpustakaan Mandala Raya",
        ),  # the new rules are signed, not in force
        ("2027-01-01", "Tata tertib baru", "Tata tertib baru"),  # the old ones ended the day before
    ],
)
def test_rules_in_force_are_the_evidence_of_commitment(altered, day, kota, tirta):
    asked, first = altered(RULES_TO_COME), JP + "req-1-commitment"
    rows = {row.member: row for row in asked.ask("requirements-matrix", on=day).rows if row.requirement == first}
    unmet = {row.member for row in asked.ask("cq13", on=day).rows if row.requirement == first}
    for member, evidence in ((BASE + "kota", kota), (BASE + "tirta", tirta)):
        [own] = [
            row for row in asked.ask("own-requirements", on=day, member=member).rows if row.requirement == first
        ]
        assert rows[member].evidence == own.evidence == evidence
        assert rows[member].met == own.met == (member not in unmet) == (evidence != "tidak ada")


def test_evidence_leaves_out_what_is_over(altered):
    # prov: OF1 is its one open offer; kota: its forms are those of P1 (A5) and P4 (A4)
    over = """INSERT DATA { ex:OF1 schema:endDate "2026-03-01"^^xsd:date .
      ex:P4 jp:terminatedOn "2026-03-01"^^xsd:date . ex:mb17 jp:terminatedOn "2026-03-01"^^xsd:date }"""
    asked = altered(over)

    def figure(me, question, measure):
        rows = asked.ask("readiness-evidence", me=me, on=DAY, lang="en").rows
        return next(row.evidence for row in rows if question in row.question and row.measure == measure)

    assert figure("prov", "q-4", "open offers") == 0
    assert figure("kota", "q-5", "forms under an agreement in force") == 1
    assert figure("samudra", "q-1", "active memberships") == 2  # of jpmr, P2 and P5 the second is over


def test_what_a_partnership_did_up_to_a_day(network):
    # P7: sg1, sg2, sg4, sg5 have begun, the last on this day; P4 did nothing
    done = {
        row.what: (row.times, str(row["last"]))
        for row in network.ask("partnership-activity", on=DAY, partnership="P7").rows
    }
    assert done == {"tahap rotasi": (4, DAY)}
    assert network.ask("partnership-activity", on=DAY, partnership="P4").rows == []


def test_packages_count_titles_new_to_their_custodian(network):
    # pk1 (w06, w11) is at karang, which holds w02 only; pk2 (w02) at suka, which holds w02
    rows = {row.package: (row["items"], row.titles) for row in network.ask("rotation-packages", on=DAY).rows}
    assert rows == {BASE + "pk1": (3, 2), BASE + "pk2": (1, 0)}


def test_centre_records_of_new_items(network):
    # P3: prov makes records; in 2026 tirta got i17 (n07) and i24 (n10), both recorded by prov
    rows = network.ask("centre-records", on=DAY, partnership="P3", **{"from": "2026-01-01"}).rows
    assert [(row.item, row.record) for row in rows] == [(BASE + "i17", BASE + "n07"), (BASE + "i24", BASE + "n10")]
    assert {row.member for row in rows} == {BASE + "tirta"}


def test_union_catalogue_counts_each_copy_once(network):
    rows = network.ask("union-catalogue").rows
    items = network.store.select(
        "SELECT (COUNT(DISTINCT ?i) AS ?n) WHERE { ?i a <http://id.loc.gov/ontologies/bibframe/Item> }"
    )
    assert sum(row.copies for row in rows) == int(items[0]["n"].value)
    assert len(network.ask("union-catalogue", library="kota").rows) == 5
    assert next(row.libraries for row in rows if row.work == BASE + "w11") == 1
