"""Sessions of a campaign: attendance, texts in turn, votes under the compiled rules, what is adopted."""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    ADOPTED,
    ADOPTED_FIRST,
    BORN,
    DUE,
    DUE_ROUND,
    FIRST,
    FROM,
    LAST,
    LATEST,
    MEMBER,
    NOTER,
    OUTVOTED,
    PERIOD,
    PUT,
    RANK,
    REFUSED,
    SET,
    SOURCE,
    STAGE,
    TEXTS,
    TEXTS_ADOPTED,
    UNTIL,
    WRONG,
    Course,
    Ints,
    Kept,
    Law,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.weighted.kernels import compiled

YES, ABSTAIN, ABSENT, OBJECTS = 0, 2, 4, 5
ABSENT_SHOCK, WALKS_OUT, VETOES = 0, 1, 2
SCALE = 100_000
"""The length of a scale in thousandths of a point."""


@compiled
def limit(want: Ints, stands: int, status_quo: int) -> int:
    """How far a text may lie from a position and still be better than what stands (-1: nothing was adopted yet)."""
    if stands < 0 and want[2] >= 0:
        return want[2]
    return abs(want[0] - (status_quo if stands < 0 else stands))


@compiled
def conceded(talk: Ints, member: int, position: int) -> tuple[int, int]:
    """What the others' texts came towards a member since their first, as a sum, and how many texts it is the mean of."""
    came = number = 0
    for other in range(len(talk)):
        if other != member and talk[other, TEXTS] > 1:
            number += 1
            came += abs(talk[other, FIRST] - position) - abs(talk[other, LATEST] - position)
    return max(came, 0), number


@compiled
def takes(law: Law, talk: Ints, want: Ints, *place: int) -> int:
    """The choice of a member on a text: whether its share of its range is at least what it takes."""
    member, round_, text, reach = place
    choice = ABSTAIN
    off = abs(text - want[0])
    got, unit = (reach - off, reach) if reach > 0 else (-off, SCALE)
    least, whole = law.takes[member, min(round_ - 1, law.takes.shape[1] - 1)]
    back, parts = law.matches[member]
    came, number = (0, 1) if back == 0 else conceded(talk, member, want[0])
    if number == 0:
        came, number = 0, 1
    if came >= unit * number:
        came, number = unit, 1
    if got >= 0 and got * number * whole * parts >= least * parts * unit * number - back * came * whole:
        choice = YES
    elif got > 0:
        choice = law.against[member, 0]
    else:
        choice = law.against[member, 1]
    return choice


@compiled
def asked(law: Law, talk: Ints, want: Ints, *place: int) -> int:
    """The text that gives a member the share it asks for, to a tenth of a point, on the side of the others."""
    member, round_, reach, stands = place
    most, whole = law.asks[member, min(round_ - 1, law.asks.shape[1] - 1)]
    other, other_whole = law.yields[member, min(talk[member, REFUSED], law.yields.shape[1] - 1)]
    if other * whole < most * other_whole:
        most, whole = other, other_whole
    back, parts = law.matches[member]
    came, number = (0, 1) if back == 0 else conceded(talk, member, want[0])
    unit = reach if reach > 0 else SCALE
    if came == 0 or number == 0 or reach == 0:
        gives, parted = reach * (whole - most), whole
    elif came >= unit * number:
        gives = reach * (whole * parts - max(most * parts - back * whole, 0))
        parted = whole * parts
    else:
        parted = whole * parts * number
        asks = most * parts * number * unit - back * came * whole
        gives = parted * unit - max(asks, 0)
    total = texts = 0
    for each in range(len(talk)):
        if each != member and talk[each, TEXTS] > 0:
            total += talk[each, LATEST]
            texts += 1
    above = total > texts * want[0] if texts else stands > want[0]
    spot = want[0] * parted + (gives if above else -gives)
    spot = min(max(spot, 0), SCALE * parted)
    tenth = spot // (100 * parted)
    if want[0] * parted > spot and tenth * 100 * parted != spot:
        tenth += 1
    return tenth * 100


@compiled
def adopts(votes: Ints, needs: Ints, passes: Ints, ballots: Ints) -> bool:
    """Whether ballots adopt: the conditions that hold contain one way that is enough."""
    held = 0
    for condition in range(len(needs)):
        total = 0
        for member in range(len(ballots)):
            total += votes[condition, ballots[member], member]
        if total >= needs[condition]:
            held |= 1 << condition
    for way in passes:
        if way >= 0 and (held & way) == way:
            return True
    return False


@compiled
def opened(quorum: Ints, opens: Ints, there: Ints) -> bool:
    """Whether enough members are there."""
    for condition in range(len(opens)):
        total = 0
        for member in range(len(there)):
            total += quorum[condition, member] * there[member]
        if total < opens[condition]:
            return False
    return True


@compiled
def session(law: Law, course: Course, kept: Kept, number: int, first: int, round_: int) -> None:  # noqa: PLR0917
    """The sessions of a round in one game."""
    members = len(law.places)
    there, alive = np.zeros(members, np.int64), np.zeros(members, np.int64)
    ballots, texts, makers = np.empty(members, np.int64), np.empty(law.texts, np.int64), np.empty(law.texts, np.int64)
    own = course.own[number]
    for organ in range(law.agenda.shape[1]):
        if law.agenda[round_, organ, 0] < 0:
            continue
        size = chosen = 0
        for member in range(members):
            there[member] = 0
            if own[member, MEMBER] == 0:
                continue
            alive[size] = member
            size += 1
            if law.places[member] >= 0:
                chosen |= 1 << law.places[member]
            chance = law.attends[member, min(own[member, OUTVOTED], law.attends.shape[1] - 1)]
            if course.felt[number, ABSENT_SHOCK, member] == 0:
                purpose = law.attending[round_, organ]
                there[member] = likely(law.key, first + number, member, round_, purpose, chance)
        if not opened(law.quorum[chosen, organ], law.opens[chosen, organ], there):
            continue
        for item in range(law.agenda.shape[2]):
            topic = law.agenda[round_, organ, item]
            if topic < 0:
                break
            stands, quo = course.stands[number, topic], law.status_quo[topic]
            talk, count = course.talk[number, topic], 0
            start = (round_ - 1) % size
            for place in range(size):
                maker = alive[(start + place) % size]
                if there[maker] == 0 or count >= law.texts:
                    continue
                if law.proposes[organ] >= 0 and law.proposes[organ] != maker:
                    continue
                want = law.wants[topic, maker]
                makers[count] = -1
                if want[2] > -2:
                    reach = limit(want, stands, quo)
                    text = asked(law, talk, want, maker, round_, reach, quo if stands < 0 else stands)
                    makers[count], texts[count] = maker, text
                    talk[maker, LATEST] = text
                    if talk[maker, TEXTS] == 0:
                        talk[maker, FIRST] = text
                    talk[maker, TEXTS] += 1
                count += 1
                if law.proposes[organ] == -2:
                    break
            for each in range(count):
                if makers[each] < 0:
                    continue
                for member in range(members):
                    ballots[member] = ABSENT
                    if there[member] == 0 or course.felt[number, WALKS_OUT, member] != 0:
                        continue
                    want = law.wants[topic, member]
                    if course.felt[number, VETOES, member] != 0:
                        ballots[member] = OBJECTS
                    elif want[2] <= -2:
                        ballots[member] = ABSTAIN
                    else:
                        reach = limit(want, stands, quo)
                        ballots[member] = takes(law, talk, want, member, round_, texts[each], reach)
                kept.count[number, topic, PUT] += 1
                rules = law.votes[chosen, topic], law.needs[chosen, topic], law.passes[chosen, topic]
                if adopts(rules[0], rules[1], rules[2], ballots):
                    talk[makers[each], REFUSED] = 0
                    adopted(law, course, kept, number, topic, round_, texts[each], chosen, size)
                    break
                talk[makers[each], REFUSED] += 1


@compiled
def adopted(law: Law, course: Course, kept: Kept, *place: int) -> None:
    """A text is adopted: who is outvoted, which promises it ends, and which it creates."""
    number, topic, round_, text, chosen, size = place
    own, stands, quo = course.own[number], course.stands[number, topic], law.status_quo[topic]
    for member in range(len(own)):
        want = law.wants[topic, member]
        course.talk[number, topic, member, TEXTS] = 0
        if own[member, MEMBER] and want[2] > -2:
            reach, off = limit(want, stands, quo), abs(text - want[0])
            worse = off > reach
            own[member, OUTVOTED] = own[member, OUTVOTED] + 1 if worse else 0
    course.stands[number, topic] = text
    count = kept.count[number, topic]
    count[ADOPTED] += 1
    if count[ADOPTED_FIRST] == 0:
        count[ADOPTED_FIRST] = round_
    kept.rounds[round_, TEXTS_ADOPTED] += 1
    order, slot = course.order[number], course.slot[number]
    left = 0
    alive = course.alive[number]
    for place_ in range(alive):  # promises under the earlier text that are not yet due
        each = order[place_]
        if slot[each, SOURCE] == topic and slot[each, BORN] + slot[each, PERIOD] > round_:
            continue
        order[place_], order[left] = order[left], each
        left += 1
    course.alive[number] = left
    reward = law.source[topic, 6]
    for period in range(1, law.periods + 1):
        course.owed[number, round_ + period] += reward * size
        each = entered(law, course, number, topic, round_, period, chosen)
        slot[each, FROM] = round_ + period
        for member in range(len(own)):
            duty = course.duty[number, each, member]
            duty[STAGE] = 1 if own[member, MEMBER] else -1
            duty[UNTIL] = duty[DUE] = law.days[round_ + period]
            duty[DUE_ROUND], duty[LAST], duty[NOTER], duty[WRONG] = round_ + period, 0, -1, 0


@compiled
def entered(law: Law, course: Course, *place: int) -> int:
    """A new promise takes its place among the others, in the order of names; its number."""
    number, source, round_, period, chosen = place
    order, slot, alive = course.order[number], course.slot[number], course.alive[number]
    each = order[alive]
    rank = law.rank[source, round_, period]
    slot[each, SOURCE], slot[each, BORN], slot[each, PERIOD] = source, round_, period
    slot[each, SET], slot[each, RANK] = chosen, rank
    spot = alive
    while spot > 0 and slot[order[spot - 1], RANK] > rank:
        order[spot] = order[spot - 1]
        spot -= 1
    order[spot] = each
    course.alive[number] = alive + 1
    return each
