"""The settings: one declared table, read from flags, then the environment, then ``jejaring.yaml``.

The table below is the only place where a setting is born; ``jejaring settings``, ``/about`` and
``docs/settings.md`` show it, and a test compares them.
"""

import os
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from graph.errors import SettingsError
from graph.setting_bounds import BOUNDS

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; the type of ``default`` is the type of the setting."""

    name: str
    default: Value
    sentence: str


SETTINGS: tuple[Setting, ...] = (
    Setting("data", "data", "Directory that holds the store, the archive, the releases and jejaring.yaml."),
    Setting("base_iri", "https://data.jejaring.example", "Start of every IRI we mint; entities are below /id/."),
    Setting("store_url", "", "SPARQL 1.1 endpoint that loads keep up to date and verbs ask; empty means none."),
    Setting("store_update_url", "", "Address for updates of that endpoint; empty means the same as store_url."),
    Setting("store_graph_url", "", "Address of that endpoint's graph store; empty means it has none."),
    Setting("host", "127.0.0.1", "Address the web server listens on."),
    Setting("port", 8000, "Port the web server listens on."),
    Setting("public_url", "", "Address under which people reach the server; empty means http://host:port."),
    Setting("title", "Jejaring", "Name of the dataset in its description and feeds."),
    Setting("contact", "", "E-mail address of those who run this server; shown in descriptions and to harvesters."),
    Setting("licence", "https://creativecommons.org/publicdomain/zero/1.0/", "IRI of the licence of the data."),
    Setting("language", "id", "Language of pages when the reader asks for none: id or en."),
    Setting("currency", "IDR", "Currency (ISO 4217) of amounts for which the terms state none."),
    Setting("releases_kept", 3, "How many published releases stay on disk, the current one included."),
    Setting("workers", 0, "Processes that convert records; 0 means one per core."),
    Setting("query_seconds", 15.0, "Seconds a SPARQL query may take before it is stopped."),
    Setting("query_workers", 4, "Child processes that answer SPARQL queries; half may be busy with long ones."),
    Setting("query_memory_mb", 2048, "Memory in MiB a SPARQL child process may use."),
    Setting("query_bytes", 262144, "Longest SPARQL text in bytes that is accepted."),
    Setting("update_bytes", 1048576, "Longest SPARQL update in bytes that is accepted."),
    Setting("query_waiting", 64, "SPARQL requests that may wait for a free child; more are refused with 503."),
    Setting("result_mb", 512, "Size in MiB at which the result of a SPARQL query is cut off."),
    Setting("write_seconds", 120.0, "Seconds a SPARQL update or a graph-store write may take."),
    Setting("upload_mb", 32, "Largest graph-store upload in MiB, also after decompression."),
    Setting("dumps", True, "Make the files for bulk use half a minute after a release is published."),
    Setting("access_log", True, "Write one line per request to standard error."),
    Setting("online", False, "Whether look-ups may ask services on the network; off, only kept answers are used."),
    Setting("lookup_days", 30, "Days for which an answer of a service is kept as fresh."),
    Setting("lookup_seconds", 15.0, "Seconds a service may take to answer a look-up."),
    Setting("lookup_mb", 4, "Largest answer of a service in MiB that is taken."),
    Setting("map_tiles", "", "Address of map tiles: https://host/{z}/{x}/{y}.png; empty draws shipped outlines."),
    Setting("map_attribution", "", "Whom to thank for the map tiles; shown below each map, addresses as links."),
    Setting("trusted_proxy", "", "Address of the reverse proxy whose X-Forwarded headers are believed."),
)


class Settings(Mapping[str, Value]):
    """The values in force, and where each came from (``origin``)."""

    def __init__(self, **flags: Value | None) -> None:
        """Flags that are None count as not given. Raises SettingsError for an unknown name or bad value."""
        self._values: dict[str, Value] = {s.name: s.default for s in SETTINGS}
        self.origin: dict[str, str] = {s.name: "default" for s in SETTINGS}
        environment = {s.name: os.environ.get(f"JEJARING_{s.name.upper()}") for s in SETTINGS}
        data = flags.get("data") or environment["data"] or self._values["data"]
        file = Path(str(data)) / "jejaring.yaml"
        self._take(_from_file(file), str(file))
        self._take({k: v for k, v in environment.items() if v is not None}, "environment")
        self._take({k: v for k, v in flags.items() if v is not None}, "flag")

    def _take(self, given: Mapping[str, Any], origin: str) -> None:
        for name, value in given.items():
            if name not in self._values:
                raise _unknown(name, origin)
            self._values[name] = _typed(name, value, self._values[name], origin)
            self.origin[name] = origin

    def with_flags(self, **flags: Value | None) -> "Settings":
        """These settings with some given on the command line; those that are None stay as they are."""
        changed = copy(self)
        changed._values, changed.origin = dict(self._values), dict(self.origin)
        changed._take({k: v for k, v in flags.items() if v is not None}, "flag")
        return changed

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """The value as text."""
        return str(self._values[name])

    def number(self, name: str) -> int:
        """The value as a whole number."""
        return int(self._values[name])

    def seconds(self, name: str) -> float:
        """The value as a number of seconds."""
        return float(self._values[name])

    @property
    def data(self) -> Path:
        """The data directory."""
        return Path(self.text("data"))

    @property
    def base_iri(self) -> str:
        """Start of the IRIs we mint, without a slash at the end."""
        return self.text("base_iri").rstrip("/")


_YAML_ALIASES = {"dasar_iri": "base_iri", "bahasa": "language"}
_YAML_OTHER = {"sumber", "sources"}


_WORDS = {True: {"1", "yes", "y", "ya", "true", "on"}, False: {"0", "no", "n", "tidak", "false", "off"}}


def _from_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise SettingsError(f"{file} is not valid YAML: {error}.", "Correct the line named above.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not in UTF-8: {error}.", "Save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error}.", "Give your user the right to read it.") from error
    if not isinstance(content, dict):
        raise SettingsError(f"{file} must hold lines of the form `name: value`.")
    given = {_YAML_ALIASES.get(str(k), str(k)): v for k, v in content.items() if k not in _YAML_OTHER}
    return {name: value for name, value in given.items() if value is not None}


def _unknown(name: str, origin: str) -> SettingsError:
    near = get_close_matches(name, [setting.name for setting in SETTINGS], 1)
    remedy = f"Did you mean {near[0]}?" if near else "`jejaring settings` lists the settings there are."
    return SettingsError(f"Unknown setting {name!r} ({origin}).", remedy)


def _typed(name: str, value: Any, like: Value, origin: str) -> Value:
    try:
        typed = _yes_or_no(value) if isinstance(like, bool) else type(like)(value)
        if isinstance(value, float) and typed != value:
            raise ValueError
    except (TypeError, ValueError, OverflowError) as error:
        raise SettingsError(
            f"Setting {name!r} ({origin}) is {value!r}, which is no {type(like).__name__}."
        ) from error
    fits, remedy = BOUNDS.get(name, (None, ""))
    if fits and not fits(str(typed)):
        raise SettingsError(f"Setting {name!r} ({origin}) is {value!r}, which cannot be used.", remedy)
    return typed


def _yes_or_no(value: Any) -> bool:
    for meaning, words in _WORDS.items():
        if str(value).strip().lower() in words:
            return meaning
    raise ValueError
