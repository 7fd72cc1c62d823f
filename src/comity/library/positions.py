"""Computed positions: ideal points of states from roll calls of the General Assembly, shipped or a user's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError, UnknownName
from comity.library.places import project_folder, read_text
from comity.model.votes import GROUP_TITLES

if TYPE_CHECKING:
    import polars as pl

_COLUMNS = {
    "points": ("iso3", "session", "value", "low", "high"),
    "agreement": ("iso3", "other", "session", "agreement", "votes"),
    "turnout": ("iso3", "session", "votes", "absent"),
}
SETTING = "ideal_points"
"""The key of `comity.toml` that names a folder of own tables."""


def ideal_points(group: str = "overall") -> pl.DataFrame:
    """Ideal points of states by session, with 90 % intervals.

    Points have mean 0 and standard deviation 1 over all states and sessions; the United States stands at the high end.
    A session opens in the autumn of the year 1945 + its number.

    Args:
        group: the group of roll calls: ``overall``, ``middle_east``, ``nuclear``, ``disarmament``, ``human_rights``,
            ``colonialism`` or ``economic``.

    Returns:
        The columns iso3, session, value, low, high; former states under the code of their day.

    Raises:
        UnknownName: for a group that does not exist.
        InputError: where the project's own folder lacks the table.

    Example:
        >>> points = ideal_points()
        >>> last = points.filter(points["session"] == 74)
        >>> dict(zip(last["iso3"], last["value"]))["USA"] > 2
        True
    """
    if group not in GROUP_TITLES:
        raise UnknownName("group of roll calls", group, list(GROUP_TITLES))
    return _table(str(_file(group)), "points")


def agreement() -> pl.DataFrame:
    """Agreement of pairs of states by session: 1 the same vote, one half where one abstains, 0 yes against no.

    Example:
        >>> agreement().columns
        ['iso3', 'other', 'session', 'agreement', 'votes']
    """
    return _table(str(_file("agreement")), "agreement")


def turnout() -> pl.DataFrame:
    """Votes cast and missed by each member of the Assembly, session by session.

    Example:
        >>> turnout().columns
        ['iso3', 'session', 'votes', 'absent']
    """
    return _table(str(_file("turnout")), "turnout")


def digests() -> dict[str, str]:
    """SHA-256 of each table of ideal points, by its name."""
    return {f"ideal_points/{group}.csv": _digest(str(_file(group))) for group in GROUP_TITLES if _file(group).is_file()}


def _file(name: str) -> Traversable:
    own = project_folder(SETTING)
    if own is not None:
        return own / f"{name}.csv"
    return files("comity.library").joinpath("figures", "ideal_points", f"{name}.csv")


@cache
def _digest(path: str) -> str:
    return digest(Path(path).read_bytes())


@cache
def _table(path: str, sort: str) -> pl.DataFrame:
    import polars as pl

    text = read_text(Path(path))
    columns = _COLUMNS[sort]
    kinds = {"iso3": pl.String, "other": pl.String, "session": pl.Int64, "votes": pl.Int64, "absent": pl.Int64}
    schema = {column: kinds.get(column, pl.Float64) for column in columns}
    if text.partition("\n")[0].strip() != ",".join(columns):
        raise InputError(
            f"{path}: its columns are not {', '.join(columns)}.", mend="Run `comity data build positions`."
        )
    try:
        return pl.read_csv(text.encode(), schema=schema)
    except pl.exceptions.PolarsError as error:
        first = str(error).splitlines()[0]
        raise InputError(f"{path}: cannot be read: {first}.", mend="Run `comity data build positions`.") from None
