"""Who keeps a promise, at which price, with which threat and which verification: over draws and at the modes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from comity.model.analysis import Inputs
from comity.rehearsal.parts.self_enforcement.promises import Owed, Promise, Rounds, looks, rounds
from comity.rehearsal.parts.spreads import Chance, Gain, Spread, chance, gain, spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.repeated.clause_game import Looks
    from comity.solvers.repeated.escape import Course, Pressure

LENGTHS: tuple[float, ...] = (0, 1, 2, 3, 4, 6, 8, 12, 20, math.inf)
"""Lengths of a suspension that are set side by side, in looks."""
READINGS = (1, 3, 5, 7)
"""How many independent readings of a look are set side by side."""
WAYS = ("at_once", "written", "least", "ever", "strict", "brittle", "escape")
"""What may follow a breach, or be allowed instead: renegotiation at once, the suspension as written, the least that
deters, one without end; under pressure: to keep it all the same, to break it, to escape at a price."""
FACTORS = tuple(place / 50 + 0.01 for place in range(50))
NOISES = tuple(place / 50 for place in range(25))
"""Discount factors from look to look, and shares of looks that err, for the map of where a promise can be kept."""
PRESSURE, STRAIN = (0.05, 0.1, 0.25), (2.0, 3.0, 5.0)
"""Low, mode and high of how often a party is under pressure, and how many times the usual cost compliance takes."""


class Trigger(NamedTuple):
    """A suspension of so many looks: whether it deters, how often, and what the clause is worth a year if kept."""

    looks: float
    holds: bool
    chance: Chance
    value: Spread


class Way(NamedTuple):
    """One course the clause may take: how often the parties follow it, and what it is worth a year to all members."""

    chance: Chance
    value: Gain


class Reading(NamedTuple):
    """A look that is the majority of several readings: its errors, and the least suspension that deters at the modes.

    ``value`` is what the clause is worth a year under the suspension that deters in each draw, ``gain`` how much more
    than with one reading.
    """

    number: int
    looks: Looks
    least: float
    value: Gain
    gain: Gain


@dataclass(frozen=True)
class Kept:
    """Whether a promise is kept, as owed by some and with or without its reward.

    Attributes:
        promise: the promise.
        owed: who owes it.
        paid: whether its reward is paid.
        who: the parties.
        holds: whether all keep it at the modes, as it is written.
        chance: how often, over draws.
        otherwise: how often they keep it as written where the reward is paid by the year instead of by the look, or the
            other way round; None where that is the same.
        mendable: how often some suspension would make them.
        critical: the least discount factor from look to look for which they keep it, at the modes; None for none.
        rate: the same as a yearly rate, infinite where it is kept without regard to the future.
        factors: the least discount factor over draws.
        least: the fewest looks of suspension that deter at the modes; infinite where none do.
        triggers: suspensions set side by side.
        ways: courses set side by side, by :data:`WAYS`.
        renegotiating: what the written suspension is worth beyond an end for ever.
        at_once: what renegotiating at once would be worth beyond the written suspension.
        escaping: what an escape is worth beyond the better of keeping and breaking the clause under pressure.
        escape: the price range of an escape, least and most, in millions of dollars a look.
        readings: readings set side by side.
    """

    promise: Promise
    owed: Owed
    paid: bool
    who: tuple[str, ...]
    holds: bool
    chance: Chance
    otherwise: Chance | None
    mendable: Chance
    critical: float | None
    rate: float | None
    factors: Spread
    least: float
    triggers: tuple[Trigger, ...]
    ways: dict[str, Way]
    renegotiating: Gain
    at_once: Gain
    escaping: Gain
    escape: tuple[Spread, Spread]
    readings: tuple[Reading, ...]

    @property
    def version(self) -> str:
        """What tables call it: institution, clause, who owes it."""
        return f"{self.promise.key}.{self.owed}"


@dataclass(frozen=True)
class Prices:
    """What a reward must come to, in millions of dollars a look and party.

    Attributes:
        promise: the promise.
        owed: who owes it.
        once: the reward for which all comply without regard to the future.
        written: the reward for which they do under the threat as it is written.
        ever: the reward for which they do where a notice ends the clause.
        most: the reward that leaves its payers nothing; None where nobody but the parties pays.
        room: how often the least reward under the written threat is no more than that.
    """

    promise: Promise
    owed: Owed
    once: Spread
    written: Spread
    ever: Spread
    most: Spread | None
    room: Chance | None


@dataclass(frozen=True)
class Terms:
    """How the question is asked: draws, the yearly rate, when rewards are paid, how often compliance is dear."""

    draws: int
    rate: Fraction | None
    every: Literal["look", "year"]
    pressure: Fraction | None
    strain: Fraction | None


def pressures(terms: Terms, number: int, seed: int) -> Pressure:
    """Draws of how often compliance is dear and how dear, from the assumed ranges unless stated."""
    import numpy as np

    from comity.kernel.streams import Stream
    from comity.solvers.repeated.escape import Pressure

    def drawn(name: str, stated: Fraction | None, span: tuple[float, float, float]) -> NDArray[np.float64]:
        if stated is not None:
            return np.full(number, float(stated))
        (low, mode, high), luck = span, Stream(seed, f"rehearsal.{name}").uniforms(range(number), 0)[:, 0]
        rising = low + np.sqrt(luck * (high - low) * (mode - low))
        return np.where(
            luck * (high - low) < mode - low, rising, high - np.sqrt((1 - luck) * (high - low) * (high - mode))
        )

    return Pressure(drawn("pressure", terms.pressure, PRESSURE), drawn("strain", terms.strain, STRAIN))


@dataclass(frozen=True)
class Played:
    """A promise that is played: at the modes and over draws, under looks, so many years from one look to the next."""

    at: Rounds
    over: Rounds
    seen: Looks
    per: float

    def under(self, found: Rounds, rounds_: float | NDArray[np.float64]) -> Course:
        """The clause without pressure, where a notice suspends it for so many looks."""
        import numpy as np

        from comity.solvers.repeated.clause_game import felt, keeps, values
        from comity.solvers.repeated.escape import Course

        suspended = felt(found.discount, rounds_)
        stands = 1.0 / (1.0 + self.seen.noticed(len(found.who))[0] * suspended)
        everyone = np.asarray(keeps(found.parties, self.seen, suspended).all(axis=1))
        worth = values(found.parties, self.seen, suspended)
        return Course(everyone, worth, stands, (1.0 - self.seen.false_alarm) * stands)

    def together(self, course: Course) -> NDArray[np.float64]:
        """What a course over draws is worth a year to all members; what one pays another cancels out."""
        over = self.over
        borne = self.seen.reward * len(over.who) * (1.0 - over.parties.pays.sum())
        whole = course.values.sum(axis=1) + over.bystanders * course.delivered - borne * course.rewarded
        return whole / self.per

    def followed(self, course: Course) -> NDArray[np.float64]:
        """The same where every party follows the course, and nothing where one does not."""
        import numpy as np

        return np.where(course.holds, self.together(course), 0.0)

    def deterring(self) -> NDArray[np.float64]:
        """The fewest looks of suspension that deter, over draws; infinite where none do."""
        from comity.solvers.repeated.clause_game import least_trigger

        return least_trigger(self.over.parties, self.seen, self.over.discount)

    def deterring_at(self) -> float:
        """The same at the modes."""
        from comity.solvers.repeated.clause_game import least_trigger

        return float(least_trigger(self.at.parties, self.seen, self.at.discount)[0])

    def least(self) -> Course:
        """The clause with the least suspension that deters."""
        import numpy as np

        rounds_ = self.deterring()
        return self.under(self.over, np.where(rounds_ < math.inf, rounds_, 0.0))


def kept(inputs: Inputs, promise: Promise, owed: Owed, terms: Terms, *, paid: bool) -> Kept:
    """Whether a promise is kept."""
    import numpy as np

    from comity.solvers.repeated.clause_game import critical_discount

    at = rounds(inputs, promise, owed, draws=None, rate=terms.rate)
    over = rounds(inputs, promise, owed, draws=terms.draws, rate=terms.rate)
    played = Played(at, over, looks(promise, paid=paid, every=terms.every), float(promise.years))
    factor = float(critical_discount(at.parties, played.seen).max())
    every: Literal["look", "year"] = "look" if terms.every == "year" else "year"
    other = replace(played, seen=looks(promise, paid=paid, every=every))
    sums, ways, ends = _ways(played, promise, pressures(terms, terms.draws, inputs.seed))
    return Kept(
        promise=promise,
        owed=owed,
        paid=paid,
        who=over.who,
        holds=bool(played.under(at, promise.suspended).holds[0]),
        chance=ways["written"].chance,
        otherwise=None if other.seen == played.seen else chance(other.under(over, promise.suspended).holds),
        mendable=chance(played.deterring() < math.inf),
        critical=factor if factor < math.inf else None,
        rate=None if factor == math.inf else math.inf if factor == 0 else factor ** (-1 / played.per) - 1,
        factors=spread(critical_discount(over.parties, played.seen).max(axis=1)),
        least=played.deterring_at(),
        triggers=tuple(_trigger(played, length) for length in sorted({*LENGTHS, promise.suspended})),
        ways=ways,
        renegotiating=gain(sums["written"] - sums["ever"]),
        at_once=gain(sums["at_once"] - sums["written"]),
        escaping=gain(sums["escape"] - np.maximum(sums["strict"], sums["brittle"])),
        escape=ends,
        readings=_readings(played),
    )


def _trigger(played: Played, length: float) -> Trigger:
    course = played.under(played.over, length)
    holds = bool(played.under(played.at, length).holds[0])
    return Trigger(length, holds, chance(course.holds), spread(played.together(course)))


def _ways(
    played: Played, promise: Promise, dear: Pressure
) -> tuple[dict[str, NDArray[np.float64]], dict[str, Way], tuple[Spread, Spread]]:
    """What each course is worth a year in each draw, nothing where it is not followed; and the price of an escape."""
    import numpy as np

    from comity.solvers.repeated.clause_game import felt
    from comity.solvers.repeated.escape import brittle, escape, strict

    over, seen = played.over, played.seen
    written = felt(over.discount, promise.suspended)
    found = escape(over.parties, seen, written, dear)
    courses: dict[str, Course] = {
        "at_once": played.under(over, 0),
        "written": played.under(over, promise.suspended),
        "least": played.least(),
        "ever": played.under(over, math.inf),
        "strict": strict(over.parties, seen, written, dear),
        "brittle": brittle(over.parties, seen, written, dear),
        "escape": found,
    }
    sums = {name: played.followed(course) for name, course in courses.items()}
    ways = {name: Way(chance(course.holds), gain(sums[name])) for name, course in courses.items()}
    least, most = (spread(np.where(found.holds, each, np.inf)) for each in (found.least, found.most))
    return sums, ways, (least, most)


def _readings(played: Played) -> tuple[Reading, ...]:
    """The clause under looks of ever more readings, each with the least suspension that deters."""
    single = played.followed(played.least())
    found: list[Reading] = []
    for number in READINGS:
        several = replace(played, seen=played.seen.several(number))
        sums = several.followed(several.least())
        found.append(Reading(number, several.seen, several.deterring_at(), gain(sums), gain(sums - single)))
    return tuple(found)


def prices(inputs: Inputs, promise: Promise, owed: Owed, terms: Terms) -> Prices:
    """What a reward must come to."""
    import numpy as np

    from comity.solvers.repeated.clause_game import felt, least_reward, most_reward, one_shot_reward

    seen = looks(promise, paid=False, every=terms.every)
    over = rounds(inputs, promise, owed, draws=terms.draws, rate=terms.rate)
    once = one_shot_reward(over.parties, seen).max(axis=1)
    written = least_reward(over.parties, seen, felt(over.discount, promise.suspended)).max(axis=1)
    ever = least_reward(over.parties, seen, felt(over.discount, math.inf)).max(axis=1)
    others = set(promise.known) - set(over.who)
    most = most_reward(over.bystanders, over.parties, seen) if others else None
    return Prices(
        promise,
        owed,
        spread(once),
        spread(written),
        spread(ever),
        None if most is None else spread(most),
        None if most is None else chance(np.asarray(written <= most)),
    )


def region(inputs: Inputs, promise: Promise, owed: Owed, terms: Terms) -> list[tuple[float, float, str]]:
    """Where the promise can be kept by some suspension, at the modes: with its reward, without, or not at all.

    Returns:
        discount factor from look to look, share of looks that err either way, and ``both``, ``paid``, ``unpaid``,
        ``neither``, or ``plain`` where it can and has no reward.
    """
    from comity.solvers.repeated.clause_game import critical_discount

    at = rounds(inputs, promise, owed, draws=None, rate=terms.rate)
    found: list[tuple[float, float, str]] = []
    for noise in NOISES:
        least: list[float] = []
        for paid in (False, True):
            seen = replace(looks(promise, paid=paid, every=terms.every), false_alarm=noise, miss=noise)
            least.append(float(critical_discount(at.parties, seen).max()))
        for factor in FACTORS:
            bare, rewarded = (factor >= each for each in least)
            word = "both" if bare and rewarded else "unpaid" if bare else "paid" if rewarded else "neither"
            word = "plain" if bare and promise.clause.reward is None else word
            found.append((factor, noise, word))
    return found


def standing(inputs: Inputs, promise: Promise, terms: Terms) -> tuple[float, float]:
    """The place of the map nearest to the promise's own discount factor and errors (the mean of both kinds)."""
    factor = float(rounds(inputs, promise, "obligors", draws=None, rate=terms.rate).discount[0])
    noise = float(promise.false_alarm + promise.miss) / 2
    return min(FACTORS, key=lambda each: abs(each - factor)), min(NOISES, key=lambda each: abs(each + 0.01 - noise))
