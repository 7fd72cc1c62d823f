"""Promises of a campaign: performance, noisy verification, breach, notice, other terms, suspension."""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    AGREED,
    ALARM,
    BORN,
    BROKEN,
    BY_TEXT,
    CURED,
    DELIVERED,
    DUE,
    DUE_ROUND,
    EVERY,
    FALSE_ALARMS,
    FALSE_NOTICES,
    FELL_DUE,
    FIRST_BREACH,
    FROM,
    GRUDGES,
    JUDGED,
    JUDGED_BROKEN,
    JUDGED_ROUND,
    KEPT,
    LAST,
    MEMBER,
    MET_BY_ALL,
    MET_BY_NONE,
    MISS,
    MISSES,
    NEVER,
    NOTER,
    NOTICES,
    OWED,
    PERIOD,
    RECEIVED,
    RENEGOTIATED,
    REPORTED,
    REWARD,
    ROUND_DUE,
    ROUND_KEPT,
    ROUND_NOTICES,
    ROUND_RENEGOTIATED,
    SET,
    SOURCE,
    STAGE,
    SUSPENDED,
    THEN,
    TOPIC,
    UNTIL,
    WRONG,
    Course,
    Ints,
    Kept,
    Law,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.campaign.talks import limit
from comity.solvers.weighted.kernels import compiled, woven

PENDING, IN_FORCE, UNVERIFIED, PERFORMED, BREACHED, NOTICED, CURED_STAGE, RENEGOTIATING, OWING = range(9)
DISCHARGED = 11
"""This stage and the one after it, terminated, end a promise."""
ENTERED, MET, MISSED, LAPSED, NOTICE, SUSPEND, ANEW, IN_PLACE = 0, 1, 2, 3, 4, 6, 8, 11
ON_DUE_DAY = -2
NO_PAY = 3


@woven
def moved(steps: Ints, after: Ints, duties: Ints, *spot: int) -> bool:
    """One signal to one duty on a day; whether its stage answers to it."""
    number, each, member, source, signal, day = spot
    stage = duties[number, each, member, STAGE]
    to, wait = steps[source, stage, signal, 0], steps[source, stage, signal, 1]
    if to < 0:
        return False
    until = NEVER
    if wait == ON_DUE_DAY:
        until = max(duties[number, each, member, DUE], day)
    elif wait >= 0 and day < after.shape[1]:
        until = after[wait, day]
    duties[number, each, member, STAGE], duties[number, each, member, UNTIL] = to, until
    return True


@compiled
def lapses(law: Law, course: Course, round_: int) -> None:
    """Everything that waits and whose time is over on a day."""
    steps, after, facts, topics, today = law.steps, law.after, law.source, len(law.status_quo), law.days[round_]
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    for number in range(len(over)):
        if over[number] > 0:
            continue
        for place in range(alive[number]):
            each = order[number, place]
            source = slots[number, each, SOURCE]
            if source < topics and slots[number, each, FROM] > round_:
                continue
            for member in range(duties.shape[2]):
                while duties[number, each, member, STAGE] >= 0 and duties[number, each, member, UNTIL] <= today:
                    stage, until = duties[number, each, member, STAGE], duties[number, each, member, UNTIL]
                    signal = LAPSED
                    if stage == PENDING:
                        signal = ENTERED
                    elif stage == NOTICED and facts[source, THEN] >= 0:
                        signal = facts[source, THEN]
                    elif stage == IN_FORCE and duties[number, each, member, LAST] > 0:
                        signal = duties[number, each, member, LAST]
                    if not moved(steps, after, duties, number, each, member, source, signal, until):
                        duties[number, each, member, UNTIL] = NEVER


@compiled
def ended(course: Course, round_: int) -> None:
    """Promises under which nothing can happen any more leave the list."""
    order, slots, duties, alive, own = course.order, course.slot, course.duty, course.alive, course.own
    for number in range(len(alive)):
        left = 0
        for place in range(alive[number]):
            each = order[number, place]
            going = slots[number, each, FROM] > round_
            for member in range(0 if going else duties.shape[2]):
                stage = duties[number, each, member, STAGE]
                if stage >= 0 and stage != PERFORMED and stage != CURED_STAGE and stage < DISCHARGED:
                    going = going or own[number, member, MEMBER] == 1 or stage > UNVERIFIED
            if going:
                order[number, place], order[number, left] = order[number, left], each
                left += 1
        alive[number] = left


@compiled
def seen(own: Ints, number: int, member: int) -> int:
    """What a member has seen of the others' promises: nothing, all kept, some broken, half of the last ones broken."""
    kept, broken = 0, own[number, member, GRUDGES]
    latest = judged = failed = 0
    for other in range(own.shape[1]):
        if other == member:
            continue
        kept += own[number, other, KEPT]
        broken += own[number, other, BROKEN]
        if own[number, other, JUDGED_ROUND] > latest:
            latest, judged, failed = own[number, other, JUDGED_ROUND], 0, 0
        if own[number, other, JUDGED_ROUND] == latest and latest > 0:
            judged += own[number, other, JUDGED]
            failed += own[number, other, JUDGED_BROKEN]
    if kept + broken == 0:
        return 0
    if failed > 0 and 2 * failed >= judged:
        return 3
    return 2 if broken > 0 else 1


@woven
def by_text(wants: Ints, status_quo: int, stands: int, topic: int, member: int) -> int:
    """What a promise is worth where its good is not valued: whether the text that stands is better than none."""
    position = wants[topic, member, 0]
    off = abs(position - (status_quo if stands < 0 else stands))
    return 1 if off <= limit(position, wants[topic, member, 2], -1, status_quo) else 0


@compiled
def performed(law: Law, course: Course, kept: Kept, first: int, round_: int) -> None:
    """Promises that are due: who delivers, what the verifier reports, what that brings about."""
    steps, after, facts, turns, key, today = law.steps, law.after, law.source, law.turns, law.key, law.days[round_]
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    own, done, reports, stands, fund = course.own, course.done, course.reports, course.stands, course.fund
    busy = course.busy
    keeps, cures, worths, performing, verifying = law.keeps, law.cures, law.worth, law.performing, law.verifying
    wants, quo, counts, rounds, money = law.wants, law.status_quo, kept.counts, kept.rounds, kept.cents
    views = np.zeros(len(turns), np.int64)
    for number in range(len(over)):
        if over[number] > 0:
            continue
        run, looked = first + number, False
        for spot in range(alive[number]):
            each = order[number, spot]
            if round_ < slots[number, each, FROM]:
                continue
            source, born, period = slots[number, each, SOURCE], slots[number, each, BORN], slots[number, each, PERIOD]
            body, topic, every = slots[number, each, SET], facts[source, TOPIC], facts[source, EVERY]
            for turn in range(len(turns)):
                member = turns[turn]
                stage = duties[number, each, member, STAGE]
                if stage < IN_FORCE or stage > RENEGOTIATING or stage == PERFORMED or stage == CURED_STAGE:
                    continue
                since = round_ - duties[number, each, member, DUE_ROUND]
                if own[number, member, MEMBER] == 0 or since < 0 or (since > 0 and since % every != 0):
                    continue
                if not looked:  # all look before anything is done in the round
                    looked = True
                    for other in range(len(views)):
                        views[other] = seen(own, number, other)
                value = worths[source, body, member]
                if value == BY_TEXT:
                    value = by_text(wants, quo[topic], stands[number, topic], topic, member)
                chance = keeps[member, views[member] + 4 * value]
                if stage == NOTICED or stage == RENEGOTIATING:
                    chance = max(chance, cures[member])
                did = likely(key, run, member, round_, performing[source, born, period], chance)
                error = facts[source, ALARM] if did else facts[source, MISS]
                wrong = likely(key, run, member, round_, verifying[source, born, period], error)
                said = did != wrong
                if stage <= UNVERIFIED:
                    reported(own, reports, number, member, round_, said)
                    counts[number, source, FELL_DUE] += 1
                    counts[number, source, DELIVERED] += did
                    counts[number, source, REPORTED] += said
                    if not did and counts[number, source, FIRST_BREACH] == 0:
                        counts[number, source, FIRST_BREACH] = round_
                    rounds[round_, ROUND_DUE] += 1
                    rounds[round_, ROUND_KEPT] += did
                duties[number, each, member, WRONG] = wrong and did
                if wrong:
                    counts[number, source, FALSE_ALARMS if did else MISSES] += 1
                if topic >= 0:
                    done[number, topic, member] = did
                    busy[number, topic] |= did
                verdict = facts[source, MET_BY_ALL] if said else facts[source, MET_BY_NONE]
                if verdict == 0:
                    continue
                duties[number, each, member, LAST] = verdict
                if moved(steps, after, duties, number, each, member, source, verdict, today):
                    counts[number, source, CURED] += duties[number, each, member, STAGE] == CURED_STAGE
                    if facts[source, REWARD] > 0 and steps[source, stage, verdict, 2]:
                        amount = min(facts[source, REWARD], fund[number])
                        fund[number] -= amount
                        money[number, member, RECEIVED] += amount
                        reports[number, member, 2] += amount


@woven
def reported(own: Ints, reports: Ints, number: int, member: int, round_: int, good: bool) -> None:
    """The verifier's first verdict on a promise."""
    own[number, member, KEPT if good else BROKEN] += 1
    if own[number, member, JUDGED_ROUND] != round_:
        own[number, member, JUDGED_ROUND] = round_
        own[number, member, JUDGED] = own[number, member, JUDGED_BROKEN] = 0
    own[number, member, JUDGED] += 1
    own[number, member, JUDGED_BROKEN] += not good
    reports[number, member, 0 if good else 1] += 1


@compiled
def answered(law: Law, course: Course, kept: Kept, first: int, round_: int) -> None:
    """Breaches and what the others do about them; talks on other terms; payments in the place of performance."""
    steps, after, facts, key, today = law.steps, law.after, law.source, law.key, law.days[round_]
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    own, felt, reports, responds, consents, keeps = (
        course.own, course.felt, course.reports, law.responds, law.consents, law.keeps,
    )  # fmt: skip
    consenting, paying, again, going = law.consenting, law.paying, law.again, law.going
    counts, rounds, cents = kept.counts, kept.rounds, kept.cents
    for number in range(len(over)):
        if over[number] > 0:
            continue
        run = first + number
        for spot in range(alive[number]):
            each = order[number, spot]
            if round_ < slots[number, each, FROM]:
                continue
            source = slots[number, each, SOURCE]
            for member in range(duties.shape[2]):
                stage = duties[number, each, member, STAGE]
                if stage == BREACHED:
                    noter = enforcer(own, responds, number, round_, member)
                    if noter < 0:
                        continue
                    notes = responds[noter] == 1
                    signal = NOTICE if notes else SUSPEND
                    if not moved(steps, after, duties, number, each, member, source, signal, today):
                        continue
                    duties[number, each, member, NOTER] = noter
                    counts[number, source, NOTICES if notes else SUSPENDED] += 1
                    if notes:
                        counts[number, source, FALSE_NOTICES] += duties[number, each, member, WRONG]
                        rounds[round_, ROUND_NOTICES] += 1
                elif stage == RENEGOTIATING:
                    noter, purpose = duties[number, each, member, NOTER], going[0]
                    if own[number, member, MEMBER] == 0 or noter < 0 or own[number, noter, MEMBER] == 0:
                        continue
                    if consenting.size > 0:
                        born, period = slots[number, each, BORN], slots[number, each, PERIOD]
                        purpose = consenting[source, born, period, member]
                    times = min(duties[number, each, member, AGREED], consents.shape[1] - 1)
                    if not likely(key, run, noter, round_, purpose, consents[noter, times]):
                        continue
                    due, due_round = duties[number, each, member, DUE], duties[number, each, member, DUE_ROUND]
                    duties[number, each, member, DUE] = again[round_, 0]
                    duties[number, each, member, DUE_ROUND] = again[round_, 1]
                    if moved(steps, after, duties, number, each, member, source, ANEW, today):
                        duties[number, each, member, AGREED] += 1
                        counts[number, source, RENEGOTIATED] += 1
                        rounds[round_, ROUND_RENEGOTIATED] += 1
                    else:
                        duties[number, each, member, DUE], duties[number, each, member, DUE_ROUND] = due, due_round
                elif stage == OWING:
                    owed = facts[source, OWED]
                    if owed <= 0 or own[number, member, MEMBER] == 0 or felt[number, NO_PAY, member]:
                        continue
                    chance = keeps[member, seen(own, number, member) + 4]
                    if likely(key, run, member, round_, paying[source], chance):
                        moved(steps, after, duties, number, each, member, source, IN_PLACE, today)
                        cents[number, member, 0] += owed
                        reports[number, member, 3] += owed


@compiled
def enforcer(own: Ints, responds: Ints, number: int, round_: int, obligor: int) -> int:
    """The first of the other members, in the turn of the round, that acts on a breach; -1 where none does."""
    members = own.shape[1]
    size = 0
    for member in range(members):
        size += own[number, member, MEMBER]
    turn, at, before = round_ % size, 0, -1
    for member in range(members):
        if own[number, member, MEMBER] == 0:
            continue
        at += 1
        if member == obligor or responds[member] == 0:
            continue
        if at - 1 >= turn:
            return member
        if before < 0:
            before = member
    return before
