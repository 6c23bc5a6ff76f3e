"""What the service offers is sound: types, properties and their patterns, names in both languages."""

import pyoxigraph as ox
import pytest

from graph.names import PREFIXES, SPARQL_PREFIXES
from graph.store import LocalStore
from ontology import reconciliation
from ontology.elsewhere import list_of, local_part
from ontology.reconciliation import (
    features,
    narrower,
    properties,
    properties_of,
    type_of_kind,
    types,
    wider,
)
from web.reconcile.comparison import canonical
from web.reconcile.facts import facts


@pytest.mark.parametrize("one", properties().values(), ids=lambda one: one.id)
def test_property(one):
    assert set(one.name) == {"en", "id"}
    assert one.evidence or one.agree >= 1 >= one.differ
    assert (one.values == "entity") or not one.of
    query = SPARQL_PREFIXES + f"SELECT ?one ?value WHERE {{ {one.pattern} }}"
    assert [name.value for name in ox.Store().query(query).variables] == ["one", "value"]
    assert facts(LocalStore.in_memory(), one, ["https://x.test/1"]) == {"https://x.test/1": []}


def test_types_are_a_hierarchy_over_all_kinds():
    from graph.matching.heading import KINDS

    assert {type_of_kind(kind) for kind in KINDS} <= set(types())
    assert type_of_kind("person") == "person"
    assert type_of_kind("shoe") == ""
    assert wider("library") == ("library", "organization", "agent")
    assert set(narrower("agent")) == {"agent", "person", "organization", "meeting", "library"}
    for one in types().values():
        assert all(prefix in PREFIXES for prefix in (name.partition(":")[0] for name in one.classes))
        assert not one.broader or set(one.kinds) <= set(types()[one.broader].kinds)


def test_properties_of_a_type_include_those_of_wider_and_narrower_ones():
    library = {one.id for one in properties_of("library")}
    assert {"isil", "name"} <= library
    assert "isbn" not in library
    assert {"isil", "dates"} <= {one.id for one in properties_of("agent")}
    assert len(properties_of("")) == len(properties())


@pytest.mark.parametrize(
    "wrong",
    [
        {"types": ["shoe"], "values": "text", "pattern": "?one ?p ?value"},
        {"types": ["work"], "values": "shoe", "pattern": "?one ?p ?value"},
        {"types": ["work"], "values": "text"},
        {"types": ["work"], "values": "entity", "of": "shoe", "pattern": "?one ?p ?value"},
    ],
)
def test_an_unsound_property_is_refused(wrong):
    with pytest.raises(ValueError, match="strange"):
        reconciliation._property("strange", {"en": "a", "id": "b", **wrong})


def test_features_have_names():
    assert all(set(names) == {"en", "id"} for names in features().values())


@pytest.mark.parametrize(
    ("name", "value", "iri"),
    [
        ("wikidata", "Q42", "http://www.wikidata.org/entity/Q42"),
        ("wikidata", "https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"),
        ("gnd", "(DE-588)118540238", "https://d-nb.info/gnd/118540238"),
        ("gnd", "118540238", "https://d-nb.info/gnd/118540238"),
        ("gnd", 'a"b', ""),
    ],
)
def test_numbers_are_known_however_written(name, value, iri):
    assert canonical(properties()[name], value) == iri


def test_lists_elsewhere():
    assert local_part("http://d-nb.info/gnd/118540238") == "118540238"
    assert local_part("https://www.idref.fr/026700000/id") == "026700000"
    assert local_part("https://sws.geonames.org/1/") == "1"
    assert local_part("urn:x") == "urn:x"
    assert list_of("http://x.test/1") is None
