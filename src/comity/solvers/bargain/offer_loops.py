"""The loops of alternating offers, compiled: one negotiation from the first offer to the last, and its efficiency.

This module is imported by the verbs that need it and nowhere else: numba takes a good half second to load. Everything
that decides is a whole number, so that the course of a negotiation is the same wherever it is run.
"""

from __future__ import annotations

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
def offer(
    proposer: int, asked: int, shares: Shares, across: Shares, digits: Small, places: Wholes, open_: Truths,
    heed: Wholes, latest: Wholes, near: Wholes, known: int,
) -> int:  # fmt: skip
    """The outcome a member tables: of those that give it what it asks, the nearest to what the others have tabled.

    Where wishes are known, the nearest is that which lacks least of what the others' own offers would give them. Of
    equally near ones it takes that which is best for itself, then the first. -1 where nothing gives it what it asks.
    """
    if known == 1:
        return fitting(proposer, asked, shares, across, open_, heed, latest)
    issues, options = places.shape
    near[:] = 0
    for j in range(len(latest)):
        if j != proposer and latest[j] >= 0 and heed[j] > 0:
            for k in range(issues):
                there = places[k, digits[latest[j], k]]
                for d in range(options):
                    near[k, d] += heed[j] * abs(places[k, d] - there)
    best, far = -1, np.int64(2) ** 62
    own = shares[proposer]
    for o in range(len(own)):
        if own[o] >= asked and open_[o]:
            apart = np.int64(0)
            for k in range(issues):
                apart += near[k, digits[o, k]]
                if apart > far:
                    break
            if best < 0 or apart < far or (apart == far and own[o] > own[best]):
                best, far = o, apart
    return best


@compiled
def fitting(
    proposer: int, asked: int, shares: Shares, across: Shares, open_: Truths, heed: Wholes, latest: Wholes
) -> int:
    """Of the outcomes that give a member what it asks, that which lacks least of what the others have tabled."""
    members = len(latest)
    tabled = np.empty(members, np.int64)
    for j in range(members):
        tabled[j] = shares[j, latest[j]] if latest[j] >= 0 else ONE
    tabled[proposer] = -ONE * ONE
    best, far = -1, np.int64(2) ** 62
    own = shares[proposer]
    for o in range(len(own)):
        if own[o] >= asked and open_[o]:
            apart = np.int64(0)
            for j in range(members):
                apart += heed[j] * max(tabled[j] - across[o, j], 0)
                if apart > far:
                    break
            if best < 0 or apart < far or (apart == far and own[o] > own[best]):
                best, far = o, apart
    return best


@compiled
def hold(
    shares: Shares, digits: Small, places: Wholes, open_: Truths, heed: Wholes,
    asks: Shares, matches: Wholes, least: Wholes,
    proposes: Wholes, order: int, known: int, luck: Wholes,
    fixed: Small, below: Small, worse: Small,
    coefficients: Wholes, thresholds: Wholes, program: Wholes,
    offers: Shares, by: Small, ballots: Small,
) -> int:  # fmt: skip
    """One negotiation; writes every offer, who made it and every vote, and returns how many offers there were.

    The last offer written is the outcome where the return value is positive; a negative one, less one, counts the
    offers of talks that failed.
    """
    members = len(shares)
    opening, latest = np.full(members, -1, np.int64), np.full(members, -1, np.int64)
    asked = np.empty(members, np.int64)
    near = np.empty(places.shape, np.int64)
    stack = np.empty(len(program) + 1, np.bool_)
    chairs = len(proposes)
    across = np.ascontiguousarray(shares.T) if known == 1 else shares
    place = luck[0]
    for turn in range(len(offers)):
        if order == RECOGNITION:
            place = luck[turn]
        proposer = int(proposes[place])
        aspirations(turn // chairs, shares, asks, matches, least, opening, latest, asked)
        found = offer(proposer, int(asked[proposer]), shares, across, digits, places, open_, heed, latest, near, known)
        offers[turn], by[turn] = found, proposer
        if found < 0:
            place = (place + 1) % chairs
            continue
        latest[proposer] = found
        if opening[proposer] < 0:
            opening[proposer] = found
        for i in range(members):
            if fixed[i] >= 0:
                ballots[turn, i] = fixed[i]
            elif shares[i, found] >= asked[i]:
                ballots[turn, i] = YES
            else:
                ballots[turn, i] = below[i] if shares[i, found] >= 0 else worse[i]
        if adopted(ballots[turn], coefficients, thresholds, program, stack):
            return turn + 1
        following = (place + 1) % chairs
        if order == REFUSER:
            for step in range(1, chairs):
                if ballots[turn, proposes[(place + step) % chairs]] != YES:
                    following = (place + step) % chairs
                    break
        place = following
    return -len(offers) - 1


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
