"""Releases: what each holds and how it differs from the one before; its checks; what its load read and lost."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, render_template

from graph.checks import Finding, read
from graph.differences import summary
from graph.errors import NotFound
from graph.names import expand
from graph.releases import Release
from ontology.checks import checks
from ontology.display import code_name, kinds
from web.pages.blueprint import pages
from web.pages.visit import Visit, visit

Moved = tuple[str, int, int]
"""What it is, how many there were, how many there are."""


@pages.get("/releases")
def releases() -> str:
    """The published releases, newest first."""
    return render_template("releases.html", releases=list(reversed(visit().site.releases.all())))


@pages.get("/releases/<int:number>")
def release(number: int) -> str:
    """One release: its sources, its counts, and in words how it differs from the one before."""
    here = visit()
    found = here.site.releases.get(number)
    before = _before(here, number)
    difference = summary(before, found) if before else {}
    counts = [(name_of(here, name), count) for name, count in found.manifest.get("counts", {}).items()]
    return render_template(
        "release.html", release=found, before=before, difference=difference, counts=counts,
        moved=list(_moved(here, difference)), tallies=found.report.get("sources", {}),
    )  # fmt: skip


def _before(here: Visit, number: int) -> Release | None:
    try:
        return here.site.releases.get(number - 1)
    except NotFound:
        return None


def _moved(here: Visit, difference: Mapping[str, Any]) -> Iterator[Moved]:
    """How the numbers of what readers know moved: works, editions, copies, libraries …"""
    told = {expand(name): kind.many[here.language] for kind in kinds() for name in kind.classes if ":" in name}
    for name, moved in difference.get("counts", {}).items():
        if name == "statements":
            yield "", moved["from"], moved["to"]
        elif ":" in name and not name.startswith("http") and (text := told.get(expand(name))):
            yield text, moved["from"], moved["to"]


def name_of(here: Visit, name: str) -> str:
    """What a class in the counts of a release is called."""
    iri = name if name.startswith("http") else expand(name) if ":" in name else ""
    return here.search.labels.get(iri, {}).get(here.language, "") or code_name(iri, here.language) or name


@pages.get("/pemeriksaan")
def checked() -> str:
    """What the release lacks: findings of the checks, and problems of the last load by kind."""
    here = visit()
    findings = _findings(here)
    here.know(iri for one in findings for iri in one.examples)
    report = here.site.release.report
    by_kind: dict[str, dict[str, Any]] = {}
    for problem in report.get("problems", []):
        kind = by_kind.setdefault(problem["kind"], {"count": 0, "files": 0, "examples": []})
        kind["count"] += problem["count"]
        kind["files"] += 1
        kind["examples"] += problem["examples"][:2]
    kinds_of = sorted(by_kind.items(), key=lambda pair: -pair[1]["count"])
    return render_template(
        "checks.html", findings=findings, checks={one.name: one for one in checks()}, kinds_of=kinds_of,
        values=report.get("values", {}),
    )  # fmt: skip


@pages.get("/pemeriksaan.json")
def checked_json() -> Response:
    """The findings for programs."""
    return jsonify({"release": visit().site.release.number, "checks": [asdict(one) for one in _findings(visit())]})


def _findings(here: Visit) -> list[Finding]:
    return here.shelf.result("checks", lambda: read(here.site.release))


@pages.get("/laporan")
def load_report() -> str:
    """What the load of the current release read, repaired, lost and did not cover."""
    report = visit().site.release.report
    uncovered = [one for one in report.get("subfields", []) if one.get("ruling") == "not covered"]
    uncovered.sort(key=lambda one: -one["seen"])
    return render_template("report.html", report=report, uncovered=uncovered[:40])


@pages.get("/laporan.json")
def load_report_json() -> Response:
    """The whole report for programs."""
    return jsonify(visit().site.release.report)
