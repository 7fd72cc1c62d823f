"""One issue before one body with its ratifiers: the zone of the governments, and what is left of it at home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import Measured, compromise, counted, landed, middle
from comity.analysis.parts.matters import Matter
from comity.model.grounds import Draws
from comity.model.stakes import SCALE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.spatial.line import Zones

Ends = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


@dataclass(frozen=True)
class AtHome:
    """What one member's ratifier does to the issue.

    Attributes:
        member: the member.
        pivot: where the pivotal ratifier stands.
        survives: how often it consents to the text that the governments would sign.
        pinch: by how many points of the scale the zone is narrower for its sake, all other ratifiers binding.
        closes: how often the zone is shut, and would be open if this ratifier consented to all its government does.
        gain: by how many points the text comes nearer to the government when its ratifier alone binds.
        gains: how often it comes nearer.
        break_even: the share of the way back to the status quo at which the zone closes, at the modes.
        why: ``closes`` at that share, ``not_needed`` where the text carries without this member, ``shut`` where there
            is no zone even with a ratifier at one with its government, ``never`` where not even the whole way does.
        resists: the share assumed, at its mode.
    """

    member: str
    pivot: Measured
    survives: Measured
    pinch: Measured
    closes: Measured
    gain: Measured
    gains: Measured
    break_even: float | None
    why: str
    resists: float


@dataclass(frozen=True)
class Ratified:
    """One issue before one body: how often, and how widely, governments agree, and what their ratifiers leave of it."""

    matter: Matter
    open: dict[str, Measured]
    width: dict[str, Measured]
    low: dict[str, Measured]
    high: dict[str, Measured]
    text: Measured
    survives: Measured
    homes: tuple[AtHome, ...]
    all_alike: float | None


@dataclass(frozen=True)
class _Case:
    """Draws of an issue with who has a ratifier; and the zone when some of the ratifiers bind."""

    matter: Matter
    drawn: Draws
    least: float

    @property
    def bound(self) -> NDArray[np.bool_]:
        """Members; who has a ratifier and stakes."""
        import numpy as np

        return ~np.isnan(self.drawn.home[0]) & ~np.isnan(self.drawn.position[0])

    @property
    def pivot(self) -> NDArray[np.float64]:
        """Draws x members; where each pivotal ratifier stands."""
        return self.drawn.position + self.drawn.home * (self.matter.status_quo - self.drawn.position)

    def ends(self, binding: NDArray[np.bool_]) -> Ends:
        """Draws x members, twice: the texts that the government, and where it binds its ratifier, prefers to none."""
        import numpy as np

        quo, pivot = self.matter.status_quo, self.pivot
        mirror = 2 * pivot - quo
        low = np.where(binding, np.fmax(self.drawn.low, np.minimum(quo, mirror)), self.drawn.low)
        high = np.where(binding, np.fmin(self.drawn.high, np.maximum(quo, mirror)), self.drawn.high)
        nothing = low > high
        return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)

    def zone(
        self, ends: Ends, scale: tuple[float, float] | None = None, held: Mapping[str, str] | None = None
    ) -> Zones:
        """The agreement zone."""
        from comity.solvers.spatial.line import zones

        whole = (float(SCALE[0]), float(SCALE[1]))
        fixed = self.matter.fixed(**(held or {}))
        quo = self.matter.status_quo
        game = self.matter.decision.game
        return zones(game, *ends, status_quo=quo, scale=scale or whole, least=self.least, fixed=fixed)

    def land(self, ends: Ends, zone: Zones, aim: NDArray[np.float64]) -> NDArray[np.float64]:
        """The adopted text nearest to the one aimed at."""
        matter = self.matter
        quo = matter.status_quo
        return landed(matter.decision.game, ends, zone, aim, quo=quo, least=self.least, fixed=matter.fixed())


@dataclass(frozen=True)
class Signed:
    """What the governments aim at and sign, draw by draw, and the zones of governments and with ratifiers."""

    aim: NDArray[np.float64]
    text: NDArray[np.float64]
    found: dict[str, Zones]


def ratified(matter: Matter, number: int, seed: int, least: float) -> Ratified:
    """What ratification leaves of an issue before a body in which somebody has a ratifier.

    The governments sign the compromise (mean of positions weighted by salience), moved to the nearest text that the
    rule adopts; where ratifiers bind, the same compromise is moved to the nearest text that it adopts with them. This
    is the best text by the same criterion under one more constraint: the weighted squared distance has a single lowest
    point.
    """
    import numpy as np

    from comity.solvers.spatial.line import adopted

    case = _Case(matter, matter.draws(number, seed), least)
    nobody, bound = np.zeros_like(case.bound), case.bound
    ends = {"governments": case.ends(nobody), "ratified": case.ends(bound)}
    found = {stage: case.zone(each) for stage, each in ends.items()}
    aim = compromise(case.drawn)
    text = case.land(ends["governments"], found["governments"], aim)
    signed = found["governments"].open
    game, fixed = matter.decision.game, matter.fixed()
    carries = adopted(game, *ends["ratified"], np.where(signed, text, matter.status_quo), fixed)
    homes = [
        _at_home(case, place, Signed(aim, text, found)) for place in range(len(matter.decision.members)) if bound[place]
    ]
    return Ratified(
        matter,
        {stage: counted(each.open) for stage, each in found.items()},
        {stage: middle(np.where(each.open, each.width, 0.0)) for stage, each in found.items()},
        {stage: middle(each.low) for stage, each in found.items()},
        {stage: middle(each.high) for stage, each in found.items()},
        middle(text),
        counted(carries[signed]),
        tuple(homes),
        closing(matter, least),
    )


def _at_home(case: _Case, place: int, signed: Signed) -> AtHome:
    import numpy as np

    quo, bound = case.matter.status_quo, case.bound
    alone = np.arange(len(bound)) == place
    waived = case.zone(case.ends(bound & ~alone))
    pivot, own = case.pivot[:, place], case.drawn.position[:, place]
    text, found = signed.text, signed.found
    agreed = found["governments"].open
    consents = np.abs(text - pivot) <= np.abs(quo - pivot)
    tied_ends = case.ends(alone)
    tied = case.land(tied_ends, case.zone(tied_ends), signed.aim)
    nearer = np.abs(text - own) - np.abs(tied - own)
    width = np.where(waived.open, waived.width, 0.0) - np.where(found["ratified"].open, found["ratified"].width, 0.0)
    share, why = break_even(case.matter, case.matter.decision.members[place], case.least)
    return AtHome(
        case.matter.decision.members[place],
        middle(pivot),
        counted(consents[agreed]),
        middle(width),
        counted(waived.open & ~found["ratified"].open),
        middle(nearer),
        counted(nearer[~np.isnan(nearer)] > 1e-9),
        share,
        why,
        float(case.matter.modes().home[0, place]),
    )


def _modes(matter: Matter, member: str, share: float, least: float) -> _Case:
    """The issue at the modes, with one ratifier at a share of the way."""
    modes = matter.modes()
    home = modes.home.copy()
    home[0, matter.decision.members.index(member)] = share
    return _Case(matter, replace(modes, home=home), least)


def break_even(matter: Matter, member: str, least: float) -> tuple[float | None, str]:
    """The share of the way back to the status quo at which a member's ratifier closes the zone, at the modes.

    The ratifier at a share ``s`` consents to texts up to ``2 (1 - s)`` times the government's distance from the status
    quo, on the government's side. So the zone closes where this reaches the text of the zone (with the ratifier at one
    with its government) that is nearest to the status quo: exact, in one sweep.

    Example:
        >>> 1 - 5 / (2 * 40)  # status quo 0, government at 40, texts of less than 5 points are no agreement
        0.9375
    """
    case = _modes(matter, member, 0.0, least)
    place, quo = matter.decision.members.index(member), matter.status_quo
    from comity.solvers.game import CHOICES
    from comity.solvers.spatial.line import refusal

    no = CHOICES[int(refusal(matter.decision.game)[place])]
    ends = case.ends(case.bound)
    if case.zone(ends, held={member: no}).open[0]:
        return None, "not_needed"
    own = float(case.drawn.position[0, place])
    side = (quo, float(SCALE[1])) if own > quo else (float(SCALE[0]), quo)
    zone = case.zone(ends, side) if own != quo and side[0] < side[1] else None
    if zone is None or not zone.open[0]:
        return None, "shut"
    nearest = float(zone.low[0]) - quo if own > quo else quo - float(zone.high[0])
    share = 1 - nearest / (2 * abs(own - quo))
    return (share, "closes") if share < 1 else (None, "never")


def closing(matter: Matter, least: float, steps: int = 40) -> float | None:
    """The share of the way at which all ratifiers alike close the zone, at the modes; none where they cannot.

    Found by halving: what each ratifier consents to only shrinks as it moves towards the status quo.
    """
    import numpy as np

    modes = matter.modes()
    bound = ~np.isnan(modes.home)

    def shut(share: float) -> bool:
        case = _Case(matter, replace(modes, home=np.where(bound, share, np.nan)), least)
        return not case.zone(case.ends(case.bound)).open[0]

    if shut(0.0) or not shut(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(steps):
        half = (low + high) / 2
        low, high = (low, half) if shut(half) else (half, high)
    return (low + high) / 2


def pinching(found: Ratified) -> AtHome | None:
    """The ratifier for whose sake the zone is narrowest, or shut most often; none where no ratifier narrows it."""
    worst = max(found.homes, key=lambda home: (home.pinch.value or 0.0, home.closes.value or 0.0), default=None)
    return worst if worst is not None and ((worst.pinch.value or 0) > 1e-9 or (worst.closes.value or 0) > 0) else None


def asked_of(found: Sequence[Ratified]) -> dict[str, list[Ratified]]:
    """What was found, by body."""
    groups: dict[str, list[Ratified]] = {}
    for each in found:
        groups.setdefault(each.matter.institution.name, []).append(each)
    return groups
