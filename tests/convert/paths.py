"""Statements of a conversion as paths in the manner of the rules: ``Work bf:title/[bf:Title]/bf:mainTitle "…"``."""

from collections import defaultdict
from typing import Any

import pyoxigraph as ox

from ontology.terms import PREFIXES, shorten

TYPE = PREFIXES["rdf"] + "type"
GENERIC = {
    "bf:Agent": {"bf:Person", "bf:Family", "bf:Organization", "bf:Jurisdiction", "bf:Meeting"},
    "bf:Contribution": {"bf:PrimaryContribution"},
    "bf:ProvisionActivity": {"bf:Publication", "bf:Production", "bf:Manufacture", "bf:Distribution"},
}


def paths(lines: list[str], base: str) -> set[str]:
    """All paths from works and instances to literals and to terms that are not ours."""
    out: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    for triple in ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES):
        out[triple.subject.value].append((triple.predicate.value, triple.object))
    found: set[str] = set()
    for subject in out:
        for kind in ("work", "instance"):
            if subject.startswith(f"{base}/id/{kind}/") and "#" not in subject:
                _walk(out, subject, kind.capitalize(), {subject}, found, base)
    return found


def _walk(out: Any, node: str, path: str, trail: set[str], found: set[str], base: str) -> None:
    for predicate, value in out[node]:
        if predicate == TYPE:
            continue
        here = f"{path}{' ' if path in ('Work', 'Instance') else '/'}{shorten(predicate)}"
        if isinstance(value, ox.Literal):
            mark = f"@{value.language}" if value.language else ""
            if not mark and value.datatype.value != PREFIXES["xsd"] + "string":
                mark = f"^^{shorten(value.datatype.value)}"
            found.add(f'{here} "{value.value}"{mark}')
        elif value.value.startswith(base) and value.value not in trail:
            if "/work/" in value.value and "#" not in value.value:
                continue
            _walk(out, value.value, f"{here}/{_types(out, value.value)}", trail | {value.value}, found, base)
        elif not value.value.startswith(base):
            found.add(f"{here} {shorten(value.value)}")


def _types(out: Any, node: str) -> str:
    names = {shorten(o.value) for p, o in out[node] if p == TYPE}
    for generic, special in GENERIC.items():
        if names & special:
            names.discard(generic)
    return f"[{'+'.join(sorted(names))}]"
