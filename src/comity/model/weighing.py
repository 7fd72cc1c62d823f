"""Rules by which members vote with weights: what all of them share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.model.rule import Rule
from comity.model.weights import Complaint, NamedWeights, weights_problems

if TYPE_CHECKING:
    from comity.model.institution import Institution


class WeighingRule(Rule):
    """A rule whose members count with weights of their own, written in it or named and declared by the charter."""

    weights: NamedWeights
    """The weight of each member."""

    def weights_of(self, members: Sequence[str], on: datetime.date) -> list[Fraction]:
        """The weight with which each member counts on a day.

        Raises:
            InputError: where a member has no weight on the day, or the rule only names weights, outside the charter
                that declares them.
        """
        if isinstance(self.weights, str):
            raise InputError(f"The weights '{self.weights}' are not declared.", mend="Read the rule with its charter.")
        return self.weights.on(members, on)

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Weights for those who are no members, members without weight, and what every rule checks."""
        yield from super().problems(institution)
        yield from weights_problems(self.weights, institution)
