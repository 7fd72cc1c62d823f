"""Where a path leads in a charter or a file of stakes: what stands there, and what kind of value it takes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, cast, get_args

from comity.kernel.canonical import plain
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.family import Spec
from comity.kernel.quantity import Duration, Money, show
from comity.kernel.structure import fields_of
from comity.rehearsal.parts.varying.ranges import Kind

_TAKEN: tuple[tuple[type, Kind], ...] = ((Fraction, "share"), (Money, "money"), (Duration, "duration"), (int, "whole"))


@dataclass(frozen=True)
class Place:
    """A field of a file.

    Attributes:
        kind: what it holds.
        written: what the file says there, None where it says nothing.
        part: whether it is a part with fields of its own, which can only stay or go.
        whole: whether it takes whole numbers only.
        truth: whether it takes true or false.
    """

    kind: Kind
    written: str | None
    part: bool = False
    whole: bool = False
    truth: bool = False


def place(root: Spec, path: str, drawer: str) -> Place:
    """The field at a path below a file.

    Args:
        root: the charter or the stakes.
        path: names joined by dots, list entries by their number from 0.
        drawer: what the file is called in messages.

    Raises:
        UnknownName: where there is no such field, with near ones.
        InputError: where the path leads to a text or to an entry that is not there.

    Example:
        >>> import comity
        >>> place(comity.load("g5"), "clauses.oil_stocks.verified.miss", "charter g5")
        Place(kind='share', written='1/20', part=False, whole=False, truth=False)
    """
    here: Any = root
    annotation: Any = type(root)
    gone: list[str] = []
    for part in path.split("."):
        known = below(here)
        if part not in known:
            within = f"{'.'.join(gone)} of the {drawer}" if gone else f"the {drawer}"
            if not known:
                raise InputError(f"{within} has no parts, so there is no {path}.", mend="Name the field itself.")
            raise UnknownName(f"field in {within},", part, list(known), mend=_nearest(root, path))
        here, annotation = _step(here, annotation, part)
        gone.append(part)
    return _found(here, annotation)


def below(value: Any) -> tuple[str, ...]:
    """The names that may follow: fields of a part, keys of a mapping, numbers of a list."""
    if isinstance(value, Spec):
        return tuple(fields_of(type(value)))
    if isinstance(value, Mapping):
        return tuple(str(key) for key in cast("Mapping[Any, Any]", value))
    if isinstance(value, tuple):
        return tuple(str(number) for number in range(len(cast("tuple[Any, ...]", value))))
    return ()


def _step(here: Any, annotation: Any, part: str) -> tuple[Any, Any]:
    if isinstance(here, Spec):
        name = next(name for name, field in type(here).model_fields.items() if part == (field.alias or name))
        return getattr(here, name), type(here).model_fields[name].annotation
    if isinstance(here, tuple):
        return cast("tuple[Any, ...]", here)[int(part)], (get_args(annotation) or (annotation,))[0]
    return here[part], (get_args(annotation) or (annotation,))[-1]


def _found(value: Any, annotation: Any) -> Place:
    if isinstance(value, bool):
        return Place("words", str(value).lower(), truth=True)
    for taken, kind in _TAKEN:
        if isinstance(value, taken):
            written = show(value) if isinstance(value, Fraction) else str(value)
            return Place(kind, written, whole=taken is int)
    if isinstance(value, str | datetime.date):
        return Place("words", str(value))
    if isinstance(value, tuple):
        members = cast("tuple[Any, ...]", value)
        if len(members) == 3 and all(isinstance(each, Fraction) for each in members):
            low, mode, high = (show(each) for each in members)
            return Place("triple", low if low == mode == high else f"[{low}, {mode}, {high}]")
    if value is not None:
        return Place("words", None, part=True)
    inside = set(_leaves(annotation))
    kinds: list[Kind] = [kind for taken, kind in _TAKEN if taken in inside]
    first: Kind = kinds[0] if kinds else "words"
    return Place(first, None, whole=int in inside and len(kinds) == 1, truth=bool in inside)


def _leaves(annotation: Any) -> Iterator[Any]:
    if arguments := get_args(annotation):
        for each in arguments:
            yield from _leaves(each)
    else:
        yield annotation


def _nearest(root: Spec, path: str) -> str:
    """Whole paths of the file that are spelt nearly the same."""
    known = list(paths(plain(root)))
    near = get_close_matches(path, known, n=3, cutoff=0.7)
    return f"Near it: {', '.join(near)}." if near else ""


def paths(data: Any, before: Sequence[str] = ()) -> Iterator[str]:
    """Every path of a file that leads to a value.

    Example:
        >>> list(paths({"exit": {"notice": "12 months"}, "members": ["USA"]}))
        ['exit.notice', 'members.0']
    """
    if isinstance(data, dict):
        for key, value in cast("dict[str, Any]", data).items():
            yield from paths(value, (*before, key))
    elif isinstance(data, list):
        for number, value in enumerate(cast("list[Any]", data)):
            yield from paths(value, (*before, str(number)))
    else:
        yield ".".join(before)
