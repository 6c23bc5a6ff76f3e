"""Value functions: what a subfield's text becomes. Named in rules as ``path = function``."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import yaml

import ontology
from ingest.convert.draft import Draft
from ingest.convert.edtf import edtf_date
from ingest.convert.text import plain as unescaped
from ingest.convert.vocabulary import maker, plain, term, text
from ontology.codes import sources, table
from ontology.terms import PREFIXES, iri

ORGANIZATIONS = f"{PREFIXES['loc']}organizations/"
_WORDS = yaml.safe_load((Path(ontology.__file__).parent / "abbreviations.yaml").read_text("utf-8"))
ABBREVIATIONS, ROLES, EDITIONS = (frozenset(_WORDS[place]) for place in ("headings", "roles", "editions"))
"""Words that keep their full stop at the end of a heading, of a role, and of an edition statement."""
INITIALS = (" ", ".", "-", "(")
"""What stands before an initial at the end of a text."""
_INITIALS = re.compile(r"[(\[]?(?:[^\W\d_]+\.-?)+[^\W\d_]{1,3}\.|[(\[]?[A-Z]\.").fullmatch
_INITIAL = re.compile(r"(?:^|[\s\[(])[A-Z]\.").search
_URL = re.compile(r"^(https?|ftp|urn|doi|hdl|mailto|info):[^\s<>\"{}|\\^`\x00-\x20]+$", re.I).match
_ISBN = re.compile(
    r"^[\s:]*((?:ISBN(?:-1[03])?:?\s*)?(?P<number>(?:97[89][-‐‑– ]?)?(?:\d[-‐‑– ]?){9}[\dXx])"
    r"|SBN:?\s*(?P<old>(?:\d[-‐‑– ]?){8}[\dXx]))\b",
    re.I,
).match
"""A number at the beginning, with the letters that some records put before it; of nine digits as of before 1970."""
_ISBN_MARKS = str.maketrans("", "", "-‐‑– ")
_ISSN = re.compile(r"\b(\d{4})[-‐‑– ]?(\d{3}[\dXx])\b").search
_DAY = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$").match


def _without(name: str, right: str, left: str = "") -> Callable[[str], str]:
    """Declare a value function that takes marks off the right end of a text, and others off the left."""

    def of(value: str) -> str:
        return value.rstrip(right).lstrip(left)

    of.__name__ = name
    return text(of)


trim = _without("trim", " /:;,=")
"""Without the ISBD punctuation that announces the next element: final ``/ : ; , =``."""
bare = _without("bare", " []/:;,=", " []/:;,=")
"""Without square brackets and final punctuation: ``[Jakarta] :`` → ``Jakarta``."""
parens = _without("parens", " ()", " ()")
"""Without parentheses around it: ``(pbk.)`` → ``pbk.``."""
qualifier = _without("qualifier", " ():;,.", " ():;,.")
"""A qualifier without parentheses and final mark: ``(pbk.) :`` → ``pbk``."""
label = _without("label", " :;,")
"""A display label without its colon."""


@text
def stop(value: str) -> str:
    """Like ``trim``, and without a final full stop that ends no abbreviation or initial."""
    return end_stop(value.rstrip(" /:;,="))


def end_stop(value: str) -> str:
    """A heading without its final full stop, unless that follows an initial (``Toer, P.``) or an abbreviation
    that headings have as such (``Handbooks, manuals, etc.``)."""
    if value.endswith(".") and not value.endswith("..") and value[-3:-2] not in INITIALS:
        return value if value.rpartition(" ")[2].casefold() in ABBREVIATIONS else value[:-1].rstrip()
    return value


def relation(value: str) -> str:
    """What ``$i`` says, without the marks around it; parentheses only where they are around all of it."""
    text_ = value.strip(" :,;")
    whole = text_.startswith("(") and text_.endswith(")") and text_.count("(") == 1
    return end_stop(text_[1:-1] if whole else text_)


def sentence(value: str, shortened: frozenset[str] = frozenset()) -> str:
    """A statement without the full stop that closes the area (ISBD A.3.2), which stays where it may be the text's
    own: after an abbreviation, and where the text has others (``1. Aufl.``, ``Ali Smith ... [et al.].``); a single
    initial is no such other (``Ursula K. Le Guin.``), unless it is the last (``New York, N.Y.``, ``S.l.``)."""
    if not value.endswith("."):
        return value
    last = value.rpartition(" ")[2]
    if last.casefold() in shortened or _INITIALS(last):
        return value
    if "." in value[:-1] and not _INITIAL(value):
        return value
    return value.rstrip(" .")


@plain
def number(value: str) -> str:
    """A number or code as it stands: literal without language."""
    return value


@plain
def unspaced(value: str) -> str:
    """A code in two subfields as one (``BUS`` and ``041000`` → ``BUS041000``); a heading there keeps its spaces."""
    return value.replace(" ", "", 1)


@text
def edition(value: str) -> str:
    """Without the full stop that closes the area: ``Third edition.``, but ``2nd ed.``, ``3., erw. Aufl.``."""
    return sentence(value.rstrip(" /:;,="), EDITIONS)


@text
def coordinates(value: str) -> str:
    """Coordinates without the parentheses and full stop around them."""
    return value.strip(" .;,").removeprefix("(").removesuffix(")")


@plain
def scale(value: str) -> str:
    """What the category of a map's scale says (034 $a); nothing for another code."""
    return {"a": "linear scale", "b": "angular scale"}.get(value.strip(" .").lower(), "")


@plain
def isbn_source(value: str) -> str:
    """The ISBN as it was printed, hyphens and all."""
    match = _ISBN(value)
    return match[1] if match else value.strip(" :")


@plain
def isbn(value: str) -> str:
    """The ISBN in front of a qualifier: ``0306406152 (pbk.) :`` → ``0306406152``; else the text. Letters before the
    number go, a number of nine digits gets the nought that makes it an ISBN (``SBN 425-03071-2``)."""
    match = _ISBN(value)
    if match is None:
        return value.strip(" :")
    return (match["number"] or f"0{match['old']}").translate(_ISBN_MARKS)


@plain
def issn(value: str) -> str:
    """The ISSN in a text written otherwise (``ISSN 0125-9989``, ``01259989``); nothing where it is right."""
    match = _ISSN(value)
    found = f"{match[1]}-{match[2].upper()}" if match else ""
    return "" if found == value else found


@text
def isbn_rest(value: str) -> str:
    """What stands in parentheses behind an ISBN (the qualifier of old records)."""
    match = _ISBN(value)
    found = value[match.end() :].strip(" :.,;") if match else ""
    inner = "(" in found[1:] and not found.startswith("(")  # a price before it: ``Rp. 45.000 (soft cover)``
    return found if inner else found.strip(" :().,;")


@term
def edtf(value: str, draft: Draft) -> str:
    """A typed EDTF date where the text is one, else a literal."""
    found = edtf_date(value)
    return f'"{found}"^^<{PREFIXES["dt"]}edtf>' if found else f'"{value}"'


@term
def day(value: str, draft: Draft) -> str:
    """A day as xsd:date (``20180102`` → ``2018-01-02``), another date as EDTF, else a literal."""
    found = edtf_date(value)
    return f'"{found}"^^<{PREFIXES["xsd"]}date>' if _DAY(found) else edtf(value, draft)


@term
def url(value: str, draft: Draft) -> str:
    """A link where the text is a valid IRI; else the text as a literal, and a problem."""
    raw = unescaped(value).strip()
    if valid_iri(raw):
        return f"<{raw}>"
    draft.problem("invalid-url", f"{raw!r} is not a valid URL; it is kept as text.", "856$u", "Correct the field.")
    return f'"{value}"'


def valid_iri(raw: str) -> bool:
    """Whether strict parsers take this as an absolute IRI."""
    if not _URL(raw) or re.search(r"%(?![0-9A-Fa-f]{2})", raw):
        return False
    try:
        parts = urlsplit(raw)
        _ = parts.port
    except ValueError:
        return False
    if any(c in raw for c in "[]") or raw.count("#") > 1:
        return False
    return bool(parts.netloc or parts.scheme not in ("http", "https", "ftp"))


@maker("term")
def vocabulary(scheme: str, kind: str = "") -> Callable[[str, Draft], str]:
    """``vocabulary loc:languages bf:Language``: the code's IRI below a namespace; a text that is no code
    becomes a node of the class with that label."""
    namespace = iri(scheme)[:-1] + "/"

    def of(value: str, draft: Draft) -> str:
        code = value.rstrip(" .")
        if _CODE(code):
            return f"{namespace}{code}>"
        return draft.node(draft.I_, (kind,), (f' {iri("rdfs:label")} "{value}" .',)) if kind else f'"{value}"'

    return of


@maker("term")
def lowered(scheme: str, kind: str = "") -> Callable[[str, Draft], str]:
    """Like ``vocabulary``, the code in lower case."""
    inner = vocabulary(scheme, kind)
    return lambda value, draft: inner(value.lower() if _CODE(value.rstrip(" .")) else value, draft)


@term
def class_list(value: str, draft: Draft) -> str:
    """The list of classes that a code of $2 names (``bisacsh``); a node with the code where it names another."""
    known = value.strip(" .").lower()
    if "classSchemes" in sources().get(known, ()):
        return iri(f"loc:classSchemes/{known}")
    return draft.node(draft.W_, ("bf:Source",), (f' {iri("bf:code")} "{value}" .',))


@term
def genre_list(value: str, draft: Draft) -> str:
    """The list of forms and genres that a code of $2 names (``lcgft``), as registered; a node with the
    code where none has."""
    known = value.strip(" .").lower()
    found = sources().get(known, ())
    for scheme in ("genreFormSchemes", "subjectSchemes"):
        if scheme in found:
            return iri(f"loc:{scheme}/{known}")
    return draft.node(draft.W_, ("bf:Source",), (f' {iri("bf:code")} "{value}" .',))


@maker("term")
def code(name: str) -> Callable[[str, Draft], str]:
    """``code millus``: the term of a code table, with its class and label; nothing for an unknown code."""
    terms = table(name)

    def of(value: str, draft: Draft) -> str:
        found = terms.get(value)
        if found is None:
            return ""
        for line in found.lines:
            draft.add(line)
        return found.object

    return of


@maker("text")
def prefixed(*words: str) -> Callable[[str], str]:
    """``prefixed Cast:`` puts words before the text."""
    start = " ".join(words) + " "
    return lambda value: start + value


@maker("text")
def words(*said: str) -> Callable[[str], str]:
    """``words current source`` gives these words whatever the text is: what an indicator says."""
    constant = " ".join(said)
    return lambda value: constant


def agency(code: str) -> str:
    """The IRI of an agency by its code: German ones (ISIL ``DE-…``) by the directory of the Zeitschriftendatenbank
    that registers them, others below id.loc.gov; "" for what is no code."""
    raw = code.rstrip(" .")
    if not _CODE(raw):
        return ""
    if raw.startswith("DE-"):
        return f"<https://ld.zdb-services.de/resource/organisations/{raw}>"
    known = raw.lower().replace("-", "")
    return f"<{ORGANIZATIONS}{known}>" if known.isalnum() else ""


@term
def organization(value: str, draft: Draft) -> str:
    """A MARC organization code as IRI; text that is no code becomes a named agent."""
    node = agency(value)
    if node:
        draft.add(f'{node} {iri("bf:code")} "{value}" .')
        return node
    return draft.node(draft.I_, ("bf:Agent",), (f' {iri("bf:code")} "{value}" .',))


@term
def segmented(value: str, draft: Draft) -> str:
    """Who assigned a Dewey number with prime marks (``384.6/065``): the Library of Congress, who made them."""
    return f"<{ORGANIZATIONS}dlc>" if "/" in value else ""


@term
def area(value: str, draft: Draft) -> str:
    """A geographic area code, its hyphens at the end being fill: ``a-io---`` → ``…/geographicAreas/a-io``."""
    found = value.rstrip(" -.").lower()
    return iri(f"loc:geographicAreas/{found}") if _CODE(found) else f'"{value}"'
