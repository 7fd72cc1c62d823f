"""One issue before one body when a member, alone or with partners, can act outside it: what the threat does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import NOTHING, Measured, compromise, counted, landed, middle
from comity.analysis.parts.matters import LEAST, Matter
from comity.model.grounds import Draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.bargain.outside import Threat

BARGAINED = 300
"""In how many draws Nash's text is looked for."""
FEW = 30
"""In larger bodies Nash's text is not looked for."""
SLIGHT = 0.05
"""A loss of fewer points than this is none."""


@dataclass(frozen=True)
class Acting:
    """Who would act outside, how far that carries the world, and what it costs them.

    Attributes:
        actors: who acts, the one that threatens first.
        carries: the share of the way from the status quo to their own text that their acting carries everybody.
        cost: what acting outside costs each of them, in points of the scale.
        basis: on what ``carries`` rests: ``good``, ``output`` or ``assumption``.
    """

    actors: tuple[str, ...]
    carries: float
    cost: float
    basis: str


@dataclass(frozen=True)
class Reading:
    """What the threat does in one reading.

    Attributes:
        adopted: how often the body adopts a text.
        before: the text without the threat, of the draws in which there is one with and without it.
        after: the text with the threat, of the same draws.
        nearer: by how many points it then lies nearer to the one that threatens.
        gains: how often what comes about, text or acting outside with its cost, is better for the one that threatens.
        hurts: how often it is worse.
        nash: by how many points Nash's text lies nearer to it.
    """

    adopted: Measured
    before: Measured
    after: Measured
    nearer: Measured
    gains: Measured
    hurts: Measured
    nash: Measured


@dataclass(frozen=True)
class Loser:
    """What the threat does to one other member, the status quo gone.

    Attributes:
        member: the member.
        loses: how often what comes about is worse for it than the status quo that was, and than what would come about
            without the threat.
        loss: by how many points it then lies worse than with the status quo.
        signs: how often it loses so by a text that it prefers to what would come about without it.
    """

    member: str
    loses: Measured
    loss: Measured
    signs: Measured


@dataclass(frozen=True)
class Threatened:
    """One issue before one body with a threat to act outside.

    Attributes:
        matter: the issue before the body.
        acting: who would act outside.
        credible: how often all of them would rather do so than live with the status quo.
        outside: the text that acting outside brings about.
        worth: by how many points the one that threatens prefers that to the status quo, its cost not counted: as much
            as acting outside may cost for the threat to stay credible.
        plain: what the body does without the threat: how often it adopts a text.
        text: that text.
        readings: ``exit`` (only those who threaten measure texts by acting outside) and ``gone`` (everybody does).
        setter: by how many points what comes about lies nearer to the one that threatens where it alone proposes.
        losers: every other member with stakes.
    """

    matter: Matter
    acting: Acting
    credible: Measured
    outside: Measured
    worth: Measured
    plain: Measured
    text: Measured
    readings: dict[str, Reading]
    setter: Measured
    losers: tuple[Loser, ...]


READINGS = ("exit", "gone")


@dataclass(frozen=True)
class _Case:
    """Draws of an issue with the threat."""

    matter: Matter
    drawn: Draws
    reach: NDArray[np.float64]
    outside: NDArray[np.float64]
    threat: Threat
    credible: NDArray[np.bool_]

    def fallback(self, reading: str) -> NDArray[np.float64]:
        """How far from its ideal each member accepts a text."""
        from comity.solvers.bargain.outside import fallback

        quo = self.matter.status_quo
        return fallback(self.drawn.position, quo, self.threat, self.reach, for_all=reading == "gone")

    def adopted(
        self, reach: NDArray[np.float64], reversion: NDArray[np.float64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Whether the body adopts a text, and which: the compromise, moved to the nearest that the rule adopts."""
        import numpy as np

        from comity.solvers.spatial.line import zones

        matter, position = self.matter, self.drawn.position
        low, high = position - reach, position + reach
        game, fixed = matter.decision.game, matter.fixed()
        found = zones(game, low, high, status_quo=reversion, least=LEAST, fixed=fixed)
        aim = compromise(self.drawn)
        text = landed(game, (low, high), found, aim, quo=reversion, least=LEAST, fixed=fixed)
        return found.open & ~np.isnan(text), text


def threatened(matter: Matter, acting: Acting, number: int, seed: int) -> Threatened:
    """What a threat to act outside does to an issue before a body.

    Args:
        matter: the issue before the body; those who act must have stakes.
        acting: who would act outside.
        number: how many draws.
        seed: the seed.
    """
    import numpy as np

    case = _case(matter, acting, number, seed)
    quo, first = matter.status_quo, matter.decision.members.index(acting.actors[0])
    own = case.drawn.position[:, first]
    still = np.full(number, quo)
    held, text = case.adopted(case.reach, still)
    before = np.where(held, text, quo)
    readings: dict[str, Reading] = {}
    losers: tuple[Loser, ...] = ()
    for reading in READINGS:
        reach = case.fallback(reading)
        then = np.where(case.credible, case.outside, quo)
        holds, moved = case.adopted(reach, then if reading == "gone" else still)
        alone = case.credible & ~holds
        after = np.where(holds, moved, then)
        better = np.abs(before - own) - np.abs(after - own) - np.where(alone, acting.cost, 0.0)
        both = held & holds
        readings[reading] = Reading(
            counted(holds),
            middle(np.where(both, text, np.nan)),
            middle(np.where(both, moved, np.nan)),
            middle(np.where(both, np.abs(text - own) - np.abs(moved - own), np.nan)),
            counted(better > SLIGHT),
            counted(better < -SLIGHT),
            _nash(case, reach, first),
        )
        if reading == "gone":
            losers = _losers(case, acting, before, (holds, after))
    return Threatened(
        matter,
        acting,
        counted(case.credible),
        middle(case.outside),
        middle(np.abs(quo - own) - np.abs(case.outside - own)),
        counted(held),
        middle(np.where(held, text, np.nan)),
        readings,
        _setter(case, acting, first),
        losers,
    )


def _case(matter: Matter, acting: Acting, number: int, seed: int) -> _Case:
    import numpy as np

    from comity.solvers.bargain.outside import Threat, credible

    drawn = matter.draws(number, seed)
    members = matter.decision.members
    places = [members.index(each) for each in acting.actors]
    club = np.isin(np.arange(len(members)), places)
    aim = drawn.position[:, places[0]] if len(places) == 1 else compromise(drawn, club)
    outside = matter.status_quo + acting.carries * (aim - matter.status_quo)
    threat = Threat(places, outside, acting.cost)
    held = credible(drawn.position, matter.status_quo, threat)
    return _Case(matter, drawn, (drawn.high - drawn.low) / 2, outside, threat, held)


def _nash(case: _Case, reach: NDArray[np.float64], first: int) -> Measured:
    """By how many points Nash's text lies nearer to the one that threatens."""
    import numpy as np

    from comity.solvers.bargain.outside import settled

    if len(case.matter.decision.members) > FEW:
        return NOTHING
    rows = slice(0, BARGAINED)
    place, own = case.drawn.position[rows], case.drawn.position[rows, first]
    game, fixed = case.matter.decision.game, case.matter.fixed()
    before, after = (settled(game, place, each[rows], fixed=fixed) for each in (case.reach, reach))
    return middle(np.abs(before - own) - np.abs(after - own))


def _setter(case: _Case, acting: Acting, first: int) -> Measured:
    """By how many points a setter that can also act alone comes nearer to its ideal; of one that acts alone only."""
    import numpy as np

    from comity.model.stakes import SCALE
    from comity.solvers.bargain.outside import setting

    if len(acting.actors) > 1:
        return NOTHING
    place, own = case.drawn.position, case.drawn.position[:, first]
    scale = (float(SCALE[0]), float(SCALE[1]))
    game, quo, fixed = case.matter.decision.game, case.matter.status_quo, case.matter.fixed()
    found = setting(game, place, quo, case.threat, scale=scale, fixed=fixed)
    return middle(np.abs(found.plain - own) - np.abs(found.outcome - own))


def _losers(
    case: _Case, acting: Acting, before: NDArray[np.float64], then: tuple[NDArray[np.bool_], NDArray[np.float64]]
) -> tuple[Loser, ...]:
    """What comes about for every other member, against the status quo that was and against no threat."""
    import numpy as np

    from comity.solvers.bargain.outside import losses

    matter, position, (holds, after) = case.matter, case.drawn.position, then
    loss, plain = (losses(position, matter.status_quo, each) for each in (after, before))
    signs = holds[:, None] & (np.abs(after[:, None] - position) <= np.abs(case.outside[:, None] - position))
    found: list[Loser] = []
    for place, member in enumerate(matter.decision.members):
        if member in acting.actors or member not in matter.stands:
            continue
        mine = loss[:, place]
        worse = case.credible & (mine > SLIGHT) & (mine > plain[:, place] + SLIGHT)
        found.append(Loser(member, counted(worse), middle(mine[worse]), counted(worse & signs[:, place])))
    return tuple(found)


def worst(found: Sequence[Threatened]) -> tuple[Threatened, Loser] | None:
    """The member that loses most often against the status quo, and on which issue."""
    pairs = [(each, loser) for each in found for loser in each.losers if (loser.loses.value or 0) > 0]
    return max(pairs, key=lambda pair: pair[1].loses.value or 0, default=None)
