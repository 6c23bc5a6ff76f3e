"""The whole way: a service is asked, what it says is matched, a link is made, published, and holds without it."""

from pathlib import Path

from click.testing import CliRunner

from graph.names import SPARQL_PREFIXES
from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from tests.lookups.conftest import serving, wikidata
from web.cli import main

BASE = "https://x.test"
ANN = f"{BASE}/id/agent/ann"
TURTLE = """@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix bflc: <http://id.loc.gov/ontologies/bflc/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://x.test/id/agent/ann> a bf:Person ; rdfs:label "Ombaksegara, Anindita, 1950-2011" ;
  bflc:marcKey "1001 $aOmbaksegara, Anindita,$d1950-2011" ."""
THERE = """@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q1 rdfs:label "Anindita Ombaksegara"@id ; skos:altLabel "Ombaksegara, Anindita"@en ;
  wdt:P569 "1950-02-01T00:00:00Z"^^xsd:dateTime ; wdt:P570 "2011-05-05T00:00:00Z"^^xsd:dateTime ."""


def test_from_a_service_to_a_link_that_holds_without_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "agents.ttl").write_text(TURTLE)
    Pipeline(Settings(data=str(data), base_iri=BASE)).load([Input(tmp_path / "agents.ttl")])

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["--data", str(data), "--base", BASE, *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    def same() -> list[str]:
        query = f"SELECT ?other WHERE {{ <{ANN}> owl:sameAs ?other }}"
        rows = Releases(data).current().store.select(SPARQL_PREFIXES + query)
        return [row["other"].value for row in rows]  # type: ignore[union-attr]

    with serving(wikidata(THERE)) as served:
        declared = Path(__file__).resolve().parents[2] / "ontology" / "lookups" / "services.yaml"
        text = declared.read_text("utf-8").replace("https://query.wikidata.org/sparql", served.url)
        (data / "lookups.yaml").write_text(text, "utf-8")
        assert "1 headings asked, 1 with candidates" in run("lookup", "run", "wikidata", "--online")
    run("match", "--authority", "lookup-wikidata")
    run("decisions", "publish")
    assert same() == ["http://www.wikidata.org/entity/Q1"]
    [made] = run("decisions", "list").splitlines()
    number = made.partition('"number": ')[2].partition(",")[0]
    run("decisions", "undo", number, "--by", "siti")
    assert "0 linked" in run("match", "--authority", "lookup-wikidata")
    run("decisions", "publish")
    assert same() == []
    run("decisions", "decide", "agent/ann", "different", "http://www.wikidata.org/entity/Q1", "--by", "siti")
    assert "1 left as a person decided" in run("match")
