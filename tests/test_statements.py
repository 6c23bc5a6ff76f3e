import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.statements import abbreviated, by_stem, canonical, is_valid, key, stem, triples

LINE = '<https://x.org/id/instance/a-1#title> <urn:p> "o" .'


def test_parts_belong_to_their_entity() -> None:
    assert stem(LINE) == "https://x.org/id/instance/a-1"
    assert stem('<https://x.org/id/a> <urn:p> "#" .') == "https://x.org/id/a"


def test_terms_of_vocabularies_are_entities_of_their_own() -> None:
    assert stem('<https://w3id.org/jejaring/ns#kota> <urn:p> "o" .') == "https://w3id.org/jejaring/ns#kota"


def test_lines_are_grouped_whatever_their_order() -> None:
    lines = [LINE, '<urn:b> <urn:p> "1" .', '<https://x.org/id/instance/a-1> <urn:p> "2" .']
    assert by_stem(lines) == {"https://x.org/id/instance/a-1": [lines[0], lines[2]], "urn:b": [lines[1]]}


def test_keys_are_signed_64_bit_numbers() -> None:
    assert all(-(2**63) <= key(str(n)) < 2**63 for n in range(100))
    assert len({key(str(n)) for n in range(1000)}) == 1000


VALUES = st.one_of(
    st.integers().map(lambda n: f'"0{n}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    st.sampled_from(["true", "1", "no"]).map(lambda v: f'"{v}"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    st.sampled_from(["id-ID", "EN", "jv-Java"]).map(lambda tag: f'"x"@{tag}'),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters='"\\'), max_size=9).map(
        '"{}"'.format
    ),
)


@given(values=st.lists(VALUES, max_size=8))
def test_canonical_lines_are_what_a_store_gives_back(values: list[str]) -> None:
    lines = [f"<urn:s> <urn:p> {value} ." for value in values]
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    assert canonical(lines) == {f"{quad.triple} ." for quad in store}


def test_invalid_lines_are_told_apart() -> None:
    bad = '<https://x.org/a b> <urn:p> "o" .'
    assert is_valid(LINE)
    assert not is_valid(bad)
    assert len(triples([LINE, bad])) == len(canonical([LINE, bad])) == 1


def test_lines_of_one_subject_need_not_come_together() -> None:
    lines = ['<e:/id/a> <p:> "1" .', '<e:/id/b> <p:> "2" .', '<e:/id/a#x> <p:> "3" .', '<e:/id/a> <p:> "4" .']
    groups = by_stem(lines)
    assert groups == {"e:/id/a": [lines[0], lines[3], lines[2]], "e:/id/b": [lines[1]]}


def test_a_line_for_people_keeps_its_literal() -> None:
    literal = '"see <http://www.w3.org/2002/07/owl#x> \\" ."'
    line = f"<https://x/id/work/a> <http://id.loc.gov/ontologies/bibframe/note> {literal} ."
    assert abbreviated(line, "https://x") == f"<work/a> bf:note {literal}"
