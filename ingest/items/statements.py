"""Statements: a draft of an item as N-Triples lines, without blank nodes."""

from collections.abc import Iterable
from functools import lru_cache

from graph.names import PREFIXES, digest, entity, slug
from ingest.items.coded import labels
from ingest.items.decisions import Decision
from ingest.items.draft import Draft
from ingest.items.holders import Holder, organisation
from ingest.items.text import address, iso_date, literal
from ingest.problems import Problem
from ingest.source import Source
from ontology.item_terms import item_terms

BF, JP, RDF, RDFS = PREFIXES["bf"], PREFIXES["jp"], PREFIXES["rdf"], PREFIXES["rdfs"]
DCT, SKOS, ODRL, XSD = PREFIXES["dct"], PREFIXES["skos"], PREFIXES["odrl"], PREFIXES["xsd"]
TYPE, LABEL, VALUE = f"> <{RDF}type> <", f"> <{RDFS}label> ", f"> <{RDF}value> "
SCHEMES = {
    **dict.fromkeys(("lcc", "lc", "lcper"), "ShelfMarkLcc"),
    **dict.fromkeys(("ddc", "dewey"), "ShelfMarkDdc"),
    **dict.fromkeys(("nlm",), "ShelfMarkNlm"),
    **dict.fromkeys(("udc",), "ShelfMarkUdc"),
}
IDENTIFIERS = (("barcode", "Barcode"), ("number", "Local"), ("inventory", "AccessionNumber"))
METHODS = {
    "beli": "acq-purchase",
    "buy": "acq-purchase",
    "hadiah": "acq-gift",
    "hibah": "acq-gift",
    "prize/grant": "acq-gift",
    "pertukaran": "acq-exchange",
    "tukar-menukar": "acq-exchange",
    "deposit": "acq-deposit",
}


@lru_cache(maxsize=4096)
def _code(base: str, source: str, column: str, value: str) -> tuple[str, tuple[str, ...]]:
    """The IRI of a local code, and the lines about it: a library has few, and many items with each."""
    scheme = entity(base, "code", f"{source}-{column}")
    code = f"{scheme}-{slug(value)}"
    lines: tuple[str, ...] = (
        f"<{code}{TYPE}{SKOS}Concept> .",
        f"<{code}> <{SKOS}inScheme> <{scheme}> .",
        f"<{code}> <{SKOS}notation> {literal(value)} .",
    )
    english, indonesian = labels().get((column, value), ("", ""))
    if english:
        lines += (f"<{code}{LABEL}{literal(english)}@en .", f"<{code}{LABEL}{literal(indonesian)}@id .")
    return code, lines


@lru_cache(maxsize=4096)
def _sublocation(base: str, source: str, holder: str, label: str) -> tuple[str, tuple[str, ...]]:
    """The IRI of a shelf or department of a holder, and the lines about it."""
    node = entity(base, "sublocation", f"{source}-{holder.rpartition('/')[2]}-{label}")
    return node, (f"<{node}{TYPE}{BF}Sublocation> .", f"<{node}{LABEL}{literal(label)} .")


class Writer:
    """Writes the statements of one item; ``lines`` and ``problems`` hold what came of it."""

    def __init__(self, base: str, source: Source, month_first: bool) -> None:
        self.base, self.source, self.month_first = base, source, month_first
        self.lines: list[str] = []
        self.problems: list[Problem] = []

    def write(self, iri: str, instance: str, draft: Draft, holder: Holder, decision: Decision) -> None:
        """All statements of an item."""
        add = self.lines.append
        add(f"<{iri}{TYPE}{BF}Item> .")
        add(f"<{iri}> <{BF}itemOf> <{instance}> .")
        add(f"<{iri}> <{BF}heldBy> <{holder.iri}> .")
        self.lines += holder.lines
        self._terms(iri, decision)
        self._codes(iri, draft)
        self._identifiers(iri, draft)
        self._shelf_mark(iri, draft)
        self._place(iri, draft, holder)
        self._extent(iri, draft)
        if "acquisition" not in self.source.withheld:
            self._acquisition(iri, draft)
        self._notes(iri, draft)
        if package := self.source.packages.get(draft.first("barcode")):
            add(f"<{iri}> <{DCT}isPartOf> <{organisation(self.base, package)}> .")

    def _terms(self, iri: str, decision: Decision) -> None:
        if decision.category:
            self.lines.append(f"<{iri}> <{ODRL}partOf> <{JP}{decision.category}> .")
        if decision.access:
            self.lines.append(f"<{iri}> <{BF}usageAndAccessPolicy> <{JP}{decision.access}> .")
        if decision.status:
            self.lines.append(f"<{iri}> <{BF}status> <{JP}{decision.status}> .")

    def _codes(self, iri: str, draft: Draft) -> None:
        for column, value, _ in draft.codes:
            code, lines = _code(self.base, self.source.id, column, value)
            self.lines.append(f"<{iri}> <{DCT}type> <{code}> .")
            self.lines += lines

    def _identifiers(self, iri: str, draft: Draft) -> None:
        for role, kind in IDENTIFIERS:
            for value in dict.fromkeys(draft.values.get(role, ())):
                self._node(iri, "identifiedBy", kind, role, value, VALUE)

    def _shelf_mark(self, iri: str, draft: Draft) -> None:
        whole = " ".join(draft.values.get("call_number", ()))
        parts = [*draft.values.get("class_part", ()), *draft.values.get("item_part", ())]
        label = whole or " ".join(parts)
        before, after = draft.values.get("call_prefix", []), draft.values.get("call_suffix", [])
        label = " ".join([*before, label, *after]).strip()
        if not label:
            return
        scheme = draft.first("scheme")
        node = self._node(iri, "shelfMark", SCHEMES.get(scheme.casefold(), "ShelfMark"), "shelfmark", label)
        for name, role in (("classificationPortion", "class_part"), ("itemPortion", "item_part")):
            for value in draft.values.get(role, ()):
                self.lines.append(f"<{node}> <{BF}{name}> {literal(value)} .")
        if whole and parts:
            self.lines.append(f"<{node}{LABEL}{literal(' '.join(parts))} .")
        for affix in (*before, *after):
            self.lines.append(f"<{node}{VALUE}{literal(affix)} .")
        for value in draft.values.get("scheme", ()):
            self.lines.append(f"<{node}> <{DCT}conformsTo> {literal(value)} .")

    def _place(self, iri: str, draft: Draft, holder: Holder) -> None:
        for label in dict.fromkeys(draft.values.get("sublocation", ())):
            node, lines = _sublocation(self.base, self.source.id, holder.iri, label)
            self.lines.append(f"<{iri}> <{BF}sublocation> <{node}> .")
            self.lines += lines
        for value in draft.values.get("locator", ()):
            if found := address(value):
                self.lines.append(f"<{iri}> <{BF}electronicLocator> <{found}> .")
            else:
                draft.notes.append(("address", value))

    def _extent(self, iri: str, draft: Draft) -> None:
        for value in (*draft.values.get("volume", ()), *draft.values.get("description", ())):
            self._node(iri, "enumerationAndChronology", "EnumerationAndChronology", "extent", value)
        for about, value in draft.runs:
            node = self._node(iri, "enumerationAndChronology", "EnumerationAndChronology", "extent", value)
            if about:
                self._node(node, "note", "Note", "about", about)
        for value in draft.values.get("copy", ()):
            draft.notes.append(("copy", value))
        for value in draft.values.get("policy", ()):
            self._node(iri, "usageAndAccessPolicy", "UsePolicy", "policy", value)
        for value in draft.values.get("retention", ()):
            self._node(iri, "usageAndAccessPolicy", "RetentionPolicy", "retention", value)
        self.lines += [f"<{iri}> <{BF}carrier> {term} ." for term in draft.values.get("carrier", ())]

    def _acquisition(self, iri: str, draft: Draft) -> None:
        dates, methods = draft.values.get("acquired", ()), draft.values.get("method", ())
        prices = draft.values.get("price", ()) if "price" not in self.source.withheld else ()
        texts = [*methods, *draft.values.get("vendor", ())]
        if not (dates or texts or prices):
            return
        node = f"{iri}#acquisition"
        self.lines.append(f"<{iri}> <{BF}immediateAcquisition> <{node}> .")
        self.lines.append(f"<{node}{TYPE}{BF}ImmediateAcquisition> .")
        read = [iso_date(value, self.month_first) for value in dates]
        self.lines += [f'<{node}> <{BF}date> "{day}"^^<{XSD}date> .' for day in read[:1] if day]
        plain = [value for value, day in zip(dates, read, strict=True) if day != value]
        for value in plain:
            if not iso_date(value, self.month_first) and value.strip("0-/. "):
                remedy = "Write it as 2026-03-15 or 15/03/2026."
                self.problems.append(Problem("unreadable-date", f"{value!r} is no date.", remedy, place=draft.tag))
        self.lines += [f"<{node}{LABEL}{literal(value)} ." for value in (*plain, *texts)]
        self.lines += [f"<{node}> <{BF}acquisitionTerms> {literal(value)} ." for value in prices]
        self._methods(node, methods)

    def _methods(self, node: str, methods: Iterable[str]) -> None:
        for method in methods:
            key = method.casefold()
            if term := METHODS.get(key) or item_terms("acquisition").get(key):
                self.lines.append(f"<{node}> <{DCT}type> <{JP}{term}> .")

    def _notes(self, iri: str, draft: Draft) -> None:
        if "note" in self.source.withheld:
            return
        for value in draft.values.get("note", ()):
            self._node(iri, "note", "Note", "note", value)
        for kind, value in dict.fromkeys(draft.notes):
            node = self._node(iri, "note", "Note", f"note-{slug(kind)}", value)
            self.lines.append(f"<{node}> <{BF}noteType> {literal(kind)} .")

    def _node(self, subject: str, name: str, kind: str, role: str, value: str, says: str = LABEL) -> str:
        node = f"{subject}{'-' if '#' in subject else '#'}{role}-{digest(value)[:8]}"
        self.lines += (
            f"<{subject}> <{BF}{name}> <{node}> .",
            f"<{node}{TYPE}{BF}{kind}> .",
            f"<{node}{says}{literal(value)} .",
        )
        return node
