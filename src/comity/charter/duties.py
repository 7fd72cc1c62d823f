"""What members owe and what a state must be to be admitted, in words: clauses, burdens and admissions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.charter.phrases import SEMICOLON, Saying, part_of, put, row, span
from comity.kernel.family import kind_of
from comity.kernel.quantity import show
from comity.kernel.result import Text
from comity.model.admission import Admission, Condition, Criterion
from comity.model.burden import Burden
from comity.model.clause import Breach, Clause

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


def burden_in_words(burden: Burden) -> Text | None:
    """How a common cost is shared, in words; None for a kind from elsewhere.

    Example:
        >>> import comity
        >>> burden_in_words(comity.load("g5").funds["common_fund"].burden).en
        'filled in proportion to gdp_usd, each at least 1/10 and at most 1/3'
    """
    say = _BURDENS.get(kind_of(type(burden)) or "")
    return say(burden) if say else None


def _proportional(burden: Any) -> Text:
    limits = [
        put(pattern, share=part_of(value))
        for pattern, value in (
            (Text("at least {share}", "至少{share}"), burden.floor),
            (Text("at most {share}", "至多{share}"), burden.ceiling),
        )
        if value is not None
    ]
    said = put(Text("filled in proportion to {figure}", "按{figure}比例分摊"), figure=burden.to)
    if not limits:
        return said
    return put(Text("{said}, each {limits}", "{said}，各方{limits}"), said=said, limits=row(limits))


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


_CLAUSES: dict[str, Callable[[Any], Text]] = {"target": _target}
_BURDENS: dict[str, Callable[[Any], Text]] = {"proportional": _proportional}
