"""Promises of a campaign: performance, noisy verification, breach, notice, other terms, suspension."""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
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
FINAL = (PERFORMED, CURED_STAGE, 11, 12)
"""Stages in which nothing more is owed; discharged and terminated are the last two."""
ENTERED, MET, MISSED, LAPSED, NOTICE, SUSPEND, ANEW, IN_PLACE = 0, 1, 2, 3, 4, 6, 8, 11
DUE_WAIT = 1
NO_PAY = 3


@compiled
def moved(life: Ints, waits: Ints, wait: Ints, after: Ints, duty: Ints, *what: int) -> bool:
    """One signal to one duty on a day; whether its stage answers to it."""
    signal, day = what
    stage = duty[STAGE]
    to = life[stage, signal]
    if to < 0:
        return False
    duty[STAGE] = to
    word = waits[stage, signal]
    if word == DUE_WAIT:
        duty[UNTIL] = max(duty[DUE], day)
    elif wait[word] < 0 or day >= after.shape[1]:
        duty[UNTIL] = NEVER
    else:
        duty[UNTIL] = after[wait[word], day]
    return True


@compiled
def lapses(law: Law, course: Course, number: int, today: int) -> None:
    """Everything that waits and whose time is over on a day."""
    for place in range(course.alive[number]):
        each = course.order[number, place]
        source = course.slot[number, each, SOURCE]
        life, after_grace = law.source[source, 0], law.source[source, 1]
        for member in range(len(law.places)):
            duty = course.duty[number, each, member]
            while duty[STAGE] >= 0 and duty[UNTIL] <= today:
                signal = LAPSED
                if duty[STAGE] == PENDING:
                    signal = ENTERED
                elif duty[STAGE] == NOTICED and after_grace >= 0:
                    signal = after_grace
                elif duty[STAGE] == IN_FORCE and duty[LAST] > 0:
                    signal = duty[LAST]
                to, waits = law.life_to[life], law.life_wait[life]
                if not moved(to, waits, law.wait[source], law.after, duty, signal, duty[UNTIL]):
                    duty[UNTIL] = NEVER


@compiled
def ended(law: Law, course: Course, number: int) -> None:
    """Promises under which nothing can happen any more leave the list."""
    order, left = course.order[number], 0
    for place in range(course.alive[number]):
        each = order[place]
        going = False
        for member in range(len(law.places)):
            stage = course.duty[number, each, member, STAGE]
            if stage >= 0 and stage not in FINAL:
                gone = course.own[number, member, MEMBER] == 0 and stage <= UNVERIFIED
                going = going or not gone
        if going:
            order[place], order[left] = order[left], each
            left += 1
    course.alive[number] = left


@compiled
def seen(own: Ints, member: int) -> int:
    """What a member has seen of the others' promises: nothing, all kept, some broken, half of the last ones broken."""
    kept = broken = latest = judged = failed = 0
    for other in range(len(own)):
        if other == member:
            continue
        kept += own[other, KEPT]
        broken += own[other, BROKEN]
        if own[other, JUDGED_ROUND] > latest:
            latest, judged, failed = own[other, JUDGED_ROUND], 0, 0
        if own[other, JUDGED_ROUND] == latest and latest > 0:
            judged += own[other, JUDGED]
            failed += own[other, JUDGED_BROKEN]
    if kept + broken == 0:
        return 0
    if failed > 0 and 2 * failed >= judged:
        return 3
    return 2 if broken > 0 else 1


@compiled
def all_seen(course: Course, number: int, grudges: Ints, found: Ints) -> None:
    """The same for every member, with what it holds against others beside their promises."""
    own = course.own[number]
    for member in range(len(own)):
        found[member] = seen(own, member)
        if grudges[member] > 0 and found[member] < 2:
            found[member] = 2


@compiled
def worth(law: Law, course: Course, *place: int) -> int:
    """What keeping a promise is worth to one that made it."""
    number, source, chosen, member = place
    value = law.worth[source, chosen, member]
    if value != BY_TEXT:
        return value
    topic = law.source[source, 2]
    want, quo = law.wants[topic, member], law.status_quo[topic]
    stands = course.stands[number, topic]
    off = abs(want[0] - (quo if stands < 0 else stands))
    return 1 if off <= limit(want, -1, quo) else 0


@compiled
def performed(law: Law, course: Course, kept: Kept, views: Ints, *place: int) -> None:
    """Promises that are due: who delivers, what the verifier reports, what that brings about."""
    number, run, round_ = place
    own, today = course.own[number], law.days[round_]
    for spot in range(course.alive[number]):
        each = course.order[number, spot]
        slot = course.slot[number, each]
        if round_ < slot[FROM]:
            continue
        source, born, period, chosen = slot[SOURCE], slot[BORN], slot[PERIOD], slot[SET]
        facts, count = law.source[source], kept.count[number, source]
        for member in law.turns:
            duty = course.duty[number, each, member]
            before = duty[STAGE]
            if before < IN_FORCE or before > RENEGOTIATING or before == PERFORMED or before == CURED_STAGE:
                continue
            if own[member, MEMBER] == 0 or round_ < duty[DUE_ROUND] or (round_ - duty[DUE_ROUND]) % facts[3] != 0:
                continue
            chance = law.keeps[member, views[member] + 4 * worth(law, course, number, source, chosen, member)]
            if before == NOTICED or before == RENEGOTIATING:
                chance = max(chance, law.cures[member])
            did = likely(law.key, run, member, round_, law.performing[source, born, period], chance)
            error = facts[4] if did else facts[5]
            wrong = likely(law.key, run, member, round_, law.verifying[source, born, period], error)
            said = did != wrong
            fresh = before <= UNVERIFIED
            if fresh:
                reported(course, own[member], number, member, round_, said)
                count[FELL_DUE] += 1
                count[DELIVERED] += did
                count[REPORTED] += said
                if not did and count[FIRST_BREACH] == 0:
                    count[FIRST_BREACH] = round_
                kept.rounds[round_, 3] += 1
                kept.rounds[round_, 4] += did
            count[FALSE_ALARMS] += wrong and did
            count[MISSES] += wrong and not did
            duty[WRONG] = wrong and did
            if facts[2] >= 0:
                course.done[number, facts[2], member] = did
            verdict = facts[9] if said else facts[8]
            if verdict == 0:
                continue
            duty[LAST] = verdict
            life = law.life_to[facts[0]]
            due = law.life_reward[facts[0], before, verdict]
            if moved(life, law.life_wait[facts[0]], law.wait[source], law.after, duty, verdict, today):
                count[CURED] += duty[STAGE] == CURED_STAGE
                if due and facts[6] > 0:
                    amount = min(facts[6], course.fund[number])
                    course.fund[number] -= amount
                    kept.cents[number, member, RECEIVED] += amount
                    course.reports[number, member, 2] += amount


@compiled
def reported(course: Course, own: Ints, *place: int) -> None:
    """The verifier's first verdict on a promise."""
    number, member, round_, good = place
    own[KEPT if good else BROKEN] += 1
    if own[JUDGED_ROUND] != round_:
        own[JUDGED_ROUND], own[JUDGED], own[JUDGED_BROKEN] = round_, 0, 0
    own[JUDGED] += 1
    own[JUDGED_BROKEN] += not good
    course.reports[number, member, 0 if good else 1] += 1


@compiled
def answered(law: Law, course: Course, kept: Kept, views: Ints, *place: int) -> None:
    """Breaches and what the others do about them; talks on other terms; payments in the place of performance."""
    number, run, round_ = place
    own = course.own[number]
    for spot in range(course.alive[number]):
        each = course.order[number, spot]
        source = course.slot[number, each, SOURCE]
        facts = law.source[source]
        if round_ < course.slot[number, each, FROM]:
            continue
        for member in law.turns:
            duty = course.duty[number, each, member]
            stage = duty[STAGE]
            if stage == BREACHED:
                enforced(law, course, kept, number, round_, each, member)
            elif stage == RENEGOTIATING:
                agreed(law, course, kept, number, run, round_, each, member)
            elif stage == OWING and facts[7] > 0 and own[member, MEMBER] and not course.felt[number, NO_PAY, member]:
                chance = law.keeps[member, views[member] + 4]
                if likely(law.key, run, member, round_, law.paying[source], chance):
                    life = law.life_to[facts[0]], law.life_wait[facts[0]]
                    moved(life[0], life[1], law.wait[source], law.after, duty, IN_PLACE, law.days[round_])
                    kept.cents[number, member, 0] += facts[7]
                    course.reports[number, member, 3] += facts[7]


@compiled
def enforced(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """The other members in turn, until one acts on a breach."""
    number, round_, each, obligor = place
    own, duty = course.own[number], course.duty[number, each, obligor]
    source = course.slot[number, each, SOURCE]
    size = 0
    for member in range(len(own)):
        size += own[member, MEMBER]
    turn = round_ % size
    acts = noter = -1
    for lap in range(2):
        at = 0
        for member in range(len(own)):
            if own[member, MEMBER] == 0:
                continue
            at += 1
            if acts > 0 or member == obligor or (at - 1 < turn) == (lap == 0):
                continue
            if law.responds[member] > 0:
                acts, noter = law.responds[member], member
    if acts < 0:
        return
    life = law.source[source, 0]
    signal = NOTICE if acts == 1 else SUSPEND
    to, waits = law.life_to[life], law.life_wait[life]
    if not moved(to, waits, law.wait[source], law.after, duty, signal, law.days[round_]):
        return
    duty[NOTER] = noter
    count = kept.count[number, source]
    if acts == 1:
        count[NOTICES] += 1
        count[FALSE_NOTICES] += duty[WRONG]
        kept.rounds[round_, 5] += 1
    else:
        count[SUSPENDED] += 1


@compiled
def agreed(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """The obligor offers to deliver later; whoever gave notice agrees or does not."""
    number, run, round_, each, obligor = place
    own, duty, slot = course.own[number], course.duty[number, each, obligor], course.slot[number, each]
    noter, source = duty[NOTER], slot[SOURCE]
    if own[obligor, MEMBER] == 0 or noter < 0 or own[noter, MEMBER] == 0:
        return
    purpose = law.consenting[source, slot[BORN], slot[PERIOD], obligor] if law.consenting.size else np.uint64(0)
    if not likely(law.key, run, noter, round_, purpose, law.consents[noter]):
        return
    due = duty[DUE], duty[DUE_ROUND]
    duty[DUE], duty[DUE_ROUND] = law.again[round_]
    life = law.source[source, 0]
    if not moved(
        law.life_to[life], law.life_wait[life], law.wait[source], law.after, duty, ANEW, law.days[round_]
    ):  # fmt: skip
        duty[DUE], duty[DUE_ROUND] = due
        return
    kept.count[number, source, RENEGOTIATED] += 1
    kept.rounds[round_, 7] += 1
