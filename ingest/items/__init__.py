"""Items and holdings: from the item fields of a record, by the source's profile, to statements about copies."""

from collections.abc import Set
from typing import NamedTuple

from pymarc import Record

from graph.names import PREFIXES, digest, entity
from ingest.code_map import CodeMap
from ingest.items.coded import meanings as coded_meanings
from ingest.items.coded import take_codes
from ingest.items.decisions import decide
from ingest.items.draft import Draft
from ingest.items.gathering import drafts_of
from ingest.items.holders import Holder, organisation, resolve
from ingest.items.members import members
from ingest.items.profiles import Profile, profile
from ingest.items.recognition import recognised
from ingest.items.statements import Writer
from ingest.problems import Problem
from ingest.readers.kinds import kind_of
from ingest.source import Source
from ontology.item_terms import item_terms

BF = PREFIXES["bf"]
LIBRARY_CODE = "library code"
"""Kind of the note with a code that neither holder, stand-in nor sublocation tells."""
Said = tuple[list[str], list[Problem]]


class Spoken(NamedTuple):
    """N-Triples lines, problems, and the fields (by ``id``) that the lines say all of."""

    lines: list[str]
    problems: list[Problem]
    used: Set[int]


class ItemRules:
    """Makes the statements about the items of one source's records.

    Everything that can be prepared is prepared here, once; ``lines`` runs for every record.
    """

    def __init__(self, base_iri: str, source: Source) -> None:
        """Raises InputError when the source names a profile that does not exist."""
        self.base, self.source = base_iri, source
        self._profile = profile(source.profile) if source.profile else None
        self._meanings: dict[str, CodeMap] = {}

    def chosen(self, record: Record) -> Profile:
        """The source's profile, else the one that the record's fields call for."""
        return self._profile or recognised(record)

    def lines(self, record: Record, instance: str) -> Said:
        """N-Triples lines about the items of a record, and what was met on the way; ``instance`` is the IRI of
        the record's Instance."""
        return self.spoken(record, instance)[:2]

    def spoken(self, record: Record, instance: str, own: str = "") -> Spoken:
        """The same, and the fields (by ``id``) that went into it; ``own`` is the number of a separate holdings
        record, by which its items differ from equal ones of another. The other fields, such as are no items in this
        profile (kind ``text``), are left to the converter, which keeps every field nobody speaks of.
        """
        chosen = self.chosen(record)
        specs = chosen.spoken
        fields = [(field, specs[field.tag]) for field in record.fields if field.tag in specs]
        for field in record.get_fields("880") if fields else ():
            if (tag := (field.get("6") or "")[:3]) in specs:
                fields.append((field, specs[tag]))
        if not fields:
            return Spoken([], [], frozenset())
        drafts, used = drafts_of(fields)
        lines = members(self.base, self.source, instance, fields, used)
        problems: list[Problem] = []
        taken: dict[str, int] = {}
        for draft in drafts:
            draft.record = own
            if kind_of(record) == "holdings":
                take_codes(draft, record)
            written = self._item(draft, record, instance, chosen, taken)
            lines += written[0]
            problems += written[1]
        return Spoken(lines, problems, used)

    def holdings(self, record: Record) -> tuple[str, Spoken]:
        """The same of a separate holdings record (leader/06 u, v, x or y), joined to its bib by 004 or 014.

        One that names no bib is kept, hanging on an instance of its own number, and reported. With the instance's
        IRI, and the fields that went into it.
        """
        bib = bib_number(record, self.chosen(record).joined_by)
        problems: list[Problem] = []
        if not bib:
            own = _control(record, "001")
            bib = f"holdings-{own or digest(record.as_marc().decode('utf-8', 'replace'))}"
            message = "This holdings record names no bibliographic record (004 or 014)."
            problems.append(Problem("holdings-without-bib", message, "Add the 001 of its bib as 004.", place="004"))
        instance = entity(self.base, "instance", f"{self.source.id}-{bib}")
        lines, more, used = self.spoken(record, instance, _control(record, "001"))
        return instance, Spoken(lines, problems + more, used)

    def _item(self, draft: Draft, record: Record, instance: str, chosen: Profile, taken: dict[str, int]) -> Said:
        meanings = self._codes(chosen)
        holder = self._holder(draft, meanings)
        stated = item_terms("category").get(draft.first("category").casefold(), "")
        decision = decide(draft.codes, stated, meanings, record)
        writer = Writer(self.base, self.source, chosen.month_first)
        iri = self._name(draft, instance, chosen.named_by, taken)
        writer.write(iri, instance, draft, holder, decision)
        if place := self._current_place(draft, holder, meanings):
            writer.lines.append(f"<{iri}> <{BF}place> <{place.iri}> .")
            writer.lines += place.lines
        problems = [found for found in (holder.problem,) if found] + writer.problems
        return writer.lines, problems + [_unmapped(draft.tag, *code) for code in decision.unmapped]

    def _codes(self, chosen: Profile) -> CodeMap:
        if chosen.name not in self._meanings:
            own = self.source.code_map
            shipped = chosen.codes.over(coded_meanings())
            self._meanings[chosen.name] = own.over(shipped) if own else shipped
        return self._meanings[chosen.name]

    def _holder(self, draft: Draft, meanings: CodeMap) -> Holder:
        named, branches = draft.values.get("holder", []), draft.values.get("library", [])
        codes = [self._mapped(code, meanings) for code in (*branches, *named)]
        known = [code for code in codes if self.source.holder(code) is not None]
        if branches and (named or self.source.library) and not (known and known[0] in codes[: len(branches)]):
            draft.values.setdefault("sublocation", []).extend(branches)
        holder = resolve(self.base, self.source, known or (named or branches), draft.tag)
        told = {*draft.values.get("sublocation", ()), *((named or branches)[:1] if holder.lines else ())}
        repeated = told | {code for code in codes if self._organisation(code) == holder.iri}
        draft.notes += [(LIBRARY_CODE, code) for code in (*named, *branches) if code not in repeated]
        return holder

    def _organisation(self, code: str) -> str:
        known = self.source.holder(code)
        return organisation(self.base, known) if known else ""

    @staticmethod
    def _mapped(code: str, meanings: CodeMap) -> str:
        meaning = meanings.get("library", code)
        return meaning.library if meaning and meaning.library else code

    def _current_place(self, draft: Draft, holder: Holder, meanings: CodeMap) -> Holder | None:
        """Where an item is for the time being, when that is not its holder."""
        codes = [self._mapped(code, meanings) for code in draft.values.get("place", [])]
        if not codes or codes[0].casefold() in {code.casefold() for code in draft.values.get("holder", [])}:
            return None
        draft_place = resolve(self.base, self.source, codes, draft.tag)
        return draft_place if draft_place.iri != holder.iri else None

    def _name(self, draft: Draft, instance: str, first: str, taken: dict[str, int]) -> str:
        number = draft.first(first) or draft.first("barcode") or draft.first("number")
        name = f"{self.source.id}-{number}" if number else f"{self.source.id}-{_content(instance, draft)}"
        if number and name in taken:
            name = f"{name}-{_content(instance, draft)}"
        turn = taken[name] = taken.get(name, 0) + 1
        return entity(self.base, "item", name if turn == 1 else f"{name}-{turn}")


def bib_number(record: Record, joined_by: str = "004") -> str:
    """The number of the bib a holdings record belongs to: 004 (001 in systems that export holdings under their
    bib's own number), else the first 014 with a number."""
    return _control(record, joined_by) or next(
        (v.strip() for f in record.get_fields("014") if (v := f.get("a"))), ""
    )


def convert_items(base_iri: str, source: Source, record: Record, instance: str) -> Spoken:
    """The statements about a record's items, with the rules of its source prepared once and kept."""
    rules = _prepared.get("rules")
    if rules is None or rules.source is not source or rules.base != base_iri:
        rules = _prepared["rules"] = ItemRules(base_iri, source)
    return rules.spoken(record, instance)


_prepared: dict[str, ItemRules] = {}


def _content(instance: str, draft: Draft) -> str:
    values = [f"{role}={'|'.join(texts)}" for role, texts in sorted(draft.values.items())]
    return digest(
        f"{instance}#{draft.record}" if draft.record else instance,
        *values,
        *map(str, draft.codes),
        *map(str, draft.notes),
        *map(str, draft.runs),
    )


def _control(record: Record, tag: str) -> str:
    field = record.get(tag)
    return (field.data or "").strip() if field else ""


def _unmapped(tag: str, column: str, value: str) -> Problem:
    message = f"Local code {value!r} ({column}) is not mapped; what it would decide is left open."
    remedy = f"Add a row `{column}, {value}, …` to the source's code map."
    return Problem("unmapped-code", message, remedy, place=f"{tag} {column}={value}")
