"""The search index on disk: its fields, how it is built from a release's store, and how it is opened.

Each entity worth finding is one document. Words are indexed folded (graph.search_text), IRIs as they are; what a
result row shows is stored with the document, so that a page of results asks the store nothing.
"""

import json
import os
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from graph.search_documents import Document, documents, facet_labels
from graph.store import LocalStore

TEXT_FIELDS = ("title", "names", "subjects", "other")
"""Fields of words, most telling first."""

FACETS = ("kind", "holder", "network", "language", "form", "subject", "decade", "place")
"""Fields whose values are counted beside the results."""

LINKS = ("about", "by", "lendable")
"""Fields of IRIs (or ``library category`` pairs) by which pages ask, never counted."""

FOLDER = "search"
HEAP_BYTES = 60_000_000
LABELS = "labels.json"


def _words() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("iri", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("card", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*TEXT_FIELDS, "suggest"):
        builder.add_text_field(name, tokenizer_name="folded", index_option="position")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in LINKS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("held", indexed=True, fast=True)
    return builder.build()


def open_index(release: Path) -> tantivy.Index:
    """The index of a release, ready to search; also where its folder cannot be written to."""
    folder = (release / FOLDER).resolve()
    index = tantivy.Index.open(str(folder) if os.access(folder, os.W_OK) else _linked(folder).name)
    index.register_tokenizer("folded", _words())
    return index


@cache
def _linked(folder: Path) -> "TemporaryDirectory[str]":
    """A folder of links to the files of one that is read-only, until the process ends: Tantivy wants to lock."""
    links = TemporaryDirectory(prefix="jejaring-search-")
    for file in folder.iterdir():
        Path(links.name, file.name).symlink_to(file)
    return links


def build(store: LocalStore, release: Path) -> None:
    """Make the index of a release's store in the folder ``search`` of its directory, replacing what is there.

    Runs in bounded memory: entities are read in batches of a few thousand.
    """
    path = release / FOLDER
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(path))
    index.register_tokenizer("folded", _words())
    _fill(index, documents(store))
    labels = json.dumps(facet_labels(store), ensure_ascii=False)
    (path / LABELS).write_text(labels, encoding="utf-8")


def _fill(index: tantivy.Index, found: Iterable[Document]) -> None:
    writer = index.writer(HEAP_BYTES, 1)
    for document in found:
        writer.add_document(tantivy.Document.from_dict(_fields(document), index.schema))
    writer.commit()
    writer.wait_merging_threads()


def _fields(document: Document) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "iri": [document.iri],
        "kind": [document.kind],
        "card": [json.dumps(document.card, ensure_ascii=False)],
        "held": [document.held],
        **{name: values for name, values in document.fields.items() if values},
    }
    if document.year is not None:
        fields["year"] = [document.year]
    return fields
