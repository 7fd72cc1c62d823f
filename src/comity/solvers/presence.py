"""Power when members may stay away: chances of attendance, quorums, and any other chances of the six choices.

A member who is absent is not a member who votes no. Where a share of those present and voting decides, absence lowers
what is needed; where a quorum must be present, absence may defeat what a no would let pass. Both follow from the
compiled rule, in which absence is a choice of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.attendance import attended
from comity.solvers.choice.acceptability import Uniforms
from comity.solvers.correlated import Within
from comity.solvers.diagram import NODES, TooLarge, diagram
from comity.solvers.game import ABSENT, ABSTAIN, CHOICES, NO, YES, Game
from comity.solvers.sampling import checked
from comity.solvers.sampling import swings as sampled

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Decisiveness:
    """What each member's choice changes when the others choose by chance.

    Attributes:
        members: the names of the members.
        adoption: the probability that a proposal is adopted; within its interval where the rule was sampled.
        swing: for each member the probability that its yes carries what its choice against would defeat.
        low: the lower ends of the 95 % intervals of ``swing``; equal to it where it is exact.
        high: the upper ends.
        adopted_if: ``members x choices``, the probability of adoption when a member chooses so; NaN where that was not
            followed, and everywhere where the rule was sampled.
        draws: how many draws were made; 0 where all is exact but for the rounding of doubles.

    Example:
        >>> from comity.solvers.game import weighted
        >>> found = presence(weighted([1, 1, 1], quota=2), 1.0)
        >>> float(found.effect("yes", "absent")[0])
        0.5
    """

    members: tuple[str, ...]
    adoption: float
    swing: Floats
    low: Floats
    high: Floats
    adopted_if: Floats
    draws: int

    def effect(self, choice: str, instead_of: str) -> Floats:
        """For each member by how much one choice instead of another raises the probability of adoption.

        Raises:
            ValueError: for a word that is no choice.
        """
        for word in (choice, instead_of):
            if word not in CHOICES:
                raise ValueError(f"'{word}' is no choice; say one of {', '.join(CHOICES)}.")
        return self.adopted_if[:, CHOICES.index(choice)] - self.adopted_if[:, CHOICES.index(instead_of)]


def decisiveness(
    game: Game,
    chances: Floats,
    *,
    against: str = "no",
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
    target: float = 0.0,
) -> Decisiveness:
    """How often each member decides when each chooses independently, with chances of its own.

    This is the multilinear extension of the rule at any point and its partial derivatives. It is exact where the rule
    can be followed as a diagram: any body whose members are alike, about 25 members that all differ, also large bodies
    of few different weights. Beyond that it is sampled, where uniform numbers are given.

    Args:
        game: the compiled rule.
        chances: ``members x choices`` in the order of :data:`~comity.solvers.game.CHOICES`, each row summing to 1.
        against: the choice that a member's yes is compared with.
        uniforms: uniform numbers for a range of draws and a range of columns, one column a member; used only where the
            exact method cannot.
        draws: the most draws.
        target: the standard error at which to stop drawing.

    **Source**: Owen, "Multilinear extensions of games", Management Science 18 (1972), 64-79; Laruelle and Valenciano,
    "Quaternary dichotomous voting rules", Social Choice and Welfare 38 (2012), 431-454 (absence as a choice).

    Raises:
        ValueError: for chances that are none, an unknown choice, a rule that more support can defeat, or a rule that is
            too large where no uniform numbers are given.

    Example:
        >>> from comity.solvers.game import weighted
        >>> votes = np.zeros((3, 6)); votes[:, :2] = 0.5
        >>> decisiveness(weighted([2, 1, 1], quota=3), votes).swing.tolist()
        [0.75, 0.25, 0.25]
    """
    shares = checked(game, chances)
    if against not in CHOICES or against == "yes":
        raise ValueError(f"'{against}' is no choice against; say one of {', '.join(CHOICES[1:])}.")
    other = CHOICES.index(against)
    if (game.coefficients[:, YES, :] < game.coefficients[:, other, :]).any():
        raise ValueError(
            f"Under this rule a change from '{against}' to 'yes' can defeat a proposal: no voting power is defined."
        )
    followed = sorted({YES, other, NO, ABSENT} | set(np.flatnonzero(shares.any(axis=0)).tolist()))
    try:
        drawn = diagram(game, [CHOICES[choice] for choice in followed])
    except TooLarge:
        if uniforms is None:
            raise
        return _sampled(game, shares, against, uniforms, draws=draws, target=target)
    adoption, given = drawn.given(shares[:, followed])
    adopted_if = np.full(shares.shape, np.nan)
    adopted_if[:, followed] = given
    swing = adopted_if[:, YES] - adopted_if[:, other]
    return Decisiveness(game.members, float(adoption), swing, swing, swing, adopted_if, 0)


def presence(
    game: Game,
    attendance: Floats | float,
    *,
    yes: Floats | float = 0.5,
    abstain: Floats | float = 0.0,
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
    target: float = 0.0,
    progress: Progress | None = None,
) -> Decisiveness:
    """How often a member who attends decides, when each of the others attends with some probability.

    Multiply ``swing`` by the attendance for the power that is left to a member that stays away itself. Large bodies of
    uneven weights are tabulated where that can be exact, else attendance is drawn
    (:mod:`comity.solvers.attendance`).

    Args:
        game: the compiled rule, with its quorum.
        attendance: the probability that a member attends; one for all, or one a member.
        yes: the probability of yes for one who attends.
        abstain: the probability of abstention for one who attends; the rest is no.
        uniforms: as for :func:`decisiveness`.
        draws: the most draws.
        target: the standard error at which to stop drawing.
        progress: told draws made and draws asked for, where attendance is drawn.

    Raises:
        ValueError: for probabilities outside 0 and 1, or what :func:`decisiveness` refuses.

    Example:
        >>> from comity.solvers.game import weighted
        >>> presence(weighted([1, 1, 1], quota=2), 0.5).swing.tolist()
        [0.375, 0.375, 0.375]
    """
    n = len(game.members)
    given = [np.asarray(each, dtype=np.float64) for each in (attendance, yes, abstain)]
    if any(each.shape not in {(), (n,)} for each in given):
        raise ValueError(f"Give one probability for all, or one for each of the {n} members.")
    attends, for_, neither = (np.broadcast_to(each, (n,)) for each in given)
    if not all(((each >= 0) & (each <= 1)).all() for each in (attends, for_, neither, for_ + neither)):
        raise ValueError("Attendance, yes and abstention are probabilities, and yes and abstention together at most 1.")
    chances = np.zeros((n, len(CHOICES)))
    chances[:, YES], chances[:, ABSTAIN] = attends * for_, attends * neither
    chances[:, ABSENT] = 1 - attends
    chances[:, NO] = attends * (1 - for_ - neither)
    plain = bool((for_ == 0.5).all() and not neither.any())
    refusals: list[ValueError] = []
    for tabulate in (True, False) if _uneven(game) else (False, True):
        try:
            if not tabulate:
                return decisiveness(game, chances)
            if plain:
                found = attended(game, attends, uniforms=uniforms, draws=draws, target=target, progress=progress)
                ends, unknown = (found.low, found.high), np.full((n, len(CHOICES)), np.nan)
                return Decisiveness(game.members, found.adoption, found.swing, *ends, unknown, found.draws)
        except ValueError as error:
            if not tabulate and not isinstance(error, TooLarge):
                raise
            refusals.append(error)
    if uniforms is None:
        raise max(refusals, key=lambda error: not isinstance(error, TooLarge))
    return _sampled(game, chances, "no", uniforms, draws=draws, target=target)


def _uneven(game: Game) -> bool:
    """Whether a diagram is not worth trying first: many members that all differ, of large weights."""
    columns = game.coefficients.reshape(-1, len(game.members))
    reach = np.abs(game.coefficients).max(axis=1).sum(axis=1).max(initial=0)
    return bool(reach > NODES and np.unique(columns, axis=1).shape[1] > 64)


def of(
    game: Game,
    absent: Mapping[str, float],
    index: str = "swing_probability",
    *,
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
) -> dict[str, float]:
    """One index when members may be absent, by member, each number within its range or interval.

    Args:
        game: the compiled rule, with its quorum.
        absent: the probability that a member is absent, for those who may be.
        index: ``swing_probability`` of a member that attends, or ``banzhaf``, its share of all such swings.
        uniforms: as for :func:`presence`.
        draws: the most draws.

    Raises:
        ValueError: for an unknown index or member, or what :func:`presence` refuses.

    Example:
        >>> from comity.solvers.game import weighted
        >>> of(weighted([1, 1, 1], quota=2), {"2": 1.0})["0"]
        0.5
    """
    if index not in {"swing_probability", "banzhaf"}:
        raise ValueError(f"With absences the index is swing_probability or banzhaf, not '{index}'.")
    unknown = [member for member in absent if member not in game.members]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is no member of this body.")
    attends = np.array([1.0 - absent.get(member, 0.0) for member in game.members])
    found = presence(game, attends, uniforms=uniforms, draws=draws)
    total = (float(found.swing.sum()) if index == "banzhaf" else 1.0) or 1.0
    ends = zip(found.members, found.swing / total, found.low / total, found.high / total, strict=True)
    return {member: Within(value, low, high, draws=found.draws) for member, value, low, high in ends}


def _sampled(
    game: Game, shares: Floats, against: str, uniforms: Uniforms, *, draws: int, target: float
) -> Decisiveness:
    found = sampled(game, shares, uniforms, against=against, draws=draws, target=target)
    each, passed = found.decisive, found.adoption
    return Decisiveness(
        members=game.members,
        adoption=Within(passed.shares[0], passed.low[0], passed.high[0], draws=passed.draws),
        swing=each.shares,
        low=each.low,
        high=each.high,
        adopted_if=np.full(shares.shape, np.nan),
        draws=each.draws,
    )
