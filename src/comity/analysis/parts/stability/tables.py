"""Tables and charts of a club: whether it holds, everyone's gain, the coalitions, penalties and clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from comity.analysis.parts.landing import Measured
from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.stability.coalitions import Base
from comity.analysis.parts.stability.holding import SCALE, STEPS, Held
from comity.analysis.parts.stability.words import LIKELY, OF, own
from comity.analysis.parts.tabled import chance, spread, tabled
from comity.analysis.parts.valuing import MILLIONS
from comity.kernel.result import Chart, Column, Finding, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, listed, parts, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of

LOWER, UPPER = Text("Low (90 % of draws)", "下限（90%抽样）"), Text("High (90 % of draws)", "上限（90%抽样）")
ROLE = {"member": Text("Members", "成员"), "invited": Text("Invited", "被邀请者")}
YES_NO = {"yes": Text("yes", "是"), "no": Text("no", "否")}
CORE = {"yes": Text("core not empty", "核非空"), "no": Text("core empty", "核为空")}
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY)

_SURPLUS = Text("Left over once everyone is paid to stay, median", "补偿全体留下后的余额，中位数")


def tables(inputs: Inputs, found: Sequence[Held], base: Base) -> tuple[Table, ...]:
    """The clubs, everyone's gain, the coalitions that hold, the scale of penalties, the minima of participation."""
    return (
        _clubs(inputs, found, base),
        _members(inputs, found),
        _shares(inputs, found, base),
        _coalitions(inputs, found),
        _penalties(inputs, found, base),
        _minima(inputs, found),
    )


def _rows(found: Sequence[Held], make: Callable[[Held], Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {"institution": each.good.institution.name, "issue": each.good.issue, **row}
        for each in found
        for row in make(each)
    ]


def _identity(inputs: Inputs, found: Sequence[Held]) -> tuple[Column, Column]:
    bodies = {each.good.institution.name: each.good.institution.title for each in found}
    return Column("institution", Text("Institution", "机构"), labels=bodies), issue_column(inputs.wanted())


def _rate(name: str, title: Text, base: Base) -> Column:
    return Column(name, title, "share", percent=True, digits=2 if base == "trade" else 0)


def _clubs(inputs: Inputs, found: Sequence[Held], base: Base) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        outer = each.external or Measured(None)
        yield {
            **each.internal.columns("internal"),
            **outer.columns("external"),
            **each.penalty.columns("penalty"),
            **each.beyond.columns("beyond"),
            **each.potential.columns("potential"),
            **each.surplus.columns("surplus"),
            "clause": each.clause,
            "number": each.number,
            "largest": len(each.coalitions[0][0]) if each.coalitions else None,
            "core": None if each.excess is None else "yes" if each.excess <= 0 else "no",
            "excess": each.excess,
        }

    columns = (
        *_identity(inputs, found),
        *chance("internal", Text("Nobody would rather leave", "无人宁愿退出")),
        *chance("external", Text("Nobody asked would rather join", "被邀请者无人愿意加入")),
        _rate(
            "penalty",
            Text(f"Smallest penalty that holds it, median, {OF[base].en}", f"最小维系惩罚，中位数{OF[base].of('zh')}"),
            base,
        ),
        _rate("penalty_low", LOWER, base),
        _rate("penalty_high", UPPER, base),
        *chance("beyond", Text("No penalty holds it", "惩罚无法维系")),
        *chance("potential", Text("Transfers could hold it", "转移支付可维系")),
        *spread(
            "surplus",
            Text("Left over once everyone is paid to stay, median", "补偿全体留下后的余额，中位数"),
            MILLIONS,
            digits=0,
        ),
        Column("clause", Text("Members for entry into force that hold it", "可维系的生效成员数"), "members"),
        Column("number", Text("Stable coalitions", "稳定联盟数"), "coalitions"),
        Column("largest", Text("Members of the largest", "最大者的成员数"), "members"),
        Column("core", Text("Division that no group could better", "无任何小集团可改善的分配"), labels=CORE),
        Column("excess", Text("Least-core excess", "最小核心超额"), MILLIONS, digits=0),
    )
    note = Text(
        "Probabilities over draws; clause, coalitions and shares at the modes. A clause of 0 says that none is needed. "
        "Sums are present values.",
        "概率按抽样计；条款、联盟与分配按众值计。条款为0表示无需条款。金额均为现值。",
    )
    words, counts = ("institution", "issue", "core"), ("clause", "number", "largest")
    return tabled(
        "clubs",
        Text("What holds the club", "何以维系"),
        columns,
        _rows(found, rows),
        words=words,
        counts=counts,
        note=note,
    )


def _people(inputs: Inputs, found: Sequence[Held]) -> Column:
    people = {one.member: label_of(inputs, one.member) for each in found for one in each.ones}
    return Column("member", Text("State", "国家"), labels=people)


def _members(inputs: Inputs, found: Sequence[Held]) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        for one in each.ones:
            yield {
                "member": one.member,
                "role": "member" if one.inside else "invited",
                **one.gain.columns("gain"),
                **one.moves.columns("moves"),
                **one.ends.columns("ends"),
                "largest": None if one.largest is None else "yes" if one.largest else "no",
            }

    columns = (
        *_identity(inputs, found),
        _people(inputs, found),
        Column("role", Text("Role", "身份"), labels=ROLE),
        *spread("gain", Text("Gains by belonging, median", "归属所得，中位数"), MILLIONS, digits=0),
        *chance("moves", Text("Would rather leave, or join", "宁愿退出或加入")),
        *chance("ends", Text("Its exit ends the club", "其退出使俱乐部解体")),
        Column("largest", Text("In the largest stable coalition", "属于最大稳定联盟"), labels=YES_NO),
    )
    title, words = (
        Text("Who gains by belonging", "谁因归属而获益"),
        ("institution", "issue", "member", "role", "largest"),
    )
    return tabled("members", title, columns, _rows(found, rows), words=words)


def _shares(inputs: Inputs, found: Sequence[Held], base: Base) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        for one in each.inside:
            yield {
                "member": one.member,
                "payoff": one.payoff,
                "needed": one.needed,
                "transfer": one.transfer,
                "shapley": one.shapley,
                "nucleolus": one.nucleolus,
            }

    columns = (
        *_identity(inputs, found),
        _people(inputs, found),
        Column("payoff", Text("Gets as things are", "现状所得"), MILLIONS, digits=0),
        _rate("needed", Text(f"Penalty that keeps it, {OF[base].en}", f"留住它的惩罚{OF[base].of('zh')}"), base),
        Column("transfer", Text("Receives (pays) for all to stay", "为各方留下而收（付）"), MILLIONS, digits=0),
        Column("shapley", Text("Shapley share", "夏普利份额"), MILLIONS, digits=0),
        Column("nucleolus", Text("Nucleolus", "核仁"), MILLIONS, digits=0),
    )
    note = Text(
        "At the modes, present values. The transfers give each what it would get outside and an equal part of what is "
        "left over; Shapley and nucleolus divide what the members get together. An empty penalty: none reaches it.",
        "按众值计的现值。转移支付使各方得到其退出所得，并平分余额；夏普利份额与核仁分配成员的合计所得。惩罚一栏为空表示无从触及。",
    )
    title, words = Text("Who would pay whom", "谁向谁支付"), ("institution", "issue", "member")
    return tabled("shares", title, columns, _rows(found, rows), words=words, note=note)


def _coalitions(inputs: Inputs, found: Sequence[Held]) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        for rank, (coalition, how) in enumerate(each.coalitions, 1):
            yield {"rank": rank, "size": len(coalition), "states": " ".join(coalition), **how.columns("holds")}

    states = {" ".join(coalition): listed([name_of(inputs, member) for member in coalition])
              for each in found for coalition, _ in each.coalitions}  # fmt: skip
    columns = (
        *_identity(inputs, found),
        Column("rank", Text("Rank by size", "按规模排序")),
        Column("size", Text("Members", "成员数"), "members"),
        Column("states", Text("Coalition", "联盟"), labels=states),
        *chance("holds", Text("Holds in", "成立的抽样占比")),
    )
    note = Text(
        "Coalitions that do something and hold at the modes, the largest first, with how often each holds over draws.",
        "按众值计有所作为且稳定的联盟，由大到小，并列出其在抽样中成立的占比。",
    )
    words = ("institution", "issue", "states")
    return tabled(
        "coalitions",
        Text("Stable coalitions", "稳定联盟"),
        columns,
        _rows(found, rows),
        words=words,
        counts=("rank", "size"),
        note=note,
    )


def _penalties(inputs: Inputs, found: Sequence[Held], base: Base) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        for step, how in enumerate(each.curve):
            yield {"penalty": step / STEPS * SCALE[base], **how.columns("holds")}

    columns = (
        *_identity(inputs, found),
        _rate("penalty", Text(f"Penalty on leavers, {OF[base].en}", f"对退出者的惩罚{OF[base].of('zh')}"), base),
        *chance("holds", Text("All members stay", "全体成员留下")),
    )
    title, words = Text("What penalties hold", "惩罚的维系作用"), ("institution", "issue")
    return tabled("penalties", title, columns, _rows(found, rows), words=words)


def _minima(inputs: Inputs, found: Sequence[Held]) -> Table:
    def rows(each: Held) -> Iterable[dict[str, Any]]:
        for number, by_size in each.minimum.items():
            yield {"minimum": number, "number": sum(by_size.values()), "largest": max(by_size, default=None)}

    columns = (
        *_identity(inputs, found),
        Column("minimum", Text("Members for entry into force", "生效所需成员数"), "members"),
        Column("number", Text("Stable coalitions in force", "已生效的稳定联盟数"), "coalitions"),
        Column("largest", Text("Members of the largest", "最大者的成员数"), "members"),
    )
    title, words = Text("Minimum participation", "最低参与要求"), ("institution", "issue")
    return tabled("minima", title, columns, _rows(found, rows), words=words, counts=("minimum", "number", "largest"))


def charts(inputs: Inputs, found: Sequence[Held], told: Sequence[Finding], base: Base) -> tuple[Chart, ...]:
    """How often the club holds under rising penalties, and who would change sides."""
    mine = own(inputs, found)
    only: dict[str, Any] = {"filter": f"datum.institution === '{inputs.institution.name}'"}
    order = [each.good.written.title for each in mine]
    return _curve(only, order, mine, base), _sides(inputs, only, mine, told)


def _curve(only: dict[str, Any], order: list[Text], mine: Sequence[Held], base: Base) -> Chart:
    along = Text(f"Penalty on leavers, {OF[base].en}", f"对退出者的惩罚{OF[base].of('zh')}")
    x = {
        "field": "penalty",
        "type": "quantitative",
        "axis": {"title": along, "format": ".2%" if base == "trade" else ".0%"},
    }
    y_axis = {"title": Text("Draws in which all members stay", "全体成员留下的抽样占比"), "format": ".0%"}
    y = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    colour = {
        "field": "issue_label",
        "type": "nominal",
        "sort": order,
        "scale": {"domain": order, "range": [COLOURS[place % len(COLOURS)] for place in range(len(order))]},
        "legend": {"title": None, "orient": "right", "labelLimit": 260},
    }
    band = {
        "mark": {"type": "area", "opacity": 0.18},
        "encoding": {
            "x": x,
            "y": {**y, "field": "holds_low", "axis": y_axis},
            "y2": {"field": "holds_high"},
            "color": colour,
        },
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {"x": x, "y": {**y, "field": "holds", "axis": y_axis}, "color": colour},
    }
    spec: dict[str, Any] = {"transform": [only], "width": 420, "height": 260, "layer": [band, line]}
    firm, half = (sum((each.curve[step].value or 0) > LIKELY for each in mine) for step in (0, STEPS // 2))
    of = {"cost": Text("its own cost", "自身成本"), "benefit": Text("its benefit", "所得收益")}.get(base)
    middle = per_cent(SCALE[base] / 2, 2)
    size = Text(f"{middle} of its sales", f"对成员出口{middle}")
    if of is not None:
        size = Text(f"half of {of.en}", f"{of.of('zh')}一半")
    title = said(
        f"A penalty of {size.en} on each leaver probably keeps all members on {half} of {len(mine)} goods; "
        f"without one, {firm}",
        f"对退出者处以{size.of('zh')}的惩罚，{len(mine)}项公共产品中有{half}项较可能留住全体成员；无惩罚时为{firm}项",
    )
    subtitle = Text(
        "One uniform penalty, no retaliation, no limit by trade law; band: 95 % interval of the share of draws",
        "统一惩罚、无报复、不计贸易法限制；色带为抽样占比的95%区间",
    )
    alt = Text(
        f"Lines of how often the club holds, by penalty. {title.en}.",
        f"不同惩罚下俱乐部维系概率折线图。{title.of('zh')}。",
    )
    return Chart("penalties", "penalties", title, subtitle, alt, spec)


def _sides(inputs: Inputs, only: dict[str, Any], mine: Sequence[Held], told: Sequence[Finding]) -> Chart:
    order = [each.good.written.title for each in mine]
    people = [label_of(inputs, member) for member in dict.fromkeys(one.member for each in mine for one in each.ones)]
    roles = [ROLE["member"], *([ROLE["invited"]] if any(each.outside for each in mine) else [])]
    many = len(people) > 12
    y = {"field": "issue_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 260}}
    axis = {"title": None, "orient": "bottom", "labelAngle": -90 if many else 0, "labelLimit": 130}
    x = {"field": "member_label", "type": "nominal", "sort": people, "axis": axis}
    legend = {"title": Text("Would change sides", "宁愿改变去留"), "format": ".0%"}
    cells = {
        "mark": {"type": "rect", "stroke": "#FFFFFF"},
        "encoding": {
            "y": y,
            "x": x,
            "color": {
                "field": "moves",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": ["#F2F2F2", VERMILION]},
                "legend": legend,
            },
        },
    }
    number = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {"y": y, "x": x, "text": {"field": "moves", "type": "quantitative", "format": ".0%"}},
    }
    inner: dict[str, Any] = {
        "width": {"step": 20 if many else 84},
        "height": {"step": 28},
        "layer": [cells] if many else [cells, number],
    }
    spec: dict[str, Any] = {
        "transform": [only],
        **parts("role", roles),
        "spec": inner,
        "resolve": {"scale": {"x": "independent"}},
    }
    title = told[1].text if len(told[1].text.en) < 160 else told[0].text
    subtitle = Text(
        "Share of draws in which a member would rather leave, or an invited state rather join, the others staying put",
        "在他国去留不变的情况下，成员宁愿退出或被邀请者宁愿加入的抽样占比",
    )
    alt = Text(f"Heat table of who would change sides. {title.en}.", f"去留意愿热力表。{title.of('zh')}。")
    return Chart("sides", "members", title, subtitle, alt, spec)
