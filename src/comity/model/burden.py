"""A burden rule: how a common cost is shared among members."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.family import Family, Spec
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Burden(Spec):
    """How a common cost is shared. Members of the family live in ``comity.burdens``, one file each."""

    @abstractmethod
    def shares(self, capacity: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The share of each member, summing to one, from the capacity figures the rule reads."""
        raise NotImplementedError

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """What is wrong with the rule inside its institution."""
        del institution
        return ()


BURDENS: Family[Burden] = Family("burden rule", Burden, ("comity.burdens",), "comity.burdens")
