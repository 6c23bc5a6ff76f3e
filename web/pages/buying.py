"""Before you buy: who holds a title, whether it may be borrowed, and who answers for its subject."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import NotFound
from graph.search import Wanted
from web.pages.choosing import known_iri
from web.pages.operations import Found, Way, computes
from web.pages.visit import Visit

MOST_WORKS = 5
_HOLDERS = """SELECT ?work ?library (COUNT(DISTINCT ?item) AS ?copies) WHERE { VALUES ?work { %s }
  ?item bf:itemOf ?edition ; bf:heldBy ?library . ?edition bf:instanceOf ?work }
  GROUP BY ?work ?library ORDER BY ?work ?library"""
_RESPONSIBLE = """SELECT ?work ?subject ?library ?partnership ?now ?goal WHERE { VALUES ?work { %s }
  ?work jp:subjectGroup ?subject . ?one a jp:Responsibility ; dct:subject ?subject ; jp:library ?library ;
    jp:inPartnership ?partnership ; schema:startDate ?starts . OPTIONAL { ?one schema:endDate ?ends }
  OPTIONAL { ?one jp:currentLevel ?now } OPTIONAL { ?one jp:goalLevel ?goal }
  FILTER (?starts <= "%s"^^xsd:date && COALESCE(?ends >= "%s"^^xsd:date, true)) } ORDER BY ?work ?library"""


@computes("/sebelum-membeli")
def before_you_buy(here: Visit, values: Mapping[str, str]) -> Found:
    """The works that an ISBN or a title names, their holders, and the libraries that answer for their subjects."""
    asked = values.get("cari", "")
    if not asked:
        return Found()
    me = known_iri(here, values.get("untuk", ""))
    works = _works(here, asked)
    if not works:
        return Found({"verdict": [], "responsible": []})
    listed = " ".join(f"<{work}>" for work in works)
    partners = _partners(here, me) if me else set()
    holders = [
        {
            "work": row["work"].value,
            "library": row["library"].value,
            "copies": int(row["copies"].value),
            "partner": row["library"].value in partners if me and row["library"].value != me else None,
        }
        for row in here.select(_HOLDERS % listed)
    ]
    responsible = [
        {
            **{name: row[name].value for name in ("work", "subject", "library", "partnership")},
            "levels": " → ".join(row[name].value if row[name] else "–" for name in ("now", "goal")),
        }
        for row in here.select(_RESPONSIBLE % (listed, here.on, here.on))
    ]
    return Found(
        {
            "verdict": [
                _verdict(here, work, me, [row for row in holders if row["work"] == work])
                for work in [work for work in works if any(row["work"] == work for row in holders)] or works
            ],
            "holders": holders,
            "responsible": responsible,
        }
    )


def _works(here: Visit, asked: str) -> list[str]:
    """By number when it is one, else by title, best first."""
    try:
        found = here.network.find(asked)
        if any(kind.endswith("/Work") for kind in found.kinds):
            return [found.iri]
    except NotFound:
        pass
    results = here.search.find(Wanted(asked, chosen={"kind": "work"}, limit=MOST_WORKS), facets=False).results
    return [one.iri for one in results]


def _partners(here: Visit, me: str) -> set[str]:
    rows = here.ask("partners").rows
    mine = {row["partnership"] for row in rows if row["member"] == me}
    return {str(row["member"]) for row in rows if row["partnership"] in mine} - {me}


def _verdict(here: Visit, work: str, me: str, holders: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"work": work, "holders": len(holders)}
    if me:
        answer = here.network.best("lend", work, me, here.on, explained=False)
        path = f"/may-borrow?copy={here.local(work)}&borrower={here.local(me)}"
        words = {
            "yes": {"id": "ya", "en": "yes"},
            "conditional": {"id": "ya, bersyarat", "en": "yes, on conditions"},
            "no": {"id": "tidak", "en": "no"},
        }
        row |= {
            "partners": sum(bool(one["partner"]) for one in holders),
            "mine": any(one["library"] == me for one in holders),
            "borrow": Way(words[answer.verdict][here.language], path),
        }
    return {"partners": None, "mine": None, "borrow": None, **row}
