"""A request prepared from an answer: an ISO 18626 (version 1.2) message and the same data for a printed form.

No patron data: the message's patronInfo is never written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lxml import etree

from graph.errors import QueryError
from graph.names import PREFIXES
from graph.network import Network
from graph.permission import Answer

_NAMESPACE = "http://illtransactions.org/2013/iso18626"
_SERVICES = {"lend": "Loan", "photocopy": "Copy", "scan": "Copy"}
_DETAILS = """SELECT ?work ?title ?author ?isbn ?shelfmark WHERE {
  <%s> bf:itemOf ?record . ?record bf:instanceOf ?work . ?work bf:title/bf:mainTitle ?title .
  OPTIONAL { ?work bf:contribution/bf:agent/rdfs:label ?author }
  OPTIONAL { ?record bf:identifiedBy ?name . ?name a bf:Isbn ; rdf:value ?isbn }
  OPTIONAL { <%s> bf:shelfMark/rdfs:label ?shelfmark }
} LIMIT 1"""
_AGENCY = "SELECT ?isil WHERE { <%s> jp:isil ?isil } LIMIT 1"


@dataclass(frozen=True, slots=True)
class LendingRequest:
    """What a request form holds: item, libraries (kind and value of their identifiers), service, policy and terms.

    ``currency`` is a code of ISO 4217, empty when the terms state none; ``days`` the loan period.
    """

    number: str
    made: datetime
    service: str
    item: str
    title: str
    author: str
    isbn: str
    requester: tuple[str, str]
    supplier: tuple[str, str]
    policy: str
    fee: Decimal
    currency: str
    days: int | None
    work: str
    shelfmark: str
    supplier_iri: str


def prepared(network: Network, answer: Answer, number: str, made: datetime) -> LendingRequest:
    """The request an answer allows. Raises QueryError when the answer is no, or no loan or copy is asked for."""
    service = _SERVICES.get(answer.action.removeprefix(PREFIXES["jp"]))
    if service is None or answer.best is None or answer.terms is None:
        raise QueryError("There is nothing to request: " + " ".join(answer.because("en")), "See `jejaring may`.")
    best = answer.best
    details = _details(network, best.item)
    requester, supplier = _agency(network, answer.borrower), _agency(network, best.holder)
    return LendingRequest(
        number, made, service, best.item, details.get("title", ""), details.get("author", ""),
        details.get("isbn", ""), requester, supplier, best.policy, answer.terms.fee,
        (answer.terms.currency or "").rpartition("#")[2], answer.terms.days, details.get("work", ""),
        details.get("shelfmark", ""), best.holder,
    )  # fmt: skip


def message(request: LendingRequest) -> bytes:
    """The request as an ISO 18626 message."""
    root = etree.Element(f"{{{_NAMESPACE}}}ISO18626Message", nsmap={"ill": _NAMESPACE})
    root.set(f"{{{_NAMESPACE}}}version", "1.2")  # the schema qualifies attributes
    body = _add(root, "request")
    header = _add(body, "header")
    _add_agency(header, "supplyingAgencyId", request.supplier)
    _add_agency(header, "requestingAgencyId", request.requester)
    _add(header, "multipleItemRequestId", "")
    _add(header, "timestamp", request.made.isoformat(timespec="seconds"))
    _add(header, "requestingAgencyRequestId", request.number)
    about = _add(body, "bibliographicInfo")
    _add(about, "supplierUniqueRecordId", request.item)
    for name, value in (("title", request.title), ("author", request.author)):
        if value:
            _add(about, name, value)
    if request.isbn:
        identifier = _add(about, "bibliographicItemId")
        _add(identifier, "bibliographicItemIdentifier", request.isbn)
        _add(identifier, "bibliographicItemIdentifierCode", "ISBN")
    service = _add(body, "serviceInfo")
    _add(service, "serviceType", request.service)
    _add(service, "note", request.policy)
    if request.fee and request.currency:
        costs = _add(_add(body, "billingInfo"), "maximumCosts")
        _add(costs, "currencyCode", request.currency)
        _add(costs, "monetaryValue", f"{request.fee:f}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    child.text = text
    return child


def _add_agency(header: etree._Element, name: str, agency: tuple[str, str]) -> None:
    element = _add(header, name)
    _add(element, "agencyIdType", agency[0])
    _add(element, "agencyIdValue", agency[1])


def _agency(network: Network, library: str) -> tuple[str, str]:
    """Kind and value of a library's identifier: its ISIL, else its id here."""
    rows = _rows(network, _AGENCY % library)
    return ("ISIL", rows[0]["isil"]) if rows else ("Jejaring", library.rpartition("/id/")[2])


def _details(network: Network, item: str) -> Mapping[str, str]:
    rows = _rows(network, _DETAILS % (item, item))
    return rows[0] if rows else {}


def _rows(network: Network, query: str) -> list[dict[str, str]]:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    found = network.store.select(prefixes + query)
    return [{name: getattr(term, "value", "") for name, term in row.items() if term is not None} for row in found]
