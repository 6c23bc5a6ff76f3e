"""What is judged of a record as a whole, before its fields: its names, kind of resource, issuance, medium."""

from pymarc import Record

from graph.names import digest, entity
from ingest.convert.draft import Draft, type_line
from ingest.convert.fixed import material
from ingest.convert.headings import LABEL
from ingest.convert.identity import work_key
from ingest.convert.scripts import linked_tag
from ingest.convert.text import clean
from ingest.convert.titles import closed
from ingest.convert.unnumbered import own_name
from ingest.convert.values import end_stop
from ingest.record import record_number
from ontology.codes import table
from ontology.terms import iri

TYPES: dict[str, tuple[tuple[str, ...], str]] = {
    "a": (("bf:Text",), "txt"),
    "c": (("bf:NotatedMusic",), "ntm"),
    "d": (("bf:NotatedMusic", "bf:Manuscript"), "ntm"),
    "e": (("bf:Cartography",), "cri"),
    "f": (("bf:Cartography", "bf:Manuscript"), "cri"),
    "g": (("bf:MovingImage",), "tdi"),
    "i": (("bf:NonMusicAudio",), "spw"),
    "j": (("bf:MusicAudio",), "prm"),
    "k": (("bf:StillImage",), "sti"),
    "m": (("bf:Multimedia",), "cop"),
    "o": (("bf:MixedMaterial",), "txt"),
    "p": (("bf:MixedMaterial",), "txt"),
    "r": (("bf:Object",), "tdf"),
    "t": (("bf:Text", "bf:Manuscript"), "txt"),
}
LEVELS = {"b": ("bf:Serial", "serl"), "s": ("bf:Serial", "serl"), "i": ("bf:Integrating", "intg")}
LEVELS |= {"c": ("bf:Collection", "mulm"), "d": ("bf:Collection", "mono")}
MONOGRAPH = ("bf:Monograph", "mono")
CONTENT, ISSUANCE = iri("bf:content"), iri("bf:issuance")
ISSUANCES = iri("loc:issuance")[:-1] + "/"
HAS_INSTANCE, INSTANCE_OF = iri("bf:hasInstance"), iri("bf:instanceOf")
OTHER_MEDIA = ("c", "h")
"""Categories of 007 (electronic resource, microform) beside which text is not taken for print."""


def begin(draft: Draft, source: str) -> None:
    """Name work and instance and say what they are."""
    record = draft.record
    leader = draft.leader = (str(record.leader or "") + " " * 24)[:24]
    field = record.get("008")
    draft.fixed = ((field.data or "") if field is not None else "").ljust(40)
    draft.language = language(record, draft.fixed)
    draft.material = material(leader)
    number = record.get("001")
    draft.control_number = (number.data or "").strip() if number is not None else ""
    local = record_number(record) or own_name(record)
    instance = entity(draft.base, "instance", f"{source}-{local}")
    key = work_key(record, leader, draft.language, instance)
    work = f"{draft.base}/id/work/{digest(*key)}"
    draft.I, draft.I_ = f"<{instance}>", f"<{instance}#"
    draft.R, draft.R_ = draft.I, draft.I_
    draft.W, draft.W_ = f"<{work}>", f"<{work}#"
    draft.works.append(work)
    draft.shared[work] = key
    _pair(draft, record)
    _kinds(draft)


def language(record: Record, fixed: str) -> str:
    """The record's main language by 008/35-37, else the first of 041 ``$a``; "" when neither tells."""
    code = fixed[35:38].lower()
    if code.isalpha() and code.isascii() and code not in ("und", "zxx"):
        return code
    field = record.get("041")
    first = (field.get("a") or "")[:3].lower() if field is not None else ""
    return first if first.isalpha() and first.isascii() else ""


def _pair(draft: Draft, record: Record) -> None:
    for field in record.get_fields("880"):
        tag, occurrence = linked_tag(field)
        if tag and occurrence != "00":
            draft.paired.setdefault(f"{tag}-{occurrence}", []).append(field)


def _kinds(draft: Draft) -> None:
    add, leader, work = draft.add, draft.leader, draft.W
    classes, content = TYPES.get(leader[6], (("bf:Text",), "txt"))
    level, issuance = LEVELS.get(leader[7], MONOGRAPH)
    for name in ("bf:Work", *classes, level):
        add(work + type_line(name))
    add(draft.I + type_line("bf:Instance"))
    add(f"{work} {HAS_INSTANCE} {draft.I} .")
    add(f"{draft.I} {INSTANCE_OF} {work} .")
    if draft.record.get("334") is None:  # which says it in words, and more exactly
        add(f"{draft.I} {ISSUANCE} {ISSUANCES}{issuance}> .")
    if draft.record.get("336") is None:
        known = table("contentTypes")[content]
        add(f"{work} {CONTENT} {known.object} .")
        draft.lines += known.lines
    _label(draft)


def _label(draft: Draft) -> None:
    """The work's label: its preferred title, which is part of its key."""
    for tag, codes in (("130", "anp"), ("240", "anp"), ("245", "anp")):
        field = draft.record.get(tag)
        if field is not None:
            text = end_stop(closed(clean(" ".join([s.value for s in field.subfields if s.code in codes]))))
            if text:
                draft.add(f'{draft.W} {LABEL} "{text}" .')
                return


def medium(draft: Draft) -> None:
    """Unmediated: text that 008/23 codes as print (blank, large, braille, regular print) where the record says
    nothing else of a medium."""
    record = draft.record
    if draft.material != "BK" or draft.fixed[23:24] not in " dfr" or record.get("008") is None:
        return
    other = any((line.data or "").startswith(OTHER_MEDIA) for line in record.get_fields("007"))
    if record.get("337") is None and not other:
        known = table("mediaTypes")["n"]
        draft.add(f"{draft.I} {iri('bf:media')} {known.object} .")
        draft.lines += known.lines
