from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.derivation import derive, queries
from graph.errors import QueryError
from graph.merging import restore
from graph.names import SPARQL_PREFIXES

BASE = "https://example.org"


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:c> . <urn:x> <urn:knows> <urn:y> }")
    return store


def test_results_are_in_both_graphs_and_feed_the_next_query(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "1-link.rq").write_text("CONSTRUCT { ?a <urn:knows> ?b } WHERE { ?a <urn:p> ?b }")
    (tmp_path / "2-back.rq").write_text("CONSTRUCT { ?b <urn:knownBy> ?a } WHERE { ?a <urn:knows> ?b }")
    assert derive(store, BASE, tmp_path) == 5
    assert store.query("ASK { <urn:y> <urn:knownBy> <urn:x> }")
    assert store.query(f"ASK {{ GRAPH <{BASE}/graph/derived> {{ <urn:a> <urn:knows> <urn:b> }} }}")
    assert derive(store, BASE, tmp_path) == 0


def test_what_is_stated_is_not_derived(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "same.rq").write_text("CONSTRUCT { ?a <urn:p> ?b } WHERE { ?a <urn:p> ?b }")
    assert derive(store, BASE, tmp_path) == 0


@pytest.mark.parametrize(("query", "message"), [("CONSTRUCT nonsense", "cannot be"), ("ASK { }", "no CONSTRUCT")])
def test_a_bad_query_is_named(store: ox.Store, tmp_path: Path, query: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(query)
    with pytest.raises(QueryError, match=rf"bad\.rq.*{message}"):
        derive(store, BASE, tmp_path)


def test_the_projects_own_queries_are_valid() -> None:
    for _, query in queries():
        assert isinstance(ox.Store().query(SPARQL_PREFIXES + query), ox.QueryTriples)


def test_a_query_is_run_only_when_a_property_it_needs_is_there(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "needy.rq").write_text(
        "# needs: jp:isil jp:npp\nCONSTRUCT { ?a <urn:q> ?b } WHERE { ?a <urn:p> ?b }"
    )
    assert derive(store, BASE, tmp_path) == 0
    store.update(SPARQL_PREFIXES + 'INSERT DATA { <urn:l> jp:npp "3171" }')
    assert derive(store, BASE, tmp_path) == 2


def test_only_items_that_are_held_are_ambiguous() -> None:
    store = ox.Store()
    store.update(f"""{SPARQL_PREFIXES} INSERT DATA {{
        <urn:series> bf:status <urn:transcribed> , <urn:traced> .
        <urn:item> bf:heldBy <urn:l> ; bf:status <urn:in> , <urn:out> .
        <urn:sound> bf:heldBy <urn:l> ; bf:status <urn:in> }}""")
    derive(store, BASE)
    rows = store.query(
        SPARQL_PREFIXES + "SELECT ?one WHERE { GRAPH jp:ambiguous-items { ?one a jp:AmbiguousItem } }"
    )
    assert [row["one"] for row in rows] == [ox.NamedNode("urn:item")]  # type: ignore[union-attr]


def test_what_the_projects_own_queries_need_they_ask_for() -> None:
    for name, query in queries():
        for line in query.splitlines():
            if line.startswith("# needs: "):
                asked = query.partition("CONSTRUCT")[2]
                assert all(one in asked for one in line.split()[2:]), name


def test_an_index_is_in_its_own_graph_and_follows_what_changes(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "index.rq").write_text(
        "# graph: jp:holdings\nCONSTRUCT { ?b <urn:from> ?a } WHERE { ?a <urn:p> ?b }"
    )
    graph = ox.NamedNode("https://w3id.org/jejaring/ns#holdings")

    def index() -> set[str]:
        return {f"{quad.subject} {quad.object}" for quad in store.quads_for_pattern(None, None, None, graph)}

    assert derive(store, BASE, tmp_path) == 2
    assert index() == {"<urn:b> <urn:a>", "<urn:c> <urn:b>"}
    assert not store.query("ASK { ?b <urn:from> ?a }")
    store.update("DELETE DATA { <urn:b> <urn:p> <urn:c> }; INSERT DATA { <urn:b> <urn:p> <urn:d> }")
    assert derive(store, BASE, tmp_path) == 1
    assert index() == {"<urn:b> <urn:a>", "<urn:d> <urn:b>"}
    assert derive(store, BASE, tmp_path) == 0


def test_an_index_is_read_by_the_queries_after_it_and_may_be_in_two_graphs(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "1.rq").write_text("# graph: jp:first jp:both\nCONSTRUCT { ?b <urn:q> ?a } WHERE { ?a <urn:p> ?b }")
    (tmp_path / "2.rq").write_text(
        "# graph: jp:both\nCONSTRUCT { ?a <urn:r> ?b } WHERE { GRAPH jp:first { ?b <urn:q> ?a } }"
    )
    (tmp_path / "3.rq").write_text(
        "# graph: jp:last-one\nCONSTRUCT { ?a <urn:s> ?b } WHERE { GRAPH jp:both { ?a <urn:r> ?b } }"
    )
    assert derive(store, BASE, tmp_path) == 8
    store.update("DELETE DATA { <urn:b> <urn:p> <urn:c> }")
    assert derive(store, BASE, tmp_path) == 0
    held = {
        quad.graph_name.value.rpartition("#")[2]: quad for quad in store if quad.graph_name != ox.DefaultGraph()
    }
    assert sorted(held) == ["both", "first", "last-one"]
    assert not any(
        "urn:c" in str(quad) for quad in store.quads_for_pattern(None, None, None) if "#" in str(quad.graph_name)
    )


def test_who_alone_has_a_work_is_known_with_its_titles() -> None:
    store = ox.Store()
    store.update(
        SPARQL_PREFIXES
        + """INSERT DATA { <urn:n> bf:instanceOf <urn:w> . <urn:m> bf:instanceOf <urn:v> .
        <urn:l> bf:instanceOf <urn:u> .
        <urn:w> bf:title <urn:w#t> . <urn:w#t> bf:mainTitle "W" .
        <urn:v> bf:title <urn:v#t> . <urn:v#t> bf:mainTitle "V" .
        <urn:1> bf:itemOf <urn:n> ; bf:heldBy <urn:a> .
        <urn:2> bf:itemOf <urn:n> ; bf:heldBy <urn:a> ; bf:status <urn:s> .
        <urn:3> bf:itemOf <urn:m> ; bf:heldBy <urn:a> . <urn:4> bf:itemOf <urn:m> ; bf:heldBy <urn:b> .
        <urn:u> bf:title <urn:u#t> . <urn:u#t> bf:mainTitle "not held" }"""
    )
    derive(store, BASE)
    rows = store.query(SPARQL_PREFIXES + "SELECT * { GRAPH jp:works-held { ?s ?p ?o FILTER (?p != jp:heldBack) } }")
    held = {(row["s"].value, row["o"].value) for row in rows}  # type: ignore[union-attr]
    assert held == {("urn:w", "W"), ("urn:v", "V"), ("urn:w", "urn:a")}


def test_works_not_lent_on_every_day_are_marked() -> None:
    store = ox.Store()
    free = "bf:usageAndAccessPolicy <urn:free> ; bf:status jp:status-available"
    store.update(
        SPARQL_PREFIXES
        + f"""INSERT DATA {{ <urn:free> jp:allowsAction jp:lend . <urn:kept> jp:allowsAction jp:readOnSite .
        <urn:shut> schema:specialOpeningHoursSpecification <urn:shut#closure> .
        <urn:1> bf:itemOf <urn:there> ; bf:heldBy <urn:a> ; {free} .
        <urn:2> bf:itemOf <urn:there> ; bf:heldBy <urn:a> ; bf:status jp:status-on-loan .
        <urn:3> bf:itemOf <urn:never> ; bf:heldBy <urn:a> ; bf:usageAndAccessPolicy <urn:kept> .
        <urn:4> bf:itemOf <urn:both> ; bf:heldBy <urn:a> ; {free} ; bf:usageAndAccessPolicy <urn:kept> .
        <urn:5> bf:itemOf <urn:closed> ; bf:heldBy <urn:shut> ; {free} .
        <urn:6> bf:itemOf <urn:travels> ; bf:heldBy <urn:a> ; {free} ; dct:isPartOf <urn:package> .
        <urn:7> bf:itemOf <urn:out> ; bf:heldBy <urn:a> ; bf:status <urn:out> ;
          bf:usageAndAccessPolicy <urn:free> }}"""
    )
    works = ("there", "never", "both", "closed", "travels", "out")
    store.update(
        SPARQL_PREFIXES
        + f"INSERT DATA {{ {' '.join(f'<urn:{one}> bf:instanceOf <urn:{one}> .' for one in works)} }}"
    )
    derive(store, BASE)
    rows = store.query(SPARQL_PREFIXES + "SELECT * { GRAPH jp:works-held { ?work jp:heldBack ?mark } }")
    marked = {(row["work"].value[4:], row["mark"].value.rpartition("-")[2]) for row in rows}  # type: ignore[union-attr]
    times = {("closed", "times"), ("travels", "times"), ("out", "times")}
    assert marked == {("never", "always"), ("both", "always"), *times}


GROUPS = """SELECT ?library ?category ?access ?status ?package ?work WHERE { GRAPH jp:holdings {
  ?group a jp:HoldingGroup ; jp:library ?library . ?group jp:holdsWork ?work
  OPTIONAL { ?group odrl:partOf ?category } OPTIONAL { ?group bf:usageAndAccessPolicy ?access }
  OPTIONAL { ?group bf:status ?status } OPTIONAL { ?group dct:isPartOf ?package } } }"""


def test_items_alike_make_one_group() -> None:
    store = ox.Store()
    item = "a bf:Item ; bf:heldBy <urn:a> ; bf:itemOf <urn:n> ; odrl:partOf <urn:c> ; bf:status <urn:s>"
    store.update(
        SPARQL_PREFIXES
        + f"""INSERT DATA {{ <urn:n> bf:instanceOf <urn:w> . <urn:1> {item} . <urn:2> {item} .
        <urn:3> {item} ; dct:isPartOf <urn:package> ; bf:usageAndAccessPolicy <urn:free> , <urn:3#kept> .
        <urn:free> jp:allowsAction jp:lend . <urn:3#kept> a bf:RetentionPolicy }}"""
    )
    derive(store, BASE)
    rows = [[None if t is None else t.value for t in row] for row in store.query(SPARQL_PREFIXES + GROUPS)]
    alike = ["urn:a", "urn:c", None, "urn:s", None, "urn:w"]
    away = ["urn:a", "urn:c", "urn:free", "urn:s", "urn:package", "urn:w"]
    assert sorted(rows, key=str) == sorted([alike, away], key=str)


TRANSLATIONS = """
INSERT DATA {
  <https://example.org/id/work/full> a bf:Work ; rdfs:label "Beginning hydroponics" ; bf:expressionOf <urn:hub> ;
    bf:title <https://example.org/id/work/full#title> ; bf:contribution <https://example.org/id/work/full#by> ;
    bf:language <urn:ind> ; bf:content <urn:txt> ; bf:hasInstance <urn:edition-1> .
  <https://example.org/id/work/plain> a bf:Work ; rdfs:label "Hidroponik" ; bf:subject <urn:plants> ;
    bf:title <https://example.org/id/work/plain#title> ; bf:contribution <https://example.org/id/work/plain#by> ;
    bf:language <urn:ind> ; bf:content <urn:txt> ; bf:hasInstance <urn:edition-2> .
  <urn:edition-2> bf:instanceOf <https://example.org/id/work/plain> .
  <https://example.org/id/work/other> a bf:Work ;
    bf:title <https://example.org/id/work/plain#title> ; bf:contribution <https://example.org/id/work/plain#by> ;
    bf:language <urn:eng> ; bf:content <urn:txt> .
  <https://example.org/id/work/full#title> bf:mainTitle "Hidroponik" .
  <https://example.org/id/work/plain#title> bf:mainTitle "Hidroponik" .
  <https://example.org/id/work/full#by> a bf:PrimaryContribution ; bf:agent <urn:nicholls> .
  <https://example.org/id/work/plain#by> a bf:PrimaryContribution ; bf:agent <urn:nicholls> .
}"""
PLAIN = "<https://example.org/id/work/plain>"
FULL = "<https://example.org/id/work/full>"


def translations() -> ox.Store:
    store = ox.Store()
    store.update(SPARQL_PREFIXES + TRANSLATIONS)
    return store


def asked(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(SPARQL_PREFIXES + f"ASK {{ {pattern} }}"))


def test_a_translation_without_original_title_joins_the_work_that_tells_it() -> None:
    store = translations()
    before = {quad for quad in store if isinstance(quad.graph_name, ox.DefaultGraph)}
    derive(store, BASE)
    assert asked(store, f"<urn:edition-2> bf:instanceOf {FULL} . {FULL} bf:subject <urn:plants>")
    assert asked(store, f"{PLAIN} dct:isReplacedBy {FULL} FILTER NOT EXISTS {{ {PLAIN} a ?kind }}")
    assert asked(store, "<https://example.org/id/work/other> a bf:Work"), "another language is another work"
    for quad in list(store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}/graph/derived"))):
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    restore(store, BASE)
    assert {quad for quad in store if isinstance(quad.graph_name, ox.DefaultGraph)} == before


def test_works_that_somebody_keeps_apart_stay_apart() -> None:
    store = translations()
    decision = f"<urn:d> jp:verdict jp:verdict-different ; jp:decidedEntity {PLAIN} ; jp:decidedTarget {FULL}"
    store.update(SPARQL_PREFIXES + f"INSERT DATA {{ {decision} }}")
    derive(store, BASE)
    assert asked(store, f"{PLAIN} a bf:Work")


def test_the_library_that_made_a_record_is_found_by_its_code() -> None:
    store = ox.Store()
    store.update(
        SPARQL_PREFIXES
        + """INSERT DATA {
  <urn:library> jp:isil "ID-KOTA" . <urn:other> jp:isil "ID-PROV" .
  <urn:i#description> a bf:AdminMetadata . <urn:i#made> bf:agent <urn:i#agent> ;
    bf:status <http://id.loc.gov/vocabulary/mstatus/n> . <urn:i#agent> bf:code "ID-KOTA" .
  <urn:j#description> a bf:AdminMetadata ; bf:assigner <urn:other> . <urn:j#made> bf:agent <urn:i#agent> ;
    bf:status <http://id.loc.gov/vocabulary/mstatus/n> .
  <urn:k#description> a bf:AdminMetadata . <urn:k#changed> bf:agent <urn:i#agent> ;
    bf:status <http://id.loc.gov/vocabulary/mstatus/c> . }"""
    )
    derive(store, BASE)
    assert asked(store, "<urn:i#description> bf:assigner <urn:library>")
    assert not asked(store, "<urn:j#description> bf:assigner <urn:library>"), "its source named its library"
    assert not asked(store, "<urn:k#description> bf:assigner ?anybody"), "who changed it did not make it"
