"""Who belongs to which institution, and who to several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from comity.analysis.parts.decisions import day
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.kernel.saying import BLUE, ORANGE, SKY, opening
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.model.naming import name_of, named, short

INK = "#222222"


class Membership(Analysis):
    """Who is in which institution: the overlap, a table of states, and the world in tiles.

    The world is drawn as one square a state, all of one size and without borders; actors outside the United Nations
    are in the table only.

    Example:
        >>> import comity as co
        >>> co.analyse(co.load("g5"), "membership", against=[co.load("g7")]).values["both"]
        ['JPN', 'USA']
    """

    kind: Literal["analysis.membership"] = "analysis.membership"
    """The kind of analysis."""

    def run(self, inputs: Inputs) -> Result:
        """Compare the lists of members on the day asked for."""
        bodies = (inputs.institution, *inputs.against)
        lists = {body.name: body.members_on(day(inputs, body)) for body in bodies}
        world, standings = _world(inputs, lists)
        mine = set(lists[inputs.institution.name])
        theirs = set(lists[inputs.against[0].name]) if inputs.against else set[str]()
        values: dict[str, Any] = {"members": {name: list(members) for name, members in lists.items()}}
        if inputs.against:
            values |= {"both": sorted(mine & theirs), "only_first": sorted(mine - theirs)}
            values["only_second"] = sorted(theirs - mine)
        finding = _finding(inputs, mine, theirs)
        return Result(
            kind=self.kind,
            title=Text("Who is in", "谁是成员"),
            values=values,
            tables=(world, _members(inputs, bodies, lists)),
            charts=(_tiles(inputs, finding, standings),),
            findings=(Finding(finding, {"members": Figure(len(mine), "members")}),),
            caveats=tuple(_caveats(inputs, lists)),
            provenance=inputs.provenance(self),
        )


def _finding(inputs: Inputs, mine: set[str], theirs: set[str]) -> Text:
    own = short(inputs.institution)
    if not inputs.against:
        return Text(f"{own.en} has {len(mine)} members", f"{own.of('zh')}有{len(mine)}个成员")
    other = short(inputs.against[0])
    both = sorted(mine & theirs)
    rest = (len(mine - theirs), len(theirs - mine))
    if not both:
        return Text(
            f"{own.en} and {other.en} have no member in common", f"{own.of('zh')}与{other.of('zh')}没有共同成员"
        )
    who = named(inputs, both)
    verb = "belongs" if len(both) == 1 else "belong"
    return Text(
        f"{opening(who.en)} {verb} to both; {rest[0]} only to {own.en}, {rest[1]} only to {other.en}",
        f"{who.of('zh')}同属两者；{rest[0]}个只属{own.of('zh')}，{rest[1]}个只属{other.of('zh')}",
    )


def _standings(inputs: Inputs) -> dict[str, Text]:
    own = short(inputs.institution)
    if not inputs.against:
        return {
            "only_first": Text(f"{own.en} member", f"{own.of('zh')}成员"),
            "neither": Text("not a member", "非成员"),
        }
    other = short(inputs.against[0])
    return {
        "both": Text("both", "同属两者"),
        "only_first": Text(f"{own.en} only", f"仅{own.of('zh')}"),
        "only_second": Text(f"{other.en} only", f"仅{other.of('zh')}"),
        "neither": Text("neither", "均非成员"),
    }


def _world(inputs: Inputs, lists: dict[str, list[str]]) -> tuple[Table, dict[str, Text]]:
    import polars as pl

    from comity.library.tiles import tiles

    standings = _standings(inputs)
    mine = lists[inputs.institution.name]
    theirs = lists[inputs.against[0].name] if inputs.against else []
    names = {(True, True): "both", (True, False): "only_first", (False, True): "only_second", (False, False): "neither"}
    rows = [
        {"state": state, "column": column, "row": row, "standing": names[state in mine, state in theirs]}
        for state, (column, row) in tiles().items()
    ]
    columns = (
        Column("state", Text("State", "国家"), actor=True),
        Column("column", Text("Column of the tile", "方格列")),
        Column("row", Text("Row of the tile", "方格行")),
        Column("standing", Text("Membership", "成员身份"), labels=standings),
    )
    return Table("world", Text("The world in tiles", "方格世界"), columns, pl.DataFrame(rows)), standings


def _members(inputs: Inputs, bodies: Sequence[Institution], lists: dict[str, list[str]]) -> Table:
    import polars as pl

    everyone = dict.fromkeys(member for members in lists.values() for member in members)
    rows = [
        {"member": member, **{name: "in" if member in members else "out" for name, members in lists.items()}}
        for member in sorted(everyone, key=lambda member: name_of(inputs, member).en)
    ]
    said = {"in": Text("member", "成员"), "out": Text("–", "–")}
    columns = [Column("member", Text("State", "国家"), actor=True)]
    columns += [Column(body.name, short(body), labels=said) for body in bodies]
    frame = pl.DataFrame(rows, schema=[column.name for column in columns])
    return Table("members", Text("States and institutions", "国家与机构"), tuple(columns), frame)


def _tiles(inputs: Inputs, finding: Text, standings: dict[str, Text]) -> Chart:
    colours = {"both": BLUE, "only_first": SKY, "only_second": ORANGE, "neither": "#E8E8E8"}
    shown = {name: colours[name] for name in standings}
    place = {
        "x": {"field": "column", "type": "ordinal", "axis": None},
        "y": {"field": "row", "type": "ordinal", "axis": None},
    }
    colour = {
        "field": "standing_label",
        "type": "nominal",
        "scale": {"domain": list(standings.values()), "range": list(shown.values())},
        "legend": {"title": None, "orient": "bottom"},
    }
    ink = {"condition": {"test": "datum.standing === 'both'", "value": "white"}, "value": INK}
    letters = {"field": "state", "type": "nominal"}
    spec = {
        "width": {"step": 26},
        "height": {"step": 22},
        "layer": [
            {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 1.5}, "encoding": {**place, "color": colour}},
            {"mark": {"type": "text", "fontSize": 9}, "encoding": {**place, "text": letters, "color": ink}},
        ],
    }
    said = _alternative(inputs)
    subtitle = Text(
        "One square a state, 193 members of the United Nations, no borders", "每国一个方格，193个联合国会员国，不绘边界"
    )
    return Chart("tiles", "world", finding, subtitle, said, spec)


def _alternative(inputs: Inputs) -> Text:
    parts = [
        (short(body), named(inputs, body.members_on(day(inputs, body)), 25))
        for body in (inputs.institution, *inputs.against)
    ]
    english = "; ".join(f"{body.en}: {members.en}" for body, members in parts)
    chinese = "；".join(f"{body.of('zh')}：{members.of('zh')}" for body, members in parts)
    return Text(f"World map of squares. Members of {english}.", f"方格世界地图。成员：{chinese}。")


def _caveats(inputs: Inputs, lists: dict[str, list[str]]) -> list[Text]:
    from comity.library.tiles import tiles

    off = sorted({member for members in lists.values() for member in members} - set(tiles()))
    found: list[Text] = []
    if off:
        who = named(inputs, off, 12)
        found.append(
            Text(f"Not on the tiles, in the table only: {who.en}.", f"不在方格图上、仅列于表中：{who.of('zh')}。")
        )
    if len(inputs.against) > 1:
        shown, more = short(inputs.against[0]), named_bodies(inputs.against[1:])
        found.append(
            Text(
                f"The tiles compare with {shown.en} only; {more.en} is in the table.",
                f"方格图仅与{shown.of('zh')}比较；{more.of('zh')}见表。",
            )
        )
    return found


def named_bodies(bodies: Sequence[Institution]) -> Text:
    """The institutions in a row, in a word each."""
    return Text(", ".join(short(body).en for body in bodies), "、".join(short(body).of("zh") for body in bodies))
