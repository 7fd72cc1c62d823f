"""What a way of playing comes to: promises kept, survival of membership and of promises, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Text
from comity.rehearsal.parts.campaign.figures import Estimate
from comity.rehearsal.parts.campaign.gathering import mean, ratio, wilson
from comity.rehearsal.parts.holding.playing import Runs

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Held:
    """One way of playing, rehearsed.

    Attributes:
        way: how it is written.
        title: what a reader calls it.
        runs: its games, run by run.
        rounds: how many rounds each had.
    """

    way: str
    title: Text
    runs: Runs
    rounds: int

    @property
    def number(self) -> int:
        """How many games there are."""
        return len(self.runs.left)

    def share(self, hits: int) -> Estimate:
        """A share of runs with its interval (Wilson)."""
        value, (low, high) = hits / self.number, wilson(hits, self.number)
        return Estimate(value, min(low, value), max(high, value))

    def kept(self, promise: str = "") -> Estimate | None:
        """The share of promises kept of those due, under one name or of all; None where none fell due.

        **Source**: Cochran (1977), Sampling Techniques, third edition, section 6.4: runs differ in how many fall due.
        """
        import numpy as np

        runs = self.runs
        places = slice(None) if not promise else [runs.promises.index(promise)]
        done, due = runs.kept[:, places].sum(axis=1), runs.due[:, places].sum(axis=1)
        products = ((done, 1), (due, 1), (done, done), (due, due), (done, due))
        found = ratio(np.array([(one * other).sum() for one, other in products]), self.number)
        if found is None:
            return None
        value, half = found
        if not 0 < value < 1:  # no run differs from another: bounded as a share of runs
            return self.share(self.number * round(value))
        return Estimate(value, max(value - half, 0.0), min(value + half, 1.0))

    @cached_property
    def due(self) -> tuple[str, ...]:
        """The promises of which any fell due."""
        there = self.runs.due.sum(axis=0) > 0
        return tuple(name for name, any_ in zip(self.runs.promises, there, strict=True) if any_)

    @cached_property
    def breach(self) -> NDArray[Any]:
        """By run, the round in which the first promise was broken by choice; 0 where none was."""
        import numpy as np

        first = np.where(self.runs.breach > 0, self.runs.breach, self.rounds + 1).min(axis=1)
        return np.where(first > self.rounds, 0, first)

    def first(self, promise: str = "") -> NDArray[Any]:
        """By run, the round of the first breach of one promise, or of any; 0 where there was none."""
        return self.runs.breach[:, self.runs.promises.index(promise)] if promise else self.breach

    def unbroken(self, promise: str = "") -> Estimate:
        """The share of runs in which a promise, or every promise, was never broken by choice."""
        return self.share(int((self.first(promise) == 0).sum()))

    def whole(self) -> Estimate:
        """The share of runs in which no member has left by the end."""
        return self.share(int((self.runs.left == 0).sum()))

    def half(self, promise: str = "") -> int | None:
        """The first round by which at least half of the runs have seen a breach; None where so many never do."""
        for round_, each in self.lives(self.first(promise)):
            if each.value <= 0.5:
                return round_
        return None

    def lives(self, event: NDArray[Any]) -> Iterator[tuple[int, Estimate]]:
        """By round, the share of runs to which something has not happened by its end.

        Args:
            event: by run, the round in which it happens; 0 where it does not.
        """
        import numpy as np

        happened = np.cumsum(np.bincount(event, minlength=self.rounds + 1)[1:])
        for round_ in range(1, self.rounds + 1):
            yield round_, self.share(self.number - int(happened[round_ - 1]))

    def worth(self) -> Estimate:
        """What all members have of it at present value, in millions, a run on average."""
        import numpy as np

        values = self.runs.present.sum(axis=1)
        middle, half = mean(np.array(values.sum()), np.array((values**2).sum()), self.number)
        return Estimate(float(middle), float(middle - half), float(middle + half))


def weakest(found: Sequence[Held]) -> tuple[str, float] | None:
    """The promise of which the least is kept, on average over the ways of playing, and how much of it.

    Only promises that fall due in at least half of the ways are compared; None where there is none.
    """
    often = [name for name, ways in comparable(found).items() if 2 * ways >= len(found)]
    shares = {name: average(found, name) for name in often}
    name = min(shares, key=lambda each: shares[each], default=None)
    return None if name is None else (name, shares[name])


def comparable(found: Sequence[Held]) -> dict[str, int]:
    """In how many ways of playing each promise falls due."""
    named = [name for each in found for name in each.due]
    return {name: named.count(name) for name in named}


def average(found: Sequence[Held], promise: str) -> float:
    """The share of a promise that is kept, on average over the ways of playing in which it falls due."""
    kept = [share.value for each in found if (share := each.kept(promise)) is not None]
    return sum(kept) / len(kept)
