from pathlib import Path

import pyoxigraph as ox

from graph.matching.carried import carried, contradictory
from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.names import PREFIXES
from graph.store import LocalStore

TEXT = """
<http://b/id/agent/1> a bf:Agent ; rdfs:label "Satu" ; owl:sameAs <http://d-nb.info/gnd/118540238> ,
  <https://d-nb.info/gnd/118607626> .
<http://b/id/agent/2> a bf:Agent ; rdfs:label "Dua" ; bf:identifiedBy <http://b/id/agent/2#n> .
<http://b/id/agent/2#n> rdf:value "118607626" ; bf:source <http://b/id/agent/2#s> .
<http://b/id/agent/2#s> bf:code "DE-588" .
<http://b/id/agent/3> a bf:Agent ; rdfs:label "Tiga" ; owl:sameAs <https://isni.org/isni/0000000121032684> .
<http://b/id/work/4> a bf:Work ; owl:sameAs <http://x/y> .
"""


def network(text: str = TEXT) -> LocalStore:
    store = LocalStore.in_memory()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store.store.load((prefixes + text).encode(), ox.RdfFormat.TURTLE)
    return store


def test_links_are_read_as_iris_and_as_numbers_with_their_agency():
    found = carried(network())
    assert [one.iri for one in found["http://b/id/agent/2"]] == ["https://d-nb.info/gnd/118607626"]
    assert len(found["http://b/id/agent/1"]) == 2


def test_what_an_authority_file_says_of_an_entity_we_link_to_may_contradict_us(tmp_path: Path):
    gnd, viaf = "https://d-nb.info/gnd/118607626", "http://viaf.org/viaf/"
    own = """<http://b/id/agent/5> a bf:Agent ; rdfs:label "Lima" ; owl:sameAs <https://d-nb.info/gnd/118607626> ,
      <http://viaf.org/viaf/77> ."""
    for theirs, expected in ((("88",), [(gnd, viaf + "88", viaf + "77")]), (("77", "88"), []), ((), [])):
        entry = Entry(gnd, "Lima", "person", identifiers=tuple(viaf + one for one in theirs))
        index = Index.build(tmp_path / "i", [entry])
        found = [one for one in contradictory(network(own), [index]) if one.kind == "elsewhere"]
        assert [(one.label, one.links) for one in found] == [("Lima", links) for links in expected]


def test_contradictions_are_told_by_kind():
    found = {(one.kind, one.label) for one in contradictory(network())}
    assert found == {("two-numbers", "Satu"), ("check-digit", "Tiga"), ("shared-number", "Satu | Dua")}
