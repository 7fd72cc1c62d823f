"""Values that change over time: one value, or a list of periods, each with its first day and its end."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, cast

from pydantic import Discriminator, Field, Tag

from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Exact


class Period(Spec):
    """A value that held for a time: from its first day up to, and not including, ``until`` (half-open)."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    """The first day on which it holds; open where absent."""
    until: Day | None = None
    """The first day on which it no longer holds; open where absent."""
    value: Any
    """The value that held."""


class SharePeriod(Period):
    """A share that held for a time."""

    value: Exact
    """The share that held."""


class NumberPeriod(Period):
    """A number that held for a time."""

    value: Annotated[int, Field(ge=1)]
    """The number that held."""


def which(value: Any) -> str:
    """Whether a value stands by itself or as a list of periods: the tag of a dated union."""
    first = next(iter(cast("list[Any]", value)), None) if isinstance(value, list | tuple) else None
    return "(periods)" if isinstance(first, Period | dict) else "(value)"


DatedShare = Annotated[
    Annotated[Exact, Tag("(value)")] | Annotated[tuple[SharePeriod, ...], Field(min_length=1), Tag("(periods)")],
    Discriminator(which),
]
"""A share, or the list of shares it was, each with its period."""


DatedNumber = Annotated[
    Annotated[int, Field(ge=1), Tag("(value)")]
    | Annotated[tuple[NumberPeriod, ...], Field(min_length=1), Tag("(periods)")],
    Discriminator(which),
]
"""A whole number of at least one, or the list of numbers it was, each with its period."""


def within(start: datetime.date | None, until: datetime.date | None, on: datetime.date) -> bool:
    """Whether a day lies in a half-open period.

    Example:
        >>> within(datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 1))
        True
    """
    return (start is None or start <= on) and (until is None or on < until)


def at(value: Any, on: datetime.date) -> Any:
    """The value on a day; None where no period covers it.

    Example:
        >>> seven, nine = Period(until="1965-08-31", value=7), Period(**{"from": "1965-08-31"}, value=9)
        >>> at((seven, nine), datetime.date(1950, 6, 25)), at((seven, nine), datetime.date(1965, 8, 31)), at(9, None)
        (7, 9, 9)
    """
    if not is_dated(value):
        return value
    return next((period.value for period in value if within(period.from_, period.until, on)), None)


def is_dated(value: Any) -> bool:
    """Whether a value is a list of periods."""
    return isinstance(value, tuple) and which(cast("tuple[Any, ...]", value)) == "(periods)"


def stated(value: Any) -> list[Any]:
    """Every value ever stated: of all periods, or the one value."""
    return [period.value for period in value] if is_dated(value) else [value]


def overlap(periods: tuple[Any, ...]) -> tuple[int, int] | None:
    """The positions of two periods that share a day, or None."""
    low, high = datetime.date.min, datetime.date.max
    spans = [(each.from_ or low, each.until or high) for each in periods]
    for second, (start, end) in enumerate(spans):
        for first, (begun, over) in enumerate(spans[:second]):
            if start < over and begun < end:
                return first, second
    return None
