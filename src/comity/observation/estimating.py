"""Computing positions from roll calls: ideal points by group, agreement of pairs, and who took part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from comity.model.votes import GROUP_TITLES, RollCalls

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POSITIVE = "USA"
"""The state that stands at the high end of every dimension."""
NEGATIVE = ("SUN", "RUS", "CUB")
"""The states that stand below it."""
FEWEST = 10
"""A group with fewer roll calls that divide the Assembly has no dimension of its own."""


def tables(
    calls: RollCalls, pairs_of: Collection[str], progress: Callable[[int, int, str], None] | None = None
) -> dict[str, bytes]:
    """The tables of computed positions, by the names of their files.

    ``GROUP.csv`` (iso3, session, value, low, high) for every group that the source tells apart, ``agreement.csv`` (the
    mean agreement of two states in a session: 1 for the same vote, one half where one abstains, 0 for yes against no)
    and ``turnout.csv`` (votes cast and missed).

    Args:
        calls: the roll calls.
        pairs_of: the states whose agreement with each other is kept.
        progress: told ``(done, total, note)``.
    """
    groups = [group for group in GROUP_TITLES if group == "overall" or calls.grouped()]
    found: dict[str, bytes] = {}
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups) + 1, GROUP_TITLES[group].en)
        if (table := _points(calls, group)) is not None:
            found[f"{group}.csv"] = table
    if progress:
        progress(len(groups), len(groups) + 1, "agreement")
    found["agreement.csv"] = _agreement(calls, [state for state in calls.states if state in pairs_of])
    found["turnout.csv"] = _turnout(calls)
    return found


def _points(calls: RollCalls, group: str) -> bytes | None:
    import numpy as np

    from comity.solvers.ideal_points.estimate import ideal_points

    chosen = calls.of(group)
    votes = np.maximum(calls.votes[:, chosen], -1)
    cast = np.ma.masked_equal(votes, -1)
    if int((cast.max(axis=0) != cast.min(axis=0)).filled(fill_value=False).sum()) < FEWEST:
        return None
    places = {state: place for place, state in enumerate(calls.states)}
    found = ideal_points(votes, np.array(calls.sessions)[chosen])
    if POSITIVE in places:
        found = found.oriented(places[POSITIVE], [places[state] for state in NEGATIVE if state in places])
    low, high = found.interval()
    rows = sorted(
        (calls.states[int(state)], int(session), place)
        for place, (state, session) in enumerate(zip(found.states, found.sessions, strict=True))
    )
    ends = np.column_stack([found.values, low, high])
    lines = [f"{state},{session},{','.join(f'{end:.3f}' for end in ends[place])}\n" for state, session, place in rows]
    return ("iso3,session,value,low,high\n" + "".join(lines)).encode()


def _agreement(calls: RollCalls, states: Sequence[str]) -> bytes:
    import numpy as np

    sessions = np.array(calls.sessions)
    places = [calls.states.index(state) for state in states]
    lines = ["iso3,other,session,agreement,votes\n"]
    for session in sorted(set(calls.sessions)):
        votes = calls.votes[places][:, sessions == session].astype(np.float64)
        score, both = pairwise(votes)
        for first, state in enumerate(states):
            for second in range(first + 1, len(states)):
                if both[first, second] > 0:
                    share, n = score[first, second] / both[first, second], int(both[first, second])
                    lines.append(f"{state},{states[second]},{session},{share:.3f},{n}\n")
    return "".join(lines).encode()


def pairwise(votes: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Summed agreement of each pair and on how many roll calls both voted: states x states.

    Args:
        votes: states x roll calls; 2 yes, 1 abstain, 0 no, below 0 no vote.

    **Source**: Lijphart (1963), "The Analysis of Bloc Voting in the General Assembly", APSR 57(4): 902-917.

    Example:
        >>> import numpy as np
        >>> score, both = pairwise(np.array([[2.0, 2.0, 0.0], [2.0, 1.0, 2.0]]))
        >>> float(score[0, 1]), float(both[0, 1])
        (1.5, 3.0)
    """
    import numpy as np

    present = (votes >= 0).astype(np.float64)
    both = present @ present.T
    apart = np.zeros_like(both)
    said = [(votes == choice).astype(np.float64) for choice in (0, 1, 2)]
    for first in range(3):
        for second in range(3):
            apart += abs(first - second) / 2 * (said[first] @ said[second].T)
    return both - apart, both


def _turnout(calls: RollCalls) -> bytes:
    import numpy as np

    sessions = np.array(calls.sessions)
    lines: list[str] = []
    for session in sorted(set(calls.sessions)):
        votes = calls.votes[:, sessions == session]
        cast, missed = (votes >= 0).sum(axis=1).tolist(), (votes == -1).sum(axis=1).tolist()
        each = zip(calls.states, cast, missed, strict=True)
        lines += [f"{state},{session},{here},{away}\n" for state, here, away in each if here or away]
    return ("iso3,session,votes,absent\n" + "".join(sorted(lines, key=_by_state))).encode()


def _by_state(line: str) -> tuple[str, int]:
    state, session, *_ = line.split(",")
    return state, int(session)
