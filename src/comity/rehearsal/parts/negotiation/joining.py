"""Texts, the terms of a clause and compensation joined into one package, whole or as a sample of what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.rehearsal.parts.negotiation.package import MOST, Block, Issue, Package, counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS = (0.0, 0.5, 1.0)
"""The parts of the losses that compensation makes good."""
COMPENSATION = "compensation"


def joined(
    inputs: Inputs, body: Institution, blocks: Sequence[Block], *, rate: Fraction | None, sample: int | None, unit: str
) -> Package:  # fmt: skip
    """Blocks as one package, with compensation where a rate is given: worth adds up over blocks.

    Where a sample is asked for and there are more packages, as many are drawn at random and held instead of all.

    Raises:
        InputError: where there are more than :data:`MOST` packages and no sample is asked for.
    """
    import numpy as np

    from comity.kernel.streams import Stream

    issues = [issue for block in blocks for issue in block.issues]
    levels = 1 if rate is None else len(LEVELS)
    number, most = counted([each.places for each in issues]), (sample or MOST) // levels
    rows = None
    if number > most:
        if sample is None:
            raise _too_many(issues, levels)
        luck = Stream(inputs.seed, "negotiation.packages").uniforms(range(most), range(1))
        rows = np.unique((np.asarray(luck).ravel() * number).astype(np.int64))
    sizes = [block.gains.shape[2] for block in blocks]
    digits = None if rows is None else np.unravel_index(rows, sizes)

    def gain(draw: int) -> Floats:
        table = blocks[0].gains[draw] if digits is None else blocks[0].gains[draw][:, digits[0]]
        for place, block in enumerate(blocks[1:], start=1):
            each = block.gains[draw]
            if digits is None:
                table = (table[:, :, None] + each[:, None, :]).reshape(len(each), -1)
            else:
                table = table + each[:, digits[place]]
        return table if rate is None else compensated(table, float(rate))

    picked = rows if rows is None or rate is None else (rows[:, None] * levels + np.arange(levels)).ravel()
    members = body.game(blocks[0].rule, inputs.on or body.as_of).members
    judging = {member for block in blocks for member in block.judging}
    return Package(
        body,
        tuple(dict.fromkeys(block.rule for block in blocks)),
        tuple(dict.fromkeys(block.organ for block in blocks)),
        (*issues, *([] if rate is None else [_compensation()])),
        members,
        tuple(member for member in members if member not in judging),
        gain,
        unit,
        tuple(blocks),
        picked,
    )


def weighed(
    inputs: Inputs, terms: Block, issue: str, members: Sequence[str], *, point: Fraction | None
) -> Block:  # fmt: skip
    """The terms of a clause in points times salience, so that they add up with texts.

    Where it is said what a point is worth in money, sums are divided by it; else the terms that matter most to a member
    count to it as much as a text of the clause's issue that moves from one end of the scale to the other.
    """
    import numpy as np

    if point is not None:
        return replace(terms, gains=terms.gains / float(point))
    draws = len(terms.gains)
    who = [member for member in members if member in terms.judging]
    stands = [member for member in inputs.wanted().stands(issue, who) if member in who]
    drawn = inputs.wanted().draws(issue, stands, draws, inputs.seed)
    salience = np.zeros((draws, len(members)))
    salience[:, [members.index(each) for each in stands]] = drawn.salience
    most = np.abs(terms.gains).max(axis=2)
    scale = np.where(most > 0, salience / np.where(most > 0, most, 1.0), 0.0)
    return replace(terms, gains=terms.gains * scale[:, :, None])


def _too_many(issues: Sequence[Issue], levels: int) -> InputError:
    sizes = [len(each.places) for each in issues] + ([levels] if levels > 1 else [])
    number = counted([range(each) for each in sizes])
    texts = [each for each in issues if each.now is not None]
    others = counted([each.places for each in issues if each.now is None]) * levels
    fewer = int((MOST / others) ** (1 / len(texts)) + 1e-9) if texts else 0
    less = f"fewer texts of each issue (--options {fewer})" if fewer > 1 else "fewer issues (--issues)"
    told = " x ".join(map(str, sizes))
    what = f"The package has {told} = {number:,} outcomes; at most {MOST:,} are held."
    return InputError(what, mend=f"Take {less}, or a sample of all packages (--sample 5000).")


def _compensation() -> Issue:
    words = (Text("none", "无"), Text("half of all losses", "补偿一半损失"), Text("all losses", "补偿全部损失"))
    return Issue(COMPENSATION, Text("Compensation", "补偿"), LEVELS, words, None)


def compensated(table: Floats, rate: float) -> Floats:
    """Each package with each part of its losses made good: members x packages, to members x (packages x levels).

    Those that gain pay in proportion to what they gain, no more than all of it; what they pay is worth ``rate`` times
    as much to those that are paid.

    Example:
        >>> import numpy as np
        >>> compensated(np.array([[8.0], [-2.0]]), 0.5).tolist()
        [[8.0, 6.0, 4.0], [-2.0, -1.0, 0.0]]
    """
    import numpy as np

    won, lost = np.maximum(table, 0), np.maximum(-table, 0)
    able, owed = won.sum(axis=0), lost.sum(axis=0) / rate
    levels = np.asarray(LEVELS)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(owed[:, None] > 0, np.minimum(levels, (able / owed)[:, None]), 0.0)
        taken = np.where(able[:, None] > 0, part * owed[:, None] / able[:, None], 0.0)
    found = table[:, :, None] + lost[:, :, None] * part - won[:, :, None] * taken
    return np.ascontiguousarray(found.reshape(len(table), -1))
