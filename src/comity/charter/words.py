"""A rule in words: what a body must reach to decide, in English and Chinese, made from the rule itself.

One function says it for everybody (:func:`rule_in_words`): differences, rulings and dossiers never keep a sentence of
their own beside the charter (convention 9).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from comity.charter.phrases import PLAIN, SEMICOLON, Named, Saying, part_of, put, row, span
from comity.kernel.family import Spec, kind_of
from comity.kernel.result import Text
from comity.model.rule import Rule
from comity.model.ruling import Ground
from comity.model.threshold import Bound, Quorum

OBJECTIONS: Mapping[str, Text] = {
    "members_present": Text("consensus of those present", "出席成员协商一致"),
    "all_members": Text("consensus of all members, so that an absence blocks", "全体成员协商一致（缺席即阻止）"),
}
"""Whose consent a consensus asks for."""
GROUNDS: Mapping[Ground, Text] = {
    "arrears": Text("members in arrears", "拖欠会费的成员"),
    "party_to_dispute": Text("parties to the dispute", "争端当事方"),
    "member_concerned": Text("the member concerned", "有关成员"),
    "suspended": Text("suspended members", "被中止权利的成员"),
}
"""Who has no vote, or must abstain."""


def rule_in_words(
    rule: Rule,
    *,
    on: datetime.date | None = None,
    members: Sequence[str] | None = None,
    named: Named = Text,
    titles: Mapping[str, Text] | None = None,
) -> Text:
    """A rule in words: threshold, veto, quorum, and whatever else it asks for.

    Args:
        rule: the rule.
        on: the day at which dated values are read; every period is told where absent.
        members: the members of that day, so that shares of all members are told in heads as well.
        named: by which name a member is told; its code where absent.
        titles: the titles of rules by their place in the charter (``rules.consensus``), for fallbacks.

    Example:
        >>> import comity
        >>> unsc = comity.load("unsc")
        >>> rule_in_words(unsc.rule("procedural"), on=unsc.as_of, members=unsc.members_on(unsc.as_of)).en
        'at least 3/5 of all members (9 of 15)'
        >>> rule_in_words(comity.load("g5").rule("budget"))
        Text(en='at least 2/3 of the total weight', zh='不少于总权重的2/3')
    """
    saying = Saying(on, members, named, titles=titles or {})
    told = [threshold_in_words(rule, saying)]
    if rule.veto:
        told.append(put(Text("veto of {who}", "{who}有否决权"), who=saying.holders(rule.veto)))
    if rule.quorum:
        told.append(put(Text("quorum: {quorum}", "法定人数：{quorum}"), quorum=quorum_in_words(rule.quorum, saying)))
    return row(told, last=SEMICOLON, comma=SEMICOLON)


def threshold_in_words(rule: Rule, saying: Saying = PLAIN) -> Text:
    """What a rule asks for and what follows where it fails, without its quorum and vetoes.

    Example:
        >>> import comity
        >>> threshold_in_words(comity.load("g5").rule("budget"))
        Text(en='at least 2/3 of the total weight', zh='不少于总权重的2/3')
    """
    told = [_asked(rule, saying)]
    if rule.exclude:
        told.append(put(Text("no vote for {who}", "{who}没有表决权"), who=row(GROUNDS[each] for each in rule.exclude)))
    if rule.abstains:
        told.append(put(Text("{who} must abstain", "{who}须弃权"), who=row(GROUNDS[each] for each in rule.abstains)))
    if rule.fallback:
        pattern = Text("failing that: {rule}", "未通过则适用：{rule}")
        if rule.fallback.after:
            pattern = Text("failing that after {after}: {rule}", "{after}后仍未通过则适用：{rule}")
        told.append(put(pattern, rule=saying.title("rules", rule.fallback.rule), after=span(rule.fallback.after)))
    if rule.contested is True:
        told.append(Text("contested", "有争议"))
    return row(told, last=SEMICOLON, comma=SEMICOLON)


def _asked(rule: Rule, saying: Saying) -> Text:
    """What carries a rule: its threshold, of which members, and with whose approval."""
    kind = kind_of(type(rule)) or ""
    say = _KINDS.get(kind)
    told = say(rule, saying.counting(rule)) if say else _plainly(kind, rule)
    if rule.among:
        told = put(Text("among {who}: {told}", "在{who}中：{told}"), told=told, who=saying.holders(rule.among))
    if rule.approval:
        pattern = Text("{told}, with the approval of {who}", "{told}，并须{who}同意")
        told = put(pattern, told=told, who=saying.holders(rule.approval))
    return told


def _condition(rule: Rule, saying: Saying) -> Text:
    """A rule written inside another one: what it asks for, its veto with it."""
    told = _asked(rule, saying)
    if any(True for _ in rule.inside()):
        told = put(Text("({told})", "（{told}）"), told=told)
    if not rule.veto:
        return told
    pattern = Text("{told}, with the veto of {who}", "{told}，{who}有否决权")
    return put(pattern, told=told, who=saying.holders(rule.veto))


def quorum_in_words(quorum: Quorum, saying: Saying = PLAIN) -> Text:
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
    by_share = rule.at_least is not None or rule.more_than is not None
    told = [saying.bound(rule, rule.of)] if by_share else []
    if rule.minimum_yes is not None:
        pattern = Text("at least {n} votes in favour", "至少{n}张赞成票")
        told.append(saying.dated(rule.minimum_yes, lambda number: put(pattern, n=number)))
    return _tied(row(told, last=Text(" with ", "，且")), rule, saying)


def _weighted(rule: Any, saying: Saying) -> Text:
    return _tied(saying.bound(rule, rule.of, weight=True), rule, saying)


def _tied(told: Text, rule: Any, saying: Saying) -> Text:
    """A threshold with what happens at a tie."""
    if rule.tie == "casting_vote":
        pattern = Text("{told}, a tie broken by {who}", "{told}，票数相等时由{who}决定")
        return put(pattern, told=told, who=saying.named(rule.casting_vote))
    if rule.tie == "second_vote":
        within = rule.second_vote.within if rule.second_vote else None
        pattern = Text("{told}, a second vote on a tie", "{told}，票数相等时再次表决")
        if within:
            pattern = Text("{told}, a second vote within {within} on a tie", "{told}，票数相等时在{within}内再次表决")
        return put(pattern, told=told, within=span(within))
    return told


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
    own = OBJECTIONS[rule.objection]
    if rule.minus:
        own = put(Text("{own}, minus {n}", "{own}，可有{n}个反对"), own=own, n=rule.minus)
    claimed = (
        [OBJECTIONS[each] for each in rule.contested or () if each != rule.objection]
        if rule.contested is not True
        else []
    )
    if not claimed:
        return own
    return put(
        Text("{own} (others read it as {claimed})", "{own}（另有解读：{claimed}）"), own=own, claimed=row(claimed)
    )


def _all_of(rule: Any, saying: Saying) -> Text:
    return row((_condition(each, saying) for each in rule.rules), last=Text(" and also ", "，并且"), comma=SEMICOLON)


def _any_of(rule: Any, saying: Saying) -> Text:
    return row((_condition(each, saying) for each in rule.rules), last=Text(" or else ", "，或者"), comma=SEMICOLON)


def _negative_consensus(rule: Any, saying: Saying) -> Text:
    del rule, saying
    return Text("adopted unless every member present objects", "除非所有出席成员反对，否则即为通过")


def _reverse_majority(rule: Any, saying: Saying) -> Text:
    pattern = Text("stands unless rejected by {against}", "除非以下多数反对，否则有效：{against}")
    return put(pattern, against=_condition(rule.against, saying))


def _silence_procedure(rule: Any, saying: Saying) -> Text:
    within = span(rule.within)
    if rule.breaks is None:
        return put(Text("adopted unless somebody objects within {within}", "{within}内无人反对即为通过"), within=within)
    pattern = Text("adopted unless {breaks} object within {within}", "{within}内未有以下反对即为通过：{breaks}")
    return put(pattern, within=within, breaks=_condition(rule.breaks, saying))


def _constructive_abstention(rule: Any, saying: Saying) -> Text:
    heads, weight = (saying.dated(each, part_of) for each in (rule.heads, rule.weight))
    pattern = Text(
        "unanimity of those who do not abstain; fails where abstainers reach {heads} of members and {weight} of weight",
        "未弃权者一致同意；弃权者达到成员的{heads}且权重的{weight}时不通过",
    )
    return put(pattern, heads=heads, weight=weight)


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
    "all_of": _all_of,
    "any_of": _any_of,
    "negative_consensus": _negative_consensus,
    "reverse_majority": _reverse_majority,
    "silence_procedure": _silence_procedure,
    "constructive_abstention": _constructive_abstention,
}
"""How each kind is told; a kind that is not named here is told by its fields."""
