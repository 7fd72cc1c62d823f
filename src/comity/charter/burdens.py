"""How a common cost is shared, in words: each burden rule, and what follows when a share is not paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from comity.charter.phrases import SEMICOLON, part_of, put, row
from comity.charter.vocabulary import TERMS
from comity.kernel.family import kind_of
from comity.kernel.quantity import show
from comity.kernel.result import Text
from comity.model.burden import Burden
from comity.model.parts import Fund

FIGURES: Mapping[str, Text] = {
    "gdp_usd": Text("gross domestic product", "国内生产总值"),
    "population": Text("population", "人口"),
}
"""The figures that burden rules read most, for a reader; others by their name."""
VALUES = Text("the values written in the charter", "章程所列数值")


def fund_in_words(fund: Fund) -> Text | None:
    """How a fund is filled and what follows when a share is not paid; None where neither is told.

    Example:
        >>> import comity
        >>> print(fund_in_words(comity.load("gcf").funds["trust_fund"]))
        filled by voluntary contributions; when a member leaves or does not pay, it shrinks by that share
    """
    told = [burden_in_words(fund.burden)] if fund.burden else []
    if fund.amount:
        told.append(put(Text("{amount} to be raised", "筹集{amount}"), amount=fund.amount))
    if fund.shortfall:
        pattern = Text("when a member leaves or does not pay, {then}", "成员退出或不缴款时，{then}")
        told.append(put(pattern, then=TERMS[fund.shortfall]))
    if fund.votes:
        basic = Text("votes follow what is paid in", "表决权随缴款而定")
        if fund.votes.basic:
            pattern = Text("{said}, but {share} of them, split equally", "{said}，其中{share}由成员均分")
            basic = put(pattern, said=basic, share=fine(fund.votes.basic))
        told.append(basic)
    said = [each for each in told if each is not None]
    return row(said, last=SEMICOLON, comma=SEMICOLON) if said else None


def burden_in_words(burden: Burden) -> Text | None:
    """How a common cost is shared, in words; None for a kind from elsewhere.

    Example:
        >>> import comity
        >>> burden_in_words(comity.load("g5").funds["common_fund"].burden).zh
        '按国内生产总值比例分摊，各方至少1/10和至多1/3'
    """
    say = _BURDENS.get(kind_of(type(burden)) or "")
    return say(burden) if say else None


def fine(share: Fraction) -> Text:
    """A share as a reader says it, in per cent where it is a small one: ``0.001 %``.

    Example:
        >>> fine(Fraction(1, 100000)).en, fine(Fraction(1, 3)).en, fine(Fraction(22, 100)).zh
        ('0.001 %', '1/3', '22%')
    """
    thousandths = share * 100_000
    if share.denominator > 10 and thousandths.denominator == 1:
        said = f"{float(share * 100):.3f}".rstrip("0").rstrip(".")
        return Text(f"{said} %", f"{said}%")
    return part_of(share)


def _figure(name: str | None) -> Text:
    return VALUES if name is None else FIGURES.get(name, Text(name))


def _limited(said: Text, floor: Fraction, ceiling: Fraction) -> Text:
    limits = [
        put(pattern, share=fine(value))
        for pattern, value, plain in (
            (Text("at least {share}", "至少{share}"), floor, 0),
            (Text("at most {share}", "至多{share}"), ceiling, 1),
        )
        if value != plain
    ]
    if not limits:
        return said
    return put(Text("{said}, each {limits}", "{said}，各方{limits}"), said=said, limits=row(limits))


def _proportional(burden: Any) -> Text:
    said = put(Text("filled in proportion to {figure}", "按{figure}比例分摊"), figure=_figure(burden.to))
    return _limited(said, burden.floor, burden.ceiling)


def _scale(burden: Any) -> Text:
    pattern = Text(
        "filled by capacity to pay: {income}, with relief of {gradient} for income per head below the average of "
        "members; each at least {floor} and at most {ceiling}, least developed countries at most {poorest}",
        "按支付能力分摊：以{income}为基础，人均收入低于成员平均数者按{gradient}的梯度减免；"
        "各方至少{floor}、至多{ceiling}，最不发达国家至多{poorest}",
    )
    return put(
        pattern,
        income=_figure(burden.income),
        gradient=fine(burden.gradient) if burden.gradient.denominator > 10 else _percent(burden.gradient),
        floor=fine(burden.floor),
        ceiling=fine(burden.ceiling),
        poorest=fine(burden.least_developed_ceiling),
    )


def _percent(share: Fraction) -> Text:
    said = f"{float(share * 100):g}"
    return Text(f"{said} %", f"{said}%")


def _tiers(burden: Any) -> Text:
    by = _figure(burden.by)
    if burden.per:
        by = put(Text("{by} per {per}", "{by}与{per}之比"), by=by, per=_figure(burden.per))
    unit = (
        Text("{pays} units", "{pays}个单位")
        if burden.to is None
        else put(Text("{{pays}} of {to}", "{to}的{{pays}}"), to=_figure(burden.to))
    )
    steps = row(
        put(
            Text("from {least} {paid}", "{least}起{paid}"),
            least=_number(tier.at_least),
            paid=put(unit, pays=show(tier.pays)),
        )
        for tier in burden.tiers
    )
    return put(Text("filled by tiers of {by}: {steps}", "按{by}分档分摊：{steps}"), by=by, steps=steps)


def _number(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else show(value)


def _claimed(pattern: Text) -> Callable[[Any], Text]:
    def say(burden: Any) -> Text:
        return put(pattern, figure=_figure(burden.to), estate=_number(burden.estate))

    return say


def _fixed(text: Text) -> Callable[[Any], Text]:
    return lambda _burden: text


_BURDENS: dict[str, Callable[[Any], Text]] = {
    "proportional": _proportional,
    "equal": _fixed(Text("filled in equal parts", "由成员平均分摊")),
    "voluntary": _fixed(Text("filled by voluntary contributions", "由自愿捐款筹集")),
    "scale_of_assessments": _scale,
    "tiers": _tiers,
    "shapley": lambda burden: put(
        Text(
            "filled by need: each slice of {figure} shared equally by those who need it",
            "按需要分摊：{figure}的每一层由需要者均分",
        ),
        figure=_figure(burden.to),
    ),
    "constrained_equal_awards": _claimed(
        Text(
            "filled in equal amounts, nobody more than by {figure}; {estate} in all",
            "等额分摊，但不超过各自的{figure}；共{estate}",
        )
    ),
    "constrained_equal_losses": _claimed(
        Text(
            "filled so that each keeps the same amount of {figure}, nobody less than nothing; {estate} in all",
            "分摊后各方保留等额的{figure}，且负担不小于零；共{estate}",
        )
    ),
    "talmud": _claimed(
        Text(
            "filled by the division of the Talmud over {figure}; {estate} in all",
            "按塔木德分法就{figure}分摊；共{estate}",
        )
    ),
}
