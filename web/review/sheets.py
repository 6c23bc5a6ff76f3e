"""The queue and the decisions as a sheet, out and, corrected, back."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, render_template, request

from graph.errors import InputError, NotFound, QueryError
from ingest.decision_sheet import rows, take_back
from ingest.sheets.writing import as_csv, as_xlsx
from web.pages.visit import visit
from web.review.blueprint import decided, review, somebody

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHAT = ("waiting", "decided", "all")


@review.get("/sheet.<form>")
def sheet(form: str) -> Response:
    """The queue (``?what=waiting``), the decisions (``decided``) or both (``all``), as csv or xlsx.

    What waits, but is unlikely, is in it with ``?unlikely=1``.
    """
    what = request.args.get("what", "waiting")
    if form not in {"csv", "xlsx"} or what not in WHAT:
        raise NotFound("There is no such sheet.", "There are sheet.csv and sheet.xlsx, ?what=waiting|decided|all.")
    table = rows(decided(), what, visit().language, unlikely=bool(request.args.get("unlikely")))
    content = as_csv(table) if form == "csv" else as_xlsx({"putusan": table})
    response = Response(content, mimetype="text/csv" if form == "csv" else XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{what}.{form}"'
    return response


@review.post("/sheet")
def returned() -> str:
    """Take a corrected sheet back and tell what came of each row."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise QueryError("No file came with the form.", "Choose a sheet (.csv, .xlsx or .ods).")
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("sheet" + Path(file.filename).suffix[:8].lower())
        file.save(path)
        try:
            outcome = take_back(decided(), path, somebody())
        except InputError as error:
            raise InputError(error.message.replace(str(path), file.filename), error.remedy) from error
    return render_template("review_sheet.html", outcome=outcome)
