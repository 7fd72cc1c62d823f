"""The climate club of a user's file: which club is stable at every price of carbon and every tariff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.analysis.parts.stability.words import UNIFORM
from comity.analysis.parts.tabled import share, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, per_cent, said

if TYPE_CHECKING:
    from comity.library.climate_clubs import ClimateClub

PRICES = (12.5, 25.0, 50.0, 100.0)
"""The target prices that are asked about, US dollars a tonne of CO2."""
PER_CENT = 10
"""Tariffs of 0 to so many per cent are asked about."""
BILLIONS = "billion US dollars a year"


@dataclass(frozen=True)
class Case:
    """One target price at one tariff.

    Attributes:
        price: US dollars a tonne of CO2.
        tariff: as a share.
        number: how many clubs are stable.
        club: the largest of them, as places in the order of the regions.
        gain: what all regions together gain by it over a world without a club, billion US dollars a year.
    """

    price: float
    tariff: float
    number: int
    club: tuple[int, ...]
    gain: float


@dataclass(frozen=True)
class Price:
    """One target price: its cases, the smallest tariff that holds all regions, and who is held last."""

    price: float
    cases: tuple[Case, ...]
    everyone: tuple[float, int] | None
    whole: float


def cases(given: ClimateClub, prices: Sequence[float], step: Callable[[int, int], None]) -> list[Price]:
    """Enumerate all clubs at every price and tariff.

    Args:
        given: the regions.
        prices: the target prices.
        step: told how many of how many are done.
    """
    from comity.solvers.participation.climate_club import club, smallest_tariff
    from comity.solvers.participation.stable import belonging, stability, together

    regions, members = given.regions, len(given.names)
    found: list[Price] = []
    total = len(prices) * (PER_CENT + 1)
    for price in prices:
        rows: list[Case] = []
        for per_cent_ in range(PER_CENT + 1):
            step(len(found) * (PER_CENT + 1) + per_cent_, total)
            payoffs = club(regions, price, per_cent_ / 100)
            stable = stability(payoffs).found()
            largest = stable[0] if stable else 0
            gain = sum(float(payoffs.column(member)[largest]) for member in range(members))
            rows.append(Case(price, per_cent_ / 100, len(stable), belonging(largest, members), gain))
        whole = float(together(club(regions, price, 0.0))[-1])
        found.append(Price(price, tuple(rows), smallest_tariff(regions, price, range(members)), whole))
    step(total, total)
    return found


def values(given: ClimateClub, found: Sequence[Price]) -> dict[str, Any]:
    """Plain values: sizes by price and tariff, who is outside, the smallest tariff that holds all."""
    return {
        "sizes": {f"{each.price:g}": [len(case.club) for case in each.cases] for each in found},
        "stable_clubs": {f"{each.price:g}": [case.number for case in each.cases] for each in found},
        "outside": {f"{each.price:g}": [list(_outside(given, case)) for case in each.cases] for each in found},
        "holds_all": {f"{each.price:g}": None if each.everyone is None else each.everyone[0] for each in found},
        "joint_gain": {f"{each.price:g}": each.whole for each in found},
    }


def _outside(given: ClimateClub, case: Case) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(given.names) if place not in case.club)


def table(given: ClimateClub, found: Sequence[Price]) -> Table:
    """One row a price and tariff."""
    rows: list[dict[str, Any]] = [
        {
            "price": case.price,
            "tariff": case.tariff,
            "number": case.number,
            "size": len(case.club),
            "outside": ", ".join(_outside(given, case)) if case.club else None,
            "gain": case.gain,
        }
        for each in found
        for case in each.cases
    ]
    columns = (
        Column("price", Text("Target price", "目标碳价"), "US dollars a tonne of CO2", digits=1),
        share("tariff", Text("Tariff on outsiders", "对域外的关税")),
        Column("number", Text("Stable clubs", "稳定俱乐部数"), "clubs"),
        Column("size", Text("Regions in the largest", "最大者的地区数"), "regions"),
        Column("outside", Text("Outside it", "未加入者")),
        Column("gain", Text("All regions gain", "全体地区获益"), BILLIONS, digits=1),
    )
    title = Text("Climate clubs", "气候俱乐部")
    return tabled("climate_clubs", title, columns, rows, words=("outside",), counts=("number", "size"))


def findings(given: ClimateClub, found: Sequence[Price]) -> list[Finding]:
    """What holds without a tariff, the tariff that holds everyone, what little holds at high prices."""
    members = len(given.names)
    bare = [each for each in found if each.cases[0].club]
    english = (
        f"at {len(found) - len(bare)} of {len(found)} prices no club holds" if bare else "no club holds at any price"
    )
    chinese = (
        f"{len(found)}种碳价中有{len(found) - len(bare)}种没有稳定俱乐部" if bare else "任何碳价下都没有稳定俱乐部"
    )
    figures = {f"at_{each.price:g}": Figure(len(each.cases[0].club), "regions") for each in found}
    told = [Finding(said(f"Without a tariff {english}", f"不设关税时，{chinese}"), figures)]
    for each in found:
        top = max(each.cases, key=lambda case: len(case.club))
        if each.everyone is None:
            text = said(
                f"At {each.price:g} USD a tonne no tariff holds all {members}; the largest stable club has "
                f"{len(top.club)}",
                f"碳价每吨{each.price:g}美元时，任何关税都不能维系全部{members}个地区；最大的稳定俱乐部有{len(top.club)}个",
            )
            told.append(Finding(text, {"largest": Figure(len(top.club), "regions")}))
            continue
        tariff, last = each.everyone
        text = said(
            f"At {each.price:g} USD a tonne a tariff of {per_cent(tariff)} holds all {members}, {given.names[last]} "
            f"last; the largest stable club up to {PER_CENT}\u202f% has {len(top.club)}",
            f"碳价每吨{each.price:g}美元时，{per_cent(tariff)}的关税可维系全部{members}个地区，最后留住的是{given.names[last]}；"
            f"关税不超过{PER_CENT}%时，最大的稳定俱乐部有{len(top.club)}个地区",
        )
        told.append(Finding(text, {"tariff": Figure(tariff, "share"), "largest": Figure(len(top.club), "regions")}))
    return told


def _title(given: ClimateClub, found: Sequence[Price], told: Sequence[Finding]) -> Text:
    """The dearest price at which a tariff that was tried holds everyone; else what holds without one."""
    held = [each for each in found if each.everyone is not None and each.everyone[0] <= PER_CENT / 100]
    if not held:
        return told[0].text
    most = max(held, key=lambda each: each.price)
    rate, members = per_cent(most.everyone[0] if most.everyone else 0.0), len(given.names)
    alone = len(most.cases[0].club)
    return said(
        f"A tariff of {rate} holds all {members} regions at {most.price:g} USD a tonne; without one {alone or 'none'} "
        "would join",
        f"碳价每吨{most.price:g}美元时，{rate}的关税可维系全部{members}个地区；不设关税时愿意加入的有{alone}个",
    )


def chart(given: ClimateClub, found: Sequence[Price], told: Sequence[Finding]) -> Chart:
    """How many regions are in the stable club, by tariff, one line a price."""
    title = _title(given, found, told)
    colours = (BLUE, ORANGE, GREEN, PURPLE)
    domain = [each.price for each in found]
    x_axis = {"title": Text("Uniform tariff on outsiders", "对域外的统一关税"), "format": ".0%"}
    y_axis = {"title": Text("Regions in the largest stable club", "最大稳定俱乐部的地区数"), "tickMinStep": 1}
    legend = {"title": Text("USD a tonne", "美元/吨")}
    scale = {"domain": domain, "range": [colours[place % len(colours)] for place in range(len(domain))]}
    spec: dict[str, Any] = {
        "width": 420,
        "height": 240,
        "mark": {"type": "line", "point": True, "strokeWidth": 2, "interpolate": "step-after"},
        "encoding": {
            "x": {"field": "tariff", "type": "quantitative", "axis": x_axis},
            "y": {"field": "size", "type": "quantitative", "axis": y_axis},
            "color": {"field": "price", "type": "nominal", "scale": scale, "legend": legend},
        },
    }
    subtitle = Text(
        "All clubs enumerated at each price and tariff; no retaliation, no limit by trade law",
        "逐一判断各碳价与关税下的全部俱乐部；无报复，不计贸易法限制",
    )
    alt = Text(
        f"Lines of the size of the stable club by tariff. {title.en}.",
        f"各关税下稳定俱乐部规模折线图。{title.of('zh')}。",
    )
    return Chart("climate_clubs", "climate_clubs", title, subtitle, alt, spec)


def caveats(given: ClimateClub) -> list[Text]:
    """What must be known before any of it is believed."""
    return [
        UNIFORM,
        Text(
            "The model of Nordhaus (2015): quadratic costs of abatement, damages linear and shared out by income, one "
            f"year; benefits beyond the climate are left out. The figures are those of {given.file}; nobody else "
            "checked them.",
            f"采用Nordhaus（2015年）的模型：减排成本为二次函数，损害为线性并按收入分摊，仅计一年；未计气候以外的收益。数据以{given.file}为准，未经他人核对。",
        ),
    ]
