"""What is counted as plural: who holds how much of power, pays, proposes, attends and votes in a body and the world."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.decisions import day, decisions
from comity.analysis.parts.paying import paying
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import short
from comity.model.panel import Panel
from comity.model.parts import Constituency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.plurality import Interval

WORLD = "world"
GROUPS = {
    "powers": Text("powers", "大国"),
    "payers": Text("payers", "出资者"),
    "votes": Text("voting weights", "表决权重"),
    "proposers": Text("proposers", "提案者"),
    "attenders": Text("attenders", "出席者"),
}
"""What the holders are."""
MEASURES = ("gdp_usd", "gdp_ppp", "manufacturing_usd", "military_expenditure_usd", "population")
CONTRIBUTORS = {"GCF-1": 29, "GCF-2": 29}
"""States that pledged in each round of the Green Climate Fund, as its own pages and the press of 2023 count them."""
MANY = 30
"""Contributors that are not seen, at most, where a round does not say."""
UN_BUDGET = Text("Rates of the UN budget", "联合国会费比率")
PLEDGES = Text("Pledges to the Green Climate Fund", "对绿色气候基金的认捐")
TURNOUT = Text("Votes cast in the UN Assembly", "在联合国大会投出的票数")
PROPOSERS = Text("Right to propose", "提案权")
HEADS = Text("One member, one vote", "一员一票")


@dataclass(frozen=True)
class Held:
    """Who holds how much of one thing in one body.

    Attributes:
        body: the institution's name, or ``world``.
        group: what the holders are: a key of :data:`GROUPS`.
        measure: what is held, by name.
        title: the same for a reader.
        amounts: by holder.
        ranges: low and high of holders whose figure the source gives as a range.
        gaps: members without a figure.
        rest: what holders that are not seen hold together, and how many they can be (None: not known).
        when: the year, period or session.
        source: where the amounts come from; empty for the charter.
        exact: whether the amounts are counted or written, so that no figure of them is doubtful.
    """

    body: str
    group: str
    measure: str
    title: Text
    amounts: Mapping[str, float]
    when: str
    source: str = ""
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    gaps: tuple[str, ...] = ()
    rest: tuple[float, int | None] | None = None
    exact: bool = False

    @property
    def key(self) -> str:
        """What tables call it."""
        return f"{self.group}.{self.measure}"


@dataclass(frozen=True)
class Counted:
    """How many there really are, with and without the members asked about.

    Attributes:
        held: who holds how much.
        number: the effective number with its interval; its value is None where part of the whole is not seen.
        others: the same without the members asked about; None where none of them is there.
        shannon: the effective number of order 1, which counts the small for more; None where part is not seen.
        largest: the holder of the largest share, and that share.
        share: the share of the members asked about.
        seen: how many holders have an amount above nought.
    """

    held: Held
    number: Interval
    others: Interval | None
    shannon: float | None
    largest: tuple[str, float]
    share: float
    seen: int


def helds(inputs: Inputs, measures: Sequence[str]) -> list[Held]:
    """Everything that can be counted of the bodies asked about, then of the world."""
    panel = inputs.figures()
    found: list[Held] = []
    for body in (inputs.institution, *inputs.against):
        members = body.members_on(day(inputs, body))
        if not members:
            continue
        found += _powers(panel, body.name, seats_of(body, members), measures)
        found += [*_payers(body.name, members), *_fund(inputs, body)]
        found += _weights(inputs, body)
        found += _proposers(inputs, body)
        found += _attenders(body.name, members)
    world = panel.actors
    states = {state: (state,) for state in world}
    return [*found, *_powers(panel, WORLD, states, measures), *_payers(WORLD, world), *_attenders(WORLD, world)]


def seats_of(body: Institution, members: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The states behind each member: itself, or those of its constituency."""
    shared = {each.constituency: each.states for each in body.members if isinstance(each, Constituency)}
    return {member: tuple(shared.get(member, (member,))) for member in members}


def _powers(panel: Panel, body: str, seats: Mapping[str, tuple[str, ...]], measures: Sequence[str]) -> Iterable[Held]:
    for name in measures:
        values = dict(zip(panel.actors, panel.column(name), strict=True))
        rows = {who: [value for state in states if (value := values.get(state)) is not None]
                for who, states in seats.items() if any(state in values for state in states)}  # fmt: skip
        amounts = {who: sum(found) for who, found in rows.items() if found}
        if sum(amounts.values()) <= 0:
            continue
        used = {state for who in amounts for state in seats[who]}
        years = [year for state, year in panel.years(name).items() if state in used]
        when = str(max(years)) if min(years) == max(years) else f"{min(years)}-{max(years)}"
        yield Held(
            body, "powers", name, panel.indicator(name).title, amounts, when,
            source="; ".join(panel.indicator(name).sources),
            ranges={who: (low, high) for who, low, high in _ranged(panel, name) if who in amounts},
            gaps=tuple(who for who, found in rows.items() if not found),
        )  # fmt: skip


def _ranged(panel: Panel, indicator: str) -> list[tuple[str, float, float]]:
    import polars as pl

    low, high = pl.col("low").fill_null(pl.col("value")), pl.col("high").fill_null(pl.col("value"))
    given = (pl.col("indicator") == indicator) & (pl.col("low").is_not_null() | pl.col("high").is_not_null())
    return panel.frame.filter(given).select("iso3", low, high).rows()


def _payers(body: str, members: Sequence[str]) -> Iterable[Held]:
    from comity.library.contributions import contributions

    rates = contributions("un_regular_budget").filter(kind="assessed_rate")
    last = rates.filter(rates["year"] == rates["year"].max())
    amounts = _of(members, last.select("iso3", "amount").rows())
    if amounts:
        source = "; ".join(sorted(set(last["source"])))
        gaps = tuple(member for member in members if member not in amounts)
        period = last["period"][0]
        yield Held(body, "payers", "un_regular_budget", UN_BUDGET, amounts, period, source, gaps=gaps, exact=True)
    if body != "gcf":
        return
    pledges = contributions("gcf")
    period = pledges.filter(kind="total").sort("year")["period"][-1]
    seen = pledges.filter(kind="pledged", period=period)
    whole = pledges.filter(kind="total", period=period)["amount"].item()
    amounts = dict(seen.select("iso3", "amount").rows())
    rest = (max(0.0, whole - sum(amounts.values())), CONTRIBUTORS.get(period, len(amounts) + MANY) - len(amounts))
    source = "; ".join(sorted(set(seen["source"])))
    yield Held(body, "payers", "gcf", PLEDGES, amounts, period, source, rest=rest, exact=True)


def _fund(inputs: Inputs, body: Institution) -> Iterable[Held]:
    """The shares of the body's own fund under its own rule, where they are owed and no ledger holds them already."""
    try:
        paid = paying(replace(inputs, institution=body, against=()), rules=("equal",), measure=MEASURES[0])
    except (NotComputable, InputError):
        return
    if paid.rule.owed and paid.ledger is None:
        amounts = {state: float(share) for state, share in paid.own.items()}
        on = str(day(inputs, body))
        title = Text(f"Owed to: {paid.title.en}", f"应缴：{paid.title.of('zh')}")
        yield Held(body.name, "payers", f"{body.name}.{paid.name}", title, amounts, on[:4], exact=True)


def _attenders(body: str, members: Sequence[str]) -> Iterable[Held]:
    from comity.library.positions import turnout

    frame = turnout()
    session = int(frame.select("session").max().item())
    votes = frame.filter(session=session).select("iso3", "votes").rows()
    amounts = {who: value for who, value in _of(members, votes).items() if value > 0}
    if amounts:
        when = f"{1945 + session}"
        source = "UN General Assembly Voting Data (CC0)"
        yield Held(body, "attenders", "turnout", TURNOUT, amounts, when, source, exact=True)


def _of(members: Sequence[str], rows: Iterable[tuple[str, float]]) -> dict[str, float]:
    wanted = set(members)
    return {who: float(amount) for who, amount in rows if who in wanted}


def _weights(inputs: Inputs, body: Institution) -> Iterable[Held]:
    """Each scheme of voting weights that the charter has, once; votes are counted as weights, never as power."""
    seen: set[tuple[float, ...]] = set()
    on = str(day(inputs, body))
    for each in [decision for decision in decisions(inputs) if decision.institution is body]:
        shares = tuple(round(share, 12) for share in each.shares)
        if shares in seen or not any(shares):
            continue
        seen.add(shares)
        equal = len(set(shares)) == 1
        rule = body.rule(each.rule).title or each.title
        weighed = Text(f"Voting weights: {rule.en}", f"表决权重：{rule.of('zh')}")
        name, title = ("heads", HEADS) if equal else (f"{body.name}.{each.rule}", weighed)
        amounts = dict(zip(each.members, each.shares, strict=True))
        yield Held(body.name, "votes", name, title, amounts, on[:4], exact=True)


def _proposers(inputs: Inputs, body: Institution) -> Iterable[Held]:
    """Each member's chance to propose by the rights of the organs, evenly over the issues where one is written."""
    members = body.members_on(day(inputs, body))
    total = dict.fromkeys(members, 0.0)
    for issue in body.issues.values():
        organ = body.organs.get(issue.organ)
        holder = None if organ is None or organ.proposes is None else organ.proposes
        holder = organ.chair if organ is not None and holder == "chair" else holder
        if holder in {"any_member", "rotating"}:
            total = {member: share + 1 / len(members) for member, share in total.items()}
        elif holder in total:
            total[str(holder)] += 1.0
    if sum(total.values()) > 0:
        on = str(day(inputs, body))
        yield Held(body.name, "proposers", "proposers", PROPOSERS, total, on[:4], exact=True)


def names_of(inputs: Inputs) -> dict[str, Text]:
    """The bodies for a reader, the world last."""
    bodies = {body.name: short(body) for body in (inputs.institution, *inputs.against)}
    return {**bodies, WORLD: Text("World", "世界")}


def counted(held: Held, gone: Sequence[str], draw: Draw) -> Counted:
    """Count one thing with its interval, with and without some members."""
    from comity.solvers.plurality import Interval, bounds, effective

    amounts = held.amounts
    whole = sum(amounts.values()) + (held.rest[0] if held.rest else 0.0)
    largest = max(amounts, key=lambda who: amounts[who])
    seen = sum(value > 0 for value in amounts.values())
    share = sum(amounts.get(who, 0.0) for who in gone) / whole
    stay = {who: value for who, value in amounts.items() if who not in gone}
    there = len(stay) < len(amounts) and sum(stay.values()) > 0
    top = (largest, amounts[largest] / whole)
    if held.rest is not None and held.rest[0] > 0:
        spans = [bounds(list(each.values()), *held.rest) for each in (amounts, stay)]
        number, others = (Interval(None, *span) for span in spans)
        return Counted(held, number, others if there else None, None, top, share, seen)
    shannon = effective(list(amounts.values()), 1)
    number, others = draw.number(held), draw.number(held, gone) if there else None
    return Counted(held, number, others, shannon, top, share, seen)


@dataclass(frozen=True)
class Draw:
    """How doubtful figures are drawn.

    Attributes:
        error: how far a figure may be off where its source gives no range, as a share of it (an assumption).
        draws: how many worlds are drawn.
        seed: the seed.
        typical: by measure, the median figure of the world: a gap is drawn between nought and it.
    """

    error: float
    draws: int
    seed: int
    typical: Mapping[str, float]

    def number(self, held: Held, gone: Sequence[str] = ()) -> Interval:
        """The effective number with the 90 % interval of the figures' doubt; no width where the amounts are exact."""
        from comity.kernel.streams import Stream
        from comity.solvers.plurality import Interval, doubtful, effective, effective_rows, interval

        amounts = {who: amount for who, amount in held.amounts.items() if who not in gone}
        gaps = [who for who in held.gaps if who not in gone]
        value = effective(list(amounts.values()))
        if held.exact or (not self.error and not held.ranges and not gaps):
            return Interval(value, value, value)
        numbers = [zlib.crc32(who.encode()) for who in (*amounts, *gaps)]
        uniforms = Stream(self.seed, f"plurality.{held.measure}").uniforms(range(self.draws), numbers)
        drawn = doubtful(*self._spans(held, amounts, len(gaps)), uniforms)
        if gaps:
            drawn[:, len(amounts) :] = uniforms[:, len(amounts) :] * self.typical.get(held.measure, 0.0)
        return interval(value, effective_rows(drawn))

    def _spans(
        self, held: Held, amounts: Mapping[str, float], gaps: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The low, usual and high amount of each holder; gaps stand at the end and are drawn apart."""
        import numpy as np

        less, more = 1 - self.error, 1 + self.error
        spans = [(*held.ranges.get(who, (value * less, value * more)), value) for who, value in amounts.items()]
        table = np.array([*spans, *[(0.0, 0.0, 0.0)] * gaps], dtype=np.float64)
        return table[:, 0], table[:, 2], table[:, 1]


def typical(panel: Panel, measures: Sequence[str]) -> dict[str, float]:
    """The median figure of the world by measure."""
    import numpy as np

    columns = {name: [value for value in panel.column(name) if value is not None] for name in measures}
    return {name: float(np.median(values)) for name, values in columns.items() if values}


def checked(panel: Panel, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures of power asked for, else the usual ones that the figures hold.

    Raises:
        InputError: for a rate or a figure that can be negative.
        UnknownName: for an indicator that the figures do not hold.
    """
    if not measures:
        return tuple(name for name in MEASURES if name in panel.indicators)
    for name in measures:
        indicator = panel.indicator(name)
        if indicator.nature == "rate" or indicator.signed:
            why = "it is a rate" if indicator.nature == "rate" else "it can be negative"
            raise InputError(
                f"Shares of {name} are not defined: {why}.", mend="Name amounts, such as gdp_usd or population."
            )
    return tuple(dict.fromkeys(measures))
