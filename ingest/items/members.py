"""Numbers that a union catalogue's record bears at its member libraries."""

from collections.abc import Sequence

from pymarc import Field as MarcField

from graph.names import PREFIXES, digest
from ingest.items.holders import resolve
from ingest.items.profiles import Field
from ingest.items.text import literal
from ingest.source import Source

BF, RDF, RDFS = PREFIXES["bf"], PREFIXES["rdf"], PREFIXES["rdfs"]


def members(
    base: str, source: Source, instance: str, fields: Sequence[tuple[MarcField, Field]], taken: set[int]
) -> list[str]:
    """Statements of fields of kind ``member``: the record's number in each member's system, the member as its
    assigner, and the member's name where the directory has none. They say who has the
    record, not who has a copy. Fields that were read are added to ``taken``."""
    lines: list[str] = []
    for field, spec in fields:
        if spec.kind != "member":
            continue
        said = {roles[0].name: value.strip() for code, value in field.subfields if (roles := spec.roles.get(code))}
        if not said.get("number") or not said.get("holder"):
            continue
        taken.add(id(field))
        member = resolve(base, source, [said["holder"]], field.tag)
        node = f"{instance}#member-{digest(said['holder'], said['number'])[:8]}"
        lines += (
            f"<{instance}> <{BF}identifiedBy> <{node}> .",
            f"<{node}> <{RDF}type> <{BF}Local> .",
            f"<{node}> <{RDF}value> {literal(said['number'])} .",
            f"<{node}> <{BF}assigner> <{member.iri}> .",
            *member.lines,
        )
        if member.lines and said.get("description"):
            lines.append(f"<{member.iri}> <{RDFS}label> {literal(said['description'])} .")
    return lines
