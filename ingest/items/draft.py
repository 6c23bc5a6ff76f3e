"""Drafts: what the fields of one item say, gathered before any statement is made."""

from dataclasses import dataclass, field

from pymarc import Field as MarcField

from ingest.items.profiles import ROLES, Field, Role

Code = tuple[str, str, tuple[str, ...]]
"""A local code: its column, its value, the terms it may decide."""


@dataclass(slots=True)
class Draft:
    """One item in the making. ``values`` holds texts by role; ``notes`` and ``runs`` go with what they are about;
    ``links`` are the numbers that join the fields of one holding, ``record`` is that of a separate holdings
    record."""

    tag: str
    record: str = ""
    links: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    runs: list[tuple[str, str]] = field(default_factory=list)

    def copy(self) -> "Draft":
        """A draft that begins with all this one has."""
        values = {role: list(texts) for role, texts in self.values.items()}
        return Draft(
            self.tag, self.record, list(self.links), values, list(self.codes), list(self.notes), list(self.runs)
        )

    def first(self, role: str) -> str:
        """The first text of a role, or nothing."""
        found = self.values.get(role)
        return found[0] if found else ""

    def take(self, marc: MarcField, spec: Field, only: frozenset[str] = ROLES) -> "Draft":
        """Add what a field says; only with these roles."""
        seen: dict[str, int] = {}
        for code, value in marc.subfields:
            value = value.strip()
            roles = spec.roles.get(code)
            if not value or (roles and (roles[0].name == "ignored" or roles[0].name not in only)):
                continue
            if roles is None:
                self.notes.append((f"{marc.tag} ${code}", value))
                continue
            turn = seen.get(code, 0)
            seen[code] = turn + 1
            self._put(roles[min(turn, len(roles) - 1)], value, spec.about)
        scheme = spec.schemes.get(marc.indicator1)
        if scheme and "scheme" not in self.values:
            self.values["scheme"] = [scheme]
        return self

    def _put(self, role: Role, value: str, about: str) -> None:
        name = role.name
        if name == "note" and role.argument:
            self.notes.append((role.argument, value))
        elif name == "code":
            self.codes.append((role.argument, value, role.decides))
        elif name == "run":
            self.runs.append((role.argument or about, value))
        elif name == "link":
            self.links.append(value.partition(".")[0])
            self.notes.append(("link", value))
        else:
            if role.argument:
                self.codes.append((role.argument, value, ()))
            self.values.setdefault(name, []).append(value)
