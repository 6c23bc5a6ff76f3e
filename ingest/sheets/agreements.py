"""Agreements as YAML: the rows of perjanjian, pasal and ketentuan nested in one readable document."""

from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError
from ingest.sheets.cells import written
from ingest.sheets.tables import BYTES, Table
from ontology.sheets import sheets

NESTED = {"pasal": "pasal", "clauses": "pasal", "ketentuan": "ketentuan", "terms": "ketentuan"}


def is_agreement(path: Path) -> bool:
    """Whether a file is a YAML document about an agreement (and not the settings file)."""
    return path.suffix.casefold() in {".yaml", ".yml"} and path.stem.casefold() != "jejaring"


def agreement_tables(path: Path) -> list[Table]:
    """The three tables in an agreement document (or a list of them). Raises InputError when it is no YAML."""
    if not path.is_file() or path.stat().st_size > BYTES:
        raise InputError(f"{path} does not exist or is too large.", "Check the name.")
    try:
        content = yaml.safe_load(path.read_bytes())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is not valid YAML: {error}.", "Correct the line named above.") from error
    documents = content if isinstance(content, list) else [content]
    if not all(isinstance(document, dict) and document.get("id") for document in documents):
        raise InputError(f"{path} is no agreement.", "It must hold lines such as `id: A2`, `nama: …`.")
    rows: dict[str, list[dict[str, str]]] = {"perjanjian": [], "pasal": [], "ketentuan": []}
    for document in documents:
        _spread(document, rows)
    return [_table(path, name, found) for name, found in rows.items() if found]


def _spread(document: dict[Any, Any], rows: dict[str, list[dict[str, str]]]) -> None:
    own = {str(key): _cell(value) for key, value in document.items() if str(key) not in NESTED}
    rows["perjanjian"].append({"macam": "perjanjian", **own})
    for key, sheet in NESTED.items():
        entries = document.get(key) or []
        for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
            if not isinstance(entry, dict):
                continue
            row = {"perjanjian": own["id"], **{str(k): _cell(v) for k, v in entry.items()}}
            if sheet == "pasal":
                row.setdefault("id", f"{own['id']}-c{number}")
                row.setdefault("urutan", str(number))
            rows[sheet].append(row)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(written(part) for part in value)
    return written(value)


def _table(path: Path, name: str, rows: list[dict[str, str]]) -> Table:
    """A table in the sheet's own headings; what they do not know comes after, to be reported."""
    sheet = sheets()[name]
    named = {key: (column.id if (column := sheet.column(key)) else key) for row in rows for key in row}
    headings = list(dict.fromkeys(named.values()))
    cells = [{named[key]: value for key, value in row.items()} for row in rows]
    return Table(
        str(path), name, headings, [(n, [row.get(h, "") for h in headings]) for n, row in enumerate(cells, 1)]
    )
