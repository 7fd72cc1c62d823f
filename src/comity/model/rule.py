"""A decision rule: how the choices of members become a decision, explained and compiled.

The explained way (:meth:`Rule.decide`) counts in exact fractions and gives reasons; the compiled way
(:meth:`Rule.compile`) gives the integer game that power, win sets and campaigns read. They are written apart, and a
law in the tests holds them equal.
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Discriminator, Field, Tag

from comity.kernel.errors import InputError
from comity.kernel.family import Family, kind_of
from comity.kernel.result import Text
from comity.model.compiled import Part, join, presence, veto
from comity.model.dated import DatedShare, Period, at, is_dated, stated, which
from comity.model.fact import Fact
from comity.model.ruling import Choice, Requirement, Ruling
from comity.model.tally import Tally
from comity.model.threshold import Quorum

if TYPE_CHECKING:
    from comity.model.institution import Institution
    from comity.solvers.game import Game

CODE = r"^[A-Z][A-Z0-9_]{1,15}$"
Code = Annotated[str, Field(pattern=CODE)]
"""An actor's code (``JPN``, ``EU``) or the name of a constituency."""

Complaint = tuple[tuple[str | int, ...], str, str]
"""What a Spec finds wrong with itself inside an institution: path below itself, what is wrong, how to mend it."""


class Weights(Fact):
    """The voting weight of each member, and where it comes from."""

    basis: Literal["votes", "shares", "contributions", "population", "assumption"]
    """What the weights are."""
    why: Text | None = None
    """The reason, where they are assumed."""
    values: dict[Code, DatedShare]
    """The weight of each member; a member not named here has none, which the check reports."""

    def on(self, members: Sequence[str], on: datetime.date) -> list[Fraction]:
        """The weights of these members on a day, in their order.

        Raises:
            InputError: where a member has no weight on that day; none is made up.
        """
        found = {member: at(self.values.get(member), on) for member in members}
        if lacking := [member for member, weight in found.items() if weight is None]:
            raise InputError(f"No weight is stated for {', '.join(lacking)} on {on}.", mend="Add it to the weights.")
        return list(found.values())

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Weights for those who are no members, and members without weight."""
        members = institution.ever_members()
        for code in self.values:
            if code not in members:
                yield (
                    ("weights", "values", code),
                    f"{code} has a weight but is not a member",
                    "Add it to members, or strike the weight.",
                )
        now = institution.members_on(institution.as_of)
        for code in now:
            if at(self.values.get(code), institution.as_of) is None:
                yield ("weights", "values"), f"{code} has no weight", "Give every member a weight; 0 where it has none."
        if now and not any(at(self.values.get(code), institution.as_of) != 0 for code in now):
            yield ("weights", "values"), "no member has any weight", "Give at least one a weight above 0."


def _written(value: object) -> str:
    return "(name)" if isinstance(value, str) else "(values)"


NamedWeights = Annotated[
    Annotated[Weights, Tag("(values)")] | Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$"), Tag("(name)")],
    Discriminator(_written),
]
"""Weights, or the name of weights that the charter declares once for several rules."""


def undeclared(word: str, name: str, declared: Iterable[str]) -> tuple[str, str]:
    """What is wrong with a name that a charter uses and does not declare, and how to mend it.

    Example:
        >>> undeclared("organ", "counsil", ["council"])
        ("the organ 'counsil' is not declared", "Did you mean 'council'?")
    """
    known = list(declared)
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    listed = f"Declare it under {word}s, or name one of {', '.join(known)}." if known else f"Declare it under {word}s."
    return f"the {word} '{name}' is not declared", f"Did you mean '{near[0]}'?" if near else listed


def weights_problems(weights: Weights | str, institution: Institution) -> Iterable[Complaint]:
    """What is wrong with the weights of a rule; those that several rules share are checked where they stand."""
    if isinstance(weights, str):
        near = get_close_matches(weights, institution.weights, n=1, cutoff=0.5)
        hint = f"Did you mean '{near[0]}'?" if near else "Declare them under weights, or write their values here."
        yield ("weights",), f"the weights '{weights}' are not declared", hint
    elif not any(weights is shared for shared in institution.weights.values()):
        yield from weights.problems(institution)


class HoldersPeriod(Period):
    """Members that held a veto for a time."""

    value: tuple[Code, ...]
    """The members that held it."""


Holders = Annotated[
    Annotated[tuple[Code, ...], Tag("(value)")]
    | Annotated[tuple[HoldersPeriod, ...], Field(min_length=1), Tag("(periods)")],
    Discriminator(which),
]
"""Members, or the lists of members they were, each with its period."""


class Rule(Fact):
    """How a body decides. Members of the family live in ``comity.rules``, one file each."""

    title: Text | None = None
    """Its name for a reader."""
    article: str = ""
    """The article it rests on."""
    quorum: Quorum | None = None
    """The presence this rule asks for; the organ's quorum where absent."""
    veto: Holders = ()
    """Members whose negative vote stops what was otherwise adopted."""

    @abstractmethod
    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The threshold as linear conditions over these members, without quorum and veto."""
        raise NotImplementedError

    @abstractmethod
    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether the threshold is reached by this tally, and each requirement met or not."""
        raise NotImplementedError

    def weights_of(self, members: Sequence[str], on: datetime.date) -> list[Fraction]:
        """The weight with which each member counts: one each, unless the rule weighs."""
        del on
        return [Fraction(1)] * len(members)

    def weighed(self, declared: Mapping[str, Weights]) -> Rule:
        """The rule with weights in the place of their name, where it names weights that are declared."""
        named = getattr(self, "weights", None)
        found = declared.get(named) if isinstance(named, str) else None
        return self if found is None else self.model_copy(update={"weights": found})

    def readings(self) -> dict[str, tuple[Text, Rule]]:
        """Every reading by name: several where the rule is unwritten or contested; the first is the rule's own."""
        return {"as_written": (Text("as written", "按文本"), self)}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """What is wrong with the rule inside its institution."""
        members = institution.ever_members()
        for number, holders in enumerate(stated(self.veto)):
            inside = (number, "value") if is_dated(self.veto) else ()
            for place, member in enumerate(holders):
                if member not in members:
                    what = f"{member} holds a veto but is not a member"
                    yield ("veto", *inside, place), what, "Name a member, or add it to members."

    def holders(self, members: Sequence[str], on: datetime.date) -> list[str]:
        """The members that hold a veto on a day."""
        holding = at(self.veto, on) or ()
        return [member for member in members if member in holding]

    def compile(self, members: Sequence[str], *, on: datetime.date, quorum: Quorum | None = None) -> Game:
        """The rule for these members on a day as one integer game.

        Args:
            members: the electorate, in the order of the game's last axis.
            on: the day at which dated values are read.
            quorum: the organ's quorum, used where the rule has none of its own.

        Raises:
            ValueError: where there are no members, or weights are too large to be counted exactly.
        """
        return join(self.all_parts(members, on=on, quorum=quorum), members)

    def all_parts(self, members: Sequence[str], *, on: datetime.date, quorum: Quorum | None = None) -> list[Part]:
        """Quorum, threshold and veto as linear conditions, in the order in which they are asked.

        Raises:
            ValueError: where there are no members.
        """
        if not members:
            raise ValueError("A rule without members decides nothing.")
        weights = self.weights_of(members, on)
        parts = [presence(each, weights, on) for each in self._quorums(quorum, on)]
        parts.append(self.parts(members, on))
        if holders := self.holders(members, on):
            parts.append(veto([member in holders for member in members]))
        return parts

    def decide(self, ballots: Mapping[str, Choice], *, on: datetime.date, quorum: Quorum | None = None) -> Ruling:
        """The ruling on these ballots (one choice for each member of the electorate), with its reasons.

        Raises:
            ValueError: for a choice that is none of the six, or where there are no ballots.
        """
        unknown = set(ballots.values()) - set(get_args(Choice))
        if unknown:
            raise ValueError(
                f"{', '.join(sorted(unknown))} is no choice; a member's choice is one of {', '.join(get_args(Choice))}."
            )
        ruling = self._rule(ballots, on, quorum)
        flips = self._flips(ballots, on, quorum, adopted=ruling.adopted)
        return replace(ruling, flips=tuple(flips))

    def _quorums(self, organ: Quorum | None, on: datetime.date) -> list[Quorum]:
        asked = self.quorum or organ
        return [] if asked is None else [each for each in asked.each() if each.bound("decide", on)]

    def _rule(self, ballots: Mapping[str, Choice], on: datetime.date, organ: Quorum | None) -> Ruling:
        members = list(ballots)
        tally = Tally(ballots, dict(zip(members, self.weights_of(members, on), strict=True)))
        quorums = tuple(tally.quorum(each, "decide", on) for each in self._quorums(organ, on))
        reached, requirements = self.thresholds(tally, on)
        against = [member for member in self.holders(members, on) if ballots[member] in {"no", "objects"}]
        if not all(requirement.held for requirement in quorums):
            outcome, vetoed = "no_quorum", []
        elif not reached:
            outcome, vetoed = "not_adopted", []
        else:
            outcome, vetoed = ("not_adopted", against) if against else ("adopted", [])
        counts = Counter(ballots.values())
        asked = (*quorums, *requirements)
        return Ruling(outcome, kind_of(type(self)) or "", self.article, counts, asked, tuple(vetoed))

    def _flips(
        self, ballots: Mapping[str, Choice], on: datetime.date, organ: Quorum | None, *, adopted: bool
    ) -> list[str]:
        """Whose single other choice would have changed the outcome, asked of the compiled game in one go."""
        import numpy as np

        from comity.solvers.game import CHOICES

        members = list(ballots)
        others = [CHOICES.index(choice) for choice in (("no", "objects", "absent") if adopted else ("yes", "abstain"))]
        given = np.array([CHOICES.index(choice) for choice in ballots.values()])
        tried = np.tile(given, (len(members) * len(others), 1))
        tried[np.arange(len(tried)), np.repeat(np.arange(len(members)), len(others))] = np.tile(others, len(members))
        changed = self.compile(members, on=on, quorum=organ).adopted(tried) != adopted
        swung = changed.reshape(len(members), len(others)).any(axis=1)
        return [member for member, swings in zip(members, swung, strict=True) if swings]


RULES: Family[Rule] = Family("decision rule", Rule, ("comity.rules",), "comity.rules")
