"""Two members of a body who do not know whether the other can be trusted: their errors by year, with and without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import Measured, counted, middle
from comity.kernel.quantity import Duration
from comity.model.grounds import Span
from comity.model.institution import Institution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

YEAR: Mapping[str, float] = {"hour": 24 * 365.25, "day": 365.25, "week": 365.25 / 7, "month": 12.0, "year": 1.0}
"""How many of each unit make a year."""
MEASURES = ("loss", "loss_at_cutoff", "misjudged", "trusted", "mutual", "mutual_wary")
"""What is measured: the expected loss before anything is known with the best cut-off and with the one in use, the two
errors, and mutual defection of two trustworthy states, without and with regard to each other's doubts."""
FIRST = 40
"""How many contacts the curve by contacts shows."""
LONGEST = 10_000
"""The most contacts looked at."""
LITTLE = 0.05
"""The misjudgement below which contact has done its work."""
RATES = (1, 2, 4, 6, 12, 26, 52)
QUALITIES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)


@dataclass(frozen=True)
class Assumed:
    """What is assumed of the two states: draws, modes, and what their errors cost.

    Attributes:
        prior: draws; the belief that the other is trustworthy before any contact.
        error: draws; how often a trustworthy state looks hostile.
        miss: draws; how often a hostile state looks trustworthy.
        modes: the modes of the three.
        needless: what is lost where a trustworthy state is not trusted.
        exploited: what is lost where a hostile one is.
        level: the belief from which a state trusts.
    """

    prior: NDArray[np.float64]
    error: NDArray[np.float64]
    miss: NDArray[np.float64]
    modes: Span
    needless: float
    exploited: float
    level: float

    @property
    def best(self) -> float:
        """The cut-off that costs least."""
        from comity.solvers.perception import cutoff

        return float(cutoff(self.needless, self.exploited))

    def measured(
        self, contacts: ArrayLike, prior: ArrayLike, error: ArrayLike, miss: ArrayLike
    ) -> dict[str, NDArray[np.float64]]:
        """What happens after so many contacts, by measure."""
        from comity.solvers.perception import loss, misjudged, wary

        costs = {"needless": self.needless, "exploited": self.exploited}
        held = misjudged(contacts, prior, self.level, error=error, miss=miss)
        free = misjudged(contacts, prior, self.best, error=error, miss=miss)
        defects = wary(contacts, prior, self.level, error=error, miss=miss)
        values = (
            loss(free, prior, **costs),
            loss(held, prior, **costs),
            held.trustworthy,
            held.hostile,
            held.trustworthy**2,
            defects**2,
        )
        return dict(zip(MEASURES, values, strict=True))

    def after(self, contacts: int) -> dict[str, Measured]:
        """The same over the draws: means with the middle 90 %."""
        found = self.measured(contacts, self.prior, self.error, self.miss)
        return {name: middle(values) for name, values in found.items()}

    def at_modes(self, contacts: Sequence[int]) -> dict[str, NDArray[np.float64]]:
        """The same at the modes, contact by contact."""
        import numpy as np

        return self.measured(np.asarray(contacts), *self.modes)


@dataclass(frozen=True)
class Meetings:
    """How often a body meets.

    Attributes:
        body: the body.
        organs: meetings a year, by organ.
    """

    body: Institution
    organs: Mapping[str, float]

    @property
    def yearly(self) -> float:
        """Meetings a year, of all organs together."""
        return sum(self.organs.values())


@dataclass(frozen=True)
class Perceived:
    """What was found.

    Attributes:
        assumed: the assumptions.
        meetings: the bodies that meet, the one asked about first.
        years: the years.
        baseline: contacts a year without any forum.
        course: by body (empty: without any), for each year, contacts and measures.
        rises: how often contact first raises the misjudgement of a trustworthy state.
        needed: contacts after which the misjudgement stays below :data:`LITTLE`, by signal error, at the mode of the
            prior; None where more than :data:`LONGEST` would be needed.
    """

    assumed: Assumed
    meetings: tuple[Meetings, ...]
    years: int
    baseline: float
    course: Mapping[str, tuple[tuple[int, dict[str, Measured]], ...]]
    rises: Measured
    needed: Mapping[float, int | None]


def per_year(duration: Duration) -> float:
    """How often a year something happens that happens every so often.

    Example:
        >>> per_year(Duration.parse("3 months")), per_year(Duration.parse("2 years"))
        (4.0, 0.5)
    """
    return YEAR[duration.unit] / duration.number


def meetings(body: Institution) -> Meetings:
    """How often the organs of a body meet, those left out whose charter does not say."""
    return Meetings(body, {name: per_year(organ.meets) for name, organ in body.organs.items() if organ.meets})


def perceived(
    assumed: Assumed, meets: Sequence[Meetings], *, years: int, baseline: float, step: Callable[[int, int, str], None]
) -> Perceived:
    """Follow the two states through the years.

    Args:
        assumed: the assumptions.
        meets: the bodies that meet.
        years: how many years.
        baseline: contacts a year without any forum.
        step: told of progress.
    """
    paths = {"": baseline, **{each.body.name: baseline + each.yearly for each in meets}}
    known: dict[int, dict[str, Measured]] = {}
    course: dict[str, tuple[tuple[int, dict[str, Measured]], ...]] = {}
    for number, (name, rate) in enumerate(paths.items()):
        step(number, len(paths), name)
        counts = [int(rate * year + 1e-9) for year in range(years + 1)]
        for count in counts:
            if count not in known:
                known[count] = assumed.after(count)
        course[name] = tuple((count, known[count]) for count in counts)
    step(len(paths), len(paths), "")
    needed = {error: _needed(assumed, error) for error in (0.2, 0.3, 0.4)}
    return Perceived(assumed, tuple(meets), years, baseline, course, _rises(assumed), needed)


def _rises(assumed: Assumed) -> Measured:
    import numpy as np

    from comity.solvers.perception import misjudged

    counts = np.arange(FIRST + 1)[:, None]
    found = misjudged(counts, assumed.prior, assumed.level, error=assumed.error, miss=assumed.miss).trustworthy
    return counted((found[1:] > found[0] + 1e-12).any(axis=0))


def _needed(assumed: Assumed, error: float) -> int | None:
    """Contacts from which on the misjudgement stays small, at the mode of the prior and signals that err equally."""
    import numpy as np

    from comity.solvers.perception import misjudged

    counts = np.arange(LONGEST + 1)
    found = misjudged(counts, assumed.modes[0], assumed.level, error=error).trustworthy
    above = np.flatnonzero(found > LITTLE)
    last = int(above[-1]) if len(above) else -1
    return None if last == LONGEST else last + 1
