import pyoxigraph as ox
from flask import Flask

from ontology.documentation import sections
from ontology.vocabulary import NAMESPACE, vocabulary
from web.vocabulary_page import FORMATS, vocabulary_page


def test_every_form_says_the_same() -> None:
    app = Flask(__name__)
    app.register_blueprint(vocabulary_page)
    client = app.test_client()
    counts = set()
    for kind, form in FORMATS.items():
        answer = client.get("/ns", headers={"Accept": kind})
        assert answer.content_type.startswith(kind)
        store = ox.Store()
        store.load(answer.data, form, base_iri="https://x.example/")
        counts.add(len(store))
    assert len(counts) == 1


def test_every_code_is_documented_in_both_languages() -> None:
    documented = {term.iri: term for section in sections() for term in section.terms}
    codes = [
        iri
        for iri in vocabulary().terms()
        if iri.startswith(NAMESPACE) and vocabulary().values(iri, "skos:inScheme")
    ]
    assert set(codes) <= set(documented)
    assert all(term.label["id"] and term.label["en"] for term in documented.values())
