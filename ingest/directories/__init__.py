"""Existing directory formats, read as they are: each recognised by its headings or keys, with a report of what was
not understood."""

import csv
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InputError
from ingest.directories import crosslink, folio, indonesia, licences, lobid, sigel, stock_rotation, tabular
from ingest.directories.organisation import Reading
from ingest.directories.pica import is_pica
from ingest.record import Statements
from ingest.sheets.tables import delimiter_of

WRAPPERS = ("items", "member", "results", "agreements", "licenses")
BROKEN = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError, EOFError)
JSON_BYTES = 32 * 2**20
"""Largest JSON file that is looked into as a directory."""
PICA_SUFFIXES = (".dat", ".pica", ".pp", ".plain", ".txt", ".xml", ".json", ".ndjson", ".gz")
SUFFIXES = (".csv", ".csv.gz", ".json", ".json.gz", ".jsonl", ".jsonld", ".tsv")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the headings (of a table) or keys (of JSON) by which it is known, and its reader."""

    name: str
    marks: frozenset[str]
    read: Callable[[Path, Reading], None]
    json: bool = False


def _format(name: str, marks: str, read: Callable[[Path, Reading], None], *, is_json: bool = False) -> Format:
    return Format(name, frozenset(marks.split()), read, is_json)


SIGEL = Format("isil-pica", frozenset({"008H"}), sigel.organisations)
STOCK_ROTATION = (
    ("koha-rotas", "rota_id title cyclical", stock_rotation.rotas),
    ("koha-stages", "stage_id position rota_id branchcode_id duration", stock_rotation.stages),
    ("koha-rotation-items", "itemnumber_id stage_id indemand", stock_rotation.items),
)
"""Tables of Koha, as CSV of a report or JSON of its REST interface."""
FORMATS = (
    _format("koha-branches", "branchcode branchname", tabular.koha_branches),
    *(_format(*one, is_json=is_json) for is_json in (False, True) for one in STOCK_ROTATION),
    SIGEL,
    _format("evergreen-units", "id parent_id level code name mon sun", tabular.evergreen),
    _format("imls-outlets", "stabr fscskey fscs_seq libname", tabular.imls_outlets),
    _format("imls-systems", "stabr fscskey libname c_relatn", tabular.imls_systems),
    _format("lobid-dbs", "inr typ_id nam isil", tabular.dbs),
    _format("indonesian-libraries", "id name type parent region_code npp", indonesia.libraries),
    _format("indonesian-agreements", "agreement coordinator signed valid_from", indonesia.agreements),
    _format("indonesian-memberships", "agreement library role since", indonesia.memberships),
    _format("indonesian-lending-terms", "library borrower max_items loan_days", indonesia.lending_terms),
    _format("crosslink-terms", "library isil consortium service level cost_aud", crosslink.terms_table),
    _format("isil-list", "isil name city", tabular.isil_list),
    _format("crosslink", "name type symbols tiers", crosslink.directory, is_json=True),
    _format("mod-directory", "name slug symbols", folio.mod_directory, is_json=True),
    _format("folio-agreements", "name agreementStatus", folio.agreements, is_json=True),
    _format("folio-licences", "name customProperties", licences.licences, is_json=True),
    _format("lobid", "isil name mainEntityOfPage", lobid.organisations, is_json=True),
)
"""In the order they are tried: a format with more marks stands before one whose marks are among them."""


def names() -> list[str]:
    """The formats' names, for ``bentuk:`` in ``jejaring.yaml``."""
    return [format_.name for format_ in FORMATS]


def recognise(path: Path, form: str = "") -> Format | None:
    """The format of a file, as told or by its beginning; None when it is no directory."""
    if form:
        return next((format_ for format_ in FORMATS if format_.name == form), None)
    try:
        if path.name.casefold().endswith(PICA_SUFFIXES) and _is_sigel(tabular.beginning(path)):
            return SIGEL
        if not path.name.casefold().endswith(SUFFIXES):
            return None
        content = tabular.beginning(path)
        if content.lstrip("\ufeff \n\r\t")[:1] in ("[", "{") and path.stat().st_size <= JSON_BYTES:
            content = tabular.opened(path)
    except (OSError, EOFError, zlib.error):
        return None
    bare = content.lstrip("\ufeff \n\r\t")
    found = _keys(bare) if bare[:1] in "[{" else _headings(bare)
    is_json = bare[:1] in ("[", "{")
    return next((f for f in FORMATS if f.json == is_json and f.marks <= found), None)


def _is_sigel(beginning: str) -> bool:
    """Whether a file is PICA with the field of sigels and ISILs; other PICA files are catalogues."""
    return is_pica(beginning) and any(mark in beginning for mark in SIGEL.marks)


def _headings(content: str) -> set[str]:
    first = content.partition("\n")[0].strip("\r")
    delimiter = delimiter_of(first)
    return {heading.strip().strip('"').casefold() for heading in first.split(delimiter)}


def _keys(content: str) -> set[str]:
    try:
        whole = json.loads(content)
    except ValueError:
        try:
            whole = [json.loads(line) for line in content.splitlines()[:4]]
        except ValueError:
            return set()
    found: Any = next((whole[k] for k in WRAPPERS if k in whole), [whole]) if isinstance(whole, dict) else whole
    found = next((table["data"] for table in found if isinstance(table, dict) and "data" in table), found)
    return {key for record in found[:200] if isinstance(record, dict) for key in record}


def read(path: Path, form: str, base_iri: str, library: str | None = None) -> Statements:
    """What a directory file says. Raises InputError when it cannot be read as its format."""
    format_ = recognise(path, form)
    if format_ is None:
        raise InputError(f"{path} does not have the form {form!r}.", f"Known are: {', '.join(names())}.")
    reading = Reading(path.name, base_iri, library or "")
    try:
        format_.read(path, reading)
    except (*BROKEN, csv.Error, zlib.error) as error:
        raise InputError(
            f"{path} cannot be read as {form}: {type(error).__name__} {error}.", "Export the file again."
        ) from error
    return Statements(list(dict.fromkeys(reading.lines)), reading.problems())
