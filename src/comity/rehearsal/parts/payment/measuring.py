"""What a payment on results changes, run by run on the same chances: promises kept, worth, and what is paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Text
from comity.rehearsal.parts.holding.measuring import Held

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.solvers.paired import Difference

NONE, WRITTEN = "none", "written"
"""Settings: no payment at all; the payments of the charter's clauses. Other settings add an amount on every text."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Paid:
    """One way of playing under one payment.

    Attributes:
        setting: no payment, that of the charter, or what is paid on every text beside it.
        title: what a reader calls the setting.
        held: the games.
        bare: the same games without any payment.
    """

    setting: str
    title: Text
    held: Held
    bare: Held

    def kept(self) -> Difference | None:
        """How much more of what falls due is kept, run by run; None where nothing falls due in both games of a run."""
        one, other = (_shares(each) for each in (self.bare, self.held))
        both = ~(_missing(one) | _missing(other))
        return _apart(one[both], other[both]) if both.sum() >= 2 else None

    def worth(self) -> Difference:
        """How much more the games are worth to all members at present value, in millions."""
        return _apart(*(each.runs.present.sum(axis=1) for each in (self.bare, self.held)))

    def spent(self) -> Difference:
        """How much more is paid on results, in millions."""
        return _apart(self.bare.runs.paid, self.held.runs.paid)


def _apart(one: NDArray[Any], other: NDArray[Any]) -> Difference:
    from comity.solvers.paired import difference

    return difference(one, other, CONFIDENCE)


def _missing(values: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.isnan(values)


def _shares(held: Held) -> NDArray[Any]:
    """By run, the share of promises kept of those due; not a number where none is due."""
    import numpy as np

    due, kept = held.runs.due.sum(axis=1), held.runs.kept.sum(axis=1)
    return np.where(due > 0, kept / np.maximum(due, 1), np.nan)
