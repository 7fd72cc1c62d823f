"""Blocks of games: prepared, played chunk by chunk, and kept.

A block is the unit of work and of summing: blocks have one size, whatever the number of workers, and every sum goes
over blocks in the order of runs. Numbers do not depend on how the work was shared.
"""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import LEAVES, MEMBER, MOST, NEVER, Course, Heard, Kept, Law

ROWS = 8192
"""A power of two; talks are kept until half of the rows are taken."""
COUNTED, OF_ROUND, BINS = 14, 8, 512
CHUNK = 64
"""So many games are under way at once: they stay near the processor."""


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
        counts=np.zeros((runs, sources, COUNTED), np.int64),
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


def room(law: Law, runs: int) -> Course:
    """Room for so many games; what stands in it means nothing before :func:`begun`."""
    rounds, members, topics, _, most = sizes(law)
    return Course(
        own=np.empty((runs, members, 10), np.int64),
        stands=np.empty((runs, topics), np.int64),
        talk=np.empty((runs, topics, members, 4), np.int64),
        node=np.empty((runs, topics), np.int64),
        slot=np.empty((runs, most, 6), np.int64),
        duty=np.empty((runs, most, members, 8), np.int64),
        order=np.empty((runs, most), np.int64),
        alive=np.empty(runs, np.int64),
        owed=np.empty((runs, rounds + law.periods + 2), np.int64),
        fund=np.empty(runs, np.int64),
        over=np.empty(runs, np.int64),
        shock=np.empty((runs, len(law.shocks)), np.int64),
        felt=np.empty((runs, 5, members), np.int64),
        reports=np.empty((runs, members, 4), np.int64),
        done=np.empty((runs, topics, members), np.int64),
        busy=np.empty((runs, topics), np.int64),
    )


def silence(law: Law) -> Heard:
    """No talks held yet. Of large bodies none are kept: they seldom come together twice in the same way."""
    _, members, topics, _, _ = sizes(law)
    rows = ROWS if members <= MOST else 0
    return Heard(
        keys=np.zeros((rows, 2), np.int64),
        outcomes=np.empty((rows, 3), np.int64),
        states=np.zeros((topics + rows // 2, members, 4), np.int64),
        told=np.array([topics]),
    )


def begun(law: Law, course: Course) -> Course:
    """Games before their first round. Promises are written where they are made, so their room is left as it is."""
    for array in (course.own, course.talk, course.owed, course.fund, course.over, course.shock, course.felt):
        array[:] = 0
    course.done[:] = course.busy[:] = 0
    course.own[:, :, MEMBER], course.own[:, :, LEAVES] = 1, NEVER
    course.stands[:] = -1
    course.node[:] = np.arange(course.node.shape[1]) if len(law.places) <= MOST else -1
    course.order[:] = np.arange(course.order.shape[1])
    _charter(law, course, course.stands.shape[1])
    return course


def _charter(law: Law, course: Course, topics: int) -> None:
    """The clauses of the charter run from the first day, in the order of their names."""
    number = len(law.clauses)
    for place, each in enumerate(sorted(range(number), key=lambda each: law.rank[topics + each, 0, 0])):
        since, by, round_ = law.clauses[each]
        course.slot[:, place] = (topics + each, 0, 0, round_, 0, law.rank[topics + each, 0, 0])
        owing = law.owes[each] > 0
        course.duty[:, place] = -1
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

    kept, chunk = empty(law, runs), min(CHUNK, runs)
    course, heard = room(law, chunk), silence(law)
    for start in range(0, runs, chunk):
        size = min(chunk, runs - start)
        part = Kept._make((*(array[start : start + size] for array in kept[:8]), *kept[8:]))
        games = begun(law, Course._make(array[:size] for array in course))
        played(law, games, part, heard, first + start, np.zeros(size))
    return kept


def narrowed(law: Law, kept: Kept) -> Law:
    """The same institution, the bounds of the chart of gains drawn around those of a few runs, and wider."""
    seen = np.flatnonzero(kept.fan.any(axis=0))
    low, high = law.bins
    if not len(seen) or low == high:
        return law
    width = (high - low) / kept.fan.shape[1]
    bottom, top = low + width * seen[0], low + width * (seen[-1] + 1)
    margin = (top - bottom) / 4
    return law._replace(bins=np.array([bottom - margin, top + margin]))
