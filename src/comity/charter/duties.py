"""What members owe, how they are admitted and how they leave, in words: clauses, admissions, instruments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.charter.phrases import COMMA, SEMICOLON, Saying, part_of, put, row, span
from comity.charter.vocabulary import TERMS
from comity.kernel.family import kind_of
from comity.kernel.quantity import show
from comity.kernel.result import Text
from comity.model.admission import Admission, Condition, Criterion
from comity.model.clause import Breach, Clause
from comity.model.instrument import Arrears, EntryIntoForce, Instrument, Withdrawal

THEN = {
    "renegotiate": Text("renegotiation", "重新谈判"),
    "suspend": Text("suspension", "中止"),
    "pay": Text("payment", "付款"),
}
"""What follows on breach."""


def clause_in_words(clause: Clause, saying: Saying) -> Text | None:
    """A clause in words: who owes what, who verifies it, what follows; None for a kind from elsewhere.

    Args:
        clause: the clause.
        saying: how members, organs and funds are told.

    Example:
        >>> import comity
        >>> print(clause_in_words(comity.load("g5").clauses["oil_stocks"], Saying()))
        JPN and IND: oil stock days at least 90 by 2028-12-31; verified by the secretariat every 6 months; on breach \
90 days to cure, then renegotiation within 180 days; reward of 200 million USD 2024 from the common fund
    """
    say = _CLAUSES.get(kind_of(type(clause)) or "")
    if say is None:
        return None
    pattern = Text("{who}: {what} by {by}", "{who}：在{by}前{what}")
    told = [put(pattern, who=row(map(saying.named, clause.obligor)), what=say(clause), by=clause.by)]
    verifier = saying.title("organs", clause.verified.by)
    every = span(clause.verified.every)
    told.append(put(Text("verified by the {who} every {every}", "由{who}每{every}核查一次"), who=verifier, every=every))
    if clause.breach:
        told.append(_breach(clause.breach))
    if clause.reward:
        pattern = Text("reward of {amount} from the {fund}", "由{fund}奖励{amount}")
        told.append(put(pattern, amount=clause.reward.amount, fund=saying.title("funds", clause.reward.from_)))
    return row(told, last=SEMICOLON, comma=SEMICOLON)


def _breach(breach: Breach) -> Text:
    pattern = Text(
        "on breach {grace} to cure, then {then} within {within}", "违反时有{grace}补救期，其后{within}内{then}"
    )
    return put(pattern, grace=span(breach.grace), then=THEN[breach.then], within=span(breach.within))


def _named(name: str) -> str:
    return name.replace("_", " ")


def _target(clause: Any) -> Text:
    bounds = [
        put(pattern, value=show(value))
        for pattern, value in (
            (Text("at least {value}", "不低于{value}"), clause.at_least),
            (Text("at most {value}", "不高于{value}"), clause.at_most),
        )
        if value is not None
    ]
    pattern = Text("{metric} {bounds}", "{metric}{bounds}")
    return put(pattern, metric=_named(clause.metric), bounds=row(bounds))


def _payment(clause: Any) -> Text:
    return put(Text("pay {amount}", "支付{amount}"), amount=clause.amount)


def _report(clause: Any) -> Text:
    if not clause.on_what:
        return Text("submit a report", "提交报告")
    return put(Text("submit a report on {what}", "就{what}提交报告"), what=_named(clause.on_what))


def admission_in_words(admission: Admission) -> Text:
    """Who is admitted, in words: seats, criteria with their weights, conditions.

    Example:
        >>> import comity
        >>> admission_in_words(comity.load("g5").admission["reported"]).en
        'all states with population more than 100000000'
    """
    seats = (
        put(Text("{n} seats", "{n}个席位"), n=admission.seats) if admission.seats else Text("all states", "所有国家")
    )
    told = seats
    if admission.criteria:
        ranked = row(_criterion(each) for each in admission.criteria.values())
        told = put(Text("{told} ranked by {ranked}", "{told}，排名依据为{ranked}"), told=told, ranked=ranked)
    if admission.conditions:
        asked = row(_condition(each) for each in admission.conditions.values())
        told = put(Text("{told} with {asked}", "{told}，条件为{asked}"), told=told, asked=asked)
    return told


def _criterion(criterion: Criterion) -> Text:
    title = criterion.title or Text(criterion.figure)
    return put(Text("{title} ({weight})", "{title}（{weight}）"), title=title, weight=part_of(criterion.weight))


def _condition(condition: Condition) -> Text:
    title = condition.title or Text(condition.figure)
    if condition.at_least is None:
        return put(Text("{title} more than {value}", "{title}高于{value}"), title=title, value=condition.more_than)
    return put(Text("{title} at least {value}", "{title}不低于{value}"), title=title, value=condition.at_least)


def withdrawal_in_words(exit_: Withdrawal, saying: Saying) -> Text:
    """How a party or member leaves, in words.

    Example:
        >>> paris = Withdrawal(not_before="3 years", notice="1 year")
        >>> withdrawal_in_words(paris, Saying()).en
        'notice of 1 year, given not before 3 years from joining'
    """
    told = [put(Text("notice of {span}", "通知期{span}"), span=span(exit_.notice))] if exit_.notice else []
    if exit_.not_before:
        pattern = Text("given not before {span} from joining", "加入满{span}后方可通知")
        told.append(put(pattern, span=span(exit_.not_before)))
    if exit_.effective != "after_notice":
        told.append(put(Text("effective {when}", "{when}生效"), when=TERMS[exit_.effective]))
    if exit_.settled:
        told.append(Text("obligations paid first", "须先清偿义务"))
    if exit_.follows:
        follows = put(Text("lost with {bodies}", "随{bodies}丧失"), bodies=row(Text(each) for each in exit_.follows))
        if exit_.after:
            follows = put(
                Text("{follows} after {span}", "{follows}（{span}后）"), follows=follows, span=span(exit_.after)
            )
        if exit_.unless:
            pattern = Text("{follows} unless allowed by {rule}", "{follows}，除非经{rule}许可")
            follows = put(pattern, follows=follows, rule=saying.title("rules", exit_.unless))
        told.append(follows)
    return row(told, last=COMMA, comma=COMMA) if told else Text("at once", "立即生效")


def entry_in_words(entry: EntryIntoForce, saying: Saying) -> Text:
    """What an instrument needs to enter into force, in words.

    Example:
        >>> paris = EntryIntoForce(deposits=55, share={"at_least": "55 %"}, delay="30 days")
        >>> entry_in_words(paris, Saying()).en
        '55 deposits representing at least 55 % of the total weight, 30 days after'
    """
    told = [put(Text("on {on}", "于{on}"), on=entry.on)] if entry.on else []
    if entry.deposits:
        told.append(put(Text("{n} deposits", "{n}份交存"), n=entry.deposits))
    if entry.of_members:
        told.append(
            put(Text("the consent of {share} of members", "{share}的成员同意"), share=part_of(entry.of_members))
        )
    if entry.including:
        told.append(put(Text("including {who}", "须包括{who}"), who=row(map(saying.named, entry.including))))
    said = row(told, last=COMMA, comma=COMMA)
    if entry.share:
        share = saying.bound(entry.share, "total_weight")
        said = put(Text("{said} representing {share}", "{said}，且占{share}"), said=said, share=share)
    return (
        put(Text("{said}, {span} after", "{said}，其后{span}"), said=said, span=span(entry.delay))
        if entry.delay
        else said
    )


def instrument_in_words(instrument: Instrument, saying: Saying) -> Text:
    """What an instrument provides on its entry into force, withdrawal, amendment and reservations, in words."""
    told = [TERMS[instrument.legal_force]]
    if instrument.adopted:
        told.append(put(Text("adopted on {on}", "{on}通过"), on=instrument.adopted))
    if instrument.entry_into_force:
        words = entry_in_words(instrument.entry_into_force, saying)
        told.append(put(Text("in force with {words}", "生效须{words}"), words=words))
    if instrument.withdrawal:
        words = withdrawal_in_words(instrument.withdrawal, saying)
        told.append(put(Text("withdrawal: {words}", "退出：{words}"), words=words))
    if instrument.amendment:
        rule = saying.title("rules", instrument.amendment.rule)
        told.append(put(Text("amended by {rule}", "修正规则：{rule}"), rule=rule))
    if instrument.reservations == "prohibited":
        told.append(Text("no reservations", "不得保留"))
    if instrument.provisional:
        told.append(Text("may be applied provisionally", "可暂时适用"))
    return row(told, last=SEMICOLON, comma=SEMICOLON)


def arrears_in_words(arrears: Arrears, saying: Saying) -> Text:
    """When a member in arrears loses its vote, in words.

    Example:
        >>> arrears_in_words(Arrears(years=2), Saying()).en
        'the vote is lost when arrears reach the contributions of 2 full years'
    """
    pattern = Text(
        "the vote is lost when arrears reach the contributions of {n} full years", "拖欠达到{n}个整年的会费即丧失表决权"
    )
    said = put(pattern, n=arrears.years)
    if not arrears.permits:
        return said
    pattern = Text("{said}, unless permitted by {rule}", "{said}，除非经{rule}准许")
    return put(pattern, said=said, rule=saying.title("rules", arrears.permits))


_CLAUSES: dict[str, Callable[[Any], Text]] = {"target": _target, "payment": _payment, "report": _report}
