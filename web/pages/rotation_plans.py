"""The rotation planner as a page, and its proposal as sheets to load."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from graph.dates import day
from graph.errors import QueryError
from graph.reasons import sentences
from graph.rotation import Package, Plan, Stage, plan
from ingest.sheets.writing import as_xlsx
from ontology.operations import operations
from ontology.sheets import sheets
from web.pages.blueprint import pages
from web.pages.choosing import chosen, known_iri
from web.pages.operations import Found, computes
from web.pages.sheet_files import safe
from web.pages.visit import Visit, visit

PLANNER = "/rotasi/rencana"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@computes(PLANNER)
def planner(here: Visit, values: Mapping[str, str]) -> Found:
    """The proposal for the partnership, packages and periods chosen; nothing until a partnership is."""
    if not values.get("kemitraan"):
        return Found()
    proposal = _plan(here, values)
    gained: dict[str, int] = {}
    for stage in proposal.stages:
        gained[stage.host] = gained.get(stage.host, 0) + stage.new
    return Found(
        {
            "stages": [
                {
                    "package": _named(here, stage.package),
                    "starts": stage.starts,
                    "ends": stage.ends,
                    "host": stage.host,
                    "items": len(stage.package.items),
                    "new": stage.new,
                }
                for stage in proposal.stages
            ],
            "hosts": [{"host": host, "new": new} for host, new in sorted(gained.items(), key=lambda one: -one[1])],
            "home": [
                {"item": one.item, "work": one.work, "owner": one.owner, "why": _word(here, one.why)}
                for one in proposal.home
            ],
            "skipped": [
                {
                    "host": one.host,
                    "starts": one.period.starts,
                    "ends": one.period.ends,
                    "why": _word(here, one.why),
                }
                for one in proposal.skipped
            ],
        },
        picture={"renewal": proposal.renewal} if proposal.renewal else {},
    )


@pages.get(PLANNER + ".xlsx")
def plan_as_sheets() -> Response:
    """The proposal as the sheets ``rencana_rotasi``, ``paket_rotasi`` and ``rotasi``, to load once it is agreed."""
    here = visit()
    values = chosen(here, operations()[PLANNER])
    if not values.get("kemitraan"):
        raise QueryError("No partnership was chosen.", "Give ?kemitraan=, the id of a partnership.")
    stages = _plan(here, values).stages
    partnership = here.local(known_iri(here, values["kemitraan"]))
    name = f"rencana-{partnership}-{day(values['mulai'])}"
    heading = f"{operations()[PLANNER].title['id']} {values['mulai']}"
    ids = {stage.package: _package_id(here, name, stage.package) for stage in stages}
    rows = {
        "rencana_rotasi": [{"id": name, "nama": heading, "kemitraan": partnership}],
        "paket_rotasi": [
            {
                "id": ids[one],
                "nama": here.link(one.iri or one.owner).text,
                "barkode": "; ".join(_barcodes(here, one)),
            }
            for one in ids
        ],
        "rotasi": _stage_rows(here, name, stages, ids),
    }
    content = as_xlsx({sheet: _table(sheet, many) for sheet, many in rows.items()})
    headers = {"Content-Disposition": f'attachment; filename="{safe(name)}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)


def _stage_rows(
    here: Visit, name: str, stages: Sequence[Stage], ids: Mapping[Package, str]
) -> list[dict[str, str]]:
    turns: dict[str, int] = {}
    rows = []
    for number, stage in enumerate(stages, 1):
        package = ids[stage.package]
        turns[package] = turns.get(package, 0) + 1
        rows.append(
            {
                "id": f"{name}-{number}",
                "rencana": name,
                "paket": package,
                "urutan": str(turns[package]),
                "perpustakaan": here.local(stage.host),
                "mulai": stage.starts.isoformat(),
                "berakhir": stage.ends.isoformat(),
            }
        )
    return rows


def _package_id(here: Visit, plan: str, package: Package) -> str:
    return here.local(package.iri) if package.iri else f"{plan}-{here.local(package.owner)}"


def _barcodes(here: Visit, package: Package) -> list[str]:
    values = " ".join(f"<{item}>" for item in package.items)
    rows = here.select(f"""SELECT DISTINCT ?barcode WHERE {{ VALUES ?item {{ {values} }}
      ?item bf:identifiedBy ?name . ?name a bf:Barcode ; rdf:value ?barcode }} ORDER BY ?barcode""")
    return [row["barcode"].value for row in rows]


def _table(sheet: str, rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    columns = [column.id for column in sheets()[sheet].columns]
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def _plan(here: Visit, values: Mapping[str, str]) -> Plan:
    numbers = {name: values.get(name, "") for name in ("hari", "putaran")}
    if not all(value.isdigit() and len(value) < 5 for value in numbers.values()):
        raise QueryError("Days and periods are whole numbers.", "Correct them in the form.")
    wanted = [here.local(known_iri(here, one)) for one in request.args.getlist("paket") if one]
    partnership = here.local(known_iri(here, values["kemitraan"]))
    starts = day(values["mulai"])
    return plan(here.network, partnership, starts, int(numbers["hari"]), int(numbers["putaran"]), wanted)


def _named(here: Visit, package: Package) -> Any:
    return package.iri or {"id": "dari {}", "en": "from {}"}[here.language].format(here.link(package.owner).text)


def _word(here: Visit, why: str) -> str:
    return str(sentences()[why][here.language])
