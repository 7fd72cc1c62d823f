"""The terms of a clause as a package: target, price, grace and monitoring effort, in millions of dollars a year."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from comity.kernel.quantity import Duration
from comity.kernel.result import Text
from comity.kernel.saying import money
from comity.model.analysis import Inputs
from comity.rehearsal.parts.negotiation.package import Block, Issue
from comity.rehearsal.parts.self_enforcement.promises import Promise, looks, promises, rounds, years

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TARGETS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(5, 4))
"""Parts of the target that is written."""
PRICES = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2))
"""Multiples of the reward that is written."""
GRACES = (0, 1, 2)
"""Multiples of the grace that is written."""
EFFORTS = (1, 3, 5)
"""Readings of each look."""


def clause_block(inputs: Inputs, name: str, *, draws: int, reading: Fraction) -> tuple[Block, str]:
    """The terms of a clause of the institution as a block, and the issue of the stakes that values it.

    Terms are worth to those who owe the clause what its game leaves them on average, to the others their part of the
    good less what they pay of the rewards; nothing where it would not be kept. Readings are paid for by all alike.

    Raises:
        UnknownName: for a clause that the charter does not have.
        InputError: for a reward that is not in US dollars.
        NotComputable: where the game of the clause is not known.
    """
    promise = promises(inputs, (name,))[0][0]
    body, clause = promise.institution, promise.clause
    decided = body.issues[clause.issue]
    members = body.game(decided.rule, inputs.on or body.as_of).members
    issues = _issues(promise)
    values = _values(inputs, promise, issues, (members, draws, float(reading)))
    title = clause.title or Text(name.replace("_", " "))
    block = Block(name, title, issues, values, decided.rule, decided.organ, frozenset(promise.known))
    return block, promise.issue


def _issues(promise: Promise) -> tuple[Issue, ...]:
    clause = promise.clause
    shares = [Text(f"{float(each):.0%} of the target", f"目标的{float(each):.0%}") for each in TARGETS]
    found = [Issue("target", Text("Target", "目标"), tuple(map(float, TARGETS)), tuple(shares), None)]
    if clause.reward is not None:
        amount = float(clause.reward.amount.amount) / 1e6
        words = tuple(_sum(amount * float(each)) for each in PRICES)
        found.append(Issue("price", Text("Payment a look", "每次核查付款"), tuple(map(float, PRICES)), words, None))
    if clause.breach is not None and clause.breach.then != "pay":
        words = tuple(_days(clause.breach.grace, each) for each in GRACES)
        found.append(Issue("grace", Text("Grace", "宽限期"), tuple(map(float, GRACES)), words, None))
    words = tuple(Text(f"{each} reading{'s' if each > 1 else ''}", f"{each}次读数") for each in EFFORTS)
    found.append(Issue("monitoring", Text("Monitoring", "核查"), tuple(map(float, EFFORTS)), words, None))
    return tuple(found)


def _sum(millions: float) -> Text:
    return money(millions) if millions else Text("nothing", "无")


def _days(grace: Duration, times: int) -> Text:
    if times == 0:
        return Text("none", "无")
    words = {"hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年"}
    number = grace.number * times
    return Text(f"{number} {grace.unit}{'s' if number > 1 else ''}", f"{number}{words[grace.unit]}")


def _values(
    inputs: Inputs, promise: Promise, issues: tuple[Issue, ...], asked: tuple[tuple[str, ...], int, float]
) -> Floats:  # fmt: skip
    """What every package is worth: draws x members x packages."""
    from dataclasses import replace

    import numpy as np

    from comity.solvers.goods import provided
    from comity.solvers.repeated.clause_game import felt, keeps, values

    members, draws, reading = asked
    found = rounds(inputs, promise, "obligors", draws=draws, rate=None)
    drawn = inputs.wanted().goods(promise.issue, promise.known, draws, inputs.seed)
    per, owes = float(promise.years), [member in found.who for member in promise.known]
    whole = float(provided(drawn.part, np.array(owes), drawn.needed))
    good = drawn.benefit * per * ((1.0 + drawn.discount) ** -drawn.lead)[:, None] * whole
    paid = looks(promise, paid=True, every="look")
    bears = np.array([float((promise.pays or {}).get(member, 0)) for member in promise.known])
    places = [members.index(member) for member in promise.known]
    table = np.zeros((draws, len(members), int(np.prod([len(each.places) for each in issues]))))
    names = [each.name for each in issues]
    for number, picked in enumerate(product(*(each.places for each in issues))):
        terms = dict(zip(names, picked, strict=True))
        scale, readings = terms["target"], int(terms["monitoring"])
        seen = replace(paid.several(readings), reward=paid.reward * terms.get("price", 0.0))
        parties = replace(
            found.parties,
            cost=found.parties.cost * scale, own=found.parties.own * scale, others=found.parties.others * scale,
        )  # fmt: skip
        suspended = felt(found.discount, _suspended(promise, terms.get("grace", 1.0)))
        kept = np.asarray(keeps(parties, seen, suspended).all(axis=1), dtype=np.bool_)
        stands = 1.0 / (1.0 + seen.noticed(len(found.who))[0] * suspended)
        rewards = seen.reward * len(found.who) * (1.0 - seen.false_alarm) * stands
        worth = (good * scale * stands[:, None] - bears * rewards[:, None]) / per
        worth[:, owes] = values(parties, seen, suspended) / per
        table[:, places, number] = np.where(kept[:, None], worth, 0.0)
        table[:, places, number] -= reading * readings / per / len(places)
    return table


def _suspended(promise: Promise, times: float) -> int:
    """The looks in which a notice suspends the clause: so many times its grace, and the time set for what follows."""
    breach = promise.clause.breach
    if breach is None or breach.then == "pay":
        return 0
    return math.ceil((years(breach.grace) * Fraction(int(times)) + years(breach.within)) / promise.years)
