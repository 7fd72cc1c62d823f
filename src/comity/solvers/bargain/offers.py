"""Talks over a package by alternating offers, under any decision rule, with a deadline and tactics given as tables.

In each turn one member tables an outcome and every member votes on it: yes where it gives at least what the member asks
for in this round. The rule decides whether it is adopted; the first outcome adopted ends the talks, and so does the
last turn. What a member asks for is a share of its own range, from what it has without agreement (0) to its best
outcome (1). Members do not know each other's utilities: of the outcomes that give a proposer what it asks, it tables
the one nearest to what the others have tabled.

Source:
    Aydogan, Festen, Hindriks and Jonker (2017), "Alternating Offers Protocols for Multilateral Negotiation", in Modern
    Approaches to Agent-based Complex Automated Negotiation, Studies in Computational Intelligence 674 (stacked
    alternating offers: the protocol under unanimity where the next to propose is the first to refuse); Faratin, Sierra
    and Jennings (1998), "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems 24
    (tactics); Faratin, Sierra and Jennings (2002), "Using similarity criteria to make issue trade-offs in automated
    negotiations", Artificial Intelligence 142 (of equally good offers the most similar to the other side's).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.packages import ONE, Outcomes, Truths
from comity.solvers.game import ABSENT, CHOICES, Formula, Game
from comity.solvers.spatial.line import refusal

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Order = Literal["rotation", "first_to_refuse", "recognition"]
ORDERS: tuple[Order, ...] = ("rotation", "first_to_refuse", "recognition")

_DRAWN = 11
"""Where, among what the compiled loop reads, the luck of one negotiation stands."""
WALKED = -2
"""What stands instead of a package in the turn in which a member breaks off the talks."""


@dataclass(frozen=True)
class Tactics:
    """What members ask for, round by round.

    Attributes:
        asks: members x rounds; the share of its own range that each asks for.
        matches: members; how much of what the others have conceded to it, on average, comes off that.
        least: members; the share below which it never goes; 0 is as good as no agreement.
    """

    asks: Floats
    matches: Floats
    least: Floats

    def __post_init__(self) -> None:
        members = len(self.asks)
        if self.asks.ndim != 2 or self.matches.shape != (members,) or self.least.shape != (members,):
            raise ValueError("Tactics need members x rounds of what is asked, and one match and one least a member.")
        for each in (self.asks, self.least):
            if not (each >= 0).all():
                raise ValueError("What a member asks for is a share of its own range, of nought or more.")


def time_dependent(rounds: int, speed: float, start: float = 0.0, least: float = 0.0) -> Floats:
    """What a member asks for that concedes as the deadline comes nearer: rounds.

    It has given up, in round t of n, ``start + (1 - start) ((t - 1) / (n - 1))^(1 / speed)`` of what lies above the
    least: with a speed below 1 it holds until near the end ("Boulware"), above 1 it gives way early ("conceder").

    Raises:
        ValueError: where there is no round, or speed, start or least are out of range.

    **Source**: Faratin, Sierra and Jennings (1998), section 4.1.1, polynomial.

    Example:
        >>> time_dependent(5, 1.0, least=0.2).tolist()
        [1.0, 0.8, 0.6, 0.4, 0.2]
    """
    if rounds < 1 or speed <= 0 or not (0 <= start <= 1 and 0 <= least <= 1):
        raise ValueError("Talks have one round or more, speed is above 0, start and least lie from 0 to 1.")
    gone = np.linspace(0, 1, rounds) if rounds > 1 else np.zeros(1)
    given = start + (1 - start) * gone ** (1 / speed)
    return np.asarray(np.round(1 - given * (1 - least), 12), dtype=np.float64)


@dataclass(frozen=True)
class Setting:
    """Who negotiates what under which rule, and how.

    Attributes:
        game: the rule.
        outcomes: the packages.
        tactics: what members ask for.
        order: who proposes next: the next in the row, the first to refuse, or one recognised at random.
        proposes: the places of those who may propose, in their order; all who vote freely where None.
        fixed: members; a choice held whatever is tabled, -1 for those that judge it; who is absent does not propose.
        heed: members; how much nearness to each one's offers counts to the others, as whole numbers.
        recognition: how likely each of ``proposes`` is recognised; alike where None.
        below: members; the vote on what is better than none and less than asked; where None the strongest refusal.
        worse: members; the vote on what is worse than none; where None the strongest refusal.
        knows: whether a proposer knows only what was tabled, or what each package is worth to the others.
        leaves: members; from which round, counted from 0, one breaks off the talks in its turn where nothing that the
            others have tabled last is better for it than none; it is absent from then on. Nobody does where None.
    """

    game: Game
    outcomes: Outcomes
    tactics: Tactics
    order: Order = "first_to_refuse"
    proposes: Sequence[int] | None = None
    fixed: ArrayLike | None = None
    heed: ArrayLike | None = None
    recognition: ArrayLike | None = None
    below: ArrayLike | None = None
    worse: ArrayLike | None = None
    knows: Literal["offers", "wishes"] = "offers"
    leaves: ArrayLike | None = None

    def __post_init__(self) -> None:
        members = len(self.game.members)
        if len(self.tactics.asks) != members:
            raise ValueError(f"The rule has {members} members, the tactics {len(self.tactics.asks)}.")
        if members > 127:
            raise ValueError(f"{members} members are too many to talk: at most 127 can.")
        if self.order not in ORDERS:
            raise ValueError(f"There is no order of proposing '{self.order}'; there are {', '.join(ORDERS)}.")
        fixed = self.held
        if fixed.shape != (members,) or (fixed < -1).any() or (fixed >= len(CHOICES)).any():
            raise ValueError(f"Fixed choices are -1 or 0 to {len(CHOICES) - 1}, one for each of {members} members.")
        if not len(self.proposers):
            raise ValueError("Nobody is there who may propose.")
        if (fixed[self.proposers] >= 0).any():
            raise ValueError("A member whose choice is held, or that is absent, cannot propose.")

    @property
    def rounds(self) -> int:
        """How many rounds there are: in each, there are as many turns as members that may propose."""
        return int(self.tactics.asks.shape[1])

    @property
    def turns(self) -> int:
        """How many offers there can be."""
        return self.rounds * len(self.proposers)

    @cached_property
    def held(self) -> NDArray[np.int8]:
        """Choices that are held, -1 where there is none."""
        free = np.full(len(self.game.members), -1)
        return np.asarray(free if self.fixed is None else self.fixed).astype(np.int8)

    @cached_property
    def proposers(self) -> Wholes:
        """The places of those who may propose."""
        free = np.flatnonzero(self.held < 0)
        return free.astype(np.int64) if self.proposes is None else np.asarray(self.proposes, dtype=np.int64)

    @property
    def there(self) -> Truths:
        """Who judges what is tabled: neither absent nor held to a choice."""
        return self.held < 0

    def luck(self, uniforms: Floats) -> Wholes:
        """Who proposes in each turn if recognised at random, by place; the first entry says who begins.

        Args:
            uniforms: numbers between 0 and 1, one a turn.
        """
        chairs = len(self.proposers)
        chance = np.full(chairs, 1 / chairs) if self.recognition is None else np.asarray(self.recognition, np.float64)
        if chance.shape != (chairs,) or (chance < 0).any() or abs(chance.sum() - 1) > 1e-9:
            raise ValueError("Recognition gives one chance of nought or more to each that may propose, summing to one.")
        return np.minimum(np.searchsorted(np.cumsum(chance), uniforms, side="right"), chairs - 1).astype(np.int64)

    @cached_property
    def arguments(self) -> tuple[NDArray[np.generic] | int, ...]:
        """What the compiled loop reads beside the shares and the luck, in its order."""
        members, tactics, away = len(self.game.members), self.tactics, refusal(self.game)
        heed = np.ones(members) if self.heed is None else np.asarray(self.heed)
        packages = self.outcomes
        open_ = np.ones(packages.number, np.bool_) if packages.open is None else np.asarray(packages.open, np.bool_)
        below = away if self.below is None else np.asarray(self.below)
        worse = away if self.worse is None else np.asarray(self.worse)
        leaves = np.full(members, self.rounds) if self.leaves is None else np.asarray(self.leaves)
        return (
            packages.digits, packages.places, np.array(packages.sizes), open_, heed.astype(np.int64),
            np.rint(np.minimum(tactics.asks, 2) * ONE).astype(np.int32),
            np.rint(tactics.matches * 1000).astype(np.int64), np.rint(tactics.least * ONE).astype(np.int64),
            self.proposers, ORDERS.index(self.order), int(self.knows == "wishes"),
            self.held, below.astype(np.int8), worse.astype(np.int8), leaves.astype(np.int64),
            np.ascontiguousarray(self.game.coefficients), self.game.thresholds,
            np.array(postfix(self.game.formula), dtype=np.int64),
        )  # fmt: skip


def postfix(formula: Formula) -> list[int]:
    """A formula as numbers: its parts first, then ``-2n - 1`` for "and" of n of them, ``-2n - 2`` for "or".

    Example:
        >>> postfix(("and", (0, ("or", (1, 2)))))
        [0, 1, 2, -6, -5]
    """
    if isinstance(formula, int):
        return [formula]
    word, inner = formula
    return [number for part in inner for number in postfix(part)] + [-2 * len(inner) - (1 if word == "and" else 2)]


def together(games: Sequence[Game]) -> Game:
    """The rule that adopts where every one of these does; their members are the same.

    Raises:
        ValueError: where there is none, or their members differ.

    Example:
        >>> from comity.solvers.game import weighted
        >>> together([weighted([1, 1, 1], 2), weighted([1, 0, 0], 1)]).adopted(np.array([[1, 0, 0], [0, 0, 1]]))
        array([False,  True])
    """
    if not games or any(each.members != games[0].members for each in games):
        raise ValueError("A package is decided by one rule or more, of the same members.")
    parts: list[Formula] = []
    first = 0
    for each in games:
        parts.append(_moved(each.formula, first))
        first += len(each.thresholds)
    return Game(
        np.concatenate([each.coefficients for each in games]),
        np.concatenate([each.thresholds for each in games]),
        parts[0] if len(parts) == 1 else ("and", tuple(parts)),
        tuple(tag for each in games for tag in each.tags),
        games[0].members,
    )


def _moved(formula: Formula, by: int) -> Formula:
    if isinstance(formula, int):
        return formula + by
    return formula[0], tuple(_moved(part, by) for part in formula[1])


@dataclass(frozen=True)
class Log:
    """Many negotiations, with every offer and every vote.

    Attributes:
        outcome: talks; the package adopted, -1 where there is none.
        turns: talks; how many turns were taken.
        round: talks; the round of the last turn, from 1.
        offers: talks x turns; the package tabled, -1 where a member let its turn pass or nothing came any more,
            :data:`WALKED` where it broke off the talks.
        by: talks x turns; whose turn it was.
        ballots: talks x turns x members; choices by number.
    """

    outcome: Wholes
    turns: Wholes
    round: Wholes
    offers: NDArray[np.int32]
    by: NDArray[np.int8]
    ballots: NDArray[np.int8]

    @property
    def left(self) -> Truths:
        """Who broke off the talks: talks x members."""
        talks, turns = np.nonzero(self.offers == WALKED)
        found = np.zeros((len(self.offers), self.ballots.shape[2]), dtype=np.bool_)
        found[talks, self.by[talks, turns]] = True
        return found


def negotiate(setting: Setting, of: Callable[[int], ArrayLike], luck: Wholes, *, workers: int = 1) -> Log:
    """Hold as many negotiations as there are rows of luck.

    Args:
        setting: who negotiates what under which rule.
        of: from the number of a negotiation to :func:`shares`, members x packages.
        luck: talks x turns; whose turn it is, by place among those who may propose; only the first entry is read
            where nobody is recognised at random.
        workers: how many threads share the work; the answer does not depend on it.

    Raises:
        ValueError: where shares or luck do not fit the setting.
    """
    from comity.solvers.bargain.offer_loops import hold

    talks, members, turns = len(luck), len(setting.game.members), setting.turns
    if luck.shape != (talks, turns):
        raise ValueError(f"Luck is talks x {turns} turns; got {luck.shape}.")
    offers = np.full((talks, turns), -1, dtype=np.int32)
    by = np.full((talks, turns), -1, dtype=np.int8)
    ballots = np.full((talks, turns, members), ABSENT, dtype=np.int8)
    ends = np.zeros(talks, dtype=np.int64)
    before, after = setting.arguments[:_DRAWN], setting.arguments[_DRAWN:]
    run: Callable[..., int] = hold

    def one(number: int) -> None:
        table = np.ascontiguousarray(of(number), dtype=np.int32)
        if table.shape != (members, setting.outcomes.number):
            raise ValueError(f"Shares are {members} members x {setting.outcomes.number} packages; got {table.shape}.")
        read = *before, luck[number], *after
        ends[number] = run(table, *read, offers[number], by[number], ballots[number])

    if workers <= 1:
        for number in range(talks):
            one(number)
    else:
        with ThreadPoolExecutor(workers) as pool:
            for _ in pool.map(one, range(talks)):
                pass
    made = np.where(ends > 0, ends, -ends - 1)
    outcome = np.where(ends > 0, offers[np.arange(talks), made - 1], -1).astype(np.int64)
    return Log(outcome, made, (made - 1) // len(setting.proposers) + 1, offers, by, ballots)
