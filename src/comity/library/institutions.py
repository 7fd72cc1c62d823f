"""Charters by name or path, as institutions."""

from __future__ import annotations

from comity.charter.read import read
from comity.kernel.errors import InputError, Problem, UnknownName
from comity.library.actors import actors
from comity.library.places import Found, find, names
from comity.model.institution import Institution


def load(name: str) -> Institution:
    """The institution of a charter: a project's, a shipped one, or the file at a path.

    Raises:
        UnknownName: where there is no such charter, with the nearest names.
        DocumentError: with every problem of the file, where it has any.

    Example:
        >>> load("g7").members_on(load("g7").as_of)[:3]
        ['CAN', 'FRA', 'DEU']
    """
    return _read(_found(name))


def remarked(name: str) -> tuple[Institution, list[Problem]]:
    """The institution of a charter, and what a drafter would want to know though nothing is wrong with it.

    Raises:
        UnknownName: where there is no such charter, with the nearest names.
        DocumentError: with every problem of the file, where it has any.

    Example:
        >>> remarked("g7")[1]
        []
    """
    from comity.charter.notes import remarks

    found = _found(name)
    institution = _read(found)
    return institution, remarks(institution, found.text, found.file)


def _found(name: str) -> Found:
    if not isinstance(name, str):
        raise InputError(f"{name!r} is no name of a charter.", mend="Give a name or a path as text: load('g5').")
    try:
        return find("charter", name)
    except UnknownName:
        return find("charter", _by_alias(name) or name)


def _read(found: Found) -> Institution:
    return read(found.text, found.name, actors=actors(), file=found.file)


def _by_alias(name: str) -> str | None:
    folded = name.casefold().replace("-", "").replace(" ", "")
    return next((each for each in names("charter") if each.casefold().replace("-", "") == folded), None)
