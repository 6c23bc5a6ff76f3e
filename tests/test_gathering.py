from pathlib import Path

from graph.gathering import PARTS, Gathering

ROWS = [(f"e{n % 300}", f"v{n % 7}") for n in range(2000)]


def gathered(kept: int) -> dict[str, dict[str, list[str]]]:
    with Gathering(kept) as gathering:
        gathering.add("title", ROWS)
        gathering.add("year", [("e1", "1990"), ("e1", "1980"), ("e1", "1990")])
        return dict(gathering.entities())


def test_an_entity_comes_with_all_its_values_each_once_in_the_order_they_came() -> None:
    found = gathered(10**6)
    assert len(found) == 300
    assert found["e1"] == {"title": list(dict.fromkeys(v for e, v in ROWS if e == "e1")), "year": ["1990", "1980"]}


def test_what_went_into_files_comes_back_the_same() -> None:
    in_memory, in_files = gathered(10**6), gathered(100)
    assert in_files == in_memory
    assert list(in_files) == list(in_memory)


def test_files_go_when_the_work_ends() -> None:
    with Gathering(1) as gathering:
        gathering.add("title", ROWS[:10])
        folder = Path(gathering._folder.name)
        assert len(list(folder.iterdir())) == PARTS
    assert not folder.exists()
