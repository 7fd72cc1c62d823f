"""Outside options: how the power to act alone moves a text in one dimension, and who loses by it.

An actor, alone or with partners, can bring about an outside text instead of the status quo. The threat is credible
where each of them would rather live with that text, and bear what acting outside costs, than with the status quo. Then
those who threaten accept only what is as good as acting outside; and where their acting changes what the others live
with as well, the status quo is gone for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.cooperative import nash
from comity.solvers.game import YES, Game
from comity.solvers.spatial.line import refusal, setter

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
POINTS = 201
"""How many texts of the scale are looked at in bargaining."""


@dataclass(frozen=True)
class Threat:
    """Who threatens to act outside, and what that would bring.

    Attributes:
        actors: the places of those who threaten.
        outside: the text that acting outside brings about; one number, or one a draw.
        cost: what acting outside costs each of them, in points of the scale; one number, or one a draw.
    """

    actors: Sequence[int]
    outside: ArrayLike
    cost: ArrayLike = 0.0


def credible(ideals: ArrayLike, status_quo: ArrayLike, threat: Threat) -> Truths:
    """Whether everybody who threatens to act outside would rather do so than live with the status quo, draw by draw.

    Args:
        ideals: draws x members.
        status_quo: one number, or one a draw.
        threat: who threatens with what.

    Raises:
        ValueError: where nobody threatens, a place does not exist, or a cost is negative.

    **Source**: Voeten (2001), "Outside Options and the Logic of Security Council Action", *American Political Science
    Review* 95(4), 845-858, for a threat that must be better for its author than the status quo.

    Example:
        >>> credible([[80, 20]], 30, Threat([0], 50)), credible([[80, 20]], 30, Threat([0], 50, cost=25))
        (array([ True]), array([False]))
    """
    return _Case.of(ideals, status_quo, threat).credible()


def fallback(
    ideals: ArrayLike, status_quo: ArrayLike, threat: Threat, reach: ArrayLike | None = None, *, for_all: bool
) -> Floats:
    """How far from its ideal each member accepts a text under the threat: draws x members.

    Without a credible threat it is ``reach``. With one, those who threaten accept what is as good to them as acting
    outside; where it changes what the others live with too, these measure texts by it instead of the status quo.

    Args:
        ideals: draws x members; not a number for members that judge nothing.
        status_quo: one number, or one a draw.
        threat: who threatens with what.
        reach: draws x members; how far from its ideal each accepts a text without a threat; by default as far as the
            status quo.
        for_all: whether the status quo is gone for the others as well.

    Raises:
        ValueError: as :func:`credible`.

    **Source**: Voeten (2001); Gruber (2000), *Ruling the World: Power Politics and the Rise of Supranational
    Institutions*, chapter 3: going alone removes the status quo for those left behind.

    Example:
        >>> fallback([[80, 20]], 30, Threat([0], 50), for_all=False).tolist()
        [[30.0, 10.0]]
        >>> fallback([[80, 20]], 30, Threat([0], 50), for_all=True).tolist()
        [[30.0, 30.0]]
    """
    case = _Case.of(ideals, status_quo, threat)
    before = case.distance if reach is None else np.asarray(reach, dtype=np.float64)
    moved = np.maximum(before + case.away - case.distance, 0.0)
    own = np.isin(np.arange(moved.shape[1]), case.who)
    return np.where(case.credible()[:, None] & (own | for_all), moved, before)


@dataclass(frozen=True)
class Setting:
    """What an agenda setter obtains who can also act alone, draw by draw.

    Attributes:
        plain: the outcome without the outside option: the text it obtains, or the status quo.
        outcome: the outcome with it.
        credible: whether it would rather act alone than live with the status quo.
        used: whether the threat brings it more than its best text under the status quo.
        alone: whether it then acts alone, because the rule adopts nothing better for it.
    """

    plain: Floats
    outcome: Floats
    credible: Truths
    used: Truths
    alone: Truths


def setting(
    game: Game,
    ideals: ArrayLike,
    status_quo: ArrayLike,
    threat: Threat,
    *,
    scale: tuple[float, float] | None = None,
    fixed: ArrayLike | None = None,
) -> Setting:
    """Romer and Rosenthal's agenda setter whose threat moves the reversion for all.

    It may propose against the status quo, or put its outside text in the place of the status quo and propose against
    that; it does what serves it better, so an option never hurts it. Between the status quo and its own ideal, an
    outside text nearer to its ideal, or less cost, never moves the outcome away from it.

    Args:
        game: the rule.
        ideals: draws x members.
        status_quo: one number, or one a draw.
        threat: the setter's, who acts alone; its outside text holds for all.
        scale: the first and last text; by default there is no end.
        fixed: members; choices held whatever the text, -1 for those that vote by it.

    Raises:
        ValueError: as :func:`credible` and :func:`comity.solvers.spatial.line.setter`.

    **Source**: Romer and Rosenthal (1978), *Public Choice* 33, 27-43; Voeten (2001) and Gruber (2000) for the moved
    reversion.

    Example:
        >>> from comity.solvers.game import weighted
        >>> found = setting(weighted([1, 1, 1], quota=2), [[-1, 1, 3]], 0, Threat([2], 2.5))
        >>> found.plain, found.outcome, found.alone
        (array([2.]), array([2.5]), array([ True]))
    """
    case = _Case.of(ideals, status_quo, threat)
    if len(case.who) != 1:
        raise ValueError(f"One setter proposes; got {len(case.who)} that threaten.")
    actor = int(case.who[0])
    plain = setter(game, case.ideals, case.quo, actor, fixed=fixed, scale=scale)
    text = setter(game, case.ideals, case.outside, actor, fixed=fixed, scale=scale)
    aim = case.ideals[:, actor]
    nothing = text == case.outside
    bears = np.abs(text - aim) + np.where(nothing, case.cost, 0.0)
    used = case.credible() & (bears < np.abs(plain - aim))
    return Setting(plain, np.where(used, text, plain), case.credible(), used, used & nothing)


def settled(
    game: Game,
    ideals: ArrayLike,
    reach: ArrayLike,
    *,
    scale: tuple[float, float] = (0.0, 100.0),
    exponent: float = 2.0,
    fixed: ArrayLike | None = None,
) -> Floats:
    """Nash's text draw by draw, each measuring it against what it accepts at most; not a number where none is agreed.

    A member's loss grows with a power of the distance, its disagreement point is the loss at the end of its reach (see
    :func:`fallback`). Those consent who accept the text; the rule says which texts pass. Where all must consent, a
    better fallback of one member alone never moves the text away from it.

    Args:
        game: the rule.
        ideals: draws x members; not a number for members that judge nothing.
        reach: draws x members.
        scale: the first and last text; :data:`POINTS` texts between them are looked at.
        exponent: of the loss, at least 1.
        fixed: members; choices held whatever the text, -1 for those that vote by it.

    Raises:
        ValueError: for an exponent below 1, or shapes that do not fit.

    **Source**: Nash (1950), *Econometrica* 18; Thomson (1987), "Monotonicity of Bargaining Solutions with Respect to
    the Disagreement Point", *Journal of Economic Theory* 42, for the law; Lipscy (2017), *Renegotiating the World
    Order*, for outside options as the source of distributive change.

    Example:
        >>> from comity.solvers.game import weighted
        >>> settled(weighted([1, 1], quota=2), [[40, 80]], [[40, 80]], exponent=1).tolist()
        [40.0]
        >>> settled(weighted([1, 1], quota=2), [[40, 80]], [[40, 25]], exponent=1).tolist()
        [67.5]
    """
    places, reaches = (np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (ideals, reach))
    if places.shape != reaches.shape or not exponent >= 1:
        raise ValueError(
            f"Give as many reaches as ideals, and an exponent of at least 1; got {places.shape}, {reaches.shape} and "
            f"{exponent:g}."
        )
    texts = np.linspace(*scale, POINTS)
    refuse = refusal(game)
    held = None if fixed is None else np.asarray(fixed, dtype=np.int64)
    found = np.full(len(places), np.nan)
    for draw, (ideal, far) in enumerate(zip(places, reaches, strict=True)):
        away = np.abs(texts[:, None] - ideal)
        consents = away <= far
        choices = np.where(consents, YES, refuse)
        passes = game.adopted(choices if held is None else np.where(held >= 0, held, choices))
        judging = ~np.isnan(ideal) if held is None else ~np.isnan(ideal) & (held < 0)
        loss = np.where(judging, away, 0.0) ** exponent
        least = np.where(judging, far, 0.0) ** exponent
        text = nash(-loss, -least, feasible=passes, consenting=consents & judging).outcome
        found[draw] = np.nan if text is None else texts[text]
    return found


def losses(ideals: ArrayLike, status_quo: ArrayLike, outcome: ArrayLike) -> Floats:
    """How much farther from each member's ideal the outcome lies than the original status quo: draws x members.

    Positive numbers are losses: those who sign only because the status quo is gone can lose, and sign all the same.

    **Source**: Gruber (2000), chapter 3.

    Example:
        >>> losses([[80, 20]], 30, [50]).tolist()
        [[-20.0, 20.0]]
    """
    places = np.atleast_2d(np.asarray(ideals, dtype=np.float64))
    before, after = (np.broadcast_to(np.asarray(each, dtype=np.float64), len(places)) for each in (status_quo, outcome))
    return np.abs(after[:, None] - places) - np.abs(before[:, None] - places)


@dataclass(frozen=True)
class _Case:
    """A threat against a status quo, one row a draw; ``away`` is the distance of the outside text, with its cost."""

    ideals: Floats
    quo: Floats
    outside: Floats
    cost: Floats
    who: NDArray[np.int64]
    distance: Floats
    away: Floats

    @classmethod
    def of(cls, ideals: ArrayLike, status_quo: ArrayLike, threat: Threat) -> _Case:
        places = np.atleast_2d(np.asarray(ideals, dtype=np.float64))
        who = np.unique(np.asarray(threat.actors, dtype=np.int64))
        if not len(who) or who[0] < 0 or who[-1] >= places.shape[1]:
            raise ValueError(
                f"Somebody threatens, by a place from 0 to {places.shape[1] - 1} of the members; got {who.tolist()}."
            )
        quo, outside, cost = (
            np.broadcast_to(np.asarray(each, dtype=np.float64), len(places))
            for each in (status_quo, threat.outside, threat.cost)
        )
        if not (cost >= 0).all():
            raise ValueError("Acting outside costs nought or more points of the scale.")
        own = np.isin(np.arange(places.shape[1]), who)
        away = np.abs(outside[:, None] - places) + np.where(own, cost[:, None], 0.0)
        return cls(places, quo, outside, cost, who, np.abs(quo[:, None] - places), away)

    def credible(self) -> Truths:
        return np.asarray((self.away[:, self.who] < self.distance[:, self.who]).all(axis=1))
