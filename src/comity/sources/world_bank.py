"""The World Bank's World Development Indicators, by its API (version 2, JSON)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from comity.kernel.document import listing, mapping
from comity.kernel.errors import InputError, UnknownName
from comity.model.source import Answer, Observation, Refused, Request, Source, Unreadable

_API = "https://api.worldbank.org/v2/country/all/indicator"
_FREE = "CC BY 4.0"


class Series(NamedTuple):
    """One series of the service: its code, our unit, its licence."""

    code: str
    unit: str
    licence: str = _FREE


SERIES = {
    "gdp_usd": Series("NY.GDP.MKTP.CD", "current US$"),
    "gdp_ppp": Series("NY.GDP.MKTP.PP.KD", "2021 international $"),
    "population": Series("SP.POP.TOTL", "persons"),
    "manufacturing_usd": Series("NV.IND.MANF.CD", "current US$"),
    "internet_users_pct": Series("IT.NET.USER.ZS", "% of population"),
    "fixed_broadband": Series("IT.NET.BBND", "subscriptions"),
    "rd_pct_gdp": Series("GB.XPD.RSDV.GD.ZS", "% of GDP"),
    "trade_balance_usd": Series("NE.RSB.GNFS.CD", "current US$"),
    "reserves_usd": Series("FI.RES.TOTL.CD", "current US$"),
    "military_expenditure_usd": Series(
        "MS.MIL.XPND.CD", "current US$", "SIPRI terms: own use with credit, no redistribution"
    ),
}
"""Our indicators by series. PPP is the series in constant dollars of 2021, in which the shipped figures are."""

FREE = tuple(name for name, series in SERIES.items() if series.licence == _FREE)


class WorldBank(Source):
    """World Development Indicators of the World Bank, refreshed over its public API.

    Aggregates (``WLD``, ``EUU``) come with codes that no state has; Taiwan is not covered. Military expenditure is
    data of SIPRI, whose terms do not allow redistribution: it comes only when asked for by name.

    Source:
        World Bank, *Developer Information: API documentation, V2*
        (https://datahelpdesk.worldbank.org/knowledgebase/topics/125589).

    Example:
        >>> WorldBank(indicators=("population",), first=2020, last=2024).requests()[0].url.split("/indicator/")[1]
        'SP.POP.TOTL?format=json&per_page=1000&date=2020:2024&page=1'
    """

    kind: Literal["world_bank"] = "world_bank"
    """The source."""
    indicators: tuple[str, ...] = FREE
    """The indicators to ask for; by default all that come under an open licence."""
    first: int = Field(default=2015, ge=1960)
    """The first year."""
    last: int = Field(default=2025, ge=1960)
    """The last year."""

    title: ClassVar[str] = "World Bank WDI"
    attribution: ClassVar[str] = (
        "The World Bank, World Development Indicators. Licensed under CC BY 4.0 "
        "(https://creativecommons.org/licenses/by/4.0/)."
    )

    def requests(self) -> list[Request]:
        """The first page of every series asked for.

        Raises:
            UnknownName: where the service has no such indicator.
            InputError: where the last year is before the first.
        """
        if self.last < self.first:
            raise InputError(f"The last year, {self.last}, is before the first, {self.first}.", mend="Swap them.")
        for name in self.indicators:
            if name not in SERIES:
                raise UnknownName("World Bank series for", name, list(SERIES))
        return [self._page(name, 1) for name in dict.fromkeys(self.indicators)]

    def _page(self, indicator: str, page: int) -> Request:
        query = f"format=json&per_page=1000&date={self.first}:{self.last}&page={page}"
        url = f"{_API}/{SERIES[indicator].code}?{query}"
        return Request(url, indicator, f"{indicator}-{self.first}-{self.last}-{page}")

    def read(self, content: bytes, request: Request) -> Answer:
        """The figures of one page; after the first page, the requests for the others.

        Raises:
            Refused: for the service's own message (which comes with HTTP status 200).
            Unreadable: where the answer is cut off or is no JSON of the documented form.
        """
        head, rows = _parts(content)
        series = SERIES[request.indicator]
        observations = [
            Observation(iso3, request.indicator, year, value, series.unit, "reported", series.licence)
            for row in rows
            if (read := _row(row, series.code)) is not None
            for iso3, year, value in [read]
        ]
        page, pages = _whole(head, "page"), _whole(head, "pages")
        following = [self._page(request.indicator, each) for each in range(2, pages + 1)] if page == 1 else []
        return Answer(tuple(observations), tuple(following), str(head.get("lastupdated", "")))

    def derived(self, observations: Sequence[Observation]) -> list[Observation]:
        """Internet users: share of the population times population of the same year, to four digits."""
        people = {(each.iso3, each.year): each.value for each in observations if each.indicator == "population"}
        return [
            Observation(
                share.iso3,
                "internet_users",
                share.year,
                float(f"{share.value / 100 * people[share.iso3, share.year]:.4g}"),
                "persons",
                "derived",
                share.licence,
            )
            for share in observations
            if share.indicator == "internet_users_pct" and (share.iso3, share.year) in people
        ]

    def covers(self, indicator: str, year: int, given: Collection[str]) -> bool:
        """Whether the years asked for hold this one, and the series (or those it is derived from) were given."""
        needed = {"internet_users_pct", "population"} if indicator == "internet_users" else {indicator}
        return self.first <= year <= self.last and needed <= set(given)


def _parts(content: bytes) -> tuple[dict[str, Any], list[Any]]:
    """Head and rows of an answer."""
    try:
        answer: Any = json.loads(content)
    except ValueError as error:
        raise Unreadable(f"the answer is not whole JSON ({error})") from None
    parts = listing(answer) or []
    head = (mapping(parts[0]) if parts else None) or {}
    if "message" in head:
        raise Refused(_message(head["message"]))
    rows: Any = parts[1] if len(parts) == 2 else ()
    listed: list[Any] | None = [] if rows is None else listing(rows)
    if "pages" not in head or listed is None:
        raise Unreadable("the answer has not the documented form: a head with page and pages, then a list of rows")
    return head, listed


def _message(told: Any) -> str:
    messages = [mapping(each) or {} for each in listing(told) or []]
    return "; ".join(f"{each.get('key', '')}: {each.get('value', '')}" for each in messages) or str(told)


def _whole(head: dict[str, Any], name: str) -> int:
    try:
        return int(head.get(name, 0))
    except (TypeError, ValueError):
        raise Unreadable(f"'{name}' of the answer is not a number") from None


def _row(row: Any, code: str) -> tuple[str, int, float] | None:
    """State, year and value of one row; None where the service has no figure or no code."""
    try:
        given, state, year, value = row["indicator"]["id"], row["countryiso3code"], int(row["date"]), row["value"]
    except (KeyError, TypeError, ValueError):
        raise Unreadable(f"a row has not the documented fields: {str(row)[:80]}") from None
    if given != code:
        raise Unreadable(f"the answer is about {given}, not about {code}")
    return None if value is None or not state else (str(state), year, float(value))
