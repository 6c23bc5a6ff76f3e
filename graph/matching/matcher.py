"""The matcher: headings in, candidates out, best first, each with its score, verdict and evidence."""

from collections.abc import Collection, Iterable, Iterator

from graph.matching.candidate import Candidate
from graph.matching.entry import Entry
from graph.matching.forms import normal, sorted_tokens
from graph.matching.heading import Heading
from graph.matching.index import Index


class Matcher:
    """Compares headings with the entries of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def match(self, heading: Heading, limit: int = 5, kinds: Collection[str] = ()) -> list[Candidate]:
        """Candidates for one heading, the likeliest first, at most ``limit``; ``kinds`` instead of its own."""
        wanted = kinds or ([heading.kind] if heading.kind else [])
        found: dict[str, Candidate] = {}
        for text in (heading.text, *heading.variants):
            for entry in self.index.keyed(sorted_tokens(text)):
                if not wanted or not entry.kind or entry.kind in wanted:
                    found.setdefault(entry.iri, _candidate(heading, text, entry))
        return sorted(found.values(), key=lambda candidate: -candidate.score)[:limit]

    def match_many(self, headings: Iterable[Heading], limit: int = 5) -> Iterator[list[Candidate]]:
        """Candidates for each heading in turn."""
        for heading in headings:
            yield self.match(heading, limit)


def _candidate(heading: Heading, text: str, entry: Entry) -> Candidate:
    names = (entry.label, *entry.variants)
    exact = next((name for name in names if normal(name) == normal(text)), "")
    features = {"form": 1.0 if exact else 0.9, "dates": float(bool(entry.dates) and entry.dates == heading.dates)}
    score = 0.99 if features["dates"] else 0.6 * features["form"]
    return Candidate(entry, score, "same" if features["dates"] else "maybe", features, exact or entry.label)
