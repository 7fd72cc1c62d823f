"""The loops of a campaign: every game of a chunk, round by round, in the order of the game on the law engine.

Shocks, sessions, promises, breaches, money, exit, trust: :mod:`comity.rehearsal.rounds` does the same for one game.
Set ``NUMBA_DISABLE_JIT=1`` and the same loops run uncompiled, with the same bytes.
"""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    COST,
    GAIN,
    GRUDGES,
    LEAVES,
    MEMBER,
    NEVER,
    OPEN,
    OUTVOTED,
    PAID,
    TARIFF,
    Course,
    Floats,
    Ints,
    Kept,
    Law,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.campaign.promises import all_seen, answered, ended, lapses, performed
from comity.solvers.campaign.talks import limit, session
from comity.solvers.weighted.kernels import compiled

NO_PAY, TARIFF_SHOCK = 3, 4
MILLION = 1e8
"""Cents in a million."""


@compiled
def played(law: Law, course: Course, kept: Kept, first: int, total: Floats) -> None:
    """Play all games of a chunk to their end.

    Args:
        law: the institution.
        course: games before their first round.
        kept: what is kept of them; rounds are added to.
        first: the number of the first run.
        total: runs: the sum of all net gains so far.
    """
    rounds, members = len(law.agenda) - 1, len(law.places)
    views, none = np.zeros(members, np.int64), np.zeros(members, np.int64)
    for round_ in range(1, rounds + 1):
        for number in range(len(course.over)):
            if course.over[number] > 0:
                continue
            run = first + number
            struck(law, course, number, run, round_)
            departed(law, course, kept, number, round_)
            lapses(law, course, number, law.days[round_])
            session(law, course, kept, number, first, round_)
            held(kept, course, number, none)
            all_seen(course, number, none, views)
            performed(law, course, kept, views, number, run, round_)
            all_seen(course, number, none, views)
            answered(law, course, kept, views, number, run, round_)
            settled(law, course, kept, views, number, run, round_)
            leaving(law, course, kept, number, run, round_)
            trusted(law, course, kept, number)
            scored(law, course, kept, total, number, round_)
            ended(law, course, number)
    for number in range(len(course.over)):
        finished(law, course, kept, number)


@compiled
def struck(law: Law, course: Course, number: int, run: int, round_: int) -> None:  # noqa: PLR0917 - a loop
    """The shocks that begin in a round, and those that last."""
    if len(law.shocks) == 0:
        return
    course.felt[number] = 0
    for each in range(len(law.shocks)):
        what, who, when, chance, lasts, _, cents = law.shocks[each]
        begins = when == round_
        if when == 0:
            begins = likely(law.key, run, who, round_, law.said[each], chance)
        if begins:
            course.shock[number, each] = max(course.shock[number, each], round_ + lasts)
        if round_ < course.shock[number, each]:
            course.felt[number, what, who] += max(cents, 1)


@compiled
def departed(law: Law, course: Course, kept: Kept, number: int, round_: int) -> None:  # noqa: PLR0917 - a loop
    """Members whose notice of withdrawal has run."""
    own = course.own[number]
    kept.rounds[round_, 0] += 1
    for member in range(len(own)):
        if own[member, MEMBER] and own[member, LEAVES] <= law.days[round_]:
            own[member, MEMBER] = 0
            kept.exits[number, member, 1] = round_
        kept.rounds[round_, 1] += own[member, MEMBER]
        kept.staying[round_, member] += own[member, MEMBER]
        for each in range(course.reports.shape[2]):
            course.reports[number, member, each] = 0
        for topic in range(course.done.shape[1]):
            course.done[number, topic, member] = -1


@compiled
def held(kept: Kept, course: Course, number: int, grudges: Ints) -> None:
    """What each member holds against others beside their promises: tariffs."""
    for member in range(len(grudges)):
        grudges[member] = course.own[number, member, GRUDGES]


@compiled
def settled(law: Law, course: Course, kept: Kept, views: Ints, *place: int) -> None:
    """Contributions: assessed once a year for what the coming year may have to pay out, then paid or not."""
    number, run, round_ = place
    own = course.own[number]
    if len(law.budget) == 0:
        return
    if (round_ - 1) % law.a_year == 0:
        wanted, chosen = law.budget[round_] - course.fund[number], 0
        for due in range(round_, min(round_ + law.a_year, course.owed.shape[1])):
            wanted += course.owed[number, due]
        for member in range(len(own)):
            wanted -= own[member, OPEN]
            if own[member, MEMBER] and law.places[member] >= 0:
                chosen |= 1 << law.places[member]
        for member in range(len(own)):
            if wanted > 0 and own[member, MEMBER]:
                own[member, OPEN] += int(np.floor(wanted * law.shares[chosen, member]))
    for member in range(len(own)):
        if own[member, MEMBER] == 0 or own[member, OPEN] <= 0 or course.felt[number, NO_PAY, member]:
            continue
        chance = law.keeps[member, views[member] + 4]
        if likely(law.key, run, member, round_, law.paying[len(law.paying) - 1], chance):
            kept.cents[number, member, PAID] += own[member, OPEN]
            course.reports[number, member, 3] += own[member, OPEN]
            kept.rounds[round_, 6] += own[member, OPEN]
            course.fund[number] += own[member, OPEN]
            own[member, OPEN] = 0


@compiled
def leaving(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """Members that give notice of withdrawal."""
    number, run, round_ = place
    if len(law.leave_day) == 0:
        return
    own = course.own[number]
    for member in range(len(own)):
        if own[member, MEMBER] == 0 or own[member, LEAVES] < NEVER:
            continue
        chance = law.leaves[member, min(own[member, OUTVOTED], law.leaves.shape[1] - 1)]
        if likely(law.key, run, member, round_, law.going[0], chance):
            own[member, LEAVES] = law.leave_day[round_]
            if kept.exits[number, member, 0] == 0:
                kept.exits[number, member, 0] = round_
            if law.leave_day[round_] <= law.days[round_]:
                own[member, MEMBER] = 0
                kept.exits[number, member, 1] = round_


@compiled
def trusted(law: Law, course: Course, kept: Kept, number: int) -> None:
    """Trust after a round: counts of promises seen kept and broken, which fade; a tariff counts as one broken."""
    members = len(law.places)
    for holder in range(members):
        for member in range(members):
            trust = kept.trust[number, holder, member]
            if law.forgets < 65536:
                trust[0] = trust[0] * law.forgets >> 16
                trust[1] = trust[1] * law.forgets >> 16
            trust[0] += course.reports[number, member, 0] << 16
            trust[1] += course.reports[number, member, 1] << 16
    for each in range(len(law.shocks)):
        what, who, against = law.shocks[each, 0], law.shocks[each, 1], law.shocks[each, 5]
        if what == TARIFF_SHOCK and course.felt[number, what, who]:
            kept.trust[number, against, who, 1] += 1 << 16
            course.own[number, against, GRUDGES] += 1


@compiled
def scored(law: Law, course: Course, kept: Kept, total: Floats, *place: int) -> None:
    """What each member has of a round, in money; the end of a game that has fewer than two members."""
    number, round_ = place
    own, done = course.own[number], course.done[number]
    left = 0
    for member in range(len(own)):
        if own[member, MEMBER] == 0:
            continue
        left += 1
        gain = cost = 0.0
        for topic in range(len(done)):
            if law.needed[topic] < 0:
                continue
            whole = provided(law.part[topic], done[topic])
            if whole < law.needed[topic]:
                whole = 0
            good = law.goods[topic, member]
            delivers = done[topic, member] > 0
            gain += good[0] * (whole / 1e12) * (1.0 if delivers else 1.0 - good[2])
            cost += good[1] if delivers else 0.0
        tariffs = 0
        for each in range(len(law.shocks)):
            shock = law.shocks[each]
            if shock[0] == TARIFF_SHOCK and shock[5] == member and round_ < course.shock[number, each]:
                tariffs += shock[6]
        moved = course.reports[number, member, 2] - course.reports[number, member, 3]
        net = gain - cost + (moved - tariffs) / MILLION
        worth = kept.worth[number, member]
        worth[GAIN] += gain
        worth[COST] += cost
        worth[TARIFF] += tariffs / MILLION
        worth[3] += net * law.discount[round_]
        total[number] += net
    if law.bins[1] > law.bins[0]:
        spot = (total[number] - law.bins[0]) / (law.bins[1] - law.bins[0]) * kept.fan.shape[1]
        kept.fan[round_, min(max(int(spot), 0), kept.fan.shape[1] - 1)] += 1
    if left < 2 or round_ == len(law.agenda) - 1:
        course.over[number] = round_


@compiled
def provided(part: Ints, done: Ints) -> int:
    """The share of a good that these efforts come to."""
    whole = 0
    for member in range(len(part)):
        if done[member] > 0:
            whole += part[member]
    return whole


@compiled
def finished(law: Law, course: Course, kept: Kept, number: int) -> None:
    """What is kept of a game at its end."""
    kept.over[number] = course.over[number]
    for topic in range(course.stands.shape[1]):
        stands, quo = course.stands[number, topic], law.status_quo[topic]
        kept.text[number, topic] = stands
        if stands < 0:
            continue
        for member in range(len(law.places)):
            want = law.wants[topic, member]
            if want[2] <= -2:
                continue
            reach, off = limit(want, -1, quo), abs(stands - want[0])
            share = (reach - off) / reach if reach > 0 else -off / 100_000
            kept.wishes[number, member] += share * want[1] / 100_000
