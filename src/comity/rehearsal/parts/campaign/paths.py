"""How a campaign is played: compiled where it can be, else on the law engine, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import NotComputable
from comity.kernel.result import Text
from comity.rehearsal.parts.campaign.bodies import NotCompiled
from comity.rehearsal.parts.campaign.compiling import Compiling, untabled
from comity.rehearsal.parts.game.play import Play

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Law

Path = Literal["any", "compiled", "law"]
PILOT = 64
"""So many runs are played beforehand, to see how far gains reach."""


def compiled(
    table: Play, forgets: Fraction = Fraction(0), discount: Fraction = Fraction(3, 100), *, narrow: bool = True
) -> Law:
    """A game before its first round as arrays.

    The bounds of the chart of gains are those of a few runs, widened, unless nobody asks for that chart.

    Raises:
        NotCompiled: where no table describes a player, such as a script, or the charter cannot be compiled.
    """
    if odd := untabled(table):
        en = ", ".join(f"{member} ({kind})" for member, kind in odd.items())
        zh = "、".join(f"{member}（{kind}）" for member, kind in odd.items())
        why = Text(f"{en}: no table describes this player.", f"{zh}：该参与者无法用表格描述。")
        raise NotCompiled(why, mend="Give these seats another player, or play on the law engine: --path law.")
    from comity.solvers.campaign.playing import block, narrowed

    law = Compiling(table, forgets, discount).arrays()
    return narrowed(law, block(law, 0, PILOT)) if narrow else law


def way(
    table: Play, path: Path, *, forgets: Fraction, discount: Fraction, narrow: bool = True
) -> Law | Text:  # fmt: skip
    """How a campaign is played: a game before its first round as arrays, or why it is played on the law engine.

    Raises:
        NotCompiled: where compiled games are asked for, and cannot be.
    """
    if path == "law":
        return Text("It was asked for.", "应要求如此。")
    try:
        return compiled(table, forgets, discount, narrow=narrow)
    except NotComputable as refused:
        if path == "compiled":
            raise
        return refused.why if isinstance(refused, NotCompiled) else Text(refused.message)
