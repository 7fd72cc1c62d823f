"""Instruments: texts that bind or commit, and how states come to be parties and cease to be.

The vocabulary is that of the Vienna Convention on the Law of Treaties (1969): signature, consent to be bound, entry
into force, reservation, amendment, withdrawal. Communiqués of the G7, G20 and BRICS stand outside it: their
``legal_force`` is ``politically_binding`` or ``none``, and of them the program never says "breach".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Duration, Exact
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.threshold import Bound
from comity.model.weights import Code, NamedWeights, Weights

if TYPE_CHECKING:
    from typing import Self

LegalForce = Literal["binding", "politically_binding", "none"]
Deed = Literal["signed", "deposited", "withdrawal_notified", "withdrawal_revoked", "objected"]
"""What a state did to an instrument: ``deposited`` covers ratification, acceptance, approval and accession."""


class Withdrawal(Fact):
    """How a party or member leaves: from when it may, after what notice, on what conditions.

    Source:
        Vienna Convention on the Law of Treaties, Articles 54 and 56; Paris Agreement, Article 28; Constitution of
        UNESCO, Article II(6); Articles of Agreement of the IMF, Article XXVI, section 1.

    Example:
        >>> paris = Withdrawal(not_before="3 years", notice="1 year")
        >>> paris.effect(datetime.date(2019, 11, 4), bound_since=datetime.date(2016, 11, 4))
        datetime.date(2020, 11, 4)
        >>> paris.effect(datetime.date(2019, 11, 3), bound_since=datetime.date(2016, 11, 4)) is None
        True
    """

    ADDED = frozenset({"not_before", "effective", "settled", "follows", "after", "unless"})

    notice: Duration | None = None
    """The time from the receipt of the notice to its effect; at once where absent."""
    not_before: Duration | None = None
    """The time, from when the party became bound, before which no notice can be given."""
    effective: Literal["after_notice", "end_of_year", "end_of_following_year"] = "after_notice"
    """Whether the effect comes when the notice has run, or on 31 December of the same or of the following year."""
    settled: bool = False
    """Whether obligations must have been paid before the withdrawal takes effect."""
    follows: tuple[str, ...] = ()
    """Bodies or instruments whose loss means the loss of this one."""
    after: Duration | None = None
    """The time between their loss and the loss of this one; at once where absent."""
    unless: str | None = None
    """The rule by which the others may let the member stay all the same."""

    def effect(self, received: datetime.date, *, bound_since: datetime.date | None = None) -> datetime.date | None:
        """The day on which a notice received on a day takes effect; None where it came too early and is void.

        Args:
            received: the day on which the depositary received the notice.
            bound_since: the day on which the instrument entered into force for the party.
        """
        if self.not_before and bound_since and received < self.not_before.after(bound_since):
            return None
        if self.effective != "after_notice":
            return datetime.date(received.year + (self.effective == "end_of_following_year"), 12, 31)
        return self.notice.after(received) if self.notice else received


class ShareOf(Bound):
    """A share of a weight that those who have deposited must reach (55 % of emissions, 50 % of tonnage)."""

    of: Literal["total_weight"] = "total_weight"
    """What the share is a share of."""


class EntryIntoForce(Spec):
    """When an instrument enters into force: so many deposits, from whom, with what share, and the delay after it.

    Source:
        Vienna Convention, Article 24; Paris Agreement, Article 21; Charter of the United Nations, Article 108.

    Example:
        >>> rule = EntryIntoForce(deposits=2, delay="30 days")
        >>> rule.met({"FJI": datetime.date(2024, 1, 3), "USA": datetime.date(2024, 1, 25)}, ["FJI", "USA", "JPN"], None)
        datetime.date(2024, 1, 25)
    """

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    deposits: Annotated[int, Field(ge=1)] | None = None
    """How many must have consented to be bound."""
    of_members: Exact | None = None
    """The share of those entitled that must have consented to be bound."""
    including: tuple[Code, ...] = ()
    """States whose consent is needed in any case."""
    share: ShareOf | None = None
    """The share of the weight that they must represent."""
    weights: NamedWeights | None = None
    """The weight of each state, for the share."""
    delay: Duration | None = None
    """The time from the condition to the entry into force."""
    on: Day | None = None
    """A fixed day instead of conditions."""

    @model_validator(mode="after")
    def _some_condition(self) -> Self:
        if not (self.deposits or self.of_members or self.including or self.share or self.on):
            context = {"what": "asks for nothing", "mend": "Write deposits: 55, a share, including, or a day."}
            raise PydanticCustomError("entry", "{what}", context)
        return self

    def met(
        self, deposits: Mapping[str, datetime.date], entitled: Sequence[str], weights: Weights | None
    ) -> datetime.date | None:
        """The day on which the condition was met by deposits made so far; None where it is not.

        Args:
            deposits: the day of deposit of each state, withdrawn ones left out.
            entitled: those who may become parties.
            weights: the weights for the share, where one is asked for.
        """
        if self.on is not None:
            return self.on
        for day in sorted(set(deposits.values())):
            if all(each.held for each in self.conditions(deposits, entitled, weights, day)):
                return day
        return None

    def conditions(
        self,
        deposits: Mapping[str, datetime.date],
        entitled: Sequence[str],
        weights: Weights | None,
        on: datetime.date,
    ) -> list[Condition]:
        """Each thing asked for, and how much of it was there on a day."""
        there = [state for state, day in deposits.items() if day <= on]
        found = list[Condition]()
        if self.deposits:
            found.append(Condition("deposits", Fraction(len(there)), Fraction(self.deposits)))
        if self.of_members:
            inside = Fraction(sum(state in entitled for state in there))
            found.append(Condition("of_members", inside, self.of_members * len(entitled)))
        if self.including:
            inside = Fraction(sum(state in there for state in self.including))
            found.append(Condition("including", inside, Fraction(len(self.including))))
        if self.share and weights is not None:
            bound, strict = self.share.bound(on)
            stated = dict(zip(weights.values, weights.on(list(weights.values), on), strict=True))
            reached = sum((stated.get(state, Fraction(0)) for state in there), Fraction(0))
            found.append(Condition("share", reached, bound * sum(stated.values(), Fraction(0)), strict))
        return found

    def effect(self, met: datetime.date) -> datetime.date:
        """The day of entry into force, from the day on which the condition was met."""
        return self.delay.after(met) if self.delay and self.on is None else met


@dataclass(frozen=True)
class Condition:
    """One thing that entry into force asks for.

    Attributes:
        what: ``deposits``, ``of_members``, ``including`` or ``share``.
        reached: how much was there.
        required: how much is asked for.
        strict: whether more than that is asked for.
    """

    what: str
    reached: Fraction
    required: Fraction
    strict: bool = False

    @property
    def held(self) -> bool:
        """Whether it is met."""
        return self.reached > self.required if self.strict else self.reached >= self.required


class Joining(Spec):
    """From when those are bound who join after the entry into force."""

    delay: Duration | None = None
    """The time from their deposit."""


class Amending(Spec):
    """How an instrument is changed: by whom adopted, and when the change enters into force."""

    rule: str
    """The rule by which an amendment is adopted."""
    entry_into_force: EntryIntoForce | None = None
    """What it takes to enter into force; at once where absent."""
    binds: Literal["all", "accepting"] = "accepting"
    """Whether it then binds all parties, or those that accepted it."""


class Recorded(Fact):
    """One dated act of a state that is on record."""

    kind: Deed
    """What it did."""
    by: Code
    """Which state."""
    on: Day
    """The day on which the depositary received it."""


class Instrument(Fact):
    """A text with its life: who is a party, since when, and how they leave."""

    title: Text | None = None
    """Its name for a reader."""
    legal_force: LegalForce = "binding"
    """Whether it binds in law."""
    adopted: Day | None = None
    """The day on which the text was adopted."""
    entry_into_force: EntryIntoForce | None = None
    """When it enters into force; with its adoption where absent."""
    joining: Joining | None = None
    """From when later parties are bound; as at entry into force where absent."""
    withdrawal: Withdrawal | None = None
    """How a party leaves; where absent the text is silent (Vienna Convention, Article 56: twelve months if at all)."""
    amendment: Amending | None = None
    """How it is changed."""
    reservations: Literal["permitted", "prohibited"] = "permitted"
    """Whether reservations may be made (Vienna Convention, Article 19)."""
    provisional: bool = False
    """Whether it may be applied provisionally (Vienna Convention, Article 25)."""
    history: tuple[Recorded, ...] = ()
    """What states did to it so far."""


class Arrears(Fact):
    """When a member in arrears loses its vote.

    Source:
        Charter of the United Nations, Article 19: arrears that equal or exceed the contributions due for the preceding
        two full years; the Assembly may permit the member to vote if the failure is due to conditions beyond its
        control.
    """

    years: Annotated[int, Field(ge=1)] = 2
    """The number of preceding full years whose contributions the arrears must reach."""
    permits: str | None = None
    """The rule by which the body may let the member vote all the same."""
