"""The JSON schemas of the Reconciliation Service API 0.2, written down from the specification's appendix."""

from typing import Any

import jsonschema

TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
HELD = {"type": "string", "pattern": r".*\{\{id\}\}.*"}


def listed(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def made(required: str = "", **fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": required.split()}


TYPE: dict[str, Any] = made("id name", id=TEXT, name=TEXT, description=TEXT)
TYPE["properties"]["broader"] = listed({"$ref": "#/$defs/type"})
DEFINITIONS = {"type": TYPE}
BRIEF_TYPE = {"oneOf": [made("id", id=TEXT, name=TEXT), TEXT]}
SERVICE = made(
    service_url=TEXT,
    service_path=TEXT,
    flyout_service_url=TEXT,
    flyout_service_path={"type": "string", "pattern": r".*\$\{id\}.*"},
)


def setting(kind: str, default: Any, required: str = "", **more: Any) -> dict[str, Any]:
    known = {"type": {"enum": [kind]}, "default": default, "label": TEXT, "name": TEXT, "help_text": TEXT}
    return made(f"type label name {required}", **known, **more)


SETTING = {
    "oneOf": [
        setting("number", NUMBER),
        setting("text", TEXT),
        setting("checkbox", {"type": "boolean"}),
        setting("select", TEXT, "choices", choices=listed(made("value name", value=TEXT, name=TEXT))),
    ]
}
MANIFEST = made(
    "versions name identifierSpace schemaSpace",
    versions=listed(TEXT, contains={"enum": ["0.2"]}),
    name=TEXT,
    identifierSpace=TEXT,
    schemaSpace=TEXT,
    documentation=TEXT,
    serviceVersion=TEXT,
    logo=TEXT,
    view=made("url", url=HELD),
    feature_view=made("url", url=HELD),
    defaultTypes=listed({"$ref": "#/$defs/type"}, uniqueItems=True),
    suggest=made(entity=SERVICE, property=SERVICE, type=SERVICE),
    preview=made("url width height", url=HELD, width=WHOLE, height=WHOLE),
    extend=made(propose_properties=made(service_url=TEXT, service_path=TEXT), property_settings=listed(SETTING)),
)
FEATURE = made(id=TEXT, value={"oneOf": [{"type": "boolean"}, NUMBER]})
CANDIDATE = made(
    "id name score",
    id=TEXT,
    name=TEXT,
    description=TEXT,
    score=NUMBER,
    features=listed(FEATURE),
    match={"type": "boolean"},
    type=listed(BRIEF_TYPE),
)
RESULTS = {"type": "object", "additionalProperties": made("result", result=listed(CANDIDATE))}
SUGGESTED_ENTITIES = made(
    "result", result=listed(made("id name", id=TEXT, name=TEXT, description=TEXT, notable=listed(BRIEF_TYPE)))
)
SUGGESTED_PROPERTIES = made("result", result=listed(made("id name", id=TEXT, name=TEXT, description=TEXT)))
SUGGESTED_TYPES = made("result", result=listed({"$ref": "#/$defs/type"}))
PROPOSAL = made("properties", properties=SUGGESTED_PROPERTIES["properties"]["result"], type=TEXT, limit=NUMBER)
FLYOUT = made("id html", id=TEXT, html=TEXT)

# The manifest of the 1.0 draft: of each service only that it is there, and settings by id and name.
DRAFT_SETTING = {
    "oneOf": [
        made(
            "type id name" + (" choices" if kind == "select" else ""),
            type={"enum": [kind]}, default=default, id=TEXT, name=TEXT, helpText=TEXT,
            choices=listed(made("value name", value=TEXT, name=TEXT)),
        )
        for kind, default in (
            ("number", NUMBER), ("text", TEXT), ("checkbox", {"type": "boolean"}), ("select", TEXT),
        )
    ]
}  # fmt: skip
THERE = {"type": "boolean"}
DRAFT_MANIFEST = made(
    "versions name view",
    versions=listed(TEXT, contains={"enum": ["1.0-draft"]}),
    name=TEXT,
    documentation=TEXT,
    serviceVersion=TEXT,
    logo=TEXT,
    view=made("url", url={"type": "string", "pattern": r".*\{.*id.*\}.*"}),
    featureView=made("url", url={"type": "string", "pattern": r".*\{.*id.*\}.*"}),
    defaultTypes=listed({"$ref": "#/$defs/type"}, uniqueItems=True),
    suggest=made("entity property type", entity=THERE, property=THERE, type=THERE),
    preview=made("width height", width=WHOLE, height=WHOLE),
    extend=made(proposeProperties=THERE, propertySettings=listed(DRAFT_SETTING)),
    standardizedScore=THERE,
)


def only(required: str, **fields: Any) -> dict[str, Any]:
    return {**made(required, **fields), "additionalProperties": False}


DATE = {"type": "string", "pattern": r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"}
CELL = {
    "oneOf": [
        only(""),
        only("id name", id=TEXT, name=TEXT, description=TEXT),
        only("str", str=TEXT),
        only("float", float=NUMBER),
        only("int", int=WHOLE),
        only("date", date=DATE),
    ]
}
META = listed(
    made("id name", id=TEXT, name=TEXT, type=made("id", id=TEXT, name=TEXT), service={"pattern": "^https?://"})
)
ROWS = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": listed(CELL)}}
EXTENSION = made("rows meta", meta=META, rows=ROWS)
# The 1.0 draft: results in the order of the queries, named features; rows as a list.
NAMED_FEATURE = made("id name value", id=TEXT, name=TEXT, value={"oneOf": [{"type": "boolean"}, NUMBER]})
DRAFT_CANDIDATE = {**CANDIDATE, "properties": {**CANDIDATE["properties"], "features": listed(NAMED_FEATURE)}}
DRAFT_RESULTS = made("results", results=listed(made("candidates", candidates=listed(DRAFT_CANDIDATE))))
DRAFT_ROW = made(id=TEXT, properties=listed(made(id=TEXT, values=listed(CELL))))
DRAFT_EXTENSION = made("rows meta", meta=META, rows=listed(DRAFT_ROW))


def check(content: Any, schema: dict[str, Any]) -> None:
    """Raises when content is not valid."""
    jsonschema.validate(content, {**schema, "$defs": DEFINITIONS})
