from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.settings import SETTINGS, Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_iri", "data.example.org"), ("base_iri", "https://data.example.org/#"), ("base_iri", "https://a b"),
        ("base_iri", ""), ("licence", "CC BY"), ("licence", "CC0"), ("contact", "Perpustakaan <a@b.example>"),
        ("language", "de"), ("currency", "rupiah"), ("port", "80000"), ("port", "http"), ("port", "8000.5"),
        ("query_seconds", "-3"), ("query_seconds", "nan"), ("query_seconds", "inf"), ("query_workers", "0"),
        ("releases_kept", "0"), ("store_url", "localhost:7200"), ("store_url", "http://[::1/sparql"),
        ("public_url", "perpus.example"), ("access_log", "mungkin"),
    ],
)  # fmt: skip
def test_a_useless_value_is_named_with_its_origin(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"JEJARING_{name.upper()}", value)
    with pytest.raises(SettingsError, match=rf"'{name}' \(environment\)"):
        Settings()


def test_defaults_are_within_their_bounds() -> None:
    assert dict(Settings().with_flags(**{setting.name: setting.default for setting in SETTINGS}))


@pytest.mark.parametrize("word", ["on", "ya", "True", "1", "yes"])
def test_words_for_yes(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJARING_ONLINE", word)
    assert Settings()["online"] is True


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"query_second: 3", "Did you mean query_seconds?"), (b"title: Perpustakaan \xe9", "not in UTF-8"),
        (b"title: [", "not valid YAML"), (b"- title", "name: value"), (b"port: .inf", "no int"),
        (b"port: 8000.5", "no int"),
    ],
)  # fmt: skip
def test_slips_in_the_file_are_named(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "jejaring.yaml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        Settings(data=str(tmp_path))
    assert said in str(caught.value)


def test_a_setting_left_empty_in_the_file_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "jejaring.yaml").write_text("title:\nport: 8001\nsumber: []\n", "utf-8")
    settings = Settings(data=str(tmp_path))
    assert (settings["title"], settings["port"]) == ("Jejaring", 8001)
