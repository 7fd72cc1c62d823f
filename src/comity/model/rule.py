"""A decision rule: how the choices of members become a decision, explained and compiled.

The explained way (:meth:`Rule.decide`) counts in exact fractions and gives reasons; the compiled way
(:meth:`Rule.compile`) gives the integer game that power, win sets and campaigns read. They are written apart, and a
law in the tests holds them equal.
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast, get_args

from pydantic import Discriminator, Field, Tag

from comity.kernel.errors import InputError
from comity.kernel.family import Family, Spec, kind_of
from comity.kernel.quantity import Duration
from comity.kernel.result import Text
from comity.model.compiled import Part, consent, join, presence, spread, veto
from comity.model.dated import Period, at, is_dated, stated, which
from comity.model.fact import Fact
from comity.model.ruling import Choice, Ground, Outcome, Remedy, Requirement, Ruling
from comity.model.swing import Swings
from comity.model.tally import Tally
from comity.model.threshold import Quorum
from comity.model.weights import Code, Complaint, Weights

if TYPE_CHECKING:
    from comity.model.institution import Institution
    from comity.solvers.game import Game


class HoldersPeriod(Period):
    """Members that a rule named for a time."""

    value: tuple[Code, ...]
    """The members that it named."""


Holders = Annotated[
    Annotated[tuple[Code, ...], Tag("(value)")]
    | Annotated[tuple[HoldersPeriod, ...], Field(min_length=1), Tag("(periods)")],
    Discriminator(which),
]
"""Members, or the lists of members they were, each with its period."""


class Fallback(Spec):
    """The rule that decides where another has not carried."""

    rule: str
    """The name of the rule of the same charter."""
    after: Duration | None = None
    """The time that must have passed before."""


class Rule(Fact):
    """How a body decides. Members of the family live in ``comity.rules``, one file each."""

    ADDED = frozenset({"among", "approval", "exclude", "abstains", "fallback", "contested", "note"})

    title: Text | None = None
    """Its name for a reader."""
    article: str = ""
    """The article it rests on."""
    quorum: Quorum | None = None
    """The presence this rule asks for; the organ's quorum where absent."""
    veto: Holders = ()
    """Members whose negative vote stops what was otherwise adopted."""
    among: Holders = ()
    """The class of members that counts (founders, developed countries); all where absent. Quorums count everybody."""
    approval: Holders = ()
    """Members whose yes is a condition of the rule; lacking it is never called a veto."""
    exclude: tuple[Ground, ...] = ()
    """The grounds on which a member loses its vote and leaves the electorate."""
    abstains: tuple[Ground, ...] = ()
    """The grounds on which a member must abstain and stays in the electorate (UN Charter, Article 27(3))."""
    fallback: Fallback | None = None
    """The rule that decides where this one has not carried."""
    contested: bool | None = None
    """Whether the rule is unwritten practice or disputed."""
    note: Text | None = None
    """What a reader should know of it: what is disputed, what is practice."""

    ASKS_PRESENCE: ClassVar[bool] = True
    """Whether the organ's quorum binds this kind of rule; a silence procedure needs no meeting."""

    @abstractmethod
    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The threshold as linear conditions over these members, without quorum, approval and veto."""
        raise NotImplementedError

    @abstractmethod
    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether the threshold is reached by this tally, and each requirement met or not."""
        raise NotImplementedError

    def weights_of(self, members: Sequence[str], on: datetime.date) -> list[Fraction]:
        """The weight with which each member counts: one each, unless the rule or one inside it weighs."""
        weighing = next((rule for _, rule in self.inside() if rule.weighs), None)
        return [Fraction(1)] * len(members) if weighing is None else weighing.weights_of(members, on)

    @property
    def weighs(self) -> bool:
        """Whether members count with weights of their own."""
        return hasattr(self, "weights") or any(rule.weighs for _, rule in self.inside())

    def inside(self) -> Iterator[tuple[tuple[str | int, ...], Rule]]:
        """The rules written inside this one, each with its place."""
        for name, value in self:
            if isinstance(value, Rule):
                yield (name,), value
            elif isinstance(value, tuple):
                entries = enumerate(cast("tuple[object, ...]", value))
                yield from (((name, place), each) for place, each in entries if isinstance(each, Rule))

    def weighed(self, declared: Mapping[str, Weights]) -> Rule:
        """The rule with weights in the place of their name, where it or a rule inside names declared weights."""
        named = getattr(self, "weights", None)
        changed: dict[str, Any] = {"weights": declared[named]} if isinstance(named, str) and named in declared else {}
        for (name, *place), rule in self.inside():
            weighed = rule.weighed(declared)
            changed[str(name)] = (*changed.get(str(name), ()), weighed) if place else weighed
        return self.model_copy(update=changed) if changed else self

    def readings(self) -> dict[str, tuple[Text, Rule]]:
        """Every reading by name: several where the rule is unwritten or contested; the first is the rule's own."""
        return {"as_written": (Text("as written", "按文本"), self)}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """What is wrong with the rule inside its institution."""
        members = institution.ever_members()
        for name, words in _NAMES.items():
            named = getattr(self, name)
            for number, codes in enumerate(stated(named)):
                place = (name, number, "value") if is_dated(named) else (name,)
                for position, code in enumerate(codes):
                    if code not in members:
                        what = f"{code} {words} but is not a member"
                        yield (*place, position), what, "Name a member, or add it to members."
        for place, rule in self.inside():
            for name in (name for name in _OF_THE_WHOLE if getattr(rule, name)):
                yield (*place, name), f"{name} says nothing inside another rule", "Write it on the whole rule."
            yield from (((*place, *path), what, mend) for path, what, mend in rule.problems(institution))

    def counted(self, members: Sequence[str], on: datetime.date) -> list[str]:
        """The members that the rule counts on a day: all, or those of the class it names.

        Raises:
            InputError: where no period of a dated class covers the day.
        """
        named = at(self.among, on)
        if named is None:
            raise InputError(f"Who counts is not stated for {on}.", mend="Add a period to among that covers the day.")
        return [member for member in members if member in named] if named else list(members)

    def holders(self, members: Sequence[str], on: datetime.date) -> list[str]:
        """The members that hold a veto on a day."""
        holding = at(self.veto, on) or ()
        return [member for member in members if member in holding]

    def approving(self, members: Sequence[str], on: datetime.date) -> list[str]:
        """The members whose yes is a condition on a day."""
        asked = at(self.approval, on) or ()
        return [member for member in members if member in asked]

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
        """Quorum, threshold, approval and veto as linear conditions, in the order in which they are asked.

        Raises:
            ValueError: where there are no members.
        """
        if not members:
            raise ValueError("A rule without members decides nothing.")
        asked = self._quorums(quorum, on)
        weights = self.weights_of(members, on) if any(each.of == "weight" for each in asked) else []
        return [presence(each, weights or [Fraction(1)] * len(members), on) for each in asked] + self.conditions(
            members, on
        )

    def conditions(self, members: Sequence[str], on: datetime.date) -> list[Part]:
        """Threshold, approval and veto over these members: all that is asked beside a quorum."""
        counted = self.counted(members, on)
        threshold = self.parts(counted, on)
        found = [threshold if len(counted) == len(members) else spread(threshold, members, counted)]
        if approving := self.approving(members, on):
            found.append(consent([member in approving for member in members]))
        if holders := self.holders(members, on):
            found.append(veto([member in holders for member in members]))
        return found

    def reached(self, ballots: Mapping[str, Choice], on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether these ballots reach threshold and approval, and each requirement met or not."""
        members = list(ballots)
        counted = self.counted(members, on)
        weights = dict(zip(counted, self.weights_of(counted, on), strict=True))
        tally = Tally(ballots if len(counted) == len(members) else {each: ballots[each] for each in counted}, weights)
        reached, asked = self.thresholds(tally, on)
        if len(counted) < len(members):
            asked = tuple(replace(each, among=each.among or tuple(counted)) for each in asked)
        if approving := self.approving(members, on):
            given = Fraction(sum(ballots[member] == "yes" for member in approving))
            every = Fraction(len(approving))
            approval = Requirement("threshold", "approval", every, given, every, among=tuple(approving))
            reached, asked = reached and approval.held, (*asked, approval)
        return reached, asked

    def carries(self, ballots: Mapping[str, Choice], on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether it carries as a condition of a larger rule: threshold, approval and veto, whatever the presence."""
        reached, asked = self.reached(ballots, on)
        holders, against = self.holders(list(ballots), on), self.vetoing(ballots, on)
        if holders:
            every = Fraction(len(holders))
            asked = (*asked, Requirement("veto", "members", every, every - len(against), every, among=tuple(holders)))
        return reached and not against, asked

    def verdict(
        self, ballots: Mapping[str, Choice], on: datetime.date, organ: Quorum | None = None
    ) -> tuple[Outcome, tuple[Requirement, ...], tuple[str, ...]]:
        """The outcome, every requirement met or not, and who vetoed: asked in the order quorum, threshold, veto."""
        quorums = self._presence(ballots, on, organ)
        reached, asked = self.reached(ballots, on)
        if not all(each.held for each in quorums):
            return "no_quorum", (*quorums, *asked), ()
        vetoed = self.vetoing(ballots, on) if reached else ()
        return "adopted" if reached and not vetoed else "not_adopted", (*quorums, *asked), vetoed

    def vetoing(self, ballots: Mapping[str, Choice], on: datetime.date) -> tuple[str, ...]:
        """The holders of a veto who vote or object against."""
        return tuple(member for member in self.holders(list(ballots), on) if ballots[member] in {"no", "objects"})

    def standing(self, ballots: Mapping[str, Choice], excluded: Mapping[str, Ground]) -> dict[str, Choice]:
        """The ballots that count: without those who have no vote, and with those abstaining who must abstain."""
        return {
            member: _abstaining(choice) if excluded.get(member) in self.abstains else choice
            for member, choice in ballots.items()
            if excluded.get(member) not in self.exclude
        }

    def decide(
        self,
        ballots: Mapping[str, Choice],
        *,
        on: datetime.date,
        quorum: Quorum | None = None,
        excluded: Mapping[str, Ground] | None = None,
    ) -> Ruling:
        """The ruling on these ballots (one choice for each member), with its reasons.

        Args:
            ballots: the choice of each member.
            on: the day at which dated values are read.
            quorum: the organ's quorum, used where the rule has none of its own.
            excluded: members with the ground on which they have no vote; only grounds that the rule names count.

        Raises:
            ValueError: for a choice or ground that there is not, or where nobody has a vote.
        """
        _possible("choice", ballots.values(), get_args(Choice))
        grounds: Mapping[str, Ground] = excluded or {}
        _possible("ground", grounds.values(), get_args(Ground))
        lost: dict[str, Ground] = {
            member: ground for member, ground in grounds.items() if ground in (*self.exclude, *self.abstains)
        }
        cast = self.standing(ballots, lost)
        outcome, asked, vetoed = self.verdict(cast, on, quorum)
        if not cast:
            raise ValueError("A rule without members decides nothing.")
        free = tuple(member for member in cast if member not in lost)
        return Ruling(
            outcome,
            kind_of(type(self)) or "",
            self.article,
            Counter(cast.values()),
            asked,
            vetoed,
            electorate=tuple(cast),
            excluded=lost,
            not_bound=self.not_bound(cast) if outcome == "adopted" else (),
            contested=self.contested is True,
            remedy=self.remedy(asked) if outcome == "not_adopted" else None,
            swings=Swings(lambda: self.compile(list(cast), on=on, quorum=quorum), cast, free),
        )

    def not_bound(self, ballots: Mapping[str, Choice]) -> tuple[str, ...]:
        """The members that a decision taken by these ballots does not bind."""
        del ballots
        return ()

    def remedy(self, asked: Sequence[Requirement]) -> Remedy | None:
        """What may follow where the rule did not carry."""
        del asked
        back = self.fallback
        return None if back is None else Remedy("fallback", back.rule, str(back.after or ""))

    def _quorums(self, organ: Quorum | None, on: datetime.date) -> list[Quorum]:
        asked = self.quorum or (organ if self.ASKS_PRESENCE else None)
        return [] if asked is None else [each for each in asked.each() if each.bound("decide", on)]

    def _presence(
        self, ballots: Mapping[str, Choice], on: datetime.date, organ: Quorum | None
    ) -> tuple[Requirement, ...]:
        asked = self._quorums(organ, on)
        by_weight = any(each.of == "weight" for each in asked)
        weights = dict(zip(ballots, self.weights_of(list(ballots), on), strict=True)) if by_weight else {}
        tally = Tally(ballots, weights)
        return tuple(tally.quorum(each, "decide", on) for each in asked)


_NAMES = {"veto": "holds a veto", "among": "is to be counted", "approval": "is to approve"}
"""The fields of a rule that name members, and what a member named there does."""
_OF_THE_WHOLE = ("quorum", "exclude", "abstains", "fallback", "contested")
"""The fields that concern a whole decision and not one of its conditions."""


def _possible(word: str, given: Iterable[str], known: Sequence[str]) -> None:
    """Refuse words that are none.

    Raises:
        ValueError: for a choice or ground that there is not, with those there are.
    """
    if unknown := set(given) - set(known):
        listed = f"a member's {word} is one of {', '.join(known)}"
        raise ValueError(f"{', '.join(sorted(unknown))} is no {word}; {listed}.")


def _abstaining(choice: Choice) -> Choice:
    """What the choice of a member that must abstain counts as."""
    return choice if choice in {"absent", "not_participating"} else "abstain"


RULES: Family[Rule] = Family("decision rule", Rule, ("comity.rules",), "comity.rules")
