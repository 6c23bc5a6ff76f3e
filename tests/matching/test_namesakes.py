"""Different people with one name: no *same* without further evidence, whatever the authority file."""

from pathlib import Path

import pytest

from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher
from graph.matching.years import split, years

FORENAMES = ("Wulan", "Bramantyo", "Kirana", "Satriyo", "Laksmi")
SURNAMES = ("Prawirodiningrat", "Tjokrosuwarno", "Martodiredjo", "Soemodilogo", "Wiryokusumo")


def pairs_of(entries: list[Entry]) -> list[tuple[Entry, str, str]]:
    """For each person with dates another of the same name: the entry, the bare name, and the other's dates."""
    found = []
    for entry in entries:
        for name in entry.every_name():
            bare, said = split(name)
            said = said or years(entry.dates)
            born = said.birth or said.death
            if born and entry.kind == "person":
                found.append((entry, bare.strip(" ,"), f"{born + 34}-"))
    return found


def mistaken(matcher: Matcher, pairs: list[tuple[Entry, str, str]]) -> list[str]:
    """Names that were called the same, with nothing but the name, or with the other's dates."""
    asked = [Heading(name, "person", dates) for _, name, other in pairs for dates in ("", other)]
    return [f"{h.text} {h.dates}" for h in asked if any(one.verdict == "same" for one in matcher.match(h))]


def test_invented_namesakes_with_dates(tmp_path: Path):
    entries = [
        Entry(f"http://x/{surname}{forename}", f"{surname}, {forename}", "person", dates=f"{1900 + at}-1980")
        for at, surname in enumerate(SURNAMES)
        for forename in FORENAMES
    ]
    pairs = pairs_of(entries)
    assert len(pairs) == 25
    assert mistaken(Matcher(Index.build(tmp_path / "i", entries)), pairs) == []


def test_invented_namesakes_without_dates(tmp_path: Path):
    entries = [
        Entry(f"http://x/{at}/{surname}", f"{surname}, {forename}", "person")
        for surname in SURNAMES
        for forename in FORENAMES
        for at in (1, 2)
    ]
    matcher = Matcher(Index.build(tmp_path / "i", entries))
    for entry in entries:
        found = matcher.match(Heading(entry.label, "person"))
        assert {one.verdict for one in found[:2]} == {"maybe"}


@pytest.mark.shared
def test_namesakes_made_from_the_authority_files(shared: Path, tmp_path: Path):
    from benches._gold_sets import gnd, lc

    entries = [*gnd(), *lc()]
    pairs = pairs_of(entries)
    assert len(pairs) > 200
    known = {name for entry in entries for name in entry.every_name()}
    asked = [pair for pair in pairs if not split(pair[1])[1] and pair[1] not in known]
    asked = asked[:: len(asked) // 250]
    assert len(asked) >= 250
    assert mistaken(Matcher(Index.build(tmp_path / "i", entries)), asked) == []


@pytest.mark.shared
def test_people_of_one_name_in_the_authority_files(shared: Path, tmp_path: Path):
    from benches._gold_sets import gnd, same_names

    entries = gnd()
    groups = same_names(entries)
    matcher = Matcher(Index.build(tmp_path / "i", entries))
    assert len(groups) > 10
    for group in groups:
        bare = {split(entry.label)[0].strip(" ,") for entry in group}
        for name in bare:
            same = [one.entry.label for one in matcher.match(Heading(name, "person")) if one.verdict == "same"]
            assert same == [], name
