"""Small networks in which several things happen at once, each worked out by hand before it was asked."""

from collections.abc import Iterable

import pytest

from graph.errors import NotFound
from tests.answers.small_network import Cells, Item, Rows, allowed, answers
from tests.answers.test_small_networks import (
    CHILDRENS,
    DAY,
    GENERAL,
    OFFER,
    OFFERED,
    ROTATION,
    TRAVELLING,
    edited,
    shut,
)

Sheets = dict[str, list[Cells]]


def also(sheets: Sheets, **more: Iterable[Cells]) -> Sheets:
    """The sheets with further rows."""
    return {name: [*sheets.get(name, []), *more.get(name, [])] for name in {**sheets, **more}}


def text(name: str, **cells: str) -> Cells:
    """An agreement of this year and the next but for what is said."""
    usual = {"tanda_tangan": "2025-12-01", "mulai": "2026-01-01", "berakhir": "2027-12-31"}
    return {"id": name, "macam": "perjanjian", "nama": name, **usual, **cells}


def rule(agreement: str, code: str, **cells: str) -> Cells:
    """A permission of loans of everything among the members of the network but for what is said."""
    usual = {"aturan": "izin", "tindakan": "lend", "kategori": "cat-all", "dari": "jaringan", "kepada": "jaringan"}
    return {"perjanjian": agreement, "kode": code, **usual, **cells}


def stay(library: str, starts: str, ends: str = "") -> Cells:
    """A further membership in the network."""
    name = f"lagi-{library}-{starts}"
    return {"id": name, "di": "jaringan", "anggota": library, "peran": "anggota", "mulai": starts, "berakhir": ends}


# N ended in January; M replaces it from February on
GAP = also(
    edited(perjanjian_N_berakhir="2026-01-10"),
    perjanjian=[text("M", mulai="2026-02-01", menggantikan="N")],
    ketentuan=[rule("M", "m", kategori="cat-general")],
)  # fmt: skip
# beta was a member until the end of 2025 and is one again since March
BACK = also(edited(keanggotaan_jaringan__beta_berakhir="2025-12-31"), keanggotaan=[stay("beta", "2026-03-01")])
# what all members offer to everybody, but for children's books
CONSORTIUM = also(
    edited(perjanjian_N_berakhir="2026-01-01"), perjanjian=[OFFER],
    ketentuan=[{**OFFERED, "dari": "jaringan"},
               {**OFFERED, "kode": "x", "aturan": "larangan", "kategori": "cat-children", "dari": ""}],
)  # fmt: skip
# the network permits loans and copies; a law forbids to copy anything
COPIES = also(
    edited(),
    ketentuan=[rule("N", "p", tindakan="photocopy"), rule("N", "q", tindakan="scan"),
               rule("H", "h", aturan="larangan", tindakan="photocopy", dari="", kepada="")],
)  # fmt: skip
# two texts permit, the law forbids what one of them permits, the other forbids it too, but for copies
TWO = also(
    edited(), perjanjian=[text("M")],
    ketentuan=[rule("M", "m"), rule("M", "n", aturan="larangan", kategori="cat-general")],
)  # fmt: skip
REPEALED = [{**row, "diakhiri": "2026-01-01"} if row["id"] == "H" else row for row in TWO["perjanjian"]]
CLOSED = {**COPIES, "perpustakaan": edited(**shut("alfa"))["perpustakaan"]}
RARE, BOTH = Item("r", "alfa", ("cat-rare",)), Item("b", "gama", ("cat-children", "cat-rare"))
# case; the network; the item; the action; who asks, on which day; under which texts it is allowed
CASES = [
    ("renewed after a gap: in the gap", GAP, GENERAL, "lend", "beta", "2026-01-20", set()),
    ("renewed after a gap: before it", GAP, GENERAL, "lend", "beta", "2026-01-10", {"N"}),
    ("renewed after a gap: after it", GAP, GENERAL, "lend", "beta", DAY, {"M"}),
    ("the successor is terminated in its term", also(GAP, perjanjian=[text("L", diakhiri=DAY)],
     ketentuan=[rule("L", "l")]), GENERAL, "lend", "beta", DAY, {"M"}),
    ("left and joined again: between", BACK, GENERAL, "lend", "beta", "2026-02-01", set()),
    ("left and joined again: since", BACK, GENERAL, "lend", "beta", DAY, {"N"}),
    ("left and joined again: to lend", BACK, Item("z", "beta"), "lend", "alfa", "2026-02-01", set()),
    ("left and joined again: to lend again", BACK, Item("z", "beta"), "lend", "alfa", DAY, {"N"}),
    ("away at a host that may lend its own", {**edited(), **ROTATION}, TRAVELLING, "lend", "alfa", DAY, set()),
    ("away, but a copy does not leave the house", {**COPIES, **ROTATION}, TRAVELLING, "scan", "alfa", DAY, {"N"}),
    ("what both texts permit, one forbids, and the law is about another matter", TWO, GENERAL, "lend", "beta", DAY,
     {"N"}),
    ("rare: the second text permits everything, the law forbids it", TWO, RARE, "lend", "beta", DAY, set()),
    ("rare, when the law is repealed: only the second text speaks of it", {**TWO, "perjanjian": REPEALED},
     RARE, "lend", "beta", DAY, {"M"}),
    ("a law renewed by itself holds past its end", edited(ketentuan_a_kategori="cat-all",
     perjanjian_H_berakhir="2020-12-31", perjanjian_H_otomatis="ya"), RARE, "lend", "beta", DAY, set()),
    ("copies: law above agreement", COPIES, GENERAL, "photocopy", "beta", DAY, set()),
    ("copies: the law speaks of photocopies only", COPIES, GENERAL, "scan", "beta", DAY, {"N"}),
    ("closed: no loan", CLOSED, GENERAL, "lend", "beta", DAY, set()),
    ("closed: a scan all the same", CLOSED, GENERAL, "scan", "beta", DAY, {"N"}),
    ("an offer of all members, to a stranger", CONSORTIUM, GENERAL, "lend", "delta", DAY, {"O"}),
    ("an offer of all members, with an exclusion", CONSORTIUM, CHILDRENS, "lend", "delta", DAY, set()),
    ("an offer of all members: the holder left yesterday", also(CONSORTIUM)
     | {"keanggotaan": edited(keanggotaan_jaringan__alfa_berakhir="2026-03-14")["keanggotaan"]}, GENERAL, "lend",
     "delta", DAY, set()),
    ("in two categories, one permitted, one forbidden by law", edited(), BOTH, "lend", "beta", DAY, set()),
    ("in two categories, one permitted by both texts, the law not yet in force",
     edited(perjanjian_H_mulai="2026-04-01"), BOTH, "lend", "beta", DAY, {"N", "P"}),
    ("the partnership is over, nobody ended the memberships", edited(kemitraan_mitra_berakhir="2026-03-14"),
     CHILDRENS, "lend", "beta", DAY, {"N"}),
    ("the partnership's last day", edited(kemitraan_mitra_berakhir=DAY), CHILDRENS, "lend", "beta", DAY,
     {"N", "P"}),
    ("the network is over before its memberships are", edited(jejaring_jaringan_berakhir="2026-03-14",
     keanggotaan_jaringan__alfa_berakhir="2026-12-31"), GENERAL, "lend", "beta", DAY, set()),
]  # fmt: skip


@pytest.mark.parametrize(("case", "sheets", "item", "action", "me", "on", "texts"), CASES)
def test_worked_out_by_hand(case, sheets, item, action, me, on, texts, tmp_path):
    rows = Rows(sheets, (item,))
    expected = {(item.id, one) for one in texts}
    network = rows.network(tmp_path)
    for name, found in answers(network, action, me, on, rows.items).items():
        assert found == expected, name
    assert allowed(rows, action, me, on) == expected
    if action == "lend" and me != item.holder:
        assert bool(network.ask("cq04", me=me, today=on).rows) != bool(texts)


def test_a_borrower_that_nobody_knows_is_said_to_be_unknown(tmp_path):
    network = Rows(edited(), (GENERAL,)).network(tmp_path)
    with pytest.raises(NotFound):
        network.may("lend", "w", "entah", DAY)


def test_a_deposit_is_said_with_the_terms_and_costs_nothing(tmp_path):
    sheets = also(edited(), perjanjian=[text("D")], ketentuan=[rule("D", "d", jaminan="50.000", lama_hari="7")])
    network = Rows(sheets, (Item("r", "gama", ("cat-rare",)), GENERAL)).network(tmp_path)
    found = [
        one for one in network.may("lend", "w", "beta", DAY).findings if one.allowed and one.policy.endswith("/D")
    ]
    assert [(one.terms.fee, one.terms.deposit, one.terms.currency[-3:]) for one in found] == [(0, 50000, "IDR")]
    (row,) = [row for row in network.ask("tariffs", today=DAY).rows if str(row.policy).endswith("/D")]
    assert (row.fee, row.deposit, str(row.currency)[-3:]) == (0, 50000, "IDR")


@pytest.mark.parametrize(
    ("ended", "notice"), [("", "2026-04-01"), ("2026-04-02", "2026-04-01"), ("2026-04-01", None)]
)
def test_no_notice_is_due_of_what_is_over_by_then(ended, notice, tmp_path):
    sheets = also(
        edited(), perjanjian=[text("T", berakhir="2026-05-01", batas_pemberitahuan="2026-04-01", diakhiri=ended)]
    )
    network = Rows(sheets, (GENERAL,)).network(tmp_path)
    (row,) = [row for row in network.ask("cq06", today=DAY).rows if str(row.agreement).endswith("/T")]
    assert (row.notice and str(row.notice)) == notice


NEAREST = [
    ("a renewal that lacks only the signature, beside what has lapsed",
     also(edited(perjanjian_N_berakhir="2026-01-10"), perjanjian=[text("M", tanda_tangan="")],
          ketentuan=[rule("M", "m")]),
     "unsigned", "M"),
    ("who left is told so, not that the holder gives nothing under a text of others",
     also(edited(keanggotaan_jaringan__beta_berakhir="2025-12-31"),
          kemitraan=[{"id": "lain", "nama": "L", "bentuk": "form-6a-ill"}], perjanjian=[text("A")],
          ketentuan=[rule("A", "a", dari="lain", kepada="lain")]),
     "requester-left", "N"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "sheets", "reason", "policy"), NEAREST)
def test_the_reason_of_a_no_is_what_stands_nearest_to_a_yes(case, sheets, reason, policy, tmp_path):
    network = Rows(sheets, (Item("r", "alfa"),)).network(tmp_path)
    for answer in (network.may("lend", "w", "beta", DAY), network.best("lend", "w", "beta", DAY)):
        assert answer.verdict == "no"
        assert [test.reason.key for test in answer.best.failed] == [reason]
        assert answer.best.policy.endswith(f"/{policy}")


def test_amounts_of_another_currency_come_after_those_in_rupiah(tmp_path):
    paid = {"biaya_per": "per-item", "dibayar_oleh": "RequestingLibrary", "dibayar_kepada": "SupplyingLibrary"}
    sheets = also(
        edited(perjanjian_N_berakhir="2026-01-10"), perjanjian=[text(one) for one in "XYZ"],
        ketentuan=[rule("X", "x", biaya="2,50", mata_uang="AUD", **paid), rule("Y", "y", biaya="15.000", **paid),
                   rule("Z", "z", biaya="5.000", **paid)],
    )  # fmt: skip
    network = Rows(sheets, (Item("r", "alfa"),)).network(tmp_path)
    for answer in (network.may("lend", "w", "beta", DAY), network.best("lend", "w", "beta", DAY)):
        assert [one.policy[-1] for one in answer.findings if one.allowed] == ["Z", "Y", "X"]


def test_half_a_ringgit_is_not_nothing(tmp_path):
    paid = {"biaya_per": "per-item", "dibayar_oleh": "RequestingLibrary", "dibayar_kepada": "SupplyingLibrary"}
    sheets = also(
        edited(perjanjian_N_berakhir="2026-01-10"), perjanjian=[text("X")],
        ketentuan=[rule("X", "x", biaya="0,50", mata_uang="MYR", **paid)],
    )  # fmt: skip
    assert "0.5 MYR" in str(Rows(sheets, (Item("r", "alfa"),)).network(tmp_path).may("lend", "w", "beta", DAY))


def test_a_clause_without_a_title_is_named_by_its_factor(tmp_path):
    clause = {"id": "c", "perjanjian": "N", "faktor": "factor-2-scope", "bunyi": "Silang layan"}
    network = Rows(also(edited(), pasal=[clause]), (GENERAL,)).network(tmp_path)
    (said,) = [one for one in network.may("lend", "w", "beta", DAY).because("id") if one.startswith("Pasal")]
    assert "ruang lingkup" in said
