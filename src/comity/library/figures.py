"""The figures that ship, with a user's own laid over them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.kernel.canonical import digest
from comity.kernel.document import parse
from comity.kernel.errors import InputError
from comity.library.actors import actors
from comity.library.own_figures import read_own
from comity.library.places import project_figures
from comity.model.panel import COLUMNS, Indicator, Panel

if TYPE_CHECKING:
    import polars as pl

_KEY = ["indicator", "iso3", "year"]


@cache
def _shipped() -> tuple[bytes, str]:
    content = files("comity.library").joinpath("figures", "figures.csv").read_bytes()
    return content, digest(content)


@cache
def _shipped_frame() -> pl.DataFrame:
    import polars as pl

    return pl.read_csv(_shipped()[0], schema=schema())


@cache
def _described() -> dict[str, Indicator]:
    text = files("comity.library").joinpath("figures", "indicators.yaml").read_text(encoding="utf-8")
    written: dict[str, dict[str, Any]] = parse(text, "indicators.yaml").data
    return {name: Indicator(id=name, **fields) for name, fields in written.items()}


def schema() -> dict[str, Any]:
    """The types of the columns of every table of figures."""
    import polars as pl

    numbers = {"year": pl.Int64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return {column: numbers.get(column, pl.String) for column in COLUMNS}


def indicators(figures: Path | None = None) -> dict[str, Indicator]:
    """What each indicator measures, those of a user's own file included.

    Raises:
        DocumentError: with every problem of the user's file, where it has any.

    Example:
        >>> indicators()["net_energy_exports_pj"].unit
        'PJ per year'
    """
    described = dict(_described())
    figures = figures or project_figures()
    if figures is not None:
        described = read_own(figures, actors(), described).indicators | described
    return described


def figures_frame(figures: Path | None = None) -> pl.DataFrame:
    """All figures of all years, one row a cell, sorted by indicator, state and year.

    Args:
        figures: a user's own table (CSV or Parquet), whose cells replace shipped ones and add to them.

    Raises:
        DocumentError: with every problem of the user's file, where it has any.

    Example:
        >>> figures_frame().columns[:4]
        ['iso3', 'indicator', 'year', 'value']
    """
    import polars as pl

    shipped = _shipped_frame()
    figures = figures or project_figures()
    if figures is None:
        return shipped
    own = pl.DataFrame(read_own(figures, actors(), _described()).rows, schema=schema(), orient="row")
    return pl.concat([shipped.join(own, on=_KEY, how="anti"), own]).sort(_KEY)


def panel(year: int = 2025, back: int = 5, figures: Path | None = None) -> Panel:
    """The figures as of one year: each cell's latest value not later than ``year`` and not older than ``year - back``.

    Years differ between cells; :meth:`Panel.older` lists them. The world of shares is the 193 members of the United
    Nations; the frame also holds actors outside it (Taiwan, Hong Kong, Macao, Kosovo) where the source has them.

    Args:
        year: the year looked back from.
        back: how many years back a value may be.
        figures: a user's own table (CSV or Parquet, same columns; low, high and licence may be left out); that of the
            project's ``comity.toml`` where absent.

    Raises:
        DocumentError: with every problem of the user's file, where it has any.
        InputError: for a year that is none, or from which no figure is at hand.

    Example:
        >>> world = panel(year=2025)
        >>> world.value("JPN", "gdp_usd"), world.years("gdp_usd")["JPN"]
        (4026000000000.0, 2024)
    """
    import polars as pl

    if isinstance(year, bool) or not isinstance(year, int) or not isinstance(back, int) or back < 0:
        raise InputError(f"A panel looks back from a year: {year!r}, {back!r}.", mend="panel(year=2025, back=5).")
    figures = figures or project_figures()
    frame = figures_frame(figures).filter(pl.col("year").is_between(year - back, year))
    if frame.is_empty():
        raise InputError(
            f"There is no figure from {year - back} to {year}.", mend="`comity data list` shows the years."
        )
    latest = frame.group_by("indicator", "iso3", maintain_order=True).last().select(COLUMNS)
    digests = {"figures.csv": _shipped()[1]}
    if figures is not None:
        digests[figures.name if figures.name not in digests else f"own {figures.name}"] = digest(figures.read_bytes())
    return Panel(
        frame=latest,
        year=year,
        back=back,
        indicators=indicators(figures),
        actors=tuple(actors().un_members()),
        digests=digests,
    )
