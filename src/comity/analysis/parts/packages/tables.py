"""The tables of package deals: exchanges, links, harms, payments, stability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.packages.linking import COARSE, HALF, STEP, Dealt
from comity.analysis.parts.tabled import HIGH, LOW, tabled
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs

WEIGHED = "weighted points"
POINTS = "points"
FIFTH, LAST = Text("Low (5 % of draws)", "下限（5%分位）"), Text("High (95 % of draws)", "上限（95%分位）")
ROLES = {"party": Text("trades", "交易方"), "third": Text("third member", "第三方")}


def _body(found: Sequence[Dealt]) -> Column:
    return Column("institution", Text("Institution", "机构"), labels={d.body.name: d.body.title for d in found})


def _issue(inputs: Inputs, name: str, title: Text) -> Column:
    return Column(name, title, labels=issue_column(inputs.wanted()).labels)


def _table(name: str, title: Text, columns: Sequence[Column], *, rows: Sequence[dict[str, Any]], note: Text) -> Table:
    counts = {"rank", "draws", "safe"}
    words = [each.name for each in columns if not each.unit and each.name not in counts]
    return tabled(name, title, columns, rows, words=words, counts=counts, note=note)


def exchanges_table(inputs: Inputs, found: Sequence[Dealt]) -> Table:
    """One row an exchange, the most profitable first."""
    rows = [
        {
            "institution": dealt.body.name,
            "rank": rank,
            "giver": trade.giver,
            "given": trade.given.issue,
            "move": trade.deal.moves[0],
            "taker": trade.taker,
            "taken": trade.taken.issue,
            "return": trade.deal.moves[1],
            "gain": trade.deal.gain,
            "gain_low": trade.span[0],
            "gain_high": trade.span[1],
            "lasts": trade.lasts.share,
            "low": trade.lasts.low,
            "high": trade.lasts.high,
            "hurt": ", ".join(f"{member} {trade.effects[member]:.1f}" for member in trade.hurt[:5]),
            "draws": trade.lasts.n,
        }
        for dealt in found
        for rank, trade in enumerate(dealt.trades, 1)
    ]
    columns = (
        _body(found),
        Column("rank", Text("Rank", "排序")),
        Column("giver", Text("One moves", "甲方"), actor=True),
        _issue(inputs, "given", Text("on", "让步议题")),
        Column("move", Text("by", "让步幅度"), POINTS, digits=1),
        Column("taker", Text("The other moves", "乙方"), actor=True),
        _issue(inputs, "taken", Text("in return on", "回报议题")),
        Column("return", Text("by", "回报幅度"), POINTS, digits=1),
        Column("gain", Text("Each gains", "双方各得"), WEIGHED, digits=2),
        Column("gain_low", FIFTH, WEIGHED, digits=2),
        Column("gain_high", LAST, WEIGHED, digits=2),
        Column("lasts", Text("Profitable in draws", "抽样中仍有利"), "share", percent=True, digits=0),
        Column("low", LOW, "share", percent=True, digits=0),
        Column("high", HIGH, "share", percent=True, digits=0),
        Column("hurt", Text("Third members that lose", "受损的第三方")),
        Column("draws", Text("Draws", "抽样次数")),
    )
    note = Text(
        "At the modes, both gaining the same. The outcome of an issue is the mean of positions weighted by voting "
        "weight times salience.",
        "按众值计算，双方所得相等。议题结果为按投票权重乘以重视程度加权的立场均值。",
    )
    return _table("exchanges", Text("Mutually profitable exchanges", "互利的立场交换"), columns, rows=rows, note=note)


def links_table(inputs: Inputs, found: Sequence[Dealt]) -> Table:
    """One row a stuck issue and an issue put beside it."""
    rows: list[dict[str, Any]] = []
    for dealt in found:
        for stuck in dealt.stuck:
            for link in stuck.links:
                works = link.works
                text = link.text or (None, None)
                rows.append({
                    "institution": dealt.body.name,
                    "stuck": link.stuck.issue,
                    "other": link.other.issue,
                    "works": None if works is None else works.share,
                    "low": None if works is None else works.low,
                    "high": None if works is None else works.high,
                    "room": link.room,
                    "text": text[0],
                    "other_text": text[1],
                    "gains": ", ".join(f"{member} {gain:+.1f}" for member, gain in _most(link.gains)),
                    "draws": 0 if works is None else works.n,
                })  # fmt: skip
    columns = (
        _body(found),
        _issue(inputs, "stuck", Text("Stuck issue", "僵持议题")),
        _issue(inputs, "other", Text("Put beside", "搭配议题")),
        Column("works", Text("Opens it in draws", "抽样中能打开"), "share", percent=True, digits=0),
        Column("low", LOW, "share", percent=True, digits=0),
        Column("high", HIGH, "share", percent=True, digits=0),
        Column("room", Text("Packages that open it", "可打开的组合占比"), "share", percent=True, digits=1),
        Column("text", Text("Best text", "最佳文本"), POINTS, digits=0),
        Column("other_text", Text("with", "搭配文本"), POINTS, digits=0),
        Column("gains", Text("Who gains, who loses", "得失")),
        Column("draws", Text("Draws in which it is stuck", "僵持的抽样次数")),
    )
    note = Text(
        f"Of the draws in which the issue is stuck alone, the share in which some package opens it; packages lie "
        f"{STEP} points apart (in draws of bodies of more than 16 members {HALF}, of more than 30 {COARSE}). "
        "The best package has the greatest Nash product among those that gain, one point added "
        "to each; room, best package and gains at the modes.",
        f"在该议题单独僵持的抽样中，存在可打开它的组合的比例；组合间距为{STEP}点（成员超过16个的机构抽样时为{HALF}点，超过30个为{COARSE}点）。最佳组合使获益成员的纳什积（各加一点）最大；空间、最佳组合与得失按众值计算。",
    )
    return _table("links", Text("Which issue opens which", "哪个议题能打开哪个议题"), columns, rows=rows, note=note)


def _most(gains: dict[str, float]) -> list[tuple[str, float]]:
    """Who gains and loses most, at most ten."""
    return sorted(gains.items(), key=lambda item: (-abs(item[1]), item[0]))[:10]


def effects_table(found: Sequence[Dealt]) -> Table:
    """What everyone gains or loses by the best exchange of each body: in a large one, those of most effect."""
    rows = [
        {
            "institution": dealt.body.name,
            "member": member,
            "role": "party" if member in dealt.trades[0].two else "third",
            "effect": effect,
        }
        for dealt in found
        if dealt.trades
        for member, effect in sorted(_most(dealt.trades[0].effects), key=lambda item: (-item[1], item[0]))
    ]
    columns = (
        _body(found),
        Column("member", Text("Member", "成员"), actor=True),
        Column("role", Text("Part in it", "角色"), labels=ROLES),
        Column("effect", Text("Gains or loses", "得失"), WEIGHED, digits=2),
    )
    note = Text("At the modes; the ten of greatest effect.", "按众值计算；列出影响最大的十个成员。")
    return _table("effects", Text("The best exchange", "最有利的交换"), columns, rows=rows, note=note)


def payments_table(inputs: Inputs, found: Sequence[Dealt]) -> Table:
    """One row a stuck issue: what its blockers would have to be paid."""
    rows: list[dict[str, Any]] = []
    for dealt in found:
        for stuck in dealt.stuck:
            payment = stuck.payment
            rows.append({
                "institution": dealt.body.name,
                "issue": stuck.matter.issue,
                "stuck": stuck.share.share,
                "low": stuck.share.low,
                "high": stuck.share.high,
                "text": None if payment is None else float(payment.text * STEP),
                "cost": None if payment is None else float(payment.paid.sum()),
                "cost_low": None if payment is None else stuck.prices[0],
                "cost_high": None if payment is None else stuck.prices[1],
                "paid": ", ".join(f"{member} {amount:.1f}" for member, amount in stuck.paid.items()),
                "enough": "none" if payment is None else "yes" if payment.enough else "no",
                "payers": ", ".join(stuck.payers),
            })  # fmt: skip
    columns = (
        _body(found),
        _issue(inputs, "issue", Text("Stuck issue", "僵持议题")),
        Column("stuck", Text("Stuck in draws", "抽样中僵持"), "share", percent=True, digits=0),
        Column("low", LOW, "share", percent=True, digits=0),
        Column("high", HIGH, "share", percent=True, digits=0),
        Column("text", Text("Text", "文本"), POINTS, digits=0),
        Column("cost", Text("Least payment", "最低补偿"), WEIGHED, digits=1),
        Column("cost_low", FIFTH, WEIGHED, digits=1),
        Column("cost_high", LAST, WEIGHED, digits=1),
        Column("paid", Text("Paid to", "补偿对象")),
        Column("enough", Text("Covered by the gains", "收益足以支付"), labels=ENOUGH),
        Column("payers", Text("Could pay it alone", "可独自支付者")),
    )
    note = Text(
        "The unit is a point of the scale times salience: no money. The text is the one that leaves most after "
        "payment.",
        "单位为量表点数乘以重视程度，不是货币。所列文本为支付补偿后净剩余最大者。",
    )
    return _table("payments", Text("Side payments", "补偿"), columns, rows=rows, note=note)


ENOUGH = {"yes": Text("yes", "是"), "no": Text("no", "否"), "none": Text("no payment does", "补偿无效")}


def safety_table(inputs: Inputs, found: Sequence[Dealt]) -> Table:
    """One row a link: whether some package is safe from the next, else how one leads back to itself."""
    rows = [
        {
            "institution": dealt.body.name,
            "stuck": stuck.matter.issue,
            "other": stuck.stability.link.other.issue,
            "safe": stuck.stability.safe,
            "run": " → ".join(f"({x:g}, {y:g})" for x, y in stuck.stability.run),
        }
        for dealt in found
        for stuck in dealt.stuck
        if stuck.stability is not None
    ]
    columns = (
        _body(found),
        _issue(inputs, "stuck", Text("Stuck issue", "僵持议题")),
        _issue(inputs, "other", Text("Put beside", "搭配议题")),
        Column("safe", Text("Packages that no other beats", "不被推翻的组合数")),
        Column("run", Text("Each beats the one before", "后者推翻前者的循环")),
    )
    note = Text(
        "An amendment needs the rule of each issue it changes. Packages 5 points apart, at the modes, for the best "
        "link of each stuck issue.",
        "修改须经其所涉每个议题的规则通过。组合间距5点，按众值计算，仅列每个僵持议题的最佳搭配。",
    )
    return _table("stability", Text("Is a package safe", "组合是否稳定"), columns, rows=rows, note=note)
