"""What a factor ranges over: exact shares, sums of money, durations and whole numbers between two ends, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.kernel.errors import InputError
from comity.kernel.quantity import Money, exact, show

Kind = Literal["share", "triple", "money", "duration", "whole", "words"]
"""What a field holds: an exact number, three of them, money, a duration, a whole number, or anything else as words."""
EXAMPLES: dict[Kind, str] = {
    "share": "0..1/2 or 5 %..20 %",
    "triple": "0..1/2, which is then taken as known",
    "money": "0..500 million USD 2024",
    "duration": "3..12 months",
    "whole": "1..10",
    "words": "suspend|renegotiate",
}
NONE, WRITTEN = "none", "written"
"""Words for a part that is left out, and for one that stays as the file has it."""
_FINE = 10**6
_DURATION = re.compile(r"([1-9][0-9]{0,5}) (hour|day|week|month|year)s?")


@dataclass(frozen=True)
class Between:
    """Every value between two ends, in one unit.

    Attributes:
        low: the lower end.
        high: the upper end, above it.
        unit: what follows the number: ``million USD 2024``, ``months``, or nothing.
        whole: whether only whole numbers are meant.
    """

    low: Fraction
    high: Fraction
    unit: str = ""
    whole: bool = False

    def at(self, place: float) -> str:
        """The value at a place from 0 to 1, as a file would write it.

        Example:
            >>> Between(Fraction(0), Fraction(500), "million USD 2024").at(0.5)
            '250 million USD 2024'
            >>> [Between(Fraction(1), Fraction(3), "months", whole=True).at(place) for place in (0, 0.5, 1)]
            ['1 months', '2 months', '3 months']
        """
        if self.whole:
            span = self.high - self.low + 1
            value = min(self.high, self.low + int(Fraction(place) * span))
        else:
            value = self.low + (self.high - self.low) * Fraction(round(place * _FINE), _FINE)
        return self.said(value)

    def said(self, value: Fraction) -> str:
        """A value with its unit."""
        if not self.unit:
            return show(value)
        return f"{_decimal(value)} {self.unit}"

    def number(self, text: str) -> float:
        """The number in a value that :meth:`at` gave."""
        return float(Fraction(text.split(" ", 1)[0]))

    @property
    def ends(self) -> tuple[str, str]:
        """The values at both ends."""
        return self.said(self.low), self.said(self.high)

    def levels(self, most: int) -> int:
        """How many values of a grid there are, no more than so many."""
        return min(most, int(self.high - self.low) + 1) if self.whole else most


@dataclass(frozen=True)
class Among:
    """One of several values, each as a file would write it."""

    words: tuple[str, ...]

    def at(self, place: float) -> str:
        """The word at a place from 0 to 1.

        Example:
            >>> [Among(("suspend", "renegotiate")).at(place) for place in (0.0, 0.49, 0.5, 1.0)]
            ['suspend', 'suspend', 'renegotiate', 'renegotiate']
        """
        return self.words[min(len(self.words) - 1, int(place * len(self.words)))]

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last."""
        return self.words[0], self.words[-1]

    def levels(self, most: int) -> int:
        """All of them, whatever a grid would like: a word has no place between two others."""
        return len(self.words) if most else 0


Range = Between | Among


def ranged(path: str, text: str, kind: Kind, written: str | None) -> Range:
    """The values that a text names for a field.

    Args:
        path: the field, for messages.
        text: ``LOW..HIGH``, or words joined by ``|``.
        kind: what the field holds.
        written: what the file says there, which gives money its currency and price year; None where nothing.

    Raises:
        InputError: where the text names no range, an empty one, or one in another unit.

    Example:
        >>> ranged("clauses.oil.reward.amount", "0..500 million USD 2024", "money", "200 million USD 2024").ends
        ('0 million USD 2024', '500 million USD 2024')
    """
    ends = [each.strip() for each in text.split("..")]
    if len(ends) == 1:
        return _words(path, text, kind)
    example = EXAMPLES[kind]
    if kind == "words" or len(ends) != 2 or not all(ends):
        what = f"{path} has no values between two ends" if kind == "words" else f"'{text}' is no range"
        raise InputError(f"{path}={text}: {what}.", mend=f"Write {path}='{example}'.")
    found = _between(path, text, kind, ends=(ends[0], ends[1]), written=written)
    if found.low >= found.high:
        why = "both ends are the same" if found.low == found.high else "the first end lies above the second"
        raise InputError(f"{path}={text}: the range is empty, for {why}.", mend="Write LOW..HIGH, LOW first.")
    return found


def _words(path: str, text: str, kind: Kind) -> Among:
    words = tuple(each.strip() for each in text.split("|"))
    if len(words) < 2 or not all(words):
        raise InputError(f"{path}={text}: one value is no range.", mend=f"Write {path}='{EXAMPLES[kind]}', or A|B.")
    if len(set(words)) < len(words):
        raise InputError(f"{path}={text}: a value is named twice.", mend="Name each once.")
    return Among(words)


def _between(path: str, text: str, kind: Kind, *, ends: tuple[str, str], written: str | None) -> Between:
    try:
        if kind == "money":
            return _money(ends, written)
        return _duration(ends) if kind == "duration" else _exact(ends, whole=kind == "whole")
    except ValueError as error:
        raise InputError(f"{path}={text}: {error}", mend=f"Write {path}='{EXAMPLES[kind]}'.") from None


def _exact(ends: tuple[str, str], *, whole: bool) -> Between:
    low, high = (exact(each) for each in ends)
    if whole and (low.denominator, high.denominator) != (1, 1):
        raise ValueError("it takes whole numbers.")
    return Between(low, high, whole=whole)


def _money(ends: tuple[str, str], written: str | None) -> Between:
    unit = ends[1].partition(" ")[2]
    high = Money.parse(ends[1])
    both = [Money.parse(ends[0] if " " in ends[0] else f"{ends[0]} {unit}"), high]
    held = None if written is None else Money.parse(written)
    for each in both:
        for other in (high, held):
            if other is not None and (each.currency, each.price_year) != (other.currency, other.price_year):
                told = f"{other.currency} {other.price_year or 'without a price year'}"
                raise ValueError(f"'{each}' is not in {told}.")
    scale = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}.get(unit.split(" ")[0], 1)
    return Between(both[0].amount / scale, both[1].amount / scale, unit)


def _duration(ends: tuple[str, str]) -> Between:
    last = _DURATION.fullmatch(ends[1])
    if last is None:
        raise ValueError(f"'{ends[1]}' is no duration.")
    first = ends[0] if " " in ends[0] else f"{ends[0]} {last[2]}s"
    found = _DURATION.fullmatch(first)
    if found is None:
        raise ValueError(f"'{ends[0]}' is no duration; the shortest is 1 {last[2]}.")
    if found[2] != last[2]:
        raise ValueError(f"'{ends[0]}' and '{ends[1]}' are in different units.")
    return Between(Fraction(found[1]), Fraction(last[1]), f"{last[2]}s", whole=True)


def _decimal(value: Fraction) -> str:
    """The number as a decimal, which it is: an end with decimals, or a millionth part between two of them."""
    from decimal import Context

    places = Context(prec=60).divide(value.numerator, value.denominator)
    text = f"{places:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
