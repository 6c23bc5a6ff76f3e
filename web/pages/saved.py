"""Saved queries: each a page with a form, a table, CSV and JSON, at its own name and where the design puts it."""

import re
from typing import Any

from flask import Response, jsonify, render_template, request

from graph.errors import QueryError
from graph.queries import find
from ontology.operations import PLACE, operations
from ontology.queries import REQUIRED, SavedQuery, saved_queries
from web.pages.asking import Asked, asked
from web.pages.blueprint import pages
from web.pages.choosing import choices
from web.pages.entities_of_rows import FORMS, as_rdf
from web.pages.operations import DATA_FORMS, as_csv
from web.pages.paging import first, leaf
from web.pages.remembered import remembered
from web.pages.visit import Link, Visit, visit

_PLACE = re.compile(r"\{\w+\}")
_TAKEN = {"/", "/direktori", "/jelaskan", "/karya/<name>/pinjam"}
_CHOICES = dict.fromkeys(("me", "library", "member", "a", "b"), "library")
_CHOICES |= {name: name for name in ("network", "partnership", "agreement", "package")} | {"policy": "agreement"}
"""What a parameter that is an entity is chosen from, where there are not too many."""


@pages.get("/q")
@remembered
def queries() -> str:
    """All saved questions."""
    return render_template("queries.html", queries=list(saved_queries().values()))


@pages.get("/q/<name>")
@remembered
def query(name: str) -> Response | str:
    """One saved question: form, answer, its SPARQL; ``?format=csv``, ``json``, ``ttl``, ``jsonld`` for programs."""
    return _page(visit(), find(name.partition(".")[0]), dict(request.args), name.partition(".")[2])


@remembered
def _report(saved: SavedQuery, name: str = "") -> Response | str:
    given = dict(request.args)
    entities = [one.name for one in saved.parameters if one.type == "entity"]
    here = visit()
    if name and entities:
        given.setdefault(_subject(saved, entities), name)
    if here.asked_library and "me" in entities:
        given.setdefault("me", here.asked_library)
    return _page(here, saved, given, given.get("format", ""))


def _subject(saved: SavedQuery, entities: list[str]) -> str:
    """The parameter that the entity in the address fills: the required one, else the first."""
    required = [one.name for one in saved.parameters if one.name in entities and one.default == "required"]
    return (required or entities)[0]


def _page(here: Visit, saved: SavedQuery, given: dict[str, str], form: str) -> Response | str:
    names = {one.name for one in saved.parameters}
    values = {name: value for name, value in given.items() if name in names and value}
    if "lang" in names:
        values["lang"] = here.language
    try:
        answers: Asked | None = asked(here, saved.name, **values)
        message = ""
    except QueryError as error:
        missing = any(one.default == REQUIRED and one.name not in values for one in saved.parameters)
        if form in DATA_FORMS or not missing:
            raise
        answers, message = None, str(error)
    form = form or given.get("format", "")
    if answers and form in DATA_FORMS:
        return _data(here, answers, form)
    turned = leaf(len(answers.rows)) if answers else first(0)
    part = turned.of(answers.rows) if answers else []
    here.know(str(value) for row in part for value in row.values() if _iri(value))
    return render_template(
        "query.html", query=saved, answers=answers, values=values, message=message, part=part, leaf=turned,
        is_iri=_iri, listed=_listed(here, saved),
    )  # fmt: skip


def _listed(here: Visit, saved: SavedQuery) -> dict[str, list[Link]]:
    """The things to choose from, by parameter; what is typed is left out."""
    named = [one.name for one in saved.parameters if one.type == "entity" and one.name in _CHOICES]
    found = {name: choices(here, _CHOICES[name]) for name in named}
    return {name: links for name, links in found.items() if links}


def _iri(text: Any) -> bool:
    return isinstance(text, str) and text.startswith(("http://", "https://")) and " " not in text


def _data(here: Visit, answers: Asked, form: str) -> Response:
    if form in FORMS:
        return as_rdf(here, answers.rows, form)
    if form == "json":
        rows = [{name: str(v) if v is not None else None for name, v in row.items()} for row in answers.rows]
        return jsonify({"query": answers.query.name, "parameters": dict(answers.given), "rows": rows})
    return as_csv(list(answers.query.columns), answers.rows)


def _place_reports() -> None:
    """Give each saved query the address its header names, where no page of its own is there."""
    placed = _TAKEN | {PLACE.sub("<name>", page) for page in operations()}
    for saved in saved_queries().values():
        path = _PLACE.sub("<name>", re.split(r"[?#]", saved.page)[0])
        is_entity_page = re.fullmatch(r"/[\w-]+/<name>", path) is not None
        if not path or path in placed or is_entity_page:
            continue
        placed.add(path)
        pages.add_url_rule(path, f"report-{saved.name}", _report, defaults={"saved": saved})


_place_reports()
