"""One package against an agenda of its parts, each negotiated by itself: what is lost, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, ORANGE, listed
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of, short
from comity.rehearsal.parts.negotiation.holding import Held
from comity.rehearsal.parts.negotiation.tables import columns, mean, put, table
from comity.rehearsal.parts.spreads import chance
from comity.rehearsal.parts.wording import per_cent, said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Parted:
    """Talks over the whole package, and over each of its parts on the same draws of what members want."""

    whole: Held
    parts: tuple[Held, ...]

    @cached_property
    def alone(self) -> Floats:
        """What each member has in the end where the parts are negotiated one by one: draws x members that judge."""
        import numpy as np

        found = np.zeros(self.whole.worth.shape)
        for held in self.parts:
            for place, member in enumerate(self.whole.who):
                if member in held.who:
                    found[:, place] += held.worth[:, held.who.index(member)]
        return found

    @property
    def lost(self) -> Floats:
        """How much less each has one by one than in the package: draws x members that judge."""
        return self.whole.worth - self.alone

    def values(self) -> dict[str, Any]:
        """What the parts come to, and what is lost."""
        return {
            "package": mean(self.whole.worth.sum(axis=1))[0],
            "one_by_one": mean(self.alone.sum(axis=1))[0],
            "lost": {member: mean(self.lost[:, place])[0] for place, member in enumerate(self.whole.who)},
            "agreed": {
                block.name: chance(held.agreed).share
                for block, held in zip(self.whole.package.blocks, self.parts, strict=True)
            },
        }


def agenda(inputs: Inputs, found: Sequence[Parted]) -> tuple[Table, Table]:
    """What each member loses, and how each part ends by itself."""
    bodies = Column("institution", Text("Institution", "机构"),
                    labels={each.whole.body.name: each.whole.body.title for each in found})  # fmt: skip
    names = {member: label_of(inputs, member) for each in found for member in each.whole.who}
    unit = found[0].whole.package.unit
    losing = [
        {
            "institution": each.whole.body.name,
            "member": member,
            **put("package", mean(each.whole.worth[:, place])),
            **put("alone", mean(each.alone[:, place])),
            **put("lost", mean(each.lost[:, place])),
        }
        for each in found
        for place, member in enumerate(each.whole.who)
    ]
    ending = [
        {
            "institution": each.whole.body.name,
            "part": block.name,
            **put("agreed", chance(held.agreed)[:3]),
            **put("possible", chance(held.possible)[:3]),
        }
        for each in found
        for block, held in zip(each.whole.package.blocks, each.parts, strict=True)
    ]
    parts = {block.name: block.title for each in found for block in each.whole.package.blocks}
    note = Text(
        "The same draws of what members want; each part has the whole deadline to itself. Means over draws.",
        "采用相同的诉求抽样；每一部分各自享有完整期限。均为各抽样均值。",
    )
    return (
        table(
            "one_by_one",
            Text("One package against one issue at a time", "一揽子与逐项谈判"),
            [
                bodies,
                Column("member", Text("Member", "成员"), labels=names),
                *columns("package", Text("Worth in the package", "一揽子谈判所得"), unit),
                *columns("alone", Text("Worth one by one", "逐项谈判所得"), unit),
                *columns("lost", Text("Lost one by one", "逐项谈判的损失"), unit),
            ],
            losing,
            note=note,
        ),
        table(
            "parts",
            Text("Each part by itself", "各部分单独谈判"),
            [
                bodies,
                Column("part", Text("Part", "部分"), labels=parts),
                *columns("agreed", Text("Talks that agree", "达成协议"), "share of draws", percent=True, odds=True),
                *columns("possible", Text("Agreement possible", "存在可能的协议"), "share of draws", percent=True,
                         odds=True),
            ],
            ending,
        ),
    )  # fmt: skip


def lost(inputs: Inputs, parted: Parted) -> Finding:
    """What all lose, and who most."""
    who, members = short(parted.whole.body), parted.whole.who
    seed, n = inputs.seed, len(parted.lost)
    whole, apart = float(parted.whole.worth.sum(axis=1).mean()), float(parted.alone.sum(axis=1).mean())
    means = [float(each) for each in parted.lost.mean(axis=0)]
    most = max(range(len(members)), key=lambda place: means[place])
    total, mine = mean(parted.lost.sum(axis=1)), mean(parted.lost[:, most])
    unit = parted.whole.package.unit
    figures = {
        "lost": Figure(total[0], unit, total[1], total[2], n, seed),
        f"lost.{members[most]}": Figure(mine[0], unit, mine[1], mine[2], n, seed),
    }
    rarely = [
        block.title for block, held in zip(parted.whole.package.blocks, parted.parts, strict=True)
        if held.agreed.mean() < 0.5
    ]  # fmt: skip
    english = (
        f"{who.en}: one by one, the same issues are worth {apart:.0f} to all members together, {whole:.0f} in one "
    )
    english += "package"
    chinese = f"{who.of('zh')}：逐项谈判时各成员合计所得为{apart:.0f}，一揽子谈判为{whole:.0f}"
    if whole > 0:
        share = (whole - apart) / whole
        word, more = ("lost", "损失") if share >= 0 else ("gained", "增加")
        english += f" ({per_cent(abs(share))} is {word})"
        chinese += f"（{more}{per_cent(abs(share))}）"
    if rarely:
        english += f"; by themselves, talks mostly fail over {listed(rarely).en}"
        chinese += f"；单独谈判时，{listed(rarely).of('zh')}多数未能达成协议"
    if means[most] > 0:
        name = name_of(inputs, members[most])
        english += f"; {name.en} loses most"
        chinese += f"；{name.of('zh')}损失最大"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def chart(inputs: Inputs, parted: Parted) -> Chart:
    """What each member has in the package and one by one."""
    axis = {"title": Text("Worth: points times salience", "价值：点数与重视程度之积"), "tickCount": 6}
    y = {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 200}}
    x = {"field": "package", "type": "quantitative", "axis": axis}
    names = {"package": Text("in one package", "一揽子谈判"), "alone": Text("one by one", "逐项谈判")}
    scale = {"domain": list(names.values()), "range": [BLUE, ORANGE]}

    def dot(field: str, shape: str) -> dict[str, Any]:
        legend = {"title": None, "orient": "top"}
        mark = {"type": "point", "filled": True, "size": 90, "shape": shape, "opacity": 1}
        colour = {"datum": names[field], "type": "nominal", "scale": scale, "legend": legend}
        return {"mark": mark, "encoding": {"y": y, "x": {**x, "field": field}, "color": colour}}

    spec: dict[str, Any] = {
        "width": 460,
        "height": {"step": 26},
        "transform": [{"filter": f"datum.institution === '{parted.whole.body.name}'"}],
        "layer": [
            {
                "mark": {"type": "rule", "color": "#777777", "strokeWidth": 3},
                "encoding": {"y": y, "x": x, "x2": {"field": "alone"}},
            },
            dot("alone", "diamond"),
            dot("package", "circle"),
        ],
    }
    title = lost(inputs, parted).text
    subtitle = Text("Means over the same draws of what members want", "相同诉求抽样下的均值")
    alt = Text(f"Dumbbells of worth by member. {title.en}", f"各成员所得的哑铃图。{title.of('zh')}")
    return Chart("one_by_one", "one_by_one", title, subtitle, alt, spec)
