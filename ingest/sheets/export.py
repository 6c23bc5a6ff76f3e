"""Export: what the store says, in the columns of the sheets, so that a sheet can be corrected and returned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

import pyoxigraph as ox

from graph.names import PREFIXES, SPARQL_PREFIXES, expand, source_graph
from graph.store import Store
from ingest.sheets.titles import NOTED
from ontology.sheets import Column, Sheet, sheets
from ontology.vocabulary import vocabulary

Said = Mapping[str, list[ox.NamedNode | ox.Literal]]
TYPE = expand("rdf:type")
ODRL = PREFIXES["odrl"]
FOLLOWS = "?p IN (schema:endDate, jp:terminatedOn, jp:governedBy)"
"""What is derived from other rows (ontology/derived) and not written into a sheet; known titles are."""
OPERAND, RIGHT = ODRL + "leftOperand", ODRL + "rightOperand"


class Export:
    """Reads the network out of a store, sheet by sheet."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.start = f"{base}/id/"
        self.noted = (f"{self.start}work/{NOTED}", f"{self.start}instance/{NOTED}")
        query = (
            f"SELECT ?s ?p ?o WHERE {{ GRAPH <{source_graph(base, 'derived')}> {{ ?s ?p ?o }} FILTER ({FOLLOWS}) }}"
        )
        self.following = {(row["s"], row["p"], row["o"]) for row in store.select(SPARQL_PREFIXES + query)}

    def tables(self) -> dict[str, list[list[str]]]:
        """Headings and rows of every sheet, sorted by id."""
        return {sheet.id: [[c.id for c in sheet.columns], *self.rows(sheet)] for sheet in sheets().values()}

    def rows(self, sheet: Sheet) -> list[list[str]]:
        """The rows of one sheet."""
        return sorted(self.each(sheet))

    def each(self, sheet: Sheet) -> Iterator[list[str]]:
        """The same one by one, by the ids of what they are about, each made when it is asked for."""
        make = self._term if sheet.form == "terms" else self._row
        for iri, said in self._subjects(sheet):
            yield make(sheet, iri, said)

    def _subjects(self, sheet: Sheet) -> Iterable[tuple[str, dict[str, Said]]]:
        """Each subject of a sheet with what it and its parts say, by IRI of the part."""
        if sheet.form == "terms":
            pattern = "?policy odrl:permission|odrl:prohibition|odrl:obligation ?s ."
        elif sheet.found_by:
            pattern = f"?s <{sheet.found_by}> ?found ."
        else:
            pattern = f"?s a <{sheet.types[0]}> ."
        prefix = f"PREFIX odrl: <{ODRL}> "
        rows = self.store.select(f"{prefix}SELECT DISTINCT ?s WHERE {{ {pattern} }}")
        named = (row["s"].value for row in rows if isinstance(row["s"], ox.NamedNode))
        for iri in sorted((iri for iri in named if iri.startswith(self.start)), key=self._id):
            yield iri, self._said(iri, sheet)

    def _said(self, iri: str, sheet: Sheet) -> dict[str, Said]:
        said: defaultdict[str, defaultdict[str, list[ox.NamedNode | ox.Literal]]]
        said = defaultdict(lambda: defaultdict(list))
        for triple in self.store.describe(iri):
            if (triple.subject, triple.predicate, triple.object) in self.following:
                continue
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                said[triple.subject.value][triple.predicate.value].append(triple.object)
        inverse = [p for column in sheet.columns for p in column.predicates if p.startswith("^")]
        inverse += [
            f"^{ODRL}{kind}" for kind in ("permission", "prohibition", "obligation") if sheet.form == "terms"
        ]
        for predicate in inverse:
            for row in self.store.select(f"SELECT ?s WHERE {{ ?s <{predicate[1:]}> <{iri}> }}"):
                if isinstance(row["s"], ox.NamedNode):
                    said[iri][predicate].append(row["s"])
        return {part: dict(values) for part, values in said.items()}

    def _row(self, sheet: Sheet, iri: str, said: dict[str, Said]) -> list[str]:
        return [self._id(iri), *(self._cell(column, iri, said) for column in sheet.columns[1:])]

    def _cell(self, column: Column, iri: str, said: dict[str, Said]) -> str:
        own = said.get(iri, {})
        if column.kind == "sort":
            return self._sort(column, {value.value for value in own.get(TYPE, ())})
        if column.kind == "counts" and column.below:
            parts = [said[n.value] for n in own.get(column.below.predicate, ()) if n.value in said]
            return "; ".join(sorted(self._count(column, part) for part in parts))
        if column.below:
            own = said.get(f"{iri}#{column.below.name}", {})
        values = own.get(column.predicates[0], []) if column.predicates else []
        return "; ".join(sorted(self._shown(column, value) for value in values))

    def _sort(self, column: Column, types: set[str]) -> str:
        return next((name for name, wanted in column.choices.items() if set(wanted) <= types), "")

    def _count(self, column: Column, part: Said) -> str:
        return f"{self._id(part[column.predicates[0]][0].value)}:{part[column.count][0].value}"

    def _shown(self, column: Column, value: ox.NamedNode | ox.Literal) -> str:
        if column.kind == "title" and value.value.startswith(self.noted):
            return self._title(value.value)
        if column.kind in {"entity", "title"}:
            return self._id(value.value)
        if column.kind == "code":
            return vocabulary().label(value.value) or value.value
        if column.kind == "boolean":
            return "ya" if value.value == "true" else "tidak"
        return value.value

    def _title(self, iri: str) -> str:
        """What a sheet said of a publication that no catalogue has: by its id alone it would be lost."""
        found = self.store.select(f"{SPARQL_PREFIXES} SELECT (MIN(?l) AS ?label) {{ <{iri}> rdfs:label ?l }}")
        label = found[0]["label"]
        return label.value if isinstance(label, ox.Literal) else self._id(iri)

    def _id(self, iri: str) -> str:
        return unquote(iri.removeprefix(self.start))

    def _term(self, sheet: Sheet, iri: str, said: dict[str, Said]) -> list[str]:
        own = said[iri]
        cells = dict.fromkeys((column.id for column in sheet.columns), "")
        rule = sheet.column("aturan")
        assert rule is not None
        for name, (predicate, _) in rule.choices.items():
            if policies := own.get(f"^{predicate}"):
                policy = self._id(policies[0].value)
                code = self._id(iri).removeprefix(f"{policy}-")
                cells |= {"perjanjian": policy, "kode": code, "aturan": name}
        for column in sheet.columns:
            if column.predicates:
                values = [v for v in own.get(column.predicates[0], ()) if not v.value.startswith(f"{iri}#")]
                cells[column.id] = "; ".join(sorted(self._shown(column, value) for value in values))
        self._constraints(sheet, own, said, cells)
        self._duties(sheet, iri, own, said, cells)
        return list(cells.values())

    def _constraints(self, sheet: Sheet, own: Said, said: dict[str, Said], cells: dict[str, str]) -> None:
        by_operand = {expand(column.term): column for column in sheet.columns if column.term}
        for node in own.get(ODRL + "constraint", ()):
            part = said.get(node.value, {})
            column = by_operand.get(part[OPERAND][0].value) if OPERAND in part else None
            if column:
                shown = [self._shown(column, value) for value in part.get(RIGHT, ())]
                cells[column.id] = "; ".join(sorted(shown)).strip("PD" if column.id == "lama_hari" else "")

    def _duties(self, sheet: Sheet, iri: str, own: Said, said: dict[str, Said], cells: dict[str, str]) -> None:
        pays = f"{iri}#action" in said
        if pays:
            cells["tindakan"] = vocabulary().label(ODRL + "compensate")
        nodes = [iri] if pays else [node.value for node in own.get(ODRL + "duty", ())]
        for node in nodes:
            duty = said.get(node, {})
            kind = duty.get(expand("dct:type"), [ox.Literal("")])[0].value.rpartition("fee-")[2]
            if kind == "postage":
                cells["ongkir_oleh"] = self._party(duty, "compensatingParty")
            elif kind == "service":
                cells["dibayar_oleh"] = self._party(duty, "compensatingParty")
                cells["dibayar_kepada"] = self._party(duty, "compensatedParty")
                cells["biaya"], cells["biaya_per"], cells["mata_uang"] = self._amount(duty, said)
            elif kind == "deposit":
                cells["jaminan"], _, cells["mata_uang"] = self._amount(duty, said)
            for after in duty.get(ODRL + "consequence", ()):
                self._consequence(said.get(after.value, {}), said, cells)

    def _consequence(self, duty: Said, said: dict[str, Said], cells: dict[str, str]) -> None:
        if duty.get(expand("dct:type"), [ox.Literal("")])[0].value.endswith("overdue"):
            cells["denda_per_hari"], _, cells["mata_uang"] = self._amount(duty, said)
        else:
            cells["ganti_hilang"] = "ya"

    def _party(self, duty: Said, name: str) -> str:
        return "; ".join(vocabulary().label(party.value) for party in duty.get(ODRL + name, ()))

    def _amount(self, duty: Said, said: dict[str, Said]) -> tuple[str, str, str]:
        amount = basis = unit = ""
        for action in duty.get(ODRL + "action", ()):
            for node in said.get(action.value, {}).get(ODRL + "refinement", ()):
                part = said.get(node.value, {})
                value = part[RIGHT][0].value
                if ODRL + "unit" in part:
                    amount, unit = value, vocabulary().label(part[ODRL + "unit"][0].value)
                else:
                    basis = vocabulary().label(value)
        return amount, basis, unit
