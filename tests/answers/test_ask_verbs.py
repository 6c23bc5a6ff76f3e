import json

import pytest
from click.testing import CliRunner

from web.cli import ask as verbs
from web.cli import main


@pytest.fixture
def run(monkeypatch, network, tmp_path):
    monkeypatch.setattr(verbs, "published", lambda settings: network.store)

    def command(*words, status=0, stdin=None):
        result = CliRunner().invoke(main, ["--data", str(tmp_path), "--base", network.base, *words], input=stdin)
        assert result.exit_code == status, result.output
        return result.output

    return command


def test_ask_shows_labels_in_tables_and_iris_in_json(run, network):
    table = run("ask", "cq01", "work=w01", "me=wana", "--on", "2026-03-15")
    assert "Perpustakaan Umum Kabupaten Tirtasari" in table
    rows = json.loads(run("ask", "who-can-lend", "work=w01", "me=wana", "today=15-03-2026", "--format", "json"))
    assert rows[0]["supplier"] == f"{network.base}/id/tirta"


@pytest.mark.parametrize(
    ("work", "me"),
    [
        ("979-306-279-2", "Perpustakaan Umum Kabupaten Wanakerta"),
        ("laskar pelangi", "wana"),
        ("isbn:9789793062792", "wana"),
    ],
)
def test_ask_takes_a_work_by_title_or_number_and_a_library_by_name(run, work, me):
    asked = ("--on", "2026-03-15", "--format", "json")
    named = json.loads(run("ask", "cq01", f"work={work}", f"me={me}", *asked))
    assert named == json.loads(run("ask", "cq01", "work=w02", "me=wana", *asked)) != []


def test_ask_lists_all(run):
    listed = json.loads(run("ask", "--list", "--format", "json"))
    assert {"name", "parameters", "sentence"} == set(listed[0])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ask", "cq01", "work=w01"), "needs me"),
        (("ask", "cq99"), "no saved query"),
        (("ask", "cq01", "work=w01", "me=wana", "colour=red"), "has no parameter colour"),
        (("ask", "cq01", "work=w01", "me=wana", "today=31/02/2026"), "is no day"),
        (("ask", "cq01", "work=w01", "me=a> } DROP ALL #"), "Nothing is known"),
        (("ask", "cq01", "work=Bukan judul apa pun", "me=wana"), "Nothing is known"),
        (("may", "lend", "w99", "--for", "kota"), "Nothing is known"),
        (("may", "fly", "w01", "--for", "kota"), "Ask for one of: exchange, lend, patronLoan"),
    ],
)
def test_wrong_questions_are_told_what_is_wrong(run, words, message):
    assert message in run(*words, status=1)


def test_query_reads_standard_input(run):
    assert "jpmr" in run("query", "-", "--format", "csv", stdin="SELECT ?n WHERE { ?n a jp:Network }")


def test_show_finds_by_isbn(run):
    assert "Laskar Pelangi" in run("show", "979-306-279-2")
    assert json.loads(run("show", "kota", "--format", "json"))["label"] == "Perpustakaan Umum Kota Mandala"


def test_may_says_why(run):
    found = json.loads(run("may", "lend", "w01", "--for", "wana", "--on", "2026-03-15", "--format", "json"))
    assert (found["verdict"], found["terms"]["days"]) == ("yes", 30)
    assert "→" in run("may", "lend", "i06", "--for", "tirta", "--on", "2026-03-20")
