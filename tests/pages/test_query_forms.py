"""Forms of saved queries: what is an entity is chosen by name where there are not too many, and no id made up."""

import pytest


@pytest.mark.parametrize(
    ("query", "parameter", "option"),
    [
        ("cq01-who-can-lend", "me", "wana"),
        ("cq13-requirements", "network", "jpmr"),
        ("partnership-activity", "partnership", "P7"),
    ],
)
def test_entities_are_chosen_by_name(client, query, parameter, option):
    text = client.get(f"/q/{query}?lang=id&{parameter}={option}").text
    chosen = text.partition(f'<select id="p-{parameter}"')[2].partition("</select>")[0]
    assert f'<option value="{option}" selected>' in chosen


def test_an_entity_that_is_typed_suggests_no_id(client):
    text = client.get("/q/cq01-who-can-lend?lang=id").text
    field = text.partition('<input id="p-work"')[2].partition(">")[0]
    assert field
    assert "placeholder" not in field
