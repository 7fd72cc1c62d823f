"""After an exit or a default: what is missing, who would take it over, what ceilings leave, what becomes of votes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.analysis.parts.paying import Paying
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.threshold import Bound
from comity.solvers.sharing import poured

Mode = Literal["exit", "default"]


@dataclass(frozen=True)
class Left:
    """What follows when some leave or do not pay.

    Attributes:
        without: those who leave or default.
        gap: their share under the fund's own rule.
        kept: the shares of the others as before.
        shares: the shares of the others when they re-share the whole.
        unassigned: what ceilings leave that nobody takes over.
        votes: voting shares before and after, where votes follow money: ``{state: (before, after)}``.
        blocks: by rule, who alone can block it before and after: ``{rule: (title, before, after)}``.
    """

    without: tuple[str, ...]
    gap: Fraction
    kept: Mapping[str, Fraction]
    shares: Mapping[str, Fraction]
    unassigned: Fraction
    votes: Mapping[str, tuple[Fraction, Fraction]]
    blocks: Mapping[str, tuple[Text, tuple[str, ...], tuple[str, ...]]]

    @property
    def takers(self) -> list[str]:
        """Those who would take over most, the largest addition first."""
        return sorted(self.kept, key=lambda state: (self.kept[state] - self.shares[state], state))


def leaving(inputs: Inputs, paid: Paying, without: Sequence[str], mode: Mode) -> Left:
    """What is missing without some payers, and who would take it over.

    After an exit the fund's own rule is computed again among those who stay. After a default the debtor stays a member
    and the shares of the others stand; what is not paid is taken over in proportion to them, up to the ceiling.

    Raises:
        UnknownName: for one who does not pay.
        InputError: where nobody is left to pay.
    """
    gone = tuple(dict.fromkeys(without)) or paid.payers[:1]
    for state in gone:
        if state not in paid.own:
            raise UnknownName(f"payer into {paid.name}", state, list(paid.payers))
    stay = [state for state in paid.payers if state not in gone]
    if not stay:
        raise InputError("Nobody is left to pay.", mend="Name fewer members: --without USA.")
    gap = sum((paid.own[state] for state in gone), Fraction(0))
    kept = {state: paid.own[state] for state in stay}
    taken = _again(paid, stay) if mode == "exit" else None
    if taken is None:
        most = paid.rule.ceilings(stay, paid.figures)
        poured_on, left = poured(list(kept.values()), gap, list(most.values()))
        taken = dict(zip(stay, poured_on, strict=True))
    else:
        left = Fraction(0)
    votes = _votes(inputs, paid, gone) if mode == "exit" else {}
    return Left(gone, gap, kept, taken, left, votes, dict(_blocks(inputs, paid, votes)))


def _again(paid: Paying, stay: Sequence[str]) -> dict[str, Fraction] | None:
    """The fund's own rule among those who stay; none where its limits leave part of the whole to nobody."""
    try:
        return paid.rule.shares(stay, paid.figures)
    except ValueError:
        return None


def _votes(inputs: Inputs, paid: Paying, gone: Sequence[str]) -> dict[str, tuple[Fraction, Fraction]]:
    """Voting shares before and after, where the charter says that votes follow what is paid in."""
    follow = paid.fund.votes
    if follow is None:
        return {}
    members = inputs.institution.members_on(inputs.date)
    weights = inputs.institution.weights[follow.weights].on(members, inputs.date)
    total = sum(weights, Fraction(0))
    stay = [member for member in members if member not in gone]
    money = sum((paid.own.get(member, Fraction(0)) for member in stay), Fraction(0))
    return {
        member: (
            weight / total,
            Fraction(0)
            if member in gone
            else (1 - follow.basic) * paid.own.get(member, Fraction(0)) / money + follow.basic / len(stay),
        )
        for member, weight in zip(members, weights, strict=True)
    }


def _blocks(
    inputs: Inputs, paid: Paying, votes: Mapping[str, tuple[Fraction, Fraction]]
) -> Iterator[tuple[str, tuple[Text, tuple[str, ...], tuple[str, ...]]]]:
    """Of each rule over the total of these weights: who alone can keep it from being carried."""
    if not votes or paid.fund.votes is None:
        return
    weights = inputs.institution.weights[paid.fund.votes.weights]
    for name, rule in inputs.institution.rules.items():
        if getattr(rule, "weights", None) is not weights:
            continue
        bound = getattr(rule, "weight", rule)
        if not isinstance(bound, Bound) or getattr(bound, "of", "") != "total_weight":
            continue
        share, strict = bound.bound(inputs.date)
        before, after = (
            tuple(state for state, each in votes.items() if _stops(each[place], share, strict=strict))
            for place in (0, 1)
        )
        yield name, (rule.title or Text(name), before, after)


def _stops(weight: Fraction, share: Fraction, *, strict: bool) -> bool:
    rest = 1 - weight
    return weight > 0 and (rest <= share if strict else rest < share)
