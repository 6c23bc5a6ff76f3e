"""Maps: on outlines shipped with us; or, where the operator names a server of tiles, on those.

Only then, and only on pages with a map, may the browser ask another host: that one, for images.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import g

from graph.errors import SettingsError
from graph.settings import Settings
from web.pages.blueprint import pages, static
from web.site import site

PLACES = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A server of map images: the address of a tile with ``{z} {x} {y}`` in it, and whom to thank."""

    address: str
    attribution: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a Content-Security-Policy names them."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def tiles(settings: Settings) -> Tiles | None:
    """The tiles of the settings, None when there are to be none. Raises SettingsError for a useless address."""
    address = settings.text("map_tiles")
    if not address:
        return None
    usable = re.fullmatch(r"https?://[\w.-]+(:\d+)?/[^\s\"';,]+", address)
    if not usable or not all(place in address for place in PLACES):
        raise SettingsError(
            f"map_tiles is {address!r}, which is no address of tiles.", "Write it as https://host/{z}/{x}/{y}.png."
        )
    return Tiles(address, settings.text("map_attribution"))


@pages.app_template_global()
def map_of() -> dict[str, str]:
    """What a map on this page is drawn from; the page may then ask the server of tiles, if there is one."""
    found = tiles(site().settings)
    drawn = {"data-outline": static("outline.geojson"), "data-vendor": static("vendor/")}
    if found is None:
        return drawn
    g.images_from = found.origin
    return {**drawn, "data-tiles": found.address}


@pages.app_template_global()
def map_thanks() -> str:
    """Whom to thank for the tiles; empty when the outlines are drawn."""
    found = tiles(site().settings)
    return found.attribution if found else ""
