"""The JSON Schema of charters, from the same classes that read them."""

from __future__ import annotations

from typing import Any

from comity.model.institution import Institution


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a charter file.

    Example:
        >>> schema()["properties"]["as_of"]["format"]
        'date'
    """
    made = Institution.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "comity-charter-1.json", **made}
