"""Signs of the eight obstacles that the data show by themselves, beside what libraries report."""

from collections.abc import Iterator, Mapping

from graph.names import expand
from graph.reasons import sentences
from graph.search import Wanted
from web.pages.operations import Found, computes
from web.pages.visit import Visit

OLD = 365
"""Days after which an instrument counts as out of date."""
Sign = tuple[str, str | None, str, dict[str, object]]
"""Obstacle (code), library, key of the sentence, its facts."""


@computes("/hambatan")
def seen(here: Visit, values: Mapping[str, str]) -> Found:
    """One row for each sign."""
    found = [*_equipment(here), *_collections(here), *_in_networks(here), *_copyright(here)]
    here.know(str(fact) for _, library, _, facts in found for fact in (library, *facts.values()) if fact)
    return Found(
        {
            "seen": [
                {"obstacle": expand("jp:" + obstacle), "library": library, "sign": _sentence(here, key, facts)}
                for obstacle, library, key, facts in found
            ]
        }
    )


def _sentence(here: Visit, key: str, facts: Mapping[str, object]) -> str:
    names = {name: here.link(str(fact)).text for name, fact in facts.items()}
    return str(sentences()[key][here.language]).format_map(names)


def _equipment(here: Visit) -> Iterator[Sign]:
    for row in here.ask("cq17-unequipped-parties").rows:
        yield (
            "obst-1-facilities",
            str(row["party"]),
            "sign-equipment",
            {"thing": row["lacks"], "policy": row["agreement"]},
        )


def _collections(here: Visit) -> Iterator[Sign]:
    """Libraries without a title in half or more of the subjects the network holds."""
    subjects = {one.value for one in here.search.facet(Wanted(chosen={"kind": "work"}), "subject")}
    for library in here.libraries():
        own = here.search.facet(Wanted(chosen={"kind": "work", "holder": library.iri}), "subject")
        lacking = subjects - {one.value for one in own}
        if len(lacking) * 2 >= len(subjects) > 0:
            yield "obst-2-collection", library.iri, "sign-subjects", {"count": len(lacking)}


def _in_networks(here: Visit) -> Iterator[Sign]:
    networks = [row["n"].value for row in here.select("SELECT ?n WHERE { ?n a jp:Network } ORDER BY ?n LIMIT 5")]
    for network in networks:
        for row in here.ask("cq13-requirements", network=network).rows:
            if str(row["requirement"]).endswith("req-6-equipment"):
                yield "obst-1-facilities", str(row["member"]), "sign-requirement", {"thing": row["requirement"]}
        for row in here.ask("cq31-training-12-months", network=network).rows:
            if not row["people"]:
                yield "obst-3-staff", str(row["member"]), "sign-training", {}
        for row in here.ask("cq38-instrument-status", network=network).rows:
            if not row["exists"]:
                yield "obst-6-information", network, "sign-instrument", {"thing": row["instrument"]}
            elif int(str(row["daysAgo"])) > OLD:
                yield (
                    "obst-6-information",
                    network,
                    "sign-old-instrument",
                    {"thing": row["instrument"], "days": row["daysAgo"]},
                )
        aspects = [row["aspect"] for row in here.ask("cq39-standards", network=network).rows]
        for aspect in dict.fromkeys(one for one in aspects if aspects.count(one) > 1):
            yield "obst-8-regulation", network, "sign-standards", {"thing": aspect}


def _copyright(here: Visit) -> Iterator[Sign]:
    for row in here.ask("cq12-copyright-divergence").rows:
        yield "obst-7-copyright", None, "sign-copyright", {"thing": row["action"]}
