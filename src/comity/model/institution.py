"""An institution: who belongs, how decisions are taken, what each member owes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, PrivateAttr, model_validator

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.kernel.result import Text
from comity.model.admission import Admission
from comity.model.clause import CLAUSES, Clause
from comity.model.dated import within
from comity.model.instrument import Amending, Arrears, Instrument, Withdrawal
from comity.model.parts import (
    Accession,
    Balance,
    Constituency,
    Fund,
    Id,
    Issue,
    Known,
    Member,
    Organ,
    Prerogatives,
    Source,
    Status,
    actors_of,
    member_code,
)
from comity.model.rule import RULES, Rule
from comity.model.ruling import Choice, Ground, Ruling
from comity.model.threshold import Quorum
from comity.model.weights import Weights

if TYPE_CHECKING:
    from comity.solvers.game import Game


def _whole(value: object) -> object:
    """The version of the format as it is written: ``true`` equals 1 to Python, and is none."""
    return str(value) if isinstance(value, bool) else value


class Institution(Spec):
    """A charter as a value: everything the rooms ask about an institution."""

    ADDED = frozenset({"instruments", "arrears", "amendment", "otherwise"})

    comity: Annotated[Literal[1], BeforeValidator(_whole)]
    """The version of the charter format."""
    title: Text
    """Its name."""
    aliases: tuple[str, ...] = ()
    """Other names."""
    status: Status
    """Whether it is in force, practice without a charter, proposed, rumoured, or history."""
    as_of: Day
    """The day the charter describes, and the default of ``--on``."""
    summary: Text | None = None
    """What it is, in a paragraph."""
    reported: Day | None = None
    """For a rumour: when it was reported."""
    denied_by: Text | None = None
    """For a rumour: who denied it."""
    sources: tuple[Source, ...] = ()
    """The documents it rests on."""
    members: tuple[Member, ...]
    """Who belongs: codes, codes with dates, or constituencies."""
    known: Known | None = None
    """The time for which the list of members is complete; always where absent."""
    admission: dict[Id, Admission] = {}
    """Ways of choosing members by capability; the first is the charter's own."""
    organs: dict[Id, Organ] = {}
    """The bodies that decide and serve."""
    balance: Balance | None = None
    """Limits to what one member may hold."""
    prerogatives: Prerogatives | None = None
    """Structural advantages outside the vote."""
    weights: dict[Id, Weights] = {}
    """Voting weights that several rules share."""
    rules: dict[Id, Annotated[Rule, RULES]]
    """How decisions are taken."""
    issues: dict[Id, Issue] = {}
    """The matters on which it decides."""
    otherwise: Id | None = None
    """The matter as which a question is decided that is not listed among the issues."""
    funds: dict[Id, Fund] = {}
    """Money held in common."""
    clauses: dict[Id, Annotated[Clause, CLAUSES]] = {}
    """What members owe."""
    accession: Accession | None = None
    """How a new member is admitted."""
    exit: Withdrawal | None = None
    """How a member leaves."""
    instruments: dict[Id, Instrument] = {}
    """The texts that states become parties to."""
    arrears: Arrears | None = None
    """When a member in arrears loses its vote."""
    amendment: Amending | None = None
    """How the charter itself is changed."""

    _name: str = PrivateAttr(default="")

    @model_validator(mode="after")
    def _weigh(self) -> Self:
        weighed = {name: rule.weighed(self.weights) for name, rule in self.rules.items()}
        object.__setattr__(self, "rules", weighed)
        return self

    @property
    def name(self) -> str:
        """The name of its file: given by whoever read it, never written in it."""
        return self._name

    def named(self, name: str) -> Institution:
        """The same institution under the name of its file."""
        copy = self.model_copy()
        copy._name = name  # noqa: SLF001 - a copy of itself
        return copy

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical charter: equal law, equal digest."""
        return digest(self)

    def ever_members(self) -> frozenset[str]:
        """Everyone who is, was or will be a member."""
        return frozenset(member_code(member) for member in self.members)

    def members_on(self, on: datetime.date) -> list[str]:
        """The members on a day, in the order of the charter.

        Raises:
            InputError: for a day on which the charter does not know all members.
        """
        return list(dict.fromkeys(member_code(each) for each in self._standing(on)))

    def _standing(self, on: datetime.date) -> list[Member]:
        if self.known and not within(self.known.from_, self.known.until, on):
            span = f"from {self.known.from_ or 'the beginning'} up to {self.known.until or 'now'}"
            raise InputError(f"{self.title.en}: its members on {on} are not known.", mend=f"They are complete {span}.")
        return [each for each in self.members if isinstance(each, str) or within(each.from_, each.until, on)]

    def ever_states(self) -> frozenset[str]:
        """Every state and body that is, was or will be a member, alone or in a constituency."""
        return frozenset(state for member in self.members for state in actors_of(member))

    def states_on(self, on: datetime.date) -> list[str]:
        """The states and bodies behind the members on a day: those of a constituency one by one.

        Raises:
            InputError: for a day on which the charter does not know all members.

        Example:
            >>> import comity
            >>> gcf = comity.load("gcf")
            >>> len(gcf.members_on(gcf.as_of)), len(gcf.states_on(gcf.as_of))
            (7, 197)
        """
        return list(dict.fromkeys(state for each in self._standing(on) for state in actors_of(each)))

    def member_title(self, member: str) -> Text | None:
        """The name of a constituency, where the charter gives one; None for an actor."""
        for each in self.members:
            if isinstance(each, Constituency) and each.constituency == member:
                return each.title or Text(member)
        return None

    def rule(self, name: str) -> Rule:
        """One decision rule.

        Raises:
            UnknownName: where the charter has no such rule, with near ones.
        """
        if name not in self.rules:
            raise UnknownName(f"rule in {self.name or 'this charter'}", name, list(self.rules))
        return self.rules[name]

    def rule_of(self, matter: str) -> str:
        """The rule that decides a matter.

        Raises:
            UnknownName: where the charter has no such issue, with near ones.
        """
        if matter not in self.issues:
            raise UnknownName(f"matter in {self.name or 'this charter'}", matter, list(self.issues))
        return self.issues[matter].rule

    def matter(self, *names: str) -> str | None:
        """The matter as which a question is decided: the first of these names that is listed, else ``otherwise``.

        Example:
            >>> import comity
            >>> comity.load("unsc").matter("middle_east", "enforcement"), comity.load("g7").matter("energy")
            ('enforcement', 'declaration')
        """
        return next((name for name in names if name in self.issues), self.otherwise)

    def readings(self, rule: str) -> dict[str, Text]:
        """The readings of a rule: one, or several where it is unwritten or contested."""
        return {name: title for name, (title, _) in self.rule(rule).readings().items()}

    def quorum(self, rule: str) -> Quorum | None:
        """The quorum under which a rule decides: its own, else that of the organ whose issues it decides."""
        own = self.rule(rule).quorum
        if own is not None:
            return own
        organs = {issue.organ for issue in self.issues.values() if issue.rule == rule}
        quorums = [self.organs[organ].quorum for organ in sorted(organs) if organ in self.organs]
        return next((quorum for quorum in quorums if quorum is not None), None)

    def game(self, rule: str, on: datetime.date, reading: str | None = None) -> Game:
        """A rule as the members of a day would play it.

        Args:
            rule: the name of the rule.
            on: the day at which membership and dated values are read.
            reading: one of :meth:`readings`; the rule's own where absent.

        Raises:
            UnknownName: for a rule or reading that is not there.
            InputError: where the rule cannot be applied on that day: nobody is a member, a threshold or weight is
                not stated, or the weights are too large to be counted exactly.
        """
        chosen = self._read(rule, reading)
        try:
            return chosen.compile(self.members_on(on), on=on, quorum=self.quorum(rule))
        except ValueError as error:
            what = f"The rule '{rule}' of {self.title.en} cannot be applied on {on}: {error}"
            raise InputError(what, mend="Mend the charter, or choose another day.") from None

    def decide(
        self,
        rule: str,
        ballots: Mapping[str, Choice],
        *,
        on: datetime.date,
        reading: str | None = None,
        excluded: Mapping[str, Ground] | None = None,
        members: Sequence[str] | None = None,
    ) -> Ruling:
        """The ruling on these ballots, with all readings of the rule and what may follow.

        Args:
            rule: the name of the rule.
            ballots: the choice of every member of the day.
            on: the day at which membership and dated values are read.
            reading: the reading whose outcome is the ruling's; the rule's own where absent.
            excluded: members with the ground on which they have no vote; only grounds that the rule names count.
            members: those with rights, where events changed them; the written members of the day where absent.

        Raises:
            UnknownName: for a rule or reading that is not there.
            InputError: for ballots of others than the members of the day, and where the rule cannot be applied.
        """
        chosen, quorum = self._read(rule, reading), self.quorum(rule)
        members = self.members_on(on) if members is None else list(members)
        if set(ballots) != set(members):
            odd = ", ".join(sorted(set(ballots) ^ set(members)))
            raise InputError(f"{odd}: ballots and the members on {on} differ.", mend="Give one choice a member.")
        cast: dict[str, Choice] = {member: ballots[member] for member in members}
        try:
            ruling = chosen.decide(cast, on=on, quorum=quorum, excluded=excluded)
        except ValueError as error:
            raise InputError(f"The rule '{rule}' of {self.title.en}: {error}", mend="Mend the ballots.") from None
        standing = chosen.standing(cast, excluded or {})
        several = self.rule(rule).readings()
        own = reading or next(iter(several))
        readings = {
            name: ruling.outcome if name == own else each.verdict(standing, on, quorum)[0]
            for name, (_, each) in several.items()
        }
        remedy = ruling.remedy
        if remedy and remedy.what == "second_vote":
            remedy = replace(remedy, rule=rule)
        elif remedy and remedy.rule in self.rules:
            back = self.rules[remedy.rule].verdict(standing, on, self.quorum(remedy.rule))
            remedy = replace(remedy, outcome=back[0])
        contested = ruling.contested or len(set(readings.values())) > 1
        return replace(ruling, name=rule, readings=readings, contested=contested, remedy=remedy)

    def _read(self, rule: str, reading: str | None) -> Rule:
        readings = self.rule(rule).readings()
        if reading is not None and reading not in readings:
            raise UnknownName(f"reading of the rule '{rule}'", reading, list(readings))
        return readings[reading][1] if reading else self.rule(rule)
