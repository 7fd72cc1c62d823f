"""A frozen problem: everything a rehearsal follows from, fixed with its digest before round 1."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, Self

from annotated_types import Ge, Le
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.canonical import digest
from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Duration, Exact, Money
from comity.model.instrument import LegalForce
from comity.model.player import PLAYERS, Player
from comity.model.weights import Code
from comity.rehearsal.parts.game.conditions import FORMS, condition
from comity.rehearsal.parts.game.conduct import Conduct

What = Literal[
    "absent",
    "walks_out",
    "vetoes",
    "does_not_pay",
    "tariff",
    "does_not_deliver",
    "leaves",
    "election",
    "crisis",
    "price",
    "accedes",
    "note",
]
"""What a shock does to the one it names."""
ISSUES = frozenset({"crisis", "price"})
"""Shocks that strike an issue, not a member."""
DAYS = {
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(365, 12),
    "year": Fraction(365),
}


def days(span: Duration) -> Fraction:
    """How many days a duration has on average.

    Example:
        >>> days(Duration.parse("12 months"))
        Fraction(365, 1)
    """
    return span.number * DAYS[span.unit]


class Shock(Spec):
    """Something that happens against what would have been done: in a round, in any with a chance, or on a condition.

    An ``absent`` member does not come; one that ``walks_out`` tables texts and leaves before the vote; one that
    ``vetoes`` objects to everything; one that ``does_not_pay`` pays no contribution, one that ``does_not_deliver``
    keeps no promise, one that ``leaves`` gives notice of withdrawal. A ``tariff`` costs the member against which it is
    levied an amount each round and counts, in its eyes, as a promise broken. After an ``election`` a government wants
    something else within the range of the stakes, and may be another player. A ``crisis`` puts an issue at the head of
    the agenda in every round and multiplies what its good is worth; a ``price`` multiplies what delivering costs. A
    state that ``accedes`` asks to join, and the members decide under the charter's rule of accession. A ``note``
    is a plain text that a member is told with every question of the round: the inject of an exercise.

    Source:
        Putnam (1988), International Organization 42(3), on governments that change what they can accept; Fajgelbaum,
        Goldberg, Kennedy and Khandelwal (2020), Quarterly Journal of Economics 135(1), on who bears a tariff.
    """

    ADDED = frozenset({"when", "issue", "times", "player", "revenue", "own_loss", "text"})

    what: What
    """What happens."""
    by: Code | None = None
    """The member it happens to, or that levies the tariff."""
    round: Annotated[int, Ge(1)] | None = None
    """The round in which it begins."""
    chance: Annotated[Exact, Le(1)] | None = None
    """The chance with which it begins in any round, instead of a round."""
    when: str | None = None
    """The condition on which it begins, once, instead of a round: ``notice to JPN``, ``trust of JPN in USA < 1/2``."""
    lasts: Annotated[int, Ge(1)] = 1
    """How many rounds it lasts; an election lasts until the next one."""
    issue: str | None = None
    """The issue that a crisis or a price strikes."""
    times: Annotated[Exact, Le(1000)] = Fraction(2)
    """By what a crisis multiplies the worth of the good, and a price the cost of delivering."""
    player: Annotated[Player, PLAYERS] | None = None
    """Who plays the member after an election, or one that joins; as before, or as all others, where absent."""
    against: Code | None = None
    """The member that a tariff is levied against."""
    amount: Money | None = None
    """What a tariff costs it each round."""
    revenue: Annotated[Exact, Le(1)] = Fraction(0)
    """The share of that amount which the one that levies the tariff takes in."""
    own_loss: Annotated[Exact, Le(10)] = Fraction(0)
    """What the tariff costs the one that levies it, in dearer imports: a share of the same amount."""

    text: str = ""
    """What a note says; people and language models read it, other players do not."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = (self.round, self.chance, self.when)
        if sum(each is not None for each in given) != 1:
            raise _wrong("needs a round or a chance, and not both", "Write round: 5, or chance: 1/10.")
        if (self.what == "tariff") != (self.against is not None and self.amount is not None):
            raise _wrong("names against and amount where it is a tariff, and only there", "Write both, or neither.")
        if self.by is not None and self.against == self.by:
            raise _wrong("is levied against itself", "Name another member.")
        self._struck()
        if self.when is not None:
            try:
                condition(self.when)
            except ValueError as error:
                raise _wrong(f"begins on no condition: {error}", f"Write one of: {FORMS}.") from None
        return self

    def _struck(self) -> None:
        """What it names fits what happens."""
        strikes = self.what in ISSUES
        if (self.issue is not None) != strikes or (self.by is None) != strikes:
            raise _wrong("names an issue where it is a crisis or a price, else a member", "Write price:energy:5.")
        if (self.what == "note") != bool(self.text):
            raise _wrong("says something where it is a note, and only there", "Write note:JPN:5:text=Prices rise.")
        if self.what == "election" and self.lasts > 1:
            raise _wrong("is an election, which lasts until the next one", "Leave lasts out.")
        if self.player is not None and (self.what not in {"election", "accedes"} or self.player.outside):
            mend = "Name a player that decides by itself, for an election or one that accedes."
            raise _wrong("names a player that cannot follow", mend)
        if (self.revenue or self.own_loss) and self.what != "tariff":
            raise _wrong("names what a tariff brings and is none", "Leave revenue and own_loss out.")

    @property
    def whom(self) -> str:
        """The member or the issue that it strikes."""
        return self.by or self.issue or ""


def _wrong(what: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("shock", "{what}", {"what": what, "mend": mend})


class Terms(Spec):
    """What a text that is adopted obliges its members to: to deliver, period by period."""

    periods: Annotated[int, Ge(1), Le(40)] = 4
    """For how many rounds a text is to be delivered on."""
    false_alarm: Annotated[Exact, Le(1)] = Fraction(1, 20)
    """How often the verifier reports a failure that is none."""
    miss: Annotated[Exact, Le(1)] = Fraction(1, 20)
    """How often it overlooks one."""
    grace: Annotated[int, Ge(1)] = 1
    """How many rounds there are to cure after notice."""
    within: Annotated[int, Ge(1)] = 2
    """How many rounds there are to act on a breach, or to agree on other terms."""
    then: Literal["renegotiate", "suspend"] = "renegotiate"
    """What follows where a breach is not cured."""
    reward: Money | None = None
    """What the fund pays a member for each period in which it is seen to deliver; nothing where absent."""


class Problem(Spec):
    """What is rehearsed: nothing in it changes once round 1 has begun."""

    ADDED = frozenset({"conduct"})

    charter: str
    """The name of the charter."""
    charter_digest: str
    """The digest of the charter."""
    stakes: str
    """The name of the file of stakes."""
    stakes_digest: str
    """The digest of the stakes."""
    start: Day
    """The day of round 1."""
    every: Duration
    """The time from one round to the next."""
    rounds: Annotated[int, Ge(1), Le(1000)]
    """How many rounds are played."""
    players: dict[str, Annotated[Player, PLAYERS]]
    """Who plays each member; ``*`` plays all others."""
    fallback: Annotated[Player, PLAYERS]
    """Who plays where an answer is late or not legal."""
    seed: Annotated[int, Ge(0)] = 1
    """The seed of every chance."""
    run: Annotated[int, Ge(0)] = 0
    """The number of the run under that seed."""
    shocks: tuple[Shock, ...] = ()
    """What happens from outside."""
    items: Annotated[int, Ge(1)] = 3
    """How many issues a session takes."""
    texts: Annotated[int, Ge(1)] = 3
    """How many texts are tabled on each issue at most."""
    terms: Terms = Terms()
    """What an adopted text obliges to."""
    force: LegalForce = "binding"
    """Whether an adopted text binds in law; of what does not, nothing is called a breach."""
    conduct: Conduct = Conduct()
    """How business is conducted, beside what the charter says."""

    @property
    def digest(self) -> str:
        """SHA-256 of the whole problem."""
        return digest(self)

    def day(self, round_: int) -> datetime.date:
        """The day of a round; the round after the last has one too."""
        if round_ == 1:
            return self.start
        number = self.every.number * (round_ - 1)
        return Duration(number, self.every.unit).after(self.start)

    @property
    def years(self) -> Fraction:
        """How many years a round lasts."""
        return days(self.every) / 365

    def player(self, member: str) -> Player:
        """Who plays a member."""
        return self.players.get(member) or self.players["*"]

    def struck(
        self, begun: Mapping[int, set[int]], round_: int, ended: Mapping[int, int] | None = None
    ) -> Iterator[Shock]:
        """The shocks that are felt in a round.

        Args:
            begun: in which rounds each one began.
            round_: the round.
            ended: in which round one that had begun before was taken back.
        """
        for number, shock in enumerate(self.shocks):
            back = 0 if ended is None else ended.get(number, 0)
            if any(since <= round_ < since + shock.lasts for since in begun.get(number, ()) if not since < back):
                yield shock
