"""Writing a charter: an institution as canonical text, and what differs between two, part by part."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from comity.kernel.canonical import plain
from comity.kernel.family import Spec
from comity.kernel.quantity import Duration, Money
from comity.kernel.result import Text
from comity.model.institution import Institution


def write(institution: Institution) -> str:
    """The charter of an institution as YAML: parts in the order of the format, shared weights written out in each rule.

    Reading the text again gives an equal institution.

    Example:
        >>> import comity
        >>> g7 = comity.load("g7")
        >>> comity.read(write(g7), "g7", actors=comity.actors()) == g7
        True
    """
    from ruamel.yaml import YAML

    yaml: Any = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 120
    yaml.representer.ignore_aliases = _always
    text = io.StringIO()
    yaml.dump(_written(institution), text)
    return text.getvalue()


def _always(_value: object) -> bool:
    return True


def differences(old: Institution, new: Institution) -> list[tuple[str, Any, Any]]:
    """What differs between two charters: the path of each part, its old and its new content (None where absent).

    Example:
        >>> import comity
        >>> [path for path, _, _ in differences(comity.load("g7"), comity.load("g7"))]
        []
    """
    before, after = (_flat(plain(each)) for each in (old, new))
    paths = [*before, *(path for path in after if path not in before)]
    return [(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)]


def _written(value: Any) -> Any:
    if isinstance(value, Spec):
        fields = type(value).model_fields
        held = {name: getattr(value, name) for name in fields}  # no more: a digest that was read is kept beside them
        said = {name: each for name, each in held.items() if name == "kind" or each != fields[name].get_default()}
        return {fields[name].alias or name: _written(each) for name, each in said.items()}
    if isinstance(value, Text):
        return {lang: each for lang, each in (("en", value.en), ("zh", value.zh)) if each}
    if isinstance(value, Mapping):
        return {key: _written(each) for key, each in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_written(each) for each in cast("list[Any]", value)]
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return str(value) if isinstance(value, Duration | Money) else value


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {p: v for key, each in parts.items() for p, v in _flat(each, f"{path}.{key}" if path else key).items()}
    return {path: value}
