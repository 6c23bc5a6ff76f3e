"""What was handed over: files, folders, and folders that say in ``jejaring.yaml`` what their files are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError

_ENDINGS = re.compile(
    r"\.(gz|mrc|marc|dat|iso|xml|json|jsonl|csv|tsv|xlsx|ods|ya?ml|ttl|nt|nq|trig|rdf|owl|jsonld|txt)$",
    re.IGNORECASE,
)
_KEYS = {
    "berkas": "file",
    "bentuk": "form",
    "perpustakaan": "library",
    "kode": "codes",
    "sumber": "source",
    "profil": "profile",
    "ditahan": "withheld",
}
NAMES = ("file", "form", "library", "codes", "source", "profile", "withheld")


@dataclass(frozen=True, slots=True)
class Input:
    """A file and what was told about it. ``form`` is empty when it is to be recognised; ``listed`` is whether
    somebody named the file, so that it may not be passed over in silence; ``described`` is whether a
    ``jejaring.yaml`` describes it: if not, what is not told stays as it was when its source was last loaded."""

    path: Path
    form: str = ""
    library: str | None = None
    codes: Path | None = None
    source: str = ""
    profile: str = ""
    withheld: tuple[str, ...] = ()
    listed: bool = True
    described: bool = False

    @property
    def source_id(self) -> str:
        """The id of its source: as told, else made from the file's name."""
        return self.source or source_name(self.path)

    def fingerprint(self) -> str:
        """A digest of the file's bytes."""
        digest = blake2b(digest_size=16)
        with self.path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()


def source_name(path: Path) -> str:
    """``Kota Koha.mrc.gz`` → ``Kota-Koha``."""
    name = path.name
    while (shorter := _ENDINGS.sub("", name)) != name and shorter:
        name = shorter
    return re.sub(r"[^A-Za-z0-9._~-]+", "-", name).strip("-.") or "source"


def collect(paths: Iterable[Path]) -> list[Input]:
    """The files behind paths, in the order they are to be read. Raises InputError for a path that is not there."""
    inputs: list[Input] = []
    for path in paths:
        if path.is_dir():
            listing = path / "jejaring.yaml"
            listed = list(_listed(listing)) if listing.is_file() else []
            inputs += listed or _found(path)
        elif path.is_file():
            inputs.append(Input(path))
        else:
            raise InputError(f"There is no file or folder {path}.", "Check the name.")
    return inputs


def told(inputs: Iterable[Input], library: str | None, profile: str | None) -> list[Input]:
    """The inputs with what was said on the command line, which goes before what a folder says."""
    given = {"library": library, "profile": profile}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value}
    return [replace(item, **changes) for item in inputs]


def _found(folder: Path) -> list[Input]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        Input(path, listed=False)
        for path in files
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _listed(listing: Path) -> Iterator[Input]:
    """The files a ``jejaring.yaml`` names under ``sumber``."""
    try:
        content = yaml.safe_load(listing.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{listing} is not valid YAML: {error}.", "Correct the line named above.") from error
    entries = (content.get("sumber") or content.get("sources") or ()) if isinstance(content, dict) else ()
    if not isinstance(entries, list | tuple):
        raise InputError(f"{listing}: `sumber` is no list.", "Write a line `- {berkas: kota.mrc}` for each file.")
    for number, entry in enumerate(entries, 1):
        yield from _entry(listing, number, entry)


def _entry(listing: Path, number: int, entry: object) -> Iterator[Input]:
    place = f"{listing}, source {number}"
    if not isinstance(entry, dict):
        raise InputError(f"{place} is no list of `name: value`.", "Write {berkas: kota.mrc, bentuk: marc}.")
    values = {_KEYS.get(str(key), str(key)): value for key, value in entry.items()}
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise InputError(f"{place} has {unknown[0]!r}, which is not known.", f"Known are: {', '.join(_KEYS)}.")
    pattern = str(values.get("file", ""))
    start = Path(Path(pattern).anchor) if Path(pattern).anchor else listing.parent
    below = pattern.removeprefix(Path(pattern).anchor)
    paths = sorted(path for path in start.glob(below) if path.is_file()) if below else []
    if not paths:
        raise InputError(f"{place} names {pattern!r}, and there is no such file.", "Correct `berkas`.")
    codes = values.get("codes")
    for path in paths:
        yield Input(
            path,
            form=str(values.get("form") or ""),
            library=values.get("library") and str(values["library"]),
            codes=listing.parent / str(codes) if codes else None,
            source=str(values.get("source") or ""),
            profile=str(values.get("profile") or ""),
            withheld=_several(values.get("withheld")),
            described=True,
        )


def _several(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value or "").split(";")
    return tuple(str(part).strip() for part in parts if str(part).strip())
