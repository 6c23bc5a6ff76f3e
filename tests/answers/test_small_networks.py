"""Networks made up at random, and one variant after the other of a small one: rule, front door, queries agree."""

from copy import deepcopy
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.answers.small_network import ALLOWS, WIDER, Item, Rows, allowed, answers

LIBRARIES = ["alfa", "beta", "gama", "delta"]
BODIES = ["jaringan", "mitra"]
DAYS = ["2025-12-31", "2026-01-01", "2026-03-14", "2026-03-15", "2026-03-16", "2026-12-31"]
ACTIONS = ["lend", "photocopy", "scan"]
DAY = "2026-03-15"
EARLY = "2025-01-01"


def mostly(usual: object, *others: object) -> st.SearchStrategy:
    """Seven times of ten the usual value: networks in which nothing is allowed would show nothing."""
    return st.integers(0, 9).flatmap(lambda dice: st.just(usual) if dice < 7 else st.sampled_from(others))


day = st.sampled_from(DAYS)
ends = mostly("", *DAYS)
parties = mostly("jaringan", *LIBRARIES, *BODIES)

libraries = mostly({}, *({"tutup_dari": one, "tutup_sampai": max(DAYS)} for one in DAYS))
policies = st.fixed_dictionaries(
    {
        "macam": mostly("perjanjian", "penawaran", "hukum"),
        "tanda_tangan": mostly(EARLY, "", *DAYS),
        "mulai": mostly(EARLY, "", *DAYS),
        "berakhir": mostly("", *DAYS),
        "diakhiri": mostly("", *DAYS),
        "otomatis": st.sampled_from(["ya", "tidak", ""]),
    }
)
rules = st.fixed_dictionaries(
    {
        "aturan": mostly("izin", "larangan"),
        "tindakan": mostly("lend", "photocopy", "scan"),
        "kategori": mostly("cat-all", *sorted(WIDER)),
        "dari": parties,
        "kepada": mostly("jaringan", "", *LIBRARIES, *BODIES),
    }
)
memberships = st.fixed_dictionaries({"mulai": mostly(EARLY, *DAYS), "berakhir": mostly("", *DAYS)})
stages = st.fixed_dictionaries({"paket": st.just("pk"), "mulai": day, "berakhir": day | st.just("")})
items = st.builds(
    Item,
    id=st.just(""),
    holder=st.sampled_from(LIBRARIES[:3]),
    categories=mostly(("cat-general",), (), *permutations(sorted(WIDER), 1), *permutations(sorted(WIDER), 2)),
    access=mostly("access-loanable", *sorted(ALLOWS)),
    status=mostly(("status-available",), ("status-on-loan",), ("status-available", "status-on-loan"), ()),
    package=mostly("", "pk"),
    stricter=mostly("", *sorted(ALLOWS)),
)
PAIRS = [(body, library) for body in BODIES for library in LIBRARIES[:3]]


@st.composite
def networks(draw: st.DrawFn) -> Rows:
    own = {name: draw(libraries) for name in LIBRARIES}
    made = draw(st.lists(policies, min_size=1, max_size=4))
    sheets = {
        "perpustakaan": [{"id": n, "nama": n, "jenis": "perpustakaan umum", **row} for n, row in own.items()],
        "jejaring": [{"id": "jaringan", "nama": "Jaringan", "mulai": "2020-01-01", "berakhir": draw(ends)}],
        "kemitraan": [
            {
                "id": "mitra",
                "nama": "Mitra",
                "bentuk": "silang layan",
                "mulai": "2020-01-01",
                "berakhir": draw(ends),
            }
        ],
        "keanggotaan": [
            {"id": f"m-{body}-{library}", "di": body, "anggota": library, "peran": "anggota", **draw(memberships)}
            for body, library in PAIRS
            if draw(mostly(True, False))
        ],
        "perjanjian": [{"id": f"p{number}", "nama": f"P{number}", **row} for number, row in enumerate(made)],
        "ketentuan": [
            {"perjanjian": f"p{draw(st.integers(0, len(made) - 1))}", "kode": f"k{number}", **row}
            for number, row in enumerate(draw(st.lists(rules, min_size=1, max_size=6)))
        ],
        "rencana_rotasi": [{"id": "rp", "nama": "Rencana", "kemitraan": "mitra"}],
        "paket_rotasi": [{"id": "pk", "nama": "Paket"}],
        "rotasi": [
            {"id": f"s{n}", "rencana": "rp", "urutan": str(n + 1), "perpustakaan": "delta", **row}
            for n, row in enumerate(draw(st.lists(stages, max_size=2)))
        ],
    }
    held = draw(st.lists(items, min_size=1, max_size=3))
    return Rows(sheets, tuple(Item(**{**vars(item), "id": f"i{number}"}) for number, item in enumerate(held)))


@settings(max_examples=60, deadline=None)
@given(networks(), day, mostly("lend", *ACTIONS))
def test_rule_front_door_and_queries_agree(rows: Rows, on: str, action: str) -> None:
    with TemporaryDirectory() as folder:
        network = rows.network(Path(folder))
    for me in LIBRARIES:
        expected = allowed(rows, action, me, on)
        for name, found in answers(network, action, me, on, rows.items).items():
            assert found == expected, (name, me)
        if action == "lend" and me not in {item.holder for item in rows.items}:
            lacking = bool(network.ask("cq04", me=me, today=on).rows)
            assert lacking != bool(expected), me


# alfa, beta and gama are members of the network (its text N lends the general collection); beta and gama are also
# partners under P, which lends their children's books; delta belongs to nothing; a law forbids lending what is rare
SMALL = {
    "perpustakaan": [{"id": name, "nama": name, "jenis": "perpustakaan umum"} for name in LIBRARIES],
    "jejaring": [{"id": "jaringan", "nama": "Jaringan", "mulai": "2020-01-01", "perjanjian": "N"}],
    "kemitraan": [{"id": "mitra", "nama": "Mitra", "bentuk": "silang layan", "mulai": "2020-01-01"}],
    "keanggotaan": [
        {"id": f"{body}-{one}", "di": body, "anggota": one, "peran": "anggota", "mulai": "2020-01-01"}
        for body, one in (
            ("jaringan", "alfa"), ("jaringan", "beta"), ("jaringan", "gama"), ("mitra", "beta"), ("mitra", "gama"),
        )
    ],
    "perjanjian": [
        {"id": "N", "macam": "perjanjian", "nama": "N", "tanda_tangan": "2025-01-01", "mulai": "2025-01-01",
         "berakhir": "2026-12-31"},
        {"id": "P", "macam": "perjanjian", "nama": "P", "tanda_tangan": "2025-01-01", "mulai": "2025-01-01",
         "berakhir": "2026-12-31"},
        {"id": "H", "macam": "hukum", "nama": "H", "mulai": "2010-01-01"},
    ],
    "ketentuan": [
        {"perjanjian": "N", "kode": "a", "aturan": "izin", "tindakan": "lend", "kategori": "cat-general",
         "dari": "jaringan", "kepada": "jaringan", "lama_hari": "14"},
        {"perjanjian": "P", "kode": "b", "aturan": "izin", "tindakan": "lend", "kategori": "cat-children",
         "dari": "mitra", "kepada": "mitra"},
        {"perjanjian": "H", "kode": "c", "aturan": "larangan", "tindakan": "lend", "kategori": "cat-rare"},
    ],
}  # fmt: skip
GENERAL, CHILDRENS = Item("g", "alfa"), Item("c", "gama", ("cat-children",))


def edited(**cells: str) -> dict[str, list[dict[str, str]]]:
    """The small network with cells changed: ``perjanjian_N_berakhir="2026-01-01"``; the row is found by its id."""
    sheets = deepcopy(SMALL)
    for place, value in cells.items():
        sheet, name, column = place.replace("__", "-").split("_", 2)
        row = next(row for row in sheets[sheet] if name in (row.get("id"), row.get("kode")))
        row[column] = value
    return sheets


def shut(library: str) -> dict[str, str]:
    """Cells that close a library on the day."""
    return {f"perpustakaan_{library}_tutup_{end}": DAY for end in ("dari", "sampai")}


ROTATION = {
    "rencana_rotasi": [{"id": "rp", "nama": "Rencana", "kemitraan": "mitra"}],
    "paket_rotasi": [{"id": "pk", "nama": "Paket"}],
    "rotasi": [
        {"id": "s", "rencana": "rp", "paket": "pk", "urutan": "1", "perpustakaan": "beta", "mulai": "2026-03-01",
         "berakhir": DAY},
    ],
}  # fmt: skip
TRAVELLING = Item("c", "gama", ("cat-children",), package="pk")
OFFER = {"id": "O", "macam": "penawaran", "nama": "O", "mulai": "2025-01-01"}
OFFERED = {
    "perjanjian": "O",
    "kode": "d",
    "aturan": "izin",
    "tindakan": "lend",
    "kategori": "cat-all",
    "dari": "alfa",
}
# case; the network; the item; who asks, on which day; under which policies it is allowed
VARIANTS = [
    ("in force", edited(), GENERAL, "beta", DAY, {"N"}),
    ("both texts allow, the broader by the broader category", edited(), CHILDRENS, "beta", DAY, {"N", "P"}),
    ("lapsed the day before", edited(perjanjian_N_berakhir="2026-03-14"), GENERAL, "beta", DAY, set()),
    ("lapsed, the other text holds", edited(perjanjian_N_berakhir="2026-03-14"), CHILDRENS, "beta", DAY, {"P"}),
    ("its last day", edited(perjanjian_N_berakhir=DAY), GENERAL, "beta", DAY, {"N"}),
    ("terminated that very day", edited(perjanjian_N_diakhiri=DAY), GENERAL, "beta", DAY, set()),
    ("terminated tomorrow", edited(perjanjian_N_diakhiri="2026-03-16"), GENERAL, "beta", DAY, {"N"}),
    ("draft", edited(perjanjian_N_tanda_tangan=""), GENERAL, "beta", DAY, set()),
    ("signed later", edited(perjanjian_N_tanda_tangan="2026-03-16"), GENERAL, "beta", DAY, set()),
    ("signed that day", edited(perjanjian_N_tanda_tangan=DAY), GENERAL, "beta", DAY, {"N"}),
    ("not yet started", edited(perjanjian_N_mulai="2026-03-16"), GENERAL, "beta", DAY, set()),
    ("renewed by itself", edited(perjanjian_N_otomatis="ya"), GENERAL, "beta", "2027-06-01", {"N"}),
    ("would renew itself, was terminated", edited(perjanjian_N_otomatis="ya", perjanjian_N_diakhiri="2026-06-01"),
     GENERAL, "beta", "2027-06-01", set()),
    ("not renewed", edited(), GENERAL, "beta", "2027-06-01", set()),
    ("renewal does not begin before the start", edited(perjanjian_N_otomatis="ya", perjanjian_N_mulai="2026-04-01"),
     GENERAL, "beta", DAY, set()),
    ("holder closed that day", edited(**shut("alfa")),
     GENERAL, "beta", DAY, set()),
    ("who asks may be closed", edited(**shut("beta")),
     GENERAL, "beta", DAY, {"N"}),
    ("away, on the last day of the stage", {**edited(), **ROTATION}, TRAVELLING, "alfa", DAY, set()),
    ("back the day after", {**edited(), **ROTATION}, TRAVELLING, "alfa", "2026-03-16", {"N"}),
    ("away, though the host asks", {**edited(), **ROTATION}, TRAVELLING, "beta", "2026-03-10", set()),
    ("restricted", edited(), Item("g", "alfa", access="access-restricted"), "beta", DAY, set()),
    ("to be read in the house", edited(), Item("g", "alfa", access="access-library-only"), "beta", DAY, set()),
    ("left the network yesterday", edited(keanggotaan_jaringan__beta_berakhir="2026-03-14"), GENERAL, "beta",
     DAY, set()),
    ("last day in the network", edited(keanggotaan_jaringan__beta_berakhir=DAY), GENERAL, "beta",
     DAY, {"N"}),
    ("left, but is a partner", edited(keanggotaan_jaringan__beta_berakhir="2026-03-14"), CHILDRENS, "beta",
     DAY, {"P"}),
    ("the holder left the network", edited(keanggotaan_jaringan__alfa_berakhir="2026-03-14"), GENERAL, "beta",
     DAY, set()),
    ("joins tomorrow", edited(keanggotaan_jaringan__beta_mulai="2026-03-16"), GENERAL, "beta", DAY, set()),
    ("two hops: alfa with beta, beta with gama, but alfa no partner of gama",
     edited(perjanjian_N_berakhir="2026-01-01"), CHILDRENS, "alfa", DAY, set()),
    ("a stranger", edited(), GENERAL, "delta", DAY, set()),
    ("a law permits nothing by itself", edited(perjanjian_N_macam="hukum"), GENERAL, "beta", DAY, set()),
    ("one's own", edited(), GENERAL, "alfa", DAY, set()),
    ("law above agreement", edited(ketentuan_a_kategori="cat-all"), Item("r", "alfa", ("cat-rare",)), "beta",
     DAY, set()),
    ("law no longer in force", edited(ketentuan_a_kategori="cat-all", perjanjian_H_berakhir="2026-03-14"),
     Item("r", "alfa", ("cat-rare",)), "beta", DAY, {"N"}),
    ("law not yet in force", edited(ketentuan_a_kategori="cat-all", perjanjian_H_mulai="2026-03-16"),
     Item("r", "alfa", ("cat-rare",)), "beta", DAY, {"N"}),
    ("law about everything", edited(ketentuan_c_kategori="cat-all"), CHILDRENS, "beta", DAY, set()),
    ("a law on other things", edited(ketentuan_c_kategori="cat-all", ketentuan_c_tindakan="scan"), GENERAL, "beta",
     DAY, {"N"}),
    ("one text forbids what another permits",
     {**edited(), "ketentuan": [*SMALL["ketentuan"], {"perjanjian": "P", "kode": "e", "aturan": "larangan",
                                                      "tindakan": "lend", "kategori": "cat-general"}]},
     CHILDRENS, "beta", DAY, {"N"}),
    ("a law above an offer",
     {**edited(), "perjanjian": [*SMALL["perjanjian"], OFFER], "ketentuan": [*SMALL["ketentuan"], OFFERED]},
     Item("r", "alfa", ("cat-rare",)), "delta", DAY, set()),
    ("an open offer, to a stranger",
     {**edited(), "perjanjian": [*SMALL["perjanjian"], OFFER], "ketentuan": [*SMALL["ketentuan"], OFFERED]},
     GENERAL, "delta", DAY, {"O"}),
    ("an open offer is of its own library only",
     {**edited(), "perjanjian": [*SMALL["perjanjian"], OFFER], "ketentuan": [*SMALL["ketentuan"], OFFERED]},
     CHILDRENS, "delta", DAY, set()),
    ("in two categories, one of them covered", edited(), Item("x", "gama", ("cat-children", "cat-general")), "beta",
     DAY, {"N", "P"}),
    ("in two categories, one forbidden", edited(), Item("x", "alfa", ("cat-general", "cat-rare")), "beta",
     DAY, set()),
    ("available and on loan", edited(), Item("x", "alfa", status=("status-available", "status-on-loan")), "beta",
     DAY, set()),
    ("two access policies, one for the house only", edited(), Item("x", "alfa", stricter="access-library-only"),
     "beta", DAY, set()),
    ("in no category", edited(), Item("x", "alfa", ()), "beta", DAY, set()),
]  # fmt: skip


@pytest.mark.parametrize(("case", "sheets", "item", "me", "on", "policies"), VARIANTS)
def test_variants_worked_out_by_hand(case, sheets, item, me, on, policies, tmp_path):
    rows = Rows(sheets, (item,))
    expected = {(item.id, policy) for policy in policies}
    assert allowed(rows, "lend", me, on) == expected
    for name, found in answers(rows.network(tmp_path), "lend", me, on, rows.items).items():
        assert found == expected, name


def test_two_hops_are_found_as_a_way_though_nothing_may_be_borrowed(tmp_path):
    sheets = edited(perjanjian_N_berakhir="2026-01-01")
    sheets["kemitraan"].append({"id": "lain", "nama": "Lain", "bentuk": "silang layan", "mulai": "2020-01-01"})
    sheets["keanggotaan"] += [
        {"id": f"lain-{one}", "di": "lain", "anggota": one, "peran": "anggota", "mulai": "2026-01-01"}
        for one in ("alfa", "beta")
    ]
    network = Rows(sheets, (CHILDRENS,)).network(tmp_path)
    hops = {(row.reached.rpartition("/")[2], row.hops) for row in network.ask("cq16", me="alfa", today=DAY).rows}
    assert hops == {("beta", 1), ("gama", 2)}
    assert not network.may("lend", "w", "alfa", DAY)
    before = network.ask("cq16", me="alfa", today="2025-12-31").rows
    assert not before
