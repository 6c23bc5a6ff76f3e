"""Uploads: only staff who are signed in, a preview that tells the truth and changes nothing, then a release."""

import json
import re
import time
from io import BytesIO

import pytest
from lxml import html

from graph.releases import Releases
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from tests.pages.handover import HEAD, KOTA, loaded
from web.app import create_app

HTML = {"Accept": "text/html"}
BUKIT = "bukit,Perpustakaan <b>Bukit,perpustakaan sekolah,b@example.org\n"


@pytest.fixture
def settings(tmp_path):
    return loaded(tmp_path)


@pytest.fixture
def staff(settings):
    app = create_app(settings)
    _, secret = app.extensions["site"].credentials.make("Siti", ("update",))
    client = app.test_client()
    assert client.post("/unggah/masuk", data={"token": secret}, headers=HTML).status_code == 303
    return client


def word(client):
    page = html.fromstring(client.get("/unggah?lang=en", headers=HTML).data)
    return page.xpath("//input[@name='word']/@value")[0]


def send(client, name, content, **told):
    data = {"files": (BytesIO(content.encode()), name), "word": word(client), **told}
    response = client.post("/unggah", data=data, headers=HTML)
    assert response.status_code == 303, response.get_data(as_text=True)
    return response.headers["Location"]


def test_nobody_enters_without_a_token(settings):
    client = create_app(settings).test_client()
    assert 'type="password"' in client.get("/unggah", headers=HTML).get_data(as_text=True)
    assert client.post("/unggah/masuk", data={"token": "wrong"}, headers=HTML).status_code == 403
    assert client.post("/unggah", data={"files": (BytesIO(b"x"), "x.csv")}, headers=HTML).status_code == 403
    assert client.post("/unggah/0123456789abcdef/muat", headers=HTML).status_code == 403


def test_a_token_for_something_else_does_not_open_it(settings):
    app = create_app(settings)
    _, secret = app.extensions["site"].credentials.make("Budi", ("decisions",))
    assert app.test_client().post("/unggah/masuk", data={"token": secret}, headers=HTML).status_code == 403


def test_a_form_of_another_site_is_refused(staff):
    data = {"files": (BytesIO(b"x"), "x.csv"), "word": "guessed"}
    assert staff.post("/unggah", data=data, headers=HTML).status_code == 403
    sent = {"files": (BytesIO(b"x"), "x.csv"), "word": word(staff)}
    assert staff.post("/unggah", data=sent, headers={**HTML, "Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_preview_says_what_would_change_and_changes_nothing(settings, staff):
    shown = staff.get(send(staff, "perpustakaan.csv", HEAD + BUKIT) + "?lang=en", headers=HTML)
    text = shown.get_data(as_text=True)
    assert re.search(r"\d+ statements would come, \d+ would leave", text)
    assert "Perpustakaan &lt;b&gt;Bukit" in text
    assert "Perpustakaan Kota" in text
    assert Releases(settings.data).current_number() == 1
    assert staff.get("/perpustakaan/bukit", headers=HTML).status_code == 404


def test_the_same_file_would_change_nothing(staff):
    shown = staff.get(send(staff, "perpustakaan.csv", HEAD + KOTA) + "?lang=en", headers=HTML)
    assert "Nothing would change." in shown.get_data(as_text=True)


def test_records_are_counted_as_new(staff):
    title = '{"245":{"ind1":"0","ind2":"0","subfields":[{"a":"X"}]}}'
    record = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"r1"},' + title + "]}"
    shown = staff.get(send(staff, "kota-katalog.json", record, library="kota") + "?lang=en", headers=HTML)
    assert "1 records read: 1 new or changed, 0 unchanged, 0 would leave." in shown.get_data(as_text=True)


def record(*barcodes):
    """A record as MARC-in-JSON, with copies of a branch that nobody knows."""
    fields = [{"001": "r1"}, {"245": {"ind1": "0", "ind2": "0", "subfields": [{"a": "X"}]}}]
    for one in barcodes:
        copy = [{"a": "CABANG"}, {"p": one}, {"y": "BK"}]
        fields.append({"952": {"ind1": " ", "ind2": " ", "subfields": copy}})
    return json.dumps({"leader": "00000nam a2200000 a 4500", "fields": fields})


def test_a_problem_met_often_is_said_once_with_its_number(staff):
    shown = staff.get(send(staff, "kota.json", record(*map(str, range(7)))) + "?lang=en", headers=HTML)
    text = shown.get_data(as_text=True)
    assert text.count("Library code &#39;CABANG&#39; is not in the directory") == 1
    assert "7 times in all" in text


def test_a_new_source_from_a_file_known_by_name_is_pointed_out(settings, staff, tmp_path):
    (tmp_path / "ekspor.json").write_text(record("1"), encoding="utf-8")
    Pipeline(settings).load(collect([tmp_path / "ekspor.json"]), source="cabang")
    assert '<option value="cabang">' in staff.get("/unggah", headers=HTML).get_data(as_text=True)
    shown = staff.get(send(staff, "ekspor.json", record("1", "2")) + "?lang=en", headers=HTML)
    assert "a new source beside cabang" in shown.get_data(as_text=True)
    shown = staff.get(send(staff, "ekspor.json", record("1", "2"), source="cabang") + "?lang=en", headers=HTML)
    assert "a new source beside" not in shown.get_data(as_text=True)


def test_what_cannot_be_read_is_said(staff):
    shown = staff.get(send(staff, "../../etc/notes.bin", "\x01\x02nothing") + "?lang=en", headers=HTML)
    assert "Not usable" in shown.get_data(as_text=True)
    assert "Nothing would change." in shown.get_data(as_text=True)


def test_confirmed_it_is_published_and_can_be_seen(settings, staff):
    path = send(staff, "perpustakaan.csv", HEAD + KOTA + BUKIT)
    assert staff.post(path + "/muat", data={"word": word(staff)}, headers=HTML).status_code == 303
    until = time.monotonic() + 60
    while "http-equiv" in (text := staff.get(path + "?lang=en", headers=HTML).get_data(as_text=True)):
        assert time.monotonic() < until
        time.sleep(0.3)
    assert "Release 2 is published" in text
    assert staff.get("/perpustakaan/bukit", headers=HTML).status_code == 200
    told = staff.get("/releases/2?lang=en", headers=HTML).get_data(as_text=True)
    assert "Libraries: 1 more than before, 2 now." in told


def test_an_upload_thrown_away_is_gone(settings, staff):
    path = send(staff, "perpustakaan.csv", HEAD + BUKIT)
    assert staff.post(path + "/buang", data={"word": word(staff)}, headers=HTML).status_code == 303
    assert staff.get(path, headers=HTML).status_code == 404
    assert list((settings.data / "uploads").iterdir()) == []
