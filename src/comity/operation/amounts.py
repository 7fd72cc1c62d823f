"""Amounts of a register by rung of the ladder, in their currencies, and in one by rates that were quoted."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from comity.operation.position import Position
from comity.procedure.arrears import in_arrears, owed
from comity.procedure.changing import suspended
from comity.procedure.money import broken

RUNGS = ("announced", "confirmed", "paid", "rescinded", "confirmed_unpaid", "assessed", "contributed", "owed")
"""Of pledges the first five, of assessed contributions the last three."""


def amounts(position: Position, members: Iterable[str] = (), *, into: str = "") -> dict[str, Any]:
    """What was announced, confirmed, paid, taken back and assessed, by currency; in one currency where asked.

    Amounts in different currencies are never added; they are compared at the newest rate that the register holds of
    each pair, in either direction, and the day of that rate is told with the result.

    Args:
        position: the register as it stands.
        members: whose; everybody's where empty.
        into: the currency into which all are reckoned.

    Returns:
        ``by_currency``: rungs with amounts. With ``into`` also ``in``: the currency, the rungs in it, the ``rates``
        used (with day and number of the entry), and ``lacking``: currencies for which no rate was quoted.
    """
    held = _by_currency(position, set(members))
    told: dict[str, Any] = {"by_currency": held}
    if into:
        told["in"] = _into(position, held, into)
    return told


def _by_currency(position: Position, members: set[str]) -> dict[str, dict[str, Fraction]]:
    state, held = position.state, dict[str, dict[str, Fraction]]()

    def add(currency: str, rung: str, amount: Fraction) -> None:
        rungs = held.setdefault(currency, {})
        rungs[rung] = rungs.get(rung, Fraction(0)) + amount

    for pledge in state.pledges.values():
        if members and pledge.by not in members:
            continue
        for rung in ("announced", "confirmed", "paid", "rescinded"):
            add(pledge.currency, rung, getattr(pledge, rung))
        add(pledge.currency, "confirmed_unpaid", max(pledge.confirmed - pledge.paid - broken(pledge), Fraction(0)))
    for member, dues in state.dues.items():
        if members and member not in members:
            continue
        for due in dues:
            add(due.currency, "assessed", due.amount)
            add(due.currency, "contributed", due.paid)
            add(due.currency, "owed", due.amount - due.paid if due.due <= state.on else Fraction(0))
    return {
        currency: {rung: rungs[rung] for rung in RUNGS if rung in rungs} for currency, rungs in sorted(held.items())
    }


def _into(position: Position, held: dict[str, dict[str, Fraction]], into: str) -> dict[str, Any]:
    rungs, rates, lacking = dict[str, Fraction](), list[dict[str, Any]](), list[str]()
    for currency, amounts_ in held.items():
        rate = Fraction(1) if currency == into else None
        for pair in ((currency, into), (into, currency)) if rate is None else ():
            if rate is None and pair in position.docket.rates:
                quoted, day, number = position.docket.rates[pair]
                rate = quoted if pair[0] == currency else 1 / quoted
                rates.append({"base": pair[0], "quote": pair[1], "rate": quoted, "of": day, "entry": number})
        if rate is None:
            lacking.append(currency)
            continue
        for rung, amount in amounts_.items():
            rungs[rung] = rungs.get(rung, Fraction(0)) + amount * rate
    return {"currency": into, "amounts": rungs, "rates": rates, "lacking": lacking}


def without_vote(position: Position) -> dict[str, dict[str, Any]]:
    """Members that have no vote now, each with why: ``suspended``, or ``arrears`` with what is owed.

    **Source**: Charter of the United Nations, Articles 5 and 19.
    """
    state, found = position.state, dict[str, dict[str, Any]]()
    for member in state.members:
        standing = state.standings.get(member)
        if standing is not None and suspended(state, member):
            found[member] = {"why": "suspended", "rests_on": standing.suspended, "until": standing.until}
        elif in_arrears(state, member) and not (standing and standing.may_vote):
            found[member] = {"why": "arrears", "owed": owed(state, member), "currency": state.dues[member][0].currency}
    return found
