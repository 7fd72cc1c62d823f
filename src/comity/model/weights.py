"""Voting weights: what each member weighs, stated once or dated, with their origin."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Discriminator, Field, Tag

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.dated import DatedShare, at
from comity.model.fact import Fact

if TYPE_CHECKING:
    from comity.model.institution import Institution

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
