"""CrossLink and ReShare directories: networks and tiers as memberships and permissions.

A supplier serves whoever shares a network with it, at its tiers' costs; a tier that costs nothing holds only
between libraries that both have it (the broker of that system works so). A paid tier is therefore a permission
from the library to each of its networks; a free one a permission within a partnership of those members of the
network that have the tier.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.names import digest, entity
from ingest.directories.organisation import Organisation, Reading, begins, membership
from ingest.directories.tabular import opened, rows
from ingest.sheets.terms import money, permission
from ingest.sheets.triples import Node, iri, text, typed
from ontology.vocabulary import UnknownCode, vocabulary

Entry = dict[str, Any]
SERVICES = {"loan": ("lend",), "copy": ("photocopy", "scan"), "copyorloan": ("lend", "photocopy", "scan")}


def entries(path: Path) -> list[Entry]:
    """The entries of a directory, whether a bare list or an answer of the interface. Raises InputError."""
    try:
        content = json.loads(opened(path))
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}.", "Export the directory again.") from error
    found: Any = content.get("items", content.get("results", [])) if isinstance(content, dict) else content
    return [entry for entry in found if isinstance(entry, dict) and entry.get("name")]


def directory(path: Path, reading: Reading) -> None:
    """Directory entries with networks and tiers."""
    found = entries(path)
    names = {str(entry.get("id")): _id(entry) for entry in found}
    for number, entry in enumerate(found, 1):
        _entry(reading, entry, names, number)
    Terms(reading, found, "").state()


def terms_table(path: Path, reading: Reading) -> None:
    """The same networks and tiers as a table, one row each, with costs in Australian dollars."""
    found: dict[str, Entry] = {}
    for number, row in rows(path):
        symbols = [{"authority": "ISIL", "symbol": row["isil"]}]
        new = {"name": row["library"], "type": "Institution", "symbols": symbols, "networks": [], "tiers": []}
        entry = found.setdefault(row["isil"], new)
        if row["kind"] == "network":
            entry["networks"].append({"name": row["name"], "priority": int(row["priority"] or 0)})
        else:
            tier = {
                "name": row["name"],
                "type": row["service"],
                "level": row["level"],
                "cost": float(row["cost_aud"]),
            }
            entry["tiers"].append(tier)
        if not row["isil"]:
            reading.note("empty-cell", "Row without ISIL.", number, lost=True)
    for number, entry in enumerate(found.values(), 1):
        _entry(reading, entry, {}, number)
    Terms(reading, list(found.values()), "AUD").state()


def _symbols(entry: Entry) -> Iterator[tuple[str, str]]:
    for said in entry.get("symbols") or ():
        authority = said.get("authority") or "ISIL"
        authority = authority.get("symbol", "") if isinstance(authority, dict) else authority
        yield str(authority), str(said.get("symbol", ""))


def _id(entry: Entry) -> str:
    return next((symbol for _, symbol in _symbols(entry) if symbol), str(entry.get("id")))


def _entry(reading: Reading, entry: Entry, names: dict[str, str], number: int) -> None:
    symbols = list(_symbols(entry))
    parent = str(entry.get("parent") or "")
    address = {
        p.get("type"): p.get("value", "") for a in entry.get("addresses") or () for p in a["addressComponents"]
    }
    sort = str(entry.get("type", "")).casefold()
    node = Organisation(
        _id(entry), entry["name"], kind=reading.kind("crosslink", sort), parent=names.get(parent, ""),
        isil=next((symbol for authority, symbol in symbols if authority == "ISIL"), ""),
        codes=tuple(filter(None, (*(s for _, s in symbols), entry.get("lmsLocationCode") or ""))),
        street=address.get("Thoroughfare", ""), city=address.get("Locality", ""),
        region=address.get("AdministrativeArea", ""), postcode=address.get("PostalCode", ""),
        country=address.get("CountryCode", ""), email=entry.get("email") or "",
    ).state(reading, number)  # fmt: skip
    for closure in entry.get("closures") or ():
        name = f"closed-{closure['startDate']}"
        part = node.part(name, "schema:specialOpeningHoursSpecification", "schema:OpeningHoursSpecification")
        part.say("schema:validFrom", typed(closure["startDate"], "date"))
        part.say("schema:validThrough", typed(closure["endDate"], "date"))
        part.say("schema:description", text(closure.get("reason") or ""))
    policies = (entry.get("holdingsPolicy") or {}).get("itemLoanPolicies") or ()
    for policy in policies:
        if not policy.get("lendable", True):
            reading.note("code-map", f"{entry['name']}: item policy {policy.get('code')!r} is not lent.", number)


class Terms:
    """The networks, partnerships, memberships, offers and permissions that networks and tiers mean."""

    def __init__(self, reading: Reading, found: list[Entry], currency: str) -> None:
        self.reading = reading
        self.base = reading.base
        self.found = [entry for entry in found if entry.get("networks") or entry.get("tiers")]
        self.unit = iri(f"jp:{currency}" if currency else "jp:currency-unknown")
        self.members: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self.free: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)

    def state(self) -> None:
        """Add everything to the reading."""
        for entry in self.found:
            self._gather(entry)
        for name, members in self.members.items():
            self._network(name, members)
        for key, libraries in self.free.items():
            if len(libraries) > 1:
                self._partnership(key, libraries)
        for number, entry in enumerate(self.found, 1):
            self._offer(entry, number)

    def _gather(self, entry: Entry) -> None:
        for network in entry.get("networks") or ():
            self.members[network["name"]].append((_id(entry), network.get("priority") or 0))
        for tier, network in self._served(entry):
            if not tier["cost"]:
                self.free[(network["name"], *_service(tier))].append(_id(entry))

    def _served(self, entry: Entry) -> Iterator[tuple[Entry, Entry]]:
        """Each tier with each network it holds in: a network may be for free or for paid service only."""
        for tier in entry.get("tiers") or ():
            for network in entry.get("networks") or ():
                reciprocal = network.get("reciprocal")
                if reciprocal is None or reciprocal == (not tier["cost"]):
                    yield tier, network

    def _network(self, name: str, members: list[tuple[str, int]]) -> None:
        if len(members) < 2:
            self.reading.note("single-member", f"Network {name!r} has one member in this file; left out.")
            return
        node = Node(entity(self.base, network_id(name)), "jp:Network", lines=self.reading.lines)
        node.say("rdfs:label", text(name))
        begins(node)
        for member, priority in members:
            said = membership(self.reading, network_id(name), member)
            said.say("jp:priority", typed(priority, "integer") if priority else "")

    def _partnership(self, key: tuple[str, str, str], libraries: list[str]) -> None:
        name = partnership_id(*key)
        node = Node(entity(self.base, name), "jp:Partnership", lines=self.reading.lines)
        node.say("rdfs:label", text(f"{key[0]}: {key[1]}, {key[2]}, free of charge to each other"))
        node.say("jp:cooperationForm", iri("jp:form-6a-ill"))
        begins(node)
        for library in dict.fromkeys(libraries):
            membership(self.reading, name, library)

    def _offer(self, entry: Entry, number: int) -> None:
        if not entry.get("tiers"):
            return
        library = _id(entry)
        offer = Node(entity(self.base, f"{library}-tiers"), "odrl:Offer", lines=self.reading.lines)
        offer.say("odrl:uid", f"<{offer.subject}>")
        offer.say("odrl:profile", iri("jp:odrl-profile"))
        offer.say("odrl:conflict", iri("odrl:prohibit"))
        offer.say("rdfs:label", text(f"Interlibrary service of {entry['name']}"))
        begins(offer)
        message = f"{entry['name']}: dates, loan period, delivery and copyright are not stated."
        self.reading.note("not-stated", message, number)
        for tier, network in self._served(entry):
            self._permissions(offer, library, tier, network["name"], number)

    def _permissions(self, offer: Node, library: str, tier: Entry, network: str, number: int) -> None:
        key = (network, *_service(tier))
        if tier["cost"] == 0 and len(set(self.free[key])) < 2:
            message = f"{library}: nobody in {network} answers its tier {tier['name']!r}."
            self.reading.note("one-sided", message, number)
            return
        if len(self.members[network]) < 2:
            return
        party = network_id(network) if tier["cost"] else partnership_id(*key)
        for action in SERVICES.get(key[1], ()):
            self._permission(offer, library, tier, party, action)
        if key[1] not in SERVICES:
            self.reading.note("unknown-service", f"Tier type {tier['type']!r} is not known.", number, lost=True)

    def _permission(self, offer: Node, library: str, tier: Entry, party: str, action: str) -> None:
        name = f"{library}-tiers-{digest(party, tier['name'], action)}"
        rule = Node(entity(self.base, name), "odrl:Permission", lines=self.reading.lines)
        offer.say("odrl:permission", f"<{rule.subject}>")
        rule.say("odrl:action", iri(f"jp:{action}"))
        rule.say("odrl:target", iri("jp:cat-all"))
        rule.say("odrl:assigner", f"<{entity(self.base, library)}>")
        rule.say("odrl:assignee", f"<{entity(self.base, party)}>")
        try:
            rule.say("jp:serviceLevel", f"<{vocabulary().find(tier['level'], 'level-')}>")
        except UnknownCode:
            self.reading.note("unknown-level", f"Service level {tier['level']!r} is not known.")
        for term in ("loan-period", "delivery") if action == "lend" else ("copyright",):
            rule.say("jp:notStated", iri(f"jp:term-{term}"))
        fee = {
            "biaya": money(tier["cost"]), "biaya_per": iri("jp:per-item"), "mata_uang": self.unit,
            "dibayar_oleh": iri("jp:RequestingLibrary"), "dibayar_kepada": iri("jp:SupplyingLibrary"),
        }  # fmt: skip
        permission(rule, fee, tier["name"])


def _service(tier: Entry) -> tuple[str, str]:
    return str(tier.get("type", "")).casefold(), str(tier.get("level", "")).casefold()


def network_id(name: str) -> str:
    """The id of a network that is known by its name only."""
    return f"network-{digest(name.casefold())}"


def partnership_id(network: str, service: str, level: str) -> str:
    """The id of the partnership of those in a network that serve each other freely."""
    return f"partnership-{digest(network.casefold(), service, level)}"
