"""The loops of a campaign: every game of a chunk, round by round, in the order of the game on the law engine.

Shocks, sessions, promises, breaches, money, exit, trust: :mod:`comity.rehearsal.rounds` does the same for one game.
Set ``NUMBA_DISABLE_JIT=1`` and the same loops run uncompiled, with the same bytes.
"""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    BROKEN,
    COST,
    GAIN,
    GRUDGES,
    KEPT,
    LEAVES,
    MEMBER,
    MEMBERS,
    NEVER,
    OPEN,
    OUTVOTED,
    PAID,
    PLAYED,
    PRESENT,
    ROUND_PAID,
    TARIFF,
    Course,
    Floats,
    Heard,
    Ints,
    Kept,
    Law,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.campaign.promises import answered, ended, lapses, performed, seen
from comity.solvers.campaign.talks import sessions
from comity.solvers.weighted.kernels import compiled

NO_PAY, TARIFF_SHOCK = 3, 4
LASTING = 65536
"""What is left of a count after a round where nothing is forgotten."""
MILLION = 1e8
"""Cents in a million."""


@compiled
def played(law: Law, course: Course, kept: Kept, heard: Heard, first: int, total: Floats) -> None:
    """Play all games of a chunk to their end.

    Args:
        law: the institution.
        course: games before their first round.
        kept: what is kept of them; rounds are added to.
        heard: talks that were held before; added to.
        first: the number of the first run.
        total: runs: the sum of all net gains so far.
    """
    for round_ in range(1, len(law.agenda)):
        struck(law, course, first, round_)
        departed(law, course, kept, round_)
        lapses(law, course, round_)
        sessions(law, course, kept, heard, first, round_)
        performed(law, course, kept, first, round_)
        answered(law, course, kept, first, round_)
        settled(law, course, kept, first, round_)
        leaving(law, course, kept, first, round_)
        trusted(law, course, kept)
        scored(law, course, kept, total, round_)
        ended(course, round_)
    finished(law, course, kept)


@compiled
def struck(law: Law, course: Course, first: int, round_: int) -> None:
    """The shocks that begin in a round, and those that last."""
    if len(law.shocks) == 0:
        return
    for number in range(len(course.over)):
        course.felt[number] = 0
        for each in range(len(law.shocks)):
            what, who, when = law.shocks[each, 0], law.shocks[each, 1], law.shocks[each, 2]
            begins = when == round_
            if when == 0:
                begins = likely(law.key, first + number, who, round_, law.said[each], law.shocks[each, 3])
            if begins:
                course.shock[number, each] = max(course.shock[number, each], round_ + law.shocks[each, 4])
            if round_ < course.shock[number, each]:
                course.felt[number, what, who] = 1


@compiled
def departed(law: Law, course: Course, kept: Kept, round_: int) -> None:
    """Members whose notice of withdrawal has run; the round begins."""
    own, today, rounds, staying, exits = course.own, law.days[round_], kept.rounds, kept.staying, kept.exits
    for number in range(len(course.over)):
        if course.over[number] > 0:
            continue
        rounds[round_, PLAYED] += 1
        for member in range(own.shape[1]):
            if own[number, member, MEMBER] and own[number, member, LEAVES] <= today:
                own[number, member, MEMBER] = 0
                exits[number, member, 1] = round_
            rounds[round_, MEMBERS] += own[number, member, MEMBER]
            staying[round_, member] += own[number, member, MEMBER]
    course.reports[:] = 0


@compiled
def settled(law: Law, course: Course, kept: Kept, first: int, round_: int) -> None:
    """Contributions: assessed once a year for what the coming year may have to pay out, then paid or not."""
    if len(law.budget) == 0:
        return
    own, fund, owed, felt, reports = course.own, course.fund, course.owed, course.felt, course.reports
    members, last = own.shape[1], len(law.paying) - 1
    for number in range(len(course.over)):
        if course.over[number] > 0:
            continue
        if (round_ - 1) % law.a_year == 0:
            wanted, body = law.budget[round_] - fund[number], 0
            for due in range(round_, min(round_ + law.a_year, owed.shape[1])):
                wanted += owed[number, due]
            for member in range(members):
                wanted -= own[number, member, OPEN]
                if own[number, member, MEMBER] and law.places[member] >= 0:
                    body |= 1 << law.places[member]
            for member in range(members):
                if wanted > 0 and own[number, member, MEMBER]:
                    own[number, member, OPEN] += int(np.floor(wanted * law.shares[body, member]))
        for member in range(members):
            sum_ = own[number, member, OPEN]
            if own[number, member, MEMBER] == 0 or sum_ <= 0 or felt[number, NO_PAY, member]:
                continue
            chance = law.keeps[member, seen(own, number, member) + 4]
            if likely(law.key, first + number, member, round_, law.paying[last], chance):
                kept.cents[number, member, PAID] += sum_
                reports[number, member, 3] += sum_
                kept.rounds[round_, ROUND_PAID] += sum_
                fund[number] += sum_
                own[number, member, OPEN] = 0


@compiled
def leaving(law: Law, course: Course, kept: Kept, first: int, round_: int) -> None:
    """Members that give notice of withdrawal."""
    if len(law.leave_day) == 0:
        return
    own, leaves, exits, day, today = course.own, law.leaves, kept.exits, law.leave_day[round_], law.days[round_]
    places = law.places
    if places.max() < 0:
        return
    for number in range(len(course.over)):
        if course.over[number] > 0:
            continue
        for member in range(own.shape[1]):
            if places[member] < 0 or own[number, member, MEMBER] == 0 or own[number, member, LEAVES] != NEVER:
                continue
            chance = leaves[member, min(own[number, member, OUTVOTED], leaves.shape[1] - 1)]
            if likely(law.key, first + number, member, round_, law.going[0], chance):
                own[number, member, LEAVES] = day
                if exits[number, member, 0] == 0:
                    exits[number, member, 0] = round_
                if day <= today:
                    own[number, member, MEMBER] = 0
                    exits[number, member, 1] = round_


@compiled
def trusted(law: Law, course: Course, kept: Kept) -> None:
    """Trust after a round: counts of promises seen kept and broken, which fade; a tariff counts as one broken.

    Where nothing fades, the promises are counted once, at the end (:func:`finished`).
    """
    trust, reports, own, shocks, forgets = kept.trust, course.reports, course.own, law.shocks, law.forgets
    members = own.shape[1]
    if forgets >= LASTING and len(shocks) == 0:
        return
    for number in range(len(course.over)):
        if course.over[number] > 0:
            continue
        for holder in range(members if forgets < LASTING else 0):
            for member in range(members):
                for which in range(2):
                    held = trust[number, holder, member, which] * forgets >> 16
                    trust[number, holder, member, which] = held + (reports[number, member, which] << 16)
        for each in range(len(shocks)):
            if shocks[each, 0] == TARIFF_SHOCK and round_felt(course.felt, number, shocks[each, 1]):
                trust[number, shocks[each, 5], shocks[each, 1], 1] += 1 << 16
                own[number, shocks[each, 5], GRUDGES] += 1


@compiled
def round_felt(felt: Ints, number: int, member: int) -> bool:
    """Whether a member levies a tariff in the round."""
    return felt[number, TARIFF_SHOCK, member] > 0


@compiled
def scored(law: Law, course: Course, kept: Kept, total: Floats, round_: int) -> None:
    """What each member has of a round, in money; the end of a game that has fewer than two members."""
    own, done, busy, reports, worth = course.own, course.done, course.busy, course.reports, kept.worth
    goods, part, needed, shocks, fan = law.goods, law.part, law.needed, law.shocks, kept.fan
    low, wide, last = law.bins[0], law.bins[1] - law.bins[0], len(law.agenda) - 1
    whole, about = np.zeros(len(needed)), np.zeros(len(needed), np.int64)
    for number in range(len(course.over)):
        if course.over[number] > 0:
            continue
        left = issues = 0
        for topic in range(len(needed)):  # the others were not delivered on
            if busy[number, topic]:
                about[issues], whole[issues] = topic, provided(part, needed[topic], done, number, topic)
                issues += 1
        for member in range(own.shape[1]):
            if own[number, member, MEMBER] == 0:
                continue
            left += 1
            gain = cost = tariffs = 0.0
            for place in range(issues):
                topic, good = about[place], whole[place]
                delivers = done[number, topic, member] > 0
                if good > 0 or delivers:
                    gain += goods[topic, member, 0] * good * (1.0 if delivers else 1.0 - goods[topic, member, 2])
                    cost += goods[topic, member, 1] if delivers else 0.0
            for each in range(len(shocks)):
                against = shocks[each, 0] == TARIFF_SHOCK and shocks[each, 5] == member
                if against and round_ < course.shock[number, each]:
                    tariffs += shocks[each, 6] / MILLION
            net = gain - cost - tariffs + (reports[number, member, 2] - reports[number, member, 3]) / MILLION
            worth[number, member, GAIN] += gain
            worth[number, member, COST] += cost
            worth[number, member, TARIFF] += tariffs
            worth[number, member, PRESENT] += net * law.discount[round_]
            total[number] += net
        if wide > 0:
            spot = int((total[number] - low) / wide * fan.shape[1])
            fan[round_, min(max(spot, 0), fan.shape[1] - 1)] += 1
        for place in range(issues):
            busy[number, about[place]], done[number, about[place]] = 0, 0
        if left < 2 or round_ == last:
            course.over[number] = round_


@compiled
def provided(part: Ints, needed: int, done: Ints, number: int, topic: int) -> float:
    """The share of a good that is provided: nothing below what is needed, nor where the issue provides none."""
    whole = 0
    for member in range(part.shape[1]):
        if done[number, topic, member] > 0:
            whole += part[topic, member]
    return whole / 1e12 if 0 <= needed <= whole else 0.0


@compiled
def finished(law: Law, course: Course, kept: Kept) -> None:
    """What is kept of games at their end."""
    own, trust, members = course.own, kept.trust, course.own.shape[1]
    for number in range(len(course.over)):
        kept.over[number] = course.over[number]
        for holder in range(members if law.forgets >= LASTING else 0):
            for member in range(members):
                trust[number, holder, member, 0] += own[number, member, KEPT] << 16
                trust[number, holder, member, 1] += own[number, member, BROKEN] << 16
        for topic in range(course.stands.shape[1]):
            stands, quo = course.stands[number, topic], law.status_quo[topic]
            kept.text[number, topic] = stands
            for member in range(members):
                position, salience, reach = law.wants[topic, member]
                if stands >= 0 and reach > -2 and own[number, member, MEMBER]:
                    nearer = abs(quo - position) - abs(stands - position)
                    kept.wishes[number, member] += nearer * salience / 100_000_000
