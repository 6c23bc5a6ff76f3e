"""The index of our entities: made once per release, the one before answers meanwhile, a broken one is made anew."""

import threading

import pytest

from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.releases import Release, Releases
from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from web.failures import Refused
from web.reconcile import entries
from web.reconcile.entries import FOLDER, Shelf, indexed

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TOPIC = "http://id.loc.gov/ontologies/bibframe/Topic"


def publish(data, name):
    settings = Settings(data=str(data), base_iri="https://x.test")
    text = f'<https://x.test/id/{name}> a <{TOPIC}> ; <{LABEL}> "{name}" .'
    publish_writing(settings, [Writing("post", text.encode(), None, "text/turtle", "https://x.test/")])
    return Releases(data).current()


@pytest.fixture
def release(tmp_path) -> Release:
    return publish(tmp_path, "pala")


def names(shelf, release):
    return {entry.label for entry in shelf.of(release).index}


def test_made_once_and_kept_beside_the_store(release, monkeypatch):
    assert names(Shelf(), release) == {"pala"}
    assert (release.path / FOLDER).is_dir()
    monkeypatch.setattr(Index, "build", None)
    assert names(Shelf(), release) == {"pala"}


def test_replaced_entities_are_left_out(tmp_path):
    publish(tmp_path, "old")
    text = "<https://x.test/id/old> <http://purl.org/dc/terms/isReplacedBy> <https://x.test/id/new> ."
    settings = Settings(data=str(tmp_path), base_iri="https://x.test")
    publish_writing(settings, [Writing("post", text.encode(), None, "text/turtle", "https://x.test/")])
    assert names(Shelf(), publish(tmp_path, "new")) == {"new"}


def test_the_release_before_answers_while_the_new_one_is_indexed(tmp_path, release, monkeypatch):
    monkeypatch.setattr(entries, "NEXT_SECONDS", 0.1)
    shelf = Shelf()
    assert names(shelf, release) == {"pala"}
    second, go = publish(tmp_path, "lada"), threading.Event()
    monkeypatch.setattr(entries, "indexed", lambda one: go.wait(10) and indexed(one))
    assert names(shelf, second) == {"pala"}
    go.set()
    assert shelf.newest.ready.wait(10)
    assert names(shelf, second) == {"pala", "lada"}
    assert names(shelf, release) == {"pala", "lada"}


def test_without_one_before_requests_are_told_to_come_back(release, monkeypatch):
    monkeypatch.setattr(entries, "FIRST_SECONDS", 0.1)
    go = threading.Event()
    monkeypatch.setattr(entries, "indexed", lambda one: go.wait(10) and indexed(one))
    with pytest.raises(Refused) as refused:
        _ = Shelf().of(release).matcher
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "30")
    go.set()


def test_a_failure_is_told_and_tried_again(release, monkeypatch):
    def full(one):
        raise OSError("No space left on device")

    shelf = Shelf()
    monkeypatch.setattr(entries, "indexed", full)
    with pytest.raises(Refused, match="No space left"):
        _ = shelf.of(release).matcher
    monkeypatch.setattr(entries, "indexed", indexed)
    assert names(shelf, release) == {"pala"}


@pytest.mark.parametrize("harm", ["empty", "garbage", "half"])
def test_a_broken_index_is_made_anew(release, harm):
    folder = release.path / FOLDER
    indexed(release)
    for file in [one for one in folder.rglob("*") if one.is_file()]:
        if harm == "half":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        else:
            file.write_bytes(b"" if harm == "empty" else b"garbage" * 100)
    assert {entry.label for entry in indexed(release)} == {"pala"}


def test_two_at_once_do_not_meet(release):
    made = []
    threads = [threading.Thread(target=lambda: made.append(indexed(release))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(index.get("https://x.test/id/pala"), Entry) for index in made)
