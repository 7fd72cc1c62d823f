"""Files of stakes by name, and what their rules read: a project's, then those that ship, then a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from comity.charter.read import plain
from comity.kernel.document import mapping, parse
from comity.library.actors import actors
from comity.library.figures import indicators, panel
from comity.library.places import find, names, read_text
from comity.library.reading import read
from comity.model.goods import Shared
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
    of_stakes = {"what": "file of stakes", "mend": "See docs/stakes.md."}
    found, document = read(text, file or f"{name}.yaml", Stakes, _law, **of_stakes)
    lines = {issue: f"{document.name}:{document.place(('issues', issue))[0]}" for issue in found.issues}
    return found.named(name, lines)


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
        if isinstance(rule, Shared):
            yield from _divided(name, rule)
    seats = [("issues", name, "seats", code) for name, issue in found.issues.items() for code in issue.seats]
    for place in [*seats, *(("ratifiers", code) for code in found.ratifiers)]:
        if place[-1] not in actors():
            yield place, f"there is no state or body '{place[-1]}'", actors().suggest(place[-1])


def _divided(name: str, rule: Shared) -> Iterator[Complaint]:
    """What is wrong with the figure whose shares of the world divide an estimate."""
    place, known = ("rules", name, "by"), indicators()
    if rule.by not in known:
        yield place, f"there is no figure '{rule.by}'", "`comity data list` shows the figures."
    elif known[rule.by].nature != "amount" or known[rule.by].signed:
        what = f"{rule.by} has no shares of a world total: it is {'signed' if known[rule.by].signed else 'a rate'}"
        yield place, what, "Name an amount, such as gdp_usd or population."


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
