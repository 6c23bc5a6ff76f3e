"""MARC records of the example's titles, as cataloguers of different habits would write them."""

from making.titles import Person, Title
from pymarc import Field, Indicators, Record, Subfield

LANGUAGE_NOTE = {"jav": "Bahasa Jawa", "ara": "Bahasa Arab", "chi": "Bahasa Tionghoa", "dut": "Bahasa Belanda"}
COUNTRIES = {
    "io": "Jakarta Yogyakarta Bandung Semarang Surakarta Magelang Medan Bukittinggi Depok Cibinong "
    "Weltevreden Batavia",
    "ne": "Amsterdam Leiden 's-Gravenhage The",
    "enk": "London",
    "nyu": "New Ithaca",
    "fr": "Paris",
    "le": "Bayrūt",
    "ua": "al-Qāhirah",
    "cc": "Beijing Kanton",
    "gw": "Tübingen Hamburg Leipzig",
    "ru": "Moskva",
    "ag": "Buenos",
    "sp": "Madrid",
    "ii": "Madras",
}
_STATES = {"Indonesia"}
_PLACES = {
    *("Aceh", "Asia Tenggara", "Bali", "Banten", "Belitung", "Hindia Belanda", "Indonesia", "Jakarta", "Jawa"),
    *("Jawa Tengah", "Jepang", "Kepulauan Melayu", "Yogyakarta"),
}
_TYPE = {"map": "e", "audio": "j", "video": "g", "ebook": "a"}
_RDA = {
    "map": (("cri", "gambar kartografi"), ("n", "tanpa alat"), ("nb", "lembar")),
    "audio": (("prm", "musik yang dipertunjukkan"), ("s", "audio"), ("sd", "cakram audio")),
    "video": (("tdi", "gambar bergerak dua dimensi"), ("v", "video"), ("vd", "cakram video")),
    "ebook": (("txt", "teks"), ("c", "komputer"), ("cr", "sumber daring")),
    "": (("txt", "teks"), ("n", "tanpa alat"), ("nc", "volume")),
}


def field(tag: str, indicators: str, *pairs: tuple[str, str]) -> Field:
    """A data field: ``field("245", "10", ("a", "Bumi Manusia"))``; pairs without a value are left out."""
    subfields = [Subfield(code, value) for code, value in pairs if value]
    return Field(tag, Indicators(*indicators), subfields)


def record(title: Title, agency: str, number: str, *, rda: bool = True, subjects: bool = True) -> Record:
    """The record of a title as ``agency`` would make it. ``rda`` gives 264 and 33X, else 260 and ISBD."""
    made = Record(leader=_leader(title, rda))
    made.add_field(Field("001", data=number), Field("003", data=agency), Field("005", data="20260302101500.0"))
    made.add_field(Field("008", data=_fixed(title)))
    _numbers(made, title)
    made.add_field(field("040", "  ", ("a", agency), ("b", "ind"), ("e", "rda" if rda else "aacr"), ("c", agency)))
    _language(made, title)
    made.add_field(field("082", "04", ("a", title.ddc), ("2", "23")))
    _names_and_titles(made, title)
    _imprint(made, title, rda)
    if subjects:
        _subjects(made, title)
    made.fields.sort(key=lambda f: f.tag)
    _other_script(made, title)
    return made


def _leader(title: Title, rda: bool) -> str:
    kind = _TYPE.get(title.extra.get("kind", ""), "a")
    return f"00000n{kind}{'s' if title.is_serial else 'm'} a2200000 {'i' if rda else 'a'} 4500"


def _fixed(title: Title) -> str:
    place = next((code for code, names in COUNTRIES.items() if title.place.split()[0] in names.split()), "xx")
    first, _, last = title.date.partition("-")
    dates = f"s{first}    " if not title.is_serial else f"{'d' if last else 'c'}{first}{last or '9999'}"
    kind = title.extra.get("kind", "")
    middle = {"map": "       a  |  0 ", "audio": "nnn |       | ", "video": "090 |     |vl"}.get(kind, "")
    if title.is_serial:
        middle = f"{title.extra['serial']}r p       0   a0"
    juvenile = "j" if title.extra.get("cat") == "child" else " "
    middle = (middle or f"    {juvenile}{'o' if kind == 'ebook' else ' '}     000 ").ljust(17)[:17]
    return f"260302{dates:<9.9}{place:<3}{middle}{title.language} d"


def _numbers(made: Record, title: Title) -> None:
    if isbn := title.extra.get("isbn"):
        made.add_field(field("020", "  ", ("a", isbn.replace("-", ""))))
    if issn := title.extra.get("issn"):
        made.add_field(field("022", "  ", ("a", issn)))


def _language(made: Record, title: Title) -> None:
    if "orig" in title.extra:
        made.add_field(field("041", "1 ", ("a", title.language), ("h", "und")))
    if note := LANGUAGE_NOTE.get(title.language):
        made.add_field(field("546", "  ", ("a", note)))


def _name(kind: str, person: Person) -> Field:
    """The field of a name: ``kind`` is 1 of the main entry, 7 of an added one."""
    role = ("4", person.role or "aut")
    if not _is_body(person):
        name = f"{person.name}," if person.dates else person.name
        order = "1" if "," in person.name else "0"
        return field(f"{kind}00", f"{order} ", ("a", name), ("d", person.dates), role)
    body, _, unit = person.name.partition(". ")
    entered = "1" if body in _STATES else "2"
    return field(f"{kind}10", f"{entered} ", ("a", f"{body}." if unit else body), ("b", unit), role)


def _is_body(person: Person) -> bool:
    words = ("Indonesia", "Badan", "Perpustakaan", "Pusat", "Lembaga", "Yayasan", "Sena", "University", "LP3ES")
    return person.role in {"pbl", "prf"} or any(word in person.name for word in words)


def _names_and_titles(made: Record, title: Title) -> None:
    if title.author:
        made.add_field(_name("1", title.author))
        if original := title.extra.get("orig"):
            made.add_field(field("240", "10", ("a", original)))
    made.add_field(
        field(
            "245",
            f"{'1' if title.author else '0'}{_skip(title)}",
            ("a", f"{title.title} :" if title.rest else title.title),
            ("b", title.rest),
            ("c", title.author.name if title.author else ""),
        )
    )
    if variant := title.extra.get("vtitle"):
        made.add_field(field("246", "3 ", ("a", variant)))
    for other in title.others:
        made.add_field(_name("7", other))
    if series := title.extra.get("series"):
        name, mark, volume = series.partition(" ; ")
        parts = ("a", name + mark.rstrip()), ("v", volume)
        made.add_field(field("490", "1 ", *parts))
        made.add_field(field("830", " 0", *parts))


_ARTICLES = {
    "eng": ("The ", "A ", "An "),
    "dut": ("De ", "Het "),
    "fre": ("Le ", "La ", "Les ", "L'"),
    "ger": ("Die ",),
}


def _skip(title: Title) -> int:
    return next((len(a) for a in _ARTICLES.get(title.language, ()) if title.title.startswith(a)), 0)


def _imprint(made: Record, title: Title, rda: bool) -> None:
    parts = (
        ("a", f"{title.place} :" if title.publisher else title.place),
        ("b", f"{title.publisher},"),
        ("c", title.date),
    )
    made.add_field(field("264" if rda else "260", " 1" if rda else "  ", *(p for p in parts if p[1] != ",")))
    for tag, (code, term) in zip(("336", "337", "338"), _RDA[title.extra.get("kind", "")], strict=True):
        if rda:
            made.add_field(field(tag, "  ", ("a", term), ("b", code), ("2", f"rda{_SCHEMES[tag]}")))
    if title.extra.get("kind") == "ebook":
        made.add_field(field("856", "40", ("u", f"https://ebook.mandala.example/{title.id}"), ("y", "Baca daring")))


_SCHEMES = {"336": "content", "337": "media", "338": "carrier"}


def _subjects(made: Record, title: Title) -> None:
    for subject in title.subjects:
        head, *rest = subject.split(" -- ")
        divisions = [("z" if part in _PLACES else "x", part) for part in rest]
        made.add_field(field("651" if head in _PLACES else "650", " 4", ("a", head), *divisions))


def _other_script(made: Record, title: Title) -> None:
    """880 fields, paired with 245 and 1XX by $6."""
    pairs = [("245", "880.title"), ("100", "880.author")]
    found = [(tag, title.extra[key]) for tag, key in pairs if key in title.extra and made.get(tag)]
    for number, (tag, text) in enumerate(found, 1):
        original = made[tag]
        original.subfields.insert(0, Subfield("6", f"880-{number:02d}"))
        indicators = f"{original.indicator1}{'0' if tag == '245' else ' '}"
        made.add_field(field("880", indicators, ("6", f"{tag}-{number:02d}{_script(text)}"), ("a", text)))


def _script(text: str) -> str:
    """The script code of $6 (MARC 21, Appendix A); none for Javanese, which has no MARC-8 set."""
    ranges = {"/(3/r": ("؀", "ۿ"), "/(N": ("Ѐ", "ӿ"), "/$1": ("一", "鿿")}
    return next((code for code, (low, high) in ranges.items() if low <= text[0] <= high), "")
