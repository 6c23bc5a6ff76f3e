"""The formats in which harvesters get a record: MARCXML, our RDF, and simple Dublin Core."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree
from pymarc import Record, marcxml

from web.linked_data.documents import written
from web.linked_data.harvest import Item
from web.site import Site

_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_MARC = "http://www.loc.gov/MARC21/slim"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# The Library of Congress' crosswalk from MARC to unqualified Dublin Core, shortened to what every record may have.
_CROSSWALK = (
    ("title", ("245",), "abnp"),
    ("creator", ("100", "110", "111"), "abcd"),
    ("contributor", ("700", "710", "711"), "abcd"),
    ("subject", ("600", "610", "650", "651"), "abvxyz"),
    ("description", ("500", "520"), "a"),
    ("publisher", ("260", "264"), "b"),
    ("date", ("260", "264"), "c"),
    ("identifier", ("020", "022"), "a"),
    ("language", ("041",), "a"),
    ("relation", ("490", "830"), "av"),
)


@dataclass(frozen=True, slots=True)
class MetadataFormat:
    """A format as the protocol names it, and how an item is written in it."""

    prefix: str
    schema: str
    namespace: str
    write: Callable[[Site, Item], etree._Element]


def _marcxml(site: Site, item: Item) -> etree._Element:
    content = marcxml.record_to_xml(_of(item), namespace=True)  # type: ignore[no-untyped-call]
    return etree.fromstring(content)


def _rdf(site: Site, item: Item) -> etree._Element:
    return etree.fromstring(written(site, item.iri, "rdf"))


def _dublin_core(site: Site, item: Item) -> etree._Element:
    root = etree.Element(f"{{{_OAI_DC}}}dc", nsmap={"oai_dc": _OAI_DC, "dc": _DC})
    for name, tags, codes in _CROSSWALK:
        for field in _of(item).get_fields(*tags):
            text = " ".join(field.get_subfields(*codes)).strip(" /:;,")
            if text:
                etree.SubElement(root, f"{{{_DC}}}{name}").text = _printable(text)
    etree.SubElement(root, f"{{{_DC}}}identifier").text = item.iri
    return root


def _of(item: Item) -> Record:
    assert item.record is not None
    return item.record


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character.isprintable())


FORMATS = {
    form.prefix: form
    for form in (
        MetadataFormat("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", _OAI_DC, _dublin_core),
        MetadataFormat("marcxml", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", _MARC, _marcxml),
        MetadataFormat("rdf", "http://www.openarchives.org/OAI/2.0/rdf.xsd", _RDF, _rdf),
    )
}
