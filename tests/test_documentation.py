"""Every public promise is in the docs: settings, verbs, saved queries, and links that lead somewhere."""

import re
from pathlib import Path

import click
import pytest

from graph.settings import SETTINGS
from web.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
VERBS = main.list_commands(click.Context(main))
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented(setting):
    line = next(x for x in (DOCS / "settings.md").read_text("utf-8").splitlines() if f"`{setting.name}`" in x)
    assert f"`{setting.default}`" in line or (setting.default == "" and "empty" in line)


@pytest.mark.parametrize("verb", VERBS)
def test_verb_has_help_example_and_documentation(verb):
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    text = (DOCS / "cli.md").read_text("utf-8")
    assert re.search(rf"^#+ .*`?{re.escape(verb)}\b", text, re.MULTILINE), f"no heading for {verb} in docs/cli.md"
    if not isinstance(command, click.Group):
        assert "Example" in (command.help or "")


@pytest.mark.parametrize("query", sorted((ROOT / "ontology/queries").glob("*.rq")), ids=lambda path: path.stem)
def test_saved_query_is_documented(query: Path):
    assert query.stem in (DOCS / "queries.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(page: Path):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_no_path_of_one_machine_in_the_docs():
    assert [page.name for page in PAGES if re.search(r"/(home|root|Users)/\w", page.read_text("utf-8"))] == []
