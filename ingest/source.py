"""A source: one library's (or one union's) stream of records, and what we were told about it.

Converting a record is a pure function of the record and its source; ``Source.fingerprint`` tells when the
second half of that changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.names import digest
from ingest.code_map import CodeMap


@dataclass(frozen=True)
class Source:
    """What the converter knows of where a record comes from. Plain data, so it can be sent to other processes.

    ``id`` names the source in IRIs and in the archive (``kota``). ``library`` is the organisation that holds
    items whose record names no (known) holder, None for a union catalogue. ``profile`` names a file of
    ``ontology/profiles`` (``koha``); empty means: recognised by the fields present. ``code_map`` translates
    local item codes. ``libraries`` maps library codes (branch, ISIL, NPP, MARC organisation code), lower-cased,
    to organisation ids or, for organisations named elsewhere, IRIs; see ``ingest.items.holders.library_codes``.
    ``packages`` maps barcodes to ids of rotation packages. ``withheld`` names parts of items that this source
    does not publish (``price``, ``note``, ``acquisition``).
    """

    id: str
    library: str | None = None
    profile: str = ""
    code_map: CodeMap | None = None
    libraries: Mapping[str, str] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    def holder(self, code: str) -> str | None:
        """The organisation id (or IRI) behind a library code, upper and lower case being equal; None if unknown."""
        return self.libraries.get(code.strip().casefold())

    @property
    def fingerprint(self) -> str:
        """A digest of everything that can change what a record of this source is converted to."""
        codes = self.code_map.lines() if self.code_map else ()
        pairs = [*self.libraries.items(), *self.packages.items()]
        return digest(
            self.id,
            self.library or "",
            self.profile,
            *codes,
            *(f"{key}={value}" for key, value in sorted(pairs)),
            *sorted(self.withheld),
        )
