"""Search: words, identifiers, phrases, misspellings, other scripts, facets, pages."""

import pyoxigraph as ox
import pytest

from graph.names import SPARQL_PREFIXES, expand
from graph.search import Search, Wanted, build
from graph.search_text import fold, folded, identifiers
from graph.store import LocalStore

WORKS = {
    "w1": "Laskar pelangi",
    "w2": "Qur'ān dan tafsir",
    "w3": "紅樓夢",
    "w4": "Pelangi di laskar",
    "w5": "Война и мир",
    "w6": "<b>Judul</b> \u202egnol",
}


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    bf = "http://id.loc.gov/ontologies/bibframe/"
    lines = []
    for name, title in WORKS.items():
        one = f"<http://x/id/{name}>"
        lines += [
            f"{one} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{bf}Work> .",
            f"{one} <{bf}title> <http://x/id/{name}#t> .",
            f"<http://x/id/{name}#t> <{bf}mainTitle> {ox.Literal(title)} .",
            f"<http://x/id/{name}i> <{bf}instanceOf> {one} .",
            f"<http://x/id/{name}i> <{bf}identifiedBy> <http://x/id/{name}i#isbn> .",
            f'<http://x/id/{name}i#isbn> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "979306279{name[1]}" .',
        ]
    store = LocalStore.in_memory()
    store.load_lines(lines)
    folder = tmp_path_factory.mktemp("release")
    (folder / "manifest.json").write_text("{}")
    build(store, folder)
    assert (folder / "manifest.json").exists()
    return Search(folder)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("LASKAR", ["w1", "w4"]),
        ('"laskar pelangi"', ["w1"]),
        ("quran", ["w2"]),
        ("紅夢", ["w3"]),
        ("voina", ["w5"]),
        ("война", ["w5"]),
        ("judul", ["w6"]),
        ("http://x/id/w2", ["w2"]),
        ("tiada", []),
        ('"""\\ AND OR ^*~', []),
    ],
)
def test_words_find_their_works(search, words, expected):
    assert sorted(one.iri.rpartition("/")[2] for one in search.find(Wanted(words)).results) == expected


def test_a_release_that_cannot_be_written_to_is_searched(data, monkeypatch):
    folder = data / "releases" / "000001"
    before, found = sorted(folder.rglob("*")), Search(folder).find(Wanted("laskar"))
    monkeypatch.setattr("graph.search_index.os.access", lambda *_: False)
    assert Search(folder).find(Wanted("laskar")).results == found.results != []
    assert sorted(folder.rglob("*")) == before


def test_misspelt_words_still_find_and_say_so(search):
    found = search.find(Wanted("laskor pelanqi"))
    assert found.similar
    assert found.total == 2


def test_exact_title_comes_first(search):
    assert search.find(Wanted("laskar pelangi")).results[0].iri == "http://x/id/w1"


def test_facets_count_and_pages_cut(search):
    found = search.find(Wanted(limit=2, offset=4))
    assert found.total == 6
    assert len(found.results) == 2
    assert found.facets["kind"][0].count == 6


def test_suggestions_complete_the_last_word(search):
    assert [one.title for one in search.suggest("laskar pel")][:1] == ["Laskar pelangi"]
    assert search.suggest("") == []


def test_isbn_of_either_length_and_with_hyphens():
    assert identifiers("979-979-1227-00-0") == ["9799791227000"]
    assert identifiers("0-306-40615-2") == ["0306406152", "9780306406157"]


def test_folding_takes_accents_and_case_away():
    assert fold("Ḥikāyat Ḥāng Tūah") == "hikayat hang tuah"
    assert "hong lou" in folded("紅樓夢")


@pytest.mark.parametrize("sort", ["relevance", "year", "oldest", "held"])
def test_pages_lead_to_the_last_result_and_show_each_once(search, sort):
    pages = [search.find(Wanted(sort=sort, offset=start, limit=2)).results for start in range(0, 8, 2)]
    shown = [one.iri for page in pages for one in page]
    assert sorted(shown) == sorted(f"http://x/id/{name}" for name in WORKS)
    assert search.find(Wanted(sort=sort, offset=10**15)).results == []


def test_a_page_past_the_end_is_the_last_one(client):
    last = client.get("/search?kind=library&page=99999999999999&lang=en", headers={"Accept": "text/html"})
    assert last.status_code == 200
    assert 'class="result"' in last.get_data(as_text=True)


def test_what_is_searched_is_said_and_each_part_can_be_taken_away(client):
    base = "https%3A%2F%2Fdata.jejaring.example%2Fid%2F"
    address = f"/search?q=bumi&kind=work&holder={base}kota&boleh=1&untuk=wana&on=2026-03-15&lang=en"
    text = client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)
    for part in ("among", "held by", "may borrow on March 15, 2026", "boleh=1"):
        assert part in text


def test_results_are_there_as_rdf(client):
    found = client.get("/search.json?q=bumi&kind=work").get_json()["results"]
    assert found
    told = list(ox.parse(client.get("/search.ttl?q=bumi&kind=work").data, ox.RdfFormat.TURTLE))
    assert {one["iri"] for one in found} <= {triple.subject.value for triple in told}
    linked = client.get("/search.jsonld?q=bumi&kind=work").get_json()
    assert {one["iri"] for one in found} <= {node.get("id") for node in linked["@graph"]}
    answer = client.get("/q/cq20-last-copies?format=ttl&on=2026-03-15")
    assert answer.mimetype == "text/turtle"
    assert list(ox.parse(answer.data, ox.RdfFormat.TURTLE))


MANY = 45


@pytest.fixture(scope="module")
def schoolbook(tmp_path_factory):
    """A work that more libraries hold than the row of a result names, in two towns of one name."""
    lines = [
        "<http://x/id/w> a bf:Work ; bf:title <http://x/id/w#t> ; bf:hasInstance <http://x/id/e> ;"
        " jp:subjectGroup jp:subj-8 . <http://x/id/w#t> bf:mainTitle 'Matematika' .",
        "<http://x/id/e> bf:provisionActivity <http://x/id/e#p> . <http://x/id/e#p> bf:date '2013' .",
    ]
    for n in range(MANY):
        lines.append(
            f"<http://x/id/i{n}> bf:itemOf <http://x/id/e> ; bf:heldBy <http://x/id/l{n}> . "
            f"<http://x/id/l{n}> a schema:Library ; schema:name 'Perpustakaan' . "
            f"<http://x/id/l{n}> schema:address <http://x/id/l{n}#a> . "
            f"<http://x/id/l{n}#a> schema:addressLocality 'Mandala' ; schema:addressRegion 'Wilayah {n % 2}' ."
        )
    store = LocalStore.in_memory()
    store.store.update(f"{SPARQL_PREFIXES}INSERT DATA {{ {' '.join(lines)} }}")
    folder = tmp_path_factory.mktemp("schoolbook")
    build(store, folder)
    return Search(folder)


def test_all_holders_are_counted_though_only_the_first_are_named(schoolbook):
    work = schoolbook.find(Wanted("matematika")).results[0]
    assert work.held == MANY > len(work.holders)
    unnamed = next(f"http://x/id/l{n}" for n in range(MANY) if f"http://x/id/l{n}" not in work.holders)
    assert schoolbook.held_by(unnamed, [work.iri]) == {work.iri}
    assert schoolbook.held_by("http://x/id/nobody", [work.iri]) == set()


def test_a_library_is_told_with_its_region(schoolbook):
    found = schoolbook.find(Wanted(chosen={"kind": "library"}, limit=MANY)).results
    assert {one.place for one in found} == {"Mandala, Wilayah 0", "Mandala, Wilayah 1"}


def test_two_facets_are_counted_crosswise(schoolbook):
    held = Wanted(chosen={"kind": "work", "holder": "http://x/id/l1"})
    assert schoolbook.crossed(held, "subject", "decade") == {expand("jp:subj-8"): {"2010": 1}}
