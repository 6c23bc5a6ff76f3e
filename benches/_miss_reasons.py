"""Why a heading was missed, told by what its name has in common with the names of what it means."""

from collections import Counter, defaultdict

from benches._gold_sets import GoldSet
from graph.matching.entry import Entry
from graph.matching.forms import Form, acronyms, form, groups_of
from graph.matching.heading import Heading
from graph.matching.index_building import GRAM
from graph.matching.weighed import KNOWN

LONGEST_ACRONYM = 8
QUEUE = 3
"""Candidates of the queue that count."""


class Reasons:
    """The reasons for the missed headings of a gold set, and how often the queue holds what they mean."""

    def __init__(self, gold: GoldSet) -> None:
        self._leave_out = gold.leave_out
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in gold.entries:
            for iri in (entry.iri, *entry.identifiers):
                self._entries[iri].append(entry)
        self._missed, self._queued = Counter[str](), Counter[str]()
        self._alike = Counter[bool]()
        self._bearers: defaultdict[str, set[str]] = defaultdict(set)
        for entry in gold.entries:
            for name in entry.every_name():
                for root in form(name, groups_of(entry.kind)[-1]).roots:
                    self._bearers[root].add(entry.iri)

    def count(self, heading: Heading, right: set[str], *, queued: bool) -> None:
        """Take in one missed heading."""
        why = self._reason(heading, right)
        self._missed[why] += 1
        self._queued[why] += queued
        if self._as_like(heading, right) > QUEUE:
            self._alike[queued] += 1

    def _reason(self, heading: Heading, right: set[str]) -> str:
        given = self._given(heading, right)
        if not given:
            return "no other name" if any(map(self._entries.get, right)) else "not in the file"
        asked = form(heading.text, groups_of(heading.kind)[-1])
        return min(_common(asked, one) for one in given)[1]

    def _given(self, heading: Heading, right: set[str]) -> list[Form]:
        """The names of what a heading means, without the one that is left out."""
        names = (name for iri in right for entry in self._entries[iri] for name in entry.every_name())
        group = groups_of(heading.kind)[-1]
        return [form(name, group) for name in names if not (self._leave_out and name == heading.text)]

    def _as_like(self, heading: Heading, right: set[str]) -> int:
        """How many entries have all the words that a heading shares with what it means, that one among them."""
        asked = set(form(heading.text, groups_of(heading.kind)[-1]).roots)
        shared = max((asked & set(one.roots) for one in self._given(heading, right)), key=len, default=set())
        every = [self._bearers[root] for root in shared] or [set(self._entries)]
        return len(set.intersection(*every))

    def lines(self) -> list[str]:
        """A line for each reason, the most frequent first; then what words alone cannot tell."""
        whole, alike = sum(self._missed.values()), sum(self._alike.values())
        lines = [
            f"  missed: {why:42}{many:6} ({many / whole:.2f}), queue holds {self._queued[why] / many:.2f}"
            for why, many in self._missed.most_common()
        ]
        other = whole - alike
        held = sum(self._queued.values()) - self._alike[True]
        return [
            *lines,
            f"  more than {QUEUE} entries share the same words with the heading, or none: {alike}, queue holds "
            f"{self._alike[True] / max(alike, 1):.3f}; of the other {other} {held / max(other, 1):.3f}",
        ]


def _common(asked: Form, given: Form) -> tuple[int, str]:
    """What two names have in common: a rank, closest first, and words for it."""
    ours, theirs = set(asked.roots), set(given.roots)
    shared = ours & theirs
    if ours == theirs:
        return 0, "the same words, but not enough evidence"
    if shared - KNOWN and shared in (ours, theirs):
        return 1, "one name has more words"
    if shared - KNOWN:
        return 2, "some words in common"
    if _short(asked, given) or _short(given, asked):
        return 3, "an acronym"
    if shared:
        return 4, "only words that many names have"
    if _pieces(asked) & _pieces(given):
        return 5, "only pieces of words in common"
    return (6, "an acronym of other words") if _acronym(asked) else (7, "no word in common")


def _pieces(one: Form) -> set[str]:
    return {word[at : at + GRAM] for word in one.words for at in range(len(word) - GRAM + 1)}


def _short(one: Form, other: Form) -> bool:
    return len(one.words) == 1 and one.words[0] in acronyms(other)


def _acronym(one: Form) -> bool:
    return len(one.words) == 1 and len(one.words[0]) <= LONGEST_ACRONYM and one.text.strip().isupper()
