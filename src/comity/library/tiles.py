"""The world as squares: one tile a state, roughly where it lies, without borders."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """The tile of every member of the United Nations: ``(column, row)``, counted from the north-west.

    All states are of one size, so that Tuvalu is seen as well as Russia, and no line is drawn that anybody disputes.

    Example:
        >>> tiles()["ISL"][1] < tiles()["ZAF"][1], len(tiles())
        (True, 193)
    """
    text = files("comity.library").joinpath("tiles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["iso3"]: (int(row["column"]), int(row["row"])) for row in rows}
