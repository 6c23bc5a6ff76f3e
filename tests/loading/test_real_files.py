"""Files that real systems exported, loaded with the project's own readers and converter, and asked over SPARQL."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.names import SPARQL_PREFIXES
from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline

pytestmark = pytest.mark.shared
HELD = """SELECT ?holders (COUNT(?title) AS ?titles) WHERE {
  { SELECT ?title (COUNT(DISTINCT ?holder) AS ?holders)
    WHERE { ?item bf:itemOf ?title ; bf:heldBy ?holder } GROUP BY ?title } } GROUP BY ?holders"""
ITEMS = "SELECT (COUNT(DISTINCT ?item) AS ?n) WHERE { ?item a bf:Item }"


def asked(tmp_path: Path, *files: Path) -> tuple[int, int, dict[int, int]]:
    """Records read, items, and how many titles are held by how many libraries."""
    settings = Settings(data=str(tmp_path), workers=1)
    outcome = Pipeline(settings).load([Input(file) for file in files])
    assert outcome.load is not None
    store = Releases(tmp_path).current().store
    held = {_number(row["holders"]): _number(row["titles"]) for row in store.select(SPARQL_PREFIXES + HELD)}
    items = _number(store.select(SPARQL_PREFIXES + ITEMS)[0]["n"])
    return sum(tally.read for tally in outcome.load.journal.tallies.values()), items, held


def _number(term: object) -> int:
    assert isinstance(term, ox.Literal)
    return int(term.value)


def at_least(held: dict[int, int], holders: int) -> int:
    return sum(titles for number, titles in held.items() if number >= holders)


def test_evergreen_with_its_directory(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/marc/derived"
    files = (folder / "evergreen_org_units.csv", folder / "evergreen_concerto_bibs_with_852.xml.gz")
    _, items, held = asked(tmp_path, *files)
    assert items == 4749
    assert at_least(held, 4) == 239


def test_koha(shared: Path, tmp_path: Path) -> None:
    _, items, held = asked(tmp_path, shared / "data/marc/derived/koha_sample_bibs_with_952.mrc")
    assert items == 958
    # 251 records; two of them bear one 001 in one source and so are one title here (docs/loading.md).
    assert at_least(held, 2) == 251


def test_penn_state(shared: Path, tmp_path: Path) -> None:
    file = "data/marc/psu-libraries+psulib_traject/solr/sample_data/sample_psucat.mrc.gz"
    _, _, held = asked(tmp_path, shared / file)
    # One record names 24 libraries (001 = 497977); the 29 records into which the items of another title are
    # divided name 24 together. Holdings records name libraries by the same codes, so they add none.
    assert (max(held), held[24]) == (24, 2)


def test_virginia(shared: Path, tmp_path: Path) -> None:
    read, _, _ = asked(tmp_path, shared / "data/marc/solrmarc+solrmarc/uva_001_2000.mrc.gz")
    assert read == 2000


def test_hbz(shared: Path, tmp_path: Path) -> None:
    read, _, held = asked(tmp_path, shared / "data/marc/hbz+limetrans/limetrans/input/alma.xml.gz")
    assert read == 3538
    # 1,062 titles with copies (ITM) at two or more libraries; with holdings (H52) that have no copies 1,109.
    assert at_least(held, 2) == 1109
