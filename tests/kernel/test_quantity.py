from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from comity.kernel.quantity import Day, Duration, Exact, Money, exact, show

EXACT = TypeAdapter[Fraction](Exact)
DAY = TypeAdapter[datetime.date](Day)
LEAP = datetime.date(2024, 2, 29)


@given(st.fractions(0, 10**6, max_denominator=10**6))
def test_a_share_reads_back_as_itself(share: Fraction):
    assert exact(show(share)) == share
    assert EXACT.validate_json(f'"{show(share)}"', strict=True) == share


@given(st.integers(0, 10**9), st.integers(0, 8))
def test_a_decimal_is_read_from_its_digits_and_never_as_a_float(number: int, places: int):
    text = f"{Decimal(number).scaleb(-places):f}"
    assert exact(text) == Fraction(number, 10**places)
    assert exact(f"{text} %") == exact(f"{text}%") == Fraction(number, 10 ** (places + 2))


@pytest.mark.parametrize(
    "value",
    [0.5, True, None, "", "half", "-1/2", "1/0", "1e-1", ".5", "1.", "01", "1/02", "2//3", "2 / 3", "1,5", "５０%", "1_0",
     "50 % %", "%", "+1", "0x1", "inf", "nan", [1], {"a": 1}, f"1/{'9' * 50}", "9" * 5000],
)  # fmt: skip
def test_what_is_no_exact_number_is_refused(value: Any):
    with pytest.raises(ValueError, match="not an exact number"):
        exact(value)
    with pytest.raises(ValidationError):
        EXACT.validate_python(value)


@pytest.mark.parametrize("value", [-1, Fraction(-1, 2), Decimal("-0.5")])
def test_a_share_is_never_below_nought(value: Any):
    with pytest.raises(ValidationError, match="below nought"):
        EXACT.validate_python(value)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("1 day", "2024-03-01"), ("2 weeks", "2024-03-14"), ("1 month", "2024-03-29"), ("12 months", "2025-02-28"),
        ("1 year", "2025-02-28"), ("4 years", "2028-02-29"), ("90 days", "2024-05-29"), ("11 months", "2025-01-29"),
    ],
)  # fmt: skip
def test_durations_follow_the_calendar(text: str, end: str):
    assert Duration.parse(text).after(LEAP).isoformat() == end


def test_a_month_ends_no_later_than_its_last_day():
    assert Duration.parse("1 month").after(datetime.date(2023, 1, 31)) == datetime.date(2023, 2, 28)


@given(st.integers(1, 200), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_months_move_by_months_and_never_skip_one(months: int, start: datetime.date):
    end = Duration.parse(f"{months} months").after(start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


def test_hours_need_an_instant_and_nothing_runs_beyond_the_calendar():
    with pytest.raises(ValueError, match="instant"):
        Duration.parse("24 hours").after(LEAP)
    for text in ("9000 years", "999999 months", "999999 weeks"):
        with pytest.raises(ValueError, match="beyond the calendar"):
            Duration.parse(text).after(LEAP)


@pytest.mark.parametrize(
    "text", ["", "day", "0 days", "1.5 days", "01 day", "1  day", "90 Days", "-1 day", "1 day ", "9" * 9 + " days"]
)
def test_what_is_no_duration_is_refused(text: str):
    with pytest.raises(ValueError, match="is no duration"):
        Duration.parse(text)


def test_durations_are_equal_as_written():
    assert Duration.parse("1 days") == Duration.parse("1 day") != Duration.parse("24 hours")
    assert str(Duration.parse("2 week")) == "2 weeks"
    assert len({Duration.parse("1 day"), Duration.parse("1 days")}) == 1


@pytest.mark.parametrize(
    ("text", "amount", "currency", "year"),
    [
        ("200 million USD 2024", 200_000_000, "USD", 2024), ("0.5 billion EUR", 500_000_000, "EUR", None),
        ("7 CHF", 7, "CHF", None), ("1.25 thousand JPY 1999", 1250, "JPY", 1999), ("2 trillion CNY", 2 * 10**12, "CNY", None),
    ],
)  # fmt: skip
def test_money_has_currency_and_price_year(text: str, amount: int, currency: str, year: int | None):
    money = Money.parse(text)
    assert (money.amount, money.currency, money.price_year, str(money)) == (amount, currency, year, text)


def test_equal_money_is_equal_however_written():
    assert Money.parse("1000 million USD") == Money.parse("1 billion USD") != Money.parse("1 billion USD 2024")
    assert len({Money.parse("1000 million USD"), Money.parse("1 billion USD")}) == 1


@pytest.mark.parametrize(
    "text",
    ["", "USD", "5", "$5", "5 usd", "5 dollars", "1,000 USD", "-5 USD", "5 million", "5 USD 24", "05 USD", "5 USD USD"],
)
def test_what_is_no_money_is_refused(text: str):
    with pytest.raises(ValueError, match="is no amount of money"):
        Money.parse(text)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-31",
        "20260206",
        "2026-W06-5",
        "1769900000",
        0,
        1769900000,
        "2026-02-06T00:00",
        "0",
        None,
        datetime.datetime(2026, 2, 6, tzinfo=datetime.UTC),
    ],
)
def test_a_day_is_written_one_way(value: Any):
    with pytest.raises(ValidationError, match="is not a date"):
        DAY.validate_python(value)


def test_a_day_is_read():
    assert DAY.validate_json('"2024-02-29"', strict=True) == LEAP == DAY.validate_python(LEAP)
