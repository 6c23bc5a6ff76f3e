"""The lists that authority IRIs are from, by the codes that MARC uses for them in ``$2``."""

SCHEMES = {
    "http://id.loc.gov/authorities/subjects/": "lcsh",
    "http://id.loc.gov/authorities/names/": "lcnaf",
    "http://id.loc.gov/authorities/genreForms/": "lcgft",
    "http://id.loc.gov/authorities/childrensSubjects/": "lcshac",
    "http://id.worldcat.org/fast/": "fast",
    "https://d-nb.info/gnd/": "gnd",
    "http://viaf.org/viaf/": "viaf",
    "http://www.wikidata.org/entity/": "wikidata",
    "https://isni.org/isni/": "isni",
    "https://orcid.org/": "orcid",
    "https://sws.geonames.org/": "geonames",
    "https://www.idref.fr/": "idref",
    "http://data.rero.ch/02-": "rero",
    "http://id.nlm.nih.gov/mesh/": "mesh",
}
"""Beginning of an IRI → code of its list (the Library of Congress' source codes where it has one)."""

FAMILIES = {"lcsh": "lc", "lcnaf": "lc", "naf": "lc", "subjects": "lc", "names": "lc", "gnd-content": "gnd"}
FAMILIES |= {"gnd-carrier": "gnd", "gnd-music": "gnd", "swd": "gnd", "pnd": "gnd", "gkd": "gnd"}
"""Lists that are used together: names of the Library of Congress' file serve as its subjects."""

FACETED = {"fast"}
"""Lists that have a subject and the genre of its name as two: elsewhere one record serves as both."""


def scheme_of(iri: str) -> str:
    """The code of the list that an IRI is from, "" where none is known.

    >>> scheme_of("http://id.worldcat.org/fast/912735")
    'fast'
    """
    return next((code for start, code in SCHEMES.items() if iri.startswith(start)), "")


def family(scheme: str) -> str:
    """The code under which lists that are used together are compared."""
    return FAMILIES.get(scheme, scheme)
