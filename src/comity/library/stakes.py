"""Files of stakes by name, and what their rules read: a project's, then those that ship, then a path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from comity.charter.read import plain
from comity.kernel.document import Document, mapping, parse
from comity.kernel.errors import DocumentError, Problem
from comity.kernel.wording import explain
from comity.library.actors import actors
from comity.library.figures import indicators, panel
from comity.library.places import find, names, read_text
from comity.model.grounds import Grounds, IdealPoint
from comity.model.panel import Panel
from comity.model.stakes import FromIndicator, Stakes
from comity.model.weights import Complaint

SHIPPED = "mission"
"""The file that is read where a charter has none of its own name."""
LATEST = 5
"""How many sessions old a state's last ideal point may be."""


def stakes(name: str = SHIPPED) -> Stakes:
    """The stakes of a file.

    Args:
        name: the name of a project's file (``stakes/NAME.yaml``), of a shipped one, or a path; where a charter has no
            file of its own name, its name means the shipped file.

    Raises:
        UnknownName: where there is no such file or charter, with the nearest names.
        DocumentError: with every problem of the file, each at its line and column.

    Example:
        >>> stakes("g5").name, len(stakes().issues)
        ('mission', 13)
    """
    if name not in names("stakes") and name in names("charter"):
        name = SHIPPED
    found = find("stakes", name)
    return read_stakes(found.text, found.name, found.file)


def stakes_at(path: str) -> Stakes | None:
    """The stakes in a file, where it is one: its issues have ends, which no charter's have.

    Args:
        path: a path; the name of a charter or anything that is not there is no file of stakes.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.
    """
    if path in names("charter") or not Path(path).is_file():
        return None
    text = read_text(Path(path))
    issues = (mapping(plain(parse(text, path).data)) or {}).get("issues")
    if not any("ends" in (mapping(issue) or {}) for issue in (mapping(issues) or {}).values()):
        return None
    return read_stakes(text, Path(path).stem, path)


def read_stakes(text: str, name: str, file: str = "") -> Stakes:
    """The stakes that a text holds.

    Args:
        text: the content of the file, as YAML 1.2.
        name: the name by which the stakes are called.
        file: the name of the file, for messages; ``name.yaml`` where absent.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.
    """
    document = parse(text, file or f"{name}.yaml")
    data = plain(document.data)
    if mapping(data) is None:
        wrong = document.problem((), "is no file of stakes: it has named parts", "See docs/stakes.md.")
        raise DocumentError(document.name, [*document.problems, wrong])
    found, problems = _validate(document, data)
    told = {problem.path for problem in problems}
    problems += [problem for problem in document.problems if problem.path not in told]
    if found is not None:
        problems += [document.problem(place, what, mend, "law") for place, what, mend in _law(found)]
    if problems or found is None:
        raise DocumentError(document.name, problems)
    lines = {issue: f"{document.name}:{document.place(('issues', issue))[0]}" for issue in found.issues}
    return found.named(name, lines)


def _validate(document: Document, data: object) -> tuple[Stakes | None, list[Problem]]:
    try:
        return Stakes.model_validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, [explain(each, document, Stakes)[1] for each in error.errors(include_url=False)]


def _law(found: Stakes) -> Iterator[Complaint]:
    yield from found.problems()
    known = indicators()
    for name, rule in found.rules.items():
        if isinstance(rule, FromIndicator):
            for part in ("figure", "per"):
                figure = getattr(rule, part)
                if figure is not None and figure not in known:
                    mend = "`comity data list` shows the figures."
                    yield ("rules", name, part), f"there is no figure '{figure}'", mend
    seats = [("issues", name, "seats", code) for name, issue in found.issues.items() for code in issue.seats]
    for place in [*seats, *(("ratifiers", code) for code in found.ratifiers)]:
        if place[-1] not in actors():
            yield place, f"there is no state or body '{place[-1]}'", actors().suggest(place[-1])


def ground(given: Stakes | str = SHIPPED, world: Panel | None = None) -> Grounds:
    """Stakes with the figures and ideal points that their rules read.

    Args:
        given: the stakes, or the name of a file.
        world: the figures; the shipped ones where absent.

    Raises:
        UnknownName: where there is no such file.
        DocumentError: with every problem of the file, where it has any.

    Example:
        >>> ground().stand("rare_earths", "USA").basis
        'assumption'
    """
    from comity.library.positions import digests

    held = given if isinstance(given, Stakes) else stakes(given)
    return Grounds(held, world or panel(), _points, digests())


@cache
def _points(group: str) -> Mapping[str, IdealPoint]:
    """Each state's latest ideal point; those whose last session is too long ago have none."""
    from comity.library.positions import ideal_points

    latest = ideal_points(group).sort("session").group_by("iso3", maintain_order=True).last()
    last = max(latest["session"].to_list())
    rows = latest.select("iso3", "session", "value", "low", "high").iter_rows()
    return {state: IdealPoint(*rest) for state, *rest in rows if rest[0] > last - LATEST}
