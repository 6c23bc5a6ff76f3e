"""What can be done in the network: all operations, and those of the reader's library."""

from flask import render_template

from ontology.operations import PLACE, Operation, operations
from web.pages.blueprint import pages
from web.pages.choosing import choices
from web.pages.visit import visit

KINDS = ("library", "network", "partnership", "agreement")


@pages.get("/kerja-sama")
def overview() -> str:
    """Every operation: those of the whole network, and those of a library, network, partnership or agreement."""
    here = visit()
    general = [one for one in operations().values() if not one.of]
    mine = _of("library")
    named = {kind: (_of(kind), choices(here, kind) or []) for kind in KINDS}
    return render_template("overview.html", general=general, mine=mine, named=named, placed=_placed)


def _of(kind: str) -> list[Operation]:
    return [one for one in operations().values() if one.of == kind]


def _placed(operation: Operation, name: str) -> str:
    return PLACE.sub(lambda _: name, operation.page)
