"""``jejaring ask``, ``query``, ``show`` and ``may``: questions put to the published network."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from graph.errors import QueryError
from graph.labels import labels
from graph.names import SPARQL_PREFIXES, shorten
from graph.network import Network
from graph.published import published
from graph.queries import Answers, native
from graph.settings import Settings
from ontology.queries import saved_queries
from web.cli.answer_formats import FORMATS, formatted

FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
ON = click.option("--on", metavar="DATE", help="The day asked about (default: today).")


def opened(settings: Settings) -> Network:
    """The published network. Raises NotFound when nothing has been loaded."""
    return Network(published(settings), settings.base_iri)


@click.command()
@click.argument("name", required=False)
@click.argument("given", nargs=-1, metavar="[key=value]…")
@click.option("--list", "listing", is_flag=True, help="Name all saved queries.")
@FORMAT
@ON
@click.pass_obj
def ask(
    settings: Settings, name: str | None, given: tuple[str, ...], listing: bool, form: str, on: str | None
) -> None:
    """Ask a saved query; parameters are ids, IRIs, dates or codes.

    Example: jejaring ask cq06-lapsing today=2026-03-15 --format csv
    """
    if listing or name is None:
        click.echo(_listing(settings.text("language"), form))
        return
    answers = opened(settings).ask(name, on, **_pairs(given))
    click.echo(_shown(answers, settings, form))


def _listing(language: str, form: str) -> str:
    rows = [
        {"name": q.name, "parameters": " ".join(p.name for p in q.parameters), "sentence": q.sentence[language]}
        for q in saved_queries().values()
    ]
    return formatted(["name", "parameters", "sentence"], rows, form)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"{pair!r} is no parameter.", "Write key=value, for instance me=kota.")
        pairs[key] = value
    return pairs


def _shown(answers: Answers, settings: Settings, form: str) -> str:
    if form != "table":
        return formatted(list(answers.query.columns), answers.rows, form)
    language = settings.text("language")
    known = answers.labels(language)
    headings = {name: label[language] for name, label in answers.query.columns.items()}
    rows = [{name: _readable(row[name], known, settings.base_iri) for name in row} for row in answers.rows]
    unique = len(set(headings.values())) == len(headings)
    named = [{headings[n] if unique else n: row[n] for n in row} for row in rows]
    return formatted([headings[n] if unique else n for n in headings], named, form)


def _readable(value: Any, known: dict[str, str], base: str) -> Any:
    return known.get(value, shorten(value, base)) if isinstance(value, str) else value


@click.command()
@click.argument("file", metavar="FILE|-")
@FORMAT
@click.pass_obj
def query(settings: Settings, file: str, form: str) -> None:
    """Run a SPARQL SELECT from a file or standard input; our prefixes need not be declared.

    Example: echo 'SELECT ?s WHERE { ?s a jp:Network }' | jejaring query -
    """
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    rows = opened(settings).store.select(SPARQL_PREFIXES + text)
    columns = list(rows[0]) if rows else []
    click.echo(formatted(columns, [{k: native(v) for k, v in row.items()} for row in rows], form))


@click.command()
@click.argument("identifier", metavar="IRI|ID")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def show(settings: Settings, identifier: str, form: str) -> None:
    """Show what is said about an entity: by id, IRI, ISBN, ISIL, NPP, barcode or code.

    Example: jejaring show isbn:9789793062792
    """
    network = opened(settings)
    found = network.find(identifier)
    triples = network.store.describe(found.iri)
    if form == "json":
        lines = [[str(part) for part in triple] for triple in triples]
        click.echo(json.dumps(asdict(found) | {"statements": lines}, ensure_ascii=False, indent=1))
        return
    base = settings.base_iri
    known = labels(network.store, {t.object.value for t in triples if isinstance(t.object, ox.NamedNode)})
    click.echo(f"{found.label}  <{found.iri}>")
    for triple in triples:
        value = getattr(triple.object, "value", str(triple.object))
        part = getattr(triple.subject, "value", "").removeprefix(found.iri)
        click.echo(f"  {part:<12} {shorten(triple.predicate.value):<28} {known.get(value, shorten(value, base))}")


@click.command()
@click.argument("action")
@click.argument("thing", metavar="ITEM|WORK")
@click.option("--for", "borrower", required=True, metavar="LIBRARY", help="Who asks.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@ON
@click.pass_obj
def may(settings: Settings, action: str, thing: str, borrower: str, form: str, on: str | None) -> None:
    """Say whether a library may get an item or work, on what terms, and why or why not.

    Example: jejaring may lend 9789793062792 --for wana --on 2026-03-15
    """
    answer = opened(settings).may(action, thing, borrower, on)
    language = settings.text("language")
    if form == "json":
        click.echo(json.dumps(answer.as_json(language), ensure_ascii=False, indent=1, default=str))
        return
    reasons = [f"  - {line}" for line in answer.because(language)]
    changes = [f"  → {change}" for change in answer.changes(language)]
    click.echo("\n".join([str(answer), *reasons, *changes]))


VERBS = (ask, query, show, may)
