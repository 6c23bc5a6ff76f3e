import pytest
from pymarc import Field, Record, Subfield

from ingest.carried_links import link_problems


def record(tag: str, text: str) -> Record:
    made = Record()
    made.add_field(Field(tag, ["1", "0"], [Subfield(part[0], part[1:]) for part in text.split("$")[1:]]))
    return made


WRONG = [
    ("100", "$aSutarno$0(DE-588)118540238$0(DE-588)118607626", "link-contradiction"),
    ("700", "$aSutarno$0(DE-588)118540239", "link-check-digit"),
    ("700", "$aSutarno$1https://isni.org/isni/0000000121032684", "link-check-digit"),
    ("650", "$aCoffee$0sh 85028000$0http://id.loc.gov/authorities/subjects/sh85028001", "link-contradiction"),
]
RIGHT = [
    ("100", "$aSutarno$0(DE-588)118540238$0(uri)http://d-nb.info/gnd/118540238$1http://viaf.org/viaf/77"),
    ("650", "$aKopi$0(DE-588)4031791-2$zJawa$0(DE-588)4005728-8"),
    ("100", "$aSutarno"),
    ("245", "$aKebun$0(DE-588)118540239"),
]


@pytest.mark.parametrize(("tag", "text", "kind"), WRONG)
def test_links_that_cannot_be_right_are_told_with_their_place(tag, text, kind):
    (problem,) = link_problems(record(tag, text))
    assert (problem.kind, problem.place) == (kind, f"{tag}$0")
    assert problem.remedy


@pytest.mark.parametrize(("tag", "text"), RIGHT)
def test_links_that_may_be_right_are_left_alone(tag, text):
    assert list(link_problems(record(tag, text))) == []
