"""Structural advantages outside the vote: who interprets or arbitrates chooses its reading of the text."""

from __future__ import annotations

from dataclasses import dataclass

from comity.analysis.parts.landing import Measured, compromise, landed, middle
from comity.analysis.parts.matters import LEAST, Matter

DRAWS = 1_000


@dataclass(frozen=True)
class Reading:
    """What one holder of a prerogative gains on one issue, in points, over draws of the positions.

    Attributes:
        matter: the issue before the body.
        holder: the member.
        rights: its prerogatives, by name.
        text: where the text lands.
        gain: how much nearer its reading comes to the holder's wish.
        loser: the member that loses most by it; empty where nobody does.
        loss: how much farther the text moves from that member's wish.
    """

    matter: Matter
    holder: str
    rights: tuple[str, ...]
    text: Measured
    gain: Measured
    loser: str
    loss: float | None


def readings(matter: Matter, ambiguity: float, seed: int) -> list[Reading]:
    """What each member that interprets or arbitrates gains by choosing the reading nearest to its wish.

    The text is the compromise moved into what the rule adopts; the reading lies at most ``ambiguity`` points from it.
    """
    rights = matter.institution.prerogatives
    if rights is None:
        return []
    held: dict[str, list[str]] = {}
    for name in ("interprets", "arbitrates"):
        holder = getattr(rights, name)
        if holder in matter.stands:
            held.setdefault(holder, []).append(name)
    return [_reading(matter, holder, tuple(names), ambiguity, seed) for holder, names in held.items()]


def _reading(matter: Matter, holder: str, rights: tuple[str, ...], ambiguity: float, seed: int) -> Reading:  # noqa: PLR0917
    import numpy as np

    from comity.solvers.spatial.line import zones

    drawn, fixed, quo = matter.draws(DRAWS, seed), matter.fixed(), matter.status_quo
    game, members = matter.decision.game, matter.decision.members
    zone = zones(game, drawn.low, drawn.high, status_quo=quo, least=LEAST, fixed=fixed)
    ends = (drawn.low, drawn.high)
    text = landed(game, ends, zone, compromise(drawn), quo=quo, least=LEAST, fixed=fixed)
    ideal = drawn.position[:, members.index(holder)]
    read = np.clip(ideal, np.maximum(text - ambiguity, 0.0), np.minimum(text + ambiguity, 100.0))
    nearer = np.abs(text[:, None] - drawn.position) - np.abs(read[:, None] - drawn.position)
    known = ~np.isnan(text)
    mean = np.where(np.isnan(drawn.position[0]), np.inf, nearer[known].mean(axis=0)) if known.any() else None
    place = None if mean is None else int(mean.argmin())
    loss = None if mean is None or place is None or mean[place] > -0.05 else float(mean[place])
    loser = "" if loss is None or place is None else members[place]
    return Reading(matter, holder, rights, middle(text), middle(nearer[:, members.index(holder)]), loser, loss)
