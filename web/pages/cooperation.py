"""Libraries, networks, partnerships and agreements: who works with whom, on what terms, on any day."""

from datetime import date, timedelta
from typing import Any

from graph.description import Description
from graph.queries import Row, native
from graph.search import Facet, Wanted
from web.pages.entities import shows
from web.pages.libraries import everywhere_about, profile
from web.pages.visit import Visit

SOON = timedelta(days=90)
_ORDER = ("in force", "ending soon", "renewed automatically", "not yet in force", "draft", "terminated", "ended")
_TAKING_PART = ("in force", "ending soon")
POLICY = """OPTIONAL { ?policy jp:signedOn ?signed } OPTIONAL { ?policy schema:startDate ?starts }
  OPTIONAL { ?policy schema:endDate ?ends } OPTIONAL { ?policy jp:terminatedOn ?terminated }
  OPTIONAL { ?policy jp:autoRenews ?renews } BIND (EXISTS { ?policy a odrl:Offer } AS ?offer)
  BIND (EXISTS { ?policy a odrl:Set } AS ?law)"""
_POLICIES = "SELECT DISTINCT ?policy ?signed ?starts ?ends ?terminated ?renews ?offer ?law WHERE { "
OF_LIBRARY = (
    _POLICIES + "{ ?policy jp:signedBy <%s> } UNION "
    "{ ?policy a odrl:Offer ; odrl:permission/odrl:assigner <%s> } " + POLICY + " } LIMIT 300"
)
OF_BODY = _POLICIES + "<%s> jp:governedBy ?policy " + POLICY + " }"
ITSELF = _POLICIES + "BIND (<%s> AS ?policy) " + POLICY + " }"
RULES = """SELECT ?rule ?permits ?action ?target ?from ?to WHERE {
  { <%s> odrl:permission ?rule BIND (true AS ?permits) } UNION
  { <%s> odrl:prohibition ?rule BIND (false AS ?permits) }
  OPTIONAL { ?rule odrl:action ?action } OPTIONAL { ?rule odrl:target ?target }
  OPTIONAL { ?rule odrl:assigner ?from } OPTIONAL { ?rule odrl:assignee ?to } } ORDER BY DESC(?permits) ?rule"""
OBSTACLES = """SELECT ?kind WHERE { ?one a jp:Obstacle ; jp:library <%s> ; dct:type ?kind ;
  schema:startDate ?since . OPTIONAL { ?one schema:endDate ?until }
  FILTER (?since <= "%s"^^xsd:date && COALESCE(?until > "%s"^^xsd:date, true)) } ORDER BY ?kind"""
MEMBERS = """SELECT ?part ?member ?body ?role ?starts ?ends ?terminated WHERE {{
  VALUES ?{side} {{ <{iri}> }} ?part org:member ?member ; org:organization ?body .
  OPTIONAL {{ ?part org:role ?role }} OPTIONAL {{ ?part schema:startDate ?starts }}
  OPTIONAL {{ ?part schema:endDate ?ends }} OPTIONAL {{ ?part jp:terminatedOn ?terminated }} }} LIMIT 600"""


def status(row: dict[str, Any], on: date) -> str:
    """How a policy or membership stands on a day: the nine words of docs/answers.md, in English."""
    starts, ends, terminated = row.get("starts"), row.get("ends"), row.get("terminated")
    if (
        not row.get("offer")
        and not row.get("law")
        and "signed" in row
        and (not row["signed"] or row["signed"] > on)
    ):
        return "draft"
    if terminated and terminated <= on:
        return "terminated"
    if starts and starts > on:
        return "not yet in force"
    if ends and ends < on:
        return "renewed automatically" if row.get("renews") else "ended"
    if ends and ends <= on + SOON:
        return "ending soon"
    return "in force"


def rows(here: Visit, query: str) -> list[dict[str, Any]]:
    """Rows as Python values, each with its status on the visit's day; entities are looked up."""
    found = [{name: native(term) for name, term in row.items()} for row in here.select(query)]
    here.know(value for row in found for value in row.values() if isinstance(value, str) and "/" in value)
    for row in found:
        row["status"] = status(row, here.on)
    return sorted(found, key=lambda row: (_ORDER.index(row["status"]), str(row.get("starts") or "")))


@shows("library", "library.html")
def library(here: Visit, it: Description) -> dict[str, Any]:
    """Memberships, agreements, partners, and the shape of the collection."""
    held = Wanted(chosen={"kind": "work", "holder": it.iri})
    parts = rows(here, MEMBERS.format(side="member", iri=it.iri))
    bodies = {str(part["body"]) for part in parts if part["status"] in _TAKING_PART}
    partners = _partners(here, it.iri, bodies)
    subjects = here.search.facet(held, "subject")
    here.know([*(one.value for one in subjects), *partners])
    return {
        "parts": parts, "policies": rows(here, OF_LIBRARY % (it.iri, it.iri)), "titles": here.search.count(held),
        "subjects": subjects,
        "partners": partners, "weak": _weaknesses(here, it.iri), "without": _without(here, subjects),
        "lending": here.ask("lending-by-partner", me=it.iri, to=here.on).rows, **profile(here, it),
    }  # fmt: skip


def _weaknesses(here: Visit, iri: str) -> dict[str, list[Any]]:
    """Open obstacles and requirements not met: what a partner could help with."""
    obstacles = here.select(OBSTACLES % (iri, here.on, here.on))
    asked = here.ask("own-requirements", member=iri, lang=here.language).rows
    unmet = [row for row in asked if not row["met"]]
    kinds = [row["kind"].value for row in obstacles]
    here.know([*kinds, *(str(row["requirement"]) for row in unmet)])
    return {"obstacles": kinds, "unmet": unmet}


def _without(here: Visit, subjects: list[Facet]) -> list[str]:
    """Subject groups the network has titles in and this library has none."""
    found = [one.value for one in everywhere_about(here) if one.value not in {own.value for own in subjects}]
    here.know(found)
    return found


def _partners(here: Visit, iri: str, bodies: set[str]) -> dict[str, list[str]]:
    """Libraries that share a network or partnership today → the bodies they share."""
    found: dict[str, list[str]] = {}
    for body in sorted(bodies):
        for part in _parts(here, body):
            if part["status"] in _TAKING_PART and part["member"] != iri:
                found.setdefault(str(part["member"]), []).append(body)
    here.know(found)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), here.link(one[0]).text)))


def _parts(here: Visit, body: str) -> list[dict[str, Any]]:
    """Who takes part in a network or partnership; read once for a day, since each member's page needs it too."""
    query = MEMBERS.format(side="body", iri=body)
    return here.shelf.result(("parts", body, here.on), lambda: rows(here, query))


@shows("network", "body.html")
def network(here: Visit, it: Description) -> dict[str, Any]:
    """Members with their times, what kinds they are, who is focal point, and the agreements behind it."""
    kinds, focal = (_of_network(here, it.iri, name) for name in ("cq15-network-composition", "cq14-focal-point"))
    here.know(str(row[name]) for row in kinds for name in ("kind",))
    here.know(str(row["focalPoint"]) for row in focal)
    return {**_body(here, it), "kinds_of_members": kinds, "focal": focal, "done": []}


def _of_network(here: Visit, iri: str, name: str) -> list[Row]:
    """The rows about one network of a question about all of them, which is asked once for a day."""
    every = here.shelf.result((name, here.on), lambda: here.ask(name).rows)
    return [row for row in every if row["network"] == iri]


@shows("partnership", "body.html")
def partnership(here: Visit, it: Description) -> dict[str, Any]:
    """Members with their times, what was done, and the agreements behind it."""
    done = here.ask("partnership-activity", partnership=it.iri, lang=here.language).rows
    return {**_body(here, it), "kinds_of_members": [], "focal": [], "done": done}


def _body(here: Visit, it: Description) -> dict[str, Any]:
    parts = _parts(here, it.iri)
    here.know(str(row[name]) for row in parts for name in ("member", "role") if row.get(name))
    by_name = sorted(parts, key=lambda row: (_ORDER.index(row["status"]), here.link(str(row["member"])).text))
    return {"parts": by_name, "policies": rows(here, OF_BODY % it.iri)}


@shows("agreement", "agreement.html")
def agreement(here: Visit, it: Description) -> dict[str, Any]:
    """Clauses left, computed terms right; its standing on the day."""
    standing = rows(here, ITSELF % it.iri)[0]
    clauses, terms = here.ask("clauses", agreement=it.iri), here.ask("terms", policy=it.iri)
    found = [{name: native(term) for name, term in row.items()} for row in here.select(RULES % (it.iri, it.iri))]
    governed = [
        row["body"].value for row in here.select(f"SELECT ?body WHERE {{ ?body jp:governedBy <{it.iri}> }}")
    ]
    mentioned = [*clauses.rows, *terms.rows, *found]
    here.know([*governed, *(value for row in mentioned for value in row.values() if isinstance(value, str))])
    by_rule: dict[str, list[Any]] = {}
    for row in terms.rows:
        by_rule.setdefault(str(row["rule"]), []).append(row)
    return {
        "standing": standing,
        "clauses": clauses,
        "rules": found,
        "terms": by_rule,
        "governs": governed,
        "lacking": [row for row in _unequipped(here) if row["agreement"] == it.iri],
        "days": (standing["ends"] - here.on).days if standing.get("ends") else None,
    }


def _unequipped(here: Visit) -> list[Any]:
    """What parties of all agreements lack on the day; asked once, since every agreement's page needs its part."""
    return here.shelf.result(("unequipped", here.on), lambda: list(here.ask("cq17-unequipped-parties").rows))
