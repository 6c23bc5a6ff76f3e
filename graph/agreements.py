"""Agreements in time: status words at a date, and the days to remember as calendar and feed."""

from datetime import date
from hashlib import blake2b

from graph import almanac
from graph.almanac import Day, News
from graph.dates import date_of
from graph.network import Network
from graph.queries import Row


def statuses(network: Network, on: str | date | None = None, language: str = "id") -> dict[str, str]:
    """The status word of every agreement and offer by IRI: rancangan, akan berlaku, berlaku, segera berakhir,
    diperpanjang otomatis, berakhir or diakhiri (DESIGN 5)."""
    return {
        str(row["policy"]): str(row["status"]) for row in network.ask("agreement-status", on, lang=language).rows
    }


def events(network: Network, on: str | date | None = None, language: str = "id") -> list[Row]:
    """The days to remember in the year from a day on: date, agreement, label, event."""
    return network.ask("agreement-dates", on, lang=language).rows


def icalendar(rows: list[Row], made: date) -> str:
    """The days as all-day events."""
    return almanac.icalendar(
        (
            Day(_identifier(row), date_of(row["date"]), date_of(row["date"]), _title(row), str(row["agreement"]))
            for row in rows
        ),
        made,
    )


def atom(rows: list[Row], address: str, made: date, title: str = "Kalender perjanjian") -> bytes:
    """The days as a feed; ``address`` is the feed's own IRI, ``made`` the day of the release it speaks of."""
    news = (
        News(
            f"{row['agreement']}#{_identifier(row)}",
            f"{date_of(row['date'])} {_title(row)}",
            made,
            str(row["agreement"]),
            _title(row),
        )
        for row in rows
    )
    return almanac.feed(news, address, title, "Jejaring", made)


def _title(row: Row) -> str:
    return f"{row['label']}: {row['event']}"


def _identifier(row: Row) -> str:
    content = f"{row['agreement']} {row['date']} {row['event']}".encode()
    return blake2b(content, digest_size=8).hexdigest()
