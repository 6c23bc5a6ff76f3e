"""FOLIO agreements, and entries of the older ReShare directory (mod-directory)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.names import entity
from ingest.directories.crosslink import entries
from ingest.directories.organisation import Organisation, Reading, begins, membership
from ingest.directories.tabular import opened
from ingest.sheets.triples import Node, iri, text, typed

Said = dict[str, Any]


def read_records(path: Path, keys: tuple[str, ...]) -> Iterator[tuple[int, Said]]:
    """The named records of a JSON file, alone, in a list or under one of these keys. Raises InputError."""
    try:
        content = json.loads(opened(path))
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}.", "Export it again.") from error
    if isinstance(content, dict):
        content = next((content[key] for key in keys if key in content), [content])
    yield from ((n, said) for n, said in enumerate(content, 1) if isinstance(said, dict) and said.get("name"))


def agreements(path: Path, reading: Reading) -> None:
    """FOLIO agreements: documents with dates; their status is compared with the computed one, not imported."""
    for number, said in read_records(path, ("results", "agreements", "items")):
        node = policy(reading, said, "jp:CooperationAgreement", "odrl:Agreement")
        node.say("dct:type", iri("jp:agreement-contract"))
        node.say("jp:autoRenews", typed("false", "boolean"))
        periods = sorted(said.get("periods") or [said], key=lambda period: str(period.get("startDate") or ""))
        begins(node, str(periods[0].get("startDate") or "")[:10])
        end = str(periods[-1].get("endDate") or "")[:10]
        for predicate, value in (("schema:endDate", end), ("jp:noticeBy", _deadline(periods[-1]))):
            node.say(predicate, typed(value, "date") if value else "")
        for related in said.get("relatedAgreements") or ():
            if value_of(related.get("type")).casefold() == "supersedes" and related.get("agreement"):
                node.say("dct:replaces", f"<{entity(reading.base, str(related['agreement']['id']))}>")
        reading.note("not-stated", f"{said['name']}: who signed it and when is not stated.", number)
        _compare(reading, said, end, number)


def _compare(reading: Reading, said: Said, end: str, number: int) -> None:
    status = value_of(said.get("agreementStatus"))
    computed = "closed" if end and end < date.today().isoformat() else "active"
    if status and status.casefold() in {"active", "closed"} and status.casefold() != computed:
        reading.note(
            "status-differs", f"{said['name']} is marked {status!r}, but its dates say {computed}.", number
        )


def _deadline(period: Said) -> str:
    return str(period.get("cancellationDeadline") or "")[:10]


def policy(reading: Reading, said: Said, *types: str) -> Node:
    """A policy with its id, name and description."""
    node = Node(entity(reading.base, str(said.get("id") or said["name"])), *types, lines=reading.lines)
    node.say("odrl:uid", f"<{node.subject}>")
    node.say("odrl:profile", iri("jp:odrl-profile"))
    node.say("odrl:conflict", iri("odrl:prohibit"))
    node.say("rdfs:label", text(said["name"]))
    node.say("dct:description", text(said["description"]) if said.get("description") else "")
    return node


def value_of(said: Any) -> str:
    """What a reference value says, by its label."""
    return str(said.get("label") or said.get("value") or "") if isinstance(said, dict) else str(said or "")


def mod_directory(path: Path, reading: Reading) -> None:
    """Entries of mod-directory: libraries by symbol, members of consortia; loan policies are reported."""
    for number, said in enumerate(entries(path), 1):
        symbols = [str(s.get("symbol", "")) for s in said.get("symbols") or () if s.get("symbol")]
        own = said.get("slug") or (symbols[0] if symbols else str(said.get("id")))
        members = [m.get("memberOrg") for m in said.get("members") or ()]
        if members:
            node = Node(entity(reading.base, own), "jp:Network", lines=reading.lines)
            node.say("rdfs:label", text(said["name"]))
            begins(node)
        else:
            Organisation(own, said["name"], codes=tuple(symbols), see_also=()).state(reading, number)
        for member in members:
            name = member.get("slug") or member.get("id") if isinstance(member, dict) else member
            membership(reading, own, str(name))
        policy = (said.get("customProperties") or {}).get("policy.ill.loan_policy")
        for term in policy if isinstance(policy, list) else [policy] if policy else []:
            reading.note(
                "loan-policy", f"{said['name']}: {value_of(term.get('value'))!r}; no permission made.", number
            )
