"""Who was assessed, who pledged, who paid: contributions to common funds, by fund, state and period."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import UnknownName

if TYPE_CHECKING:
    import polars as pl

COLUMNS = ("fund", "iso3", "period", "kind", "amount", "unit", "year", "seen", "source")
"""The columns of the table, in order."""
KINDS = ("assessed_rate", "pledged", "confirmed", "paid", "rescinded", "total")
"""What an amount is: a rate fixed by an assembly, a rung of the ladder of a voluntary contribution, or a whole."""


@cache
def _shipped() -> bytes:
    return files("comity.library").joinpath("figures", "contributions.csv").read_bytes()


@cache
def _frame() -> pl.DataFrame:
    import polars as pl

    numbers = {"amount": pl.Float64, "year": pl.Int64}
    return pl.read_csv(_shipped(), schema={name: numbers.get(name, pl.String) for name in COLUMNS})


def contributions_digest() -> str:
    """The digest of the shipped table, for the provenance of what rests on it."""
    return digest(_shipped())


def funds() -> list[str]:
    """The funds with contributions at hand.

    Example:
        >>> funds()
        ['gcf', 'un_regular_budget']
    """
    return sorted(set(_frame()["fund"]))


def contributions(fund: str | None = None) -> pl.DataFrame:
    """What states were assessed, pledged, confirmed, paid or rescinded, one row each.

    Columns: ``fund``; ``iso3``, empty on a row of kind ``total``; ``period``, the scale (``2025-2027``) or the round
    (``IRM``, ``GCF-1``, ``GCF-2``); ``kind`` (:data:`KINDS`); ``amount`` in ``unit`` (per cent of the budget, or
    millions of current US dollars); ``year``, the first of the period or that of the act; ``seen`` (``text``,
    ``quoted`` or ``recalled``) and ``source``, told in ``figures/SOURCES.md``. What was not found has no row: the
    rounds of the Green Climate Fund are incomplete, and the row ``total`` says how much was pledged by all.

    Args:
        fund: the fund; all of them where absent.

    Raises:
        UnknownName: where nothing is at hand for the fund.

    Example:
        >>> scale = contributions("un_regular_budget")
        >>> scale.filter(iso3="CHN", period="2025-2027")["amount"].item()
        20.004
    """
    frame = _frame()
    if fund is None:
        return frame
    if fund not in funds():
        raise UnknownName("fund", fund, funds())
    return frame.filter(fund=fund)


LEDGERS: Mapping[str, str] = {"gcf.trust_fund": "gcf", "unga.regular_budget": "un_regular_budget"}
"""In which fund of this table the contributions to a charter's fund stand, by ``charter.fund``."""


def ledger(charter: str, fund: str) -> pl.DataFrame | None:
    """The contributions to a fund of a shipped charter; none where nothing is at hand.

    Example:
        >>> ledger("g5", "common_fund") is None
        True
    """
    known = LEDGERS.get(f"{charter}.{fund}")
    return None if known is None else contributions(known)
