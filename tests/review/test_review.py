"""Review over HTTP: who may enter, what a decision does, and that no other site can make one."""

import io

import pytest
import yaml
from lxml import html

from graph.matching.candidate import Candidate
from graph.matching.decisions import Decisions
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher
from graph.matching.proposals import propose
from tests.review.conftest import BASE, GND
from web.credentials import Credentials
from web.review.queue import EVIDENCE, evidence
from web.sessions import COOKIE

ANN, BEA = f"{BASE}/id/agent/ann", f"{BASE}/id/agent/bea"
PAGES = ("/review", "/review/pair", "/review/pair?entity=wana&target=kota", "/review/split?entity=w01",
         "/review/history", "/review?kind=library")  # fmt: skip


def stands(decisions):
    return [(one.entity.rpartition("/")[2], one.verdict, one.target, one.by) for one in decisions.current()]


def test_nobody_enters_without_a_token(app, decisions):
    client = app.test_client()
    response = client.get("/review/history?by=x")
    assert response.status_code == 303
    assert "/review/sign-in?next=" in response.headers["Location"]
    assert client.post("/review", data={"choice": "same x"}).status_code == 403
    assert client.post("/review/sign-in", data={"token": "guess"}).status_code == 403
    assert stands(decisions) == []


def test_a_token_for_something_else_does_not_sign_in(app, data):
    _, secret = Credentials(data).make("desk", ("update",))
    assert app.test_client().post("/review/sign-in", data={"token": secret}).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, secret):
    cookie = app.test_client().post("/review/sign-in", data={"token": secret}).headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/review", "Max-Age=43200"))
    assert secret not in cookie


@pytest.mark.parametrize("next_", ["https://evil.test/", "//evil.test", "/review\\@evil.test", "/search"])
def test_signing_in_leads_nowhere_else(app, secret, next_):
    response = app.test_client().post("/review/sign-in", data={"token": secret, "next": next_})
    assert response.headers["Location"] == "/review"


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "{id}.99999999999.00", "{id}.²³.x", "....", "{id}.0.x"])
def test_a_made_up_cookie_is_worth_nothing(app, data, secret, cookie):
    client = app.test_client()
    client.set_cookie(COOKIE, cookie.format(id=Credentials(data).all()[0].id), path="/review")
    assert client.get("/review").status_code == 303


def test_revoking_the_token_ends_the_session(signed_in, data):
    assert signed_in.get("/review").status_code == 200
    Credentials(data).revoke("siti")
    assert signed_in.get("/review").status_code == 303


def test_what_is_unlikely_waits_until_it_is_asked_for(signed_in, decisions):
    heading = Heading("Dian", "meeting", iri="https://elsewhere.test/dian")
    entry = Entry(f"{GND}99", "Dianthus", "meeting")
    propose(decisions, [(heading, [Candidate(entry, 0.001, "maybe", {"name": 1.0}, entry.label)])])
    shown = signed_in.get("/review").text
    assert "Show 1 unlikely one too" in shown or "1 yang kecil kemungkinannya" in shown
    assert "unlikely=1" in shown
    assert "Dianthus" not in signed_in.get("/review?kind=meeting").text
    assert "Dianthus" in signed_in.get("/review?kind=meeting&unlikely=1").text
    assert "Dianthus" not in signed_in.get("/review/sheet.csv").text
    assert "Dianthus" in signed_in.get("/review/sheet.csv?unlikely=1").text


def test_another_sites_form_is_refused(signed_in, decisions):
    choice = {"entity": ANN, "choice": f"same {GND}01"}
    assert signed_in.client.post("/review", data=choice).status_code == 403
    assert signed_in.client.post("/review", data={**choice, "word": "0" * 64}).status_code == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert signed_in.client.post("/review/sign-in", data={"token": "x"}, headers=headers).status_code == 403
    assert stands(decisions) == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_kept_by_nobody(signed_in, path, language):
    response = signed_in.get(path + ("&" if "?" in path else "?") + "lang=" + language)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    tree = html.fromstring(response.data)
    assert len(tree.findall(".//h1")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    labelled = set(tree.xpath("//label/@for"))
    for one in tree.xpath("//input[not(@type='hidden')]"):
        assert one.get("id") in labelled
    assert not tree.xpath("//*[@style] | //script[not(@src)]")
    assert "<script>" not in response.get_data(as_text=True).replace("<script type", "")


def test_the_queue_shows_both_sides_and_marks_what_agrees(signed_in):
    tree = html.fromstring(signed_in.get("/review?lang=en").data)
    assert "6 pairs wait" in tree.text_content()
    heads = [one.text_content() for one in tree.xpath("//table[@class='compare']/thead//th")]
    assert heads == ["Property", "Ours: Ann <script>", "1: Ann <script> 1", "2: Ann <script> 2"]
    assert {one.text_content() for one in tree.xpath("//mark")} == {"1950-"}
    assert "dates +1.0" in tree.text_content()
    assert "tahun +1.0" in signed_in.get("/review?lang=id").get_data(as_text=True)


def test_deciding_goes_on_to_the_next_and_can_be_undone(signed_in, decisions):
    response = signed_in.send("/review", entity=ANN, choice=f"same {GND}01", why="tahun sama", kind="person")
    assert response.status_code == 303
    assert stands(decisions) == [("ann", "same", f"{GND}01", "siti")]
    [made] = decisions.current()
    assert (made.why, made.score, made.evidence, made.label) == ("tahun sama", 0.9, {"dates": 1.0}, "Ann <script>")
    page = signed_in.get(response.headers["Location"] + "&lang=en").get_data(as_text=True)
    assert "Recorded:" in page
    assert "Ours: <a" in page
    assert "Bea" in page
    signed_in.send("/review/undo", number=str(made.number))
    assert stands(decisions) == []
    assert "Ann" in signed_in.get("/review").get_data(as_text=True)


@pytest.mark.parametrize("choice", ["different", "unsure"])
def test_one_key_for_all_that_are_shown(signed_in, decisions, choice):
    signed_in.send("/review", entity=ANN, choice=choice, target=[f"{GND}01", f"{GND}02"])
    assert stands(decisions) == [("ann", choice, f"{GND}01", "siti"), ("ann", choice, f"{GND}02", "siti")]


def test_later_leads_past_and_a_kind_narrows(signed_in):
    assert "Bea" in signed_in.get("/review?skip=1&lang=en").get_data(as_text=True)
    assert "-7.500, 110.250" in signed_in.get("/review?kind=library").get_data(as_text=True)
    assert "Nothing waits" in signed_in.get("/review?skip=99&lang=en").get_data(as_text=True)


def test_what_is_gone_since_is_not_asked_about(signed_in, data):
    decisions = Decisions.open(data, write=True)
    gone = Heading("Gone", "person", iri=f"{BASE}/id/agent/gone")
    propose(decisions, [(gone, [Candidate(Entry(f"{GND}9", "Gone"), 0.99, "maybe")])])
    assert "Ann" in signed_in.get("/review").get_data(as_text=True)
    assert decisions.counts()["waiting"] == 6
    decisions.close()


def test_nobody_overrules_another_unknowingly(signed_in, decisions):
    signed_in.send("/review", entity=ANN, choice=f"different {GND}01")
    response = signed_in.send("/review", entity=ANN, choice=f"same {GND}01")
    assert response.status_code == 409
    assert stands(decisions)[0][1] == "different"


@pytest.mark.parametrize("form", [{}, {"choice": "perhaps x"}, {"choice": "same no-iri"}, {"choice": "different"}])
def test_nonsense_is_refused(signed_in, decisions, form):
    assert signed_in.send("/review", entity=ANN, **form).status_code == 400
    assert stands(decisions) == []


def test_two_of_ours_are_compared_and_merged(signed_in, decisions):
    page = signed_in.get("/review/pair?entity=wana&target=kota&lang=en").get_data(as_text=True)
    assert "Wanakerta" in page
    signed_in.send("/review/pair", entity="wana", target="kota", choice="same", why="satu badan")
    assert stands(decisions) == [("wana", "same", f"{BASE}/id/kota", "siti")]
    assert signed_in.get("/review/pair?entity=nobody&target=kota").status_code == 404
    assert signed_in.get("/review/pair?entity=a%20b&target=kota").status_code == 400


def test_a_work_is_split_by_ticking_editions(signed_in, decisions):
    tree = html.fromstring(signed_in.get("/review/split?entity=w01").data)
    parts = tree.xpath("//input[@name='part']/@value")
    assert parts == [f"{BASE}/id/n01"]
    signed_in.send("/review/split", entity="w01", part=parts[0], name="Bumi Manusia (film)")
    [made] = decisions.current()
    assert (made.verdict, made.parts, made.target_label) == ("split", (parts[0],), "Bumi Manusia (film)")
    assert signed_in.send("/review/split", entity="w01").status_code == 400


def test_the_history_tells_who_and_when_and_undoes(signed_in, decisions):
    signed_in.send("/review", entity=ANN, choice=f"same {GND}01")
    tree = html.fromstring(signed_in.get("/review/history?lang=en").data)
    assert "siti" in tree.xpath("//tbody/tr")[0].text_content()
    [number] = tree.xpath("//button[@name='number']/@value")
    signed_in.send("/review/undo", number=number, back="history")
    assert stands(decisions) == []
    assert len(html.fromstring(signed_in.get("/review/history").data).xpath("//tbody/tr")) == 2


def test_the_sheet_goes_out_and_comes_back(signed_in, decisions):
    sheet = signed_in.get("/review/sheet.csv?lang=en").get_data().decode("utf-8-sig").splitlines()
    assert len(sheet) == 7
    at = sheet[0].split(",").index("verdict")
    cells = sheet[1].split(",")
    cells[at] = "same"
    back = "\n".join([sheet[0], ",".join(cells)]).encode()
    response = signed_in.send("/review/sheet", sheet=(io.BytesIO(back), "x.csv"))
    assert response.status_code == 200
    assert len(stands(decisions)) == 1
    assert signed_in.get("/review/sheet.xlsx?what=all").data[:2] == b"PK"
    assert signed_in.get("/review/sheet.exe").status_code == 404
    assert signed_in.send("/review/sheet", sheet=(io.BytesIO(b"\x00\x01"), "x.csv")).status_code == 400


def test_signing_out_ends_it(signed_in):
    signed_in.send("/review/sign-out")
    assert signed_in.get("/review").status_code == 303


def test_a_line_end_in_the_way_back_is_no_header(app, secret):
    response = app.test_client().post("/review/sign-in", data={"token": secret, "next": "/review\r\nX-Evil: 1"})
    assert response.status_code == 303
    assert "X-Evil" not in response.headers


def test_every_feature_of_the_matcher_has_a_name(tmp_path):
    known = {"dates": "1950-2011", "titles": ("Laut",), "languages": ("ind",), "roles": ("aut",), "place": "Ambon",
             "identifiers": ("http://viaf.org/viaf/1",), "coordinates": (-3.7, 128.2)}  # fmt: skip
    entry = Entry(f"{GND}1", "Ombaksegara, Anindita", "person", source="gnd", **known)
    index = Index.build(tmp_path / "index", [entry])
    [found] = Matcher(index).match(Heading("Ombaksegara, Anindita", "person", **known))
    words = yaml.safe_load(EVIDENCE.read_text("utf-8"))["names"]
    assert {"name", "dates", "identifier", "language"} <= set(found.features) <= set(words)
    assert "nama persis sama" in evidence(found, "id")


def test_a_sheet_is_called_by_its_own_name(signed_in):
    data = {"sheet": (io.BytesIO(b"a,b\n1,2\n"), "keputusan.csv")}
    told = signed_in.send("/review/sheet", **data).get_data(as_text=True)
    assert "keputusan.csv" in told
    assert "/tmp" not in told
