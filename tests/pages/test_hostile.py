"""Names from hostile records on every kind of page: they are shown as text, break no layout and inject nothing."""

import threading

import html5rdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from waitress.server import create_server

from graph.settings import Settings
from ontology.display import kinds
from tests.pages.conftest import publish
from web.app import create_app

BASE = "https://data.jejaring.example"
HTML = {"Accept": "text/html"}
SEGMENTS = {kind.kind: kind.segment for kind in kinds()}
CLASSES = {
    "work": "bf:Work", "instance": "bf:Instance", "item": "bf:Item", "agent": "bf:Person", "subject": "bf:Topic",
    "place": "bf:Place", "series": "bf:Series", "library": "schema:Library , org:Organization",
    "network": "jp:Network", "partnership": "jp:Partnership",
    "agreement": "odrl:Agreement , jp:CooperationAgreement",
}  # fmt: skip
NAMES = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>'\\\" javascript:alert(3)",
    "turned": "\u202egnirts desrever\u2066 \u200f\u0000"[:-1],
    "long": "panjang" * 1430,
    "smile": "\U0001f4da\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041",
    "nothing": None,
}
LISTS = (
    "/search?q=script", "/search?q=panjang", "/hubungan/library-script", "/hubungan.json?dari=library-script",
    "/suggest?q=script", "/releases/1",
)  # fmt: skip
PREFIXES = """@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @prefix jp: <https://w3id.org/jejaring/ns#> .
@prefix odrl: <http://www.w3.org/ns/odrl/2/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix id: <https://data.jejaring.example/id/> .
"""


def statements():
    for kind, classes in CLASSES.items():
        for name, text in NAMES.items():
            one = f"id:{kind}-{name}"
            said = f"{one} a {classes} ."
            if text is not None and kind in ("work", "instance"):
                title = f"<{BASE}/id/{kind}-{name}#t>"
                said += f' {one} bf:title {title} . {title} bf:mainTitle "{text}" .'
            elif text is not None:
                said += f' {one} rdfs:label "{text}" .'
            yield said
    for name in NAMES:
        yield f"""id:work-{name} bf:hasInstance id:instance-{name} ; bf:contribution id:work-{name}-by .
          id:work-{name}-by bf:agent id:agent-{name} . id:work-{name} bf:subject id:subject-{name} .
          id:item-{name} bf:itemOf id:instance-{name} ; bf:heldBy id:library-{name} .
          id:part-{name} org:member id:library-{name} ; org:organization id:network-{name} .
          id:agreement-{name} jp:signedBy id:library-{name} .
          id:network-{name} jp:governedBy id:agreement-{name} ."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    publish(folder, PREFIXES + "\n".join(statements()))
    return create_app(Settings(data=str(folder), base_iri=BASE))


def path(kind, name):
    return f"/{SEGMENTS[kind]}/{kind}-{name}?untuk=library-{name}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", CLASSES)
def test_hostile_names_are_text(hostile, kind, name):
    client = hostile.test_client()
    for address in (path(kind, name), f"/{SEGMENTS[kind]}/{kind}-{name}?lang=en"):
        response = client.get(address, headers=HTML)
        assert response.status_code == 200
        text = response.get_data(as_text=True)
        html5rdf.HTMLParser(strict=True).parse(text)
        tree = html.fromstring(text)
        assert {one.get("type") for one in tree.xpath("//script")} <= {"module", "application/ld+json", None}
        assert not tree.xpath("//script[not(@src) and not(@type='application/ld+json')] | //*[@onerror] | //img")
        assert not tree.xpath("//a[starts-with(@href, 'javascript:')]")
        assert tree.xpath("string(//h1)").strip()
        assert len(response.data) < 60_000


@pytest.mark.parametrize("address", LISTS)
def test_hostile_names_are_text_in_lists_and_pictures(hostile, address):
    response = hostile.test_client().get(address, headers=HTML)
    assert response.status_code == 200
    if response.mimetype == "text/html":
        assert "<script>alert" not in response.get_data(as_text=True)
        html5rdf.HTMLParser(strict=True).parse(response.get_data(as_text=True))


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "turned", "long"])
def test_hostile_names_fit_a_narrow_screen(hostile, chromium, name):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    spoken = []
    page.on("dialog", lambda dialog: spoken.append(dialog.message))
    client = hostile.test_client()
    for kind in CLASSES:
        page.set_content(client.get(path(kind, name), headers=HTML).get_data(as_text=True))
        page.add_style_tag(path=f"{hostile.static_folder}/site.css")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, kind
    assert spoken == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["agent", "subject", "place", "series", "network", "partnership"])
def test_pages_of_headings_are_accessible(hostile, chromium, kind):
    server = create_server(hostile, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"http://127.0.0.1:{server.effective_port}{path(kind, 'script')}&lang=en")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
    server.close()
