"""The loops of alternating offers, compiled: one negotiation from the first offer to the last, and its efficiency.

This module is imported by the verbs that need it and nowhere else: numba takes a good half second to load. Everything
that decides is a whole number, so that the course of a negotiation is the same wherever it is run.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.kernels import compiled

Wholes: TypeAlias = NDArray[np.int64]
Shares: TypeAlias = NDArray[np.int32]
Small: TypeAlias = NDArray[np.int8]
Floats: TypeAlias = NDArray[np.float64]
Truths: TypeAlias = NDArray[np.bool_]

YES = 0
THOUSAND = 1000
ONE = 1_000_000
AWAY = 4
"""The choice of those that are absent."""
WALKED = -2
FAR, CLOSED, NEVER = 2**62, -(2**31), -(2**62)
ROTATION, REFUSER, RECOGNITION = range(3)


@compiled
def adopted(ballots: Small, coefficients: Wholes, thresholds: Wholes, program: Wholes, stack: Truths) -> bool:
    """Whether a compiled rule adopts: its formula as postfix, ``-2n - 1`` for "and" of n, ``-2n - 2`` for "or"."""
    top = 0
    for code in program:
        if code >= 0:
            total = 0
            for i in range(len(ballots)):
                total += coefficients[code, ballots[i], i]
            stack[top] = total >= thresholds[code]
            top += 1
        else:
            number = (-code - 1) // 2
            every = (-code - 1) % 2 == 0
            held = every
            for place in range(top - number, top):
                held = (held and stack[place]) if every else (held or stack[place])
            top -= number
            stack[top] = held
            top += 1
    return bool(stack[0])


@compiled
def aspirations(
    round_: int, shares: Shares, asks: Shares, matches: Wholes, least: Wholes, opening: Wholes, latest: Wholes,
    found: Wholes,
) -> None:  # fmt: skip
    """What every member asks for in a round, in millionths of its own range, less what it matches of concessions."""
    members = len(found)
    for i in range(members):
        wanted = np.int64(asks[i, round_])
        if matches[i] > 0:
            given, others = 0, 0
            for j in range(members):
                if j != i and latest[j] >= 0:
                    given += np.int64(shares[i, latest[j]]) - np.int64(shares[i, opening[j]])
                    others += 1
            if others > 0 and given > 0:
                wanted -= matches[i] * (given // others) // THOUSAND
        found[i] = max(wanted, least[i])


@compiled
def parts(values: Floats, reservation: Floats, open_: Truths, found: Shares) -> None:
    """Utilities as millionths of each member's range, rounded down, as ``packages.shares`` says."""
    for i in range(len(values)):
        most = 0.0
        for o in range(values.shape[1]):
            if open_[o]:
                most = max(most, values[i, o] - reservation[i])
        for o in range(values.shape[1]):
            gain = values[i, o] - reservation[i]
            if most > 1e-12:
                part = math.floor(gain / most * ONE + 1e-6)
                found[i, o] = np.int32(min(max(part, -THOUSAND * ONE), ONE))
            else:
                found[i, o] = -ONE if gain < -1e-12 else 0


@compiled
def nearest(own: Shares, asked: int, apart: Wholes) -> int:
    """Of the outcomes that give a member what it asks, the least apart; of equal ones the best for it, then the first.

    -1 where nothing gives it what it asks.
    """
    far = FAR
    for o in range(len(own)):
        apart[o] = apart[o] if own[o] >= asked else FAR
        far = min(far, apart[o])
    best = -1
    if far < FAR:
        for o in range(len(own)):
            if apart[o] == far and (best < 0 or own[o] > own[best]):
                best = o
    return best


@compiled
def distances(
    proposer: int, digits: Small, places: Wholes, sizes: Wholes, heed: Wholes, latest: Wholes, apart: Wholes
) -> None:
    """How far every outcome lies from what the others have tabled: over issues and members, by how each is heeded."""
    issues, options = places.shape
    near = np.zeros((issues, options), np.int64)
    for j in range(len(latest)):
        if j != proposer and latest[j] >= 0 and heed[j] > 0:
            for k in range(issues):
                there = places[k, digits[latest[j], k]]
                for d in range(sizes[k]):
                    near[k, d] += heed[j] * abs(places[k, d] - there)
    if len(apart) != np.prod(sizes):
        for o in range(len(apart)):
            total = np.int64(0)
            for k in range(issues):
                total += near[k, digits[o, k]]
            apart[o] = total
        return
    filled = 1
    apart[0] = 0
    for k in range(issues - 1, -1, -1):  # the last issue varies fastest: each one before repeats what is filled
        for d in range(sizes[k] - 1, -1, -1):
            for o in range(filled):
                apart[d * filled + o] = apart[o] + near[k, d]
        filled *= sizes[k]


@compiled
def lacking(member: int, weighed: Wholes, heed: Wholes, latest: Wholes) -> int:
    """What a member lacks nothing of: its latest offer, or its whole range before it, by how it is heeded."""
    return weighed[member, latest[member]] if latest[member] >= 0 else heed[member] * ONE


@compiled
def add(total: Wholes, row: Wholes, more: int, less: int) -> None:
    """What every outcome lacks in sum, after a member's measure has moved from ``less`` to ``more``."""
    for o in range(len(total)):
        total[o] += max(more - row[o], 0) - max(less - row[o], 0)


@compiled
def breaks_off(member: int, shares: Shares, latest: Wholes) -> bool:
    """Whether nothing that the others have tabled last is better for a member than what it has without agreement."""
    best = 0
    for j in range(len(latest)):
        if j != member and latest[j] >= 0:
            best = max(best, shares[member, latest[j]])
    return best <= 0


@compiled
def hold(
    shares: Shares, digits: Small, places: Wholes, sizes: Wholes, open_: Truths, heed: Wholes,
    asks: Shares, matches: Wholes, least: Wholes,
    proposes: Wholes, order: int, known: int, luck: Wholes,
    fixed: Small, below: Small, worse: Small, leaves: Wholes,
    coefficients: Wholes, thresholds: Wholes, program: Wholes,
    offers: Shares, by: Small, ballots: Small,
) -> int:  # fmt: skip
    """One negotiation; writes every offer, who made it and every vote, and returns how many turns there were.

    The last offer written is the outcome where the return value is positive; a negative one, less one, counts the
    turns of talks that failed. Sums over members are carried from turn to turn: only what the proposer changed moves.
    """
    members, outcomes = shares.shape
    opening, latest = np.full(members, -1, np.int64), np.full(members, -1, np.int64)
    asked, held, heard = np.empty(members, np.int64), fixed.copy(), heed.copy()
    stack = np.empty(len(program) + 1, np.bool_)
    chairs, place = len(proposes), luck[0]
    tabling = np.where(open_, shares, np.int32(CLOSED))
    apart, total = np.zeros(outcomes, np.int64), np.zeros(outcomes, np.int64)
    weighed = np.empty((members, outcomes), np.int64)
    if known == 1:
        for j in range(members):
            for o in range(outcomes):
                weighed[j, o] = heed[j] * shares[j, o]
            add(total, weighed[j], heed[j] * ONE, NEVER)
    for turn in range(len(offers)):
        if order == RECOGNITION:
            place = luck[turn]
            while held[proposes[place]] >= 0:
                place = (place + 1) % chairs
        proposer = int(proposes[place])
        by[turn] = proposer
        if turn // chairs >= leaves[proposer] and breaks_off(proposer, shares, latest):
            if known == 1:
                add(total, weighed[proposer], NEVER, lacking(proposer, weighed, heard, latest))
            offers[turn], held[proposer], heard[proposer], latest[proposer] = WALKED, AWAY, 0, -1
            weighed[proposer] = 0
            place = following(place, proposes, held, ballots[turn], 0)
            for i in range(members):
                ballots[turn, i] = held[i] if held[i] >= 0 else YES
            stands = place >= 0 and adopted(ballots[turn], coefficients, thresholds, program, stack)
            ballots[turn] = AWAY
            if not stands:
                return -turn - 2
            continue
        aspirations(turn // chairs, shares, asks, matches, least, opening, latest, asked)
        if known == 1:
            mine, row = lacking(proposer, weighed, heard, latest), weighed[proposer]
            for o in range(outcomes):
                apart[o] = total[o] - max(mine - row[o], 0)
        else:
            distances(proposer, digits, places, sizes, heard, latest, apart)
        found = nearest(tabling[proposer], asked[proposer], apart)
        offers[turn] = found
        if found < 0:
            place = following(place, proposes, held, ballots[turn], 0)
            continue
        if known == 1 and found != latest[proposer]:
            add(total, weighed[proposer], weighed[proposer, found], lacking(proposer, weighed, heard, latest))
        latest[proposer] = found
        if opening[proposer] < 0:
            opening[proposer] = found
        for i in range(members):
            if held[i] >= 0:
                ballots[turn, i] = held[i]
            elif shares[i, found] >= asked[i]:
                ballots[turn, i] = YES
            else:
                ballots[turn, i] = below[i] if shares[i, found] >= 0 else worse[i]
        if adopted(ballots[turn], coefficients, thresholds, program, stack):
            return turn + 1
        place = following(place, proposes, held, ballots[turn], order)
    return -len(offers) - 1


@compiled
def following(place: int, proposes: Wholes, held: Small, ballots: Small, order: int) -> int:
    """Who proposes next: the next in the row that is there, or the first that refused; -1 where nobody is there."""
    chairs, after = len(proposes), -1
    for step in range(1, chairs + 1):
        there = (place + step) % chairs
        if held[proposes[there]] >= 0:
            continue
        after = there if after < 0 else after
        if order != REFUSER or (step < chairs and ballots[proposes[there]] != YES):
            return there
    return after


@compiled
def efficiency(gains: Floats, open_: Truths, point: Floats) -> tuple[float, float]:
    """How far a point lies from the nearest efficient outcome, and the most by which every member could gain more.

    ``gains`` members x outcomes, in shares of each one's range. The distance is the root of the mean square over
    members; the second number is nought where no outcome is better for all.
    """
    members, outcomes = gains.shape
    away = np.empty(outcomes)
    room = 0.0
    for o in range(outcomes):
        total, worst = 0.0, np.inf
        for i in range(members):
            more = gains[i, o] - point[i]
            total += more * more
            worst = min(worst, more)
        away[o] = total if open_[o] else np.inf
        if open_[o]:
            room = max(room, worst)
    for _ in range(outcomes):
        nearest = np.argmin(away)
        if away[nearest] == np.inf:
            break
        dominated = False
        for o in range(outcomes):
            if not open_[o] or o == nearest:
                continue
            no_worse, better = True, False
            for i in range(members):
                if gains[i, o] < gains[i, nearest]:
                    no_worse = False
                    break
                better = better or gains[i, o] > gains[i, nearest]
            if no_worse and better:
                dominated = True
                break
        if not dominated:
            return np.sqrt(away[nearest] / members), room
        away[nearest] = np.inf
    return np.nan, room
