"""Indonesian tables of libraries, agreements, memberships and lending terms, each row with its public source."""

import re
from pathlib import Path

from graph.names import entity
from ingest.directories.organisation import Organisation, Reading, begins, membership
from ingest.directories.tabular import rows
from ingest.sheets.terms import money, permission
from ingest.sheets.triples import Node, iri, text, typed

LIMITS = {"loan_days": "odrl:elapsedTime", "renewals": "jp:renewals", "max_items": "odrl:count"}
ROLES = {
    "coordinator": "role-coordinator",
    "member": "role-member",
    "founding member": "role-member",
    "party": "role-member",
}


def libraries(path: Path, reading: Reading) -> None:
    """``id_libraries.csv``: one library a row; ``parent`` is an id or a name."""
    found = list(rows(path))
    ids = {row["id"] for _, row in found}
    for number, row in found:
        inside = row["parent"] in ids
        Organisation(
            row["id"], row["name"], kind=reading.kind("indonesia", row["type"]), language="id",
            npp=row["npp"], parent=row["parent"] if inside else "", parent_name="" if inside else row["parent"],
            street=row["address"], city=row["city"], region=row["province"], country="ID", lat=row["lat"],
            lon=row["lon"], telephone=row["phone"], email=row["email"], hours_text=row["opening_hours"],
            see_also=tuple(part.strip() for part in row["source_url"].split(" ; ")),
        ).state(reading, number)  # fmt: skip


def agreements(path: Path, reading: Reading) -> None:
    """``id_agreements.csv``: networks and associations are networks, the others agreements with a clause."""
    for number, row in rows(path):
        word = re.split(r"[\s:(]", row["kind"])[0]
        if word in {"network", "association"}:
            node = Node(entity(reading.base, row["agreement"]), "jp:Network", lines=reading.lines)
        else:
            node = _agreement(reading, row)
        node.say("rdfs:label", text(row["name"], "id"))
        begins(node, _date(row["valid_from"], reading, number))
        if end := _date(row["valid_to"], reading, number):
            node.say("schema:endDate", typed(end, "date"))
        node.say("dct:description", text("; ".join(filter(None, (row["scope"], row["conditions"])))))
        for address in row["source_url"].split(" ; "):
            node.say("dct:source", iri(address.strip()) if address.strip().startswith("http") else "")
        if row["conditions"]:
            reading.note("terms-in-words", f"{row['agreement']}: its conditions are words only.", number)


def _agreement(reading: Reading, row: dict[str, str]) -> Node:
    subject = entity(reading.base, row["agreement"])
    node = Node(subject, "jp:CooperationAgreement", "odrl:Agreement", lines=reading.lines)
    node.say("odrl:uid", f"<{node.subject}>")
    node.say("odrl:profile", iri("jp:odrl-profile"))
    node.say("odrl:conflict", iri("odrl:prohibit"))
    memorandum = row["kind"].startswith("memorandum")
    node.say("dct:type", iri("jp:agreement-mou" if memorandum else "jp:agreement-contract"))
    node.say("jp:autoRenews", typed("false", "boolean"))
    node.say("jp:signedOn", typed(row["signed"], "date") if row["signed"] else "")
    clause = Node(entity(reading.base, f"{row['agreement']}-scope"), "jp:Clause", lines=reading.lines)
    node.say("jp:hasClause", f"<{clause.subject}>")
    clause.say("jp:factor", iri("jp:factor-2-scope"))
    clause.say("schema:text", text(row["scope"], "en"))
    return node


def _date(value: str, reading: Reading, number: int) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01"
    if value:
        reading.note("bad-date", f"{value!r} is no date; left out.", number)
    return ""


def memberships(path: Path, reading: Reading) -> None:
    """``id_memberships.csv``: members of networks; parties of agreements sign them."""
    for number, row in rows(path):
        if row["role"] == "party":
            line = f"<{entity(reading.base, row['agreement'])}> {iri('jp:signedBy')}"
            reading.lines.append(f"{line} <{entity(reading.base, row['library'])}> .")
            continue
        role = "role-coordinator" if row["role"] == "coordinator" else "role-member"
        if row["role"] not in ROLES:
            reading.note("unknown-role", f"{row['role']!r} was taken as member.", number)
        since = _date(row["since"], reading, number)
        membership(reading, row["agreement"], row["library"], role=role, since=since)


def lending_terms(path: Path, reading: Reading) -> None:
    """``id_lending_terms.csv``: what a library lends to visitors is an open offer of reciprocal loans."""
    for number, row in rows(path):
        if not row["library"]:
            message = f"{row['library_name']!r} has no id; its terms were left out."
            reading.note("unknown-library", message, number, lost=True)
            continue
        offer = Node(entity(reading.base, f"{row['library']}-lending"), "odrl:Offer", lines=reading.lines)
        offer.say("odrl:uid", f"<{offer.subject}>")
        offer.say("odrl:profile", iri("jp:odrl-profile"))
        offer.say("odrl:conflict", iri("odrl:prohibit"))
        offer.say("rdfs:label", text(f"Ketentuan peminjaman {row['library_name']}", "id"))
        offer.say("dct:source", iri(row["source_url"]))
        begins(offer)
        _rule(reading, offer, row, number)


def _rule(reading: Reading, offer: Node, row: dict[str, str], number: int) -> None:
    name = f"{row['library']}-lending-{re.sub(r'[^a-z]+', '-', row['borrower'].casefold()).strip('-')}"
    rule = Node(entity(reading.base, name), "odrl:Permission", lines=reading.lines)
    offer.say("odrl:permission", f"<{rule.subject}>")
    rule.say("odrl:action", iri("jp:patronLoan"))
    rule.say("odrl:target", iri("jp:cat-digital" if "e-book" in row["borrower"] else "jp:cat-general"))
    rule.say("odrl:assigner", f"<{entity(reading.base, row['library'])}>")
    rule.say("dct:description", text(f"{row['borrower']}; {row['lost_item']}".strip("; ")))
    for column, operand in LIMITS.items():
        value = row[column]
        if not value.isdigit():
            if value:
                reading.note("terms-in-words", f"{column} is {value!r}, no number; left out.", number)
            continue
        part = rule.part(operand.partition(":")[2], "odrl:constraint", "odrl:Constraint")
        part.say("odrl:leftOperand", iri(operand))
        part.say("odrl:operator", iri("odrl:lteq"))
        days = operand == "odrl:elapsedTime"
        part.say("odrl:rightOperand", typed(f"P{value}D", "dayTimeDuration") if days else typed(value, "integer"))
    _consequences(reading, rule, row, number)


def _consequences(reading: Reading, rule: Node, row: dict[str, str], number: int) -> None:
    """What follows a late return or a loss: a fine in rupiah a day (0 is none), another piece for a lost one."""
    said = {"tindakan": iri("jp:patronLoan"), "mata_uang": iri("jp:IDR")}
    fine = row["fine_idr_per_day"]
    if fine.isdigit() and int(fine):
        said["denda_per_hari"] = money(int(fine))
    elif fine and not fine.isdigit():
        reading.note("terms-in-words", f"fine is {fine!r}; left out.", number)
    if row["lost_item"].startswith("replace"):
        said["ganti_hilang"] = typed("true", "boolean")
    if (deposit := row["deposit_idr"]).isdigit():
        said["jaminan"] = money(int(deposit))
    elif deposit:
        reading.note("terms-in-words", f"deposit is {deposit!r}; left out.", number)
    permission(rule, said)
