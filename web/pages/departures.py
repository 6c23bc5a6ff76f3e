"""What if a library leaves: the page of ``graph.departure``."""

from collections import defaultdict
from collections.abc import Mapping

from graph.departure import departure
from web.pages.operations import Found, computes
from web.pages.visit import Visit


@computes("/perpustakaan/{L}/jika-keluar")
def what_if(here: Visit, values: Mapping[str, str]) -> Found:
    """Titles, pairs and agreements that would be lost, and the partnerships it would leave."""
    gone = values["name"]
    lost = departure(here.network, gone, here.on)
    by_work: defaultdict[str, list[str]] = defaultdict(list)
    for library, works in lost.unreachable.items():
        for work in works:
            by_work[work].append(library)
    losses = [{"library": library, "titles": len(works)} for library, works in lost.unreachable.items()]
    return Found(
        {
            "losses": sorted(losses, key=lambda row: -int(str(row["titles"]))),
            "titles": [
                {"work": work, "library": library} for work, many in sorted(by_work.items()) for library in many
            ],
            "pairs": [{"one": one, "other": other} for one, other in lost.separated],
            "lapsing": [{"policy": policy} for policy in lost.lapsing],
            "bereft": _bereft(here, gone),
        }
    )


def _bereft(here: Visit, gone: str) -> list[dict[str, object]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in here.ask("partners").rows:
        members[str(row["partnership"])].add(str(row["member"]))
    return [{"partnership": one, "left": len(who) - 1} for one, who in sorted(members.items()) if gone in who]
