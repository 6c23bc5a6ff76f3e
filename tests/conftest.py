"""Fixtures shared by all tests."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None)  # time is measured in benches; a busy machine fails no test
settings.load_profile("project")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of borrowed data beside the project; tests that need it are skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder
