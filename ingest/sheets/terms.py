"""Terms: a row of ``ketentuan`` as an ODRL rule of the closed profile (docs/ontology.md)."""

from decimal import Decimal

from graph.names import entity, expand
from ingest.sheets import cells
from ingest.sheets.cells import CellError
from ingest.sheets.rows import Row, required, sort, understood
from ingest.sheets.triples import Node, iri, text, typed
from ontology.sheets import Column

RENEWALS = expand("jp:renewals")
PAY = f"<{expand('odrl:compensate')}>"


def read_term(row: Row, base: str) -> None:
    """Fill in the id, statements, references and problems of a row of terms."""
    required(row)
    cell = row.cells
    policy, code = cell.get("perjanjian", ""), cell.get("kode", "")
    row.id = f"{policy}-{code}"
    for name in ("perjanjian", "kode"):
        _identifier(row, name)
    kind = sort(row, _column(row, "aturan"), cell.get("aturan", "")) if cell.get("aturan") else ()
    if row.refused or not kind:
        return
    row.refers.append((_column(row, "perjanjian"), policy))
    rule = Node(entity(base, row.id), kind[1], lines=row.lines)
    rule.say(f"^{kind[0]}", f"<{entity(base, policy)}>")
    values = {column.id: _values(row, column, base) for column in row.sheet.columns if column.id not in _OWN}
    for column in row.sheet.columns:
        _state(rule, column, values.get(column.id, []))
    _duties(rule, {name: found[0] for name, found in values.items() if found})


_OWN = {"perjanjian", "kode", "aturan"}


def _column(row: Row, name: str) -> Column:
    column = row.sheet.column(name)
    assert column is not None
    return column


def _identifier(row: Row, name: str) -> None:
    try:
        if row.cells.get(name):
            cells.identifier(row.cells[name])
    except CellError as error:
        row.refuse("bad-id", name, error.message, error.remedy)


def _values(row: Row, column: Column, base: str) -> list[str]:
    cell = row.cells.get(column.id, "")
    parts = cells.parts(cell) if column.several else [cell] if cell else []
    found = [understood(row, column, part, base) for part in parts]
    return [term for term in found if term]


def _state(rule: Node, column: Column, values: list[str]) -> None:
    if column.predicates and not (column.id == "tindakan" and values == [PAY]):
        for value in values:
            rule.say(column.predicates[0], value)
    elif column.term and values:
        _constraint(rule, column, values)


def _constraint(rule: Node, column: Column, values: list[str]) -> None:
    name = column.term.partition(":")[2]
    part = rule.part(name, "odrl:constraint", "odrl:Constraint")
    several = column.kind == "code" and name != "loanCondition"
    operator = "isAnyOf" if several else "eq" if column.kind == "code" else "lteq"
    part.say("odrl:leftOperand", iri(column.term))
    part.say("odrl:operator", iri(f"odrl:{operator}"))
    for value in values:
        part.say("odrl:rightOperand", _days(value) if name == "elapsedTime" else value)


def _days(value: str) -> str:
    return typed(f"P{value.split(chr(34))[1]}D", "dayTimeDuration")


def _duties(rule: Node, said: dict[str, str]) -> None:
    unit = said.get("mata_uang", iri("jp:IDR"))
    payer = said.get("dibayar_oleh", "")
    if said.get("tindakan") == PAY:
        _fee(rule, "service", payer, said.get("dibayar_kepada", ""))
        _amount(rule, said.get("biaya", ""), said.get("biaya_per", ""), unit)
        return
    if "biaya" in said or payer:
        duty = _duty(rule, "fee")
        _fee(duty, "service", payer, said.get("dibayar_kepada", ""))
        _amount(duty, said.get("biaya", ""), said.get("biaya_per", ""), unit)
    if "ongkir_oleh" in said:
        _fee(_duty(rule, "postage"), "postage", said["ongkir_oleh"], iri("jp:SupplyingLibrary"))
    borrower = iri("jp:Patron" if said.get("tindakan") == iri("jp:patronLoan") else "jp:RequestingLibrary")
    if "jaminan" in said:
        deposit = _duty(rule, "deposit")
        _fee(deposit, "deposit", borrower, iri("jp:SupplyingLibrary"))
        _amount(deposit, said["jaminan"], iri("jp:per-item"), unit)
    replaced = said.get("ganti_hilang", "").startswith('"true"')
    if "denda_per_hari" in said or replaced:
        _return(_duty(rule, "return"), said.get("denda_per_hari", ""), replaced, unit, borrower)


def _return(duty: Node, fine: str, replaced: bool, unit: str, borrower: str) -> None:
    """The duty to return on time, with what follows for the borrower when it is not met."""
    duty.say("odrl:action", iri("jp:returnItem"))
    supplier = iri("jp:SupplyingLibrary")
    if fine:
        overdue = duty.part("overdue", "odrl:consequence", "odrl:Duty")
        _fee(overdue, "overdue", borrower, supplier)
        _amount(overdue, fine, iri("jp:per-day"), unit)
    if replaced:
        _fee(duty.part("replacement", "odrl:consequence", "odrl:Duty"), "replacement", borrower, supplier)


def _duty(rule: Node, name: str) -> Node:
    return rule.part(name, "odrl:duty", "odrl:Duty")


def _fee(duty: Node, kind: str, payer: str, payee: str) -> None:
    duty.say("dct:type", iri(f"jp:fee-{kind}"))
    duty.say("odrl:compensatingParty", payer)
    duty.say("odrl:compensatedParty", payee)
    duty.part("action", "odrl:action").say("rdf:value", PAY)


def _amount(duty: Node, amount: str, basis: str, unit: str) -> None:
    if not amount:
        return
    action = Node(duty.part("action", "odrl:action").subject, lines=duty.lines)
    for name, operand, value in (("amount", "payAmount", amount), ("unit", "unitOfCount", basis)):
        if value:
            part = action.part(name, "odrl:refinement", "odrl:Constraint")
            part.say("odrl:leftOperand", iri(f"odrl:{operand}"))
            part.say("odrl:operator", iri("odrl:eq"))
            part.say("odrl:rightOperand", value)
            if operand == "payAmount":
                part.say("odrl:unit", unit)


def permission(rule: Node, said: dict[str, str], note: str = "") -> None:
    """Fees of a permission that comes from elsewhere than a sheet; ``said`` as in the sheet, but terms."""
    _duties(rule, said)
    rule.say("dct:description", text(note) if note else "")


def money(amount: float | Decimal) -> str:
    """An amount as a term."""
    return typed(cells.plain(Decimal(str(amount))), "decimal")
