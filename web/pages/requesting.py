"""A request prepared from an answer: an ISO 18626 message, a form to print, a row for the sheet; no patron data."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from flask import Response, render_template, request

from graph.errors import QueryError
from graph.lending_request import LendingRequest, message, prepared
from graph.permission import Answer
from ontology.sheets import sheets
from ontology.vocabulary import vocabulary
from web.pages.blueprint import pages
from web.pages.sheet_files import sheet_file
from web.pages.visit import Visit, visit


@pages.get("/permintaan")
def form() -> str:
    """The request as a form to print and sign: ``?copy=&borrower=&action=&on=``."""
    here = visit()
    answer, made = _prepared(here)
    here.know([made.policy, made.item, answer.borrower, made.supplier_iri])
    given = {name: request.args.get(name, "") for name in ("copy", "borrower", "action")}
    return render_template(
        "request.html", answer=answer, it=made, given={**given, "nomor": made.number}, at=made.made
    )


@pages.get("/permintaan.xml")
def iso18626() -> Response:
    """The same as an ISO 18626 message."""
    _, made = _prepared(visit())
    headers = {"Content-Disposition": f'attachment; filename="permintaan-{made.number}.xml"'}
    return Response(message(made), mimetype="application/xml", headers=headers)


@pages.get("/permintaan.csv")
def sheet_row() -> Response:
    """The same as a row of the sheet ``silang_layan``, to be completed and loaded; it feeds the lending balance."""
    here = visit()
    answer, made = _prepared(here)
    row = {
        "id": f"rq-{made.number}",
        "tanggal_minta": here.on.isoformat(),
        "peminta": here.local(answer.borrower),
        "pemasok": here.local(made.supplier_iri),
        "layanan": vocabulary().label(answer.action),
        "karya": here.local(made.work),
        "dasar": here.local(made.policy),
        "status": vocabulary().label(_REQUESTED),
    }
    columns = [column.id for column in sheets()["silang_layan"].columns]
    return sheet_file(f"silang_layan-{made.number}", [columns, [row.get(name, "") for name in columns]])


_REQUESTED = "https://w3id.org/jejaring/ns#st-request-received"


def _prepared(here: Visit) -> tuple[Answer, LendingRequest]:
    given: Mapping[str, str] = request.args
    if not given.get("copy") or not given.get("borrower"):
        raise QueryError("A request needs a copy or work and a library.", "Give ?copy= and ?borrower=.")
    answer = here.network.may(given.get("action", "lend"), given["copy"], given["borrower"], here.on)
    number = given.get("nomor", "")
    number = number if number.isalnum() and len(number) <= 32 else uuid4().hex[:12]
    return answer, prepared(here.network, answer, number, datetime.now(UTC))
