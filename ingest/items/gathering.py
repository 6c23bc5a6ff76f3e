"""Gathering: the fields of a record that speak of one item, put together into its draft."""

from collections.abc import Sequence

from pymarc import Field as MarcField

from ingest.items.draft import Draft
from ingest.items.patterns import CHRONOLOGY, ENUMERATION, captions, in_words
from ingest.items.profiles import Field

Fields = Sequence[tuple[MarcField, Field]]
ACQUIRED = ("acquired", "method", "vendor", "price")
PATTERNED = ENUMERATION + CHRONOLOGY + "6"
"""Subfields of 863-865 that are put into words; the others are notes. The patterns stay local fields."""
HOLDERS = ("holder", "library")
TEXTUAL = frozenset(
    ("sublocation", "call_number", "call_prefix", "call_suffix", "description", "volume", "run", "note", "policy")
)
"""Roles of which an 880 says something new; codes and numbers stand in its partner already."""


def drafts_of(fields: Fields) -> tuple[list[Draft], set[int]]:
    """The items of a record, and the fields (by ``id``) that say something of them.

    A copy (``piece``) inherits from its location; a location with copies is no item of its own. Runs without any
    location are a holding of whoever gave the record. What belongs to nothing is not taken.
    """
    plain = [pair for pair in fields if pair[0].tag != "880"]
    others = [pair for pair in fields if pair[0].tag == "880"]
    gathering = _Gathering(plain)
    gathering.locations()
    gathering.vernacular([pair for pair in others if pair[1].kind != "piece"])
    gathering.copies()
    gathering.vernacular([pair for pair in others if pair[1].kind == "piece"])
    drafts = gathering.drafts()
    for field, spec in plain:
        if spec.kind != "acquisition" or field.indicator1 == "0":  # 541 marked as private is not published
            continue
        if _acquired(drafts, field, spec):
            gathering.taken.add(id(field))
    return drafts, gathering.taken


class _Gathering:
    """The drafts of one record while its fields are taken in."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.kinds = {spec.kind for _, spec in fields}
        self.homes: list[tuple[int, Draft]] = []
        self.pieces: list[Draft] = []
        self.hosts: set[int] = set()
        self.partners: dict[str, Draft] = {}
        self.taken: set[int] = set()

    def locations(self) -> None:
        """Locations, then what is said of them: notes, runs, enumeration put into words."""
        for at, field, spec in self._of("item"):
            self.homes.append((at, self._paired(field, Draft(field.tag)).take(field, spec)))
        known = captions([field for _, field, _ in self._of("caption")])
        for at, field, spec in self._of("detail", "enumeration"):
            if (home := self._home(at, field, spec)) is None:
                continue
            self._paired(field, home)
            if spec.kind == "enumeration":
                home.runs.append((spec.about, in_words(field, known)))
                home.notes += [(f"{field.tag} ${c}", v) for c, v in field.subfields if c not in PATTERNED and v]
            else:
                home.take(field, spec)

    def copies(self) -> None:
        """Copies: of a location, or standing alone."""
        for at, field, spec in self._of("piece"):
            home = self._home(at, field, spec)
            if home is not None:
                self.hosts.add(id(home))
            draft = home.copy() if home is not None else Draft(field.tag)
            self.pieces.append(self._paired(field, draft).take(field, spec))

    def vernacular(self, fields: Fields) -> None:
        """What 880 fields say of their partners in another script."""
        for field, spec in fields:
            link = field.get("6") or ""
            if (draft := self.partners.get(f"{link[:3]}-{link[4:6]}")) is not None:
                draft.take(field, spec, TEXTUAL)
                self.taken.add(id(field))

    def drafts(self) -> list[Draft]:
        """The items; where the record has none, each institution that 850 names holds one.

        Beside items 850 is what a record that was taken over says of other people's unions of long ago.
        """
        found = [draft for _, draft in self.homes if id(draft) not in self.hosts] + self.pieces
        return _under_one_roof(found) or self._institutions()

    def _institutions(self) -> list[Draft]:
        held: dict[str, Draft] = {}
        for _, field, _ in self._of("institutions"):
            self.taken.add(id(field))
            for code in (value.strip() for code, value in field.subfields if code == "a" and value.strip()):
                held.setdefault(code.casefold(), Draft(field.tag, values={"holder": [code]}))
        return list(held.values())

    def _of(self, *kinds: str) -> list[tuple[int, MarcField, Field]]:
        if self.kinds.isdisjoint(kinds):  # most records have items and nothing beside them
            return []
        return [(at, field, spec) for at, (field, spec) in enumerate(self.fields) if spec.kind in kinds]

    def _paired(self, field: MarcField, draft: Draft) -> Draft:
        self.taken.add(id(field))
        link = field.get("6") or ""
        if link.startswith("880-"):
            self.partners[f"{field.tag}-{link[4:6]}"] = draft
        return draft

    def _home(self, at: int, field: MarcField, spec: Field) -> Draft | None:
        """The location a field belongs to: the one with its link number; where that is nowhere, the last one
        before it, unless the profile is strict."""
        for link in sorted(links(field, spec), key=len, reverse=True):  # Alma's after a number of the field's own
            linked = [draft for _, draft in self.homes if link in draft.links]
            if linked:
                return linked[-1]
        if spec.strict:
            return None
        if not self.homes and (spec.kind == "enumeration" or _has_run(spec)):
            self.homes.append((at, Draft(field.tag)))
        locations = [pair for pair in self.homes if pair[1].tag == "852"] or self.homes
        before = [draft for place, draft in locations if place < at] or [draft for _, draft in locations][:1]
        return before[-1] if before else None


def _under_one_roof(drafts: list[Draft]) -> list[Draft]:
    """Locations of which one alone names a library, and no place in it, as German holdings records write it in an
    852 of its own: it is the library of all. Those that then say nothing else are no copies."""
    owners = [draft for draft in drafts if any(map(draft.first, HOLDERS))]
    others = [draft for draft in drafts if not any(map(draft.first, HOLDERS))]
    if len(owners) != 1 or _placed(owners[0]) or not any(map(_placed, others)):
        return drafts
    for draft in others:
        draft.values |= {role: list(texts) for role, texts in owners[0].values.items() if role in HOLDERS}
    return [draft for draft in drafts if _placed(draft) or draft.runs or any(a != "link" for a, _ in draft.notes)]


def _placed(draft: Draft) -> bool:
    """Whether a draft says more of itself than whose it is."""
    return bool(draft.codes or draft.values.keys() - {*HOLDERS, "scheme"})


def links(field: MarcField, spec: Field) -> list[str]:
    """The numbers by which a field says what it belongs to."""
    codes = {code for code, roles in spec.roles.items() if roles[0].name == "link"} or {"8"}
    found = (value.partition(".")[0].strip() for code, value in field.subfields if code in codes and value)
    return [link for link in found if link]


def _has_run(spec: Field) -> bool:
    return any(role.name == "run" for roles in spec.roles.values() for role in roles)


def _acquired(drafts: Sequence[Draft], field: MarcField, spec: Field) -> bool:
    """What 541 says of all copies goes to each; where several libraries have copies, to those of the one in
    ``$5`` or ``$f``. An item that says for itself how it came is left alone. Whether any was reached."""
    owners = {value.strip().casefold() for code, value in field.subfields if code in "5f" and value}
    alone = len({tuple(each.values.get("holder", ())) for each in drafts}) == 1
    reached = False
    for draft in drafts:
        held = {code.casefold() for role in HOLDERS for code in draft.values.get(role, ())}
        if (alone or owners & held) and not any(draft.values.get(role) for role in ACQUIRED):
            draft.take(field, spec)
            reached = True
    return reached
