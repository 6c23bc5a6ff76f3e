"""Tokens: hashed, scoped, expiring, rotated and revoked without a restart."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask, request

from graph.errors import InputError, NotFound
from web.cli import main
from web.credentials import Credentials
from web.failures import Refused


def allowed(credentials: Credentials, secret: str, scope: str = "update", **headers: str) -> str:
    with Flask("test").test_request_context(headers={"Authorization": f"Bearer {secret}", **headers}):
        return credentials.require(request, scope).name


def test_a_token_is_kept_hashed_and_private(tmp_path: Path) -> None:
    token, secret = Credentials(tmp_path).make("desk", ("update",))
    file = tmp_path / "tokens.json"
    assert secret not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert allowed(Credentials(tmp_path), secret) == token.name


def test_a_token_is_for_its_scope(tmp_path: Path) -> None:
    _, secret = Credentials(tmp_path).make("desk", ("graph-store",))
    with pytest.raises(Refused) as refused:
        allowed(Credentials(tmp_path), secret)
    assert refused.value.status == 403
    with pytest.raises(InputError):
        Credentials(tmp_path).make("desk", ("everything",))


def test_rotation_and_revocation_reach_a_running_server(tmp_path: Path) -> None:
    serving, operator = Credentials(tmp_path), Credentials(tmp_path)
    token, old = operator.make("desk", ("update",))
    assert allowed(serving, old)
    _, fresh = operator.rotate(token.id)
    assert allowed(serving, fresh)
    with pytest.raises(Refused):
        allowed(serving, old)
    operator.revoke("desk")
    with pytest.raises(Refused):
        allowed(serving, fresh)
    with pytest.raises(NotFound):
        operator.revoke("desk")


def test_a_token_expires(tmp_path: Path) -> None:
    credentials = Credentials(tmp_path)
    _, secret = credentials.make("desk", ("update",), days=1)
    assert allowed(credentials, secret)
    entries = json.loads(credentials.file.read_text())
    entries[0]["expires"] = "2020-01-01T00:00:00+00:00"
    credentials.file.write_text(json.dumps(entries))
    with pytest.raises(Refused):
        allowed(Credentials(tmp_path), secret)


def test_another_sites_page_is_refused(tmp_path: Path) -> None:
    _, secret = Credentials(tmp_path).make("desk", ("update",))
    with pytest.raises(Refused):
        allowed(Credentials(tmp_path), secret, **{"Sec-Fetch-Site": "cross-site"})


def test_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["--data", str(tmp_path), "token", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    secret = json.loads(run("new", "desk", "--scope", "update", "--days", "3"))["secret"]
    assert allowed(Credentials(tmp_path), secret) == "desk"
    listed = json.loads(run("list"))
    assert [entry["name"] for entry in listed] == ["desk"]
    assert "hash" not in listed[0]
    fresh = json.loads(run("rotate", "desk"))["secret"]
    assert allowed(Credentials(tmp_path), fresh)
    run("revoke", listed[0]["id"])
    assert json.loads(run("list")) == []
