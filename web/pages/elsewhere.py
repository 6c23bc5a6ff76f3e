"""What pages say of links: identifiers elsewhere, names there, and the name there in the reader's language."""

from dataclasses import dataclass

from flask import g

from graph.links import Name, SameAs, same_as
from graph.search_text import fold
from ontology.elsewhere import list_of, local_part
from web.pages.blueprint import pages
from web.pages.speech import language
from web.pages.visit import visit


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The links of an entity, and the names there, each once."""

    links: tuple[SameAs, ...]
    names: tuple[Name, ...]

    def translated(self, label: str) -> str:
        """The preferred name in the page's language, when an authority has another one than we; else nothing."""
        tongue = language()
        fitting = [one.text for one in self.names if one.preferred and one.language.partition("-")[0] == tongue]
        return next((text for text in fitting if fold(text) != fold(label)), "")


def elsewhere(iri: str) -> Elsewhere:
    """The links of an entity; read once per request."""
    known: dict[str, Elsewhere] = g.setdefault("elsewhere", {})
    if iri not in known:
        here = visit()
        ours = iri.startswith(here.site.base_iri + "/id/")
        links = same_as(here.store, iri, here.site.base_iri) if ours else []
        names = {(name.text, name.language): name for link in links for name in link.names}
        known[iri] = Elsewhere(tuple(links), tuple(names.values()))
    return known[iri]


def list_name(iri: str) -> str:
    """What the list that an IRI is from is called; its host when we know no name."""
    known = list_of(iri)
    return known.name[language()] if known else iri.partition("://")[2].partition("/")[0] or iri


@pages.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"elsewhere": elsewhere, "list_name": list_name, "local_part": local_part}
