"""What changes: an Atom feed of releases, and the entities of each release by the change-discovery pattern.

The pattern is the IIIF Change Discovery API 1.0 on Activity Streams 2.0: an ordered collection at ``/changes.json``
whose pages, oldest first, hold Create, Update and Delete activities. Linked Art harvesters read it as well.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Response, jsonify, request
from lxml import etree

from graph.differences import sentences, summary
from graph.errors import NotFound
from graph.releases import Release
from web.linked_data.dumps import changed_entities, folder_of
from web.sharing import open_blueprint
from web.site import Site, site

feeds = open_blueprint("feeds")
PAGE = 1000
_ATOM = "http://www.w3.org/2005/Atom"
_CONTEXT = ["http://iiif.io/api/discovery/1/context.json", "https://www.w3.org/ns/activitystreams"]
Page = tuple[Release, int]


@feeds.get("/changes.atom")
def atom() -> Response:
    """One entry per release, newest first, saying what it changed."""
    here = site()
    releases = here.releases.all()
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    address = here.url("/changes.atom")
    _elements(root, id=address, title=here.settings.text("title"), updated=here.release.date.isoformat())
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=address)
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="license", href=here.settings.text("licence"))
    _elements(etree.SubElement(root, f"{{{_ATOM}}}author"), name=here.settings.text("title"))
    for before, release in zip([None, *releases], releases, strict=False):
        root.insert(5, _entry(here, before, release))
    response = Response(
        etree.tostring(root, xml_declaration=True, encoding="utf-8"), mimetype="application/atom+xml"
    )
    response.set_etag(f"{here.release.number}-atom")
    return response.make_conditional(request)  # type: ignore[return-value]


@feeds.get("/changes.json")
def collection() -> Response:
    """The ordered collection of all activities."""
    here = site()
    pages = list(_pages(here))
    return _activity_streams(
        {
            "@context": _CONTEXT,
            "id": here.url("/changes.json"),
            "type": "OrderedCollection",
            "totalItems": sum(_count(here, release) for release in here.releases.all()),
            "first": _reference(here, pages[0]),
            "last": _reference(here, pages[-1]),
            "rights": here.settings.text("licence"),
        }
    )


@feeds.get("/changes/<int:number>/<int:part>.json")
def page(number: int, part: int) -> Response:
    """One page of activities: those of release ``number`` from ``part`` times 1,000 on."""
    here = site()
    pages = list(_pages(here))
    place = next((i for i, (release, p) in enumerate(pages) if (release.number, p) == (number, part)), None)
    if place is None:
        raise NotFound(f"There is no page {part} of release {number}.", "/changes.json names the first and last.")
    release = pages[place][0]
    items = islice(changed_entities(here.settings.data, number), part * PAGE, (part + 1) * PAGE)
    document = {
        "@context": _CONTEXT,
        **_reference(here, pages[place]),
        "partOf": {"id": here.url("/changes.json"), "type": "OrderedCollection"},
        "startIndex": sum(_count(here, r) for r in here.releases.all() if r.number < number) + part * PAGE,
        "orderedItems": [_activity(release, change) for change in items],
    }
    if place > 0:
        document["prev"] = _reference(here, pages[place - 1])
    if place + 1 < len(pages):
        document["next"] = _reference(here, pages[place + 1])
    return _activity_streams(document)


def _pages(here: Site) -> Iterator[Page]:
    for release in here.releases.all():
        for part in range(max(1, -(-_count(here, release) // PAGE))):
            yield release, part


def _count(here: Site, release: Release) -> int:
    made = folder_of(here.settings.data, release.number).exists()
    return _counted(here.settings.data, release.number) if made else 0


@lru_cache(maxsize=64)
def _counted(data: Path, release: int) -> int:
    return sum(1 for _ in changed_entities(data, release))


def _reference(here: Site, page: Page) -> dict[str, str]:
    release, part = page
    return {"id": here.url(f"/changes/{release.number}/{part}.json"), "type": "OrderedCollectionPage"}


def _activity(release: Release, change: dict[str, str]) -> dict[str, Any]:
    return {
        "type": change["type"],
        "endTime": release.date.isoformat(),
        "object": {"id": change["id"], "type": "Document"},
    }


def _activity_streams(document: dict[str, Any]) -> Response:
    response = jsonify(document)
    response.mimetype = "application/activity+json"
    return response


def _entry(here: Site, before: Release | None, release: Release) -> etree._Element:
    entry = etree.Element(f"{{{_ATOM}}}entry")
    address = here.url(f"/releases/{release.number}")
    told = "\n".join(sentences(summary(before, release))) if before else f"Release {release.number}"
    date = release.date.isoformat()
    _elements(entry, id=address, title=f"Release {release.number}", updated=date, published=date, summary=told)
    etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address)
    return entry


def _elements(parent: etree._Element, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text
