"""What a campaign comes to: means and shares over its runs, each with an interval of 95 per cent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.rehearsal.parts.campaign.gathering import Sums, mean, quantiles, ratio, wilson
from comity.rehearsal.parts.game.play import Play

if TYPE_CHECKING:
    from comity.rehearsal.parts.campaign.engine import Bounds
    from comity.solvers.campaign.arrays import Law

TOLD = ("notices", "false_notices", "cured", "renegotiated", "suspended", "false_alarms", "misses")
FAN = (0.05, 0.25, 0.5, 0.75, 0.95)
PRECISE = 0.01
"""Shares are wanted to a point of a per cent either way, money to a hundredth of its mean."""


class Estimate(NamedTuple):
    """A mean or share with its interval."""

    value: float
    low: float
    high: float

    def told(self) -> dict[str, float]:
        """As values for JSON."""
        return self._asdict()


@dataclass(frozen=True)
class Found:
    """A campaign that was played, and what can be asked of it."""

    game: Play
    law: Law | Bounds
    sums: Sums
    wanted: int
    """How many runs were asked for."""

    @cached_property
    def members(self) -> list[str]:
        """The members, in the order of the arrays."""
        return list(self.game.members)

    @cached_property
    def issues(self) -> list[str]:
        """The issues that are played."""
        return list(self.game.topics)

    @cached_property
    def clauses(self) -> list[str]:
        """The clauses of the charter."""
        return list(self.game.driver.state.law.clauses)

    @property
    def runs(self) -> int:
        """How many runs were played."""
        return self.sums.runs

    @property
    def rounds(self) -> int:
        """How many rounds a game has."""
        return self.game.problem.rounds

    @property
    def valued(self) -> bool:
        """Whether anything that is delivered is valued in money."""
        return bool((self.law.needed >= 0).any())

    def share(self, hits: int) -> Estimate:
        """The share of runs in which something happened."""
        return Estimate(hits / self.runs, *wilson(hits, self.runs))

    def kept(self, source: int) -> Estimate | None:
        """The share of promises from an issue or clause, or of all (-1), that was kept; None where none fell due."""
        found = ratio(self.sums.of["promises"][:, source], self.runs)
        if found is None:
            return None
        value, half = found
        return Estimate(value, max(value - half, 0.0), min(value + half, 1.0))

    def per_run(self, name: str, *place: int) -> Estimate:
        """The mean of a number over runs."""
        total, squares = (self.sums.of[name][(which, *place)] for which in (0, 1))
        middle, half = mean(total, squares, self.runs)
        return Estimate(float(middle), float(middle - half), float(middle + half))

    def told(self, word: str) -> Estimate:
        """How many notices, cures and so on there are in a run."""
        return self.per_run("told", TOLD.index(word))

    def money(self, member: int, which: int) -> Estimate:
        """What a member paid (0) or received (1) in a run, in millions."""
        return Estimate(*(each / 1e8 for each in self.per_run("paid", member, which)))

    def spread(self, member: int) -> list[float]:
        """Quantiles of the present value of a member over the sample."""
        import numpy as np

        return [float(each) for each in np.quantile(self.sums.column("present")[:, member], FAN)]

    def staying(self) -> Iterator[dict[str, Any]]:
        """By round and member, the share of runs in which it is a member."""
        for round_ in range(1, self.rounds + 1):
            for place, member in enumerate(self.members):
                found = self.share(int(self.sums.of["staying"][round_, place]))
                yield {"round": round_, "member": member, **found.told()}

    def course(self) -> Iterator[dict[str, Any]]:
        """By round: promises kept, notices, members, and the spread of what all have gained so far."""
        low, high = (float(each) for each in self.law.bins)
        for round_ in range(1, self.rounds + 1):
            row = self.sums.of["rounds"][round_]
            played = max(int(row[0]), 1)
            fan = list(quantiles(self.sums.of["fan"][round_], low, high, FAN)) if self.valued else [None] * 5
            yield {
                "round": round_,
                "runs": int(row[0]),
                "members": int(row[1]) / played,
                "adopted": int(row[2]) / played,
                "kept": int(row[4]) / int(row[3]) if row[3] else None,
                "notices": int(row[5]) / played,
                "paid": int(row[6]) / 1e8 / played,
                "renegotiated": int(row[7]) / played,
                **{f"net_{round(100 * share):02d}": value for share, value in zip(FAN, fan, strict=True)},
            }

    def first_breach(self) -> dict[str, float | None]:
        """In how many runs a promise was broken, and in which round the first was: its quartiles among those."""
        import numpy as np

        counts = self.sums.of["first_breach"].copy()
        never, counts[0] = int(counts[0]), 0
        if not counts.sum():
            return {"never": 1.0, "quarter": None, "median": None, "three_quarters": None}
        whole = np.cumsum(counts) / counts.sum()
        quarter, median, last = (int(np.searchsorted(whole, share)) for share in (0.25, 0.5, 0.75))
        return {"never": never / self.runs, "quarter": quarter, "median": median, "three_quarters": last}

    def trust(self) -> Iterator[dict[str, Any]]:
        """How likely each member takes it at the end that each other keeps its next promise."""
        for holder, one in enumerate(self.members):
            for member, other in enumerate(self.members):
                if holder != member:
                    yield {"holder": one, "member": other, **self.per_run("trust", holder, member).told()}

    def enough(self) -> dict[str, Any]:
        """How many runs are enough: until every share is known to a point of a per cent, all money to a hundredth.

        **Source**: Cochran (1977), Sampling Techniques, third edition, section 4.4: sample size from the spread seen.
        """
        needed: dict[str, int] = {}
        halves: dict[str, float] = {}
        if (kept := self.kept(-1)) is not None:
            halves["kept"] = (kept.high - kept.low) / 2
        for place, issue in enumerate(self.issues):
            found = self.share(int(self.sums.of["adopted"][place]))
            halves[f"adopted.{issue}"] = (found.high - found.low) / 2
        for name, half in halves.items():
            needed[name] = max(round(self.runs * (half / PRECISE) ** 2), 1)
        if self.valued:
            for place, member in enumerate(self.members):
                found = self.per_run("present", place)
                half = (found.high - found.low) / 2
                near = half / (PRECISE * abs(found.value)) if found.value else 0.0
                needed[f"present.{member}"] = max(round(self.runs * near**2), 1)
        most = max(needed, key=lambda each: needed[each])
        return {"runs": needed[most], "reached": self.runs >= needed[most], "slowest": most}

    def notable(self) -> Mapping[str, int]:
        """The number of a typical run of the sample, nearest to the middle of all, and of the worst.

        Runs are compared by what all members have of them at present value or, where nothing is valued, by the share
        of promises kept.
        """
        import numpy as np

        if self.valued:
            score = self.sums.column("present").sum(axis=1)
        else:
            due = self.sums.column("due")
            score = np.where(due > 0, self.sums.column("kept") / np.maximum(due, 1), 1.0)
        middle = np.abs(score - np.median(score))
        return {"typical": int(np.argmin(middle)), "worst": int(np.argmin(score))}
