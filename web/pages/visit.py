"""One visit to a page: its language, its day, the reader's library, and addresses that keep all three."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus, urlsplit

import pyoxigraph as ox
from flask import g, request
from markupsafe import Markup

from graph.dates import day
from graph.description import property_name
from graph.labels import labels
from graph.names import SPARQL_PREFIXES, expand, shorten
from graph.network import Network
from graph.queries import Answers
from graph.search import Result, Search, Wanted
from graph.store import LocalStore
from ontology.display import code_name, properties
from web.pages.addresses import SEGMENTS, address_as, page_address
from web.pages.shelf import Name, Shelf, shelf
from web.pages.speech import language
from web.site import Site, site

LISTED_LIBRARIES = 60
"""Libraries that fit in a list to choose from; where there are more, they are searched."""
_KINDS = {kind.kind: kind for kind in SEGMENTS.values()}
_LINKED, _UNLINKED = Markup('<a href="%s"><bdi>%s</bdi></a>'), Markup("<bdi>%s</bdi>")
_TYPE = ox.NamedNode(expand("rdf:type"))


@dataclass(frozen=True, slots=True)
class Link:
    """An entity as a page mentions it."""

    iri: str
    text: str
    href: str


@dataclass
class Visit:
    """What a view needs to know about the request; made once per request."""

    site: Site
    language: str
    on: date
    dated: bool
    asked_library: str
    _links: dict[str, Link] = field(default_factory=dict)
    _anchors: dict[str, Markup] = field(default_factory=dict)

    @property
    def store(self) -> LocalStore:
        """The store of the release this request reads."""
        return self.site.release.store

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept for the release this request reads."""
        return shelf(self.site.release, self.site.base_iri)

    @property
    def network(self) -> Network:
        """The network's answers."""
        return self.shelf.network

    @cached_property
    def library(self) -> str:
        """The IRI of the reader's library, empty when none was chosen or it is unknown."""
        if not self.asked_library:
            return ""
        found = self.site.iri("/id/" + self.asked_library)
        return found if is_iri(found) and self.label(found) else ""

    @property
    def search(self) -> Search:
        """The search index of this release."""
        return self.shelf.search

    def ask(self, name: str, **given: Any) -> Answers:
        """The answers of a saved query on this visit's day."""
        return self.network.ask(name, on=self.on, **given)

    def select(self, pattern: str) -> list[dict[str, Any]]:
        """The rows of ``SELECT …`` with our prefixes before it."""
        return self.store.select(SPARQL_PREFIXES + pattern)

    def know(self, iris: Iterable[str]) -> None:
        """Look up labels and addresses of many entities at once."""
        wanted = {iri for iri in iris if iri not in self._links and is_iri(iri)}
        known = {iri: name for iri in wanted if (name := self.shelf.name(self.language, iri))}
        if fresh := wanted - known.keys():
            found = self._names(fresh)
            self.shelf.remember(self.language, found)
            known.update(found)
        for iri, (text, address) in known.items():
            self._links[iri] = Link(iri, text, self.href(address))

    def _names(self, iris: set[str]) -> dict[str, Name]:
        texts = labels(self.store, iris, self.language)
        addresses = {iri: self._address(iri) for iri in iris}
        return {iri: (texts.get(iri) or self._name(iri, addresses[iri]), addresses[iri]) for iri in iris}

    def _name(self, iri: str, address: str) -> str:
        """What to call a node without a label: a property by its name, a copy or edition by its kind and id."""
        short = shorten(iri, self.site.base_iri)
        if short in properties():
            return self.property(iri)
        if known := code_name(iri, self.language):
            return known
        kind = SEGMENTS.get(address.split("/")[1]) if address.startswith("/") else None
        if kind is None or kind.kind == "entity":
            return short
        return f"{kind.name[self.language]} {short.rpartition('/')[2]}"

    def link(self, iri: str) -> Link:
        """The label and address of an entity."""
        if found := self._links.get(iri):
            return found
        self.know([iri])
        return self._links.get(iri) or Link(iri, iri, "")

    def anchor(self, iri: str) -> Markup:
        """The label of an entity, leading to its page."""
        if iri not in self._anchors:
            one = self.link(iri)
            self._anchors[iri] = _LINKED % (one.href, one.text) if one.href else _UNLINKED % one.text
        return self._anchors[iri]

    def anchors(self, iris: Iterable[str]) -> Markup:
        """Several entities, each once, in a line."""
        return Markup(", ").join(self.anchor(iri) for iri in dict.fromkeys(iris))

    def label(self, iri: str) -> str:
        """The label of an entity, empty when it has none."""
        return labels(self.store, [iri], self.language).get(iri, "")

    def page(self, iri: str, kind: str) -> str:
        """The address of an entity whose kind is known, when its label is not wanted; nothing is asked for it."""
        known = _KINDS.get(kind)
        return self.href(address_as(known, iri)) if known else self.link(iri).href

    def _address(self, iri: str) -> str:
        if not iri.startswith(self.site.base_iri + "/id/"):
            scheme = urlsplit(iri).scheme
            known = iri.startswith(expand("jp:")) or scheme not in ("http", "https")
            return page_address(iri, set()) if known else iri
        quads = self.store.store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, ox.DefaultGraph())
        return page_address(iri, {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})

    def href(self, path: str, **changes: Any) -> str:
        """A path of ours with language, day and library kept; ``changes`` are further parameters, None removes."""
        if not path.startswith("/"):
            return path
        if changes:
            return _with(path, {**self._kept, **changes})
        before, sharp, fragment = path.partition("#")
        tail = self._tail and ("&" if "?" in before else "?") + self._tail
        return before + tail + sharp + fragment

    @cached_property
    def _kept(self) -> dict[str, str | None]:
        return {"lang": request.args.get("lang"), "on": request.args.get("on"), "untuk": self.asked_library}

    @cached_property
    def _tail(self) -> str:
        """What is kept, as it stands in an address: a page has hundreds of links that change nothing of it."""
        return _with("", self._kept)[1:]

    def here(self, **changes: Any) -> str:
        """This very address with some parameters changed."""
        return _with(request.path, {**request.args.to_dict(), **changes})

    def titles_of(self, **links: tuple[str, ...]) -> int:
        """How many works the index has under these links."""
        return self.search.count(Wanted(chosen={"kind": "work"}, links=links))

    def holds(self, work: Result) -> bool:
        """Whether the reader's library holds a work that was found."""
        if not self.library or self.library in work.holders or work.held == len(work.holders):
            return self.library in work.holders
        return bool(self.search.held_by(self.library, [work.iri]))

    def libraries(self) -> list[Link]:
        """The libraries to choose from, by name; empty when there are too many for a list."""
        return self.shelf.result("libraries", self._libraries)

    def _libraries(self) -> list[Link]:
        wanted = Wanted(chosen={"kind": "library"}, limit=LISTED_LIBRARIES)
        found = self.search.find(wanted, facets=False)
        if found.total > LISTED_LIBRARIES:
            return []
        listed = (Link(one.iri, one.title, self.local(one.iri)) for one in found.results)
        return sorted(listed, key=lambda one: one.text)

    def property(self, iri: str) -> str:
        """What a property is called in the page's language."""
        return property_name(iri, self.language)

    def local(self, iri: str) -> str:
        """The id of one of our entities."""
        return iri.removeprefix(self.site.base_iri + "/id/")


def is_iri(text: str) -> bool:
    """Whether a text can stand between < and > in SPARQL as an absolute IRI."""
    return text.startswith(("http://", "https://", "urn:")) and set(text).isdisjoint(' <>"{}|\\^`\n\r\t')


_quoted = lru_cache(20_000)(quote_plus)
"""Remembered, since a page has the same entity and the same properties in a hundred addresses."""


def _with(path: str, parameters: Mapping[str, Any]) -> str:
    path, _, fragment = path.partition("#")
    given = "&".join(
        f"{_quoted(name)}={_quoted(str(value))}" for name, value in parameters.items() if value not in (None, "")
    )
    joined = path + ("&" if "?" in path else "?") + given if given else path
    return joined + ("#" + fragment if fragment else "")


def visit() -> Visit:
    """The visit of this request. Raises QueryError when ``?on=`` is no day."""
    if "visit" not in g:
        on = request.args.get("on", "")
        g.visit = Visit(
            site(), language(), day(on) if on else date.today(), bool(on), request.args.get("untuk", "").strip()
        )
    found: Visit = g.visit
    return found
