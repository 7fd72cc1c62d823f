"""Values of the law as plain JSON and back, by their declared types: snapshots never hold anything executable."""

from __future__ import annotations

import dataclasses
import datetime
import types
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from immutables import Map

from comity.kernel.family import Spec

Way = Callable[[Any], Any]


def frozen(value: Any, sort: Any) -> Any:
    """A value as plain JSON.

    Args:
        value: the value.
        sort: its type: a dataclass, a persistent map, a tuple, a Spec, a date, an exact number, text.

    Raises:
        TypeError: for a type that has no plain form.

    Example:
        >>> frozen((datetime.date(2026, 2, 6), "member"), tuple[datetime.date, str])
        ['2026-02-06', 'member']
    """
    return _ways(sort)[0](value)


def thawed(plain: Any, sort: Any) -> Any:
    """The value that plain JSON holds.

    Raises:
        TypeError, ValueError, KeyError: for what does not fit the type.

    Example:
        >>> thawed(frozen(Map({"a": Fraction(1, 3)}), Map[str, Fraction]), Map[str, Fraction])["a"]
        Fraction(1, 3)
    """
    return _ways(sort)[1](plain)


@cache
def _ways(sort: Any) -> tuple[Way, Way]:
    """How values of a type are written, and how they are read."""
    simple = _SIMPLE.get(sort)
    if simple is not None:
        return simple
    origin = get_origin(sort)
    if origin is Literal:
        return _same, _same
    if origin in {Union, types.UnionType}:
        return _either(sort)
    if origin is not None:
        return _container(sort, origin)
    if dataclasses.is_dataclass(sort):
        return _record(sort)
    if isinstance(sort, type) and issubclass(sort, Spec):
        return _said, lambda plain: _read(sort, plain)
    raise TypeError(f"{sort} has no plain form.")


def _same(value: Any) -> Any:
    return value


def _said(value: Spec) -> list[Any]:
    """What a Spec says, and what it holds beside: the name that an institution goes by."""
    return [value.model_dump(mode="json", by_alias=True), value.__pydantic_private__ or {}]


def _read(sort: type[Spec], plain: Any) -> Spec:
    said, beside = plain
    made = sort.model_validate(said)
    for name, held in beside.items():
        setattr(made, name, held)
    return made


_SIMPLE: dict[Any, tuple[Way, Way]] = {
    str: (_same, _same),
    int: (_same, _same),
    bool: (_same, _same),
    type(None): (_same, _same),
    None: (_same, _same),
    Fraction: (str, Fraction),
    datetime.date: (datetime.date.isoformat, datetime.date.fromisoformat),
    datetime.datetime: (datetime.datetime.isoformat, datetime.datetime.fromisoformat),
}


def _either(sort: Any) -> tuple[Way, Way]:
    """One of several types: by far most often a value or nothing."""
    sorts = [each for each in get_args(sort) if each is not type(None)]
    if len(sorts) == 1:
        write, read = _ways(sorts[0])
        return (
            lambda value: None if value is None else write(value),
            lambda plain: None if plain is None else read(plain),
        )
    if set(sorts) == {datetime.date, datetime.datetime}:
        return (lambda value: value.isoformat()), _moment
    raise TypeError(f"{sort} has no plain form.")


def _moment(plain: str) -> datetime.date | datetime.datetime:
    return (datetime.datetime if "T" in plain else datetime.date).fromisoformat(plain)


def _container(sort: Any, origin: Any) -> tuple[Way, Way]:
    inner = get_args(sort)
    if origin is tuple and inner[-1] is not Ellipsis:
        each = [_ways(part) for part in inner]
        return (
            lambda value: [way(part) for (way, _), part in zip(each, value, strict=True)],
            lambda plain: tuple([way(part) for (_, way), part in zip(each, plain, strict=True)]),
        )
    if origin in {tuple, frozenset}:
        write, read = _ways(inner[0])
        if origin is frozenset:
            return (lambda value: sorted(map(write, value))), (lambda plain: frozenset(map(read, plain)))
        return (lambda value: list(map(write, value))), (lambda plain: tuple(map(read, plain)))
    if origin in {Map, Mapping, dict}:
        (key, unkey), (write, read) = map(_ways, inner)
        return (
            lambda value: sorted([key(name), write(part)] for name, part in value.items()),
            lambda plain: Map([(unkey(name), read(part)) for name, part in plain]),
        )
    raise TypeError(f"{sort} has no plain form.")


def _record(sort: Any) -> tuple[Way, Way]:
    """A dataclass: only the fields that differ from their default are written."""
    hints = get_type_hints(sort)
    fields = [(each.name, *_ways(hints[each.name]), _default(each)) for each in dataclasses.fields(sort)]
    readers = {name: read for name, _, read, _ in fields}

    def write(value: Any) -> Any:
        held = {name: (getattr(value, name), way, default) for name, way, _, default in fields}
        return {name: way(part) for name, (part, way, default) in held.items() if part != default}

    def read(plain: Any) -> Any:
        return sort(**{name: readers[name](part) for name, part in plain.items()})

    return write, read


def _default(field: Any) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
