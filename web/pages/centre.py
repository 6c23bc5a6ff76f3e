"""The processing centre's records for the new items of its members, to take home as MARC or JSON-LD."""

import json
from collections.abc import Iterator

from flask import Response, request

from graph.errors import NotFound
from web.linked_data.documents import has_record, written
from web.pages.addresses import entity_of
from web.pages.blueprint import pages
from web.pages.visit import visit

MOST_RECORDS = 2000
FORMS = {"mrc": "application/marc", "jsonld": "application/ld+json"}


@pages.get("/kemitraan/<path:name>/pengolahan.<any(mrc, jsonld):suffix>")
def records(name: str, suffix: str) -> Response:
    """The records of the period chosen (``from``, ``to``), of one member if wanted (``library``)."""
    found = list(dict.fromkeys(_found(name)))[:MOST_RECORDS]
    site = visit().site
    if suffix == "mrc":
        content = b"".join(written(site, iri, "mrc") for iri in found if has_record(site, iri))
        if not content:
            raise NotFound("No record of the centre is there as MARC.", "Choose another period, or JSON-LD.")
    else:
        content = json.dumps(
            [json.loads(written(site, iri, "jsonld")) for iri in found], ensure_ascii=False
        ).encode()
    headers = {"Content-Disposition": f'attachment; filename="pengolahan.{suffix}"'}
    return Response(content, mimetype=FORMS[suffix], headers=headers)


def _found(name: str) -> Iterator[str]:
    here = visit()
    iri = entity_of(here.store, here.site.base_iri, "partnership", name)
    if iri is None:
        raise NotFound(f"No partnership is known as {name}.", "Search for it by name.")
    given = {key: request.args[key] for key in ("from", "to") if request.args.get(key)}
    library = request.args.get("library", "")
    for row in here.ask("centre-records", partnership=iri, **given).rows:
        if not library or here.local(str(row["member"])) == library:
            yield str(row["record"])
