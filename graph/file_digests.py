"""Digests of the files of a release, noted when it is published: a store can be opened and asked for long before a
damaged block of it is met."""

import json
from collections.abc import Iterator
from hashlib import blake2b, file_digest
from pathlib import Path

NAME = "digests.json"
FOLDERS = ("store", "search")
_CHANGING = ("LOCK", "LOG", ".tantivy")
"""How the names of files begin that the store and the search index write while they are only read."""


def note(release: Path, before: Path | None = None) -> None:
    """Write the digests of a release's files beside them. A file that is one with a file of the release before (a
    hard link) keeps what was noted then: it costs no reading, and what has been damaged since is still found."""
    known = (noted(before) if before else None) or {}
    digests = {}
    for name in _files(release):
        same = before is not None and name in known and _is_one(before / name, release / name)
        digests[name] = known[name] if same else _digest(release / name)
    (release / NAME).write_text(json.dumps(digests, indent=1), encoding="utf-8")


def noted(release: Path) -> dict[str, str] | None:
    """The digests by name of file; None for a release that was made before they were noted."""
    try:
        return dict(json.loads((release / NAME).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def altered(release: Path, digests: dict[str, str]) -> list[str]:
    """The files that are not as they were published: with other content, gone, or there in addition."""
    there = set(_files(release))
    other = {name for name in there & digests.keys() if _digest(release / name) != digests[name]}
    return sorted((there ^ digests.keys()) | other)


def _is_one(old: Path, new: Path) -> bool:
    return old.is_file() and old.samefile(new)


def _files(release: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for file in sorted((release / folder).rglob("*")):
            if file.is_file() and not file.name.startswith(_CHANGING):
                yield file.relative_to(release).as_posix()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, lambda: blake2b(digest_size=16)).hexdigest()
