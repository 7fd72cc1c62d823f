"""Plurality over time: the world's series by year, who moved them, and what growth of membership did to each body."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.analysis.parts.decisions import day
from comity.analysis.parts.plurality.measures import TURNOUT, UN_BUDGET, Counted, Draw
from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution

OTHERS = "others"
CHANGES = 6
"""Changes of membership that are shown of one body, the latest."""
LEAST_CHANGES = 2
"""A body whose membership is dated once only has not changed."""
SMALLEST = 0.05
"""A part of a change below this joins the others."""
EVENTS = {
    1919: Text("Treaty of Versailles", "《凡尔赛条约》"),
    1946: Text("United Nations", "联合国成立"),
    1991: Text("End of the Soviet Union", "苏联解体"),
    2009: Text("BRICS", "金砖国家"),
}
"""What is marked on the lines over time, by year."""


@dataclass(frozen=True)
class Moment:
    """The world in one year by one series; ``number`` None where only the count of attenders is known."""

    series: str
    year: int
    states: int
    number: float | None
    others: float | None


@dataclass(frozen=True)
class Part:
    """What one power's change of share did to the world's effective number between two years."""

    series: str
    who: str
    since: int
    until: int
    before: float
    after: float
    part: float


@dataclass(frozen=True)
class Stage:
    """A body after a change of its membership, counted at one measure, and what those who joined or left changed."""

    body: str
    measure: str
    on: datetime.date
    members: int
    number: float
    joined: tuple[str, ...]
    left: tuple[str, ...]
    by_joining: float
    by_leaving: float


@dataclass(frozen=True)
class Plural:
    """Everything counted for one question.

    Attributes:
        inputs: what the analysis was given.
        gone: the members whose absence is asked about.
        draw: how doubtful figures were drawn.
        found: each body and the world, by each measure.
        moments: the world over time.
        parts: who moved the world's number, by series.
        stages: the bodies after each change of membership.
    """

    inputs: Inputs
    gone: tuple[str, ...]
    draw: Draw
    found: Sequence[Counted]
    moments: Sequence[Moment]
    parts: Mapping[str, Sequence[Part]]
    stages: Sequence[Stage]


def titles() -> dict[str, Text]:
    """The series for a reader."""
    from comity.library.powers import SERIES

    return {
        **SERIES,
        "un_regular_budget": UN_BUDGET,
        "turnout": TURNOUT,
        "climate": Text("Delegations at climate sessions", "气候会议代表团"),
    }


def _shares(series: str) -> dict[int, tuple[dict[str, float], float, int]]:
    """By year: the shares of those that stand for themselves, the squares of all others, and how many all are."""
    if series == "un_regular_budget":
        return _rates()
    if series == "turnout":
        return _turnout()
    from comity.library.powers import powers

    found: dict[int, tuple[dict[str, float], float, int]] = {}
    for (year,), rows in powers(series).group_by("year", maintain_order=True):
        named = {who: share for who, share in rows.select("who", "share").rows() if who != OTHERS}
        rest = rows.filter(who=OTHERS)["squares"].sum()
        found[int(str(year))] = (named, float(rest), int(rows["states"].sum()))
    return found


def _rates() -> dict[int, tuple[dict[str, float], float, int]]:
    from comity.library.contributions import contributions

    rates = contributions("un_regular_budget").filter(kind="assessed_rate")
    return _normal((year, rows.select("iso3", "amount").rows()) for (year,), rows in rates.group_by("year"))


def _turnout() -> dict[int, tuple[dict[str, float], float, int]]:
    from comity.library.positions import turnout

    groups = turnout().group_by("session")
    return _normal((1945 + int(str(key)), rows.select("iso3", "votes").rows()) for (key,), rows in groups)


def _normal(
    groups: Iterable[tuple[object, list[tuple[str, float]]]],
) -> dict[int, tuple[dict[str, float], float, int]]:
    found: dict[int, tuple[dict[str, float], float, int]] = {}
    for year, rows in groups:
        whole = sum(amount for _, amount in rows)
        shares = {who: amount / whole for who, amount in rows if amount > 0}
        found[int(str(year))] = (shares, 0.0, len(shares))
    return dict(sorted(found.items()))


def moments(gone: Sequence[str]) -> list[Moment]:
    """Every series of the world by year, with and without the members asked about."""
    from comity.library.powers import SERIES, climate_sessions, powers

    found: list[Moment] = []
    for series in ("capabilities", "gdp_constant", "un_regular_budget", "turnout"):
        hidden = series in SERIES and not set(gone) <= set(powers(series)["who"])
        for year, (shares, rest, states) in _shares(series).items():
            squares = sum(share**2 for share in shares.values()) + rest
            away = [] if hidden else [shares[who] for who in gone if who in shares]
            less = 1 - sum(away)
            others = less**2 / (squares - sum(share**2 for share in away)) if away and less > 0 else None
            whole = sum(shares.values()) if not rest else 1.0
            found.append(Moment(series, year, states, whole**2 / squares, others))
    best: dict[tuple[int, bool], tuple[int, float | None]] = {}
    for year, parties, number in climate_sessions().select("year", "parties", "effective").rows():
        best[year, number is None] = max(best.get((year, number is None), (0, None)), (parties, number))
    return [*found, *(Moment("climate", year, parties, number, None) for (year, _), (parties, number) in best.items())]


def parts(series: str, since: int) -> list[Part]:
    """Whose change of share moved the world's number between the year nearest to ``since`` and the last; they add up.

    ``N1 - N0 = N0 N1 (H0 - H1)``, and Herfindahl's H is a sum over holders.
    """
    years = _shares(series)
    first, last = min(years, key=lambda year: abs(year - since)), max(years)
    if first == last:
        return []
    (before, rest_before, _), (after, rest_after, _) = years[first], years[last]
    start = sum(share**2 for share in before.values()) + rest_before
    end = sum(share**2 for share in after.values()) + rest_after
    scale = 1 / (start * end)
    everyone = list(dict.fromkeys([*before, *after]))
    found = [
        Part(
            series, who, first, last, before.get(who, 0.0), after.get(who, 0.0),
            scale * (before.get(who, 0.0) ** 2 - after.get(who, 0.0) ** 2),
        )
        for who in everyone
    ]  # fmt: skip
    large = [each for each in found if abs(each.part) >= SMALLEST]
    small = [each for each in found if abs(each.part) < SMALLEST]
    shares = 1 - sum(each.before for each in large), 1 - sum(each.after for each in large)
    rest = scale * (rest_before - rest_after) + sum(each.part for each in small)
    return [*sorted(large, key=lambda each: each.part), Part(series, OTHERS, first, last, *shares, rest)]


def stages(inputs: Inputs, measures: Sequence[str]) -> list[Stage]:
    """Every body whose membership changed, after each change: at today's figures, and at capabilities of the year."""
    found: list[Stage] = []
    for body in (inputs.institution, *inputs.against):
        dates = _changes(body, day(inputs, body))
        if len(dates) < LEAST_CHANGES:
            continue
        for name in measures:
            known = list(inputs.figures().years(name))
            values = zip(known, inputs.figures().column(name, known), strict=True)
            today = {who: value for who, value in values if value is not None}
            found += _grown(body, dates, name, lambda _year, today=today: today)
        found += _grown(body, dates, "capabilities", _at)
    return found


def _at(year: int) -> Mapping[str, float]:
    years = _shares("capabilities")
    return years[min(max(year, min(years)), max(years))][0]


def _changes(body: Institution, until: datetime.date) -> list[datetime.date]:
    """The days on which members joined or left, up to the day asked about."""
    dates: set[datetime.date] = set()
    for member in body.members:
        if not isinstance(member, str):
            dates |= {each for each in (member.from_, member.until) if each is not None and each <= until}
    return sorted(dates)[-CHANGES - 1 :]


def _grown(
    body: Institution, dates: Sequence[datetime.date], measure: str, at: Callable[[int], Mapping[str, float]]
) -> Iterable[Stage]:
    from comity.solvers.plurality import change, effective

    before: list[str] = []
    for place, on in enumerate(dates):
        try:
            members = body.members_on(on)
        except InputError:
            continue
        amounts = at(on.year)
        known = [member for member in members if member in amounts]
        if sum(amounts[member] for member in known) <= 0:
            continue
        number = effective([amounts[member] for member in known])
        joined = tuple(member for member in members if member not in before)
        left = tuple(member for member in before if member not in members)
        if place == 0 or not before:
            yield Stage(body.name, measure, on, len(members), number, joined, (), 0.0, 0.0)
        else:
            everyone = [who for who in dict.fromkeys([*before, *members]) if who in amounts]
            old = [amounts[who] if who in before else float("nan") for who in everyone]
            new = [amounts[who] if who in members else float("nan") for who in everyone]
            step = change(old, new)
            yield Stage(body.name, measure, on, len(members), number, joined, left, step.joined, step.left)
        before = members
