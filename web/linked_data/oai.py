"""``/oai``: the OAI Protocol for Metadata Harvesting 2.0, so that aggregators can take our records.

An item is an archived source record, ``oai:{host}:{source}:{identifier}``; formats are MARCXML as it came, RDF/XML
as we understand it, and simple Dublin Core, which the protocol demands. A set is a source. Records that are gone
stay listed as deleted.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from lxml import etree

from web.linked_data.harvest import Harvest, Item, NoSuch, Selection
from web.linked_data.metadata import FORMATS
from web.site import site

oai = Blueprint("oai", __name__)
_OAI = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_ALLOWED = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}


class Fault(Exception):
    """An error of the protocol (section 3.6): a code and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@oai.route("/oai", methods=["GET", "POST"])
def provider() -> Response:
    """Answer a request of a harvester."""
    given = request.form if request.method == "POST" else request.args
    root = etree.Element(f"{{{_OAI}}}OAI-PMH", nsmap={None: _OAI, "xsi": _XSI})  # type: ignore[dict-item]
    root.set(f"{{{_XSI}}}schemaLocation", f"{_OAI} {_SCHEMA}")
    _text(root, "responseDate", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    asked = _text(root, "request", site().url("/oai"))
    harvest = Harvest(site())
    try:
        verb, arguments = _arguments([(name, value) for name in given for value in given.getlist(name)])
        answer = _VERBS[verb](harvest, arguments)
        for name, value in {"verb": verb, **arguments}.items():
            asked.set(name, value)
        root.append(answer)
    except Fault as fault:
        _text(root, "error", str(fault)).set("code", fault.code)
    finally:
        harvest.close()
    return Response(etree.tostring(root, xml_declaration=True, encoding="utf-8"), mimetype="text/xml")


def _arguments(given: list[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    arguments = dict(given)
    verb = arguments.pop("verb", "")
    if verb not in _ALLOWED or sum(name == "verb" for name, _ in given) != 1:
        raise Fault("badVerb", f"There are: {', '.join(_ALLOWED)}.")
    required, optional = _ALLOWED[verb]
    exclusive = "resumptionToken" in arguments and "resumptionToken" in optional
    wrong = set(arguments) - ({"resumptionToken"} if exclusive else required | optional)
    missing = set() if exclusive else required - set(arguments)
    if wrong or missing or len(given) != len(arguments) + 1:
        raise Fault(
            "badArgument", f"Not allowed: {sorted(wrong)}. Missing: {sorted(missing)}. None may be repeated."
        )
    return verb, arguments


def _identify(harvest: Harvest, arguments: dict[str, str]) -> etree._Element:
    answer = etree.Element(f"{{{_OAI}}}Identify")
    here = site()
    for name, value in (
        ("repositoryName", here.settings.text("title")),
        ("baseURL", here.url("/oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", here.settings.text("contact") or f"admin@{here.host}"),
        ("earliestDatestamp", harvest.earliest()),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        _text(answer, name, value)
    return answer


def _formats(harvest: Harvest, arguments: dict[str, str]) -> etree._Element:
    if "identifier" in arguments:
        _item(harvest, arguments["identifier"])
    answer = etree.Element(f"{{{_OAI}}}ListMetadataFormats")
    for form in FORMATS.values():
        entry = etree.SubElement(answer, f"{{{_OAI}}}metadataFormat")
        _text(entry, "metadataPrefix", form.prefix)
        _text(entry, "schema", form.schema)
        _text(entry, "metadataNamespace", form.namespace)
    return answer


def _sets(harvest: Harvest, arguments: dict[str, str]) -> etree._Element:
    if "resumptionToken" in arguments:
        raise Fault("badResumptionToken", "The list of sets comes in one piece.")
    answer = etree.Element(f"{{{_OAI}}}ListSets")
    for source in harvest.sources():
        entry = etree.SubElement(answer, f"{{{_OAI}}}set")
        _text(entry, "setSpec", source)
        _text(entry, "setName", source)
    return answer


def _get(harvest: Harvest, arguments: dict[str, str]) -> etree._Element:
    _format(arguments["metadataPrefix"])
    answer = etree.Element(f"{{{_OAI}}}GetRecord")
    answer.append(_record(_item(harvest, arguments["identifier"]), arguments["metadataPrefix"]))
    return answer


def _list(harvest: Harvest, arguments: dict[str, str], *, whole: bool) -> etree._Element:
    try:
        selection = Selection.read(arguments)
    except ValueError as error:
        code = "badResumptionToken" if "resumptionToken" in arguments else "badArgument"
        raise Fault(code, str(error)) from error
    _format(selection.prefix)
    items, rest = harvest.select(selection)
    if not items:
        raise Fault("noRecordsMatch", "Nothing matches.")
    answer = etree.Element(f"{{{_OAI}}}{'ListRecords' if whole else 'ListIdentifiers'}")
    for item in items:
        answer.append(_record(item, selection.prefix) if whole else _header(item))
    if rest or "resumptionToken" in arguments:
        _text(answer, "resumptionToken", rest)
    return answer


def _record(item: Item, prefix: str) -> etree._Element:
    record = etree.Element(f"{{{_OAI}}}record")
    record.append(_header(item))
    if not item.deleted:
        metadata = etree.SubElement(record, f"{{{_OAI}}}metadata")
        metadata.append(FORMATS[prefix].write(site(), item))
    return record


def _header(item: Item) -> etree._Element:
    header = etree.Element(f"{{{_OAI}}}header")
    if item.deleted:
        header.set("status", "deleted")
    _text(header, "identifier", item.identifier)
    _text(header, "datestamp", item.date)
    _text(header, "setSpec", item.source)
    return header


def _item(harvest: Harvest, identifier: str) -> Item:
    try:
        return harvest.get(identifier)
    except NoSuch as error:
        raise Fault("idDoesNotExist", f"There is no item {identifier}.") from error


def _format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise Fault("cannotDisseminateFormat", f"There are: {', '.join(FORMATS)}.")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_OAI}}}{name}")
    child.text = text
    return child


_VERBS: dict[str, Callable[[Harvest, dict[str, str]], etree._Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": lambda harvest, arguments: _list(harvest, arguments, whole=False),
    "ListRecords": lambda harvest, arguments: _list(harvest, arguments, whole=True),
}
