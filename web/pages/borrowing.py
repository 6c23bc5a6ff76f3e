"""May we have this: the answer with its terms and its proof, yes or no, each at an address of its own."""

import json

from flask import Response, render_template, request

from graph.best_ways import MOST
from graph.errors import NotFound
from graph.names import expand
from graph.permission import Answer
from web.pages.addresses import entity_of
from web.pages.blueprint import pages
from web.pages.visit import Visit, visit

ACTIONS = ("lend", "photocopy", "scan", "readOnSite", "patronLoan", "quickReference")
"""What a library may ask of another, by code."""


@pages.get("/may-borrow")
def may_borrow() -> Response | str:
    """``?copy=`` (item or work) ``&borrower=&action=&on=``: the answer with its because-chain; ``format=json``."""
    copy = request.args.get("copy", "")
    borrower = request.args.get("borrower", "") or request.args.get("untuk", "")
    return _answer(visit(), copy, borrower, request.args.get("action", "lend"))


@pages.get("/jelaskan")
def explain() -> Response | str:
    """The same with Indonesian names: ``?eksemplar=&peminta=&tindakan=``."""
    given = request.args
    return _answer(visit(), given.get("eksemplar", ""), given.get("peminta", ""), given.get("tindakan", "lend"))


@pages.get("/karya/<path:name>/pinjam")
def of_work(name: str) -> Response | str:
    """Who can lend this work to the library named by ``?untuk=``."""
    here = visit()
    iri = entity_of(here.store, here.site.base_iri, "work", name)
    if iri is None:
        raise NotFound(f"No work is known as {name}.", "Search for it by title.")
    return _answer(here, here.local(iri), here.asked_library, request.args.get("action", "lend"))


def _answer(here: Visit, copy: str, borrower: str, action: str) -> Response | str:
    answer = here.network.best(action, copy, borrower, here.on) if copy and borrower else None
    if answer and request.args.get("format") == "json":
        told = json.dumps(answer.as_json(here.language), ensure_ascii=False, default=str)
        return Response(told, mimetype="application/json")
    findings = list(answer.findings)[:MOST] if answer else []
    iris = {iri for one in findings for iri in (one.item, one.holder, one.policy, one.rule)}
    iris |= {link.iri for one in findings for link in one.chain}
    here.know(iris | ({answer.thing, answer.borrower} if answer else set()))
    codes = [(code, here.label(expand("jp:" + code)) or code) for code in ACTIONS]
    return render_template(
        "may_borrow.html", answer=answer, findings=findings, copy=copy, borrower=borrower, action=action,
        actions=codes, others=findings[1:], behind=_behind(here, answer) if answer else "",
    )  # fmt: skip


def _behind(here: Visit, answer: Answer) -> str:
    """The address of the saved query that decides the same in SPARQL; empty where none does."""
    thing, me, on = here.local(answer.thing), here.local(answer.borrower), here.on.isoformat()
    action = answer.action.removeprefix(expand("jp:"))
    if answer.best and answer.best.item == answer.thing:
        return here.href("/q/cq02-why-not", item=thing, me=me, action=action, today=on) + "#sparql"
    return here.href("/q/cq01-who-can-lend", work=thing, me=me, today=on) + "#sparql" if action == "lend" else ""
