"""What shares are held against: the rates an assembly fixed, what is had, and how progressive each rule is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from comity.analysis.parts.paying import PLEDGED, Paying
from comity.solvers.sharing import concentration, suits


@dataclass(frozen=True)
class Official:
    """The official rates of the period that holds the day, against the shares computed here.

    Attributes:
        period: the scale.
        rates: the official share of each payer.
        seen: whether a rate was read, quoted or recalled.
        rms: the root mean square difference.
        most: who differs most.
        difference: by how much: computed less official.
    """

    period: str
    rates: Mapping[str, float]
    seen: Mapping[str, str]
    rms: float
    most: str
    difference: float


@dataclass(frozen=True)
class Borne:
    """How a rule lies on those who have more and those who have less.

    Attributes:
        suits: the index of progressivity: 0 in proportion to income, above where the richer per head bear more.
        curve: what is borne against what is had, from the poorest per head to the richest.
        effective: how many equal payers would be as concentrated (inverse Herfindahl index).
    """

    suits: Fraction
    curve: Sequence[tuple[float, float]]
    effective: float


def official(paid: Paying, year: int) -> Official | None:
    """The official scale of the year; none where none is at hand."""
    if paid.ledger is None:
        return None
    rows = paid.ledger.filter(kind="assessed_rate").select("iso3", "period", "amount", "seen").rows()
    period = next((each for _, each, _, _ in rows if _covers(each, year)), None)
    now = [(state, amount / 100, seen) for state, each, amount, seen in rows if each == period and state in paid.own]
    if not now or period is None:
        return None
    rates = {state: rate for state, rate, _ in now}
    apart = {state: float(paid.own[state]) - rate for state, rate in rates.items()}
    most = max(apart, key=lambda state: abs(apart[state]))
    rms = sqrt(sum(each**2 for each in apart.values()) / len(apart))
    return Official(period, rates, {state: seen for state, _, seen in now}, rms, most, apart[most])


def _covers(period: str, year: int) -> bool:
    first, _, last = period.partition("-")
    return int(first) <= year <= int(last or first)


def borne(paid: Paying, measure: str) -> dict[str, Borne]:
    """How progressive each rule is, over the payers whose income and people are known."""
    income, people = paid.figures[measure], paid.figures["population"]
    states = [state for state in paid.payers if income.get(state) and people.get(state)]
    if len(states) < 2:
        return {}
    bases = [income[state] for state in states]
    heads = [income[state] / people[state] for state in states]
    found: dict[str, Borne] = {}
    for rule, shares in paid.shares.items():
        held = [shares[state] for state in states]
        if not any(held):
            continue
        curve = concentration(held, bases, heads)
        effective = 1 / float(sum(float(share) ** 2 for share in shares.values()))
        found[rule] = Borne(suits(curve), [(float(x), float(y)) for x, y in curve], effective)
    return found


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder of a voluntary contribution."""

    state: str
    period: str
    kind: str
    amount: float
    seen: str
    source: str


RUNGS = ("pledged", "confirmed", "paid", "rescinded")
"""The rungs of a voluntary contribution: announced, signed, paid, taken back."""


def ladder(paid: Paying, states: Sequence[str], year: int) -> list[Rung]:
    """What these states had pledged, confirmed, paid and taken back by a year, in millions of US dollars."""
    if paid.ledger is None or PLEDGED not in paid.figures:
        return []
    columns = ("iso3", "period", "kind", "amount", "seen", "source")
    known = paid.ledger.filter(paid.ledger["year"] <= year)
    rows = known.sort("year").select(*columns).rows()
    return [Rung(*row) for row in rows if row[0] in states and row[2] in RUNGS]
