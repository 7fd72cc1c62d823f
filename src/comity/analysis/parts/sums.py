"""Sums of money in words: one way to say them in every analysis, rounded as far as they are known."""

from __future__ import annotations

import math

from comity.kernel.result import Text

CURRENCIES = {"USD": Text("USD", "美元"), "XDR": Text("SDR", "特别提款权"), "EUR": Text("EUR", "欧元")}
WORDS = ((1e6, " trillion"), (1e3, " billion"), (1.0, " million"), (1e-6, ""))
"""How many millions an English word stands for."""
CHARACTERS = ((1e6, "万亿"), (1e2, "亿"), (1e-2, "万"), (1e-6, ""))
"""How many millions a Chinese word stands for."""


def money(millions: float, currency: str = "USD", *, figures: int = 2) -> Text:
    """A sum of money in words.

    Args:
        millions: the sum, in millions.
        currency: its code.
        figures: how many significant figures are said: two of what is estimated, three of what is written down.

    Example:
        >>> [money(each).en for each in (1250, -40, 3_400_000)]
        ['USD 1.2 billion', 'USD -40 million', 'USD 3.4 trillion']
        >>> money(759.09, figures=3).en, money(759.09, figures=3).zh, money(88.4).zh, money(3_400_000).zh
        ('USD 759 million', '7.59亿美元', '8800万美元', '3.4万亿美元')
    """
    unit = CURRENCIES.get(currency, Text(currency, currency))
    size = abs(millions) * (1 + 0.5 * 10.0**-figures)
    (per, word), (each, sign) = (
        next((row for row in rows if size >= row[0]), rows[-1]) for rows in (WORDS, CHARACTERS)
    )
    chinese = _brief(millions / each, figures).replace(",", "")
    return Text(f"{unit.en} {_brief(millions / per, figures)}{word}", f"{chinese}{sign}{unit.of('zh')}")


def _brief(value: float, figures: int) -> str:
    """A number with so many significant figures, and no noughts behind the point."""
    whole = math.floor(math.log10(abs(value) * (1 + 0.5 * 10.0**-figures))) if value else 0
    rounded = round(value, figures - 1 - whole) if figures == 2 and whole > 2 else value
    text = f"{rounded:,.{max(0, min(figures, figures - 1 - whole))}f}"
    text = text.rstrip("0").removesuffix(".") if "." in text else text
    return "0" if text == "-0" else text
