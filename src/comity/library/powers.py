"""The powers over time: shares of capabilities and of output by year, and who came to climate sessions."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import UnknownName
from comity.kernel.result import Text

if TYPE_CHECKING:
    import polars as pl

SERIES = {
    "capabilities": Text("Material capabilities (CINC)", "物质能力综合指数（CINC）"),
    "gdp_constant": Text("GDP at constant prices", "国内生产总值（不变价）"),
}
"""The series with the title of each."""
SOURCES = {
    "capabilities": "Correlates of War, National Material Capabilities 7.0 (Singer 1987)",
    "gdp_constant": "World Bank WDI, NY.GDP.MKTP.KD, by way of Gapminder (CC BY 4.0)",
    "climate_sessions": "Bagozzi, Blinova and Emuru, UNFCCC Attendance Data (CC BY 4.0)",
}
"""The source of each table."""


@cache
def _shipped(name: str) -> bytes:
    return files("comity.library").joinpath("figures", "powers", f"{name}.csv").read_bytes()


@cache
def _frame(name: str) -> pl.DataFrame:
    import polars as pl

    kinds = {
        "who": pl.String,
        "session": pl.String,
        "share": pl.Float64,
        "squares": pl.Float64,
        "effective": pl.Float64,
    }
    header = _shipped(name).decode().partition("\n")[0].split(",")
    return pl.read_csv(_shipped(name), schema={column: kinds.get(column, pl.Int64) for column in header})


def powers(series: str = "capabilities") -> pl.DataFrame:
    """Shares of the world by year: of each member of the G7, BRICS and SCO, and of all others together.

    The row ``others`` also holds how many states they are and the sum of their squared shares, so that effective
    numbers of the whole world are exact. Germany and Russia stand for their predecessors (German Empire, Soviet Union).

    Args:
        series: ``capabilities`` (the composite index of six shares: military expenditure and personnel, iron and steel,
            energy, population, urban population; 1816-2022) or ``gdp_constant`` (constant dollars, from 1990).

    Returns:
        The columns year, who, share, squares, states.

    Raises:
        UnknownName: for a series that does not ship.

    **Source**: Singer (1987), "Reconstructing the Correlates of War dataset on material capabilities of states,
    1816-1985", International Interactions 14: 115-132 (version 7.0); World Bank, World Development Indicators.

    Example:
        >>> frame = powers()
        >>> frame.filter(year=2022, who="CHN")["share"].item() > frame.filter(year=2022, who="USA")["share"].item()
        True
    """
    if series not in SERIES:
        raise UnknownName("series of powers", series, list(SERIES))
    return _frame(series)


def climate_sessions() -> pl.DataFrame:
    """Parties and delegates at climate sessions: the negotiating committee of 1991-95 and the Conferences since.

    ``effective`` is the effective number of delegations by size; the Conferences have none, for only their totals ship.

    Example:
        >>> climate_sessions().filter(session="COP 21")["parties"].item()
        196
    """
    return _frame("climate_sessions")


def powers_digests() -> dict[str, str]:
    """SHA-256 of each table, by its name."""
    return {f"powers/{name}.csv": digest(_shipped(name)) for name in SOURCES}
