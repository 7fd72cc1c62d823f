"""Words that the analyses of this room share: names in a row, shares, sums of money, spans of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution

BLUE, ORANGE, GREEN, VERMILION, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#BDBDBD"
"""Colours of Okabe and Ito, and a grey."""
THIN = "\u202f"
_ARTICLE = frozenset({"ARE", "BHS", "CAF", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA"})


def brief(institution: Institution) -> Text:
    """The institution in a word: its first short alias, else its title."""
    alias = next((alias for alias in institution.aliases if len(alias) <= 8), None)
    return Text(alias) if alias else institution.title


def name_of(inputs: Inputs, member: str) -> Text:
    """A member's name: of the constituency, of the actor, else its code."""
    for institution in (inputs.institution, *inputs.against):
        if (title := institution.member_title(member)) is not None:
            return title
    if member not in inputs.actors:
        return Text(member)
    name = inputs.actors[member].name()
    return Text(f"the {name.en}", name.of("zh")) if member in _ARTICLE else name


def listed(names: Sequence[Text]) -> Text:
    """Several names in a row.

    Example:
        >>> listed([Text("A", "甲"), Text("B", "乙"), Text("C", "丙")])
        Text(en='A, B and C', zh='甲、乙、丙')
    """
    english = [name.en for name in names]
    joined = f"{', '.join(english[:-1])} and {english[-1]}" if len(english) > 1 else "".join(english)
    return Text(joined, "、".join(name.of("zh") for name in names))


def named(inputs: Inputs, members: Sequence[str], most: int = 6) -> Text:
    """The names of some members in a row, or how many they are where they are many."""
    if len(members) > most:
        return Text(f"{len(members)} members", f"{len(members)}个成员")
    return listed([name_of(inputs, member) for member in members])


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


def money(millions: float) -> Text:
    """A sum in words a reader takes in.

    Example:
        >>> money(1250).en, money(-40).en, money(88.4).zh
        ('1.2 bn USD', '-40 m USD', '8840万美元')
    """
    if abs(millions) >= 999.5:
        return Text(f"{_plain(millions / 1e3)} bn USD", f"{_plain(millions / 1e2)}亿美元")
    chinese = (
        f"{_plain(millions / 1e2)}亿美元"
        if abs(millions) >= 99.95
        else f"{round(millions * 100, -1 if abs(millions) >= 9.95 else 0):.0f}万美元"
    )
    return Text(f"{_plain(millions)} m USD", chinese)


def _plain(value: float) -> str:
    text = f"{value:.{0 if abs(value) >= 9.95 else 1}f}".removesuffix(".0")
    return "0" if text == "-0" else text


def said(english: str, chinese: str) -> Text:
    """A sentence in both languages: a capital first letter in English, no space before the per cent sign in Chinese."""
    plain = chinese.replace("over ", "超过").replace("under ", "不到").replace(f"{THIN}%", "%")
    return Text(english[:1].upper() + english[1:], plain)


def parts(field: str, order: Sequence[Text]) -> dict[str, Any]:
    """A chart in several parts, one above the other, by the words of one column."""
    header: Mapping[str, Any] = {
        "title": None, "labelAngle": 0, "labelAlign": "left", "labelOrient": "top", "labelAnchor": "start",
        "labelLimit": 520, "labelPadding": 2,
    }  # fmt: skip
    row = {"field": f"{field}_label", "type": "nominal", "sort": list(order), "header": header}
    return {"facet": {"row": row}, "spacing": 14}
