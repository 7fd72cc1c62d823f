"""Exact shares, durations, money with currency and price year: numbers as treaties state them.

Numbers are read from their text as exact fractions, never as floats (convention 4).
"""

from __future__ import annotations

import calendar
import datetime
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from comity.kernel.errors import InputError

_LONGEST = 60
_SHARE = r"^(0|[1-9][0-9]{0,39})(/[1-9][0-9]{0,39}|(\.[0-9]{1,40})?( ?%)?)$"


def exact(value: Any) -> Fraction:
    """An exact number from its text: ``2/3``, ``0.55``, ``55 %``, ``85%`` or a whole number.

    Raises:
        ValueError: where the text is no number, or a float, whose exact value nobody wrote.

    Example:
        >>> exact("2/3"), exact("55 %"), exact("0.55")
        (Fraction(2, 3), Fraction(11, 20), Fraction(11, 20))
    """
    if isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(_SHARE, text):
        raise ValueError(f"{value!r} is not an exact number; write a fraction such as 2/3, a decimal, or 55 %.")
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


def _share(value: Any) -> Fraction:
    if isinstance(value, str) and len(value) > _LONGEST:
        context = {"what": "is too long a number", "mend": "Write it with fewer digits."}
        raise PydanticCustomError("share", "{what}", context)
    try:
        share = exact(f"{value}!" if isinstance(value, str) and value != value.strip() else value)
    except ValueError:
        raise PydanticCustomError("share", "is not an exact number") from None
    if share < 0:
        raise PydanticCustomError("share_below_nought", "is below nought")
    return share


def show(share: Fraction) -> str:
    """The share as a treaty would print it.

    Example:
        >>> show(Fraction(2, 3)), show(Fraction(4)), show(Fraction(85, 100))
        ('2/3', '4', '17/20')
    """
    return str(share)


Exact = Annotated[
    Fraction,
    BeforeValidator(
        _share, json_schema_input_type=Annotated[str, Field(pattern=_SHARE)] | Annotated[float, Field(ge=0)]
    ),
    PlainSerializer(show, return_type=str),
]
"""An exact number of zero or more: ``30``, ``2/3``, ``0.55`` or ``55 %``."""


def _day(value: Any) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date_parsing", "is not a date")


Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A day of the calendar, written 2026-02-06 and no other way (never a number of seconds)."""


def day_of(value: datetime.date | str) -> datetime.date:
    """A day given as a date or as its text.

    Raises:
        InputError: where it is no day of the calendar.

    Example:
        >>> day_of("2026-02-06")
        datetime.date(2026, 2, 6)
    """
    try:
        return _day(value)
    except PydanticCustomError:
        raise InputError(f"{value!r} is not a date.", mend="Write it as 2026-02-06.") from None


class _Written:
    """A quantity written as one text, with a pattern that the JSON Schema repeats."""

    word: ClassVar[str]
    pattern: ClassVar[str]
    example: ClassVar[str]

    @classmethod
    def parse(cls, text: str) -> Any:
        raise NotImplementedError

    @classmethod
    def require(cls, text: str) -> None:
        if not re.fullmatch(cls.pattern, text):
            raise ValueError(f"'{text}' is no {cls.word}; write {cls.example}.")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Any:
            if isinstance(value, cls):
                return value
            if not isinstance(value, str) or not re.fullmatch(cls.pattern, value):
                raise PydanticCustomError(
                    "quantity", "{what}", {"what": f"is no {cls.word}", "mend": f"Write {cls.example}."}
                )
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": cls.pattern, "description": f"Written as {cls.example}."}


class Duration(_Written):
    """A span of time as rules state it: hours, days, weeks, months or years, with calendar arithmetic.

    Example:
        >>> Duration.parse("12 months").after(datetime.date(2024, 2, 29))
        datetime.date(2025, 2, 28)
    """

    word = "duration"
    pattern = r"^[1-9][0-9]{0,5} (hour|hours|day|days|week|weeks|month|months|year|years)$"
    example = "24 hours, 90 days or 12 months"

    def __init__(self, number: int, unit: str) -> None:
        self.number = number
        self.unit = unit.rstrip("s")

    @classmethod
    def parse(cls, text: str) -> Duration:
        """The duration written as ``24 hours``, ``90 days`` or ``12 months``.

        Raises:
            ValueError: for anything else.
        """
        cls.require(text)
        number, unit = text.split(" ")
        return cls(int(number), unit)

    def after(self, start: datetime.date) -> datetime.date:
        """The date when the duration has run from ``start``; a month ends no later than its last day.

        Raises:
            ValueError: for hours, which need an instant and not a date, and beyond the year 9999.
        """
        if self.unit == "hour":
            raise ValueError("Hours run from an instant, not from a date.")
        days = self.number * (7 if self.unit == "week" else 1)
        months = start.month - 1 + self.number * (12 if self.unit == "year" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        by_days = self.unit in {"day", "week"}
        if (days > (datetime.date.max - start).days) if by_days else year > datetime.MAXYEAR:
            raise ValueError(f"{self} from {start} run beyond the calendar.")
        if by_days:
            return start + datetime.timedelta(days=days)
        return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))

    def later(self, start: datetime.datetime) -> datetime.datetime:
        """The instant when the duration has run from an instant; days and longer keep the time of day.

        Example:
            >>> Duration.parse("24 hours").later(datetime.datetime(2018, 6, 26, 15, tzinfo=datetime.UTC)).isoformat()
            '2018-06-27T15:00:00+00:00'
        """
        if self.unit == "hour":
            return start + datetime.timedelta(hours=self.number)
        return datetime.datetime.combine(self.after(start.date()), start.timetz())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'s' if self.number != 1 else ''}"

    def __repr__(self) -> str:
        return f"Duration('{self}')"


class Money(_Written):
    """An amount with its currency and, where it matters, the year of its prices.

    Example:
        >>> Money.parse("200 million USD 2024").amount
        Fraction(200000000, 1)
    """

    word = "amount of money"
    pattern = r"^(0|[1-9][0-9]{0,39})(\.[0-9]{1,40})?( (thousand|million|billion|trillion))? [A-Z]{3}( [12][0-9]{3})?$"
    example = "200 million USD 2024, without signs or separators"
    _scale: ClassVar[dict[str, int]] = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

    def __init__(self, amount: Fraction, currency: str, price_year: int | None, text: str) -> None:
        self.amount = amount
        self.currency = currency
        self.price_year = price_year
        self._text = text

    @classmethod
    def parse(cls, text: str) -> Money:
        """The amount written as ``200 million USD 2024`` (number, scale, ISO 4217 code, price year).

        Raises:
            ValueError: for anything else.
        """
        cls.require(text)
        parts = text.split(" ")
        amount = Fraction(parts[0])
        rest = parts[1:]
        if rest[0] in cls._scale:
            amount *= cls._scale[rest.pop(0)]
        return cls(amount, rest[0], int(rest[1]) if len(rest) > 1 else None, text)

    def __eq__(self, other: object) -> bool:
        own = (self.amount, self.currency, self.price_year)
        return isinstance(other, Money) and own == (other.amount, other.currency, other.price_year)

    def __hash__(self) -> int:
        return hash((self.amount, self.currency, self.price_year))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Money('{self}')"
