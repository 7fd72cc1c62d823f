"""How things are told in two languages: patterns, rows, shares, durations, and members by the names a reader knows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from comity.kernel.quantity import Duration, show
from comity.kernel.result import Language, Text
from comity.model.dated import at, is_dated
from comity.model.rule import Rule
from comity.model.threshold import Bound

Named = Callable[[str], Text]
"""By which name a member is told: its code, unless the caller knows better."""

BASES: Mapping[str, Text] = {
    "members": Text("all members", "全体成员"),
    "present": Text("those present", "出席成员"),
    "present_and_voting": Text("those present and voting", "出席并参加表决的成员"),
    "votes_cast": Text("the votes cast", "所投票数"),
    "total_weight": Text("the total weight", "总权重"),
}
"""What a share is a share of, where heads are counted, and the whole weight."""
OF_WEIGHT: Mapping[str, Text] = {
    "total_weight": BASES["total_weight"],
    "present": Text("the weight present", "出席成员的权重"),
    "present_and_voting": Text("the weight present and voting", "出席并参加表决成员的权重"),
    "votes_cast": Text("the weight of the votes cast", "所投票的权重"),
}
"""What a share of weight is a share of."""
SEMICOLON = Text("; ", "；")
COMMA = Text(", ", "，")
UNSTATED = Text("not stated for that day", "当日未作规定")


def put(pattern: Text, **parts: object) -> Text:
    """A pattern in two languages with its places filled.

    Example:
        >>> put(Text("veto of {who}", "{who}的否决权"), who=Text("France", "法国")).zh
        '法国的否决权'
    """

    def filled(lang: Language) -> str:
        given = {name: part.of(lang) if isinstance(part, Text) else part for name, part in parts.items()}
        return pattern.of(lang).format(**given)

    return Text(filled("en"), filled("zh"))


def row(texts: Iterable[Text], last: Text = Text(" and ", "和"), comma: Text = Text(", ", "、")) -> Text:
    """Several texts in a row.

    Example:
        >>> row([Text("A", "甲"), Text("B", "乙"), Text("C", "丙")])
        Text(en='A, B and C', zh='甲、乙和丙')
    """
    listed = list(texts)
    if not listed:
        return Text("")

    def joined(lang: Language) -> str:
        words = [text.of(lang) for text in listed]
        return words[0] if len(words) == 1 else comma.of(lang).join(words[:-1]) + last.of(lang) + words[-1]

    return Text(joined("en"), joined("zh"))


def part_of(share: Fraction) -> Text:
    """A share as a reader says it: ``2/3``, but ``85 %`` for 17/20.

    Example:
        >>> part_of(Fraction(2, 3)).en, part_of(Fraction(17, 20)).en, part_of(Fraction(17, 20)).zh
        ('2/3', '85 %', '85%')
    """
    hundredths = share * 100
    if share.denominator > 10 and hundredths.denominator == 1:
        return Text(f"{hundredths} %", f"{hundredths}%")
    return Text(show(share), show(share))


@dataclass(frozen=True)
class Saying:
    """How a rule is told: of which day, for how many members, by which names.

    Attributes:
        on: the day at which dated values are read; every period is told where absent.
        members: the members of that day, so that shares of all members are also told in heads.
        named: by which name a member is told.
        standing: those known to belong on that day, of whom alone vetoes are told.
        titles: the titles of rules, organs and funds by their place in the charter (``rules.consensus``).
    """

    on: datetime.date | None = None
    members: Sequence[str] | None = None
    named: Named = Text
    standing: Sequence[str] | None = None
    titles: Mapping[str, Text] = field(default_factory=dict[str, Text])

    @property
    def day(self) -> datetime.date:
        """The day that is meant, else the last of the calendar."""
        return self.on or datetime.date.max

    def dated(self, value: Any, say: Callable[[Any], Text]) -> Text:
        """A value in words: that of the day, or of every period where no day is meant."""
        if not is_dated(value):
            return say(value)
        if self.on is not None:
            found = at(value, self.on)
            return UNSTATED if found is None else say(found)
        return row(
            (_spanned(say(each.value), each.from_, each.until) for each in value), last=SEMICOLON, comma=SEMICOLON
        )

    def bound(self, asked: Bound, of: str, *, weight: bool = False) -> Text:
        """A threshold in words: "at least 2/3 of those present and voting"."""
        strict = asked.at_least is None
        return self.dated(
            asked.more_than if strict else asked.at_least, lambda each: self.share(each, strict, of, weight)
        )

    def share(self, share: Fraction, strict: bool, of: str, weight: bool = False) -> Text:  # noqa: FBT001, FBT002
        """A share of a base in words, in heads as well where all members are the base and known."""
        heads = len(self.members) if self.members is not None and of == "members" else None
        pattern = Text("more than {share} of {base}", "超过{base}的{share}")
        if not strict:
            pattern = Text("at least {share} of {base}", "不少于{base}的{share}")
        said = put(pattern, share=part_of(share), base=(OF_WEIGHT if weight else BASES)[of])
        if heads is None:
            return said
        least = floor(share * heads) + 1 if strict else ceil(share * heads)
        return put(
            Text("{said} ({least} of {heads})", "{said}（{heads}个中的{least}个）"), said=said, least=least, heads=heads
        )

    def holders(self, value: Any) -> Text:
        """A dated list of members in words; nobody where it is empty."""
        return self.dated(
            value, lambda codes: row(map(self.named, self.those_standing(codes))) if codes else Text("nobody", "无")
        )

    def counting(self, rule: Rule) -> Saying:
        """The same for the members that a rule counts."""
        if self.members is None or not rule.among or at(rule.among, self.day) is None:
            return self
        return replace(self, members=rule.counted(self.members, self.day))

    def title(self, section: str, name: str) -> Text:
        """The title of a named part of the charter; its name where it has none."""
        return self.titles.get(f"{section}.{name}") or Text(name.replace("_", " "))

    def those_standing(self, codes: Sequence[str]) -> list[str]:
        """Those of some members who belong on the day, where that is known."""
        known = self.members if self.standing is None else self.standing
        return [code for code in codes if known is None or code in known] or list(codes)


_UNITS = {"hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年"}


def span(duration: Duration | None) -> Text:
    """A duration in words; nothing where there is none.

    Example:
        >>> span(Duration.parse("12 months")).zh
        '12个月'
    """
    return Text(str(duration), f"{duration.number}{_UNITS[duration.unit]}") if duration else Text("")


def _spanned(said: Text, start: datetime.date | None, until: datetime.date | None) -> Text:
    if start is None:
        return put(Text("{said} until {until}", "{until}以前{said}"), said=said, until=until) if until else said
    pattern = Text("{said} from {start}", "自{start}起{said}")
    if until is not None:
        pattern = Text("{said} from {start} until {until}", "{start}至{until}{said}")
    return put(pattern, said=said, start=start, until=until)


PLAIN = Saying()
"""Of no day and no body: every period, shares only, members by their codes."""
