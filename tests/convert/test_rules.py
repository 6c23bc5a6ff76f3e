"""The examples beside the rules, and what the loader of rules refuses."""

import re
from pathlib import Path

import pytest

from ingest.convert import Converter, compiled, rules
from ingest.source import Source
from ontology.rules import Example, Rule, RuleError, load_rules
from tests.convert.marc import record
from tests.convert.paths import paths

BASE = "https://kb.example"
_CLASSES = re.compile(r"\[([^\]]+)\]")


def ordered(statement: str) -> str:
    """A statement with the classes of each node in order, up to its value."""
    path, mark, value = statement.partition(' "')
    return _CLASSES.sub(lambda m: f"[{'+'.join(sorted(m[1].split('+')))}]", path) + mark + value


EXAMPLES = [(rule, example) for rule in rules() for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[rule.place for rule, _ in EXAMPLES])
def test_example(rule: Rule, example: Example) -> None:
    found = paths(Converter(BASE, Source("t")).convert(record(example.record)).lines, BASE)
    for statement in example.says:
        assert ordered(statement) in found, f"{rule.place}: not said: {statement}"
    for statement in example.never:
        assert ordered(statement) not in found, f"{rule.place}: said: {statement}"


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


def test_every_ignored_subfield_has_a_reason() -> None:
    for rule in rules():
        assert all(len(reason.strip()) > 3 for reason in rule.ignore.values()), rule.place


def test_the_compiled_source_is_python_by_tag() -> None:
    made = compiled()
    assert "def field_245(field, subs, d):" in made.source
    assert {"100", "245", "650", "830"} <= made.functions.keys()


@pytest.mark.parametrize(
    "entry",
    [
        "- {tag: '500', name: x, levle: work}",
        "- {tag: '500', name: x, level: shelf}",
        "- {tag: '500', name: x, subfields: {a: 'bf:note/[bf:Note]'}}",
        "- {name: x}",
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_by_its_line(tmp_path: Path, entry: str) -> None:
    (tmp_path / "x.yaml").write_text(f"block: x\nrules:\n  {entry}\n")
    with pytest.raises(RuleError, match=r"x\.yaml:3"):
        load_rules(tmp_path)
