"""Who takes which issue where: before and after a body opens, over draws of delivery, reach and cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.assumed import drawn
from comity.analysis.parts.displacement.moving import Agenda, Prospects, Shift, Wanted, prospects
from comity.analysis.parts.landing import Measured, middle
from comity.model.grounds import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOVED = 0.05
"""An issue that movers of less than this share of their weight take anywhere goes nowhere."""
SUCCESS = 0.5
"""The share of the issues that the body must be first on for the transition to be called a success."""
RIVALRIES = (0.0, 2.0)
COMMONS = (0.0, 40.0)
"""The ends of the axes of the phase diagram: spread of positions as a multiple, common benefit in points."""
KEPT = tuple(number / 20 for number in range(21))
"""The shares delivered that are tried for the body that opens."""


@dataclass(frozen=True)
class Terms:
    """What is assumed of forums: low, mode and high of each.

    Attributes:
        per_member: what each further member adds to the cost of taking an issue there, in points times salience.
        per_year: what each year of waiting for the next meeting adds.
        opening: what it costs to take an issue to a body that does not exist yet.
        reach: how much of a text's worth hangs on whom it covers: nought for nothing, one for all.
        precision: of quantal choice; none where the best forum is chosen for certain.
    """

    per_member: Span
    per_year: Span
    opening: Span
    reach: Span
    precision: float | None


@dataclass(frozen=True)
class Conditions:
    """Draws of what every forum delivers, reaches and costs: ``draws x forums``, cost ``draws x issues x forums``."""

    delivery: Floats
    reach: Floats
    cost: Floats

    def of(self, number: int) -> Conditions:
        """The first so many draws."""
        return Conditions(self.delivery[:number], self.reach[:number], self.cost[:number])


@dataclass(frozen=True)
class Moves:
    """Where issues go, draw by draw.

    Attributes:
        moved: draws x issues x forums; the share of the movers, by capability and salience, that go there.
        first: draws x issues x forums; where most go, ties split.
        worth: draws x issues; what the movers expect where they go.
        own: issues x movers x forums; how often each mover goes there.
    """

    moved: Floats
    first: Floats
    worth: Floats
    own: Floats

    def shares(self) -> Floats:
        """Draws x forums; the share of the issues on which each forum is first."""
        return self.first.mean(axis=1)

    def valued(self) -> Floats:
        """Draws x forums; the same with each issue counted by what the movers expect of it."""
        total = self.worth.sum(axis=1, keepdims=True)
        return (self.first * self.worth[:, :, None]).sum(axis=1) / (total + (total <= 0))


@dataclass(frozen=True)
class Phase:
    """A cell of the phase diagram."""

    shift: Shift
    share: Measured
    succeeds: float


def conditions(given: Agenda, terms: Terms, number: int, seed: int) -> Conditions:
    """Draws of what every forum delivers, reaches and costs.

    Args:
        given: issues and forums.
        terms: what is assumed of them.
        number: how many draws.
        seed: the seed.
    """
    import numpy as np

    columns = [
        drawn(seed, "forums.delivery", each.delivery, number, member=_key(each.body.name)) for each in given.forums
    ]
    hangs = drawn(seed, "forums.reach", terms.reach, number)
    covers = np.array([each.coverage for each in given.forums])
    member, year, opening = (
        drawn(seed, f"forums.{name}", span, number)
        for name, span in (("member", terms.per_member), ("year", terms.per_year), ("opening", terms.opening))
    )
    cost = np.zeros((number, len(given.issues), len(given.forums)))
    for (issue, place), cell in given.cells.items():
        forum = given.forums[place]
        wait = drawn(seed, "forums.wait", cell.wait, number, member=_key(forum.body.name))
        cost[:, issue, place] = member * (len(forum.members) - 1) + year * wait + (opening if forum.fresh else 0.0)
    return Conditions(np.column_stack(columns), 1 - hangs[:, None] * (1 - covers), cost)


def _key(name: str) -> int:
    import hashlib

    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def moves(
    given: Agenda, hoped: Prospects, held: Conditions, *, precision: float | None, closed: Sequence[int] = ()
) -> Moves:
    """Where issues go.

    Args:
        given: issues, forums and movers.
        hoped: what may be expected of each issue in each forum.
        held: draws of delivery, reach and cost.
        precision: of quantal choice; none where the best forum is chosen for certain.
        closed: places of forums that are not there.
    """
    import numpy as np

    from comity.solvers.forums import chosen, expected, first, moved

    number, shape = len(held.delivery), (len(held.delivery), len(given.issues), len(given.forums))
    went, worth = np.zeros(shape), np.zeros(shape[:2])
    own = np.zeros((len(given.issues), len(given.movers), len(given.forums)))
    for issue in range(len(given.issues)):
        weight = given.weight * hoped.salience[issue]
        if not weight.sum() > 0:
            continue
        value = hoped.value[issue] * held.reach[:, None, :]
        hopes = expected(hoped.adoption[issue], value, held.delivery[:, None, :], held.cost[:, issue][:, None, :])
        hopes[:, :, list(closed)] = np.nan
        shares = chosen(hopes, precision)
        went[:, issue] = moved(shares, weight)
        worth[:, issue] = np.einsum("kmf,m->k", np.where(shares > 0, shares * hopes, 0.0), weight / weight.sum())
        own[issue] = shares.sum(axis=0) / number
    return Moves(went, first(went, MOVED), worth, own)


def needed(given: Agenda, hoped: Prospects, held: Conditions, precision: float | None) -> list[tuple[float, Measured]]:
    """The share of issues on which the body that opens is first, by the share of its promises that it keeps."""
    found: list[tuple[float, Measured]] = []
    for kept in KEPT:
        delivery = held.delivery.copy()
        delivery[:, 0] = kept
        shares = moves(given, hoped, replace(held, delivery=delivery), precision=precision).shares()
        found.append((kept, middle(shares[:, 0])))
    return found


def variants(given: Agenda, hoped: Prospects, held: Conditions, precision: float | None) -> dict[str, Measured]:
    """The share of issues on which the body that opens is first, where one assumption at a time is another.

    Args:
        given: issues, forums and movers.
        hoped: what may be expected of each issue in each forum.
        held: draws of delivery, reach and cost.
        precision: of quantal choice; none where the best forum is chosen for certain.
    """
    import numpy as np

    forums = given.forums
    others = [place for place, each in enumerate(forums) if place and not each.known]

    def kept(places: Sequence[int], end: int) -> Conditions:
        delivery = held.delivery.copy()
        for place in places:
            delivery[:, place] = forums[place].delivery[end]
        return replace(held, delivery=delivery)

    covers = np.broadcast_to(np.array([each.coverage for each in forums]), held.reach.shape)
    tried = {
        "assumed": held,
        "keeps_little": kept([0], 0),
        "keeps_much": kept([0], 2),
        "others_little": kept(others, 0),
        "others_much": kept(others, 2),
        "free": replace(held, cost=np.zeros_like(held.cost)),
        "reach_nothing": replace(held, reach=np.ones_like(held.reach)),
        "reach_all": replace(held, reach=covers),
    }
    found = {name: moves(given, hoped, each, precision=precision) for name, each in tried.items()}
    own = given.weight * np.array([mover in forums[0].members for mover in given.movers])
    if own.sum() > 0:
        found["members"] = moves(replace(given, weight=own / own.sum()), hoped, held, precision=precision)
    return {name: middle(each.shares()[:, 0]) for name, each in found.items()}


@dataclass(frozen=True)
class Sweep:
    """How the phase diagram is made: draws by cell, the conditions, and how finely."""

    wanted: Mapping[tuple[int, int], Wanted]
    held: Conditions
    grid: int
    least: float
    precision: float | None


def phases(given: Agenda, sweep: Sweep, step: Callable[[int, int, str], None]) -> list[Phase]:
    """The share of issues on which the body is first, over rivalry of its members and what they have in common.

    Args:
        given: issues, forums and movers.
        sweep: how it is made.
        step: told of progress.
    """
    import numpy as np

    shifts = [
        Shift(float(rivalry), float(common))
        for common in np.linspace(*COMMONS, sweep.grid)
        for rivalry in np.linspace(*RIVALRIES, sweep.grid)
    ]
    found: list[Phase] = []
    for number, shift in enumerate(shifts):
        step(number, len(shifts), "phase")
        hoped = prospects(given, sweep.wanted, least=sweep.least, shift=shift)
        shares = moves(given, hoped, sweep.held, precision=sweep.precision).shares()[:, 0]
        found.append(Phase(shift, middle(shares), float((shares >= SUCCESS).mean())))
    step(len(shifts), len(shifts), "")
    return found
