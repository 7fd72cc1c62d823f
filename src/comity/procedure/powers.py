"""Powers: who may change a legal position by an act of its own, over whom, and until when.

A power is an object of its own, apart from the duty that it concerns: a breach gives the other parties the power to
give notice, a notice that was not heeded gives all parties the power to agree on other terms, or the obligor the
power to discharge itself by paying. Powers follow from where clauses stand, and are exercised by the event that they
name.

**Source**: Hohfeld, "Some fundamental legal conceptions", Yale Law Journal 23 (1913), 16-59; ILC Articles on State
Responsibility (2001), Articles 42, 43, 45 and 48; Vienna Convention, Articles 57 to 60.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from comity.procedure.changing import suspended
from comity.procedure.state import Duty, State

Act = Literal["notice_given", "clause_renegotiated", "clause_suspended", "clause_resumed", "contribution_paid"]


LIVE = frozenset({"breached", "in_force", "renegotiating", "suspended", "owing"})
"""Stages that give somebody a power."""


@dataclass(frozen=True)
class Power:
    """A power over one duty.

    Attributes:
        holder: the member that may act.
        act: the kind of event by which the power is exercised.
        clause: the clause.
        obligor: the member whose duty it concerns.
        until: the day on which the power lapses; None where it does not.
        article: the article that gives it.
    """

    holder: str
    act: Act
    clause: str
    obligor: str
    until: datetime.date | None
    article: str


def powers(state: State, holder: str | None = None) -> Iterator[Power]:
    """Every power that members hold now, or that one member holds, in the order of clauses, obligors and holders.

    Example:
        >>> import comity, datetime
        >>> from comity.model.event import event
        >>> missed = {"kind": "measured", "on": "2029-01-31", "by": "verifier:secretariat", "value": 80}
        >>> state = comity.start(comity.load("g5"))
        >>> state = comity.apply(state, event({**missed, "clause": "oil_stocks", "obligor": "JPN"})).state
        >>> [(each.holder, each.act) for each in powers(state) if each.obligor == "JPN"][:2]
        [('USA', 'notice_given'), ('USA', 'clause_suspended')]
    """
    live = ((key, duty) for key, duty in state.duties.items() if duty.state in LIVE)
    for (clause, obligor), duty in sorted(live):
        if clause not in state.law.clauses:
            continue
        for each in state.members if holder is None else (holder,):
            if not suspended(state, each):
                yield from _over(duty, clause, obligor, each)


def _over(duty: Duty, clause: str, obligor: str, holder: str) -> Iterator[Power]:
    def power(act: Act, article: str) -> Power:
        return Power(holder, act, clause, obligor, duty.until, article)

    if duty.state == "breached" and holder != obligor:
        yield power("notice_given", "ILC Articles, Article 43")
    if duty.state in {"in_force", "renegotiating"}:
        yield power("clause_renegotiated", "Vienna Convention, Article 39")
    if duty.state == "breached" and holder != obligor:
        yield power("clause_suspended", "Vienna Convention, Article 60")
    if duty.state == "suspended" and holder != obligor:
        yield power("clause_resumed", "Vienna Convention, Article 72")
    if duty.state == "owing" and holder == obligor:
        yield power("contribution_paid", "ILC Articles, Article 36")
