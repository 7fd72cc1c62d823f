"""The JSON Schema of charters, from the same classes that read them."""

from __future__ import annotations

from typing import Any

from comity.kernel.document import listing, mapping
from comity.model.institution import Institution


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a charter file: it refuses what the loader refuses for its structure.

    Example:
        >>> schema()["properties"]["as_of"]["format"]
        'date'
    """
    made = Institution.model_json_schema(by_alias=True, mode="validation")
    _close(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "comity-charter-1.json", **made}


def _close(node: Any) -> None:
    """Ask for the kind wherever kinds differ, and refuse names that match no pattern."""
    parts = mapping(node)
    for each in parts.values() if parts is not None else listing(node) or []:
        _close(each)
    if parts is None:
        return
    if "patternProperties" in parts:
        parts.setdefault("additionalProperties", False)
    fields = mapping(parts.get("properties")) or {}
    if "const" in (mapping(fields.get("kind")) or {}):
        parts["required"] = sorted({"kind", *(listing(parts.get("required")) or [])})
