"""Money as transactions coded by the International Aid Transparency Initiative, seen from the institution's side.

What is announced is an incoming pledge (13), what is confirmed or assessed an incoming commitment (11), what is paid
incoming funds (1), and a reward that performance earned an outgoing commitment (2). What is taken back is a negative
value under the code under which it had been given. Acts without effect are left out.

**Source**: IATI Standard, version 2.03, codelist TransactionType; element ``transaction``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from comity.kernel.quantity import Money
from comity.model.event.act import Act
from comity.model.event.money import ContributionAssessed, ContributionPaid
from comity.operation.texts.instrument import Steps
from comity.operation.texts.words import decimal
from comity.procedure.case import TimePassed
from comity.procedure.money import broken
from comity.procedure.state import Pledge, State, Step

COLUMNS = (
    "transaction-ref", "transaction-type-code", "transaction-type", "transaction-date", "value", "currency",
    "value-date", "price-year", "provider-org-ref", "provider-org", "receiver-org-ref", "receiver-org", "description",
)  # fmt: skip
TYPES = {1: "Incoming Funds", 2: "Outgoing Commitment", 11: "Incoming Commitment", 13: "Incoming Pledge"}
"""The codes that are used, by the names of the codelist."""


def transactions(state: State, steps: Steps) -> str:
    """Every movement on the ladder of money as CSV, in the order in which it happened.

    Args:
        state: the institution as it now stands.
        steps: what happened.

    Example:
        >>> from comity.library.cases import cases, replayed
        >>> done = replayed(next(each for each in cases("money") if each.id.startswith("C29")))
        >>> for line in transactions(done.state, done.steps).splitlines()[1:3]:
        ...     print(line.partition(",USA,")[0])
        1-1,13,Incoming Pledge,2014-11-15,3000000000,USD,2014-11-15,
        2-1,11,Incoming Commitment,2016-03-01,3000000000,USD,2016-03-01,
    """
    from comity.library.actors import actors

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    law, known, before = state.law, actors(), None
    number = 0
    for act, step in steps:
        number += not isinstance(act, TimePassed)
        for place, (code, value, currency, year, member, fund, told) in enumerate(_moved(act, step, before), 1):
            title = law.member_title(member)
            own = title.en if title else known[member].name().en if member in known else member
            held = law.funds.get(fund)
            pot = (held.title.en if held and held.title else fund.replace("_", " ").capitalize()) or law.title.en
            ends = [(member, own), (f"{law.name}.{fund}" if fund else law.name, pot)]
            (provider, payer), (receiver, payee) = ends if code != 2 else ends[::-1]
            on = str(step.state.on)
            row = (
                f"{number}-{place}",
                code,
                TYPES[code],
                on,
                decimal(value).replace(",", ""),
                currency,
                on,
                year or "",
            )
            writer.writerow((*row, provider, payer, receiver, payee, told))
        before = step.state
    return text.getvalue()


Movement = tuple[int, Fraction, str, int | None, str, str, str]
"""Code, value, currency, price year, member, fund, description."""


def _moved(act: Act | TimePassed, step: Step, before: State | None) -> Iterator[Movement]:
    if any(flag.what in {"void", "ultra_vires"} for flag in step.flags):
        return
    pledge = getattr(act, "pledge", None)
    if pledge is not None and pledge in step.state.pledges:
        old = before.pledges.get(pledge) if before else None
        yield from _pledged(pledge, old, step.state.pledges[pledge], _year(act))
    elif isinstance(act, ContributionAssessed):
        yield 11, act.amount.amount, act.amount.currency, _year(act), act.state, "", f"assessed for {act.year}"
    elif isinstance(act, ContributionPaid):
        payer = act.state or act.member or ""
        told = f"{act.clause}: paid in the place of performance" if act.clause else "assessed contributions: paid"
        yield 1, act.amount.amount, act.amount.currency, _year(act), payer, "", told
    for found in step.determinations:
        clause = step.state.law.clauses.get(found.about)
        if found.sort == "clause" and clause and clause.reward and found.facts.get("consequence") == "reward":
            owed = clause.reward.amount
            member = str(found.facts["obligor"])
            yield 2, owed.amount, owed.currency, owed.price_year, member, clause.reward.from_, f"{found.about}: reward"


def _pledged(name: str, old: Pledge | None, new: Pledge, year: int | None) -> Iterator[Movement]:
    """What changed in a pledge: of what is taken back, the part that an agreement covered apart from the rest."""
    nought = Fraction(0)
    was = old or Pledge(new.by, new.fund, new.currency, nought)
    agreed = broken(new) - broken(was)
    for code, value, word in (
        (13, new.announced - was.announced, "announced"),
        (11, new.confirmed - was.confirmed, "confirmed"),
        (1, new.paid - was.paid, "paid"),
        (11, -agreed, "rescinded of what was confirmed"),
        (13, agreed - (new.rescinded - was.rescinded), "rescinded of what was only announced"),
    ):
        if value:
            yield code, value, new.currency, year, new.by, new.fund, f"{name}: {word}"


def _year(act: Act | TimePassed) -> int | None:
    amount = getattr(act, "amount", None)
    return amount.price_year if isinstance(amount, Money) else None
