"""Where models of bargaining put the text of one issue: each lens over draws, or at the modes where it is heavy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import Measured, compromise, middle
from comity.analysis.parts.matters import Matter
from comity.kernel.result import Text
from comity.model.grounds import Draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LENSES: dict[str, Text] = {
    "compromise": Text("compromise mean", "折中均值"),
    "core": Text("middle of the gridlock interval", "僵局区中点"),
    "nash": Text("Nash", "纳什解"),
    "kalai_smorodinsky": Text("Kalai-Smorodinsky", "卡莱-斯莫罗廷斯基解"),
    "legislative": Text("legislative bargaining", "立法议价"),
    "condorcet": Text("influence: probabilistic Condorcet", "影响力：概率孔多塞"),
    "challenge_published": Text("influence: challenge model, as published", "影响力：挑战模型（发表曲线）"),
    "challenge_least_move": Text("influence: challenge model, least move", "影响力：挑战模型（最小移动）"),
    "challenge_pairwise": Text("influence: challenge model, pairwise chances", "影响力：挑战模型（成对概率）"),
}
"""The models, in the order of the literature: those of negotiation first, those of pressure last."""
HEAVY = 200
"""The most draws of the lenses that search a list of texts."""
HEAVIER = 40
"""The most draws of legislative bargaining."""
MANY = 20
"""In larger bodies legislative bargaining and the influence lenses are left out."""


@dataclass(frozen=True)
class Landing:
    """Where one lens puts the text: the mean over draws with the middle 90 %."""

    lens: str
    text: Measured


@dataclass(frozen=True)
class Case:
    """One issue with its draws, over the members that have stakes; ``power`` is what each member brings to bear."""

    matter: Matter
    drawn: Draws
    power: NDArray[np.float64]
    least: float
    discount: float

    @cached_property
    def judged(self) -> NDArray[np.intp]:
        """The places of the members with stakes."""
        import numpy as np

        return np.flatnonzero(~np.isnan(self.drawn.position[0]))

    def adopted(self, accepts: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which texts the rule adopts: ``texts x judged members`` of who accepts."""
        import numpy as np

        everyone = np.ones((len(accepts), len(self.matter.decision.members)), dtype=np.bool_)
        everyone[:, self.judged] = accepts
        return self._carries(everyone)

    @cached_property
    def _carries(self) -> Callable[[NDArray[np.bool_]], NDArray[np.bool_]]:
        from comity.solvers.spatial.line import carrying

        return carrying(self.matter.decision.game)


def landings(matter: Matter, number: int, seed: int, *, power: NDArray[np.float64], least: float) -> list[Landing]:
    """Every lens on one issue before one body.

    Args:
        matter: the issue before the body.
        number: how many draws of the light lenses.
        seed: the seed.
        power: members of the body; what each brings to bear, any unit.
        least: texts nearer than this to the status quo are no agreement.
    """
    drawn = matter.draws(number, seed)
    case = Case(matter, drawn, power, least, 0.9)
    found = [Landing("compromise", middle(_compromise(case))), Landing("core", middle(_core(case)))]
    settled = _settled(case, min(number, HEAVY))
    found += [Landing(lens, middle(texts)) for lens, texts in settled.items()]
    if len(case.judged) <= MANY:
        found.append(Landing("legislative", middle(_legislative(case, min(number, HEAVIER)))))
        found.append(Landing("condorcet", middle(_condorcet(case, min(number, HEAVY)))))
        found += [Landing(f"challenge_{reading}", Measured(text, n=1)) for reading, text in _challenge(case).items()]
    return found


def _compromise(case: Case) -> NDArray[np.float64]:
    from dataclasses import replace

    return compromise(replace(case.drawn, salience=case.drawn.salience * case.power))


def _core(case: Case) -> NDArray[np.float64]:
    import numpy as np

    from comity.solvers.spatial.line import core

    fixed = case.matter.fixed()
    low, high = core(case.matter.decision.game, np.where(fixed < 0, case.drawn.position, 0.0), fixed)
    bounded = np.isfinite(low) & np.isfinite(high)
    return np.where(bounded, (np.where(bounded, low, 0.0) + np.where(bounded, high, 0.0)) / 2, np.nan)


def _settled(case: Case, draws: int) -> dict[str, NDArray[np.float64]]:
    """Nash and Kalai-Smorodinsky over the texts of the zone, one point apart; who does not accept is not counted."""
    import numpy as np

    from comity.solvers.bargain.cooperative import kalai_smorodinsky, nash

    texts = np.arange(101.0)
    away = np.abs(texts - case.matter.status_quo) >= max(case.least, 1e-9)
    found = {"nash": np.full(draws, np.nan), "kalai_smorodinsky": np.full(draws, np.nan)}
    judged, weights = case.judged, case.power[case.judged]
    for draw in range(draws):
        position, salience = case.drawn.position[draw, judged], case.drawn.salience[draw, judged]
        reach = (case.drawn.high[draw, judged] - case.drawn.low[draw, judged]) / 2
        gains = np.maximum(salience, 1e-9) * (reach - np.abs(texts[:, None] - position))
        accepts = gains >= 0
        feasible = away & case.adopted(accepts)
        for name, solve in (("nash", nash), ("kalai_smorodinsky", kalai_smorodinsky)):
            outcome = solve(gains, np.zeros(len(judged)), weights, feasible, consenting=accepts).outcome
            if outcome is not None:
                found[name][draw] = texts[outcome]
    return found


def _legislative(case: Case, draws: int) -> NDArray[np.float64]:
    """The expected text where every member with stakes is as likely as any other to propose."""
    import numpy as np

    from comity.solvers.bargain.legislative import spatial_proposals

    judged = case.judged
    chances = np.full(len(judged), 1 / len(judged))
    found = np.full(draws, np.nan)
    for draw in range(draws):
        result = spatial_proposals(
            case.drawn.position[draw, judged], 1.0, chances, case.discount, winning=case.adopted,
            status_quo=case.matter.status_quo, ends=(0.0, 100.0),
        )  # fmt: skip
        if result.converged:
            found[draw] = float(np.asarray(result.expected).ravel()[0])
    return found


def _condorcet(case: Case, draws: int) -> NDArray[np.float64]:
    import numpy as np

    from comity.solvers.bargain.influence import lens

    judged = case.judged
    found = np.full(draws, np.nan)
    for draw in range(draws):
        salience = np.maximum(case.drawn.salience[draw, judged], 1e-9)
        result = lens(case.drawn.position[draw, judged] / 100, case.power[judged], salience)
        found[draw] = 100 * float(np.asarray(result.expected).ravel()[0])
    return found


def _challenge(case: Case) -> dict[str, float]:
    """The mean position after ten rounds, at the modes, in each reading of the model."""
    from comity.solvers.bargain.challenge import readings

    modes = case.matter.modes()
    judged = case.judged
    runs = readings(modes.position[0, judged], case.power[judged], modes.salience[0, judged] / 100)
    return {str(reading): float(run.means[-1]) for reading, run in runs.items()}
