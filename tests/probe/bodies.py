"""A body for every operation, made from the API's own document, so that no probe fails at the door."""

from typing import Any

# Where the document alone does not say enough for a body that gets past validation.
BY_OPERATION: dict[tuple[str, str], Any] = {
    ("POST", "/api/contracts/<uuid:contract_id>/notices"): {
        "language": "en",
        "format": "standard",
        "title": "What we keep",
        "body": "We keep a record.",
    },
    ("POST", "/api/calibrations"): {
        "instrument_id": "01a20000-0000-7000-8000-0000000000ff",
        "rater": "worker",
        "language": "en",
        "ladders": ["skills"],
        "source": "provisional",
        "sd": "1.5",
        "r": "0.5",
        "r_lower": "0.5",
        "reference": "Careful until there are data",
        "valid_from": "2025-02-03",
    },
    ("POST", "/api/calibrations/routine"): {
        "instrument_id": "01a20000-0000-7000-8000-0000000000ff",
        "rater": "worker",
        "language": "en",
    },
    ("POST", "/api/sync/batches"): {"items": []},
    ("POST", "/api/claims"): {"contract_id": "{contract_id}", "month": "2025-03-01"},
    ("POST", "/api/claims/<uuid:claim_id>/lines"): {"entitlement_ids": "all"},
}

BY_NAME: dict[str, Any] = {
    "accepted": True,
    "code": "NEW",
    "contract_id": "{contract_id}",
    "enrolment_id": "{enrolment_id}",
    "month": "2025-03-01",
    "occurred_on": "2025-02-03",
    "starts_on": "2025-04-01",
    "ends_on": "2028-03-31",
    "email": "somebody@example.org",
    "roles": ["worker"],
    "password": "seven quiet herons",
}

# Bodies that are no JSON, with the media type they are sent as.
BY_MEDIA_TYPE: dict[str, tuple[bytes, str]] = {
    "text/csv": (b"reference,given name,family name\r\nR1,Dean,Marsh\r\n", "text/csv"),
    "application/octet-stream": (b"bytes", "application/octet-stream"),
}

BY_FORMAT: dict[str, Any] = {
    "uuid": "01a20000-0000-7000-8000-0000000000ff",
    "date": "2025-02-03",
    "date-time": "2025-02-03T12:00:00+00:00",
    "email": "somebody@example.org",
}


def body_for(document: dict[str, Any], method: str, rule: str, operation: dict[str, Any]) -> Any:
    """Return a body that an operation takes; None where it takes none."""
    if (method, rule) in BY_OPERATION:
        return BY_OPERATION[method, rule]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return next((BY_MEDIA_TYPE[media] for media in content if media in BY_MEDIA_TYPE), None)
    return example(document, content["application/json"]["schema"])


def query_for(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """Return the query parameters that an operation wants."""
    return {
        one["name"]: example(document, one["schema"], one["name"])
        for one in operation.get("parameters", ())
        if one.get("in") == "query" and one.get("required")
    }


def example(document: dict[str, Any], schema: dict[str, Any], name: str = "") -> Any:
    """Return the smallest value that a schema takes."""
    if "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return example(document, target, name)
    if name in BY_NAME:
        return BY_NAME[name]
    if schema.get("enum"):
        return schema["enum"][0]
    for alternatives in ("anyOf", "oneOf", "allOf"):
        if schema.get(alternatives):
            return example(document, schema[alternatives][0], name)
    kinds = schema.get("type")
    kind = next((one for one in kinds if one != "null"), "null") if isinstance(kinds, list) else kinds
    return _of_kind(document, schema, kind)


def _of_kind(document: dict[str, Any], schema: dict[str, Any], kind: str | None) -> Any:
    if kind == "object" or "properties" in schema:
        needed = schema.get("required", [])
        return {field: example(document, schema["properties"][field], field) for field in needed}
    if kind == "array":
        return [example(document, schema.get("items", {}))] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 1)
    if kind == "boolean":
        return False
    if schema.get("format") in BY_FORMAT:
        return BY_FORMAT[schema["format"]]
    return "x" * max(1, schema.get("minLength", 1))
