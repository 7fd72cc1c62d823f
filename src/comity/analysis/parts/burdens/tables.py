"""Tables of a shared burden: who pays, before and after, under which rule, against what was fixed or pledged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from comity.analysis.parts.burdens.bearing import Borne, Official, Rung
from comity.analysis.parts.burdens.leaving import Left
from comity.analysis.parts.paying import NAMES, PLEDGED, Paying
from comity.analysis.parts.tabled import tabled
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of

SHOWN = 20
"""The most payers drawn in one chart: the largest."""
NAMED_TAKERS = 4
"""How many of those who take over are told by name."""
WHEN = {"before": Text("before", "之前"), "after": Text("if the others re-share the whole", "由其余成员重新分摊后")}
WAYS = {"shrink": Text("the fund shrinks", "基金缩减"), "re_share": Text("the others re-share", "其余成员重新分摊")}
WHICH = {"computed": Text("computed here", "本处计算"), "official": Text("official rate", "正式比率")}
RUNG = {
    "pledged": Text("pledged", "认捐"),
    "confirmed": Text("confirmed (agreement signed)", "确认（已签协议）"),
    "paid": Text("paid", "已缴"),
    "rescinded": Text("rescinded", "撤销"),
}
SEEN = {
    "text": Text("read in the text", "见原文"),
    "quoted": Text("quoted", "引述"),
    "recalled": Text("recalled", "凭记忆"),
}
STEP = {
    "income": Text("Income", "收入"),
    "low_income": Text("Relief for low income per head", "低人均收入减免"),
    "floor": Text("Floor", "下限"),
    "least_developed": Text("Ceiling of least developed countries", "最不发达国家上限"),
    "ceiling": Text("Ceiling", "上限"),
}


@dataclass(frozen=True)
class Found:
    """Everything that was computed of one fund."""

    paid: Paying
    left: Left
    mode: str
    measure: str
    fixed: Official | None
    borne: Mapping[str, Borne]
    rungs: tuple[Rung, ...]


def fine(name: str, title: Text, digits: int = 2, source: str = "") -> Column:
    """A share of one, in per cent with decimals."""
    return Column(name, title, "share", source, percent=True, digits=digits)


def _sources(inputs: Inputs, found: Found) -> tuple[str, str]:
    """Whence the figures come, and whence the official rates or pledges."""
    paid, panel = found.paid, inputs.figures()
    read = [name for name in dict.fromkeys([*paid.rule.figures(), found.measure]) if name in panel.indicators]
    if paid.ledger is None:
        return "; ".join(panel.sources(read)), ""
    fixed = found.fixed
    rows = paid.ledger.filter(
        kind="assessed_rate" if fixed else "pledged", period=fixed.period if fixed else paid.period
    )
    held: set[str] = set(rows["source"])
    return "; ".join(panel.sources(read)), "; ".join(sorted(held))


def rule_names(paid: Paying) -> dict[str, Text]:
    """The rules by the words a reader sees."""
    return {rule: NAMES[rule] for rule in paid.shares}


def _told(inputs: Inputs, found: Found) -> tuple[str, ...]:
    """The sources of shares: figures, and pledges where the fund is filled by them."""
    figures, pledges = _sources(inputs, found)
    return figures, pledges if PLEDGED in found.paid.rule.figures() else ""


def members_table(inputs: Inputs, found: Found) -> Table:
    """One row a payer: its share before and after, in money and by head, and the official rate."""
    paid, left = found.paid, found.left
    worth = None if paid.amount is None else paid.amount / 10**6
    people, total = paid.figures["population"], sum(paid.figures[found.measure].values(), Fraction(0))
    rows: list[dict[str, Any]] = []
    for state in paid.payers:
        before, after = paid.own[state], left.shares.get(state)
        has = paid.figures[found.measure].get(state)
        money = None if worth is None else float(before * worth)
        rows.append(
            {
                "member": state,
                "measure": None if has is None else float(has / total),
                "before": float(before),
                "money": money,
                "per_head": None if money is None or not people.get(state) else 10**6 * money / float(people[state]),
                "after": None if after is None else float(after),
                "more": None if after is None else float(after - before),
                "money_more": None if after is None or worth is None else float((after - before) * worth),
                "official": None if found.fixed is None else found.fixed.rates.get(state),
            }
        )
    unit = f"million {paid.currency}" if paid.currency else ""
    figures, rates = _sources(inputs, found)
    indicator = inputs.figures().indicator(found.measure).title
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, paid.payers)),
        fine("measure", Text(f"Share of members' {indicator.en}", f"占成员{indicator.of('zh')}的份额"), source=figures),
        fine("before", Text("Share now", "现份额"), 3),
        Column("money", Text("In money", "金额"), unit, digits=1),
        Column("per_head", Text("By head", "人均"), paid.currency, digits=3),
        fine("after", Text("Share if re-shared", "重新分摊后份额"), 3),
        fine("more", Text("More", "增加"), 3),
        Column("money_more", Text("More, in money", "增加金额"), unit, digits=1),
        fine("official", Text("Official rate", "正式比率"), 3, rates if found.fixed else ""),
    )
    return tabled("members", Text("Who pays", "谁缴款"), columns, rows, words=("member",))


def names(inputs: Inputs, states: Iterable[str]) -> dict[str, Text]:
    """The names of states as charts and tables show them, without an article."""
    return {
        state: inputs.actors[state].name() if state in inputs.actors else label_of(inputs, state) for state in states
    }


def changes_table(inputs: Inputs, found: Found) -> Table:
    """One row a payer and time: its share before, and when the others re-share the whole."""
    paid, left = found.paid, found.left
    rows = [
        {"member": state, "rank": rank, "when": when, "share": float(shares[state])}
        for rank, state in enumerate(paid.payers, 1)
        for when, shares in (("before", paid.own), ("after", left.shares))
        if state in shares
    ]
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, paid.payers)),
        Column("rank", Text("Rank", "名次")),
        Column("when", Text("When", "时间"), labels=WHEN),
        fine("share", Text("Share", "份额"), 3, "; ".join(each for each in _told(inputs, found) if each)),
    )
    title = Text("Before and after", "之前与之后")
    return tabled("changes", title, columns, rows, words=("member", "when"), counts=("rank",))


def parts_of(inputs: Inputs, left: Left) -> tuple[dict[str, Text], dict[str, Text]]:
    """The parts of the whole after an exit: those who take over most by name, and all parts in their order."""
    takers = [state for state in left.takers if left.shares[state] > left.kept[state]][:NAMED_TAKERS]
    own = {state: label_of(inputs, state) for state in takers}
    words = {
        "kept": Text("the others, as before", "其余成员原有部分"),
        **{
            f"more_{state}": Text(f"more from {name.en}", f"{name.of('zh')}增缴")
            for state, name in own.items()
        },
        "more": Text("more from the rest", "其他成员增缴"),
        "gap": Text("nobody pays", "无人缴付"),
    }  # fmt: skip
    return own, words


def ways_table(inputs: Inputs, found: Found) -> Table:
    """The whole after an exit, in parts: once with the fund shrunk, once re-shared."""
    left = found.left
    worth = None if found.paid.amount is None else found.paid.amount / 10**6
    takers, words = parts_of(inputs, left)
    kept = 1 - left.gap
    more = {f"more_{state}": left.shares[state] - left.kept[state] for state in takers}
    rest = 1 - left.unassigned - kept - sum(more.values(), Fraction(0))
    ways = {
        "shrink": {"kept": kept, "gap": left.gap},
        "re_share": {"kept": kept, **more, "more": rest, "gap": left.unassigned},
    }
    rows = [
        {
            "way": way,
            "part": part,
            "place": list(words).index(part),
            "share": float(share),
            "money": None if worth is None else float(share * worth),
        }
        for way, parts in ways.items()
        for part, share in parts.items()
        if share
    ]
    columns = (
        Column("way", Text("What follows", "后果"), labels=WAYS),
        Column("part", Text("Part", "部分"), labels=words),
        Column("place", Text("Place", "次序")),
        fine("share", Text("Share of the whole", "占总额份额")),
        Column("money", Text("In money", "金额"), f"million {found.paid.currency}", digits=1),
    )
    title = Text("Shrink or re-share", "缩减还是重新分摊")
    return tabled("ways", title, columns, rows, words=("way", "part"), counts=("place",))


def rules_table(inputs: Inputs, found: Found) -> Table:
    """One row a payer and rule."""
    paid = found.paid
    rows = [
        {"member": state, "rank": rank, "rule": rule, "share": float(shares[state])}
        for rule, shares in paid.shares.items()
        for rank, state in enumerate(paid.payers, 1)
    ]
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, paid.payers)),
        Column("rank", Text("Rank", "名次")),
        Column("rule", Text("Burden rule", "分摊规则"), labels=rule_names(paid)),
        fine("share", Text("Share", "份额"), source="; ".join(each for each in _told(inputs, found) if each)),
    )
    title = Text("The same cost under other rules", "同一费用的不同分摊规则")
    return tabled("rules", title, columns, rows, words=("member", "rule"), counts=("rank",))


def progress_tables(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """One row a rule: progressivity and concentration; and the curves behind it."""
    if not found.borne:
        return ()
    paid = found.paid
    rows = [
        {
            "rule": rule,
            "suits": float(each.suits),
            "payer": max(paid.shares[rule], key=lambda state, rule=rule: paid.shares[rule][state]),
            "largest": float(max(paid.shares[rule].values())),
            "effective": each.effective,
        }
        for rule, each in found.borne.items()
    ]
    words = Column("rule", Text("Burden rule", "分摊规则"), labels=rule_names(paid))
    columns = (
        words,
        Column("suits", Text("Progressivity (Suits index)", "累进性（Suits指数）"), "-1 to 1", digits=2),
        Column("payer", Text("Largest payer", "最大缴款者"), labels=names(inputs, paid.payers)),
        fine("largest", Text("Its share", "其份额"), 1),
        Column("effective", Text("Effective number of payers", "有效缴款者数"), digits=1),
    )
    title = Text("Who bears it: the rich or the poor", "由富者还是贫者承担")
    first = tabled("progress", title, columns, rows, words=("rule", "payer"))
    points = [{"rule": rule, "had": x, "borne": y} for rule, each in found.borne.items() for x, y in each.curve]
    had, bears = (
        Text("Share of income, poorest per head first", "收入累计份额（人均由低到高）"),
        Text("Share borne", "负担累计份额"),
    )
    curve = (words, fine("had", had), fine("borne", bears))
    return first, tabled("curves", Text("Concentration curves", "集中曲线"), curve, points, words=("rule",))


def official_table(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """The official rates beside the shares computed here."""
    if found.fixed is None:
        return ()
    fixed, paid = found.fixed, found.paid
    ranked = sorted(fixed.rates, key=lambda state: -fixed.rates[state])
    rows = [
        {"member": state, "rank": rank, "which": which, "share": share, "seen": seen}
        for rank, state in enumerate(ranked, 1)
        for which, share, seen in (
            ("computed", float(paid.own[state]), "text"),
            ("official", fixed.rates[state], fixed.seen[state]),
        )
    ]
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, ranked)),
        Column("rank", Text("Rank", "名次")),
        Column("which", Text("Which", "类别"), labels=WHICH),
        fine("share", Text("Share", "份额"), 3, "; ".join(_sources(inputs, found))),
        Column("seen", Text("How it is known", "来源性质"), labels=SEEN),
    )
    title = Text(f"Computed and official rates, {fixed.period}", f"计算值与正式比率（{fixed.period}）")
    return (tabled("official", title, columns, rows, words=("member", "which", "seen"), counts=("rank",)),)


def steps_table(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """The shares after each step, where the rule has steps."""
    steps = getattr(found.paid.rule, "steps", None)
    if steps is None:
        return ()
    after: Mapping[str, Mapping[str, Fraction]] = steps(found.paid.payers, found.paid.figures)
    rows = [
        {"member": state, **{step: float(shares[state]) for step, shares in after.items()}}
        for state in found.paid.payers
    ]
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, found.paid.payers)),
        *(fine(step, STEP[step], 3) for step in after),
    )
    title = Text("The scale, step by step", "比额表的逐步计算")
    return (tabled("steps", title, columns, rows, words=("member",)),)


def votes_tables(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """Voting shares before and after, and who alone can block."""
    votes = found.left.votes
    if not votes:
        return ()
    ranked = sorted(votes, key=lambda state: -votes[state][0])
    rows = [
        {"member": state, "rank": rank, "when": when, "share": float(votes[state][place])}
        for rank, state in enumerate(ranked, 1)
        for place, when in enumerate(WHEN)
    ]
    when = {"before": WHEN["before"], "after": Text("after the exit", "退出之后")}
    columns = (
        Column("member", Text("Member", "成员"), labels=names(inputs, ranked)),
        Column("rank", Text("Rank", "名次")),
        Column("when", Text("When", "时间"), labels=when),
        fine("share", Text("Share of votes", "票数份额")),
    )
    title = Text("Votes that follow money", "随缴款而定的表决权")
    first = tabled("votes", title, columns, rows, words=("member", "when"), counts=("rank",))
    blocked = [
        {"rule": name, "before": ", ".join(before), "after": ", ".join(after)}
        for name, (_, before, after) in found.left.blocks.items()
    ]
    if not blocked:
        return (first,)
    told = (
        Column("rule", Text("Rule", "规则"), labels={name: each[0] for name, each in found.left.blocks.items()}),
        Column("before", Text("Alone able to block, before", "此前可单独阻止者"), "code"),
        Column("after", Text("after the exit", "退出之后"), "code"),
    )
    words = ("rule", "before", "after")
    return first, tabled("blocks", Text("Who alone can block", "谁可单独阻止"), told, blocked, words=words)


def ladder_table(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """Pledged, confirmed, paid, rescinded: the ladder of those who leave."""
    if not found.rungs:
        return ()
    rows = [
        {
            "member": each.state,
            "round": each.period,
            "rung": each.kind,
            "amount": each.amount,
            "seen": each.seen,
            "source": each.source,
        }
        for each in found.rungs
    ]
    columns = (
        Column("member", Text("Payer", "缴款者"), labels=names(inputs, [each.state for each in found.rungs])),
        Column("round", Text("Round", "轮次")),
        Column("rung", Text("Rung", "阶段"), labels=RUNG),
        Column("amount", Text("Amount", "数额"), "million USD", digits=0),
        Column("seen", Text("How it is known", "来源性质"), labels=SEEN),
        Column("source", Text("Source", "来源")),
    )
    words = ("member", "round", "rung", "seen", "source")
    return (tabled("ladder", Text("From pledge to payment", "从认捐到缴款"), columns, rows, words=words),)


def tables(inputs: Inputs, found: Found) -> tuple[Table, ...]:
    """All tables of one fund."""
    return (
        members_table(inputs, found),
        changes_table(inputs, found),
        ways_table(inputs, found),
        rules_table(inputs, found),
        *progress_tables(inputs, found),
        *official_table(inputs, found),
        *steps_table(inputs, found),
        *votes_tables(inputs, found),
        *ladder_table(inputs, found),
    )
