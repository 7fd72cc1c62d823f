"""The words in which a claim and what is held against it are told, in English and Chinese."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction

from comity.kernel.result import Text
from comity.model.claim import Verdict

VERDICTS: dict[str, Text] = {
    "confirmed": Text("confirmed", "证实"),
    "contradicted": Text("contradicted", "不符"),
    "partly": Text("partly confirmed", "部分证实"),
    "not_decidable": Text("not decidable", "无法判定"),
}
SEEN: dict[str, Text] = {
    "text": Text("own text read", "读自原文"),
    "quoted": Text("quoted", "转引"),
    "recalled": Text("recalled", "凭记忆"),
    "reported": Text("reported figure", "来源所载数字"),
    "derived": Text("derived figure", "推算数字"),
}
_UNITS: dict[str, Text] = {
    "current US$": Text("US dollars", "美元"),
    "2021 international $": Text("international dollars of 2021", "2021年国际元"),
    "persons": Text("people", "人"),
    "subscriptions": Text("subscriptions", "户"),
    "PJ per year": Text("PJ a year", "拍焦/年"),
    "% of GDP": Text("% of GDP", "%（占GDP）"),
    "% of population": Text("% of the population", "%（占人口）"),
}
_SIZES = {
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}


def unit(name: str) -> Text:
    """A unit of figures as a reader says it."""
    return _UNITS.get(name, Text(name))


def amount(value: Fraction, measured: Text) -> Text:
    """An amount with its unit, in the magnitudes of each language.

    Example:
        >>> amount(Fraction(820 * 10**9), Text("US dollars", "美元"))
        Text(en='820 billion US dollars', zh='8200亿美元')
    """
    english, chinese = (_sized(value, lang) for lang in ("en", "zh"))
    return Text(f"{english} {measured.en}".strip(), f"{chinese}{measured.of('zh')}")


def _sized(value: Fraction, lang: str) -> str:
    size, word = next((each for each in _SIZES[lang] if abs(value) >= each[0]), (1, ""))
    number = float(value / size)
    written = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
    gap = " " if lang == "en" and word else ""
    return f"{written.replace(',', '') if lang == 'zh' else written}{gap}{word}"


def about(shown: Text, tolerance: Fraction) -> Text:
    """An amount with the tolerance within which it still counts as the amount."""
    if not tolerance:
        return shown
    share = f"{float(tolerance * 100):.4g}"
    return Text(f"{shown.en} (within {share} %)", f"{shown.of('zh')}（误差{share}%以内）")


def more_than(shown: Text) -> Text:
    """A bound that is passed."""
    return Text(f"more than {shown.en}", f"超过{shown.zh}")


def at_least(shown: Text) -> Text:
    """A bound that is reached."""
    return Text(f"at least {shown.en}", f"至少{shown.zh}")


def figure(state: Text, title: Text, year: int, shown: Text) -> Text:
    """A figure as it stands in the table."""
    named = f"{title.en[:1].lower()}{title.en[1:]}" if title.en[1:2].islower() else title.en
    return Text(f"{state.en}, {named}, {year}: {shown.en}", f"{state.of('zh')}{title.of('zh')}，{year}年：{shown.zh}")


def gap(state: Text, title: Text) -> Text:
    """That a figure is missing."""
    return Text(f"{state.en}: no figure of {title.en}", f"{state.of('zh')}：无{title.of('zh')}数据")


def rank(place: int, title: Text) -> Text:
    """A place among the members of the UN, as claimed."""
    return Text(f"rank {place} by {title.en}", f"按{title.of('zh')}居第{place}位")


def ranked(shown: Text, place: int, gaps: int) -> Text:
    """A place among the members of the UN, as found, with how many have no figure."""
    without = Text(f"; {gaps} without a figure", f"；{gaps}国无数据") if gaps else Text("")
    return Text(
        f"{shown.en}, rank {place} among the members of the UN{without.en}",
        f"{shown.zh}，居联合国会员国第{place}位{without.of('zh')}",
    )


def near(shown: Text, why: Text | None, *, recalled: bool = False) -> Text:
    """What is at hand, with the reason why it decides nothing."""
    only = Text("only recalled", "仅凭记忆")
    reasons = [each for each in (why, only if recalled else None) if each is not None]
    if not reasons:
        return Text(f"{shown.en} (another year)", f"{shown.of('zh')}（年份不同）")
    return Text(
        f"{shown.en} ({'; '.join(each.en for each in reasons)})",
        f"{shown.of('zh')}（{'；'.join(each.of('zh') for each in reasons)}）",
    )


def told(fact: Text, shown: Text) -> Text:
    """A fact with its amount or day."""
    return Text(f"{fact.en}: {shown.en}", f"{fact.of('zh')}：{shown.of('zh')}")


def day(on: datetime.date) -> Text:
    """A day."""
    return Text(f"{on.day} {on:%B} {on.year}", f"{on.year}年{on.month}月{on.day}日")


def when(on: datetime.date | None, by: datetime.date | None) -> Text:
    """The day of a claim."""
    if on is not None:
        return day(on)
    shown = day(by or datetime.date.max)
    return Text(f"no later than {shown.en}", f"不晚于{shown.zh}")


def days(number: int) -> Text:
    """A number of days."""
    return Text(f"{number} {'day' if number == 1 else 'days'}", f"{number}天")


def span(first: datetime.date, last: datetime.date, number: int) -> Text:
    """Two days with the number of days from one to the other."""
    begun, ended, counted = day(first), day(last), days(number)
    return Text(f"{begun.en} to {ended.en}, {counted.en}", f"{begun.zh}至{ended.zh}，共{counted.zh}")


def belonging(state: Text, on: datetime.date, *, member: bool) -> Text:
    """Whether a state belonged on a day."""
    shown = day(on)
    if member:
        return Text(f"{state.en} a member on {shown.en}", f"{shown.zh}{state.of('zh')}是成员")
    return Text(f"{state.en} not a member on {shown.en}", f"{shown.zh}{state.of('zh')}不是成员")


def members(number: int, on: datetime.date, since: datetime.date | None, named: Sequence[Text] = ()) -> Text:
    """How many members on a day, or how many newcomers up to that day, with their names."""
    shown, who = day(on), listed(named)
    heads = f"{number} {'member' if number == 1 else 'members'}"
    if since is None:
        return Text(f"{heads} on {shown.en}", f"{shown.zh}有{number}个成员")
    before = day(since)
    names = Text(f": {who.en}", f"：{who.zh}") if named else Text("")
    return Text(
        f"{number} new from {before.en} to {shown.en}{names.en}",
        f"{before.zh}至{shown.zh}新增{number}个成员{names.of('zh')}",
    )


def listed(named: Iterable[Text]) -> Text:
    """Names in a row."""
    texts = list(named)
    return Text(", ".join(each.en for each in texts), "、".join(each.of("zh") for each in texts))


def beginning(year: int) -> Text:
    """The year in which something is said to have begun."""
    return Text(f"since {year}", f"始于{year}年")


def begun(named: Sequence[Text], first: datetime.date) -> Text:
    """The day on which the first members came together, and who they were."""
    shown, who = day(first), listed(named)
    return Text(f"first members on {shown.en}: {who.en}", f"首批成员，{shown.zh}：{who.zh}")


def charter(short: str) -> Text:
    """The charter of an institution as a source."""
    return Text(f"charter {short}", f"章程{short}")


def unknown_members(on: datetime.date) -> Text:
    """That a charter does not know its members on a day."""
    return Text(f"all members on {day(on).en} are not known", f"{day(on).zh}的全部成员不详")


def unsourced() -> Text:
    """That a charter does not say where a membership was seen, or only recalls it."""
    return Text("the charter names no source seen for it", "章程未注明所见来源")


def outcome(counts: dict[Verdict, int]) -> Text:
    """How many claims had which outcome, in a sentence."""
    total = sum(counts.values())
    parts = [
        (counts["confirmed"], Text("confirmed", "项证实")),
        (counts["contradicted"], Text("contradicted", "项不符")),
        (counts["partly"], Text("confirmed in part", "项部分证实")),
    ]
    said = ", ".join(f"{number} {'is' if number == 1 else 'are'} {told.en}" for number, told in parts)
    open_ = counts["not_decidable"]
    rest = Text(f"{open_} cannot be decided with the data at hand", f"{open_}项以现有数据无法判定")
    return Text(
        f"Of {total} checkable claims {said}, and {rest.en}",
        f"{total}项可核对的说法中，{'，'.join(f'{number}{told.zh}' for number, told in parts)}，{rest.zh}",
    )
