"""Nearness: libraries by their distance from one of them."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from graph.names import SPARQL_PREFIXES
from graph.store import Store

EARTH_KM = 6371.0
Position = tuple[float, float]
"""Latitude and longitude in degrees."""
_POSITIONS = """SELECT ?one ?lat ?lon WHERE { ?one a org:Organization ; schema:geo ?geo .
  ?geo schema:latitude ?lat ; schema:longitude ?lon }"""


def positions(store: Store) -> dict[str, Position]:
    """The position of each organisation that has one."""
    rows = store.select(SPARQL_PREFIXES + _POSITIONS)
    return {
        one.value: (float(lat.value), float(lon.value))
        for row in rows if (one := row["one"]) and (lat := row["lat"]) and (lon := row["lon"])
    }  # fmt: skip


def distance(one: Position, other: Position) -> float:
    """Kilometres over the ground (haversine).

    >>> round(distance((-6.2, 106.8), (-7.25, 112.75)))
    667
    """
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def from_library(known: Mapping[str, Position], library: str) -> dict[str, float]:
    """Kilometres from a library to each with a position, the nearest first; nothing when it has none itself."""
    if library not in known:
        return {}
    here = known[library]
    return dict(sorted(((one, distance(here, there)) for one, there in known.items()), key=lambda pair: pair[1]))
