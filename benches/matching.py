"""Matching on gold sets: precision, recall and queue beside a plain baseline; namesakes; scale and speed."""

import random
import resource
import shutil
import statistics
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from time import perf_counter, process_time

from benches._gold_sets import DATA, GoldSet, all_labels, gold_sets
from benches._miss_reasons import Reasons
from graph.matching.candidate import Candidate
from graph.matching.forms import Form, latin
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Found, Matcher
from graph.matching.weighed import Weighed

Tally = Counter[str]
First = tuple[float, bool]
"""The chance of a first candidate, and whether it is right."""
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 0.99)
FIFTH = 5
"""Of how many headings one is asked with its form in the file."""
BINS = (0.01, 0.05, 0.2, 0.5, 0.8, 0.86, 0.95, 0.99, 1.01)
"""Upper ends of the score classes of the calibration table."""


class LeaveOut(Matcher):
    """As if the form that is asked were in no entry."""

    def _compared(self, heading: Heading, kinds: Collection[str], asked: Form, names: Found) -> Iterator[Weighed]:
        kept = {one: names[one] for one in names if self.index.entry(one[0]).every_name()[one[1]] != heading.text}
        return super()._compared(heading, kinds, asked, kept)


def run() -> None:
    if not DATA.is_dir():
        print("needs ../shared")
        return
    folder = Path(tempfile.mkdtemp())
    try:
        scale(folder / "all")
        chances: defaultdict[float, Counter[bool]] = defaultdict(Counter)
        firsts: dict[str, list[First]] = {}
        for gold in gold_sets():
            firsts[gold.name] = measure(gold, folder / "gold", chances)
        calibration(chances)
        cross_validation(firsts)
    finally:
        shutil.rmtree(folder)


def scale(folder: Path) -> None:
    """Indexing and asking of all labels at once."""
    begun, cpu = perf_counter(), process_time()
    index = Index.build(folder, all_labels())
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    labels = sum(len(entry.every_name()) for entry in index)
    print(
        f"{labels:,} labels of {len(index):,} entries indexed in {perf_counter() - begun:.0f} s wall, "
        f"{process_time() - cpu:.0f} s CPU; {memory:.0f} MB of memory, {size:.0f} MB on disk"
    )
    headings = [heading for gold in gold_sets() if not gold.leave_out for heading, _ in gold.asked[::7]]
    matcher = Matcher(index)
    matcher.match(headings[0])
    cpu, begun = process_time(), perf_counter()
    asked = sum(1 for _ in matcher.match_many(headings))
    print(
        f"{asked / (process_time() - cpu):,.0f} headings/s of CPU, {asked / (perf_counter() - begun):,.0f}/s wall"
    )
    times = [_timed(index, heading.text[: 3 + at % 8]) for at, heading in enumerate(headings[:600])]
    print(
        f"suggest: median {statistics.median(times):.1f} ms, 95 % in {sorted(times)[len(times) * 95 // 100]:.0f} ms"
    )


def _timed(index: Index, text: str) -> float:
    begun = perf_counter()
    index.suggest(text)
    return (perf_counter() - begun) * 1000


def measure(gold: GoldSet, folder: Path, chances: defaultdict[float, Counter[bool]]) -> list[First]:
    """One set: per kind, what is called the same, how much of it rightly, what the queue holds and why.

    Returned are the chances of the first candidates, and whether they are right.
    """
    matcher = (LeaveOut if gold.leave_out else Matcher)(Index.build(folder, gold.entries))
    by_kind: defaultdict[str, Tally] = defaultdict(Counter)
    firsts: list[First] = []
    outcomes: list[Tally] = []
    cpu = process_time()
    for heading, right in gold.asked:
        found = matcher.match(heading)
        outcomes.append(_outcome(heading, right, found))
        by_kind[heading.kind or "any"] += outcomes[-1]
        firsts += [(one.score, _is(one, right)) for one in found[:1] if one.part is None]
        for one in found[:3]:
            chances[next(end for end in BINS if one.score < end)][_is(one, right)] += one.part is None
    rate = len(gold.asked) / (process_time() - cpu)
    print(f"\n{gold.name}: {len(gold.asked):,} headings of {len(gold.entries):,} entries, {rate:,.0f}/s")
    for kind, tally in [*sorted(by_kind.items()), ("all", sum(by_kind.values(), Counter()))]:
        print(f"  {kind:14}{_figures(tally)}")
    reasons = Reasons(gold)
    for (heading, right), outcome in zip(gold.asked, outcomes, strict=True):
        if outcome["missed"]:
            reasons.count(heading, right, queued=bool(outcome["queued"]))
    print(*reasons.lines(), sep="\n")
    if gold.leave_out:
        print(_put_back(gold, matcher.index, outcomes))
    print(f"  with half of the entries left out: precision of same {_half(gold, folder):.4f}")
    for name, key in (("exact", _exact), ("token sort", _sorted)):
        print(f"  {'baseline ' + name:24}{_baseline(gold, key)}")
    return firsts


def _put_back(gold: GoldSet, index: Index, outcomes: list[Tally]) -> str:
    """How many wrong ones are names that another entry bears, which leaving the form out has hidden."""
    matcher = Matcher(index)
    wrong = [
        heading
        for (heading, _), outcome in zip(gold.asked, outcomes, strict=True)
        if outcome["same"] > outcome["right"]
    ]
    waiting = sum(all(one.verdict != "same" for one in matcher.match(heading)) for heading in wrong)
    asked = gold.asked[::FIFTH]
    tally = sum((_outcome(heading, iris, matcher.match(heading)) for heading, iris in asked), Counter[str]())
    return f"  asked form put back: {waiting} of {len(wrong)} wrong wait for a person\n{'':16}{_figures(tally)}"


def _half(gold: GoldSet, folder: Path) -> float:
    """Precision of *same* when half of what is asked is not in the authority file."""
    chance = random.Random(7)
    kept = [entry for entry in gold.entries if chance.random() < 0.5]
    matcher = (LeaveOut if gold.leave_out else Matcher)(Index.build(folder, kept))
    tally: Counter[bool] = Counter()
    for heading, right in gold.asked:
        same = next((one for one in matcher.match(heading) if one.verdict == "same" and one.part is None), None)
        if same:
            tally[_is(same, right)] += 1
    return tally[True] / max(sum(tally.values()), 1)


def _outcome(heading: Heading, right: set[str], found: list[Candidate]) -> Tally:
    """*Same* counts by the first candidate so called: of the whole, or of a subdivided heading's first part."""
    head = heading.text.split("--")[0].strip()
    same = next((one for one in found if one.verdict == "same" and one.part in (None, head)), None)
    if same and _is(same, right):
        return Counter(asked=1, same=1, right=1)
    queued = any(_is(one, right) and one.verdict != "no" for one in found[:3])
    return Counter(asked=1, same=int(same is not None), missed=1, queued=int(queued))


def _is(candidate: Candidate, right: set[str]) -> bool:
    return bool({candidate.entry.iri, *candidate.entry.identifiers} & right)


def _figures(tally: Tally) -> str:
    precision, recall = tally["right"] / max(tally["same"], 1), tally["right"] / tally["asked"]
    queue = f"{tally['queued'] / tally['missed']:.3f}" if tally["missed"] else "–"
    return (
        f"{tally['asked']:6} asked  precision of same {precision:.4f}  recall {recall:.4f}  "
        f"queue holds {queue} of {tally['missed']} missed"
    )


def _exact(text: str) -> str:
    return " ".join(latin(text))


def _sorted(text: str) -> str:
    return " ".join(sorted(latin(text)))


def _baseline(gold: GoldSet, key: Callable[[str], str]) -> str:
    """What a table of names would find: the same where the key leads to one entry only."""
    table: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for at, entry in enumerate(gold.entries):
        for name in entry.every_name():
            table[key(name)].add((at, name))
    same = right = 0
    for heading, iris in gold.asked:
        found = {at for at, name in table[key(heading.text)] if not gold.leave_out or name != heading.text}
        if len(found) == 1:
            entry = gold.entries[found.pop()]
            same += 1
            right += bool({entry.iri, *entry.identifiers} & iris)
    return f"precision {right / max(same, 1):.4f}  recall {right / len(gold.asked):.4f}"


def calibration(chances: defaultdict[float, Counter[bool]]) -> None:
    """How often candidates of a score were right, over all sets."""
    print("\nscore below   candidates   right")
    for end in BINS:
        many = sum(chances[end].values())
        if many:
            print(f"{end:11.2f}{many:13,}{chances[end][True] / many:8.3f}")


def cross_validation(firsts: dict[str, list[First]]) -> None:
    """The threshold that the other sets call for, and what it does to the set that had no say in it; halves too."""
    print("\nthreshold of the others   precision, share   set left out")
    for name, told in firsts.items():
        _held_out([one for other, ones in firsts.items() if other != name for one in ones], told, name)
    every = [one for ones in firsts.values() for one in ones]
    random.Random(7).shuffle(every)
    middle = len(every) // 2
    _held_out(every[:middle], every[middle:], "one half of all, drawn by lot")
    _held_out(every[middle:], every[:middle], "the other half")


def _held_out(others: list[First], told: list[First], name: str) -> None:
    chosen = next((each for each in THRESHOLDS if _precision(others, each) >= 0.99), THRESHOLDS[-1])
    share = sum(score >= chosen for score, _ in told) / max(len(told), 1)
    print(f"{chosen:23.2f}   {_precision(told, chosen):9.4f}, {share:5.3f}   {name}")


def _precision(firsts: list[First], threshold: float) -> float:
    taken = [right for score, right in firsts if score >= threshold]
    return sum(taken) / max(len(taken), 1)
