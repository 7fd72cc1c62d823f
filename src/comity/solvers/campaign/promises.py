"""Promises of a campaign: performance, noisy verification, breach, notice, other terms, suspension."""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    AGREED,
    BORN,
    BROKEN,
    BY_TEXT,
    CURED,
    DELIVERED,
    DUE,
    DUE_ROUND,
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
    MISSES,
    NEVER,
    NOTER,
    NOTICES,
    PERIOD,
    RECEIVED,
    RENEGOTIATED,
    REPORTED,
    ROUND_DUE,
    ROUND_KEPT,
    ROUND_NOTICES,
    ROUND_RENEGOTIATED,
    SET,
    SOURCE,
    STAGE,
    SUSPENDED,
    UNTIL,
    WRONG,
    Course,
    Ints,
    Kept,
    Law,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.campaign.talks import limit
from comity.solvers.weighted.kernels import compiled

PENDING, IN_FORCE, UNVERIFIED, PERFORMED, BREACHED, NOTICED, CURED_STAGE, RENEGOTIATING, OWING = range(9)
DISCHARGED = 11
"""This stage and the one after it, terminated, end a promise."""
ENTERED, MET, MISSED, LAPSED, NOTICE, SUSPEND, ANEW, IN_PLACE = 0, 1, 2, 3, 4, 6, 8, 11
DUE_WAIT = 1
NO_PAY = 3


@compiled
def moved(tables: tuple[Ints, Ints], wait: Ints, after: Ints, duties: Ints, *spot: int) -> bool:
    """One signal to one duty on a day; whether its stage answers to it."""
    number, each, member, source, life, signal, day = spot
    to, words = tables
    stage = duties[number, each, member, STAGE]
    if to[life, stage, signal] < 0:
        return False
    duties[number, each, member, STAGE] = to[life, stage, signal]
    word = words[life, stage, signal]
    if word == DUE_WAIT:
        until = max(duties[number, each, member, DUE], day)
    elif wait[source, word] < 0 or day >= after.shape[1]:
        until = NEVER
    else:
        until = after[wait[source, word], day]
    duties[number, each, member, UNTIL] = until
    return True


@compiled
def lapses(law: Law, course: Course, round_: int) -> None:
    """Everything that waits and whose time is over on a day."""
    tables, wait, after, facts = (law.life_to, law.life_wait), law.wait, law.after, law.source
    topics, today = len(law.status_quo), law.days[round_]
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    for number in range(len(over)):
        if over[number] > 0:
            continue
        for place in range(alive[number]):
            each = order[number, place]
            source = slots[number, each, SOURCE]
            if source < topics and slots[number, each, FROM] > round_:
                continue
            life, after_grace = facts[source, 0], facts[source, 1]
            for member in range(duties.shape[2]):
                while duties[number, each, member, STAGE] >= 0 and duties[number, each, member, UNTIL] <= today:
                    stage, until = duties[number, each, member, STAGE], duties[number, each, member, UNTIL]
                    signal = LAPSED
                    if stage == PENDING:
                        signal = ENTERED
                    elif stage == NOTICED and after_grace >= 0:
                        signal = after_grace
                    elif stage == IN_FORCE and duties[number, each, member, LAST] > 0:
                        signal = duties[number, each, member, LAST]
                    if not moved(tables, wait, after, duties, number, each, member, source, life, signal, until):
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


@compiled
def by_text(wants: Ints, status_quo: int, stands: int, topic: int, member: int) -> int:
    """What a promise is worth where its good is not valued: whether the text that stands is better than none."""
    position = wants[topic, member, 0]
    off = abs(position - (status_quo if stands < 0 else stands))
    return 1 if off <= limit(position, wants[topic, member, 2], -1, status_quo) else 0


@compiled
def performed(law: Law, course: Course, kept: Kept, first: int, round_: int) -> None:
    """Promises that are due: who delivers, what the verifier reports, what that brings about."""
    tables, wait, after, all_facts, rewards = (
        (law.life_to, law.life_wait),
        law.wait,
        law.after,
        law.source,
        law.life_reward,
    )
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    own, done, reports, stands, fund = course.own, course.done, course.reports, course.stands, course.fund
    keeps, cures, worths, turns, key, today = law.keeps, law.cures, law.worth, law.turns, law.key, law.days[round_]
    performing, verifying, wants, quo = law.performing, law.verifying, law.wants, law.status_quo
    counts, rounds, money = kept.counts, kept.rounds, kept.cents
    views = np.zeros(len(turns), np.int64)
    for number in range(len(over)):
        if over[number] > 0:
            continue
        run = first + number
        for member in range(len(views)):
            views[member] = seen(own, number, member)
        for spot in range(alive[number]):
            each = order[number, spot]
            if round_ < slots[number, each, FROM]:
                continue
            source, born, period = slots[number, each, SOURCE], slots[number, each, BORN], slots[number, each, PERIOD]
            body, topic = slots[number, each, SET], all_facts[source, 2]
            for turn in range(len(turns)):
                member = turns[turn]
                stage = duties[number, each, member, STAGE]
                if stage < IN_FORCE or stage > RENEGOTIATING or stage == PERFORMED or stage == CURED_STAGE:
                    continue
                since = round_ - duties[number, each, member, DUE_ROUND]
                if own[number, member, MEMBER] == 0 or since < 0 or since % all_facts[source, 3] != 0:
                    continue
                value = worths[source, body, member]
                if value == BY_TEXT:
                    value = by_text(wants, quo[topic], stands[number, topic], topic, member)
                chance = keeps[member, views[member] + 4 * value]
                if stage == NOTICED or stage == RENEGOTIATING:
                    chance = max(chance, cures[member])
                did = likely(key, run, member, round_, performing[source, born, period], chance)
                error = all_facts[source, 4] if did else all_facts[source, 5]
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
                counts[number, source, FALSE_ALARMS] += wrong and did
                counts[number, source, MISSES] += wrong and not did
                duties[number, each, member, WRONG] = wrong and did
                if topic >= 0:
                    done[number, topic, member] = did
                verdict = all_facts[source, 9] if said else all_facts[source, 8]
                if verdict == 0:
                    continue
                duties[number, each, member, LAST] = verdict
                life = all_facts[source, 0]
                if moved(tables, wait, after, duties, number, each, member, source, life, verdict, today):
                    counts[number, source, CURED] += duties[number, each, member, STAGE] == CURED_STAGE
                    if all_facts[source, 6] > 0 and rewards[life, stage, verdict]:
                        amount = min(all_facts[source, 6], fund[number])
                        fund[number] -= amount
                        money[number, member, RECEIVED] += amount
                        reports[number, member, 2] += amount


@compiled
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
    order, slots, duties, alive, over = course.order, course.slot, course.duty, course.alive, course.over
    for number in range(len(over)):
        if over[number] > 0:
            continue
        for spot in range(alive[number]):
            each = order[number, spot]
            if round_ < slots[number, each, FROM]:
                continue
            for member in range(duties.shape[2]):
                stage = duties[number, each, member, STAGE]
                if stage == BREACHED:
                    enforced(law, course, kept, number, round_, each, member)
                elif stage == RENEGOTIATING:
                    agreed(law, course, kept, number, first + number, round_, each, member)
                elif stage == OWING:
                    paid_instead(law, course, kept, number, first + number, round_, each, member)


@compiled
def paid_instead(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """A payment in the place of performance, where the clause says what is owed."""
    number, run, round_, each, member = place
    source = course.slot[number, each, SOURCE]
    owed, life = law.source[source, 7], law.source[source, 0]
    if owed <= 0 or course.own[number, member, MEMBER] == 0 or course.felt[number, NO_PAY, member]:
        return
    chance = law.keeps[member, seen(course.own, number, member) + 4]
    if likely(law.key, run, member, round_, law.paying[source], chance):
        tables, day = (law.life_to, law.life_wait), law.days[round_]
        moved(tables, law.wait, law.after, course.duty, number, each, member, source, life, IN_PLACE, day)
        kept.cents[number, member, 0] += owed
        course.reports[number, member, 3] += owed


@compiled
def enforced(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """The other members in turn, until one acts on a breach."""
    number, round_, each, obligor = place
    own, source = course.own, course.slot[number, each, SOURCE]
    size = 0
    for member in range(own.shape[1]):
        size += own[number, member, MEMBER]
    turn, acts, noter = round_ % size, -1, -1
    for lap in range(2):
        at = 0
        for member in range(own.shape[1]):
            if own[number, member, MEMBER] == 0:
                continue
            at += 1
            if acts > 0 or member == obligor or (at - 1 < turn) == (lap == 0):
                continue
            if law.responds[member] > 0:
                acts, noter = law.responds[member], member
    if acts < 0:
        return
    life, signal, day = law.source[source, 0], NOTICE if acts == 1 else SUSPEND, law.days[round_]
    tables = (law.life_to, law.life_wait)
    if not moved(tables, law.wait, law.after, course.duty, number, each, obligor, source, life, signal, day):
        return
    course.duty[number, each, obligor, NOTER] = noter
    if acts == 1:
        kept.counts[number, source, NOTICES] += 1
        kept.counts[number, source, FALSE_NOTICES] += course.duty[number, each, obligor, WRONG]
        kept.rounds[round_, ROUND_NOTICES] += 1
    else:
        kept.counts[number, source, SUSPENDED] += 1


@compiled
def agreed(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """The obligor offers to deliver later; whoever gave notice agrees or does not."""
    number, run, round_, each, obligor = place
    duty, slot = course.duty[number, each, obligor], course.slot[number, each]
    noter, source = duty[NOTER], slot[SOURCE]
    if course.own[number, obligor, MEMBER] == 0 or noter < 0 or course.own[number, noter, MEMBER] == 0:
        return
    purpose = law.going[0]
    if law.consenting.size > 0:
        purpose = law.consenting[source, slot[BORN], slot[PERIOD], obligor]
    chance = law.consents[noter, min(duty[AGREED], law.consents.shape[1] - 1)]
    if not likely(law.key, run, noter, round_, purpose, chance):
        return
    due, due_round = duty[DUE], duty[DUE_ROUND]
    duty[DUE], duty[DUE_ROUND] = law.again[round_, 0], law.again[round_, 1]
    tables, life, day = (law.life_to, law.life_wait), law.source[source, 0], law.days[round_]
    if moved(tables, law.wait, law.after, course.duty, number, each, obligor, source, life, ANEW, day):
        duty[AGREED] += 1
        kept.counts[number, source, RENEGOTIATED] += 1
        kept.rounds[round_, ROUND_RENEGOTIATED] += 1
    else:
        duty[DUE], duty[DUE_ROUND] = due, due_round
