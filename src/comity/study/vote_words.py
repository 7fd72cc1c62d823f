"""A vote in words and tables: the verdict, what was asked and reached, and who could have changed or stopped it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from comity.charter.phrases import BASES, OF_WEIGHT, SEMICOLON, put, row, span
from comity.charter.words import rule_in_words
from comity.kernel.quantity import Duration, show
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import opening
from comity.library.actors import actors
from comity.model.institution import Institution
from comity.model.naming import WITH_ARTICLE
from comity.model.rule import Rule
from comity.model.ruling import NO_RULE, Choice, Ground, Requirement, Ruling
from comity.model.weights import Weights

CHOSE: dict[str, Text] = {
    "yes": Text("in favour", "赞成"),
    "no": Text("against", "反对"),
    "abstain": Text("abstaining", "弃权"),
    "not_participating": Text("not participating", "不参加投票"),
    "absent": Text("absent", "缺席"),
    "objects": Text("objecting", "提出异议"),
}
OUTCOMES = {
    "adopted": Text("adopted", "通过"),
    "not_adopted": Text("not adopted", "未通过"),
    "no_quorum": Text("no quorum", "不足法定人数"),
}
LOST: Mapping[Ground, Text] = {
    "arrears": Text("arrears", "拖欠会费"),
    "party_to_dispute": Text("party to the dispute", "争端当事方"),
    "member_concerned": Text("the member concerned", "有关成员"),
    "suspended": Text("suspended", "权利被中止"),
}
COMMA = Text(", ", "，")
MOST = 6
"""How many members a sentence names."""


@dataclass(frozen=True)
class Counted:
    """A vote that was counted: where, by which rule, on which day, with which ruling."""

    institution: Institution
    rule: str
    matter: str | None
    on: datetime.date
    ruling: Ruling
    ballots: Mapping[str, Choice]
    reading: str | None
    dated: bool = True
    """Whether the day was named."""
    taken: bool = False
    """Whether the matter was taken because none was named."""

    @property
    def law(self) -> Rule:
        """The rule itself, in the reading that was chosen."""
        readings = self.institution.rule(self.rule).readings()
        return readings[self.reading][1] if self.reading else self.institution.rule(self.rule)

    @property
    def adopted(self) -> bool | None:
        """Whether it was adopted; None where the readings disagree and none was chosen."""
        split = self.reading is None and len(set(self.ruling.readings.values())) > 1
        return None if split else self.ruling.adopted

    @cached_property
    def block_with(self) -> int | None:
        """The fewest members that can stop together what all others support; None where that has no answer."""
        from comity.solvers.blocking import fewest
        from comity.solvers.simple import reduce

        game = self.law.compile(list(self.ruling.electorate), on=self.on, quorum=self.institution.quorum(self.rule))
        for member in self.ruling.excluded:
            if member in game.members and len(game.members) > 1:
                game = game.given(member, self._standing[member])
        try:
            found = fewest(reduce(game).dual)
        except ValueError:
            return None
        return len(found) if found else None

    @cached_property
    def _standing(self) -> Mapping[str, Choice]:
        return self.law.standing(self.ballots, self.ruling.excluded)

    def name(self, member: str) -> Text:
        """The name of a member."""
        table = actors()
        found = self.institution.member_title(member)
        return found or (table[member].name() if member in table else Text(member))

    def called(self, member: str) -> Text:
        """The name of a member inside a sentence."""
        name = self.name(member)
        return Text(f"the {name.en}", name.of("zh")) if member in WITH_ARTICLE else name

    def names(self, members: Sequence[str]) -> Text:
        """The names of some members, or how many they are where they are many."""
        if len(members) > MOST:
            return Text(f"{len(members)} members", f"{len(members)}个成员")
        return row(self.called(member) for member in members)


def title(counted: Counted) -> Text:
    """Institution, matter and rule."""
    body, issue = counted.institution, counted.matter and counted.institution.issues[counted.matter].title
    about = issue or counted.institution.rule(counted.rule).title or Text(counted.rule.replace("_", " "))
    return put(Text("{body}: {about}", "{body}：{about}"), body=body.title, about=about)


def sentences(counted: Counted) -> tuple[Finding, ...]:
    """The verdict, the counts, what follows, who could have changed it, who can block."""
    ruling = counted.ruling
    told = [
        Finding(_verdict(counted), {"yes": Figure(ruling.counts.get("yes", 0), "members")}),
        Finding(_counts(ruling)),
    ]
    told += [Finding(text) for text in (*_after(counted), _flips(counted), _blocks(counted))]
    return tuple(replace(each, text=Text(opening(each.text.en), each.text.zh)) for each in told)


def _verdict(counted: Counted) -> Text:
    ruling = counted.ruling
    if counted.adopted is None:
        titles = counted.institution.readings(counted.rule)
        each = (
            put(
                Text("{outcome} on the reading “{reading}”", "按“{reading}”的解读{outcome}"),
                outcome=OUTCOMES[outcome],
                reading=_short(titles[name]),
            )
            for name, outcome in ruling.readings.items()
        )
        return put(Text("Contested: {each}", "有争议：{each}"), each=row(each, COMMA, COMMA))
    if ruling.adopted:
        spare = [each for each in ruling.requirements if each.what == "threshold" and each.held and not each.waived]
        margin = _spare(spare[0]) if len(spare) == 1 else None
        pattern = Text("Adopted", "通过") if margin is None else Text("Adopted, with {margin}", "通过，{margin}")
        return put(pattern, margin=margin)
    if ruling.vetoed_by:
        pattern = Text("Not adopted: vetoed by {who}; the threshold was reached", "未通过：被{who}否决；票数已达门槛")
        return put(pattern, who=counted.names(ruling.vetoed_by))
    lacks = [each for each in ruling.missing if (each.what == "quorum") == (ruling.outcome == "no_quorum")]
    pattern = Text("Not adopted: {lacks}", "未通过：{lacks}")
    if ruling.outcome == "no_quorum":
        pattern = Text("No decision for want of a quorum: {lacks}", "不足法定人数，不能作出决定：{lacks}")
    return put(pattern, lacks=row((_lack(counted, each) for each in lacks), SEMICOLON, SEMICOLON))


def _short(reading: Text) -> Text:
    return Text(reading.en.split(":")[0], reading.of("zh").split("：")[0])


def needed(each: Requirement) -> Fraction:
    """What is needed at least: whole members, or weight.

    Example:
        >>> needed(Requirement("threshold", "members", Fraction(27), Fraction(9), Fraction(297, 20)))
        Fraction(15, 1)
    """
    if each.unit == "weight":
        return each.required
    return Fraction(floor(each.required) + 1 if each.strict else ceil(each.required))


def _spare(each: Requirement) -> Text | None:
    """By how much a requirement was passed, where members are counted."""
    if each.unit == "weight" or each.of == "approval":
        return None
    spare = int(each.reached - needed(each))
    if not spare:
        return Text("none to spare", "恰好达到门槛")
    return put(Text("{spare} to spare", "比门槛多{spare}"), spare=spare)


def _lack(counted: Counted, each: Requirement) -> Text:
    """What was missing for one requirement."""
    if each.of == "approval":
        lacking = [member for member in each.among if counted.ballots[member] != "yes"]
        return put(Text("the approval of {who} is lacking", "缺少{who}的同意"), who=counted.names(lacking))
    if each.what == "veto":
        return put(
            Text("{who} can each stop one of its conditions", "{who}各可阻止其中一项条件"),
            who=counted.names(each.among),
        )
    base = (OF_WEIGHT if each.unit == "weight" else BASES)[each.of if each.of != "weight" else "total_weight"]
    pattern = Text("{reached} of {of} ({base}), {least} {needed} needed", "{base}{of}中有{reached}，须{least}{needed}")
    strict = each.strict and each.unit == "weight"
    least = Text("more than", "超过") if strict else Text("at least", "至少")
    given = {"reached": _number(each.reached), "of": _number(each.base), "needed": _number(needed(each))}
    return put(pattern, base=base, least=least, **given)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return show(value) if value.denominator <= 1000 and value < 1000 else f"{float(value):,.2f}"


def _counts(ruling: Ruling) -> Text:
    found = {str(choice): number for choice, number in ruling.counts.items()}
    pattern = Text("{n} {chose}", "{n}个成员{chose}")
    return row((put(pattern, n=found[each], chose=CHOSE[each]) for each in CHOSE if found.get(each)), COMMA, COMMA)


def _after(counted: Counted) -> Iterator[Text]:
    """Who had no vote, who is not bound, and what may follow."""
    ruling = counted.ruling
    for member, ground in ruling.excluded.items():
        pattern = Text("{who} has no vote: {ground}", "{who}无表决权：{ground}")
        if member in ruling.electorate:
            pattern = Text("{who} must abstain: {ground}", "{who}须弃权：{ground}")
        yield put(pattern, who=counted.names([member]), ground=LOST[ground])
    if ruling.not_bound:
        yield put(Text("Not bound by it: {who}", "不受其约束：{who}"), who=counted.names(ruling.not_bound))
    remedy = ruling.remedy
    if remedy and remedy.what == "second_vote":
        pattern = Text("A tie: a second vote follows", "票数相等：须再次表决")
        if remedy.after:
            pattern = Text("A tie: a second vote follows within {after}", "票数相等：须在{after}内再次表决")
        yield put(pattern, after=span(_duration(remedy.after)))
    elif remedy:
        rule = counted.institution.rules[remedy.rule].title or Text(remedy.rule.replace("_", " "))
        pattern = Text(
            "It may then be decided by “{rule}”, which on these ballots says: {outcome}",
            "可改按“{rule}”决定；按此投票结果为：{outcome}",
        )
        if remedy.after:
            pattern = Text(
                "After {after} it may be decided by “{rule}”, which on these ballots says: {outcome}",
                "经{after}后可改按“{rule}”决定；按此投票结果为：{outcome}",
            )
        yield put(
            pattern, rule=rule, after=span(_duration(remedy.after)), outcome=OUTCOMES[remedy.outcome or "not_adopted"]
        )


def _duration(text: str) -> Duration | None:
    return Duration.parse(text) if text else None


def _flips(counted: Counted) -> Text:
    flips = counted.ruling.flips
    if not flips:
        return Text("No single member could have changed the outcome", "任何一个成员单独改变选择都不会改变结果")
    pattern = Text(
        "Each of these alone could have changed the outcome: {who}", "以下任一成员单独改变选择即可改变结果：{who}"
    )
    if len(flips) == 1:
        pattern = Text("{who} alone could have changed the outcome", "仅{who}单独改变选择即可改变结果")
    elif len(flips) > MOST:
        pattern = Text("Each of {who} alone could have changed the outcome", "{who}中任一成员均可单独改变结果")
    return put(pattern, who=counted.names(flips))


def _blocks(counted: Counted) -> Text:
    blockers, few = counted.ruling.blockers, counted.block_with
    if len(blockers) == len(counted.ruling.electorate):
        return Text("Under this rule every member can block alone", "按此规则，任一成员均可单独阻止")
    if blockers:
        return put(
            Text("Under this rule these can block alone: {who}", "按此规则可单独阻止者：{who}"),
            who=counted.names(blockers),
        )
    if few is None:
        return Text("How few members can block has no answer under this rule", "按此规则无法说明最少几个成员可以阻止")
    return put(Text("Under this rule it takes at least {n} members to block", "按此规则至少须{n}个成员才能阻止"), n=few)


def caveats(counted: Counted, unused: Mapping[str, Ground]) -> tuple[Text, ...]:
    """By what rule it was decided, what is disputed, and what was taken for granted."""
    rule, ruling = counted.law, counted.ruling
    words = rule_in_words(
        rule, on=counted.on, members=list(ruling.electorate), named=counted.called, titles=_titles(counted.institution)
    )
    basis = Text(ruling.article) if ruling.article else Text(NO_RULE, "依惯例，未援引规则")
    told = [put(Text("The rule: {words} ({basis}).", "规则：{words}（{basis}）。"), words=words, basis=basis)]
    if counted.on < counted.institution.as_of and not counted.dated:
        pattern = Text(
            "Read on {on}, the last day on which all those named were members; another day: --on.",
            "按{on}的情况计算，即所列各方同为成员的最后一日；可用--on指定日期。",
        )
        told.append(put(pattern, on=counted.on))
    if counted.taken:
        rest = [name for name in counted.institution.issues if name != counted.matter]
        pattern = Text(
            "No matter was named: the first of {name} was taken, “{matter}”; others: {others}.",
            "未指明事项：取{name}的第一项“{matter}”；其他：{others}。",
        )
        if not rest:
            pattern = Text(
                "No matter was named: {name} has one only, “{matter}”.", "未指明事项：{name}仅有“{matter}”一项。"
            )
        told.append(put(pattern, name=counted.institution.name, matter=counted.matter, others=", ".join(rest)))
    for member, ground in unused.items():
        pattern = Text("{who} votes: the rule names no ground “{ground}”.", "{who}仍有表决权：规则未规定“{ground}”。")
        told.append(put(pattern, who=counted.names([member]), ground=LOST[ground]))
    if ruling.contested and len(ruling.readings) > 1:
        told.append(
            Text("The rule is unwritten or disputed; every reading is given.", "规则未成文或有争议；各种解读均已列出。")
        )
    elif ruling.contested:
        told.append(Text("The rule is disputed; it is applied as written.", "规则有争议；此处按文本适用。"))
    if rule.note:
        told.append(rule.note)
    weights = _weights(rule)
    if weights and weights.where:
        told.append(put(Text("Weights: {where}.", "权重：{where}。"), where=weights.where.rstrip(".")))
    return tuple(told)


def _titles(institution: Institution) -> dict[str, Text]:
    return {f"rules.{name}": rule.title for name, rule in institution.rules.items() if rule.title}


def _weights(rule: Rule) -> Weights | None:
    """The weights by which a rule, or a rule inside it, counts."""
    own = getattr(rule, "weights", None)
    return (
        own
        if isinstance(own, Weights)
        else next((found for _, each in rule.inside() if (found := _weights(each))), None)
    )
