"""Instruments: from signature to entry into force, and out again.

**Source**: Vienna Convention on the Law of Treaties (1969), Articles 9 to 25, 39 to 41, 54 to 56, 65 to 68.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from comity.model.event.act import Act
from comity.model.event.treaties import (
    AmendmentAccepted,
    Deposited,
    InstrumentAdopted,
    MembershipLost,
    MemberSuspended,
    ProvisionallyApplied,
    ReservationMade,
    ReservationObjected,
    Signed,
    WithdrawalNotified,
    WithdrawalRevoked,
)
from comity.model.instrument import EntryIntoForce, Instrument, Withdrawal
from comity.model.parts import member_code
from comity.model.ruling import NO_RULE
from comity.model.weights import Weights
from comity.procedure.changing import beyond, members_on, nothing, sooner, told, void, waiting
from comity.procedure.consequences import brought_into_force
from comity.procedure.state import Changed, Determination, Standing, State, Tie, Treaty
from comity.procedure.values import replace

VCLT = "Vienna Convention on the Law of Treaties"


def instrument_adopted(state: State, event: InstrumentAdopted) -> Changed:
    """A new text: open for signature and deposit, in force at once where nothing is asked for."""
    if event.instrument in state.treaties:
        return void(state, f"there is an instrument '{event.instrument}' already", f"已有文书“{event.instrument}”")
    kept = replace(state, treaties=state.treaties.set(event.instrument, Treaty(event.terms)))
    return kept, (told(event.instrument, "entry_into_force", "adopted", event.on),), ()


def signed(state: State, event: Signed) -> Changed:
    """A signatory must not defeat the object and purpose (Article 18); it is bound by nothing else yet."""
    treaty, tie, refused = _named(state, event, event.instrument)
    if refused or treaty is None:
        return refused or nothing(state)
    return _tied(state, event, event.instrument, replace(tie, signed=event.on))


def deposited(state: State, event: Deposited) -> Changed:
    """Consent to be bound; the deposit that meets the condition starts the clock of the entry into force."""
    treaty, tie, refused = _named(state, event, event.instrument)
    if refused or treaty is None or event.member is None:
        return refused or nothing(state)
    if tie.standing(event.on) in {"party", "contracting_state"}:
        return void(state, f"{event.member} has consented to {event.instrument} already", f"{event.member}已表示同意")
    again = replace(tie, deposited=event.on, left=None, leaving=None, bound=None, provisional=False)
    treaty = replace(treaty, ties=treaty.ties.set(event.member, again))
    return entered(state, event.instrument, treaty, event.member)


def entered(state: State, name: str, treaty: Treaty, member: str) -> Changed:
    """The treaty after a deposit: whether and when it enters into force, and from when the depositor is bound."""
    entry = treaty.terms.entry_into_force
    found = list[Determination]()
    if treaty.in_force is None:
        standing = {code: tie.deposited for code, tie in treaty.ties.items() if tie.deposited and not tie.left}
        met, weights = _met(state, entry, standing)
        if met is None:
            facts = _conditions(state, entry, standing, weights)
            held = replace(state, treaties=state.treaties.set(name, treaty))
            return held, (told(name, "entry_into_force", "not_in_force", state.on, facts=facts),), ()
        effect = entry.effect(met) if entry else met
        ties = treaty.ties
        for code, tie in treaty.ties.items():
            if tie.deposited and not tie.left:
                ties = ties.set(code, replace(tie, bound=effect))
        treaty = replace(treaty, met=met, in_force=effect, ties=ties)
        facts = {"met": met, **_conditions(state, entry, standing, weights)}
        found.append(told(name, "entry_into_force", _when(effect, state.on), effect, facts=facts))
    else:
        tie = treaty.ties[member]
        joining = treaty.terms.joining
        delay = joining.delay if joining else entry.delay if entry else None
        later = delay.after(state.on) if delay else state.on
        bound = max(later, treaty.in_force)
        treaty = replace(treaty, ties=treaty.ties.set(member, replace(tie, bound=bound)))
        found.append(told(name, "entry_into_force", _when(bound, state.on), bound, facts={"for": member}))
    waits = found[-1].on if found[-1].on > state.on else None
    kept = waiting(state, waits, treaties=state.treaties.set(name, treaty))
    if waits is None and "met" in found[-1].facts:
        kept, more = brought_into_force(kept, name)
        found += more
    return kept, tuple(found), ()


def _when(effect: datetime.date, on: datetime.date) -> str:
    return "in_force" if effect <= on else "will_enter_into_force"


def _met(
    state: State, entry: EntryIntoForce | None, standing: Mapping[str, datetime.date]
) -> tuple[datetime.date | None, Weights | None]:
    if entry is None:
        return min(standing.values(), default=None), None
    weights = state.law.weights.get(entry.weights) if isinstance(entry.weights, str) else entry.weights
    return entry.met(standing, state.members, weights), weights


def _conditions(
    state: State, entry: EntryIntoForce | None, standing: Mapping[str, datetime.date], weights: Weights | None
) -> dict[str, Any]:
    if entry is None:
        return {"deposits": len(standing)}
    found = entry.conditions(standing, state.members, weights, state.on)
    lacking = {} if entry.share is None or weights is not None else {"share": "unknown: no weights are stated"}
    return {each.what: {"reached": each.reached, "required": each.required} for each in found} | lacking


def reservation_made(state: State, event: ReservationMade) -> Changed:
    """A reservation; where the instrument prohibits them it is void (Article 19(a))."""
    treaty, tie, refused = _named(state, event, event.instrument)
    if refused or treaty is None:
        return refused or nothing(state)
    if treaty.terms.reservations == "prohibited" and not event.declaration:
        return beyond(
            state,
            f"{event.instrument} prohibits reservations",
            f"{event.instrument}不允许保留",
            f"{VCLT}, Article 19(a)",
        )
    if tie.bound and not event.declaration:
        return beyond(
            state,
            f"{event.member} is bound already: a reservation is made when consenting",
            f"{event.member}已受约束，保留须在表示同意时提出",
            f"{VCLT}, Article 19",
        )
    said = event.provision if not event.declaration else f"declaration: {event.provision}"
    return _tied(state, event, event.instrument, replace(tie, reservations=(*tie.reservations, said)))


def reservation_objected(state: State, event: ReservationObjected) -> Changed:
    """An objection to another's reservation: the treaty holds between the two but for the provision (Article 21(3))."""
    treaty, tie, refused = _named(state, event, event.instrument)
    if refused or treaty is None:
        return refused or nothing(state)
    other = treaty.ties.get(event.of, Tie())
    if not other.reservations:
        return void(state, f"{event.of} made no reservation to {event.instrument}", f"{event.of}未作保留")
    return _tied(state, event, event.instrument, replace(tie, objections=(*tie.objections, event.of)))


def provisionally_applied(state: State, event: ProvisionallyApplied) -> Changed:
    """Application before entry into force, where the instrument allows it (Article 25)."""
    treaty, tie, refused = _named(state, event, event.instrument)
    if refused or treaty is None:
        return refused or nothing(state)
    if not treaty.terms.provisional:
        return beyond(
            state,
            f"{event.instrument} does not provide for provisional application",
            f"{event.instrument}未规定暂时适用",
            f"{VCLT}, Article 25",
        )
    return _tied(state, event, event.instrument, replace(tie, provisional=True))


def withdrawal_notified(state: State, event: WithdrawalNotified) -> Changed:
    """Notice of withdrawal: its effect is a matter of dates and conditions, never of will."""
    member = event.member
    if member is None:
        return beyond(state, f"{event.by} cannot give notice of withdrawal", f"{event.by}不能提出退出通知")
    name = event.instrument or "membership"
    if not event.received:
        facts = {"member": member, "because": "a notice counts from its receipt by the depositary"}
        found = told(name, "withdrawal", "no_notice", event.on, article=f"{VCLT}, Article 67", facts=facts)
        return state, (found,), ()
    treaty, tie, refused = (None, Tie(), None) if event.instrument is None else _named(state, event, event.instrument)
    if refused:
        return refused
    standing = state.standings.get(member, Standing())
    inside = member in state.members if treaty is None else tie.standing(event.on) == "party"
    if not inside:
        what = "a member" if treaty is None else f"a party to {name}"
        return beyond(state, f"{member} is not {what} on {event.on}", f"{member}于{event.on}并非成员或当事方")
    if (standing if treaty is None else tie).leaving is not None:
        return void(state, f"{member} has given notice already", f"{member}已提出退出通知")
    terms = state.law.exit if treaty is None else treaty.terms.withdrawal
    bound = _since(state, member) if treaty is None else tie.bound
    return _notice(state, event, member, name, terms=terms, bound=bound)


def _since(state: State, member: str) -> datetime.date | None:
    """From when a member has been one: by a decision of the body, else as its charter says; None where it does not."""
    standing = state.standings.get(member)
    if standing is not None and standing.joined is not None:
        return standing.joined
    dated = [each.from_ for each in state.law.members if not isinstance(each, str) and member_code(each) == member]
    return max((day for day in dated if day is not None and day <= state.on), default=None)


def _notice(
    state: State,
    event: WithdrawalNotified,
    member: str,
    name: str,
    *,
    terms: Withdrawal | None,
    bound: datetime.date | None,
) -> Changed:
    if terms is None:
        facts = {"member": member, "because": "the text is silent; twelve months' notice where a right is implied"}
        return state, (told(name, "withdrawal", "unknown", event.on, article=f"{VCLT}, Article 56", facts=facts),), ()
    article = terms.where or NO_RULE
    effect = terms.effect(event.on, bound_since=bound)
    if effect is None:
        facts = {"member": member, "not_before": terms.not_before.after(bound) if terms.not_before and bound else None}
        return state, (told(name, "withdrawal", "void", event.on, article=article, facts=facts),), ()
    contested = terms.settled and event.settled is not True
    with_payment = "not effective" if event.settled is False else "unknown"
    readings = {"time alone": f"effective {effect}", "with payment": with_payment} if contested else {}
    word = "effective" if effect <= event.on and not contested else "will_take_effect"
    found = told(
        name,
        "withdrawal",
        word,
        effect,
        article=article,
        contested=contested,
        readings=readings,
        facts={"member": member, "received": event.on},
    )
    changed = leaving(state, member, event.instrument, effect, unpaid=contested)
    return changed, (found,), ()


def leaving(state: State, member: str, instrument: str | None, effect: datetime.date, *, unpaid: bool = False) -> State:
    """The state in which a notice runs until its effect; where that is not after the day, it has run."""
    now = effect <= state.on and not unpaid
    if instrument is None:
        standing = state.standings.get(member, Standing())
        standing = replace(standing, left=effect) if now else replace(standing, leaving=effect, unsettled=unpaid)
        kept = waiting(state, None if now else effect, standings=state.standings.set(member, standing))
        return replace(kept, members=members_on(kept.law, kept, kept.on)) if now else kept
    treaty = state.treaties[instrument]
    tie = treaty.ties[member]
    tie = replace(tie, left=effect) if now else replace(tie, leaving=effect, unsettled=unpaid)
    treaty = replace(treaty, ties=treaty.ties.set(member, tie))
    return waiting(state, None if now else effect, treaties=state.treaties.set(instrument, treaty))


def withdrawal_revoked(state: State, event: WithdrawalRevoked) -> Changed:
    """A notice may be taken back before it takes effect (Article 68)."""
    member = event.member or ""
    name = event.instrument or "membership"
    if event.instrument is None:
        standing = state.standings.get(member)
        if standing is None or standing.leaving is None:
            return void(state, f"{member} has given no notice", f"{member}未曾通知退出")
        kept = replace(state, standings=state.standings.set(member, replace(standing, leaving=None)))
    else:
        treaty, tie, refused = _named(state, event, event.instrument)
        if refused or treaty is None or tie.leaving is None:
            return refused or void(state, f"{member} has given no notice", f"{member}未曾通知退出")
        treaty = replace(treaty, ties=treaty.ties.set(member, replace(tie, leaving=None)))
        kept = replace(state, treaties=state.treaties.set(event.instrument, treaty))
    article = f"{VCLT}, Article 68"
    return kept, (told(name, "withdrawal", "revoked", event.on, article=article, facts={"member": member}),), ()


def membership_lost(state: State, event: MembershipLost) -> Changed:
    """Who leaves the one leaves the other, at once or after a time, unless the others let it stay."""
    terms = state.law.exit
    if terms is None or event.elsewhere not in terms.follows or event.state not in state.members:
        return nothing(state)
    if event.stays and terms.unless:
        return state, (told(event.state, "membership", "stays", event.on, rule=terms.unless),), ()
    effect = terms.after.after(event.on) if terms.after else event.on
    word = "effective" if effect <= event.on else "will_take_effect"
    found = told("membership", "withdrawal", word, effect, article=terms.where, facts={"member": event.state})
    return leaving(state, event.state, None, effect), (found,), ()


def amendment_accepted(state: State, event: AmendmentAccepted) -> Changed:
    """One more acceptance of an amendment; the last one needed brings it into force."""
    if event.amendment not in state.treaties:
        return void(state, f"there is no amendment '{event.amendment}'", f"没有名为“{event.amendment}”的修正")
    if event.member is None:
        return beyond(state, f"{event.by} cannot accept an amendment", f"{event.by}不能接受修正")
    treaty = state.treaties[event.amendment]
    if treaty.ties.get(event.member, Tie()).deposited is not None:
        return void(state, f"{event.member} has accepted {event.amendment} already", f"{event.member}已接受该修正")
    tie = replace(treaty.ties.get(event.member, Tie()), deposited=event.on)
    treaty = replace(treaty, ties=treaty.ties.set(event.member, tie))
    return entered(state, event.amendment, treaty, event.member)


def member_suspended(state: State, event: MemberSuspended) -> Changed:
    """A suspension by the other members outside any vote: what it rests on is said, or that no rule was cited."""
    basis = event.basis or NO_RULE
    standing = replace(state.standings.get(event.state, Standing()), suspended=basis, until=event.until)
    kept = replace(state, standings=state.standings.set(event.state, standing), next=sooner(state, event.until))
    contested = not event.basis
    found = told(event.state, "membership", "suspended", event.on, article=basis, contested=contested)
    return kept, (found,), ()


def _named(state: State, event: Act, instrument: str) -> tuple[Treaty | None, Tie, Changed | None]:
    if instrument not in state.treaties:
        refused = void(state, f"there is no instrument '{instrument}'", f"没有名为“{instrument}”的文书")
        return None, Tie(), refused
    if event.member is None:
        return None, Tie(), beyond(state, f"{event.by} is no state", f"{event.by}并非国家")
    treaty = state.treaties[instrument]
    return treaty, treaty.ties.get(event.member, Tie()), None


def _tied(state: State, event: Act, instrument: str, tie: Tie) -> Changed:
    treaty = state.treaties[instrument]
    treaty = replace(treaty, ties=treaty.ties.set(event.member or "", tie))
    return replace(state, treaties=state.treaties.set(instrument, treaty)), (), ()


def opened(terms: Instrument) -> Treaty:
    """An instrument at the start, before anything on its record is applied."""
    return Treaty(terms)
