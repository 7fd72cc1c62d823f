"""A rule in words: what a body must reach to decide, in English and Chinese, made from the rule itself.

One function says it for everybody (:func:`rule_in_words`): differences, rulings and dossiers never keep a sentence of
their own beside the charter (convention 9).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from comity.kernel.family import Spec, kind_of
from comity.kernel.quantity import show
from comity.kernel.result import Language, Text
from comity.model.dated import at, is_dated
from comity.model.rule import Rule
from comity.model.threshold import Bound, Quorum

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
OBJECTIONS: Mapping[str, Text] = {
    "members_present": Text("consensus of those present", "出席成员协商一致"),
    "all_members": Text("consensus of all members, so that an absence blocks", "全体成员协商一致（缺席即阻止）"),
}
"""Whose consent a consensus asks for."""
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
    """

    on: datetime.date | None = None
    members: Sequence[str] | None = None
    named: Named = Text
    standing: Sequence[str] | None = None

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

    def those_standing(self, codes: Sequence[str]) -> list[str]:
        """Those of some members who belong on the day, where that is known."""
        known = self.members if self.standing is None else self.standing
        return [code for code in codes if known is None or code in known] or list(codes)


def _spanned(said: Text, start: datetime.date | None, until: datetime.date | None) -> Text:
    if start is None:
        return put(Text("{said} until {until}", "{until}以前{said}"), said=said, until=until) if until else said
    pattern = Text("{said} from {start}", "自{start}起{said}")
    if until is not None:
        pattern = Text("{said} from {start} until {until}", "{start}至{until}{said}")
    return put(pattern, said=said, start=start, until=until)


def rule_in_words(
    rule: Rule, *, on: datetime.date | None = None, members: Sequence[str] | None = None, named: Named = Text
) -> Text:
    """A rule in words: threshold, veto, quorum, and whatever else it asks for.

    Args:
        rule: the rule.
        on: the day at which dated values are read; every period is told where absent.
        members: the members of that day, so that shares of all members are told in heads as well.
        named: by which name a member is told; its code where absent.

    Example:
        >>> import comity
        >>> unsc = comity.load("unsc")
        >>> rule_in_words(unsc.rule("procedural"), on=unsc.as_of, members=unsc.members_on(unsc.as_of)).en
        'at least 3/5 of all members (9 of 15)'
        >>> rule_in_words(unsc.rule("substantive"), on=unsc.as_of).en
        'at least 3/5 of all members; veto of CHN, FRA, SUN, RUS, GBR and USA'
    """
    saying = Saying(on, members, named)
    told = [threshold_in_words(rule, saying)]
    if rule.veto:
        told.append(put(Text("veto of {who}", "{who}有否决权"), who=saying.holders(rule.veto)))
    if rule.quorum:
        told.append(put(Text("quorum: {quorum}", "法定人数：{quorum}"), quorum=quorum_in_words(rule.quorum, saying)))
    return row(told, last=SEMICOLON, comma=SEMICOLON)


def threshold_in_words(rule: Rule, saying: Saying = Saying()) -> Text:
    """What a rule asks for, without its quorum and vetoes.

    Example:
        >>> import comity
        >>> threshold_in_words(comity.load("g5").rule("budget"))
        Text(en='at least 2/3 of the total weight', zh='不少于总权重的2/3')
    """
    kind = kind_of(type(rule)) or ""
    say = _KINDS.get(kind)
    return say(rule, saying) if say else _plainly(kind, rule)


def quorum_in_words(quorum: Quorum, saying: Saying = Saying()) -> Text:
    """The presence that is asked for, to open and to decide.

    Example:
        >>> quorum_in_words(Quorum(open="1/3", decide={"more_than": "1/2"})).en
        'at least 1/3 of all members to open, more than 1/2 of all members to decide'
    """
    told: list[Text] = []
    for each in quorum.each():
        of = "total_weight" if each.of == "weight" else "members"
        opens, decides = (_presence(asked, of, saying) for asked in (each.open, each.decide))
        if opens == decides and opens is not None:
            told.append(opens)
            continue
        if opens is not None:
            told.append(put(Text("{share} to open", "开会须{share}"), share=opens))
        if decides is not None:
            told.append(put(Text("{share} to decide", "表决须{share}"), share=decides))
    return row(told, last=Text(", ", "，")) if told else Text("none", "无")


def _presence(asked: Bound | Fraction | None, of: str, saying: Saying) -> Text | None:
    if asked is None:
        return None
    return saying.bound(asked, of) if isinstance(asked, Bound) else saying.share(asked, False, of)


def _majority(rule: Any, saying: Saying) -> Text:
    return saying.bound(rule, rule.of)


def _weighted(rule: Any, saying: Saying) -> Text:
    return saying.bound(rule, rule.of, weight=True)


def _double_majority(rule: Any, saying: Saying) -> Text:
    heads = saying.bound(rule.heads, rule.heads.of)
    mass = saying.bound(rule.weight, rule.weight.of, weight=True)
    said = put(Text("{heads} with {mass}", "{heads}，且{mass}"), heads=heads, mass=mass)
    if rule.blocking_minimum is None:
        return said
    pattern = Text("{said}; fewer than {n} members cannot block the weight", "{said}；少于{n}个成员不能阻止权重条件")
    return put(pattern, said=said, n=rule.blocking_minimum)


def _consensus(rule: Any, saying: Saying) -> Text:
    del saying
    claimed = [OBJECTIONS[each] for each in rule.contested if each != rule.objection]
    if not claimed:
        return OBJECTIONS[rule.objection]
    pattern = Text("{own} (others read it as {claimed})", "{own}（另有解读：{claimed}）")
    return put(pattern, own=OBJECTIONS[rule.objection], claimed=row(claimed))


def _plainly(kind: str, rule: Rule) -> Text:
    """A kind from elsewhere: its name and its own fields, as they are written."""
    own = set(type(rule).model_fields) - set(Rule.model_fields) - {"kind", "weights"}
    given = [(name, getattr(rule, name)) for name in type(rule).model_fields if name in own]
    fields = ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in given if value not in (None, ()))
    word = kind.replace("_", " ")
    return Text(f"{word} ({fields})" if fields else word)


def _short(value: Any) -> str:
    return str(value.model_dump(mode="json", exclude_none=True)) if isinstance(value, Spec) else str(value)


_KINDS: dict[str, Callable[[Any, Saying], Text]] = {
    "majority": _majority,
    "weighted": _weighted,
    "double_majority": _double_majority,
    "consensus": _consensus,
}
"""How each kind is told; a kind that is not named here is told by its fields."""
