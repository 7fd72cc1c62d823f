"""Consensus: adopted unless a member objects."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from comity.kernel.result import Text
from comity.model.compiled import ABSENT, ABSTAIN, AGAINST, NOT_PARTICIPATING, YES, Part, Row, all_of
from comity.model.rule import Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally

Objection = Literal["members_present", "all_members"]


def _claimed(value: Any) -> str:
    return "(readings)" if isinstance(value, list | tuple) else "(disputed)"


Contested = Annotated[
    Annotated[tuple[Objection, ...], Tag("(readings)")] | Annotated[bool | None, Tag("(disputed)")],
    Discriminator(_claimed),
]
"""Other readings, or only that the rule is disputed."""

WORDS: dict[Objection, Text] = {
    "members_present": Text(
        "consensus of those present: only a member present can object", "在场者协商一致：只有在场成员可以反对"
    ),
    "all_members": Text(
        "consensus of all members: an absent member has not consented", "全体成员协商一致：缺席成员视为未同意"
    ),
}


class Consensus(Rule):
    """A decision is taken when no member formally objects, or no more than ``minus`` members do.

    Under ``members_present`` an absent member cannot object and stops nothing; under ``all_members`` the consent of
    every member is asked for, so that an empty chair blocks. Abstaining and not taking part are no objections; a "no"
    where a vote is taken all the same counts as one. Where practice is unwritten or contested, ``readings`` names the
    other readings that members claim, and every analysis shows them side by side.

    Source:
        WTO Agreement, Article IX:1, footnote 1 (members present); on the readings, the dispute on the Johannesburg
        declaration of the G20, November 2025.

    Example:
        >>> import datetime
        >>> rule = Consensus(objection="members_present")
        >>> rule.decide({"ARG": "objects", "BRA": "yes", "USA": "absent"}, on=datetime.date(2025, 11, 22)).outcome
        'not_adopted'
    """

    ADDED = frozenset({"minus"})

    ALWAYS = frozenset({"contested"})

    kind: Literal["consensus"] = "consensus"
    """The kind of rule."""
    objection: Objection
    """Whose objection defeats consensus."""
    minus: Annotated[int, Field(ge=0)] = 0
    """How many objections do not count: 1 for consensus minus one."""
    contested: Contested = ()  # pyright: ignore[reportIncompatibleVariableOverride]
    """Other readings that are claimed in practice; true where the rule is disputed without another reading."""

    def readings(self) -> dict[str, tuple[Text, Rule]]:
        """The rule's own reading first, then the others that are claimed."""
        claimed = self.contested if isinstance(self.contested, tuple) else ()
        names: list[Objection] = [self.objection, *(each for each in claimed if each != self.objection)]
        return {str(name): (WORDS[name], self.model_copy(update={"objection": name})) for name in names}

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """No objection that counts, and somebody present to consent."""
        del on
        against = (*AGAINST, ABSENT) if self.objection == "all_members" else AGAINST
        few_against = Row(dict.fromkeys(against, [-1] * len(members)), -self.minus, "threshold")
        somebody = Row(dict.fromkeys((YES, ABSTAIN, NOT_PARTICIPATING), [1] * len(members)), 1, "threshold")
        return all_of(few_against, somebody)

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Consent is everything that is not an objection (and not an absence, where all members must consent)."""
        del on
        name = "members" if self.objection == "all_members" else "present"
        base, some = tally.base(name), tally.some_consent()
        asked = Requirement("threshold", name, base, some.reached, max(base - self.minus, Fraction(0)))
        return asked.held and some.held, (asked,) if some.held else (asked, some)
