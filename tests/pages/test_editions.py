"""Editions: the records of one edition are one line, whatever each of them leaves out."""

from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore
from web.pages.editions import editions

BASE = "https://kb.example/id"
VOLUME = "http://id.loc.gov/vocabulary/carriers/nc"
ONLINE = "http://id.loc.gov/vocabulary/carriers/cr"


class Page:
    """What of a visit the editions use."""

    def __init__(self, lines: list[str]) -> None:
        self.store = LocalStore.in_memory()
        self.store.load_lines(lines)
        self.names = {VOLUME: "volume", ONLINE: "daring"}

    def select(self, query: str):
        return list(self.store.select(SPARQL_PREFIXES + query))

    def know(self, iris) -> None:
        list(iris)

    def link(self, iri: str):
        return type("Link", (), {"text": self.names.get(iri, iri)})


def record(name: str, date: str = "2005", isbn: str = "", form: str = "") -> list[str]:
    bf = "http://id.loc.gov/ontologies/bibframe/"
    one = f"<{BASE}/instance/{name}"
    lines = [
        f"{one}> <{bf}instanceOf> <{BASE}/work/w> .",
        f"{one}> <{bf}title> {one}#title> .",
        f'{one}#title> <{bf}mainTitle> "Laskar Pelangi" .',
        f"{one}> <{bf}provisionActivity> {one}#p> .",
        f'{one}#p> <{bf}date> "{date}" .',
    ]
    if isbn:
        lines += [
            f"{one}> <{bf}identifiedBy> {one}#i> .",
            f"{one}#i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{bf}Isbn> .",
            f'{one}#i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "{isbn}" .',
        ]
    return [*lines, f"{one}> <{bf}carrier> <{form}> ."] if form else lines


def listed(*records: list[str], groups=()) -> dict[str, list[tuple[str, int]]]:
    page = Page([line for lines in records for line in lines])
    found = editions(page, f"{BASE}/work/w", list(groups))
    return {form: [(one.date, len(one.records)) for one in many] for form, many in found}


def test_records_of_one_edition_are_one_line() -> None:
    found = listed(
        record("a", isbn="979-3062-79-7", form=VOLUME),
        record("b", isbn="9793062797", form=VOLUME),
        record("c", isbn="9789793062792"),
        record("d", date="2008", form=VOLUME),
    )
    assert found == {"volume": [("2008", 1), ("2005", 3)]}


def test_forms_stay_apart_and_a_record_without_form_without_match_stands_alone() -> None:
    found = listed(record("a", form=VOLUME), record("b", form=ONLINE), record("c", date="1999"))
    assert found == {"": [("1999", 1)], "daring": [("2005", 1)], "volume": [("2005", 1)]}


def test_each_record_tells_the_libraries_behind_it() -> None:
    page = Page(record("a"))
    groups = [{"holder": "urn:kota", "editions": {f"{BASE}/instance/a"}}, {"holder": "", "editions": set()}]
    [(_, [one])] = editions(page, f"{BASE}/work/w", groups)
    assert one.records == [(f"{BASE}/instance/a", ["urn:kota"])]
