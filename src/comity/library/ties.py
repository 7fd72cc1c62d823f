"""Figures of pairs: who trades with whom, and who is obliged to defend whom; shipped, or a user's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError
from comity.library.places import project_folder, read_text

if TYPE_CHECKING:
    import polars as pl

COLUMNS = {
    "partners": ("iso3", "direction", "partner", "share", "year"),
    "alliances": ("iso3", "partner", "pact"),
}
"""The columns of each table."""
SETTING = "ties"
"""The key of `comity.toml` that names a folder of own tables."""
SOURCES = {
    "partners": "Central Intelligence Agency, The World Factbook (final data, January 2026). Public domain.",
    "alliances": (
        "Leeds, Ritter, Mitchell and Long (2002), Alliance Treaty Obligations and Provisions, version 5.1; by way of "
        "peacesciencer."
    ),
}
"""The attribution line of each table."""
OBLIGED = 2018
"""The year of the alliances."""


def partners() -> pl.DataFrame:
    """The trade partners that the source prints for each state, as a rule the five largest of exports and of imports.

    Returns:
        The columns iso3, direction (``export`` or ``import``), partner, share and year. A share is in per cent of the
        state's exports or imports, rounded to whole numbers. A partner that is not printed has no row, which does not
        mean that there is no trade: its share is not above the least that is printed.

    Raises:
        InputError: where the project's own folder lacks the table.

    Example:
        >>> trade = partners()
        >>> trade.filter((trade["iso3"] == "CAN") & (trade["partner"] == "USA"))["share"].to_list()
        [71.0, 51.0]
    """
    return _table("partners")


def alliances() -> pl.DataFrame:
    """Who was obliged to whom by treaty in 2018: the strongest obligation of each state towards each partner.

    Returns:
        The columns iso3 (who is obliged), partner and pact: ``defence``, ``neutrality`` or ``consultation``. Pairs
        that promised nothing, or nothing but non-aggression, have no row.

    Raises:
        InputError: where the project's own folder lacks the table.

    Example:
        >>> pacts = alliances()
        >>> pacts.filter((pacts["iso3"] == "USA") & (pacts["partner"] == "JPN"))["pact"].to_list()
        ['defence']
    """
    return _table("alliances")


def digests() -> dict[str, str]:
    """SHA-256 of each table of pairs, by its name."""
    return {
        f"ties/{name}.csv": digest(Path(str(_file(name))).read_bytes()) for name in COLUMNS if _file(name).is_file()
    }


def _file(name: str) -> Traversable:
    own = project_folder(SETTING)
    if own is not None:
        return own / f"{name}.csv"
    return files("comity.library").joinpath("figures", "ties", f"{name}.csv")


def _table(name: str) -> pl.DataFrame:
    return _read(str(_file(name)), name)


@cache
def _read(path: str, name: str) -> pl.DataFrame:
    import polars as pl

    text = read_text(Path(path))
    columns = COLUMNS[name]
    kinds = {"share": pl.Float64, "year": pl.Int64}
    mend = f"Write the columns {','.join(columns)}; see `comity data get {name}`."
    if text.partition("\n")[0].strip() != ",".join(columns):
        raise InputError(f"{path}: its columns are not {', '.join(columns)}.", mend=mend)
    try:
        return pl.read_csv(text.encode(), schema={column: kinds.get(column, pl.String) for column in columns})
    except pl.exceptions.PolarsError as error:
        raise InputError(f"{path}: cannot be read: {str(error).splitlines()[0]}.", mend=mend) from None
