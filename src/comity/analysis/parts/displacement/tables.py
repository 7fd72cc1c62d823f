"""The tables of displacement: forums, issues before forums, members' choices, delivery needed, the phase diagram."""

from __future__ import annotations

from typing import Any

from comity.analysis.parts.displacement.displacing import LEVELS, Displaced
from comity.analysis.parts.landing import Measured, middle
from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.tabled import LOWER, UPPER, chance, share, tabled
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of, short

KNOWN = {
    "record": Text("record of compliance", "履约记录"),
    "assumption": Text("assumption", "假设"),
}
VARIANTS = {
    "assumed": Text("as assumed", "按假设"),
    "keeps_little": Text("it keeps the least assumed", "其履行率取下限"),
    "keeps_much": Text("it keeps the most assumed", "其履行率取上限"),
    "others_little": Text("others without a record keep the least", "其他无记录论坛取下限"),
    "others_much": Text("others without a record keep the most", "其他无记录论坛取上限"),
    "free": Text("no forum costs anything", "各论坛均无成本"),
    "reach_nothing": Text("it does not matter whom a text covers", "文本覆盖范围无关紧要"),
    "reach_all": Text("a text is worth what it covers", "文本价值与覆盖范围成正比"),
    "members": Text("only its own members choose", "只计其成员的选择"),
}
PARTS = {"cell": Text("cell", "格"), "line": Text("line of equal share", "等值线")}
STAGES = {"before": Text("without it", "没有该机构"), "after": Text("with it", "有该机构")}
CHOSEN = {
    "stays": Text("first before and after", "前后均为首选"),
    "comes": Text("first once it is there", "开设后成为首选"),
    "goes": Text("first before only", "仅此前为首选"),
    "no": Text("not first", "非首选"),
}


def tables(inputs: Inputs, found: Displaced) -> tuple[Table, ...]:
    """All of them, the answer first."""
    first = (_forums(found), _cells(inputs, found), _members(inputs, found))
    return (*first, _needed(found), _variants(found), phase_table(found), _terms(found))


def forum_labels(found: Displaced) -> dict[str, Text]:
    """The forums in a word."""
    return {each.body.name: short(each.body) for each in found.given.forums}


def _percent(name: str, title: Text) -> tuple[Column, Column, Column]:
    """A mean share over draws with the middle 90 % of them."""
    return share(name, title), share(f"{name}_low", LOWER), share(f"{name}_high", UPPER)


def _forums(found: Displaced) -> Table:
    rows: list[dict[str, Any]] = []
    for stage, moves in (("before", found.before), ("after", found.after)):
        for place, forum in enumerate(found.given.forums):
            carried = middle(moves.moved[:, :, place].mean(axis=1))
            empties = found.emptied(place) if stage == "after" else Measured(None)
            rows.append(
                {
                    "forum": forum.body.name,
                    "stage": stage,
                    **found.share(moves, place).columns("share"),
                    **found.own(moves, place).columns("own"),
                    **found.valued(moves, place).columns("value"),
                    **carried.columns("movers"),
                    **empties.columns("empties"),
                }
            )
    columns = (
        Column("forum", Text("Forum", "论坛"), labels=forum_labels(found)),
        Column("stage", Text("Stage", "阶段"), labels=STAGES),
        *_percent("share", Text("Issues on which it is first", "居首议题份额")),
        *_percent("own", Text("Of those that it can take up", "占其可受理议题")),
        *_percent("value", Text("Of all, by expected value", "按期望价值计")),
        *_percent("movers", Text("Movers that go there, mean of issues", "前往的推动者（各议题平均）")),
        *chance("empties", Text("Empties", "被架空")),
    )
    title = Text("Forums without and with it", "有无该机构时的各论坛")
    return tabled("forums", title, columns, rows, words=("forum", "stage"))


def _terms(found: Displaced) -> Table:
    """What is assumed or known of each forum."""
    rows: list[dict[str, Any]] = [
        {
            "forum": each.body.name,
            "delivery": each.delivery[1],
            "delivery_from": each.delivery[0],
            "delivery_to": each.delivery[2],
            "basis": "record" if each.known else "assumption",
            "members": len(each.members),
            "coverage": each.coverage,
        }
        for each in found.given.forums
    ]
    columns = (
        Column("forum", Text("Forum", "论坛"), labels=forum_labels(found)),
        share("delivery", Text("Promises kept (mode)", "承诺履行率（众值）")),
        share("delivery_from", Text("From", "自")),
        share("delivery_to", Text("To", "至")),
        Column("basis", Text("On what that rests", "依据"), labels=KNOWN),
        Column("members", Text("Members", "成员数"), "members"),
        share("coverage", Text("Members' share of the world's capability", "成员占世界实力的份额")),
    )
    title = Text("What is known of the forums", "对各论坛的已知与假设")
    return tabled("terms", title, columns, rows, words=("forum", "basis"), counts=("members",))


def _cells(inputs: Inputs, found: Displaced) -> Table:
    rows: list[dict[str, Any]] = []
    for issue, name in enumerate(found.given.issues):
        leads = {
            stage: found.leads(moves, issue) for stage, moves in (("before", found.before), ("after", found.after))
        }
        for place, forum in enumerate(found.given.forums):
            chances = found.hoped.chance.get((issue, place), Measured(None))
            was, is_ = leads["before"] == place, leads["after"] == place
            rows.append(
                {
                    "issue": name,
                    "forum": forum.body.name,
                    **chances.columns("adopted"),
                    "text": found.hoped.text.get((issue, place)),
                    "before": found.moved(found.before, issue, place).value,
                    **found.moved(found.after, issue, place).columns("after"),
                    "first": float(found.after.first[:, issue, place].mean()),
                    "chosen": "stays" if was and is_ else "comes" if is_ else "goes" if was else "no",
                }
            )
    columns = (
        issue_column(inputs.wanted()),
        Column("forum", Text("Forum", "论坛"), labels=forum_labels(found)),
        *chance("adopted", Text("Text adopted", "文本获通过")),
        Column("text", Text("Text, mean", "文本均值"), "points of the scale, 0 to 100", digits=0),
        share("before", Text("Movers that go there without it", "没有该机构时前往的推动者")),
        *_percent("after", Text("Movers that go there with it", "有该机构时前往的推动者")),
        share("first", Text("Draws in which it is first", "居首的抽样")),
        Column("chosen", Text("Chosen", "选择"), labels=CHOSEN),
    )
    note = Text(
        "An empty row: the forum has no rule for the issue, it lies outside its mandate, or too few members have "
        "stakes.",
        "空行：该论坛没有相应规则、议题超出其职权，或成员诉求数据不足。",
    )
    frame = [{**row, "text": None if row["text"] != row["text"] else row["text"]} for row in rows]
    title = Text("Issues before forums", "各论坛面前的议题")
    return tabled("cells", title, columns, frame, words=("issue", "forum", "chosen"), note=note)


def _members(inputs: Inputs, found: Displaced) -> Table:
    members = [member for member in found.given.forums[0].members if member in found.given.movers]
    rows = [
        {
            "member": member,
            "forum": forum.body.name,
            "before": float(found.before.own[:, found.given.movers.index(member), place].mean()),
            "after": float(found.after.own[:, found.given.movers.index(member), place].mean()),
        }
        for member in members
        for place, forum in enumerate(found.given.forums)
    ]
    columns = (
        Column("member", Text("Member", "成员"), labels={member: label_of(inputs, member) for member in members}),
        Column("forum", Text("Forum", "论坛"), labels=forum_labels(found)),
        share("before", Text("Issues it takes there without the body", "没有该机构时携往的议题")),
        share("after", Text("With it", "有该机构时")),
    )
    note = Text(
        "Mean over issues and draws; what is missing to the whole it takes nowhere.",
        "为各议题与抽样的均值；不足部分为不提交任何论坛。",
    )
    title = Text("Where its own members take issues", "其成员将议题携往何处")
    return tabled("members", title, columns, rows, words=("member", "forum"), note=note)


def _needed(found: Displaced) -> Table:
    rows = [{"kept": kept, **each.columns("share")} for kept, each in found.needed]
    columns = (
        share("kept", Text("Promises it keeps", "承诺履行率")),
        *_percent("share", Text("Issues on which it is first", "居首议题份额")),
    )
    title = Text("What it would have to deliver", "需达到的履行率")
    return tabled("needed", title, columns, rows, words=())


def _variants(found: Displaced) -> Table:
    rows = [{"variant": name, **each.columns("share")} for name, each in found.variants.items()]
    columns = (
        Column("variant", Text("Assumption", "假设"), labels=VARIANTS),
        *_percent("share", Text("Issues on which it is first", "居首议题份额")),
    )
    return tabled("variants", Text("If one assumption is another", "改变一项假设"), columns, rows, words=("variant",))


def phase_table(found: Displaced) -> Table:
    """The body's share of the issues over rivalry and common benefit, and the lines on which it has certain levels."""
    cells = [
        {
            "part": "cell",
            "rivalry": each.shift.rivalry,
            "common": each.shift.common,
            **each.share.columns("share"),
            "succeeds": each.succeeds,
        }
        for each in found.phases
    ]
    lines = [
        {"part": "line", "rivalry": one, "common": two, "rivalry_to": three, "common_to": four, "share": level}
        for level in LEVELS
        for one, two, three, four in found.contour(level)
    ]
    spread, points = (
        "spread of positions, as a multiple of the stakes",
        "points for an agreement with all other members",
    )
    columns = (
        Column("part", Text("Part", "部分"), labels=PARTS),
        Column("rivalry", Text("Rivalry", "竞争强度"), spread, digits=2),
        Column("common", Text("Common benefit", "共同利益"), points, digits=1),
        Column("rivalry_to", Text("Rivalry, other end", "竞争强度（另一端）"), spread, digits=2),
        Column("common_to", Text("Common benefit, other end", "共同利益（另一端）"), points, digits=1),
        *_percent("share", Text("Issues on which it is first", "居首议题份额")),
        share("succeeds", Text("Draws in which it is first on half", "半数议题居首的抽样")),
    )
    title = Text("Does the transition succeed", "转型能否成功")
    return tabled("phase", title, columns, [*cells, *lines], words=("part",))
