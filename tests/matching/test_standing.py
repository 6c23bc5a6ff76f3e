"""Decisions as statements: links, nodes with who, when, why and evidence, and families of our own entities."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.decisions import Decision
from graph.matching.standing import families, lines
from graph.names import expand
from graph.statements import is_valid

BASE = "https://x.test"
GND = "https://d-nb.info/gnd/1"


def own(name: str) -> str:
    return f"{BASE}/id/agent/{name}"


def said(one: str, verdict: str, other: str, **more: object) -> Decision:
    return Decision(one, other, verdict, "siti", "2026-11-23T10:00:00+00:00", **more)


def statements(*decisions: Decision) -> set[tuple[str, str, str]]:
    found = lines(decisions, BASE, lambda iri: "lost" not in iri)
    assert all(map(is_valid, found))
    store = ox.Store()
    store.load("\n".join(found).encode(), ox.RdfFormat.N_TRIPLES)
    return {(q.subject.value, q.predicate.value, q.object.value) for q in store}


def links(*decisions: Decision) -> set[tuple[str, str, str]]:
    return {one for one in statements(*decisions) if "/decision/" not in one[0]}


def test_same_is_identity_of_things_and_mapping_of_concepts() -> None:
    assert links(said(own("a"), "same", GND, kind="person")) == {(own("a"), expand("owl:sameAs"), GND)}
    assert links(said(own("a"), "same", GND, kind="topic")) == {(own("a"), expand("skos:exactMatch"), GND)}


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_what_is_not_the_same_is_not_linked(verdict: str) -> None:
    found = links(said(own("a"), verdict, GND))
    assert found == ({(own("a"), expand("owl:differentFrom"), GND)} if verdict == "different" else set())


def test_the_node_tells_who_when_why_and_on_what() -> None:
    evil = 'same "dates"\n\\ end'
    one = said(own("a"), "same", GND, why=evil, evidence={"dates": 1.0, "titles": 0.123456}, score=0.98765)
    told = {(p, o) for s, p, o in statements(one) if "/decision/" in s}
    assert (expand("jp:decidedBy"), "siti") in told
    assert (expand("dct:created"), "2026-11-23T10:00:00+00:00") in told or (
        expand("dct:created"), "2026-11-23T10:00:00Z",
    ) in told  # fmt: skip
    assert (expand("dct:description"), evil) in told
    assert (expand("jp:score"), "0.9877") in told
    assert {o for p, o in told if p == expand("jp:evidence")} == {"dates=1", "titles=0.123"}
    assert (expand("jp:verdict"), expand("jp:verdict-same")) in told


def test_nothing_is_said_of_entities_that_are_gone() -> None:
    assert statements(said(own("lost"), "same", GND), said(own("a"), "same", own("lost"))) == set()


def test_two_of_ours_become_one_and_chains_have_one_end() -> None:
    found = links(said(own("a"), "same", own("b")), said(own("b"), "same", own("c")))
    assert (own("a"), expand("dct:isReplacedBy"), own("b")) in found
    assert (own("b"), expand("owl:sameAs"), own("c")) in found


def test_a_circle_is_not_closed() -> None:
    found = families([said(own("a"), "same", own("b")), said(own("b"), "same", own("a"))], BASE)
    assert found.survivor(own("a")) == own("b")
    assert len(found.refused) == 1


def test_what_somebody_keeps_apart_is_not_joined_on_a_detour() -> None:
    apart, joined = said(own("a"), "different", own("c")), said(own("a"), "same", own("b"))
    found = families([apart, joined, said(own("b"), "same", own("c"))], BASE)
    assert found.replaced == {own("a"): own("b")}
    assert [one.entity for one in found.refused] == [own("b")]


def test_what_is_split_off_can_be_decided_on() -> None:
    split = said(own("a"), "split", own("lost-two"), parts=(f"{BASE}/id/work/1",), target_label="Ann (poet)")
    found = links(split, said(own("lost-two"), "same", GND))
    assert (own("lost-two"), expand("owl:sameAs"), GND) in found
    assert (own("lost-two"), expand("owl:differentFrom"), own("a")) in found


NAMES = st.sampled_from("abcde").map(own)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["same", "different"]), NAMES), max_size=12))
def test_every_family_ends_and_keeps_apart_what_is_different(pairs: list[tuple[str, str, str]]) -> None:
    decisions = [said(*one) for one in pairs if one[0] != one[2]]
    found = families(decisions, BASE)
    for one in decisions:
        together = found.survivor(one.entity) == found.survivor(one.target)
        if one.verdict == "different":
            assert not together
        elif one not in found.refused:
            assert together


def test_characters_beyond_the_first_plane_are_kept() -> None:
    name = '\U00020bb7 \U0001f4da "q" \\'
    assert name in {value for *_, value in statements(said(own("a"), "same", GND, why=name))}
