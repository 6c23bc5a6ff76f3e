"""Every page in both languages: it answers, says what it should, injects nothing, and stays small."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from lxml import html

from graph.names import shorten
from graph.search import Wanted
from ontology.display import classes, code_name, relations
from ontology.rules import load_rules
from web.pages.speech import catalogue
from web.pages.visit import visit

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates"
PAGES = (
    "/", "/search?q=bumi", "/search?kind=work", "/karya/w01", "/karya/w01?untuk=wana&on=2026-03-15",
    "/terbitan/n01",
    "/eksemplar/i03", "/perpustakaan/wana?on=2026-03-15", "/jejaring/jpmr", "/kemitraan/P1", "/perjanjian/A1",
    "/perjanjian/OF1", "/perjanjian/SET1", "/may-borrow", "/may-borrow?copy=i03&borrower=wana&on=2026-03-15",
    "/jelaskan?eksemplar=i13&peminta=giri&tindakan=photocopy&on=2026-03-15",
    "/karya/w01/pinjam?untuk=wana&on=2026-03-15", "/q", "/q/cq20-last-copies", "/katalog-induk/judul-tunggal",
    "/perpustakaan/wana/akses", "/jejaring/jpmr/syarat", "/kemitraan/P1/subjek", "/hambatan", "/about", "/releases",
    "/releases/1", "/laporan", "/pemeriksaan", "/perpustakaan-saya", "/hubungan/wana",
    "/penjelajah?mulai=wana", "/direktori",
    "/entitas?iri=https%3A%2F%2Fw3id.org%2Fjejaring%2Fns%23form-1-acquisition",
    "/bangku-pemetaan", "/karya/evil", "/karya/long", "/karya/smile", "/karya/empty",
)  # fmt: skip
HTML = {"Accept": "text/html"}


def in_language(path: str, language: str) -> str:
    return path + ("&" if "?" in path else "?") + "lang=" + language


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole_small_and_in_its_language(client, path, language):
    response = client.get(in_language(path, language), headers=HTML)
    assert response.status_code == 200
    tree = html.fromstring(response.data)
    assert tree.get("lang") == language
    assert len(tree.findall(".//h1")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    css = (TEMPLATES.parent / "static" / "site.css").stat().st_size
    assert len(response.data) + css <= 45_000
    assert not tree.xpath("//*[@style] | //script[not(@src) and not(@type='application/ld+json')] | //style")


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label_and_every_header_a_scope(client, path):
    tree = html.fromstring(client.get(path, headers=HTML).data)
    labelled = set(tree.xpath("//label/@for"))
    for one in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert one.get("id") in labelled
    assert not tree.xpath("//th[not(@scope)]")
    for link in tree.xpath("//a[@href]"):
        assert link.text_content().strip()


def test_hostile_labels_are_text(client):
    page = client.get("/karya/evil", headers=HTML).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<bdi>" in page


def test_who_can_lend_names_the_four_ways(client):
    page = html.fromstring(client.get("/karya/w01?untuk=wana&on=2026-03-15&lang=en", headers=HTML).data)
    rows = page.xpath("//section[@class='borrow']//tbody/tr")
    assert len(rows) == 4
    assert "free" in rows[0].text_content()


def test_an_answer_is_data_too(client):
    asked = "/may-borrow?copy=i03&borrower=wana&on=2026-03-15"
    told = client.get(asked + "&format=json").get_json()
    assert told["verdict"] == "yes"
    assert told["chain"]
    page = html.fromstring(client.get(asked, headers=HTML).data)
    [behind] = page.xpath("//p[@class='same']/a[contains(@href, '/q/')]/@href")
    assert client.get(behind, headers=HTML).status_code == 200


WITH_DATA = r"\.(ttl|json|jsonld|csv|atom)\b|format=json|/sparql|/dataset|/q/"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_data_leads_to_its_data(client, path):
    if path in ("/", "/q", "/may-borrow", "/perpustakaan-saya", "/bangku-pemetaan") or "kerja-sama" in path:
        return  # forms and lists of ways; the foot of every page leads to the whole as data
    page = html.fromstring(client.get(path, headers=HTML).data)
    assert [href for href in page.xpath("//main//a/@href") if re.search(WITH_DATA, href)]


def test_no_comes_with_its_reason(client):
    page = client.get("/may-borrow?copy=i19&borrower=kota&on=2026-03-15&lang=en", headers=HTML).get_data(
        as_text=True
    )
    assert 'class="verdict no"' in page
    assert "does not allow it" in page


def test_as_of_changes_the_standing(client):
    before = client.get("/perjanjian/A2?on=2026-03-15&lang=en", headers=HTML).get_data(as_text=True)
    after = client.get("/perjanjian/A2?on=2026-06-15&lang=en", headers=HTML).get_data(as_text=True)
    assert "ending soon" in before
    assert "ended" in after


def test_a_library_shows_its_readiness_as_a_picture_and_as_a_table(client):
    page = html.fromstring(client.get("/perpustakaan/kota?on=2026-03-15&lang=id", headers=HTML).data)
    [section] = page.xpath("//section[@id='kesiapan']")
    rows = section.xpath(".//tbody/tr")
    assert len(rows) == 7
    shapes = section.xpath(".//*[local-name()='svg']//*[local-name()='polygon'][@class]")
    assert len(shapes) == len(section.xpath(".//thead/tr/th")) - 1
    assert not page.xpath("//section[@id='kesiapan']//a[contains(@href, 'ns%23')]")
    earlier = client.get("/perpustakaan/kota?on=1990-01-01&lang=id", headers=HTML).get_data(as_text=True)
    assert 'id="kesiapan"' not in earlier


def test_links_keep_language_day_and_library(client):
    page = html.fromstring(client.get("/perpustakaan/wana?on=2026-03-15&untuk=kota&lang=en", headers=HTML).data)
    inside = [href for href in page.xpath("//main//a/@href") if href.startswith(("/kemitraan", "/perjanjian/A"))]
    assert inside
    for href in inside:
        assert "lang=en" in href
        assert "on=2026-03-15" in href
        assert "untuk=kota" in href


def test_what_my_library_may_borrow_agrees_with_the_answers(client):
    found = client.get("/search.json?boleh=1&kind=work&untuk=wana&on=2026-03-15").get_json()["results"]
    assert found
    for work in found:
        name = work["iri"].rpartition("/")[2]
        page = client.get(f"/karya/{name}/pinjam?untuk=wana&on=2026-03-15", headers=HTML).get_data(as_text=True)
        assert 'class="verdict no"' not in page, name


def test_every_fact_says_why(client):
    page = html.fromstring(client.get("/perpustakaan/wana?lang=en", headers=HTML).data)
    reasons = page.xpath("//dt/a[@class='why']/@href")
    assert len(reasons) > 5
    for href in reasons[:3]:
        assert client.get(href, headers=HTML).status_code == 200


def test_a_pasted_record_is_explained_field_by_field(client):
    record = "=LDR  00000nam a2200000 a 4500\n=001  x1\n=245  00$aCerita <b>rakyat\n"
    page = client.post("/bangku-pemetaan?lang=en", data={"record": record}, headers=HTML).get_data(as_text=True)
    assert "mainTitle" in page
    assert "=245" in page
    assert "Cerita &lt;b&gt;rakyat" in page


def test_pasted_nonsense_is_refused_with_a_remedy(client):
    response = client.post("/bangku-pemetaan", data={"record": "nonsense"}, headers=HTML)
    assert response.status_code == 400
    assert "MARC" in response.get_data(as_text=True)


def test_an_unknown_page_helps(client):
    response = client.get("/karya/none", headers=HTML)
    assert response.status_code == 404
    assert 'role="search"' in response.get_data(as_text=True)


def test_suggestions_name_and_lead(client):
    found = client.get("/suggest?q=las").get_json()
    assert found[0]["text"] == "Laskar Pelangi"
    assert found[0]["href"].startswith("/karya/w02")


def test_every_message_is_translated():
    known = catalogue("id")
    options = {"newstyle_gettext": "true"}
    for file in sorted(TEMPLATES.glob("*.html")):
        with file.open("rb") as source:
            found = extract("jinja2.ext:babel_extract", source, options=options)
            for _, message, _, _ in found:
                one = message if isinstance(message, str) else message[0]
                plural = message[1] if isinstance(message, tuple) else None
                text = known.ngettext(one, plural, 2) if plural else known.gettext(one)
                same = {"Status", "SPARQL"}
                assert text not in (one, plural) or one in same, f"{file.name}: {one!r} has no Indonesian text"


def test_every_rule_is_named_in_indonesian():
    known = catalogue("id")
    missing = sorted({rule.name for rule in load_rules() if rule.name and known.gettext(rule.name) == rule.name})
    assert not missing, f"rules.po (web/translations/id) lacks {missing}"


def test_classes_are_named_in_both_languages():
    for iri, names in classes().items():
        assert shorten(iri, "") != iri, f"{iri} has no prefix of ours"
        assert all(names.values())
    assert len(classes()) > 100
    assert code_name("http://id.loc.gov/ontologies/bibframe/Monograph", "id") == "monografi"


def test_addresses_lead_to_the_right_entity(client):
    response = client.get("/id/w01", headers=HTML)
    assert response.status_code == 303
    assert re.search(r"/karya/w01$", response.headers["Location"])


def test_ways_are_what_the_saved_query_finds(client, app):
    """The page computes ways from rules once read; the saved query is asked in SPARQL: both must agree."""
    with app.test_request_context("/?untuk=wana&on=2026-03-15"):
        here = visit()
        works = [one.iri for one in here.search.find(Wanted(chosen={"kind": "work"}, limit=100)).results]
        assert len(works) > 5
        for work in works:
            rows = here.ask("cq01-who-can-lend", work=work, me=here.library).rows
            asked = {(row["item"], row["policy"]) for row in rows}
            ways = [way for way in here.network.best("lend", work, here.library, here.on).findings if way.allowed]
            assert {way.policy for way in ways} == {policy for _, policy in asked}
            assert {(way.item, way.policy) for way in ways} <= asked


def test_relations_of_works_are_named_in_both_languages():
    rules = (Path(__file__).parents[2] / "ontology/rules/76X-78X-linking.yaml").read_text(encoding="utf-8")
    used = set(re.findall(r"loc:relationship/(\w+)", rules))
    for options in re.findall(r"options: \{(.*?)\}", rules):
        used |= {one.rpartition(" ")[2] for one in options.split(",")}
    assert len(used) > 20
    assert used <= relations().keys()
    assert code_name("http://id.loc.gov/vocabulary/relationship/relatedwork", "id") == "karya terkait"


@pytest.mark.parametrize(
    ("most", "files"),
    [
        (4_000, ("site.js",)),
        (130_000, ("map.js", "outline.geojson", "vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css",
                   "vendor/markercluster/leaflet.markercluster.js", "vendor/markercluster/MarkerCluster.css")),
        (200_000, ("explorer.js", "vendor/cytoscape/cytoscape.min.js")),
        (350_000, ("sparql.js", "vendor/yasgui/yasgui.min.js", "vendor/yasgui/yasgui.min.css")),
    ],
    ids=["every page", "map", "explorer", "SPARQL editor"],
)  # fmt: skip
def test_scripts_stay_within_their_budget_gzipped(client, most, files):
    packed = [client.get(f"/static/{file}", headers={"Accept-Encoding": "gzip"}).data for file in files]
    assert all(packed)
    assert sum(map(len, packed)) <= most
