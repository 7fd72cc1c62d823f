"""Which class describes a part of a file: the fields it may have, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from comity.kernel.family import Family, Spec, kind_of


def fields_of(described: type[Any]) -> dict[str, Any]:
    """The fields of a described class by the names that a file uses.

    Example:
        >>> from comity.model.threshold import Quorum
        >>> sorted(fields_of(Quorum))
        ['also', 'decide', 'of', 'open']
    """
    fields = cast("Mapping[str, Any]", getattr(described, "__pydantic_fields__", {}))
    return {field.alias or name: field for name, field in fields.items()}


def described_at(root: type[Spec], location: Sequence[str | int]) -> list[type[Any]]:
    """The classes that may describe the part of a file at a location of pydantic, the tags of unions included.

    Example:
        >>> from comity.model.institution import Institution
        >>> [each.__name__ for each in described_at(Institution, ("rules", "ordinary", "majority"))]
        ['Majority']
    """
    here: list[Any] = [root]
    for part in location:
        below = [child for each in here for child in _step(each, part)]
        here = below or [each for each in here if _kind(each) == part] or here
    return [each for each in here if fields_of(each)]


def _kind(described: Any) -> str | None:
    return kind_of(described) if isinstance(described, type) and issubclass(described, Spec) else None


def _step(annotation: Any, part: str | int) -> Iterator[Any]:
    """What stands one level below: a field of a class, a named part of a mapping, an entry of a list."""
    if fields := fields_of(annotation):
        if part in fields:
            yield from _leaves(fields[str(part)].annotation, fields[str(part)].metadata)
        return
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is dict and len(inside) == 2:
        yield from _leaves(inside[1])
    elif origin in {tuple, list} and isinstance(part, int):
        yield from _leaves(inside[0])


def _leaves(annotation: Any, metadata: Sequence[Any] = ()) -> Iterator[Any]:
    """The classes and containers an annotation stands for; a family stands for its members."""
    families = [cast("Family[Spec]", each) for each in metadata if isinstance(each, Family)]
    if families:
        yield from families[0].members().values()
    elif get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0], annotation.__metadata__)
    elif get_origin(annotation) in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _leaves(each)
    else:
        yield annotation
