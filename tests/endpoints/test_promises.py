"""The promises name the limits that are in force."""

from graph.settings import Settings
from web.promises import promises


def test_promises_in_both_languages() -> None:
    settings = Settings(query_seconds=7.5)
    assert "7.5 seconds" in promises(settings, "en")[0]
    assert "7.5 detik" in promises(settings, "id")[0]
    assert len(promises(settings, "en")) == len(promises(settings, "id")) == 8
