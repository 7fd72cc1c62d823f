"""Sessions of a campaign: attendance, texts in turn, votes under the compiled rules, what is adopted."""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import (
    ADOPTED,
    ADOPTED_FIRST,
    AGREED,
    BORN,
    DUE,
    DUE_ROUND,
    FIRST,
    FROM,
    LAST,
    LATEST,
    MEMBER,
    MOST,
    NOTER,
    OUTVOTED,
    PERIOD,
    PUT,
    RANK,
    REFUSED,
    REWARD,
    SET,
    SOURCE,
    STAGE,
    TEXTS,
    TEXTS_ADOPTED,
    UNTIL,
    WRONG,
    Course,
    Heard,
    Ints,
    Kept,
    Law,
    Room,
)
from comity.solvers.campaign.chance import likely
from comity.solvers.weighted.kernels import compiled, woven

YES, ABSTAIN, ABSENT, OBJECTS = 0, 2, 4, 5
ABSENT_SHOCK, WALKS_OUT, VETOES = 0, 1, 2
ROUNDS = 1024
"""More rounds than a game has."""
SCALE = 100_000
"""The length of a scale in thousandths of a point."""


@woven
def limit(position: int, reach: int, stands: int, status_quo: int) -> int:
    """How far a text may lie from a position and still be better than what stands (-1: nothing was adopted yet)."""
    if stands < 0 and reach >= 0:
        return reach
    return abs(position - (status_quo if stands < 0 else stands))


@compiled
def conceded(talk: Ints, spot: tuple[int, int, int], position: int) -> tuple[int, int]:
    """What the others' texts came towards a member since their first, as a sum, and of how many it is the mean."""
    number, topic, member = spot
    came = moved = 0
    for other in range(talk.shape[2]):
        if other != member and talk[number, topic, other, TEXTS] > 1:
            moved += 1
            first, latest = talk[number, topic, other, FIRST], talk[number, topic, other, LATEST]
            came += abs(first - position) - abs(latest - position)
    return max(came, 0), max(moved, 1)


@compiled
def radius(least: int, whole: int, back: int, parts: int, reach: int, came: tuple[int, int]) -> int:
    """How far a text may lie from a member's position and still give it what it takes; negative where none does."""
    moved, number = came
    unit = reach if reach > 0 else SCALE
    if moved >= unit * number:
        moved, number = unit, 1
    wanted, each = least * parts * unit * number - back * moved * whole, number * whole * parts
    return reach if wanted <= 0 else reach - (wanted + each - 1) // each


@compiled
def asked(
    most: int, whole: int, back: int, parts: int, text: tuple[int, int], came: tuple[int, int], others: tuple[int, int]
) -> int:  # fmt: skip
    """The text that gives a member the share it asks for, to a tenth of a point, no further than the others' texts."""
    position, reach = text
    moved, number = came
    total, texts = others
    if moved == 0 or reach == 0:
        gives, parted = reach * (whole - most), whole
    elif moved >= reach * number:
        gives = reach * (whole * parts - max(most * parts - back * whole, 0))
        parted = whole * parts
    else:
        parted = whole * parts * number
        gives = parted * reach - max(most * parts * number * reach - back * moved * whole, 0)
    off = total - texts * position
    if gives * texts > parted * abs(off):
        gives, parted = abs(off), texts
    spot = position * parted + (gives if off > 0 else -gives)
    spot = min(max(spot, 0), SCALE * parted)
    tenth = spot // (100 * parted)
    if position * parted > spot and tenth * 100 * parted != spot:
        tenth += 1
    return tenth * 100


@compiled
def adopts(votes: Ints, needs: Ints, passes: Ints, body: int, topic: int, ballots: Ints) -> bool:
    """Whether ballots adopt: the conditions that hold contain one way that is enough."""
    held = 0
    for condition in range(needs.shape[2]):
        total = 0
        for member in range(len(ballots)):
            total += votes[body, topic, condition, ballots[member], member]
        if total >= needs[body, topic, condition]:
            held |= 1 << condition
    for each in range(passes.shape[2]):
        way = passes[body, topic, each]
        if way >= 0 and (held & way) == way:
            return True
    return False


@woven
def opened(quorum: Ints, opens: Ints, body: int, organ: int, there: Ints) -> bool:
    """Whether enough members are there."""
    for condition in range(opens.shape[2]):
        total = 0
        for member in range(len(there)):
            total += quorum[body, organ, condition, member] * there[member]
        if total < opens[body, organ, condition]:
            return False
    return True


@compiled
def sessions(law: Law, course: Course, kept: Kept, heard: Heard, first: int, round_: int) -> None:
    """The sessions of a round in all games of a chunk."""
    members, organs, items = len(law.places), law.agenda.shape[1], law.agenda.shape[2]
    there, alive = np.zeros(members, np.int64), np.zeros(members, np.int64)
    room = Room(
        np.empty(members, np.int64), np.empty(law.texts, np.int64), np.empty(law.texts, np.int64),
        np.zeros(members, np.int64), np.zeros(members, np.int64), np.zeros(members, np.int64),
    )  # fmt: skip
    own, stands, talk, node, felt, over = course.own, course.stands, course.talk, course.node, course.felt, course.over
    agenda, places, attends, attending, key = law.agenda, law.places, law.attends, law.attending, law.key
    quorum, opens, counts = law.quorum, law.opens, kept.counts
    order, slots, duties, listed, owed, rounds = (
        course.order, course.slot, course.duty, course.alive, course.owed, kept.rounds,
    )  # fmt: skip
    wants, quo, days, rank, rewards = law.wants, law.status_quo, law.days, law.rank, law.source
    keys, outcomes, states = heard.keys, heard.outcomes, heard.states
    for number in range(len(over)):
        if over[number] > 0:
            continue
        for organ in range(organs):
            if agenda[round_, organ, 0] < 0:
                continue
            size = body = who = 0
            for member in range(members):
                there[member] = 0
                if own[number, member, MEMBER] == 0:
                    continue
                alive[size] = member
                size += 1
                if places[member] >= 0:
                    body |= 1 << places[member]
                chance = attends[member, min(own[number, member, OUTVOTED], attends.shape[1] - 1)]
                if felt[number, ABSENT_SHOCK, member] == 0:
                    there[member] = likely(key, first + number, member, round_, attending[round_, organ], chance)
                if len(keys) > 0:
                    bits = 1 | there[member] << MOST | felt[number, WALKS_OUT, member] << 2 * MOST
                    who |= (bits | felt[number, VETOES, member] << 3 * MOST) << member
            if not opened(quorum, opens, body, organ, there):
                continue
            mark = who ^ who >> MOST ^ who >> 2 * MOST ^ who >> 3 * MOST
            for item in range(items):
                topic = agenda[round_, organ, item]
                if topic < 0:
                    break
                at, row = node[number, topic], -1
                if at >= 0:
                    row = place(keys, at * ROUNDS + round_, who, mark)
                if row >= 0 and keys[row, 0] > 0:
                    put, text, then = outcomes[row, 0], outcomes[row, 1], outcomes[row, 2]
                else:
                    if at >= 0:  # the talks so far, which this game did not hold itself
                        for member in range(members):
                            for which in range(4):
                                talk[number, topic, member, which] = states[at, member, which]
                    put, text = talked(law, course, room, there, alive, number, organ, topic, round_, size, body)
                    then = -1
                    if row >= 0 and heard.told[0] < len(states):
                        then = heard.told[0]
                        heard.told[0] += 1
                        for member in range(members):
                            for which in range(4):
                                states[then, member, which] = talk[number, topic, member, which]
                        keys[row, 0], keys[row, 1] = at * ROUNDS + round_, who
                        outcomes[row, 0], outcomes[row, 1], outcomes[row, 2] = put, text, then
                node[number, topic] = then
                counts[number, topic, PUT] += put
                if text >= 0:
                    outvoted(own, wants, number, topic, text, stands[number, topic], quo[topic])
                    stands[number, topic] = text
                    counts[number, topic, ADOPTED] += 1
                    if counts[number, topic, ADOPTED_FIRST] == 0:
                        counts[number, topic, ADOPTED_FIRST] = round_
                    rounds[round_, TEXTS_ADOPTED] += 1
                    replaced(order, slots, listed, number, topic, round_)
                    for period in range(1, law.periods + 1):
                        owed[number, round_ + period] += rewards[topic, REWARD] * size
                        each = entered(order, slots, listed, rank, number, topic, round_, period, body)
                        promised(own, slots, duties, number, each, round_ + period, days[round_ + period])


@woven
def place(keys: Ints, talks: int, who: int, mark: int) -> int:
    """The row of talks that were held before among the same members, or the free one where they will stand."""
    last = len(keys) - 1
    row = (talks * 40_503 + mark * 5) & last
    while keys[row, 0] > 0 and (keys[row, 0] != talks or keys[row, 1] != who):
        row = (row + 1) & last
    return row


@compiled
def talked(law: Law, course: Course, room: Room, there: Ints, alive: Ints, *spot: int) -> tuple[int, int]:
    """Texts on an issue in turn, and votes on them until one is adopted: how many were put, and that text or -1."""
    number, organ, topic, round_, size, body = spot
    talk, felt, proposer = course.talk, course.felt, law.proposes[organ]
    wants, asks, yields, matches, least, against = law.wants, law.asks, law.yields, law.matches, law.takes, law.against
    ballots, texts, makers, votes, limits, near = room
    stands, quo, members = course.stands[number, topic], law.status_quo[topic], len(there)
    written, lots, start = 0, 0, (round_ - 1) % size
    for turn in range(size):
        maker = alive[(start + turn) % size]
        if there[maker] == 0 or lots >= law.texts:
            continue
        if proposer >= 0 and proposer != maker:
            continue
        lots += 1
        if wants[topic, maker, 2] > -2:
            position = wants[topic, maker, 0]
            reach = limit(position, wants[topic, maker, 2], stands, quo)
            total = number_of = 0
            for other in range(members):
                if other != maker and talk[number, topic, other, TEXTS] > 0:
                    total += talk[number, topic, other, LATEST]
                    number_of += 1
            if number_of == 0:
                total, number_of = quo if stands < 0 else stands, 1
            entry = min(round_ - 1, asks.shape[1] - 1)
            most, whole = asks[maker, entry, 0], asks[maker, entry, 1]
            entry = min(talk[number, topic, maker, REFUSED], yields.shape[1] - 1)
            if yields[maker, entry, 0] * whole < most * yields[maker, entry, 1]:
                most, whole = yields[maker, entry, 0], yields[maker, entry, 1]
            came = (0, 1)
            if matches[maker, 0] > 0:
                came = conceded(talk, (number, topic, maker), position)
            back, others = (matches[maker, 0], matches[maker, 1]), (total, number_of)
            text = asked(most, whole, back[0], back[1], (position, reach), came, others)
            makers[written], texts[written] = maker, text
            written += 1
            talk[number, topic, maker, LATEST] = text
            if talk[number, topic, maker, TEXTS] == 0:
                talk[number, topic, maker, FIRST] = text
            talk[number, topic, maker, TEXTS] += 1
        if proposer == -2:
            break
    if written == 0:
        return 0, -1
    for member in range(members):
        ballots[member] = ABSENT
        votes[member] = there[member] != 0 and felt[number, WALKS_OUT, member] == 0
        if not votes[member]:
            continue
        if felt[number, VETOES, member] != 0 or wants[topic, member, 2] <= -2:
            ballots[member] = OBJECTS if felt[number, VETOES, member] != 0 else ABSTAIN
            votes[member] = 0
            continue
        position = wants[topic, member, 0]
        limits[member] = limit(position, wants[topic, member, 2], stands, quo)
        came = (0, 1)
        if matches[member, 0] > 0:
            came = conceded(talk, (number, topic, member), position)
        entry = min(round_ - 1, least.shape[1] - 1)
        share, whole = least[member, entry, 0], least[member, entry, 1]
        near[member] = radius(share, whole, matches[member, 0], matches[member, 1], limits[member], came)
    for each in range(written):
        for member in range(members):
            if votes[member]:
                off = abs(texts[each] - wants[topic, member, 0])
                worse = off >= limits[member]
                ballots[member] = YES if off <= near[member] else against[member, 1 if worse else 0]
        if adopts(law.votes, law.needs, law.passes, body, topic, ballots):
            talk[number, topic, makers[each], REFUSED] = 0
            for member in range(members):
                talk[number, topic, member, TEXTS] = 0
            return each + 1, texts[each]
        talk[number, topic, makers[each], REFUSED] += 1
    return written, -1


@compiled
def outvoted(own: Ints, wants: Ints, number: int, topic: int, text: int, stands: int, quo: int) -> None:
    """Who is worse off under a text that is adopted than under what stood: once more in a row, or no longer."""
    for member in range(own.shape[1]):
        position, reach = wants[topic, member, 0], wants[topic, member, 2]
        if own[number, member, MEMBER] and reach > -2:
            worse = abs(text - position) > limit(position, reach, stands, quo)
            own[number, member, OUTVOTED] = own[number, member, OUTVOTED] + 1 if worse else 0


@compiled
def replaced(order: Ints, slots: Ints, alive: Ints, number: int, topic: int, round_: int) -> None:
    """Promises under an earlier text that are not yet due fall away."""
    left = 0
    for place_ in range(alive[number]):
        each = order[number, place_]
        if slots[number, each, SOURCE] == topic and slots[number, each, FROM] > round_:
            continue
        order[number, place_], order[number, left] = order[number, left], each
        left += 1
    alive[number] = left


@compiled
def promised(own: Ints, slots: Ints, duties: Ints, number: int, each: int, round_: int, day: int) -> None:
    """Every member is to deliver on a text in a round."""
    slots[number, each, FROM] = round_
    for member in range(own.shape[1]):
        duties[number, each, member, STAGE] = 1 if own[number, member, MEMBER] else -1
        duties[number, each, member, UNTIL] = duties[number, each, member, DUE] = day
        duties[number, each, member, DUE_ROUND], duties[number, each, member, NOTER] = round_, -1
        for zero in (LAST, WRONG, AGREED):
            duties[number, each, member, zero] = 0


@compiled
def entered(order: Ints, slots: Ints, alive: Ints, ranks: Ints, *spot: int) -> int:
    """A new promise takes its place among the others, in the order of names; its number."""
    number, source, round_, period, chosen = spot
    each, rank = order[number, alive[number]], ranks[source, round_, period]
    slots[number, each, SOURCE], slots[number, each, BORN], slots[number, each, PERIOD] = source, round_, period
    slots[number, each, SET], slots[number, each, RANK] = chosen, rank
    at = alive[number]
    while at > 0 and slots[number, order[number, at - 1], RANK] > rank:
        order[number, at] = order[number, at - 1]
        at -= 1
    order[number, at] = each
    alive[number] += 1
    return each
