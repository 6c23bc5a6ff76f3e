"""The home page, the lists of a kind, and what the data is and promises."""

import re

from flask import render_template, request

from graph.search import Wanted
from graph.settings import SETTINGS
from ontology.queries import saved_queries
from web.pages.blueprint import pages
from web.pages.visit import visit


@pages.get("/")
def home() -> str:
    """What there is, counted, and where to begin."""
    here = visit()
    kinds = here.shelf.result("kinds", lambda: here.search.facet(Wanted(), "kind"))
    held = here.search.find(Wanted(chosen={"kind": "work"}, sort="held", limit=6), facets=False).results
    ending = here.shelf.result(("ending", here.on), lambda: here.ask("cq06-lapsing"))
    here.know(iri for row in ending.terms for term in row.values() if (iri := getattr(term, "value", "")))
    counts = {facet.value: facet.count for facet in kinds}
    return render_template("home.html", counts=counts, held=held, ending=ending, links=here.link)


@pages.get("/about")
def about() -> str:
    """What the data is, its licence, its promises, and the settings in force."""
    here = visit()
    rows = [(one.name, here.site.settings[one.name], one.sentence) for one in SETTINGS]
    return render_template("about.html", rows=rows, release=here.site.release, queries=len(saved_queries()))


@pages.get("/perpustakaan-saya")
def my_library() -> str:
    """Choosing the reader's library by name."""
    here = visit()
    words = request.args.get("cari", "")
    found = here.search.find(Wanted(words, chosen={"kind": "library"}, limit=50), facets=False)
    back = request.args.get("kembali", "/")
    inside = re.match(r"/(?![/\\])[^\x00-\x20\\]*$", back) is not None
    return render_template("choose.html", found=found, words=words, back=back if inside else "/")
