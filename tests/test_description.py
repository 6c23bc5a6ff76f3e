"""How parts of an entity read in one line: what a librarian looks for first, the rest in brackets."""

import pytest

from graph.description import describe
from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore

BASE = "https://x.org"
SAID = """
<https://x.org/id/a> a bf:Instance ; bf:classification <#c>, <#d>, <#u> ; bf:identifiedBy <#i>, <#n> ;
  bf:provisionActivity <#p> ; schema:specialOpeningHoursSpecification <#h>, <#j>, <#k> ; bf:relation <#r>, <#s> .
<#c> a bf:Classification ; bf:classificationPortion "1637" ; bf:source <#uba> ; bf:assigner <#dlc> .
<#uba> bf:code "uba" . <#dlc> bf:code "dlc" .
<#d> a bf:ClassificationDdc ; bf:classificationPortion "899.2213" ; bf:edition "full" .
<#u> a bf:ClassificationUdc ; bf:classificationPortion "821" ; bf:itemPortion "PRA" .
<#i> a bf:Isbn ; rdf:value "9793062797" ; bf:qualifier "pbk." . <#n> a bf:Identifier ; rdf:value "77" .
<#p> a bf:Publication ; bf:date "2005" ; bflc:simplePlace "Yogyakarta" ; bflc:simpleAgent "Bentang" ;
  bf:place <http://id.loc.gov/vocabulary/countries/io> .
<#h> schema:validFrom "2026-03-19"^^xsd:date ; schema:validThrough "2026-03-24"^^xsd:date ;
  schema:name "Idulfitri" .
<#j> schema:validFrom "2026-12-30"^^xsd:date ; schema:validThrough "2027-01-02"^^xsd:date .
<#k> schema:validFrom "soon" ; schema:validThrough "2027-01-02"^^xsd:date .
<#r> bf:relationship <http://id.loc.gov/vocabulary/relationship/series> ; bf:associatedResource <#t> .
<#s> bf:relationship <http://id.loc.gov/vocabulary/relationship/series> ;
  bf:associatedResource <https://x.org/id/hub> .
<#t> bf:title <#u1> ; bf:status <http://id.loc.gov/vocabulary/mstatus/t> . <#u1> bf:mainTitle "Buru" .
<https://x.org/id/hub> rdfs:label "Buru" .
"""


@pytest.fixture(scope="module")
def store() -> LocalStore:
    found = LocalStore.in_memory()
    found.store.update(f"{SPARQL_PREFIXES}BASE <https://x.org/id/a> INSERT DATA {{ {SAID} }}")
    return found


@pytest.mark.parametrize(
    ("name", "language", "texts"),
    [
        ("bf:classification", "en", ["1637 (uba, dlc)", "Dewey number: 899.2213 (full)", "UDC number: 821, PRA"]),
        ("bf:identifiedBy", "id", ["77", "ISBN: 9793062797 (pbk.)"]),
        ("bf:provisionActivity", "id", ["Yogyakarta, Bentang, 2005 (Indonesia)"]),
        ("bf:relation", "en", ["series, Buru"]),
        (
            "schema:specialOpeningHoursSpecification",
            "en",
            ["Dec 30, 2026 – Jan 2, 2027", "Mar 19 – 24, 2026, Idulfitri", "soon, Jan 2, 2027"],
        ),
        (
            "schema:specialOpeningHoursSpecification",
            "id",
            ["19–24 Mar 2026, Idulfitri", "30 Des 2026 – 2 Jan 2027", "soon, 2 Jan 2027"],
        ),
    ],
)
def test_a_part_reads_as_a_librarian_would_write_it(
    store: LocalStore, name: str, language: str, texts: list[str]
) -> None:
    it = describe(store, f"{BASE}/id/a", language, BASE)
    assert it is not None
    assert [value.text for value in it.values(name)] == texts


def test_a_part_leads_to_an_entity_of_ours_if_it_names_one(store: LocalStore) -> None:
    it = describe(store, f"{BASE}/id/a", "en", BASE)
    assert it is not None
    assert [value.iri for value in it.values("bf:relation")] == [f"{BASE}/id/hub"]
