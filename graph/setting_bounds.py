"""What the values of settings must be, so that a slip is named at the start and not by a page that fails."""

import math
import re
from collections.abc import Callable
from urllib.parse import urlsplit

_UNFIT = re.compile(r'[\s<>"{}|\\^`\x00-\x1f]')
"""What no IRI holds."""


def web_address(text: str) -> bool:
    """Whether a text is an absolute http IRI with a host that other things can be appended to.

    >>> web_address("https://data.example.org"), web_address("data.example.org"), web_address("https://a.org/#x")
    (True, False, False)
    """
    return _fits(text, ("http", "https")) and not re.search("[?#]", text)


def _fits(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and not _UNFIT.search(text)
    except ValueError:  # brackets of an IPv6 address left open, or a port that is no number
        return False


def _endpoint(text: str) -> bool:
    return not text or _fits(text, ("http", "https", "digest+http", "digest+https"))


def _licence(text: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", text)) and not _UNFIT.search(text)


Bound = tuple[Callable[[str], bool], str]
_ADDRESS: Bound = (
    lambda text: not text or web_address(text),
    "Write it as https://data.example.org, or leave it empty.",
)
_ENDPOINT: Bound = (_endpoint, "Write it as https://host/sparql, or leave it empty.")
_POSITIVE: Bound = (lambda text: 0 < float(text) < math.inf, "Give a number above 0.")

BOUNDS: dict[str, Bound] = {
    "base_iri": (web_address, "Write it as https://data.example.org, without ? and #."),
    "public_url": _ADDRESS,
    "store_url": _ENDPOINT,
    "store_update_url": _ENDPOINT,
    "store_graph_url": _ENDPOINT,
    "licence": (_licence, "Give an IRI, such as https://creativecommons.org/licenses/by/4.0/."),
    "contact": (lambda text: not _UNFIT.search(text), "Give one e-mail address."),
    "language": (lambda text: text in {"id", "en"}, "Write id or en."),
    "currency": (lambda text: bool(re.fullmatch("[A-Z]{3}", text)), "Give three capital letters, such as IDR."),
    "port": (lambda text: 0 <= int(text) <= 65535, "Give a number up to 65535."),
    "workers": (lambda text: int(text) >= 0, "Give a number, or 0 for one process per core."),
    "releases_kept": _POSITIVE,
    "query_seconds": _POSITIVE,
    "query_workers": _POSITIVE,
    "query_memory_mb": _POSITIVE,
    "query_bytes": _POSITIVE,
    "update_bytes": _POSITIVE,
    "query_waiting": (lambda text: int(text) >= 0, "Give a number, or 0 to let none wait."),
    "result_mb": _POSITIVE,
    "write_seconds": _POSITIVE,
    "upload_mb": _POSITIVE,
    "lookup_days": (lambda text: int(text) >= 0, "Give a number of days, or 0 to ask anew each time."),
    "lookup_seconds": _POSITIVE,
    "lookup_mb": _POSITIVE,
}
"""By name of a setting: whether its value, as text, can be used, and what to write instead. Others take any."""
