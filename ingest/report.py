"""The load report: what was read, repaired, refused; which problems there were; as JSON and as text."""

from dataclasses import asdict
from typing import Any

from graph.releases import Manifest
from ingest.loading import Load


def report_of(load: Load, manifest: Manifest) -> dict[str, Any]:
    """The report of a load, for ``report.json`` beside the release."""
    return {
        "release": manifest["number"],
        "date": manifest["date"],
        "sources": {name: asdict(tally) for name, tally in sorted(load.tallies.items())},
        "problems": load.problems.as_json(),
    }
