"""The files under deploy/ and what a built package holds: checked against the program they speak of."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from graph.settings import SETTINGS
from web.cli import main

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text()


@pytest.mark.parametrize("name", ["Dockerfile", "jejaring.service", "nginx.conf"])
def test_settings_that_are_named_exist(name: str) -> None:
    known = {setting.name for setting in SETTINGS}
    named = {found.lower() for found in re.findall(r"JEJARING_([A-Z_]+)", text(name))}
    named |= set(re.findall(r"\b([a-z]+_(?:url|mb|seconds|proxy))\b", text(name)))
    assert named <= known


@pytest.mark.parametrize("name", ["Dockerfile", "jejaring.service"])
def test_the_verb_that_is_started_exists(name: str) -> None:
    started = re.search(r'(?:ExecStart=\S+/jejaring |CMD \["jejaring", ")(\w+)', text(name))
    assert started is not None
    assert started[1] in main.list_commands(click.Context(main))


def test_the_image_copies_what_there_is() -> None:
    for copied in re.findall(r"^COPY (\S+) ", text("Dockerfile"), re.MULTILINE):
        assert (ROOT / copied).exists()


def test_a_built_package_has_every_file_that_is_read() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    patterns = settings["tool"]["setuptools"]["package-data"]
    for package in ("graph", "ontology", "ingest", "web"):
        given = {file for pattern in patterns.get(package, ()) for file in (ROOT / package).glob(pattern)}
        there = {file for file in (ROOT / package).rglob("*") if file.is_file() and "__pycache__" not in file.parts}
        assert {file for file in there - given if file.suffix != ".py"} == set()


def test_the_modules_to_be_compiled_are_taken(tmp_path: Path) -> None:
    for name in ("graph", "ingest", "ontology"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for name in ("setup.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "setup.py", "--quiet", "--version"]
    given = {"cwd": tmp_path, "env": os.environ | {"JEJARING_COMPILE": "0"}, "capture_output": True, "text": True}
    done = subprocess.run(command, check=False, **given)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ingest.convert.titles" in (tmp_path / "build" / "ops.txt").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "jejaring"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "jejaring.service"
    unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={program}", text("jejaring.service")))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "Unknown" not in done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(shutil.which("nginx") is None, reason="needs nginx")
def test_nginx_reads_the_site(tmp_path: Path) -> None:
    key, certificate = tmp_path / "site.key", tmp_path / "site.pem"
    making = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=data.example.org",
    ]
    subprocess.run([*making, "-keyout", key, "-out", certificate], capture_output=True, check=True)
    site = text("nginx.conf").replace("/etc/ssl/data.example.org.key", str(key))
    (tmp_path / "site.conf").write_text(site.replace("/etc/ssl/data.example.org.pem", str(certificate)))
    whole = f"events {{}}\npid {tmp_path}/pid;\nhttp {{ access_log off; include {tmp_path}/site.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
