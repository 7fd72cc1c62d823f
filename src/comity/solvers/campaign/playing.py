"""Blocks of games: prepared, played chunk by chunk, and kept.

A block is the unit of work and of summing: blocks have one size, whatever the number of workers, and every sum goes
over blocks in the order of runs. Numbers do not depend on how the work was shared.
"""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import JUDGED_ROUND, LEAVES, MEMBER, NEVER, Course, Kept, Law

COUNTED, OF_ROUND, BINS = 14, 8, 512
NEAR = 2**20
"""About how many whole numbers the games that are under way at once may take: they stay near the processor."""


def sizes(law: Law) -> tuple[int, int, int, int, int]:
    """Rounds, members, issues, sources and how many promises may stand at once."""
    rounds, members, topics = len(law.agenda) - 1, len(law.places), len(law.status_quo)
    sittings = int((law.agenda >= 0).sum())
    most = len(law.clauses) + sittings * law.periods
    return rounds, members, topics, topics + len(law.clauses), max(most, 1)


def empty(law: Law, runs: int) -> Kept:
    """Nothing kept yet of so many runs."""
    rounds, members, topics, sources, _ = sizes(law)
    return Kept(
        count=np.zeros((runs, sources, COUNTED), np.int64),
        text=np.full((runs, topics), -1, np.int64),
        cents=np.zeros((runs, members, 2), np.int64),
        worth=np.zeros((runs, members, 4)),
        wishes=np.zeros((runs, members)),
        exits=np.zeros((runs, members, 2), np.int64),
        over=np.zeros(runs, np.int64),
        trust=np.zeros((runs, members, members, 2), np.int64),
        rounds=np.zeros((rounds + 1, OF_ROUND), np.int64),
        staying=np.zeros((rounds + 1, members), np.int64),
        fan=np.zeros((rounds + 1, BINS), np.int64),
    )


def prepared(law: Law, runs: int) -> Course:
    """So many games before their first round."""
    rounds, members, topics, _, most = sizes(law)
    own = np.zeros((runs, members, 10), np.int64)
    own[:, :, MEMBER], own[:, :, LEAVES], own[:, :, JUDGED_ROUND] = 1, NEVER, 0
    course = Course(
        own=own,
        stands=np.full((runs, topics), -1, np.int64),
        talk=np.zeros((runs, topics, members, 4), np.int64),
        slot=np.zeros((runs, most, 6), np.int64),
        duty=np.full((runs, most, members, 8), -1, np.int64),
        order=np.tile(np.arange(most), (runs, 1)),
        alive=np.zeros(runs, np.int64),
        owed=np.zeros((runs, rounds + law.periods + 2), np.int64),
        fund=np.zeros(runs, np.int64),
        over=np.zeros(runs, np.int64),
        shock=np.zeros((runs, len(law.shocks)), np.int64),
        felt=np.zeros((runs, 5, members), np.int64),
        reports=np.zeros((runs, members, 4), np.int64),
        done=np.full((runs, topics, members), -1, np.int64),
    )
    _charter(law, course, topics)
    return course


def _charter(law: Law, course: Course, topics: int) -> None:
    """The clauses of the charter run from the first day, in the order of their names."""
    number = len(law.clauses)
    for place, each in enumerate(sorted(range(number), key=lambda each: law.rank[topics + each, 0, 0])):
        since, by, round_ = law.clauses[each]
        course.slot[:, place] = (topics + each, 0, 0, round_, 0, law.rank[topics + each, 0, 0])
        owing = law.owes[each] > 0
        course.duty[:, place, owing] = (0, since, by, round_, 0, -1, 0, 0)
    course.alive[:] = number


def block(law: Law, first: int, runs: int) -> Kept:
    """Games ``first`` to ``first + runs - 1``, played to their end.

    Args:
        law: the institution as arrays.
        first: the number of the first run.
        runs: how many.
    """
    from comity.solvers.campaign.loops import played

    _, members, _, _, most = sizes(law)
    chunk = max(NEAR // (most * members * 7), 8)
    kept = empty(law, runs)
    for start in range(0, runs, chunk):
        end = min(start + chunk, runs)
        part = Kept(*(array[start:end] for array in kept[:8]), *kept[8:])
        played(law, prepared(law, end - start), part, first + start, np.zeros(end - start))
    return kept
