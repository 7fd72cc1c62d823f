"""Stakes: what members want on an issue, how much it matters to them, and what they will not accept.

Assumptions are not law: a charter holds rules, a file of stakes holds positions, saliences and reservations, each with
its uncertainty and its reason. A number is written by hand only where it says so (``basis: assumption``); every other
one follows from a named rule that reads a state's votes or figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.canonical import digest
from comity.kernel.errors import UnknownName
from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Exact
from comity.kernel.result import Text
from comity.model.goods import Each, Good, Shared, Triple
from comity.model.parts import Id, Sensitivity
from comity.model.weights import Code, Complaint

SCALE = (0, 100)
"""The ends of the scale on which texts and positions lie."""
Group = Literal["overall", "middle_east", "nuclear", "disarmament", "human_rights", "colonialism", "economic"]
"""A group of roll calls of the General Assembly by which positions are estimated."""


def _on_scale(value: tuple[Fraction, Fraction, Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    if value[2] > SCALE[1]:
        context = {"what": f"lies outside the scale of {SCALE[0]} to {SCALE[1]}", "mend": "Write numbers within it."}
        raise PydanticCustomError("scale", "{what}", context)
    return value


def _within(value: Fraction) -> Fraction:
    _on_scale((value, value, value))
    return value


Place: TypeAlias = Annotated[Triple, AfterValidator(_on_scale)]
"""Low, mode and high on the scale from 0 to 100."""
Point: TypeAlias = Annotated[Exact, AfterValidator(_within)]
"""One point of the scale from 0 to 100."""


class _Derived(Spec):
    """A rule by which a number follows from something measured."""

    why: Text
    """Why this stands in for what a state wants, and what it does not say."""
    reversed: bool = False
    """Whether the highest state stands at the low end of the scale."""
    spread: Point = Fraction(0)
    """How many points are added to either side, for what the measure does not say."""
    between: tuple[Point, Point] = (Fraction(0), Fraction(100))
    """The points of the scale on which the lowest and the highest state stand."""


class FromVotes(_Derived):
    """A position read off the roll calls of the General Assembly.

    The state's ideal point in a group of roll calls, in its latest session, placed between the lowest and the highest
    point of all states of that session; its interval goes with it.

    Source:
        Bailey, Strezhnev and Voeten (2017), "Estimating Dynamic State Preferences from United Nations Voting Data",
        Journal of Conflict Resolution 61(2), on what such points mean.
    """

    kind: Literal["votes"] = "votes"
    """The kind of rule."""
    group: Group
    """The group of roll calls."""


class FromIndicator(_Derived):
    """A number that follows from a figure: the state's place among all states that have one.

    ``rank`` is the share of states below it; ``log`` and ``linear`` place it between the least and the greatest value.
    """

    kind: Literal["indicator"] = "indicator"
    """The kind of rule."""
    figure: Id
    """The indicator, as `comity data list` names it."""
    per: Id | None = None
    """The indicator by which it is divided, such as ``population``."""
    formula: Literal["rank", "log", "linear"] = "rank"
    """How a figure becomes a place."""


class Same(Spec):
    """The same number for everyone: it says that nothing is known of differences."""

    kind: Literal["same"] = "same"
    """The kind of rule."""
    value: Place
    """Low, mode and high."""
    why: Text
    """Why everyone is given the same."""


Derivation: TypeAlias = Annotated[FromVotes | FromIndicator | Same | Shared | Each, Field(discriminator="kind")]
"""A named rule by which positions, saliences or reservations are derived, or benefits and costs."""


class Home(Spec):
    """A domestic ratifier whose consent a government needs.

    The pivotal ratifier stands between the government and the status quo: ``resists`` says how much of the way back
    to the status quo it stands, as a share.

    Source:
        Putnam (1988), "Diplomacy and Domestic Politics: The Logic of Two-Level Games", International Organization
        42(3); Milner and Rosendorff (1997), Journal of Conflict Resolution 41(1).
    """

    title: Text
    """Who ratifies."""
    resists: Triple
    """How much of the way from the government's position back to the status quo the pivotal ratifier stands: shares."""
    why: Text
    """Why it is assumed."""

    @model_validator(mode="after")
    def _share(self) -> Self:
        if self.resists[2] > 1:
            context = {"what": "is more than the whole way", "mend": "Write shares from 0 to 1: [0, 1/4, 1/2]."}
            raise PydanticCustomError("share_of_way", "{what}", context)
        return self


class Seat(Spec):
    """What one member is taken to want on one issue, written by hand and therefore an assumption."""

    position: Place | None = None
    """The text it would like best; by the issue's rule where absent."""
    salience: Place | None = None
    """How much the issue matters to it, 0 to 100; by the issue's rule where absent."""
    reservation: Place | None = None
    """How far from its position a text may lie and still be better for it than none, in points of the scale; the
    distance of the status quo where absent."""
    benefit: Triple | None = None
    """What the whole good is worth to it each year, in millions of US dollars; by the good's rule where absent."""
    cost: Triple | None = None
    """What its own part costs it each year, in millions of US dollars; by the good's rule where absent."""
    basis: Literal["assumption"]
    """What the numbers are: whatever is written by hand is an assumption."""
    why: Text
    """The reason."""


class StakesIssue(Spec):
    """One issue as a scale of possible texts, with what members want on it."""

    title: Text
    """Its name."""
    sensitivity: Sensitivity
    """How sensitive it is, where the charter does not say."""
    matters: tuple[Id, ...] = ()
    """Other names under which charters decide it; the first that a charter has is taken."""
    ends: dict[Literal["0", "100"], Text]
    """What the two ends of the scale mean."""
    status_quo: Point
    """Where things stand without an agreement."""
    position: Id | None = None
    """The rule by which positions are derived."""
    salience: Id | None = None
    """The rule by which saliences are derived."""
    reservation: Id | None = None
    """The rule by which reservations are derived; the distance of the status quo where absent."""
    good: Good | None = None
    """What an agreement provides, valued in money; absent where nobody has valued it."""
    seats: dict[Code, Seat] = {}
    """Members whose numbers are written by hand."""

    def asked(self) -> dict[str, str]:
        """The rules of places on the scale that the issue names, by what they derive."""
        named = {"position": self.position, "salience": self.salience, "reservation": self.reservation}
        return {what: rule for what, rule in named.items() if rule is not None}

    def valued(self) -> dict[str, str]:
        """The rules of money that the issue names, by what they derive."""
        return {} if self.good is None else {"benefit": self.good.benefit, "cost": self.good.cost}


class Stakes(Spec):
    """A file of stakes: assumptions about what members want, kept apart from every charter."""

    comity: Literal[1]
    """The version of the format."""
    title: Text
    """What the file is about."""
    on: Day
    """The day for which it was written."""
    note: Text | None = None
    """What a reader must know before believing any of it."""
    rules: dict[Id, Derivation] = {}
    """Named rules from which numbers follow."""
    ratifiers: dict[Code, Home] = {}
    """Domestic ratifiers by member."""
    issues: Annotated[dict[Id, StakesIssue], Field(min_length=1)]
    """The issues."""

    _name: str = PrivateAttr(default="")
    _places: dict[str, str] = PrivateAttr(default_factory=dict[str, str])

    @property
    def name(self) -> str:
        """The name of its file."""
        return self._name

    def named(self, name: str, places: dict[str, str]) -> Stakes:
        """The same stakes under the name of their file, with where in it each issue stands."""
        copy = self.model_copy()
        copy._name, copy._places = name, places  # noqa: SLF001 - a copy of itself
        return copy

    def place(self, issue: str) -> str:
        """Where an issue stands, for messages: ``mission.yaml:31``."""
        return self._places.get(issue, self._name or "stakes")

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical file."""
        return digest(self)

    def issue(self, name: str) -> StakesIssue:
        """One issue.

        Raises:
            UnknownName: where the file has no such issue, with near ones.
        """
        if name not in self.issues:
            raise UnknownName(f"issue in the stakes '{self.name}'", name, list(self.issues))
        return self.issues[name]

    def problems(self) -> Iterator[Complaint]:
        """What contradicts itself in the file: path, what is wrong, how to mend it."""
        for name, issue in self.issues.items():
            here = ("issues", name)
            for what, rule in issue.asked().items():
                yield from self._named(rule, (*here, what), money=False)
            for what, rule in issue.valued().items():
                yield from self._named(rule, (*here, "good", what), money=True)
            for end in {"0", "100"} - set(issue.ends):
                yield (*here, "ends"), f"the end {end} is not described", "Write {0: TEXT, 100: TEXT}."
            yield from self._unsaid(issue, here)
        for name, rule in self.rules.items():
            if not any(name in {**issue.asked(), **issue.valued()}.values() for issue in self.issues.values()):
                yield ("rules", name), "no issue uses this rule", "Name it in an issue, or strike it."
            if isinstance(rule, FromVotes | FromIndicator) and rule.between[0] >= rule.between[1]:
                yield ("rules", name, "between"), "is no span of the scale", "Write the lower end first: [20, 80]."

    def _named(self, rule: str, here: tuple[str, ...], *, money: bool) -> Iterator[Complaint]:
        if rule not in self.rules:
            mend = f"Declare it under rules, or name one of {', '.join(self.rules) or 'those you declare'}."
            yield here, f"the rule '{rule}' is not declared", mend
        elif isinstance(self.rules[rule], Shared | Each) != money:
            kinds = "shared or each" if money else "votes, indicator or same"
            yield here, f"the rule '{rule}' gives {'no ' if money else ''}sums of money", f"Name one of kind {kinds}."

    def _unsaid(self, issue: StakesIssue, here: tuple[str, ...]) -> Iterator[Complaint]:
        if not issue.seats and issue.position is None:
            yield here, "nobody has a position", "Name a rule: position: RULE; or write seats."
        for what in ("position", "salience"):
            if getattr(issue, what) is not None:
                continue
            for member, seat in issue.seats.items():
                if getattr(seat, what) is None:
                    mend = f"Write {what}: [low, mode, high], or give the issue a rule for it."
                    yield (*here, "seats", member), f"{member} has no {what}", mend
        for member, seat in issue.seats.items():
            if issue.good is None and (seat.benefit or seat.cost):
                mend = "Give the issue a good with its rules and years: good: {benefit: RULE, cost: RULE, ...}."
                yield (*here, "seats", member), f"{member} values a good that the issue does not describe", mend
        if issue.salience is None and issue.position is not None:
            yield here, "the issue derives positions but no salience", "Name a rule for it: salience: RULE."
