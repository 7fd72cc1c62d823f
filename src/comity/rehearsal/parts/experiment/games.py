"""The whole institution played round after round: frozen games, compiled where they can be, and what each comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.rehearsal.parts.campaign import blocks, engine
from comity.rehearsal.parts.campaign.paths import way
from comity.rehearsal.parts.game.problem import Shock
from comity.rehearsal.parts.game.setting_up import frozen as problem_of
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.varying.setting import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISCOUNT = Fraction(3, 100)
"""The yearly rate at which money is discounted to the first round."""


@dataclass(frozen=True)
class Games:
    """Games of the institution, as they are set up at every setting.

    Attributes:
        inputs: what the analysis may read; its institution and stakes are those as written.
        rounds: how many rounds a game has.
        discount: the yearly rate at which money is discounted.
        shocks: what happens from outside at every setting, before the chances that a setting names.
        options: the time between rounds and the like, as a problem is frozen with them.
        why: why some settings are played on the law engine; filled in as settings are frozen.
    """

    inputs: Inputs
    rounds: int
    discount: Fraction = DISCOUNT
    shocks: tuple[Mapping[str, Any], ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    why: dict[str, Text] = field(default_factory=dict[str, Text])

    def frozen(self, setting: Setting) -> bytes:
        """The institution at a setting, with its players, terms and shocks: compiled to arrays where it can be.

        A shock of chance nought is kept, so that the chances of the others do not move.

        Args:
            setting: the institution, the stakes, the players, the terms and the shocks that are rehearsed.

        Raises:
            UnknownName: for a player that is not there.
            InputError: where a person would have to play.
            NotComputable: where no issue can be played.
        """
        chances = [Shock(what=what, by=by, chance=chance) for (what, by), chance in sorted(setting.shocks.items())]  # pyright: ignore[reportArgumentType]
        inputs = self.inputs
        problem = problem_of(
            setting.institution,
            setting.grounds,
            players=dict(setting.players),
            rounds=self.rounds,
            seed=inputs.seed,
            on=inputs.on,
            shocks=[*self.shocks, *chances],
            terms=dict(setting.terms),
            **self.options,
        )
        table = game(problem, setting.institution, setting.grounds, panel=inputs.panel)
        law = way(table, "any", forgets=Fraction(0), discount=self.discount, narrow=False)
        if not isinstance(law, Text):
            return blocks.packed(law)
        self.why[law.en] = law
        staged = engine.Staged(
            problem, setting.institution, setting.grounds, inputs.panel, Fraction(0), self.discount
        )  # fmt: skip
        return staged.packed()


def block(problem: bytes, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Some games of an institution.

    Args:
        problem: the institution, as :meth:`Games.frozen` writes it.
        first: the number of the first game.
        count: how many.

    Returns:
        One number a game: ``worth``, the present value of all to all members, and ``paid``, what the fund paid them, in
        millions of dollars; ``adopted``, the share of issues on which a text was adopted; ``delivered`` and ``broken``
        promises; ``true_notices`` and ``false_notices``; ``renegotiated`` promises; ``left``, members that went.
    """
    import numpy as np

    from comity.solvers.campaign import arrays as at
    from comity.solvers.campaign.playing import block as games

    on_law = problem.startswith(engine.PICKLED)
    played = engine.block(problem, first, count) if on_law else games(blocks.opened(problem), first, count)._asdict()
    each, worth = played["counts"], played["worth"]
    topics = played["text"].shape[1]
    counts: NDArray[np.int64] = each.sum(axis=1)
    due, done = counts[:, at.FELL_DUE], counts[:, at.DELIVERED]
    found = {
        "worth": worth[:, :, at.PRESENT].sum(axis=1),
        "adopted": (each[:, :topics, at.ADOPTED_FIRST] > 0).mean(axis=1),
        "delivered": done,
        "broken": due - done,
        "true_notices": counts[:, at.NOTICES] - counts[:, at.FALSE_NOTICES],
        "false_notices": counts[:, at.FALSE_NOTICES],
        "renegotiated": counts[:, at.RENEGOTIATED],
        "left": (played["exits"][:, :, 1] > 0).sum(axis=1),
        "paid": played["cents"][:, :, at.RECEIVED].sum(axis=1) / 1e8,
    }
    return {name: found_.astype(np.float64) for name, found_ in found.items()}
