"""Estimating ideal points: where states stand on one dimension, session by session, from how they voted.

The model is an ordered logit. A state at ``x`` in a session votes at least to abstain with the logistic of
``steep * x - lower``, and yes with that of ``steep * x - upper``; a roll call's discrimination ``steep`` may have
either sign. A state's point moves from session to session as a random walk, which alone ties the sessions together;
how fast it moves is estimated. Absence is missing, not abstention.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]

YES, MISSING = 2, -1
PRIOR = (4.0, 25.0, 2.0)
"""Variances of discriminations and thresholds, and the scale of the gap between the thresholds of a roll call."""
NINETY = 1.6448536269514722
"""Half the width of a 90 % interval, in standard deviations."""


@dataclass(frozen=True)
class IdealPoints:
    """Points of states in sessions, scaled to mean 0 and standard deviation 1 over all of them.

    Attributes:
        states: points; the number of the state.
        sessions: points; the session.
        values: points; the estimate.
        deviations: points; its posterior standard deviation, the roll calls' parameters taken as known.
        votes: points; how many votes it rests on.
        items: roll calls x 3; discrimination, lower and upper threshold; nan for those that all decided alike.
        drift: the variance by which a point moves from one session to the next.
        rounds: how many rounds were needed.
        converged: whether the last round moved no point by more than the tolerance.
    """

    states: Wholes
    sessions: Wholes
    values: Floats
    deviations: Floats
    votes: Wholes
    items: Floats
    drift: float
    rounds: int
    converged: bool

    def interval(self) -> tuple[Floats, Floats]:
        """The 90 % interval of each point."""
        half = NINETY * self.deviations
        return self.values - half, self.values + half

    def oriented(self, positive: int, negative: list[int]) -> IdealPoints:
        """The same with one state above others, in the mean over the sessions that they share.

        Args:
            positive: the state that is to stand above.
            negative: the states that are to stand below; those without votes are passed over.

        Raises:
            ValueError: where no session has votes of both.
        """
        at = {session: value for state, session, value in self._each() if state == positive}
        gaps = [at[session] - value for state, session, value in self._each() if state in negative and session in at]
        if not gaps:
            raise ValueError("The anchors share no session in which both voted: name other anchors.")
        if sum(gaps) >= 0:
            return self
        flipped = self.items * np.array([-1.0, 1.0, 1.0])
        kept = {name: value for name, value in vars(self).items() if name not in {"values", "items"}}
        return IdealPoints(values=-self.values, items=flipped, **kept)

    def _each(self) -> list[tuple[int, int, float]]:
        return list(zip(self.states.tolist(), self.sessions.tolist(), self.values.tolist(), strict=True))


def ideal_points(
    votes: ArrayLike,
    sessions: ArrayLike,
    *,
    texts: ArrayLike | None = None,
    rounds: int = 400,
    tolerance: float = 2e-4,
    progress: Callable[[int, int, str], None] | None = None,
) -> IdealPoints:
    """Ideal points of states that voted on roll calls.

    Args:
        votes: states x roll calls; 2 yes, 1 abstain, 0 no, -1 absent or no member.
        sessions: roll calls; the session of each, a whole number.
        texts: roll calls; equal whole numbers mark votes on the same text, which then share their parameters and so
            bridge sessions; every roll call is a text of its own where absent.
        rounds: the most rounds.
        tolerance: the largest change of a point in the last round.
        progress: told ``(done, total, note)``.

    Raises:
        ValueError: for other numbers than these, lengths that differ, or roll calls on which all agreed.

    **Source**: Bailey, Strezhnev and Voeten (2017), "Estimating Dynamic State Preferences from United Nations Voting
    Data", Journal of Conflict Resolution 61(2): 430-456, for the model; Imai, Lo and Olmsted (2016), "Fast Estimation
    of Ideal Points with Massive Data", APSR 110(4), for maximising instead of sampling.

    Example:
        >>> votes = [[2, 2, 0], [2, 1, 0], [0, 0, 2], [2, 2, 0], [0, 1, 2]]
        >>> found = ideal_points(votes, [1, 1, 1]).oriented(0, [2])
        >>> bool(found.values[0] > found.values[1] > found.values[2])
        True
    """
    from comity.solvers.ideal_points.loops import paths, thresholds

    given = _checked(votes, sessions)
    same = np.arange(given[0].shape[1]) if texts is None else np.unique(np.asarray(texts), return_inverse=True)[1]
    if same.shape != given[1].shape:
        raise ValueError(f"Give a text for each of the {len(given[1])} roll calls; got {same.shape}.")
    listed = _listed(*given, same)
    points = _start(given[0], listed)
    variances, covariances = np.ones(len(points)), np.zeros(len(points))
    items = np.tile([0.0, -0.5, 0.5], (len(listed.firsts_of_calls) - 1, 1))
    items[:, 0] = 1.0
    drift, done, moved = 0.05, 0, np.inf
    prior = np.array(PRIOR)
    for _ in range(3):
        thresholds(listed.firsts_of_calls, listed.where, listed.votes_of_calls, points, prior, items)
    while done < rounds and moved > tolerance:
        before = points.copy()
        paths(
            listed.starts, listed.sessions, listed.firsts, listed.calls, listed.votes, items, drift, points, variances,
            covariances,
        )  # fmt: skip
        mean, scale = float(points.mean()), float(points.std())
        points -= mean
        points /= scale
        variances /= scale**2
        covariances /= scale**2
        items[:, 1:] -= items[:, :1] * mean
        items[:, 0] *= scale
        drift = _drift(listed, points, variances, covariances)
        thresholds(listed.firsts_of_calls, listed.where, listed.votes_of_calls, points, prior, items)
        moved = float(np.abs(points - before).max())
        done += 1
        if progress and done % 5 == 0:
            progress(done, rounds, f"moved by {moved:.4f}")
    told = np.full((given[0].shape[1], 3), np.nan)
    told[listed.kept] = items[listed.texts]
    counts = np.diff(listed.firsts)
    return IdealPoints(
        listed.states, listed.sessions, points, np.sqrt(variances), counts, told, drift, done, moved <= tolerance
    )


@dataclass(frozen=True)
class _Listed:
    """The votes, listed by point (state and session) and by roll call."""

    kept: Wholes
    texts: Wholes
    states: Wholes
    sessions: Wholes
    starts: Wholes
    firsts: Wholes
    calls: Wholes
    votes: NDArray[np.int8]
    firsts_of_calls: Wholes
    where: Wholes
    votes_of_calls: NDArray[np.int8]


def _checked(votes: ArrayLike, sessions: ArrayLike) -> tuple[NDArray[np.int8], Wholes]:
    table = np.asarray(votes, dtype=np.int8)
    when = np.asarray(sessions, dtype=np.int64)
    if table.ndim != 2 or table.shape[1] != len(when):
        raise ValueError(f"Votes are states x roll calls with a session each; got {table.shape} and {when.shape}.")
    if table.size and (table.min() < MISSING or table.max() > YES):
        raise ValueError("A vote is 2 (yes), 1 (abstain), 0 (no) or -1 (absent or no member).")
    return table, when


def _listed(table: NDArray[np.int8], when: Wholes, same: Wholes) -> _Listed:
    cast = np.ma.masked_equal(table, MISSING)
    split = (cast.max(axis=0) != cast.min(axis=0)).filled(fill_value=False) if table.size else np.zeros(0, dtype=bool)
    kept = np.flatnonzero(split)
    if not len(kept):
        raise ValueError("No roll call divides the states, so nothing can be learnt from them.")
    distinct, texts = np.unique(same[kept], return_inverse=True)
    states, places = np.nonzero(table[:, kept] != MISSING)
    calls, votes, rolls = texts[places].astype(np.int64), table[states, kept[places]], when[kept[places]]
    order = np.lexsort((calls, rolls, states))
    states, calls, votes, rolls = states[order], calls[order], votes[order], rolls[order]
    new = np.flatnonzero(np.r_[True, (np.diff(states) != 0) | (np.diff(rolls) != 0)])
    point = np.cumsum(np.r_[False, (np.diff(states) != 0) | (np.diff(rolls) != 0)])
    starts = np.searchsorted(states[new], np.arange(len(table) + 1))
    by_call = np.argsort(calls, kind="stable")
    firsts_of_calls = np.searchsorted(calls[by_call], np.arange(len(distinct) + 1))
    return _Listed(
        kept.astype(np.int64), texts.astype(np.int64), states[new].astype(np.int64), rolls[new],
        starts.astype(np.int64),
        np.r_[new, len(states)].astype(np.int64), calls, votes.astype(np.int8), firsts_of_calls.astype(np.int64),
        point[by_call].astype(np.int64), votes[by_call].astype(np.int8),
    )  # fmt: skip


def _start(table: NDArray[np.int8], listed: _Listed) -> Floats:
    """A first guess: each state's place on the first principal axis of how it voted, whatever the session."""
    cast = table[:, listed.kept].astype(np.float64)
    present = cast >= 0
    seen = present.sum(axis=0)
    centred = np.where(present, cast - np.where(present, cast, 0.0).sum(axis=0) / seen, 0.0)
    counts = np.maximum(present.sum(axis=1), 1)
    together = (centred / np.sqrt(counts)[:, None]) @ (centred / np.sqrt(counts)[:, None]).T
    axis = np.linalg.eigh(together)[1][:, -1] / np.sqrt(counts)
    axis = axis / max(float(np.abs(axis).max()), 1e-12)
    spread = axis - axis.mean()
    points = spread[listed.states]
    return (points - points.mean()) / max(float(points.std()), 1e-12)


def _drift(listed: _Listed, points: Floats, variances: Floats, covariances: Floats) -> float:
    """The variance of a step between sessions that makes the paths most likely, given their uncertainty."""
    follows = np.r_[False, np.diff(listed.states) == 0]
    later = np.flatnonzero(follows)
    if not len(later):
        return 0.05
    gaps = (listed.sessions[later] - listed.sessions[later - 1]).astype(np.float64)
    moves = (points[later] - points[later - 1]) ** 2 + variances[later] + variances[later - 1] - 2 * covariances[later]
    return float(np.clip(np.mean(moves / gaps), 1e-4, 1.0))
