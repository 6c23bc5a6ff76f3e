"""Validation: the network against its SHACL shapes, each finding with the row it comes from."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pyshacl import validate as shacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node

import ontology
from ingest.problems import Problem, Severity
from ontology.sheets import Column, sheets

FOLDER = Path(ontology.__file__).parent / "network"
LIBRARY = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Library> ."
ASIDE = ("parentOrganization>", "seeAlso>", "sameAs>", "isPartOf>", "classification>")
"""Predicates that do not make the named organisation part of the network's work."""
HELD_BY = URIRef("http://id.loc.gov/ontologies/bibframe/heldBy")
_OURS = re.compile(r"\b\w+://[^\s;]*/id/(?=\S)")
"""The start of the IRI of an entity of ours; sheets know it by the id after it."""
Places = Mapping[str, tuple[str, str, int]]


@cache
def _graph(name: str) -> Graph:
    return Graph().parse(FOLDER / name)


def validate(lines: Iterable[str], places: Places | None = None) -> list[Problem]:
    """What the shapes find in statements (N-Triples lines): violations as ``lost``, the rest as warnings.

    ``lines`` must be all that is known of the network, since shapes look at members and parties together. When no
    line is of a copy, what shapes say of holdings is left out: catalogues have those, and sheets are judged alone.
    ``places`` gives file, sheet and row of each IRI.
    """
    data = Graph()
    data.parse(data="\n".join(concerned(lines)), format="nt")
    if not len(data):
        return []
    _, report, _ = shacl(
        data + _graph("jejaring.ttl"),
        shacl_graph=_graph("shapes.ttl"),
        inference="none",
        allow_infos=True,
        allow_warnings=True,
    )
    assert isinstance(report, Graph)
    results: Iterable[Node] = report.subjects(RDF.type, SH.ValidationResult)
    if not any(data.subjects(HELD_BY)):
        results = (result for result in results if not _of_copies(report, result))
    found = [_problem(report, result, places or {}) for result in results]
    return sorted(set(found), key=lambda p: (p.severity is not Severity.LOST, p.file, p.record or 0, p.message))


def _of_copies(report: Graph, result: Node) -> bool:
    path = report.value(result, SH.resultPath)
    return isinstance(path, BNode) and HELD_BY in report.transitive_objects(path, None)


def _problem(report: Graph, result: Node, places: Places) -> Problem:
    focus = str(report.value(result, SH.focusNode))
    stem = focus.partition("#")[0]
    file, sheet, row = places.get(stem, ("", "", 0))
    violation = report.value(result, SH.resultSeverity) == SH.Violation
    messages = " ".join(str(message) for message in report.objects(result, SH.resultMessage))
    column = _column(sheet, report.value(result, SH.resultPath), str(report.value(result, SH.value)))
    remedy = f"Correct {column.id} ({column.en}) in that row." if column else ""
    place = f"{sheet}.{column.id}" if column else sheet
    return Problem(
        "shape-violation" if violation else "shape-warning",
        f"{stem.rpartition('/id/')[2]}: {_OURS.sub('', messages)}",
        remedy,
        Severity.LOST if violation else Severity.WARNING,
        file,
        row or None,
        None,
        place,
    )


def _column(sheet: str, path: Node | None, value: str) -> Column | None:
    """The column a path of a shape speaks of: by predicate, or by the part of a rule (``A1-lend#elapsedTime``)."""
    if sheet not in sheets() or not isinstance(path, URIRef):
        return None
    part = value.partition("#")[2]
    for column in sheets()[sheet].columns:
        if str(path) in column.predicates or (part and column.term.partition(":")[2] == part):
            return column
    parts = {"fee": "biaya", "postage": "ongkir_oleh", "return": "denda_per_hari", "deposit": "jaminan"}
    return sheets()[sheet].column(parts.get(part, ""))


def concerned(lines: Iterable[str]) -> list[str]:
    """Statements without the libraries that nobody mentions: a directory of 26,000 is no matter for the shapes."""
    kept = list(lines)
    silent = {_stem(line) for line in kept if line.endswith(LIBRARY)}
    for line in kept:
        if not line.split(" ", 2)[1].endswith(ASIDE):
            mentioned = line[:-2].rpartition(" ")[2].partition("#")[0].strip("<>")
            if mentioned in silent and mentioned != _stem(line):
                silent.discard(mentioned)
    return [line for line in kept if _stem(line) not in silent]


def _stem(line: str) -> str:
    return line[1 : line.index(" ")].rstrip(">").partition("#")[0]


def violations(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems for which the load of the sheets must be refused."""
    return [problem for problem in problems if problem.severity is Severity.LOST]
