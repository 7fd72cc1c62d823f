"""What the loops of a campaign read and write: an institution as whole numbers, games under way, what is kept of them.

Lengths are in thousandths of a point of an issue's scale, money in cents, days counted from the first round, chances in
parts of 2**32. Rounds are counted from 1.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = Any
"""An array of int64. An entry of it is a whole number, which the types of numpy do not know."""
Words: TypeAlias = Any
"""An array of uint64."""
Floats: TypeAlias = NDArray[np.float64]

NEVER = 2**40
"""A day that does not come."""
CERTAIN = 2**32
"""The chance of what always happens."""
MOST = 15
"""Members of the largest body whose talks are kept."""
BY_TEXT = 3
"""A promise whose worth depends on the text that stands."""

STAGE, UNTIL, DUE, DUE_ROUND, LAST, NOTER, WRONG, AGREED = range(8)
"""A duty: its stage, the day on which that lapses, when it is due, the last verdict (1 met, 2 missed), who gave notice,
whether the last verdict was a false alarm, how often other terms were agreed."""
SOURCE, BORN, PERIOD, FROM, SET, RANK = range(6)
"""A promise: the issue or clause it comes from, the round and period, the round it is due, its obligors, its order."""
FIRST, LATEST, TEXTS, REFUSED = range(4)
"""Talks of one member on one issue: its first and latest text, how many, how many were refused in a row."""
THEN, TOPIC, EVERY, ALARM, MISS, REWARD, OWED, MET_BY_NONE, MET_BY_ALL = range(9)
"""An issue or clause: the signal after grace, its issue, every how many rounds it is verified, the chances of a false
alarm and of a miss, the reward and the payment in cents, the verdicts on nothing and on all done."""
MEMBER, OUTVOTED, KEPT, BROKEN, JUDGED_ROUND, JUDGED, JUDGED_BROKEN, LEAVES, OPEN, GRUDGES = range(10)
"""What is known of a member: whether it is one, and what is counted of it."""
(
    ADOPTED, ADOPTED_FIRST, PUT, FELL_DUE, DELIVERED, REPORTED, FALSE_ALARMS, MISSES, CURED, NOTICES, FALSE_NOTICES,
    RENEGOTIATED, SUSPENDED, FIRST_BREACH,
) = range(14)  # fmt: skip
"""What is counted of an issue or clause in a run."""
PLAYED, MEMBERS, TEXTS_ADOPTED, ROUND_DUE, ROUND_KEPT, ROUND_NOTICES, ROUND_PAID, ROUND_RENEGOTIATED = range(8)
"""What is counted of a round over all runs."""
PAID, RECEIVED = range(2)
GAIN, COST, TARIFF, PRESENT = range(4)


class Law(NamedTuple):
    """An institution with its players, promises and shocks, as arrays.

    Axes: issues, clauses (``sources`` are both, in this order), members, organs, rounds, and ``sets`` of members that
    may be left after exits.
    """

    key: Words
    """The seed as two words."""
    days: Ints
    """The day of each round; the first entry is unused."""
    agenda: Ints
    """rounds x organs x items: the issue; -1 where the organ does not sit."""
    proposes: Ints
    """organs: -1 any member, -2 the chair in the name of the next member, else the member."""
    quorum: Ints
    """sets x organs x conditions x members: what a member that is there counts towards opening."""
    opens: Ints
    """sets x organs x conditions: what is needed."""
    votes: Ints
    """sets x issues x conditions x choices x members, of the compiled rules."""
    needs: Ints
    """sets x issues x conditions."""
    passes: Ints
    """sets x issues x ways: conditions that together adopt, as bits; -1 where there is no further way."""
    places: Ints
    """members: the bit of a member that may leave among the sets; -1 of one that will not."""
    turns: Ints
    """Members in the order of their codes, in which promises are looked at."""
    wants: Ints
    """issues x members x (position, reach, salience); reach -1 where it is measured from what stands, -2 no wish."""
    status_quo: Ints
    """issues."""
    asks: Ints
    """members x rounds x (numerator, denominator) of the share that is asked for."""
    takes: Ints
    """The same of the least share that is voted for."""
    yields: Ints
    """members x refusals x (numerator, denominator)."""
    matches: Ints
    """members x (numerator, denominator)."""
    against: Ints
    """members x (below, worse): the choice against a text."""
    keeps: Ints
    """members x 12 chances."""
    cures: Ints
    responds: Ints
    """members: 0 passes, 1 gives notice, 2 suspends."""
    consents: Ints
    """members x times other terms were agreed."""
    attends: Ints
    """members x times outvoted."""
    leaves: Ints
    """members x times outvoted."""
    leave_day: Ints
    """rounds: when a notice of withdrawal takes effect; empty where none can be given."""
    steps: Ints
    """sources x stages x signals x (the stage that follows, for what it waits, whether a reward falls due).

    No stage follows where the first is -1. What is waited for is a row of ``after``; -1 no end, -2 the day it is due.
    """
    source: Ints
    """sources x what is said of an issue or clause: ``THEN`` and the names after it."""
    after: Ints
    """durations x days: the day on which a wait that begins on a day ends."""
    again: Ints
    """rounds x (day, round) on which a renegotiated promise is due."""
    clauses: Ints
    """clauses x (day from which, day by which, round by which)."""
    owes: Ints
    """clauses x members."""
    worth: Ints
    """sources x sets x members."""
    periods: int
    """For how many rounds a text is to be delivered on."""
    texts: int
    a_year: int
    """How many rounds there are in a year."""
    budget: Ints
    """rounds: what clauses of the charter may pay out in the year that begins, in cents."""
    shares: Floats
    """sets x members: the burden of the fund."""
    rank: Ints
    """sources x rounds x periods: the order of promises by name."""
    shocks: Ints
    """shocks x (what, by, round, chance, lasts, against, cents)."""
    said: Words
    """shocks: purposes."""
    attending: Words
    """rounds x organs: purposes."""
    performing: Words
    """sources x rounds x periods: purposes."""
    verifying: Words
    consenting: Words
    """sources x rounds x periods x members: purposes."""
    paying: Words
    """sources, and then the budget: purposes."""
    going: Words
    """One purpose."""
    part: Ints
    """issues x members: the share of the whole good, in millionths of a millionth."""
    goods: Floats
    """issues x members x (benefit, cost, what is kept from one that does not deliver), in a round."""
    needed: Ints
    """issues: the least share of a good; -1 where the issue provides none."""
    forgets: int
    """What is left of a count of trust after a round, in parts of 65536."""
    discount: Floats
    """rounds: the present value of one."""
    bins: Floats
    """The lowest and highest sum of net gains that the chart of their course can show."""


class Course(NamedTuple):
    """Games under way; the first axis of each is the run."""

    own: Ints
    stands: Ints
    talk: Ints
    node: Ints
    """runs x issues: the state of talks among those heard, which stands for ``talk``; -1 where none does."""
    slot: Ints
    duty: Ints
    order: Ints
    alive: Ints
    owed: Ints
    """By round in which promises are due, what they may pay out."""
    fund: Ints
    over: Ints
    """The round after which a game ended; 0 while it goes on."""
    shock: Ints
    """The round until which each shock is felt."""
    felt: Ints
    """what x members."""
    reports: Ints
    """members x (kept, broken, received, paid) in the round."""
    done: Ints
    """issues x members: 1 where a promise was kept in the round."""
    busy: Ints
    """issues: 1 where anybody kept one."""


class Heard(NamedTuple):
    """Talks that were held in some game: where the same happens again, it need not be played again.

    No chance enters talks once it is known who is there, so that the talks so far, the round and the members decide.
    """

    keys: Ints
    """rows x (state and round, who is a member, there, walks out, vetoes); empty where nothing is kept."""
    outcomes: Ints
    """rows x (texts put, the text adopted or -1, the state that follows or -1)."""
    states: Ints
    """states x members x what is known of talks; the first is that before all talks, one for each issue."""
    told: Ints
    """One number: how many states there are."""


class Room(NamedTuple):
    """Where texts and votes of one session are written down; by member, but ``texts`` and ``makers`` by text."""

    ballots: Ints
    texts: Ints
    makers: Ints
    votes: Ints
    limits: Ints
    near: Ints


class Kept(NamedTuple):
    """What is kept of games; the first axis is the run, of the last three the round."""

    counts: Ints
    """runs x sources x what is counted."""
    text: Ints
    """runs x issues: the text that stands; -1 where there is none."""
    cents: Ints
    """runs x members x (paid, received)."""
    worth: Floats
    """runs x members x (gain, cost, tariffs, present value of all), in millions."""
    wishes: Floats
    """runs x members: what the texts that stand at the end are worth to it."""
    exits: Ints
    """runs x members x (round of the notice, round in which it left)."""
    over: Ints
    """runs: the last round."""
    trust: Ints
    """runs x members x members x (kept, broken), in parts of 65536."""
    rounds: Ints
    """rounds x what is counted."""
    staying: Ints
    """rounds x members: in how many runs each is a member."""
    fan: Ints
    """rounds x bins: in how many runs the sum of net gains so far lies there."""
