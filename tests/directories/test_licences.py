"""FOLIO licences: terms as permissions and prohibitions for digital material; what is not known is counted."""

import json
from pathlib import Path

from ingest import directories
from tests.directories.test_directories import BASE, answer

LICENCE = {
    "id": "l1",
    "name": "Lisensi jurnal",
    "startDate": "2026-01-01",
    "endDate": "2026-12-31",
    "orgs": [
        {"role": {"label": "Licensor"}, "org": {"id": "penerbit", "name": "Penerbit"}},
        {"role": {"label": "Licensee"}, "org": {"id": "kota", "name": "Kota"}},
    ],
    "customProperties": {
        "illElectronic": [
            {"value": {"label": "Permitted (explicit) under conditions"}, "publicNote": "one article"}
        ],
        "illSecureElectronic": [{"value": {"label": "Permitted (interpreted)"}}],
        "illPrint": [{"value": {"label": "Prohibited (explicit)"}}],
        "walkInAccess": [{"value": {"label": "Yes"}}],
        "copyPrint": [{"value": {"label": "Permitted (explicit)"}}],
        "copyDigital": [{"value": {"label": "Unmentioned"}}],
        "authorisedUsers": [{"value": "Staff and students"}],
        "otherRestrictions": [{"value": "Secret", "internal": True}],
        "concurrentAccess": [{"value": 10}],
        "remoteAccess": [{"value": {"label": "Maybe"}}],
        "coursePacks": [{"value": {"label": "Yes"}}],
    },
}


def read(tmp_path: Path, *licences: object, library: str | None = None) -> tuple[list[str], dict[str, str]]:
    path = tmp_path / "licences.json"
    path.write_text(json.dumps(list(licences)), encoding="utf-8")
    found = directories.read(path, "folio-licences", BASE, library)
    return found.lines, {problem.kind: problem.message for problem in found.problems}


def test_what_is_permitted_and_prohibited_becomes_rules_of_the_licensee(tmp_path: Path) -> None:
    lines, _ = read(tmp_path, LICENCE)
    assert answer(
        lines,
        'ex:l1 a odrl:Offer ; schema:endDate "2026-12-31"^^xsd:date ; odrl:permission ?r . '
        "?r odrl:action jp:scan ; "
        'odrl:target jp:cat-digital ; odrl:assigner ex:kota ; dct:description "one article"',
    )
    assert answer(lines, "ex:l1 odrl:permission ?r . ?r odrl:action jp:readOnSite ; odrl:assigner ex:kota")
    assert answer(lines, "ex:l1 odrl:prohibition ?r . ?r odrl:action jp:photocopy ; odrl:target jp:cat-digital")
    assert answer(
        lines, "?r odrl:constraint ?c . ?c odrl:leftOperand odrl:deliveryChannel ; odrl:rightOperand jp:via-url"
    )


def test_what_is_for_own_users_is_no_offer_to_others(tmp_path: Path) -> None:
    lines, _ = read(tmp_path, LICENCE)
    assert answer(
        lines, "?r odrl:action jp:photocopy ; odrl:assigner ex:kota ; odrl:assignee ex:kota . ?p odrl:permission ?r"
    )
    assert not answer(
        lines, "?p odrl:permission ?r . ?r odrl:action jp:photocopy FILTER NOT EXISTS { ?r odrl:assignee ?x }"
    )


def test_words_stay_words_and_what_is_internal_stays_out(tmp_path: Path) -> None:
    lines, told = read(tmp_path, LICENCE)
    assert answer(
        lines, 'ex:l1 jp:hasClause ?c . ?c jp:factor jp:factor-3-parties ; schema:text "Staff and students"'
    )
    assert not any("Secret" in line for line in lines)
    assert "not-published" in told


def test_limits_and_conditions_are_kept(tmp_path: Path) -> None:
    lines, _ = read(tmp_path, LICENCE)
    limit = "ex:l1 jp:hasClause ?c . ?c jp:factor jp:factor-2-scope ; "
    limit += 'dct:title "pengguna bersamaan / users at the same time" ; '
    assert answer(lines, limit + 'schema:text "10"')
    condition = "?c odrl:leftOperand jp:loanCondition ; odrl:rightOperand jp:cond-as-noted"
    assert answer(lines, "?r odrl:action jp:scan ; odrl:constraint ?c . " + condition)
    assert not answer(lines, "?r odrl:action jp:readOnSite ; odrl:constraint ?c . " + condition)


def test_terms_nobody_listed_are_counted(tmp_path: Path) -> None:
    _, told = read(tmp_path, LICENCE, {**LICENCE, "id": "l2"})
    assert "2 licences" in told["term-coursePacks"]
    assert "term-concurrentAccess" not in told
    assert "copyDigital" in told["says-nothing"]


def test_without_a_licensee_the_library_that_is_told_gives(tmp_path: Path) -> None:
    bare = {key: value for key, value in LICENCE.items() if key != "orgs"}
    lines, told = read(tmp_path, bare)
    assert "no-supplier" in told
    assert not answer(lines, "?p odrl:permission ?r")
    assert answer(lines, "?p odrl:prohibition ?r")
    lines, told = read(tmp_path, bare, library="desa")
    assert "no-supplier" not in told
    assert answer(lines, "?p odrl:permission ?r . ?r odrl:assigner ex:desa")
