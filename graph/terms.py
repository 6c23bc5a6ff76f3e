"""The terms under which something is allowed: days, fee with payer, renewals, delivery, conditions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.names import PREFIXES
from graph.policies import Rule
from graph.queries import Row, ask
from graph.store import Store

_JP, _ODRL = PREFIXES["jp"], PREFIXES["odrl"]


@dataclass(frozen=True, slots=True)
class Terms:
    """One rule's terms. Amounts in ``currency``; ``fee`` 0 means free, a deposit is given back. Codes are IRIs;
    None means no limit."""

    days: int | None
    fee: Decimal
    currency: str | None
    fee_per: str | None
    fee_paid_by: str | None
    postage_paid_by: str | None
    fine_per_day: Decimal | None
    deposit: Decimal | None
    replacement: bool
    renewals: int | None
    max_items: int | None
    max_percent: Decimal | None
    delivery: tuple[str, ...]
    purposes: tuple[str, ...]
    conditions: tuple[str, ...]
    copyright: str | None
    until: date | None

    @property
    def conditional(self) -> bool:
        """Whether the requester must fulfil something besides paying and returning."""
        return bool(self.purposes or self.conditions or self.max_percent is not None)


def terms(store: Store, rule: Rule, known: dict[str, list[Row]] | None = None) -> Terms:
    """The terms of a permission. ``known``: terms by policy, where those read are kept."""
    known = {} if known is None else known
    if rule.policy not in known:
        known[rule.policy] = ask(store, "terms", {"policy": rule.policy}, "").rows
    rows = [row for row in known[rule.policy] if row["rule"] == rule.iri]
    service = _fee(rows, "fee-service")
    postage, overdue, deposit = (_fee(rows, f"fee-{kind}") for kind in ("postage", "overdue", "deposit"))
    unit = next((str(row["currency"]) for row in (service, overdue, deposit) if row and row["currency"]), None)
    return Terms(
        days=_days(_one(rows, _ODRL + "elapsedTime")),
        fee=_decimal(service["value"]) or Decimal(0) if service else Decimal(0),
        currency=unit,
        fee_per=str(service["basis"]) if service and service["basis"] else None,
        fee_paid_by=str(service["payer"]) if service else None,
        postage_paid_by=str(postage["payer"]) if postage else None,
        fine_per_day=_decimal(overdue["value"]) if overdue else None,
        deposit=_decimal(deposit["value"]) if deposit else None,
        replacement=_fee(rows, "fee-replacement") is not None,
        renewals=_whole(_one(rows, _JP + "renewals")),
        max_items=_whole(_one(rows, _ODRL + "count")),
        max_percent=_decimal(_one(rows, _ODRL + "percentage")),
        delivery=_all(rows, _ODRL + "deliveryChannel"),
        purposes=_all(rows, _ODRL + "purpose"),
        conditions=_all(rows, _JP + "credential") + _all(rows, _JP + "loanCondition"),
        copyright=rule.copyright,
        until=rule.ends,
    )


def _all(rows: Sequence[Row], term: str) -> tuple[str, ...]:
    return tuple(sorted(str(row["value"]) for row in rows if row["term"] == term))


def _one(rows: Sequence[Row], term: str) -> object:
    return next((row["value"] for row in rows if row["term"] == term), None)


def _fee(rows: Sequence[Row], kind: str) -> Row | None:
    return next((row for row in rows if row["term"] == _JP + kind), None)


def _days(value: object) -> int | None:
    found = re.fullmatch(r"P(\d+)D", str(value))
    return int(found[1]) if found else None


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
