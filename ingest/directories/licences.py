"""FOLIO licences: what they permit or prohibit for digital material, by ``ontology/network/licence-terms.yaml``."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import ontology
from graph.names import entity, slug
from ingest.directories.folio import Said, policy, read_records, value_of
from ingest.directories.organisation import Reading, begins
from ingest.sheets.triples import Node, iri, text, typed

TERMS = Path(ontology.__file__).parent / "network" / "licence-terms.yaml"


@cache
def meanings() -> Mapping[str, Any]:
    """What terms and values mean (``ontology/network/licence-terms.yaml``)."""
    found: Mapping[str, Any] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return found


def licences(path: Path, reading: Reading) -> None:
    """Each licence is an offer of its licensee, or of the library the file is said to be of."""
    unread: Counter[str] = Counter()
    for number, said in read_records(path, ("results", "licenses", "items")):
        node = policy(reading, said, "odrl:Offer")
        begins(node, str(said.get("startDate") or "")[:10])
        end = str(said.get("endDate") or "")[:10]
        node.say("schema:endDate", typed(end, "date") if end else "")
        licence = _Licence(reading, node, str(said["name"]), _holder(reading, said), number)
        for name, term in _terms(said):
            unread[name] += not licence.take(name, term)
    for name, count in sorted(unread.items()):
        if count:
            message = f"The term {name!r} is not read; {count} licences have it."
            reading.note(f"term-{name}", message, place=name)


def _terms(said: Said) -> Iterator[tuple[str, Said]]:
    for name, found in (said.get("customProperties") or {}).items():
        for term in found if isinstance(found, list) else [found]:
            yield name, term if isinstance(term, dict) else {"value": term}


def _holder(reading: Reading, said: Said) -> str:
    """The licensee by its id, else the library that was told; empty when neither is known."""
    for party in said.get("orgs") or ():
        if value_of(party.get("role")).casefold() == "licensee":
            found = party.get("org") or {}
            return entity(reading.base, str(found.get("id") or found.get("name") or ""))
    return entity(reading.base, reading.library) if reading.library else ""


def _way(said: str) -> str:
    """What a value means: ``permits``, ``prohibits``, ``says_nothing``, or empty when it is not known."""
    known = meanings()["values"].items()
    return next((way for way, words in known if said.casefold().startswith(tuple(words))), "")


def _limit(rule: Node, operand: str, operator: str, value: str) -> None:
    part = rule.part(operand.partition(":")[2], "odrl:constraint", "odrl:Constraint")
    for predicate, what in (("leftOperand", operand), ("operator", operator), ("rightOperand", value)):
        part.say(f"odrl:{predicate}", iri(what))


class _Licence:
    """One licence being read."""

    def __init__(self, reading: Reading, node: Node, name: str, holder: str, number: int) -> None:
        self.reading, self.node, self.name, self.holder, self.number = reading, node, name, holder, number

    def take(self, name: str, term: Said) -> bool:
        """State a term; whether it is known, or at least meant to stay out."""
        if term.get("internal"):
            self._note("not-published", f"{name} is internal and stays out.")
            return True
        meaning = meanings()["terms"].get(name)
        if meaning is None:
            return False
        if factor := meaning.get("clause"):
            self._clause(name, factor, meaning.get("title") or name, term)
        else:
            self._rules(name, meaning, term)
        return True

    def _clause(self, name: str, factor: str, title: str, term: Said) -> None:
        said = term.get("value")
        words = str(said) if isinstance(said, int | float) else value_of(said)
        if words:
            clause = Node(f"{self.node.subject}-{slug(name)}", "jp:Clause", lines=self.node.lines)
            self.node.say("jp:hasClause", f"<{clause.subject}>")
            clause.say("jp:factor", iri(f"jp:{factor}"))
            clause.say("dct:title", text(title))
            clause.say("schema:text", text(words))

    def _rules(self, name: str, meaning: Mapping[str, Any], term: Said) -> None:
        said = value_of(term.get("value"))
        way = _way(said)
        if way in {"", "says_nothing"}:
            kind = "says-nothing" if way else "unknown-value"
            self._note(kind, f"{name} is {said!r}; neither permitted nor prohibited.")
        elif way == "permits" and not self.holder:
            message = f"{name} is {said!r}, but the licence names no licensee: say in jejaring.yaml whose it is."
            self._note("no-supplier", message)
        else:
            for action in meaning["action"]:
                self._rule(name, action, meaning, term, permits=way == "permits")

    def _rule(self, name: str, action: str, meaning: Mapping[str, Any], term: Said, *, permits: bool) -> None:
        own = f"{self.node.subject}-{'' if permits else 'no-'}{slug(name)}-{action}"
        rule = Node(own, "odrl:Permission" if permits else "odrl:Prohibition", lines=self.node.lines)
        self.node.say("odrl:permission" if permits else "odrl:prohibition", f"<{own}>")
        rule.say("odrl:action", iri(f"jp:{action}"))
        rule.say("odrl:target", iri("jp:cat-digital"))
        notes = [str(term[key]) for key in ("publicNote", "note") if term.get(key)]
        rule.say("dct:description", text("; ".join(notes)) if notes else "")
        if permits:
            self._sides(rule, meaning)
            if "under conditions" in value_of(term.get("value")).casefold():
                _limit(rule, "jp:loanCondition", "odrl:eq", "jp:cond-as-noted")
                if not notes:
                    self._note("conditions", f"{name} is permitted under conditions that are not written down.")

    def _sides(self, rule: Node, meaning: Mapping[str, Any]) -> None:
        rule.say("odrl:assigner", f"<{self.holder}>")
        if meaning["to"] == "own":
            rule.say("odrl:assignee", f"<{self.holder}>")
        if delivery := meaning.get("delivery"):
            _limit(rule, "odrl:deliveryChannel", "odrl:isAnyOf", f"jp:{delivery}")
        rule.say("jp:notStated", iri("jp:term-copyright"))

    def _note(self, kind: str, message: str) -> None:
        self.reading.note(kind, f"{self.name}: {message}", self.number)
