"""``comity observe compliance scores.csv``: what a table of a user's own says of an institution."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from comity.cli.ask import answer
from comity.cli.common import Common, show

observe = App(name="observe", help="What was observed of an institution, from a table of your own.")


@observe.command
def compliance(
    file: Path,
    /,
    *,
    of: Annotated[str, Parameter(help="The charter whose members were scored, by name or path.")] = "g20",
    assessor: Annotated[str | None, Parameter(help="Whose scores are averaged.")] = None,
    draws: Annotated[int, Parameter(help="How often commitments are drawn again.")] = 2000,
    confidence: Annotated[float, Parameter(help="How often intervals hold what they are about.")] = 0.95,
    seed: Annotated[int, Parameter(help="The seed of random draws.")] = 1,
    common: Common = Common(),
) -> None:
    """Compliance by member, issue and year from a CSV file of scores -1, 0 and +1.

    Args:
        file: The table of scores: commitment, member, value, assessor, year.
        of: the charter.
        assessor: whose scores.
        draws: how many draws.
        confidence: the confidence of intervals.
        seed: the seed.
        common: options of every command.
    """
    options = {"file": str(file), "assessor": assessor, "draws": draws, "confidence": confidence}
    show(answer("observation.compliance", of, common, against=(), seed=seed, stakes=None, options=options), common)
