"""A policy: how a built-in player plays, as a small table of whole numbers and fractions.

The same table is read by one game, question by question (:func:`answer`), and by a campaign of very many games at
once. What it is read with are counts and shares that the player has observed, never another player's wishes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from comity.model.seat import Answer, Ask, Move, Span

NOUGHT, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)
Seen = Literal[0, 1, 2, 3]
"""What a player has seen of the others' promises: 0 nothing yet; 1 all kept, always; 2 some broken, but fewer than
half of those judged the last time; 3 half of them or more. With one other player this is what it did the last time;
in a group a single breach is not answered by breaking with all (Boyd and Richerson 1988, "The evolution of reciprocity
in sizable groups", Journal of Theoretical Biology 132)."""
Against = Literal["no", "abstain", "objects"]
"""How a text is opposed."""
Worth = Literal[0, 1, 2]
"""What keeping a promise is worth to the one that made it: 0 not what it costs, even where all others keep theirs;
1 what it costs where all others keep theirs too; 2 what it costs even where nobody else does. These are the latent,
the intermediate and the privileged group of Olson (1965), chapter 1, member by member."""
Response = Literal["pass", "notice_given", "clause_suspended"]
"""What is done about another's breach."""
FINENESS = 10
"""Texts are written to a tenth of a point of the scale."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a player plays, as a table. Rows that are asked for beyond their end are the last one again.

    Attributes:
        asks: by round, the share of its own range that the text it tables gives it (1: its position; 0: no better
            than no text).
        takes: by round, the least share of its own range at which it votes yes.
        yields: by how many of its own texts on the issue were refused in a row, the most that it still asks for.
        matches: how much of what the others have conceded to it comes off what it asks and takes: a share.
        below: its vote on a text that is better than none and less than it takes.
        worse: its vote on a text that is worse than none.
        keeps: by what it has seen (:data:`Seen`), three times: for each :data:`Worth` of the promise; the chance that
            it keeps it. What it owes to a budget is a promise of worth 1.
        cures: the chance that it makes good a breach of its own once notice was given.
        responds: what it does about another's breach.
        consents: by how often other terms were agreed for a promise already, the chance that it agrees to others.
        attends: by how often in a row it was outvoted, the chance that it comes to a session.
        leaves: by the same, the chance that it gives notice of withdrawal.
    """

    asks: tuple[Fraction, ...] = (ONE,)
    takes: tuple[Fraction, ...] = (NOUGHT,)
    yields: tuple[Fraction, ...] = (ONE,)
    matches: Fraction = NOUGHT
    below: Against = "no"
    worse: Against = "no"
    keeps: tuple[Fraction, ...] = (ONE,) * 12
    cures: Fraction = ONE
    responds: Response = "notice_given"
    consents: tuple[Fraction, ...] = (ONE, NOUGHT)
    attends: tuple[Fraction, ...] = (ONE,)
    leaves: tuple[Fraction, ...] = (NOUGHT,)

    def asked(self, round_: int, refused: int = 0, conceded: Fraction = NOUGHT) -> Fraction:
        """The share it asks for in a round, counted from 1."""
        most = min(row(self.asks, round_ - 1), row(self.yields, refused))
        return max(most - self.matches * conceded, NOUGHT)

    def taken(self, round_: int, conceded: Fraction = NOUGHT) -> Fraction:
        """The least share that it says yes to in a round, counted from 1."""
        least = row(self.takes, round_ - 1)
        return max(least - self.matches * conceded, min(least, NOUGHT))

    def kept(self, seen: Seen, worth: Worth) -> Fraction:
        """The chance that it keeps a promise."""
        return self.keeps[seen + 4 * worth]


def row(table: Sequence[Fraction], number: int) -> Fraction:
    """An entry of a table, the last one beyond its end."""
    return table[min(number, len(table) - 1)]


def seen(view: Mapping[str, Any]) -> Seen:
    """What counts of the others' promises come to: ``kept`` and ``broken`` in all, ``last_broken`` of ``last_judged``.

    Example:
        >>> counts = {"kept": 3, "broken": 1, "last_judged": 4, "last_broken": 1}
        >>> seen(counts), seen({**counts, "last_broken": 2}), seen({**counts, "broken": 0, "last_broken": 0})
        (2, 3, 1)
    """
    if view["kept"] + view["broken"] == 0:
        return 0
    if view["last_broken"] and 2 * view["last_broken"] >= view["last_judged"]:
        return 3
    return 2 if view["broken"] else 1


def keeping(*shares: Fraction) -> tuple[Fraction, ...]:
    """A table of promises kept that does not ask what they are worth.

    Example:
        >>> len(keeping(ONE, ONE, ONE, NOUGHT))
        12
    """
    return (*shares, *shares, *shares)


def answer(policy: Policy, ask: Ask) -> Answer:
    """The answer that a policy gives: one of the moves of the question, filled in."""
    move, slots, reason = DECIDED[ask.about](policy, ask, ask.view)
    return Answer(ask.id, move, slots, reason)


Decided = tuple[str, dict[str, Any], str]


def _attend(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    move = ask.moves[0]
    there = ask.likely(row(policy.attends, view["outvoted"]))
    return move.id, {"attendance": "present" if there else "absent"}, f"outvoted {view['outvoted']} times in a row"


def _table(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    """The text that gives it the share it asks for, towards the others and no further than their own texts."""
    move, share = ask.moves[0], policy.asked(view["round"], view["refused"], view["conceded"])
    span = move.slots["text"]
    if view["position"] is None or not isinstance(span, Span):
        return "pass", {}, "it wants nothing on this issue"
    off = view["others"] - view["position"]
    reach = min((ONE - share) * view["reach"], abs(off))
    place = view["position"] + (reach if off > 0 else -reach)
    place = min(max(place, span.low), span.high)
    return move.id, {"text": _written(place, view["position"])}, f"asks for {_said(share)} of its range"


def _written(place: Fraction, towards: Fraction) -> Fraction:
    """A place to a tenth of a point, rounded towards a position, so that rounding gives nothing away."""
    whole = place * FINENESS // 1
    up = whole + 1 if towards > place and place * FINENESS != whole else whole
    return Fraction(int(up), FINENESS)


def _vote(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    share = view["share"]
    if share is None:
        return _ballot(ask), {"choice": "abstain"}, "it wants nothing on this issue"
    least = policy.taken(view["round"], view["conceded"])
    if share >= least:
        return _ballot(ask), {"choice": "yes"}, f"{_said(share)} of its range, at least {_said(least)}"
    word = policy.below if share > 0 else policy.worse
    reason = f"{_said(share)} of its range, less than {_said(least)}"
    own = next((move.id for move in ask.moves if move.kind == "objection_made"), None)
    if word == "objects" and own is not None:
        return own, {}, reason
    choice = "no" if word == "objects" else word
    return _ballot(ask), {"choice": choice}, reason


def _ballot(ask: Ask) -> str:
    return next(move.id for move in ask.moves if "choice" in move.slots)


def _perform(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    chance = policy.kept(seen(view), view["worth"])
    if view["noticed"]:
        chance = max(chance, policy.cures)
    done = ask.likely(chance)
    last = f"{view['last_broken']} of {view['last_judged']} the last time"
    said = f"the others kept {view['kept']} promises and broke {view['broken']}, {last}"
    return ask.moves[0].id, {"effort": ONE if done else NOUGHT}, said


def _pay(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    move: Move = ask.moves[0]
    span = move.slots["amount"]
    chance = policy.kept(seen(view), 1)
    if isinstance(span, Span) and ask.likely(chance):
        return move.id, {"amount": span.high}, "it pays what it owes"
    return "pass", {}, "it does not pay"


def _enforce(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    for word in (policy.responds, "notice_given"):
        move = next((each for each in ask.moves if each.kind == word), None)
        if move is not None and policy.responds != "pass":
            return move.id, {}, f"the breach of {view['obligor']}"
    return "pass", {}, "it lets the breach pass"


def _consent(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    agrees = ask.likely(row(policy.consents, view["agreed"]))
    said = f"other terms were agreed {view['agreed']} times already"
    return ask.moves[0].id, {"consent": "agrees" if agrees else "refuses"}, said


def _resume(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    """Whoever agrees to other terms takes back one that keeps its word again; a player that never forgives does not."""
    agrees = ask.likely(row(policy.consents, view["agreed"]))
    said = f"{view['obligor']} kept all it promised in {view['in_a_row']} rounds in a row"
    return ask.moves[0].id if agrees else "pass", {}, said


def _retaliate(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    """Whoever lets breaches pass answers no tariff; whoever suspends goes on when it has ended."""
    answers = policy.responds != "pass" and (view["in_force"] or policy.responds == "clause_suspended")
    return ask.moves[0].id if answers else "pass", {}, f"the tariff of {view['against']}"


def _walk_back(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    """A government that agrees to other terms takes back what another one levied."""
    agrees = ask.likely(row(policy.consents, 0))
    return ask.moves[0].id if agrees else "pass", {}, f"the tariff on {view['against']}, levied before the election"


def _leave(policy: Policy, ask: Ask, view: Mapping[str, Any]) -> Decided:
    goes = ask.likely(row(policy.leaves, view["outvoted"]))
    return ask.moves[0].id if goes else "pass", {}, f"outvoted {view['outvoted']} times in a row"


def _said(share: Fraction) -> str:
    return f"{float(share):.2f}"


DECIDED = {
    "attend": _attend,
    "table": _table,
    "vote": _vote,
    "perform": _perform,
    "pay": _pay,
    "enforce": _enforce,
    "consent": _consent,
    "leave": _leave,
    "resume": _resume,
    "retaliate": _retaliate,
    "walk_back": _walk_back,
}
"""What each sort of question is decided by."""
