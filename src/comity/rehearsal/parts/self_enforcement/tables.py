"""Tables of promises that keep themselves: verdicts, prices, suspensions, courses, readings, and the map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import named
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Prices, Terms, region, standing
from comity.rehearsal.parts.spreads import Chance, Gain, Spread

if TYPE_CHECKING:
    from comity.rehearsal.parts.self_enforcement.promises import Promise

YEARLY, LOOK = "million US dollars a year", "million US dollars a look"
"""Units of sums: a year, and from one look to the next."""
LOWER, UPPER = Text("Low (90 % of draws)", "下限（90%抽样）"), Text("High (90 % of draws)", "上限（90%抽样）")
LOW, HIGH = Text("Low (95 %)", "下限（95%）"), Text("High (95 %)", "上限（95%）")
PAYMENT = {"with": Text("with its payment", "有付款"), "without": Text("without payment", "无付款")}
"""Whether the reward is paid."""
COURSES = {
    "at_once": Text("renegotiated at once", "立即重新谈判"),
    "written": Text("suspended as written", "按条文中止"),
    "least": Text("suspended as long as deters", "以刚好足够的时间中止"),
    "ever": Text("ended by a notice", "一经通知即告终止"),
    "strict": Text("kept under pressure", "承压时仍履行"),
    "brittle": Text("broken under pressure", "承压时违约"),
    "escape": Text("escaped at a price", "付费退避"),
}
"""The courses a clause may take."""
WHERE = {
    "both": Text("with and without payment", "有无付款均可"),
    "paid": Text("only with the payment", "仅在有付款时"),
    "unpaid": Text("only without the payment", "仅在无付款时"),
    "plain": Text("it can; no payment is written", "可以（未设付款）"),
    "neither": Text("neither way", "均不可"),
}
"""Where a promise can be kept."""
HERE = {"own": Text("errors and discount as stated", "现定出错率与贴现率"), "other": Text("other", "其他")}
"""Where charter and stakes place the promise."""


def owed_by(inputs: Inputs, promise: Promise, owed: str) -> Text:
    """A promise with those who owe it, in words."""
    if owed == "members":
        return Text(f"{promise.title.en}, as if every member owed it", f"{promise.title.of('zh')}（假定全体成员承担）")
    who = named(inputs, promise.parties("obligors"))
    return Text(f"{promise.title.en}, owed by {who.en}", f"{promise.title.of('zh')}（由{who.of('zh')}承担）")


def versions(inputs: Inputs, found: Sequence[Kept]) -> dict[str, Text]:
    """The words for each promise and who owes it."""
    return {each.version: owed_by(inputs, each.promise, each.owed) for each in found}


def length(looks: float) -> str:
    """The word by which tables know the length of a suspension.

    Example:
        >>> length(3), length(math.inf)
        ('3', 'ever')
    """
    return "ever" if looks == math.inf else str(int(looks))


def lengths(found: Sequence[Kept]) -> dict[str, Text]:
    """The words for the lengths of suspensions, in their order."""
    every = sorted({each.looks for one in found for each in one.triggers})
    return {length(each): Text("for ever", "永久") if each == math.inf else Text(length(each)) for each in every}


def tables(inputs: Inputs, found: Sequence[Kept], costs: Sequence[Prices], terms: Terms) -> tuple[Table, ...]:
    """Verdicts, prices, suspensions, courses, readings, and the map of patience and noise."""
    head = _head(inputs, found)
    return (
        _verdicts(head, found),
        _prices(head, costs),
        _suspensions(head, found),
        _courses(head, found),
        _readings(head, found),
        _map(inputs, head, found, terms),
    )


def _head(inputs: Inputs, found: Sequence[Kept]) -> tuple[Column, ...]:
    bodies = {each.promise.institution.name: each.promise.institution.title for each in found}
    return (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        Column("version", Text("Promise", "承诺"), labels=versions(inputs, found)),
        Column("payment", Text("Payment", "付款"), labels=PAYMENT),
    )


def _at(each: Kept) -> dict[str, Any]:
    payment = "with" if each.paid else "without"
    return {"institution": each.promise.institution.name, "version": each.version, "payment": payment}


def _table(
    name: str, title: Text, columns: Sequence[Column], rows: Iterable[dict[str, Any]], *, note: Text = Text("")
) -> Table:
    """A table of these rows; a column with labels holds words, ``holds`` truth, and all others numbers."""
    import polars as pl

    schema = {
        each.name: pl.String if each.labels is not None else pl.Boolean if each.name == "holds" else pl.Float64
        for each in columns
    }
    return Table(name, title, tuple(columns), pl.DataFrame(list(rows), schema=schema), note)


def _spread(name: str, title: Text, unit: str, digits: int = 0) -> tuple[Column, Column, Column]:
    return (
        Column(name, title, unit, digits=digits),
        Column(f"{name}_low", LOWER, unit, digits=digits),
        Column(f"{name}_high", UPPER, unit, digits=digits),
    )


def _put(name: str, value: Spread | Gain | None) -> dict[str, float | None]:
    if value is None:
        return {}
    middle, ends = (value.mean, value.spread) if isinstance(value, Gain) else (value.median, value)
    return {name: middle, f"{name}_low": ends.low, f"{name}_high": ends.high}


def _share(name: str, title: Text) -> tuple[Column, Column, Column]:
    words = ((name, title), (f"{name}_low", LOW), (f"{name}_high", HIGH))
    return tuple(Column(each, word, "share of draws", percent=True, digits=0) for each, word in words)  # pyright: ignore[reportReturnType]


def _odds(name: str, value: Chance | None) -> dict[str, float]:
    return {} if value is None else {name: value.share, f"{name}_low": value.low, f"{name}_high": value.high}


def _verdicts(head: tuple[Column, ...], found: Sequence[Kept]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in found:
            yield {
                **_at(each),
                "holds": each.holds,
                **_odds("kept", each.chance),
                **_odds("mendable", each.mendable),
                "critical": each.critical,
                "critical_low": each.factors.low,
                "critical_high": each.factors.high,
                "rate": None if each.rate in {None, math.inf} else each.rate,
                "least": None if each.least == math.inf else each.least,
                **_put("worth", each.ways["written"].value),
            }

    columns = (
        *head,
        Column("holds", Text("Kept at the modes", "众数下能否履行")),
        *_share("kept", Text("Kept as written", "按条文得以履行")),
        *_share("mendable", Text("Kept under some suspension", "在某种中止期下得以履行")),
        *_spread("critical", Text("Critical discount factor from look to look", "每期临界贴现因子"), "factor", 3),
        Column("rate", Text("As a yearly rate", "折合年贴现率"), "share a year", percent=True, digits=0),
        Column("least", Text("Least suspension that deters", "足以威慑的最短中止期"), "looks", digits=0),
        *_spread("worth", Text("Worth to all members as written, mean", "按条文对全体成员的价值，均值"), YEARLY),
    )
    note = Text(
        "A critical factor of 0: kept without regard to the future; none: no patience suffices.",
        "临界因子为0：无须顾及未来即可履行；空缺：任何耐心均不足够。",
    )
    return _table("promises", Text("Which promises keep themselves", "哪些承诺能自我执行"), columns, rows(), note=note)


def _prices(head: tuple[Column, ...], costs: Sequence[Prices]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in costs:
            reward = each.promise.clause.reward
            yield {
                "institution": each.promise.institution.name,
                "version": f"{each.promise.key}.{each.owed}",
                "charter": None if reward is None else float(reward.amount.amount) / 1e6,
                **_put("once", each.once),
                **_put("written", each.written),
                **_put("ever", each.ever),
                **_put("most", each.most),
                **_odds("room", each.room),
            }

    columns = (
        *head[:2],
        Column("charter", Text("Reward in the charter", "章程所列奖励"), "million US dollars", digits=0),
        *_spread("once", Text("Enough without regard to the future", "不计未来时所需"), LOOK),
        *_spread("written", Text("Enough under the suspension as written", "按条文中止时所需"), LOOK),
        *_spread("ever", Text("Enough where a notice ends the clause", "一经通知即终止时所需"), LOOK),
        *_spread("most", Text("Leaves its payers nothing", "付款方不再获益的上限"), LOOK),
        *_share("room", Text("Enough is no more than that", "所需不超过上限")),
    )
    title = Text("What a payment on results must come to, for each party", "按成果付款须达到的金额（每个承担方）")
    return _table("rewards", title, columns, rows())


def _suspensions(head: tuple[Column, ...], found: Sequence[Kept]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in found:
            for one in each.triggers:
                told = {"looks": length(one.looks), "holds": one.holds}
                yield {**_at(each), **told, **_odds("kept", one.chance), **_put("value", one.value)}

    columns = (
        *head,
        Column("looks", Text("Suspension, in looks", "中止期（核查次数）"), labels=lengths(found)),
        Column("holds", Text("Deters at the modes", "众数下足以威慑")),
        *_share("kept", Text("Deters", "足以威慑")),
        *_spread("value", Text("Worth to all members if kept, median", "若得以履行对全体成员的价值，中位数"), YEARLY),
    )
    return _table("suspensions", Text("How long a breach suspends", "违约后的中止期"), columns, rows())


def _courses(head: tuple[Column, ...], found: Sequence[Kept]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in found:
            for name, way in each.ways.items():
                ends = each.escape if name == "escape" else (None, None)
                prices = {**_put("least", ends[0]), **_put("most", ends[1])}
                yield {**_at(each), "course": name, **_odds("kept", way.chance), **_put("value", way.value), **prices}

    columns = (
        *head,
        Column("course", Text("Course", "安排"), labels=COURSES),
        *_share("kept", Text("Followed by all", "各方均照办")),
        *_spread(
            "value", Text("Worth to all members, nothing where not followed, mean", "对全体成员的价值，均值"), YEARLY
        ),
        *_spread("least", Text("Least price of an escape", "退避的最低价格"), LOOK),
        *_spread("most", Text("Highest price of an escape", "退避的最高价格"), LOOK),
    )
    title = Text("Renegotiation and escape", "重新谈判与退避")
    return _table("courses", title, columns, rows())


def _readings(head: tuple[Column, ...], found: Sequence[Kept]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in found:
            for one in each.readings:
                yield {
                    **_at(each),
                    "readings": one.number,
                    "false_alarm": one.looks.false_alarm,
                    "miss": one.looks.miss,
                    "least": None if one.least == math.inf else one.least,
                    **_put("value", one.value),
                    **_put("gain", one.gain),
                }

    columns = (
        *head,
        Column("readings", Text("Readings of each look", "每次核查的读数"), "", digits=0),
        Column("false_alarm", Text("False alarms", "误报"), "share of looks", percent=True, digits=2),
        Column("miss", Text("Misses", "漏报"), "share of looks", percent=True, digits=2),
        Column("least", Text("Least suspension that deters", "足以威慑的最短中止期"), "looks", digits=0),
        *_spread("value", Text("Worth to all members, mean", "对全体成员的价值，均值"), YEARLY),
        *_spread("gain", Text("More than with one reading, mean", "较一次读数增加，均值"), YEARLY),
    )
    note = Text(
        "A look is the majority of its readings, which err independently; each with the least suspension that deters.",
        "每次核查以多数读数为准，各读数独立出错；均取刚好足够的中止期。",
    )
    return _table("readings", Text("Clearer verification", "更清晰的核查"), columns, rows(), note=note)


def _map(inputs: Inputs, head: tuple[Column, ...], found: Sequence[Kept], terms: Terms) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for each in {one.version: one for one in found}.values():
            here = standing(inputs, each.promise, terms)
            for factor, noise, word in region(inputs, each.promise, each.owed, terms):
                place = {"institution": each.promise.institution.name, "version": each.version}
                own = "own" if (factor, noise) == here else "other"
                yield {**place, "factor": factor, "noise": noise, "kept": word, "here": own}

    columns = (
        *head[:2],
        Column("factor", Text("Discount factor from look to look", "每期贴现因子"), "factor", digits=2),
        Column("noise", Text("Looks that err, either way", "核查出错比例（误报与漏报相同）"), "share", digits=2),
        Column("kept", Text("Can be kept", "能否履行"), labels=WHERE),
        Column("here", Text("Place", "位置"), labels=HERE),
    )
    return _table("map", Text("Patience and noise", "耐心与噪声"), columns, rows())
