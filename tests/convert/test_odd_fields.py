"""Fields as no cataloguer should write them: any tag, indicator and subfield, with values that mean nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymarc import Field, Indicators, Record, Subfield

from ingest.convert import Converter, rules
from ingest.source import Source
from tests.convert.marc import LEADER, record
from tests.convert.validity import faults

TAGS = sorted({tag for rule in rules() for tag in rule.tags if tag >= "010"})
ODD = [
    "",
    " ",
    "/",
    " : ",
    "()",
    '"',
    "\\",
    "a\\",
    "\x1b[",
    "\ufffe",
    "中文",
    "http://",
    "http://x y",
    "(a",
    "(x)",
    "$a",
]
ODD += [
    "http://x.example/a",
    "(DE-588)118500775",
    "(DLC)sh85139020",
    "19uu",
    "-0044",
    "99999",
    "2001-13-45",
    "||||",
    "####",
]
ODD += [
    "ind",
    "xx",
    "880-01",
    "245-01/(3/r",
    "lcsh",
    "fast",
    "0",
    "-1",
    "E1280000",
    "aut",
    "070",
    "Hrsg.",
    "1.",
    "d",
    "a-io---",
]
CODES = "aaabcdefghijklmnopqrstuvwxyz0123456789"
LEADERS = [LEADER, "00000cas a2200000   4500", "00000njm a22000007a 4500", "xxxx", "00000nz  a2200000n  4500"]
FIELDS = st.tuples(
    st.sampled_from([*TAGS, *["880"] * 20]),
    st.text("0123456789 #|", min_size=2, max_size=2),
    st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(ODD)), max_size=6),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(LEADERS), st.text("abc 0|#-u9", max_size=40), st.lists(FIELDS, max_size=12))
def test_odd_fields_give_sound_statements(
    leader: str, fixed: str, fields: list[tuple[str, str, list[tuple[str, str]]]]
) -> None:
    made = Record()
    made.leader = leader
    made.add_field(Field("001", data="1"), Field("008", data=fixed))
    for tag, (one, two), subfields in fields:
        made.add_field(Field(tag, Indicators(one, two), [Subfield(*pair) for pair in subfields]))
    assert not faults(Converter("https://kb.example", Source("t")).convert(made).lines)


def test_marks_alone_say_nothing() -> None:
    text = r"""
        =245  10$aLaut$b $c/
        =260  \\$a:$b $c,
        =500  \\$a.
        =700  1\$i:$aContoh, Siti$e,
        =730  0\$a/
    """
    lines = Converter("https://kb.example", Source("t")).convert(record(text)).lines
    assert not [line for line in lines if ' "" .' in line]


def test_a_role_in_an_authority_is_about_no_work() -> None:
    text = "=LDR  00000nz  a2200000n  4500\n=150  \\\\$aLaut\n=550  \\\\$aAir$ekata$4aut"
    assert not faults(Converter("https://kb.example", Source("t")).convert(record(text)).lines)
