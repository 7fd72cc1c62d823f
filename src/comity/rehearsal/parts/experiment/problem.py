"""What is played at a setting: a clause with all it follows from, frozen as canonical JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from comity.kernel.canonical import dumps
from comity.kernel.errors import InputError, UnknownName
from comity.model.analysis import Inputs
from comity.model.goods import Shared, Worth
from comity.rehearsal.parts.self_enforcement.promises import Promise, looks, promises
from comity.rehearsal.parts.varying.setting import Setting

Pay = Literal["look", "year"]


def clause_of(inputs: Inputs, name: str) -> str:
    """The clause that is rehearsed: the one named, else the first of the charter.

    Raises:
        UnknownName: where the charter has no such clause.
        InputError: where it has none at all.
    """
    known = list(inputs.institution.clauses)
    if not known:
        what = f"{inputs.institution.title.en} has no clause that could be rehearsed."
        raise InputError(what, mend="Ask about g5, or write one in a copy: comity new NAME.")
    if name and name not in known:
        raise UnknownName(f"clause in the charter '{inputs.institution.name}'", name, known)
    return name or known[0]


def frozen(inputs: Inputs, setting: Setting, clause: str, *, looks_played: int, every: Pay) -> bytes:
    """The problem at a setting; the same bytes for the same problem.

    Args:
        inputs: what the analysis may read; its institution and stakes are those as written.
        setting: the institution, the stakes and the shocks that are rehearsed.
        clause: the clause.
        looks_played: how many looks a run has.
        every: whether a reward is paid for each look that is passed, or that much a year.

    Raises:
        NotComputable: where the game of the clause cannot be set up.
        InputError: for an error of verification of more than the whole, or a reward that is not in US dollars.
    """
    here = replace(inputs, institution=setting.institution, against=(), stakes=setting.grounds)
    (promise,), _ = promises(here, (clause,))
    for name in ("false_alarm", "miss"):
        if getattr(promise, name) > 1:
            what = f"clauses.{clause}.verified.{name}: {getattr(promise, name)} is more than the whole."
            raise InputError(what, mend="Vary it within 0..1.")
    paid = looks(promise, paid=promise.clause.reward is not None, every=every)
    members = [_member(setting, promise, each) for each in promise.known]
    if any(each["part"] is None for each in members):
        cost = sum(each["cost"][1] for each in members)
        for each in members:
            each["part"] = each["cost"][1] / cost if cost else 1 / len(members)
    return dumps(
        {
            "seed": inputs.seed,
            "issue": promise.issue,
            "looks": looks_played,
            "years": float(promise.years),
            "members": members,
            "excludable": [float(each) for each in promise.good.excludable],
            "discount": [float(each) for each in promise.good.discount],
            "lead": promise.good.lead,
            "needed": float(promise.good.needed),
            "false_alarm": paid.false_alarm,
            "miss": paid.miss,
            "reward": paid.reward,
            "suspended": promise.suspended,
        }
    ).encode()


def _member(setting: Setting, promise: Promise, member: str) -> dict[str, Any]:
    grounds = setting.grounds
    worth = grounds.worth(promise.issue, member)
    assert isinstance(worth, Worth), "promises() knows only members to whom the stakes give a worth"
    seat = grounds.stakes.issue(promise.issue).seats.get(member)
    rules = grounds.stakes.issue(promise.issue).valued()
    by_hand = {what: seat is not None and getattr(seat, what) is not None for what in rules}
    return {
        "member": member,
        "owes": member in promise.clause.obligor,
        "benefit": list(worth.benefit),
        "cost": list(worth.cost),
        "common": {
            what: isinstance(grounds.stakes.rules[rule], Shared) and not by_hand[what] for what, rule in rules.items()
        },
        "part": worth.part,
        "pays": float((promise.pays or {}).get(member, 0)),
        "absent": float(setting.shocks.get(("absent", member), 0)),
    }
