"""Records of the archive behind entities: MARC, what is gone, harvesting, dumps by source, changes."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree
from pymarc import MARCReader, parse_xml_to_array
from werkzeug.test import TestResponse

from graph.releases import Releases
from graph.settings import Settings
from ingest.ledger import Ledger
from tests.loading.stand_in import BASE, catalogue, load, record
from web.app import create_app
from web.linked_data.dumps import dumps_of, folder_of, make_dumps
from web.linked_data.harvest import PIECE

NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "m": "http://www.loc.gov/MARC21/slim"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two releases: in the second, b2 is gone and b3 has come."""
    first = [record("b1", "Laskar Pelangi", ["Andrea Hirata"]), record("b2", "Bumi Manusia")]
    load(tmp_path, catalogue("kota", first), catalogue("desa-1", [record("x/1", "Salah Asuhan")]))
    make_dumps(tmp_path, Releases(tmp_path).current(), BASE)
    load(tmp_path, catalogue("kota", [first[0], record("b3", "Atheis")]))
    make_dumps(tmp_path, Releases(tmp_path).current(), BASE)
    return tmp_path


@pytest.fixture
def client(data: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=str(data), base_iri=BASE, public_url="https://public.test"))
    yield app.test_client()
    app.extensions["sparql_pool"].stop()


def test_the_record_as_it_came(client: FlaskClient) -> None:
    binary = client.get("/data/instance/kota-b1.mrc")
    assert binary.mimetype == "application/marc"
    assert next(MARCReader(binary.data)).title == "Laskar Pelangi"
    xml = client.get("/id/instance/kota-b1", headers={"Accept": "application/marcxml+xml"}, follow_redirects=True)
    assert parse_xml_to_array(io.BytesIO(xml.data))[0]["001"].data == "b1"


def test_what_is_gone_says_so(client: FlaskClient) -> None:
    answer = client.get("/id/instance/kota-b2")
    assert answer.status_code == 410
    assert "release 2" in answer.text
    assert client.get("/data/instance/kota-b2.ttl").status_code == 410
    assert client.get("/id/instance/kota-b99").status_code == 404


def test_what_took_its_place(client: FlaskClient, data: Path) -> None:
    ledger = Ledger(data, 2)
    ledger.gone(f"{BASE}/id/agent/old", f"{BASE}/id/agent/new")
    ledger.keep()
    ledger.close()
    answer = client.get("/id/agent/old")
    assert answer.status_code == 410
    assert answer.headers["Link"] == f'<{BASE}/id/agent/new>; rel="successor-version"'
    assert f"{BASE}/id/agent/new" in answer.text


def oai(client: FlaskClient, **arguments: str) -> etree._Element:
    answer: TestResponse = client.get("/oai", query_string={k.rstrip("_"): v for k, v in arguments.items()})
    assert answer.mimetype == "text/xml"
    return etree.fromstring(answer.data)


def texts(document: etree._Element, path: str) -> list[str]:
    return [str(text) for text in document.xpath(f"{path}/text()", namespaces=NAMES)]


def code(document: etree._Element) -> str:
    return str(document.xpath("string(o:error/@code)", namespaces=NAMES))


def test_identify(client: FlaskClient) -> None:
    document = oai(client, verb="Identify")
    assert texts(document, "o:Identify/o:baseURL") == ["https://public.test/oai"]
    assert texts(document, "o:Identify/o:deletedRecord") == ["persistent"]
    assert texts(oai(client, verb="ListSets"), "//o:setSpec") == ["desa-1", "kota"]
    formats = texts(oai(client, verb="ListMetadataFormats"), "//o:metadataPrefix")
    assert {"oai_dc", "marcxml", "rdf"} == set(formats)


def test_list_records_with_the_deleted(client: FlaskClient) -> None:
    document = oai(client, verb="ListRecords", metadataPrefix="marcxml")
    assert set(texts(document, "//m:datafield[@tag='245']/m:subfield")) == {
        "Laskar Pelangi",
        "Salah Asuhan",
        "Atheis",
    }
    assert texts(document, "//o:header[@status='deleted']/o:identifier") == ["oai:public.test:kota:b2"]
    of_set = oai(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set="desa-1")
    assert texts(of_set, "//o:identifier") == ["oai:public.test:desa-1:x/1"]


@pytest.mark.parametrize("prefix", ["oai_dc", "marcxml", "rdf"])
def test_get_record(client: FlaskClient, prefix: str) -> None:
    document = oai(client, verb="GetRecord", identifier="oai:public.test:kota:b1", metadataPrefix=prefix)
    assert b"Laskar Pelangi" in etree.tostring(document)
    gone = oai(client, verb="GetRecord", identifier="oai:public.test:kota:b2", metadataPrefix=prefix)
    assert gone.xpath("//o:header/@status", namespaces=NAMES) == ["deleted"]


LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
GET = {"verb": "GetRecord", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "badVerb"),
        ({"verb": "Nonsense"}, "badVerb"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({**LIST, "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({**LIST, "set": "none"}, "noRecordsMatch"),
        ({**LIST, "from_": "yesterday"}, "badArgument"),
        ({**LIST, "from_": "2030-01-01"}, "noRecordsMatch"),
        ({**LIST, "from_": "2026-01-02", "until": "2026-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": "nonsense"}, "badResumptionToken"),
        ({**GET, "identifier": "oai:public.test:kota:no"}, "idDoesNotExist"),
        ({**GET, "identifier": "nonsense"}, "idDoesNotExist"),
    ],
)
def test_errors_of_the_protocol(client: FlaskClient, arguments: dict[str, str], expected: str) -> None:
    assert code(oai(client, **arguments)) == expected


def test_a_long_list_comes_in_pieces(tmp_path: Path) -> None:
    count = PIECE * 2 + 7
    load(tmp_path, catalogue("kota", [record(f"r{i}", f"Title {i}") for i in range(count)]))
    load(tmp_path, catalogue("kota", [record(f"r{i}", f"Title {i}") for i in range(PIECE + 3)]))
    app = create_app(Settings(data=str(tmp_path), base_iri=BASE))
    document = oai(app.test_client(), verb="ListIdentifiers", metadataPrefix="oai_dc")
    seen = texts(document, "//o:identifier")
    while tokens := texts(document, "//o:resumptionToken"):
        document = oai(app.test_client(), verb="ListIdentifiers", resumptionToken=tokens[0])
        seen += texts(document, "//o:identifier")
    assert len(seen) == len(set(seen)) == count


def test_dumps_by_source(data: Path) -> None:
    names = [dump.name for dump in dumps_of(data, 2)]
    assert names[0] == "all.nq.gz"
    assert set(names[1:]) == {"kota.nq.gz", "desa-1.nq.gz"}
    of_desa = gzip.decompress((folder_of(data, 2) / "desa-1.nq.gz").read_bytes()).decode()
    assert "Salah Asuhan" in of_desa
    assert "Laskar" not in of_desa


def test_changes_entity_by_entity(client: FlaskClient) -> None:
    def path(address: str) -> str:
        return address.removeprefix("https://public.test")

    collection = client.get("/changes.json").json
    assert collection is not None
    page = client.get(path(collection["last"]["id"])).json
    assert page is not None
    kinds = {activity["object"]["id"].rpartition("/")[2]: activity["type"] for activity in page["orderedItems"]}
    assert kinds["kota-b2"] == "Delete"
    assert kinds["kota-b3"] == "Create"
    assert "kota-b1" not in kinds
    assert path(page["prev"]["id"]) == path(collection["first"]["id"])
    assert "withdrawn" not in client.get("/changes.atom").text


def test_a_base_of_another_address_with_a_path(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("b1", "Laskar Pelangi")]))
    app = create_app(Settings(data=str(tmp_path), base_iri=BASE + "/"))
    answer = app.test_client().get("/id/instance/kota-b1.nt", follow_redirects=True)
    assert f"<{BASE}/id/instance/kota-b1>" in answer.text
