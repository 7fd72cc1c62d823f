"""Loader and JSON Schema accept and refuse the same files, so that an editor and the program never disagree."""

from __future__ import annotations

import copy
import json
import warnings
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

import comity
from comity.charter.read import plain, read
from comity.charter.schema import schema
from comity.kernel.document import parse
from comity.model.institution import Institution

CHARTERS = Path(__file__).parents[1] / "charters"
SHIPPED = Path(str(files("comity.library"))) / "charters"
FILES = [*sorted(CHARTERS.glob("*/*.yaml")), *sorted(SHIPPED.glob("*.yaml"))]


@cache
def validator() -> Draft202012Validator:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = schema()
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_schema_refuses_a_file_exactly_where_the_loader_finds_its_structure_wrong(file: Path):
    text = file.read_text(encoding="utf-8")
    try:
        document = parse(text, file.name)
    except comity.DocumentError:
        return  # no YAML at all: nothing for a schema to see
    try:
        read(text, file.stem, actors=comity.actors())
        stages = set[str]()
    except comity.DocumentError as refused:
        stages = {problem.stage for problem in refused.problems}
    errors = [error.message for error in validator().iter_errors(plain(document.data))]
    assert bool(errors) == ("structure" in stages), (stages, errors)


def loader_accepts(data: Any) -> bool:
    try:
        Institution.model_validate_json(json.dumps(data), strict=True)
    except ValidationError:
        return False
    return True


@cache
def whole(name: str) -> Any:
    return plain(parse((CHARTERS / "good" / f"{name}.yaml").read_text(encoding="utf-8"), name).data)


def paths(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path for part, value in inside for path in [(*here, part), *paths(value, (*here, part))]]


STRANGE: list[Any] = [
    None, True, False, 0, 1, -1, 7, 10**30, "", "x", "A", "FRA", "fra", "Fra", "FRA2", "2/3", "3/2", "-2/3", "0", "00",
    "1.", ".5", "1e3", "55 %", "55%", "55  %", "1/0", "2026-02-06", "2026-02-30", "2026-2-6", "20260206", "2026-W06-5",
    "2026-02-06T00:00:00", "2026-02-06 ", " 2026-02-06", "1769900000", "12 months", "0 days", "1 day", "01 day",
    "5 USD", "5 million USD 2024", "5 usd", "005 USD", "rotating", "any_member", "none", "majority", "weighted",
    "members", "total_weight", [], ["FRA"], [1], [None], [[]], {}, {"en": "x"}, {"en": 1}, {"zh": "x"}, {"kind": "x"},
    {"kind": "majority"}, {"at_least": "2/3"}, {"at_least": None, "more_than": "1/2"}, {"value": "1/2"}, [{"value": "1/2"}],
    [{"value": ["FRA"]}], [{}], ["arrears"], [{"kind": "negative_consensus"}], {"rule": "x"}, {"within": "2 days"}, {"state": "FRA"}, {"constituency": "FRA"}, {"constituency": "AB", "states": ["FRA"]},
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    data = copy.deepcopy(whole(draw(st.sampled_from(["version-1", "every-rule"]))))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths(data)))
        parent = data
        for part in path[:-1]:
            parent = parent[part]
        deed = draw(st.sampled_from(["replace", "replace", "delete", "rename", "add"]))
        if deed == "delete" or (deed == "rename" and not isinstance(parent, dict)):
            del parent[path[-1]]
        elif deed == "rename":
            parent[draw(st.sampled_from(["odd", "Odd", "of", "kind", "title", "from", "__proto__"]))] = parent.pop(
                path[-1]
            )
        elif deed == "add" and isinstance(parent[path[-1]], dict):
            parent[path[-1]][draw(st.sampled_from(["odd", "ODD", "zh", "FRA", "at_least"]))] = copy.deepcopy(
                draw(st.sampled_from(STRANGE))
            )
        else:
            parent[path[-1]] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
        if not data:
            break
    return data


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_loader_and_schema_agree_on_charters_with_random_changes(data: Any):
    errors = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(data)]
    assert loader_accepts(data) == (not errors), errors


def test_the_schema_says_what_each_field_means():
    made = schema()
    lacking = [
        f"{name}.{field}"
        for name, part in {"Institution": made, **made["$defs"]}.items()
        for field, told in part.get("properties", {}).items()
        if "description" not in told and "$ref" not in told
    ]
    assert lacking == []
