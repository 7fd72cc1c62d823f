"""Voting power where a member may vote yes, abstain or vote no: the rule as it stands, not its binary reduction.

In a game of three choices the outcome never gets worse for a proposal when a member moves from no to abstention or
from abstention to yes. Two questions are asked of it. How often would a member's yes carry what its no would defeat,
when all others choose at random (Banzhaf)? And when all are called in random order and vote at random, whose vote
settles the outcome, whatever those still to come may say (Shapley-Shubik)? With chances of one third each these are
the indices of Felsenthal and Machover; other chances, also of each member its own, may be given.

The Security Council shows why it matters: an abstention of a permanent member is no veto. An elected seat then holds
three times the share of swings, and ten times the share of pivots, that it has in the binary reduction, which counts
abstentions as no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial, lcm
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from comity.solvers.diagram import Diagram, diagram
from comity.solvers.game import CHOICES, Game

VOTES = ("yes", "abstain", "no")
EVEN = (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
INDICES = ("banzhaf", "shapley_shubik", "swing_probability")
EXACT_NODES = 2**17
"""The largest diagram that is counted in whole numbers of any size."""
EXACT_BITS = 2**32
"""The same, times the bits of each number."""

Chances: TypeAlias = Sequence[Fraction | int]


@dataclass(frozen=True)
class Swings:
    """What votes of one member change when all others vote at random.

    Attributes:
        members: the names of the members.
        adoption: the probability that a proposal is adopted.
        by_yes: for each member the probability that a proposal is adopted among the others when it votes yes.
        by_abstaining: the same when it abstains.
        by_no: the same when it votes no.

    Example:
        >>> from comity.solvers.game import weighted
        >>> swings(weighted([1, 1, 1], quota=2)).swing_probability[0]
        Fraction(4, 9)
    """

    members: tuple[str, ...]
    adoption: Fraction
    by_yes: tuple[Fraction, ...]
    by_abstaining: tuple[Fraction, ...]
    by_no: tuple[Fraction, ...]

    @cached_property
    def swing_probability(self) -> tuple[Fraction, ...]:
        """The probability that a member's yes carries what its no would defeat.

        **Source**: Felsenthal and Machover, "Ternary voting games", International Journal of Game Theory 26 (1997),
        335-351; The Measurement of Voting Power (1998), chapter 8.
        """
        return tuple(yes - no for yes, no in zip(self.by_yes, self.by_no, strict=True))

    @cached_property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """A member's share of all swings; zero for all where nobody has one."""
        total = sum(self.swing_probability)
        return tuple(swing / total if total else Fraction(0) for swing in self.swing_probability)

    @cached_property
    def abstention_defeats(self) -> tuple[Fraction, ...]:
        """The probability that a member's abstention defeats what its yes would carry."""
        return tuple(yes - abstain for yes, abstain in zip(self.by_yes, self.by_abstaining, strict=True))

    @cached_property
    def abstention_lets_pass(self) -> tuple[Fraction, ...]:
        """The probability that a member's abstention lets pass what its no would defeat."""
        return tuple(abstain - no for abstain, no in zip(self.by_abstaining, self.by_no, strict=True))


def swings(game: Game, chances: Chances | Sequence[Chances] = EVEN) -> Swings:
    """How often each member's vote decides when the others vote yes, abstain or vote no at random; exact.

    Args:
        game: the compiled rule; everybody is present.
        chances: of yes, abstention and no: three exact numbers that sum to 1, or three for each member.

    Raises:
        ValueError: for chances that are none, a rule that more support can defeat, or one too large to count exactly.

    Example:
        >>> from comity.solvers.game import weighted
        >>> swings(weighted([2, 1, 1], quota=3)).banzhaf[1]
        Fraction(2, 9)
    """
    shares = _shares(game, chances)
    drawn = _diagram(game)
    whole, unit = _whole(shares)
    _refuse_beyond(drawn, len(game.members) * unit.bit_length())
    adopted, given = drawn.given(whole)
    others = unit ** (len(game.members) - 1)
    yes, abstain, no = (tuple(Fraction(int(count), others) for count in column) for column in given.T)
    return Swings(game.members, Fraction(int(adopted), others * unit), yes, abstain, no)


def shapley_shubik(game: Game, chances: Chances | Sequence[Chances] = EVEN) -> dict[str, Fraction]:
    """How often each member's vote settles a roll-call, when members are called and vote at random; exact.

    A member is pivotal in a roll-call when after its vote, but not before, the outcome is the same whatever those still
    to be called may say. The shares sum to 1 where unanimity for a proposal carries it and unanimity against defeats
    it, else to 0. Without abstentions this is the Shapley-Shubik index, whatever the chance of yes.

    Args:
        game: the compiled rule; everybody is present.
        chances: of yes, abstention and no: three exact numbers that sum to 1, or three for each member.

    **Source**: Felsenthal and Machover (1998), pages 291-293; Freixas, "The Shapley-Shubik power index for games with
    several levels of approval in the input and output", Decision Support Systems 39 (2005), definition 3.7. The index
    is counted as the Shapley value of "the votes so far settle the outcome".

    Raises:
        ValueError: for chances that are none, a rule that more support can defeat, or one too large to count exactly.

    Example:
        >>> from comity.solvers.game import weighted
        >>> shapley_shubik(weighted([2, 1, 1], quota=3))["0"]
        Fraction(2, 3)
    """
    shares = _shares(game, chances)
    drawn = _diagram(game)
    whole, unit = _whole(shares)
    n = len(game.members)
    digit = ((2 * unit) ** n).bit_length()
    _refuse_beyond(drawn, n * digit)
    settled = _by_called(drawn, whole, (unit, digit), silent=2) + _by_called(drawn, whole, (unit, digit), silent=0)
    weights = [factorial(called) * factorial(n - 1 - called) for called in range(n)]
    scale = factorial(n) * unit**n
    joined = [sum(weight * int(count) for weight, count in zip(weights, row, strict=True)) for row in settled]
    return {member: Fraction(total, scale) for member, total in zip(game.members, joined, strict=True)}


def of(game: Game, index: str = "banzhaf", chances: Chances | Sequence[Chances] = EVEN) -> dict[str, Fraction]:
    """One index of a compiled rule with abstention, by member; exact.

    Args:
        game: the compiled rule; everybody is present.
        index: ``banzhaf``, ``swing_probability`` or ``shapley_shubik``.
        chances: of yes, abstention and no.

    Raises:
        ValueError: for an unknown index, or what :func:`swings` and :func:`shapley_shubik` refuse.

    Example:
        >>> from comity.solvers.game import weighted
        >>> of(weighted([1, 1, 1], quota=2), "swing_probability")["0"]
        Fraction(4, 9)
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}' with abstention; the indices here are {', '.join(INDICES)}.")
    if index == "shapley_shubik":
        return shapley_shubik(game, chances)
    return dict(zip(game.members, getattr(swings(game, chances), index), strict=True))


def approximate(game: Game, index: str = "banzhaf", chances: Chances | Sequence[Chances] = EVEN) -> dict[str, float]:
    """The same index in floats, for rules that are too large to be counted in whole numbers.

    All sums run over products of probabilities; roll-calls are integrated over the share of members already called,
    a polynomial, by as many Gauss-Legendre points as make that exact. What is left is the rounding of doubles.

    Args:
        game: the compiled rule; everybody is present.
        index: ``banzhaf``, ``swing_probability`` or ``shapley_shubik``.
        chances: of yes, abstention and no.

    Raises:
        ValueError: for an unknown index, chances that are none, or a rule whose diagram is too large.

    Example:
        >>> from comity.solvers.game import weighted
        >>> round(approximate(weighted([2, 1, 1], quota=3), "shapley_shubik")["0"], 12)
        0.666666666667
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}' with abstention; the indices here are {', '.join(INDICES)}.")
    shares = np.array(_shares(game, chances), dtype=np.float64)
    drawn = _diagram(game)
    if index == "shapley_shubik":
        found = _integrated(drawn, shares)
    else:
        _, given = drawn.given(shares)
        found = given[:, 0] - given[:, 2]
        found = found / (found.sum() or 1.0) if index == "banzhaf" else found
    return dict(zip(game.members, found.tolist(), strict=True))


def _integrated(drawn: Diagram, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    points, weights = np.polynomial.legendre.leggauss(len(shares) // 2 + 1)
    found = np.zeros(len(shares))
    for called, weight in zip((points + 1) / 2, weights / 2, strict=True):
        for silent in (0, 2):
            mixed = called * shares
            mixed[:, silent] += 1 - called
            _, given = drawn.given(mixed)
            found += weight * np.abs((shares * given).sum(axis=1) - given[:, silent])
    return found


def _by_called(drawn: Diagram, whole: NDArray[Any], sizes: tuple[int, int], silent: int) -> NDArray[Any]:
    """By how much a member's random vote settles the outcome, by the number of members called before it.

    Those not yet called all count as voting ``silent`` (no: what is carried already; yes: what is not yet defeated).
    One whole number holds all: the chances of those called are multiplied by ``2**digit``, so that the digits of the
    result, to that base, are the counts by the number called.
    """
    unit, digit = sizes
    mixed = whole * (1 << digit)
    mixed[:, silent] += unit
    _, given = drawn.given(mixed)
    n, mask = len(whole), (1 << digit) - 1
    split = np.array(
        [[[(int(number) >> (digit * called)) & mask for called in range(n)] for number in row] for row in given],
        dtype=object,
    )
    change = (whole[:, :, None] * split).sum(axis=1) - unit * split[:, silent, :]
    return cast("NDArray[Any]", change if silent else -change)


def _diagram(game: Game) -> Diagram:
    yes, abstain, no = (game.coefficients[:, CHOICES.index(vote), :] for vote in VOTES)
    if (yes < abstain).any() or (abstain < no).any():
        raise ValueError(
            "Under this rule a change from 'no' to 'abstain', or from 'abstain' to 'yes', can defeat a proposal: no "
            "voting power with abstention is defined."
        )
    return diagram(game, VOTES)


def _shares(game: Game, chances: Chances | Sequence[Chances]) -> list[tuple[Fraction, ...]]:
    """Chances as exact fractions for each member."""
    given = list(chances)
    rows = given if all(isinstance(each, Sequence) for each in given) else [given] * len(game.members)
    exact = [tuple(cast("Sequence[object]", row)) for row in rows]
    if any(isinstance(each, bool) or not isinstance(each, (int, Fraction)) for row in exact for each in row):
        raise ValueError("Chances of yes, abstention and no are exact: write Fraction(1, 3), not 0.333.")
    shares = [tuple(Fraction(cast("Fraction", each)) for each in row) for row in exact]
    if len(shares) != len(game.members) or any(len(row) != 3 for row in shares):
        raise ValueError("Give three chances (yes, abstain, no), or three for each member of the rule.")
    if any(min(row) < 0 or sum(row) != 1 for row in shares):
        raise ValueError("The chances of yes, abstention and no are zero or more and sum to 1.")
    return shares


def _whole(shares: list[tuple[Fraction, ...]]) -> tuple[NDArray[Any], int]:
    """The chances as whole numbers, and the unit that they are multiples of."""
    unit = lcm(*(share.denominator for row in shares for share in row))
    return np.array([[int(share * unit) for share in row] for row in shares], dtype=object), unit


def _refuse_beyond(drawn: Diagram, bits: int) -> None:
    if drawn.nodes > EXACT_NODES or drawn.nodes * bits > EXACT_BITS:
        raise ValueError(
            f"Counting this rule with abstention exactly means {drawn.nodes:,} nodes with numbers of {bits:,} bits; "
            f"the limit is {EXACT_NODES:,} nodes and {EXACT_BITS:.0e} bits together. Take the approximate index."
        )
