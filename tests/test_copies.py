"""Fields of holdings records that speak of their copies as bibs speak of the resource."""

from ingest.convert import Converter
from ingest.coverage import HOLDINGS, rulings, speaker
from ingest.source import Source
from tests.convert.marc import record

BF = "http://id.loc.gov/ontologies/bibframe/"
HOLDING = r"""=LDR  00000nx  a22000001n 4500
=001  h1
=004  b1
=541  0\$aKeluarga Contoh$bJl. Rahasia 1
=506  1\$aHanya untuk anggota$fOnline access with authorization
=583  1\$6880-01$adigitized$c2015$xrahasia dapur
=845  \\$aDibaca di tempat
=852  \\$aKOTA$h020
=852  \\$aKOTA$h030
=880  1\$6583-01$aซ่อม
=990  \\$alain
"""


def lines() -> list[str]:
    return Converter("https://kb.example", Source("t")).convert(record(HOLDING)).lines


def test_access_and_actions_are_said_of_every_copy() -> None:
    said = lines()
    copies = {line.split()[0] for line in said if f"<{BF}itemOf>" in line}
    assert len(copies) == 2
    for copy in copies:
        assert any(line.startswith(f"{copy} <{BF}usageAndAccessPolicy> {copy[:-1]}#accesspolicy") for line in said)
        assert sum(line.startswith(f"{copy} <{BF}note> {copy[:-1]}#action") for line in said) == 2
    assert any('"ซ่อม"' in line for line in said)


def test_they_are_no_local_fields_while_others_are() -> None:
    said = "\n".join(lines())
    assert '"990$a"' in said
    assert '"506' not in said
    assert '"583' not in said


def test_what_is_private_is_not_published() -> None:
    said = "\n".join(lines())
    assert "Jl. Rahasia" not in said
    assert "rahasia dapur" not in said


def test_without_a_copy_nothing_is_lost() -> None:
    alone = record("=LDR  00000nx  a22000001n 4500\n=004  b1\n=506  1\\$aHanya untuk anggota\n")
    said = Converter("https://kb.example", Source("t")).convert(alone).lines
    assert any('"506$a"' in line for line in said)


def test_coverage_says_who_speaks_of_them() -> None:
    told = speaker(record(HOLDING), rulings())
    assert told("506a") == ""
    assert told("990a") == HOLDINGS
