"""The whole institution played round after round: compiled games, frozen as arrays, and what each comes to."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.kernel.errors import NotComputable
from comity.model.analysis import Inputs
from comity.rehearsal.parts.campaign.compiling import Compiling, untabled
from comity.rehearsal.parts.game.problem import Shock
from comity.rehearsal.parts.game.setting_up import frozen as problem_of
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.varying.setting import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHOLE = ("periods", "texts", "a_year", "forgets")
"""Fields of the compiled institution that are single numbers."""
DISCOUNT = Fraction(3, 100)
"""The yearly rate at which money is discounted to the first round."""


def frozen(inputs: Inputs, setting: Setting, *, rounds: int) -> bytes:
    """The institution at a setting, with its players and shocks, compiled to arrays.

    A shock of chance nought is kept, so that the chances of the others do not move.

    Args:
        inputs: what the analysis may read; its institution and stakes are those as written.
        setting: the institution, the stakes, the players and the shocks that are rehearsed.
        rounds: how many rounds a game has.

    Raises:
        UnknownName: for a player that is not there.
        NotComputable: where no issue can be played, or no table describes a player.
    """
    import numpy as np

    shocks = [Shock(what=what, by=by, chance=chance) for (what, by), chance in sorted(setting.shocks.items())]  # pyright: ignore[reportArgumentType]
    problem = problem_of(
        setting.institution,
        setting.grounds,
        players=dict(setting.players),
        rounds=rounds,
        seed=inputs.seed,
        on=inputs.on,
        shocks=shocks,
    )
    table = game(problem, setting.institution, setting.grounds, panel=inputs.panel)
    if odd := untabled(table):
        listed = ", ".join(f"{member} ({kind})" for member, kind in odd.items())
        what = f"{listed}: many games at once need players that a table describes."
        raise NotComputable(what, mend="Give these seats another player.")
    law = Compiling(table, Fraction(0), DISCOUNT).arrays()
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, **{name: np.asarray(each) for name, each in law._asdict().items()})
    return held.getvalue()


def block(problem: bytes, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Some games of an institution.

    Args:
        problem: the institution, as :func:`frozen` writes it.
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

    with np.load(io.BytesIO(problem), allow_pickle=False) as held:
        fields: Mapping[str, Any] = {name: held[name] for name in held.files}
    whole: Any = {name: int(each) if name in WHOLE else each for name, each in fields.items()}
    law = at.Law(**whole)
    kept = games(law, first, count)
    counts: NDArray[np.int64] = kept.counts.sum(axis=1)
    due, done = counts[:, at.FELL_DUE], counts[:, at.DELIVERED]
    found = {
        "worth": kept.worth[:, :, at.PRESENT].sum(axis=1),
        "adopted": (kept.counts[:, : len(law.status_quo), at.ADOPTED_FIRST] > 0).mean(axis=1),
        "delivered": done,
        "broken": due - done,
        "true_notices": counts[:, at.NOTICES] - counts[:, at.FALSE_NOTICES],
        "false_notices": counts[:, at.FALSE_NOTICES],
        "renegotiated": counts[:, at.RENEGOTIATED],
        "left": (kept.exits[:, :, 1] > 0).sum(axis=1),
        "paid": kept.cents[:, :, at.RECEIVED].sum(axis=1) / 1e8,
    }
    return {name: each.astype(np.float64) for name, each in found.items()}
