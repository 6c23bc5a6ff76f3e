"""The data directory: what only reads, or adds to what is there, does not begin one whose name was mistyped."""

from pathlib import Path

from graph.errors import NotFound


def there(data: Path) -> Path:
    """The data directory. Raises NotFound when there is none."""
    if not data.is_dir():
        raise NotFound(
            f"There is no data directory {data}.",
            "Correct --data or JEJARING_DATA; `jejaring init DIR` and `jejaring load PATH…` begin a new one.",
        )
    return data


def nothing_yet(data: Path) -> NotFound:
    """What to say where there is no release: that nothing was loaded, or that there is no such directory."""
    try:
        return NotFound(f"There is no release in {there(data)} yet.", "`jejaring load PATH…` makes the first one.")
    except NotFound as error:
        return error
