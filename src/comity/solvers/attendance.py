"""Power when members stay away from large bodies of uneven weights: quorums beside one weighted condition.

Two routes. Where it is certain who attends, or members that are absent count as voting no (shares of the *total* voting
power) and the quorum is all but certain, the chance of every weight of yes is tabulated: doubles with a bound. Where a
share of the votes *cast* decides, or the quorum may fail, attendance is drawn; given who attends, every member's chance
of deciding is tabulated, that of members who happen to be absent as if they came too. Only who attends is left to
chance, so that a few dozen draws tell more than a hundred thousand drawn votes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.acceptability import Uniforms
from comity.solvers.correlated import Within
from comity.solvers.game import ABSENT, ABSTAIN, NO, YES, Formula, Game
from comity.solvers.tallies import below, doubt, refuse_long, rising, swings, tally

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Progress = Callable[[int, int], None]

CERTAIN = 1e-15
"""A quorum that fails less often than this is taken as met, and the chance added to the bound."""
DRAWS = 128
"""The most attendances drawn: each costs one table of weights."""
NORMAL = 1.959963984540054


@dataclass(frozen=True)
class Attended:
    """What absence makes of a large weighted rule.

    Attributes:
        adoption: the probability that a proposal is adopted; within its interval where attendances were drawn.
        swing: for each member the probability that its vote decides, given that it attends.
        low: the lower ends of a proven range (no draws), or of the 95 % intervals.
        high: the upper ends.
        draws: how many attendances were drawn; 0 where none needed to be.
    """

    adoption: float
    swing: Floats
    low: Floats
    high: Floats
    draws: int


@dataclass(frozen=True)
class _Body:
    """Presence conditions (quorums) and the one condition on votes: values for yes, for no and for absence."""

    quorums: tuple[tuple[Integers, Integers, int], ...]
    """For each quorum what a member adds when present and when absent, and what is needed."""
    yes: Integers
    no: Integers
    absent: Integers
    need: int

    @property
    def gains(self) -> Integers:
        """By how much yes instead of no raises the sum."""
        return self.yes - self.no


def attended(
    game: Game,
    attendance: Floats,
    *,
    uniforms: Uniforms | None = None,
    draws: int = DRAWS,
    target: float = 0.0,
    progress: Progress | None = None,
) -> Attended:
    """How often each member decides when the others attend with chances of their own and toss a coin for yes or no.

    Args:
        game: the compiled rule: one condition on votes, and any number of quorums beside it.
        attendance: each member's probability of attending.
        uniforms: uniform numbers for a range of draws and a range of members; needed where attendance must be drawn.
        draws: the most attendances drawn; never more than :data:`DRAWS`.
        target: the standard error at which to stop drawing.
        progress: told draws made and draws asked for.

    **Source**: conditional Monte Carlo as in Hammersley and Handscomb, Monte Carlo Methods (1964), section 5.4.

    Raises:
        ValueError: for a rule of another form, a body that is too large, or draws without uniform numbers.

    Example:
        >>> from comity.solvers.game import weighted
        >>> attended(weighted([2, 1, 1], quota=3), np.array([1.0, 0.5, 0.5])).swing.tolist()
        [0.4375, 0.375, 0.375]
    """
    body = _read(game)
    refuse_long(int(_scaled(body.gains, 0)[0].sum()), "this body")
    failing = sum(_fails(quorum, attendance) for quorum in body.quorums)
    if failing <= CERTAIN and (body.absent == body.no).all():
        return _tabulated(body, attendance, failing)
    if np.isin(attendance, (0, 1)).all():
        value, error = _given(body, attendance == 1)
        low, high = np.maximum(value - error, 0), np.minimum(value + error, 1)
        return Attended(Within(float(value[0]), low[0], high[0]), value[1:], low[1:], high[1:], 0)
    if uniforms is None:
        what = "a share of the votes cast decides" if failing <= CERTAIN else "the quorum may fail"
        raise ValueError(
            f"With these absences {what}, in a body of {len(game.members)} members too uneven to be followed exactly: "
            "give uniform numbers, and who attends is drawn, with intervals."
        )
    return _drawn(body, attendance, uniforms, draws=min(draws, DRAWS), target=target, progress=progress)


def _read(game: Game) -> _Body:
    """The rule's parts.

    Raises:
        ValueError: where it is none of quorums and one other condition, all of which must hold.
    """
    numbers = _all_of(game.formula)
    table, thresholds = game.coefficients, game.thresholds.tolist()
    on_presence = [number for number in numbers or () if _of_presence(table[number])]
    on_votes = [number for number in numbers or () if number not in on_presence]
    weighing = [number for number in on_votes if not _somebody(table[number], thresholds[number])]
    chosen = weighing or on_votes[:1]
    if len(chosen) != 1 or not all(
        number in chosen or _needs_yes(table[chosen[0]], thresholds[chosen[0]]) for number in on_votes
    ):
        raise ValueError(
            f"Absences from a body of {len(game.members)} uneven members can be counted for one weighted condition "
            "with quorums beside it, and this rule has another form; sample it instead."
        )
    row, need = table[chosen[0]], thresholds[chosen[0]]
    if (row[YES] < row[NO]).any():
        raise ValueError("Under this rule a change from 'no' to 'yes' can defeat a proposal: no power is defined.")
    quorums = tuple(
        (table[number, YES], table[number, ABSENT], thresholds[number])
        for number in on_presence
        if not _implied(table[number], thresholds[number], row, need)
    )
    return _Body(quorums, row[YES], row[NO], row[ABSENT], need)


def _all_of(formula: Formula) -> tuple[int, ...] | None:
    """The conditions of which all must hold; None where some need not."""
    if isinstance(formula, int):
        return (formula,)
    parts = [_all_of(part) for part in formula[1]]
    if formula[0] != "and" or None in parts:
        return None
    return tuple(number for part in parts for number in part or ())


def _somebody(row: Integers, need: int) -> bool:
    """Whether the condition asks for nothing but one yes."""
    return need > 0 and bool((row[YES] >= need).all() and not np.delete(row, YES, axis=0).any())


def _needs_yes(row: Integers, need: int) -> bool:
    """Whether the condition cannot hold without one yes."""
    return need > int(np.delete(row, YES, axis=0).max(axis=0).sum())


def _of_presence(row: Integers) -> bool:
    alike = (row[YES] == row[NO]).all() and (row[YES] == row[ABSTAIN]).all()
    return bool(alike and (row[YES] >= row[ABSENT]).all())


def _implied(quorum: Integers, least: int, row: Integers, need: int) -> bool:
    """Whether votes that carry are themselves a quorum: every choice adds to it at least in proportion."""
    if least <= 0:
        return bool((quorum >= 0).all())
    chosen = [YES, NO, ABSENT]
    return need > 0 and bool((quorum[chosen].astype(object) * need >= row[chosen].astype(object) * least).all())


def _fails(quorum: tuple[Integers, Integers, int], attendance: Floats) -> float:
    present, absent, need = quorum
    return below((present - absent).tolist(), attendance, need - int(absent.sum()))


def _scaled(gains: Integers, need: int) -> tuple[Integers, int]:
    factor = int(np.gcd.reduce(gains)) or 1
    return gains // factor, -(-need // factor)


def _tabulated(body: _Body, attendance: Floats, failing: float) -> Attended:
    """One table: a member says yes where it attends and wants to."""
    weights, quota = _scaled(body.gains, body.need - int(body.no.sum()))
    chances, everybody = attendance / 2, np.ones(len(weights), dtype=np.bool_)
    total = int(weights.sum())
    quota = min(max(quota, 0), total + 1)
    summed = rising(tally(weights.tolist(), chances, quota))
    value, terms = swings(summed, quota, weights, chances, inside=everybody)
    error = terms * doubt(len(weights), len(summed)) + failing
    adoption = 1 - float(summed[quota - 1]) if quota else 1.0
    return Attended(adoption, value, np.maximum(value - error, 0), np.minimum(value + error, 1), 0)


def _drawn(
    body: _Body,
    attendance: Floats,
    uniforms: Uniforms,
    *,
    draws: int,
    target: float,
    progress: Progress | None,
) -> Attended:
    """Mean and interval over drawn attendances.

    The interval counts two attendances more than were drawn, one at which the member never decides and one at which it
    decides as often as it ever did: what is rare and was not drawn is not taken for impossible.
    """
    if draws < 2:
        raise ValueError(f"{draws} draws give no interval; make at least two.")
    members = len(attendance)
    seen: list[Floats] = []
    most, _ = _given(body, np.ones(members, dtype=np.bool_))
    error = np.zeros(members + 1)
    for draw in range(draws):
        present = uniforms(range(draw, draw + 1), range(members))[0] < attendance
        seen.append(_given(body, present)[0])
        most = np.maximum(most, seen[-1])
        if progress is not None:
            progress(draw + 1, draws)
        if draw % 16 == 15 or draw == draws - 1:
            error = np.std([*seen, most, 0 * most], axis=0) / np.sqrt(draw + 1)
            if error[1:].max() <= target:
                break
    found, made = np.mean(seen, axis=0), len(seen)
    low, high = np.maximum(found - NORMAL * error, 0), np.minimum(found + NORMAL * error, 1)
    high = np.where(found > 0, high, NORMAL**2 / (made + NORMAL**2))
    adoption = Within(float(found[0]), float(low[0]), float(high[0]), draws=made)
    return Attended(adoption, found[1:], low[1:], high[1:], made)


def _given(body: _Body, present: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The chance of adoption, and of each member's vote deciding, given who attends; the absent as if they came.

    And a bound of the error of each.
    """
    base = np.where(present, body.no, body.absent)
    gains, need = _scaled(body.gains, body.need - int(base.sum()))
    factor = int(np.gcd.reduce(body.gains)) or 1
    needs = -(-(body.need - int(base.sum()) - np.where(present, 0, body.no - body.absent)) // factor)
    weights = gains[present]
    length = int(max(need, needs.max(), 1))
    length = min(length, int(weights.sum()) + 1)
    summed = rising(tally(weights.tolist(), np.full(len(weights), 0.5), length))
    met, met_with = _met(body.quorums, present)
    found = np.zeros(1 + len(present))
    if met:
        found[0] = 1.0 if need <= 0 else 1 - float(summed[min(need, length) - 1])
    half = np.full(len(present), 0.5)
    inside, terms = swings(summed, min(max(need, 0), length), gains, half, inside=present)
    found[1:] = np.where(present, inside, _window(summed, needs, gains)) * met_with
    error = np.concatenate(([1.0], np.where(present, terms, 2.0))) * doubt(len(weights), length)
    return found, error


def _window(summed: Floats, needs: Integers, gains: Integers) -> Floats:
    """For members outside the table, the chance that the weight of yes lies where their own decides."""
    ground = np.concatenate(([0.0], summed))
    upper, lower = (np.clip(each, 0, len(summed)) for each in (needs, needs - gains))
    return ground[upper] - ground[lower]


def _met(
    quorums: Sequence[tuple[Integers, Integers, int]], present: NDArray[np.bool_]
) -> tuple[bool, NDArray[np.bool_]]:
    """Whether the quorums are met, and for each member whether they are when it comes."""
    met, with_it = True, np.ones(len(present), dtype=np.bool_)
    for there, away, need in quorums:
        reached = int(np.where(present, there, away).sum())
        met = met and reached >= need
        with_it &= reached + np.where(present, 0, there - away) >= need
    return met, with_it
