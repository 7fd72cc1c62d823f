"""Shares in words, where what is nearly none or nearly all must not be rounded to it."""

from __future__ import annotations

from comity.kernel.result import Text
from comity.kernel.saying import THIN


def per_cent(share: float, digits: int = 0) -> str:
    """A share of one as a percentage; what is nearly none or nearly all is not rounded to it.

    Example:
        >>> [per_cent(share).replace(THIN, "_") for share in (0.325, 0.9999, 0.0001, 1.0)]
        ['32_%', 'over 99_%', 'under 1_%', '100_%']
    """
    least = 10.0**-digits
    if 0 < share * 100 < least / 2:
        return f"under {least:g}{THIN}%"
    if 100 - least / 2 <= share * 100 < 100:
        return f"over {100 - least:g}{THIN}%"
    return f"{share * 100:.{digits}f}{THIN}%"


def said(english: str, chinese: str) -> Text:
    """A sentence in both languages: a capital first letter in English, no space before the per cent sign in Chinese."""
    plain = chinese.replace("over ", "超过").replace("under ", "不到").replace(f"{THIN}%", "%")
    return Text(english[:1].upper() + english[1:], plain)
