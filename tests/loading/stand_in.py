"""A small converter and small records, so that loading is tested for itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from pymarc import Field, Indicators, Record, Subfield

from graph import packing
from graph.releases import Releases
from ingest.conversions import Frame
from ingest.documents import Document
from ingest.loading import Load
from ingest.order import Catalogue, Conditions, Order
from ingest.problems import Problem
from ingest.publication import publish
from ingest.record import LostRecord, SourceRecord
from ingest.source import Source
from ingest.sources import Codes
from ontology.vocabulary import vocabulary_lines

BASE = "https://example.org"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


@dataclass
class Conversion:
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)


class Converter:
    """An instance with its title; an agent shared by name, labelled as each record spells it; items by holder."""

    def __init__(self, base: str, source: Source) -> None:
        self.base = base
        self.source = source

    def convert(self, record: Record) -> Conversion:
        if record["001"].data == "stumble":
            raise ValueError("no such thing")
        name = f"{self.source.id}-{record['001'].data}"
        instance = f"<{self.base}/id/instance/{name}>"
        lines = [f"{instance} <urn:a> <urn:Instance> ."]
        for part in record.get_fields("245"):
            lines.append(f'{instance[:-1]}#title> {LABEL} "{part["a"]}" .')
            lines.append(f"{instance} <urn:title> {instance[:-1]}#title> .")
        for part in record.get_fields("100"):
            agent = f"<{self.base}/id/agent/{part['a'].lower().replace(' ', '-')}>"
            lines += [f"{instance} <urn:by> {agent} .", f'{agent} {LABEL} "{part["a"]}"@en-GB .']
            lines.append(f'{agent} <urn:born> "0{len(part["a"])}"^^<http://www.w3.org/2001/XMLSchema#integer> .')
        for part in record.get_fields("952"):
            item = f"<{self.base}/id/item/{self.source.id}-{part['p']}>"
            holder = self.source.holder(part["b"]) or f"unknown-holder/{part['b']}"
            lines += [f"{instance} <urn:item> {item} .", f"{item} <urn:heldBy> <{self.base}/id/{holder}> ."]
        return Conversion(list(dict.fromkeys(lines)))


def codes(store: ox.Store) -> tuple[Codes, Codes]:
    """Library codes as the directory of these tests gives them."""
    found = store.quads_for_pattern(None, ox.NamedNode("urn:code"), None, ox.DefaultGraph())
    return {quad.object.value: quad.subject.value.rpartition("/")[2] for quad in found}, {}


def record(number: str, title: str = "", by: Iterable[str] = (), items: Iterable[tuple[str, str]] = ()) -> Record:
    made = Record()
    made.add_field(Field("001", data=number))
    for name in by:
        made.add_field(Field("100", Indicators("1", " "), [Subfield("a", name)]))
    if title:
        made.add_field(Field("245", Indicators("0", "0"), [Subfield("a", title)]))
    for holder, barcode in items:
        made.add_field(Field("952", Indicators(" ", " "), [Subfield("b", holder), Subfield("p", barcode)]))
    return made


def catalogue(source: str, records: Iterable[Record | LostRecord], *, partial: bool = False) -> Catalogue:
    content = list(records)

    def read() -> Iterator[tuple[str, SourceRecord | LostRecord]]:
        for number, item in enumerate(content, 1):
            yield f"{source}.mrc", item if isinstance(item, LostRecord) else SourceRecord(number, item)

    def frames() -> Iterator[Frame]:
        for number, item in enumerate(content, 1):
            chunk = b"" if isinstance(item, LostRecord) else packing.text(item)
            yield Frame(source, Path(f"{source}.mrc"), number, 0, chunk, decode)

    lossless = not any(isinstance(item, LostRecord) for item in content)
    files = {f"{source}.mrc": str(hash(tuple(map(str, content))))}
    return Catalogue(Source(source), files, read, partial, frames if lossless else None)


def decode(chunk: bytes, path: Path, number: int, offset: int) -> SourceRecord:
    return SourceRecord(number, packing.record(chunk))


def directory(libraries: dict[str, str], source: str = "directory") -> Document:
    lines = [f'<{BASE}/id/{name}> <urn:code> "{code}" .' for code, name in libraries.items()]
    return Document(source, f"{source}.csv", "rdf", "\n".join(lines).encode(), lines)


def load(
    data: Path, *parts: Catalogue | Document | str, rebuild: bool = False, rules: str = "1"
) -> tuple[Load, bool]:
    """Load catalogues and documents; text withdraws a source."""
    order = Order(
        [part for part in parts if isinstance(part, Document)],
        [part for part in parts if isinstance(part, Catalogue)],
        [part for part in parts if isinstance(part, str)],
        rebuild,
    )
    return publish(Conditions(data, BASE, rules, Converter, codes, workers=1), order, kept=3)


VOCABULARY = frozenset(vocabulary_lines())


def graph(data: Path) -> set[str]:
    """Every quad of the current release but the vocabulary's, which no source states; none before the first."""
    if Releases(data).current_number() is None:
        return set()
    quads = Releases(data).current().store.store
    return {str(quad) for quad in quads if f"{quad.triple} ." not in VOCABULARY}
