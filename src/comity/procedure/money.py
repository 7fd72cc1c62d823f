"""Money: the ladder of a pledge, and assessed contributions."""

from __future__ import annotations

from fractions import Fraction

from comity.kernel.quantity import Money
from comity.model.event.act import Act
from comity.model.event.money import (
    ContributionAnnounced,
    ContributionAssessed,
    ContributionConfirmed,
    ContributionPaid,
    ContributionRescinded,
)
from comity.procedure import duties
from comity.procedure.arrears import in_arrears, owed
from comity.procedure.changing import beyond, irregular, told, void, waiting
from comity.procedure.state import Changed, Determination, Due, Pledge, State
from comity.procedure.values import replace


def announced(state: State, event: ContributionAnnounced) -> Changed:
    """An announcement: nothing is owed, and not paying it breaks no agreement."""
    if event.pledge in state.pledges:
        return void(state, f"there is a pledge '{event.pledge}' already", f"已有认捐“{event.pledge}”")
    if event.member is None:
        return beyond(state, f"{event.by} cannot pledge", f"{event.by}不能认捐")
    if event.fund and event.fund not in state.law.funds:
        return void(state, f"the charter has no fund '{event.fund}'", f"约章中没有基金“{event.fund}”")
    pledge = Pledge(event.member, event.fund, event.amount.currency, event.amount.amount)
    return _kept(state, event.pledge, pledge)


def confirmed(state: State, event: ContributionConfirmed) -> Changed:
    """An agreement is signed: the amount is owed from its due day."""
    pledge = _own(state, event)
    if isinstance(pledge, tuple):
        return pledge
    amount = event.amount.amount if event.amount else pledge.announced - pledge.confirmed
    changed = replace(pledge, confirmed=pledge.confirmed + amount, due=event.due or pledge.due)
    return _kept(state, event.pledge, changed)


def paid(state: State, event: ContributionPaid) -> Changed:
    """A payment towards a pledge, in the place of a performance, or towards the oldest contribution that is open."""
    if event.pledge is not None:
        pledge = state.pledges.get(event.pledge)
        if pledge is None:
            return _unknown(state, event.pledge)
        if event.amount.currency != pledge.currency:
            return _currency(state, event.amount, pledge.currency)
        return _kept(state, event.pledge, replace(pledge, paid=pledge.paid + event.amount.amount))
    member = event.state or event.member or ""
    if event.clause is None:
        return _contributed(state, member, event.amount)
    if (event.clause, member) not in state.duties:
        return void(state, f"{member} does not owe {event.clause}", f"{member}不承担{event.clause}")
    return duties.paid(state, event.clause, member)


def _contributed(state: State, member: str, amount: Money) -> Changed:
    """A payment of assessed contributions, the oldest first."""
    open_dues = state.dues.get(member, ())
    if not open_dues:
        return void(state, f"{member or 'nobody'} owes no assessed contribution", f"{member}没有应缴摊款")
    if amount.currency != open_dues[0].currency:
        return _currency(state, amount, open_dues[0].currency)
    left, settled = amount.amount, list[Due]()
    for each in sorted(open_dues, key=lambda due: (due.due, due.year)):
        part = min(left, each.amount - each.paid)
        settled.append(replace(each, paid=each.paid + part))
        left -= part
    barred = in_arrears(state, member)
    kept = replace(state, dues=state.dues.set(member, tuple(settled)))
    found = _standing(kept, member)
    flags = (irregular("", f"{member} paid {left} more than it owed", f"{member}多缴{left}"),) if left else ()
    return kept, (found,) if barred or found.outcome == "arrears" else (), flags


def assessed(state: State, event: ContributionAssessed) -> Changed:
    """A share of the budget that a member owes."""
    dues = state.dues.get(event.state, ())
    if dues and dues[0].currency != event.amount.currency:
        return _currency(state, event.amount, dues[0].currency)
    due = Due(event.year, event.amount.amount, event.due, event.amount.currency)
    kept = waiting(state, event.due, dues=state.dues.set(event.state, (*dues, due)))
    return kept, (), ()


def rescinded(state: State, event: ContributionRescinded) -> Changed:
    """What is taken back of what was not paid: of what was confirmed it breaks the agreement."""
    pledge = _own(state, event)
    if isinstance(pledge, tuple):
        return pledge
    amount = event.amount.amount if event.amount else pledge.announced - pledge.paid - pledge.rescinded
    return _kept(state, event.pledge, replace(pledge, rescinded=pledge.rescinded + amount))


def _own(state: State, event: ContributionConfirmed | ContributionRescinded) -> Pledge | Changed:
    """The pledge that its pledger confirms or takes back, or the flag that says why it cannot."""
    pledge = state.pledges.get(event.pledge)
    if pledge is None:
        return _unknown(state, event.pledge)
    if event.member not in {None, pledge.by}:
        return _not_its_own(state, event, pledge)
    if event.amount and event.amount.currency != pledge.currency:
        return _currency(state, event.amount, pledge.currency)
    return pledge


def ladder(pledge: Pledge, state: State) -> str:
    """The rung on which a pledge stands on the day.

    ``announced``, ``confirmed``, ``due``, ``part_paid``, ``paid``, ``overdue``, ``rescinded``.
    """
    if pledge.paid >= pledge.announced and pledge.announced:
        return "paid"
    if pledge.rescinded and pledge.paid + pledge.rescinded >= max(pledge.confirmed, pledge.announced):
        return "rescinded"
    unpaid = pledge.confirmed - pledge.paid - broken(pledge)
    if pledge.due and unpaid > 0 and state.on > pledge.due:
        return "overdue"
    if pledge.paid:
        return "part_paid"
    if pledge.confirmed:
        return "due" if pledge.due == state.on else "confirmed"
    return "announced"


def _standing(state: State, member: str) -> Determination:
    word = "arrears" if in_arrears(state, member) else "good_standing"
    article = state.law.arrears.where if state.law.arrears else ""
    return told(member, "money", word, state.on, article=article, facts={"owed": owed(state, member)})


def _kept(state: State, name: str, pledge: Pledge) -> Changed:
    kept = waiting(state, pledge.due, pledges=state.pledges.set(name, pledge))
    facts = {
        "announced": pledge.announced,
        "confirmed": pledge.confirmed,
        "paid": pledge.paid,
        "rescinded": pledge.rescinded,
        "confirmed_unpaid": max(pledge.confirmed - pledge.paid - broken(pledge), Fraction(0)),
        "of_agreement": broken(pledge),
        "currency": pledge.currency,
    }
    return kept, (told(name, "money", ladder(pledge, state), state.on, facts=facts),), ()


def broken(pledge: Pledge) -> Fraction:
    """How much of what was rescinded had been confirmed by an agreement: what was only announced is rescinded first."""
    return max(pledge.rescinded - max(pledge.announced - pledge.confirmed, Fraction(0)), Fraction(0))


def _not_its_own(state: State, event: Act, pledge: Pledge) -> Changed:
    return beyond(state, f"the pledge is {pledge.by}'s, not {event.by}'s", f"该认捐属于{pledge.by}")


def _unknown(state: State, name: str) -> Changed:
    return void(state, f"there is no pledge '{name}'", f"没有名为“{name}”的认捐")


def _currency(state: State, amount: Money, currency: str) -> Changed:
    return void(
        state,
        f"{amount} is not in {currency}: amounts in different currencies are not added",
        f"{amount}并非以{currency}计价：不同货币不相加",
    )
