"""Where readers read: the current release on this machine, or the endpoint that mirrors it."""

from pathlib import Path

import pyoxigraph as ox

from graph.releases import Release, Releases
from graph.remote_store import RemoteStore
from graph.settings import Settings
from graph.store import Store

MIRRORED = "mirrored"
"""File in the data directory with the number of the release the endpoint holds."""


def remote(settings: Settings) -> RemoteStore | None:
    """The endpoint of the settings; None when the embedded store serves."""
    if not settings.text("store_url"):
        return None
    query, update, graphs = map(settings.text, ("store_url", "store_update_url", "store_graph_url"))
    return RemoteStore(query, update, graphs, settings.seconds("query_seconds"))


def published(settings: Settings) -> Store:
    """The store that pages and saved queries ask. Raises NotFound when nothing was published yet."""
    return remote(settings) or Releases(settings.data).current().store


def mirror(settings: Settings) -> int:
    """Bring the endpoint to the current release; how many statements were sent. Only differences are sent when
    the release that the endpoint holds is still on disk, else everything. Raises StoreError, QueryError."""
    endpoint = remote(settings)
    if endpoint is None:
        return 0
    releases = Releases(settings.data)
    new = releases.current()
    old = _mirrored(settings.data, releases)
    sent = 0
    if old is None:
        endpoint.update("CLEAR ALL")
    for graph in sorted(_graphs(new) | (_graphs(old) if old else set())):
        name = graph or None
        leaving = _only_in(old, new, name) if old else []
        coming = _only_in(new, old, name)
        endpoint.remove_lines(leaving, name)
        endpoint.load_lines(coming, name)
        sent += len(leaving) + len(coming)
    (settings.data / MIRRORED).write_text(str(new.number), encoding="utf-8")
    return sent


def _mirrored(data: Path, releases: Releases) -> Release | None:
    try:
        number = int((data / MIRRORED).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return next((release for release in releases.all() if release.number == number), None)


def _graphs(release: Release) -> set[str]:
    """The names of the graphs; the default graph is the empty one."""
    return {"", *(graph.value for graph in release.store.store.named_graphs())}


def _only_in(one: Release, other: Release | None, graph: str | None) -> list[str]:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    there = other.store.store if other else None
    quads = one.store.store.quads_for_pattern(None, None, None, name)
    return [f"{quad.triple} ." for quad in quads if there is None or quad not in there]
