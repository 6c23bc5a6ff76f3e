"""Records in MarcEdit's notation, for tests and for the examples beside the rules."""

from pymarc import Field, Indicators, Record, Subfield

LEADER = "00000nam a2200000 i 4500"


def record(text: str, number: str = "1") -> Record:
    """``=245  10$aBumi manusia`` and so on, one field a line (``{dollar}`` is $); 001 and leader are added where
    missing."""
    made = Record()
    made.leader = LEADER
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not any(line.startswith("=001") for line in lines):
        lines.insert(0, f"=001  {number}")
    for line in lines:
        tag, content = line[1:4], line[6:]
        if tag == "LDR":
            made.leader = content
        elif tag < "010":
            made.add_field(Field(tag, data=content.replace("\\", " ")))
        else:
            ind1, ind2 = content[:2].replace("\\", " ")
            parts = content[2:].split("$")[1:]
            made.add_field(
                Field(tag, Indicators(ind1, ind2), [Subfield(p[0], p[1:].replace("{dollar}", "$")) for p in parts])
            )
    return made
