"""What every room says and draws alike: names in a row, shares, sums of money, sentences, colours, charts in parts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Text

BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442",
)  # fmt: skip
"""The colours of Okabe and Ito (2008), told apart by colour-blind readers."""
GREY = "#BDBDBD"
THIN = "\u202f"
CURRENCIES = {"USD": Text("USD", "美元"), "XDR": Text("SDR", "特别提款权"), "EUR": Text("EUR", "欧元")}
WORDS = ((1e6, " trillion"), (1e3, " billion"), (1.0, " million"), (1e-6, ""))
"""How many millions an English word stands for."""
CHARACTERS = ((1e6, "万亿"), (1e2, "亿"), (1e-2, "万"), (1e-6, ""))
"""How many millions a Chinese word stands for."""


def opening(sentence: str) -> str:
    """The sentence with a capital first letter.

    Example:
        >>> opening("the United States blocks")
        'The United States blocks'
    """
    return sentence[:1].upper() + sentence[1:]


def listed(names: Sequence[Text]) -> Text:
    """Several names in a row: "A, B and C".

    Example:
        >>> listed([Text("A", "甲"), Text("B", "乙"), Text("C", "丙")]).en
        'A, B and C'
    """
    english = [name.en for name in names]
    joined = english[0] if len(english) == 1 else f"{', '.join(english[:-1])} and {english[-1]}" if english else ""
    return Text(joined, "、".join(name.of("zh") for name in names))


def per_cent(share: float, digits: int = 1) -> str:
    """A share of one as a percentage, with a thin space that no line breaks at.

    Example:
        >>> [per_cent(share).replace(THIN, "_") for share in (0.325, 0.4)]
        ['32.5_%', '40_%']
    """
    return f"{share * 100:.{digits}f}".removesuffix("." + "0" * digits) + f"{THIN}%"


def said(english: str, chinese: str) -> Text:
    """A sentence in both languages: a capital first letter in English, no space before the per cent sign in Chinese."""
    return Text(opening(english), chinese.replace(f"{THIN}%", "%"))


HEADER: Mapping[str, Any] = {
    "title": None,
    "labelAngle": 0,
    "labelAlign": "left",
    "labelOrient": "top",
    "labelAnchor": "start",
    "labelLimit": 520,
    "labelPadding": 2,
}
"""How the heads of a chart's parts are set."""


def parts(field: str, order: Sequence[Text]) -> dict[str, Any]:
    """A chart in several parts, one above the other, by the words of one column."""
    row = {"field": f"{field}_label", "type": "nominal", "sort": list(order), "header": HEADER}
    return {"facet": {"row": row}, "resolve": {"scale": {"y": "independent"}}, "spacing": 12}


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
