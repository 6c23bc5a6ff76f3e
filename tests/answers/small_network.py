"""Small networks as sheets and items, and what docs/answers.md says of them, decided without a store.

``Rows`` hold the cells of the sheets; ``allowed`` is the rule of the six tests in plain Python over these cells, so
that the front door, the saved queries and the rule can be held against one another.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph.derivation import derive
from graph.names import SPARQL_PREFIXES
from graph.network import Network
from graph.store import LocalStore
from ingest.sheets import read_sheets
from ontology.vocabulary import vocabulary_lines

BASE = "https://data.test"
Cells = dict[str, str]
ALLOWS = {
    "access-loanable": {"lend", "photocopy", "scan", "readOnSite"},
    "access-library-only": {"photocopy", "scan", "readOnSite"},
    "access-restricted": set(),
}
WIDER = {"cat-general": {"cat-all"}, "cat-children": {"cat-general", "cat-all"}, "cat-rare": {"cat-all"}}


@dataclass(frozen=True)
class Item:
    """An item; data may have several values of a kind, if not sheets; ``stricter`` is a second access policy."""

    id: str
    holder: str
    categories: tuple[str, ...] = ("cat-general",)
    access: str = "access-loanable"
    status: tuple[str, ...] = ("status-available",)
    package: str = ""
    stricter: str = ""

    def lines(self) -> Iterator[str]:
        yield f"<i/{self.id}> a bf:Item ; bf:itemOf <i/n> ; bf:heldBy <i/{self.holder}> ."
        yield f"<i/{self.id}> bf:usageAndAccessPolicy jp:{self.access} ."
        if self.stricter:
            yield f"<i/{self.id}> bf:usageAndAccessPolicy jp:{self.stricter} ."
        yield from (f"<i/{self.id}> odrl:partOf jp:{one} ." for one in self.categories)
        yield from (f"<i/{self.id}> bf:status jp:{one} ." for one in self.status)
        if self.package:
            yield f"<i/{self.id}> dct:isPartOf <i/{self.package}> ."


@dataclass(frozen=True)
class Rows:
    """A network: the cells of its sheets by name, and its items, all of one work ``w``."""

    sheets: dict[str, list[Cells]]
    items: tuple[Item, ...]
    extra: tuple[str, ...] = field(default=())

    def network(self, folder: Path) -> Network:
        """The network as the project reads it."""
        files = [_written(folder / f"{name}.csv", rows) for name, rows in self.sheets.items() if rows]
        reading = read_sheets(files, BASE)
        assert not reading.problems, reading.problems
        store = ox.Store()
        store.load("\n".join([*vocabulary_lines(), *reading.lines]).encode(), ox.RdfFormat.N_TRIPLES)
        lines = [line for item in self.items for line in item.lines()]
        work = "<i/w> a bf:Work ; bf:hasInstance <i/n> . <i/n> a bf:Instance ; bf:instanceOf <i/w> ."
        title = '<i/w> bf:title <i/t> . <i/t> bf:mainTitle "W" .'
        turtle = "\n".join([work, title, *lines, *self.extra]).replace("<i/", f"<{BASE}/id/")
        store.load((SPARQL_PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE)
        derive(store, BASE)
        return Network(LocalStore(store), BASE)


def _written(file: Path, rows: list[Cells]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def allowed(rows: Rows, action: str, me: str, on: str) -> set[tuple[str, str]]:
    """Item and policy of everything that is allowed, by the six tests."""
    return {
        (item.id, rule["perjanjian"])
        for item in rows.items
        for rule in rows.sheets["ketentuan"]
        if _own(rows, item, action, on) and _speaks(rows, rule, item, action, me, on)
    }


def _own(rows: Rows, item: Item, action: str, on: str) -> bool:
    """Tests 1 and 2."""
    if action not in ALLOWS[item.access] & ALLOWS[item.stricter or item.access]:
        return False
    holder = next(row for row in rows.sheets["perpustakaan"] if row["id"] == item.holder)
    closed = bool(holder.get("tutup_dari")) and holder["tutup_dari"] <= on <= holder["tutup_sampai"]
    stages = [row for row in rows.sheets.get("rotasi", ()) if row["paket"] == item.package]
    away = any(row["mulai"] <= on <= (row.get("berakhir") or "9999") for row in stages)
    return action != "lend" or (set(item.status) == {"status-available"} and not closed and not away)


def _speaks(rows: Rows, rule: Cells, item: Item, action: str, me: str, on: str) -> bool:
    """Tests 3 to 6."""
    policies = {row["id"]: row for row in rows.sheets["perjanjian"]}
    policy = policies[rule["perjanjian"]]
    if rule["aturan"] != "izin" or rule["tindakan"] != action or policy["macam"] == "hukum":
        return False
    if not _in_force(policy, on) or not _covers(rule, item) or me == item.holder:
        return False
    everybody = policy["macam"] == "penawaran" and not rule.get("kepada")
    if not _is(rows, item.holder, rule["dari"], on) or not (everybody or _is(rows, me, rule["kepada"], on)):
        return False
    return not any(
        ban["aturan"] == "larangan" and ban["tindakan"] == action and _covers(ban, item)
        and (said is policy or (said["macam"] == "hukum" and _in_force(said, on)))
        for ban in rows.sheets["ketentuan"] for said in (policies[ban["perjanjian"]],)
    )  # fmt: skip


def _in_force(policy: Cells, on: str) -> bool:
    if policy["macam"] == "perjanjian" and not (policy.get("tanda_tangan") and policy["tanda_tangan"] <= on):
        return False
    if policy.get("diakhiri") and policy["diakhiri"] <= on:
        return False
    started = policy.get("mulai") or ("0000" if policy["macam"] == "hukum" else "9999")
    over = bool(policy.get("berakhir")) and policy["berakhir"] < on and policy.get("otomatis") != "ya"
    return started <= on and not over


def _covers(rule: Cells, item: Item) -> bool:
    return any(rule["kategori"] in {one, *WIDER[one]} for one in item.categories)


def _is(rows: Rows, library: str, party: str, on: str) -> bool:
    parts = [r for r in rows.sheets["keanggotaan"] if r["anggota"] == library and r["di"] == party]
    bodies = [*rows.sheets["jejaring"], *rows.sheets["kemitraan"]]
    over = any(row["id"] == party and (row.get("berakhir") or "9999") < on for row in bodies)
    active = not over and any(row["mulai"] <= on <= (row.get("berakhir") or "9999") for row in parts)
    return library == party or active


def answers(
    network: Network, action: str, me: str, on: str, items: Iterable[Item]
) -> dict[str, set[tuple[str, str]]]:
    """The same by the front door and by the saved queries about the action, by name."""
    found: dict[str, set[tuple[str, str]]] = {}
    judged = network.may(action, "w", me, on).findings
    found["may, of the work"] = {(_id(one.item), _id(one.policy)) for one in judged if one.allowed}
    one_by_one = [one for item in items for one in network.may(action, item.id, me, on).findings]
    found["may, item by item"] = {(_id(one.item), _id(one.policy)) for one in one_by_one if one.allowed}
    found["cq02"] = {
        (item.id, _id(row.policy))
        for item in items
        for row in network.ask("cq02", item=item.id, me=me, action=action, today=on).rows
        if row.allowed
    }
    if action == "lend":
        found["cq01"] = {
            (_id(row.item), _id(row.policy)) for row in network.ask("cq01", work="w", me=me, today=on).rows
        }
    if action == "scan":
        asked = [(item.id, network.ask("cq03", item=item.id, me=me, today=on).rows) for item in items]
        found["cq03"] = {(item, _id(row.policy)) for item, rows in asked for row in rows}
    return found


def _id(iri: object) -> str:
    return str(iri).rpartition("/")[2]
