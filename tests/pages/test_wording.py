"""Wording: everything the code says has its Indonesian, and whatever text comes is matched right and at once."""

import re
import time
from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import default_exceptions

from ontology.errors import DeclarationError
from ontology.shape_messages import shape_messages
from tests.pages.said_in_code import NEVER_ON_A_PAGE, OPEN, ROOT, kinds_in_code, said_beside_code, said_in_code
from web.pages.wording import Wording, said, told, translations
from web.pages.wording import wording as wording_of

PLACE = re.compile(r"\{(\d*)\}")
QUICK = 0.25
"""Seconds of CPU for the wording of 100,000 hostile characters, on a slow machine."""


def everything() -> dict[str, str]:
    return said_in_code() | said_beside_code() | kinds_in_code()


def test_the_reading_finds_what_is_said_in_every_way():
    """Raised at once, put into a variable before, chosen from two or from a table, handed on by a function."""
    found = everything()
    for message in (
        "Nothing is known under {}.",
        "The last digit of the {} number {} of {} is wrong.",
        "It takes: none.",
        "{} is an SQL dump, which is not read here.",
        "SERVICE would make this server send requests for you; ask the other endpoint yourself.",
        "Column {} is unknown and was skipped.",
        "declared as UTF-8, but {} of {} values with accents are {}",
        "There is no page at this address.",
        "Seconds a SPARQL query may take before it is stopped.",
        "pairs a field with its other script",
        "unmapped-code",
    ):
        assert message in found, message
    assert len(found) > 600


def test_what_is_left_out_is_reached_from_the_command_line_only():
    left_out = tuple(NEVER_ON_A_PAGE)
    names = {name.removesuffix(".py").replace("/", ".") for name in left_out}
    for package in ("graph", "ingest", "web"):
        for file in sorted((ROOT / package).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            used = {
                name for name in names if re.search(rf"^ *(from|import) {re.escape(name)}\b", text, re.MULTILINE)
            }
            assert not used or file.relative_to(ROOT).as_posix().startswith(left_out), f"{file} uses {used}"


def test_every_message_has_its_indonesian():
    missing = {text: place for text, place in everything().items() if text not in translations("id")}
    entries = [f'#: {where.partition(":")[0]}\nmsgid {dumps(text)}\nmsgstr ""\n' for text, where in missing.items()]
    assert not missing, "wording.po lacks:\n\n" + "\n".join(entries)


def test_no_translation_is_left_over():
    assert not [text for text in translations("id") if text not in everything()]


def test_places_agree():
    """The Indonesian fills in what the English has; it may leave out only an English name in brackets."""
    for message, translation in translations("id").items():
        places = PLACE.findall(translation)
        numbers = [int(place) if place else number for number, place in enumerate(places)]
        assert all(places) or not any(places), f"in order, or all numbered: {translation}"
        left_out = set(range(message.count(OPEN))) ^ set(numbers)
        assert not left_out or (f"({OPEN})" in message and len(left_out) == 1), message
        assert translation.strip() == translation, message
        assert (message[-1:] in ".?") == (translation[-1:] in ".?"), message


def test_what_the_framework_refuses_is_said_in_our_words(app):
    with app.test_request_context("/", headers={"Accept": "text/html", "Accept-Language": "id"}):
        for kind in default_exceptions.values():
            text = app.make_response(app.handle_user_exception(kind())).get_data(as_text=True)
            assert '<span lang="en">' not in text, kind
    page = app.test_client().get("/no/such/page", headers={"Accept": "application/problem+json"}).get_json()
    assert page["detail"] == "There is no page at this address."


@pytest.mark.parametrize(
    ("message", "indonesian"),
    [
        ("Nothing is known as 'x'.", "Tidak ada yang dikenal sebagai 'x'."),
        ("The last digit of the GND number 118 of 'X' is wrong.", "Angka terakhir nomor GND 118 untuk 'X' salah."),
        ("Send at most 1,200 at once.", "Kirim paling banyak 1.200 sekaligus."),
        (
            "There is nothing to request: Nothing is known as 'x'.",
            "Tidak ada yang dapat diminta: Tidak ada yang dikenal sebagai 'x'.",
        ),
        ("Error: Which graph? Add ?default or ?graph=IRI.",
         "Kesalahan: Graf yang mana? Tambahkan ?default atau ?graph=IRI."),
        ("'a. b' is no date. Fill it in.", "'a. b' bukan tanggal. Isilah."),
        ("'is no day' is no date.", "'is no day' bukan tanggal."),
        ("kota: Nama perpustakaan wajib. / Name required.", "kota: Nama perpustakaan wajib."),
        ("J1: Dua focal point pada masa yang sama: a dan b; akhiri salah satunya. / "
         "Two focal points at the same time: end one of them.",
         "J1: Dua focal point pada masa yang sama: a dan b; akhiri salah satunya."),
        ("bad-hours", "jam buka salah"),
        ("bad-coordinate", "koordinat salah"),
        ("'x' is none of the terms for category.", "'x' bukan salah satu istilah untuk kategori."),
        ("What nobody ever said.", None),
        ("'Bumi' is no id known so far; it is noted.", None),
    ],
)  # fmt: skip
def test_messages_are_said_in_indonesian(message, indonesian):
    assert told(message, "id") == indonesian


def test_english_keeps_its_words_and_its_half_of_the_shapes():
    assert told("Nothing is known as 'x'.", "en") is None
    assert told("kota: Nama perpustakaan wajib. / Name required.", "en") == "kota: Name required."


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_characters="{}"), min_size=1, max_size=30), min_size=3, max_size=3
    )
)
def test_any_values_are_put_in_unchanged(values):
    """Whatever stands in a message comes back in the translation, so nobody's name is changed by a translation."""
    one = Wording.of("en", [("<{}|{}|{}>", "«{2}»{1}»{0}»")])
    found = one.say("<{}|{}|{}>".format(*values))
    if not any("|" in value for value in values):
        assert found == "«{2}»{1}»{0}»".format(*values)


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    assert told(text, "id") is None or isinstance(told(text, "id"), str)


@pytest.mark.parametrize(
    "hostile",
    [
        "a. " * 33_000, "{} " * 33_000, "x is no date: " * 7_000, "Fill it in. " * 8_000, ": " * 50_000,
        "Nothing is known as '" + "y" * 100_000 + "'.", "x is no date: " * 140, "Fill it in. x: " * 130,
    ],
    ids=range(8),
)  # fmt: skip
def test_hostile_text_is_answered_at_once(hostile):
    wording_of("id")
    begun = time.process_time()
    told(hostile, "id")
    assert time.process_time() - begun < QUICK


def test_said_escapes_cuts_and_marks_what_is_not_known(app):
    with app.test_request_context("/?lang=id"):
        assert (
            str(said("Nothing is known as '<script>'."))
            == "Tidak ada yang dikenal sebagai &#39;&lt;script&gt;&#39;."
        )
        assert str(said("Who <b>knows</b>?")) == '<span lang="en">Who &lt;b&gt;knows&lt;/b&gt;?</span>'
        assert str(
            said("Nothing is known as '" + "y" * 900 + "'.", 40)
        ) == "Tidak ada yang dikenal sebagai 'yyyyyyy…".replace("'", "&#39;")
    with app.test_request_context("/?lang=en"):
        assert str(said("Who <b>knows</b>?")) == "Who &lt;b&gt;knows&lt;/b&gt;?"


def test_shapes_speak_both_languages(tmp_path):
    assert {one.indonesian: one.english for one in shape_messages()}["Nama perpustakaan wajib."] == "Name required."
    file = tmp_path / "shapes.ttl"
    file.write_text('<urn:a> <http://www.w3.org/ns/shacl#message> "Nama wajib."@id .', encoding="utf-8")
    with pytest.raises(DeclarationError):
        list(shape_messages(file))
