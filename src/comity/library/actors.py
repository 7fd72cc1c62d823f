"""The table of states: ISO, M49, Correlates of War and Gleditsch-Ward codes, names and further spellings."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from comity.kernel.result import Text
from comity.model.actor import Actor, Actors


def _number(text: str) -> int | None:
    return int(text) if text else None


def _read(row: dict[str, str]) -> Actor:
    names = {"cldr": Text(row["cldr_en"], row["cldr_zh"])}
    if row["un_en"]:
        names["un"] = Text(row["un_en"], row["un_zh"])
    if row["iso_en"]:
        names["iso"] = Text(row["iso_en"], row["cldr_zh"])
    return Actor(
        code=row["code"],
        names=names,
        kind=row["kind"],
        iso2=row["iso2"],
        m49=row["m49"],
        cow=_number(row["cow"]),
        gw=_number(row["gw"]),
        continues=row["continues"],
        since=row["since"],
        aliases=tuple(spelling for spelling in row["aliases"].split("|") if spelling),
    )


@cache
def actors() -> Actors:
    """All known states and bodies that a rule or a figure can name.

    They are the members of the United Nations, its observer states, territories with figures of their own, former
    states, and the few organisations that sit beside states. Names in English and Chinese are those of Unicode CLDR;
    the United Nations' own names stand beside them where they are known. The numbers are those of the Correlates of
    War state system and of the Gleditsch-Ward list, where they differ.

    **Source**: Unicode CLDR; ISO 3166; UN M49; Correlates of War Project, State System Membership (v2016);
    Gleditsch and Ward, *International Interactions* 25 (1999), 393-413.

    Example:
        >>> known = actors()
        >>> known.find("Korea, Rep.").code, known.find("美国").code, len(known.un_members())
        ('KOR', 'USA', 193)
    """
    text = files("comity.library").joinpath("actors.csv").read_text(encoding="utf-8")
    return Actors(_read(row) for row in csv.DictReader(text.splitlines()))
