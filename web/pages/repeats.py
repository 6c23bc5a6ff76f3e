"""Cells that only repeat the name of an entity beside them: queries give both, people read it once."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.labels import shown
from ontology.display import amounts
from web.pages.blueprint import pages
from web.pages.visit import is_iri, visit

Row = Mapping[str, Any]
CURRENCY = "currency"


@pages.app_template_global()
def told_once(columns: Sequence[str], rows: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """The rows without texts that are the name of an entity in the same row, and the columns that are left.

    A column goes when every text in it is such a name, be it with the rest of the title after a colon; or
    when it says nothing at all, or only the currency of sums beside it.
    """
    here = visit()
    needless, needed, told = set[str](), set[str](), list[Row]()
    for given in rows:
        row = {name: shown(value) if isinstance(value, str) else value for name, value in given.items()}
        texts = {name: row[name] for name in columns if isinstance(row[name], str)}
        links = {name for name, text in texts.items() if is_iri(text)}
        names = {here.link(texts.pop(name)).text for name in links}
        repeats = {name for name, text in texts.items() if text.partition(" : ")[0] in names}
        needless |= repeats
        needed |= texts.keys() - repeats
        told.append({**row, **{name: None for name in repeats if texts[name] in names}})
    if not amounts().isdisjoint(columns):
        columns = [name for name in columns if name != CURRENCY]
    said = {name for row in rows for name in columns if row[name] is not None} if rows else set(columns)
    return [name for name in columns if name in said and (name not in needless or name in needed)], told
