"""The guard sees through comments, strings, IRIs, prefixed names and escapes."""

from contextlib import suppress
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError
from web.failures import Refused
from web.sparql.guard import DEPTH, judge_query, judge_update
from web.sparql.rewriting import with_dataset
from web.sparql.tokens import decoded, tokens

LIMIT = 1 << 18


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service<http://x/>{ ?s ?p ?o } }",
        "SELECT * { #comment\nSeRvIcE#\n<http://x/> {} }",
        "SELECT * { ?s ?p '#' SERVICE <http://x/> {} #'\n }",
        'SELECT * { ?s ?p """a""" . SERVICE SILENT ?x {} }',
        "SELECT * { ?s ?p '\\'' . SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 'it''s' . SERVICE <http://x/> {} }",
        "SELECT * { FILTER(?a<1) SERVICE <http://x/> {} FILTER(1>?b) }",
        "SELECT * { FILTER(EXISTS{SERVICE<http://x/>{}}) }",
        "SELECT * { \\u0053ERVICE <http://x/> {} }",
        "SELECT * { ?s ?p '\\u0027 SERVICE <http://x/> {} #' }",
        "PREFIX : <http://x/> SELECT * { SERVICE :x {} }",
        "SELECT * { { SELECT * { SERVICE <http://x/> {} } } }",
    ],
)
def test_service_is_found(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        judge_query(text, LIMIT)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
        "SELECT * { ?s ?p <http://x/SERVICE> } # SERVICE <http://x/>",
        "PREFIX SERVICE: <http://x/> SELECT ?SERVICE { ?SERVICE SERVICE:LOAD SERVICE:SERVICE }",
        'SELECT * { ?s ?p """ " SERVICE "" """ }',
        "SELECT * { _:SERVICE ?p 'x'@service }",
        "SELECT (1 < 2 AS ?x) { FILTER(?a<?b&&?c>?d) }",
        "select * { ?s a/rdf:rest*/^rdf:first ?o ; !(a|^a) [] ; <p>+ (1 2.5 1e3 .5) }",
        "SELECT * { ?s ?p 'é\\u00E9\\U0001F600' ; ex:a\\,b ex:%41.b }",
    ],
)
def test_harmless_text_passes(text: str) -> None:
    assert judge_query(text, LIMIT).form == "SELECT"


@pytest.mark.parametrize("text", ["LOAD <http://x/>", "INSERT DATA {} ; #\nload silent <file:///etc/passwd>"])
def test_load_is_found(text: str) -> None:
    with pytest.raises(QueryError, match="LOAD"):
        judge_update(text, LIMIT)


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_nesting_is_bounded(pair: str) -> None:
    def nested(depth: int) -> str:
        return f"SELECT * {pair[0] * depth}{pair[1] * depth}"

    assert judge_query(nested(DEPTH), LIMIT)
    with pytest.raises(QueryError, match="nested"):
        judge_query(nested(DEPTH + 1), LIMIT)
    with pytest.raises(QueryError, match="nested"):
        judge_query(nested(4096), LIMIT)


@pytest.mark.parametrize("text", ["", "# nothing", "PREFIX : <http://x/>", "{ ?s ?p ?o }", "BASE <http://x/>"])
def test_what_is_no_query(text: str) -> None:
    with pytest.raises(QueryError):
        judge_query(text, LIMIT)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p 'open }", 'SELECT * { ?s ?p """open }', "SELECT * { \\ }"])
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(QueryError, match="Line 1"):
        judge_query(text, LIMIT)


def test_escaped_keywords_are_read_as_the_recommendation_has_it() -> None:
    judged = judge_query("\\u0053ELECT * { ?\\u0073 ?p '\\u0041' }", LIMIT)
    assert judged.text == "SELECT * { ?s ?p 'A' }"
    assert judge_query("SELECT * { ?s ?p '\\u0041' }", LIMIT).text.endswith("'\\u0041' }")


@pytest.mark.parametrize(
    "part", ["a-", "a.", "<", "<(", ":.", "@a-", "1e", "?", "'' ", "a", "\\u0041", "#\n", "( )"]
)
def test_long_texts_are_read_in_linear_time(part: str) -> None:
    """A text twice as long may not take four times as long; these would, if a token were tried to the end."""

    def seconds(length: int) -> float:
        text = "ASK { " + part * (length // len(part))
        began = perf_counter()
        with suppress(QueryError):
            judge_query(text, LIMIT * 4)
        return perf_counter() - began

    seconds(1000)
    assert seconds(LIMIT) < 20 * max(seconds(LIMIT // 4), 0.02)


def test_length_is_bounded() -> None:
    with pytest.raises(Refused) as refused:
        judge_query("ASK {} #" + "é" * LIMIT, LIMIT)
    assert refused.value.status == 413


def test_updates_and_queries_are_told_apart() -> None:
    with pytest.raises(QueryError, match="update"):
        judge_query("PREFIX : <urn:> # SELECT\nINSERT DATA { :a :b :c }", LIMIT)
    with pytest.raises(QueryError, match="query"):
        judge_update("ASK {}", LIMIT)


@given(st.text(alphabet="SERVICEservice{}<>\"'#\\\n u0053:?@(){ }[]^|.,;", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_judged(text: str) -> None:
    """Whatever comes: tokens in order that cover no more than the text, or a clear refusal."""
    try:
        found = list(tokens(text))
        decoded(text)
    except QueryError:
        return
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_dataset_is_written_into_each_operation() -> None:
    text = (
        "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 { SELECT ?s WHERE {} } } ; DELETE WHERE { ?s ?p 3 }"
    )
    rewritten = with_dataset(text, ("urn:a",), ("urn:b",))
    using = "USING <urn:a> USING NAMED <urn:b>"
    assert rewritten.count(using) == 2
    assert f"{{ ?s ?p 2 }} {using} WHERE {{ ?s ?p 1" in rewritten
    assert f"DELETE  {{ ?s ?p 3 }} {using} WHERE {{ ?s ?p 3 }}" in rewritten
