"""What an empty chair does to the substance: zone, text and winners when a member is away, abstains or dissociates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.analysis.parts.chairs import opening
from comity.analysis.parts.landing import NOTHING, Measured, compromise, counted, landed, middle
from comity.analysis.parts.matters import LEAST, Matter, docket, issue_column, silent_caveats
from comity.analysis.parts.tabled import POINTS, chance, spread, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.model.analysis import Inputs
from comity.model.grounds import Draws
from comity.model.naming import label_of, name_of, short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLIGHT = 0.05
"""Fewer points than this are no gain and no loss."""
MANY = 30
"""In larger bodies only the chair of a member that is named is emptied."""
FELT = "points of the scale, times salience"
WAYS: dict[str, Text] = {
    "absent": Text("stays away", "缺席"),
    "walked_out": Text("walks out", "退场"),
    "abstain": Text("abstains", "弃权"),
    "dissociates": Text("only dissociates itself", "仅声明不受约束"),
}
"""What a member does, as far as the text is concerned; who dissociates itself is present and takes no part."""
CHOICE = {"absent": "absent", "walked_out": "absent", "abstain": "abstain", "dissociates": "not_participating"}
Cell = dict[str, Any]


@dataclass(frozen=True)
class _Base:
    """The issue with everyone present: draws, zones and texts."""

    matter: Matter
    drawn: Draws
    then: _Agreed


class _Agreed(NamedTuple):
    """What is agreed, draw by draw: whether there is a zone, its width (nought where shut), its ends, the text."""

    open: NDArray[np.bool_]
    width: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    text: NDArray[np.float64]


@dataclass(frozen=True)
class Substance:
    """What was found, as the analysis shows it."""

    values: dict[str, Any]
    table: Table
    chart: Chart | None
    findings: tuple[Finding, ...]
    caveats: tuple[Text, ...]


def substance(inputs: Inputs, member: str | None, mode: str | None, draws: int) -> Substance | None:
    """What each empty chair does to what is agreed; None where nobody says what members want, or too few members.

    Args:
        inputs: what the analysis may read.
        member: the only member whose chair is empty.
        mode: the only way in which it is.
        draws: how many draws of what members want.
    """
    if inputs.stakes is None or mode in {"objects", "no"}:
        return None
    asked = docket(inputs)
    ways = [way for way in WAYS if mode in {None, way}]
    cells: list[Cell] = []
    for matter in asked.matters:
        chairs = [each for each in matter.judged if member in {None, each}]
        if member is None and len(matter.decision.members) > MANY:
            continue
        if chairs:
            drawn = matter.draws(draws, inputs.seed)
            base = _Base(matter, drawn, _agreed(matter, drawn, matter.fixed(), None))
            cells += [_without(base, chair, way) for chair in chairs for way in ways]
    if not cells:
        return None
    table = _table(inputs, cells)
    told = _findings(inputs, cells, draws)
    shifts: dict[str, Any] = {}
    for cell in cells:
        body = shifts.setdefault(cell["institution"], {}).setdefault(cell["issue"], {})
        body.setdefault(cell["member"], {})[cell["mode"]] = {
            "probability": cell["probability"],
            "shift": cell["shift"],
        }
    chart = _chart(inputs, cells, told[0].text) if told and mode in {None, "absent"} else None
    return Substance(shifts, table, chart, tuple(told), tuple(_caveats(inputs, silent_caveats(inputs, asked))))


def _agreed(matter: Matter, drawn: Draws, fixed: NDArray[np.int64], shaping: NDArray[np.bool_] | None) -> _Agreed:
    """The zone when some choices are fixed, and the text that those who shape it land in it."""
    import numpy as np

    from comity.solvers.spatial.line import zones

    game, quo = matter.decision.game, matter.status_quo
    zone = zones(game, drawn.low, drawn.high, status_quo=quo, least=LEAST, fixed=fixed)
    aim = compromise(drawn, shaping)
    text = landed(game, (drawn.low, drawn.high), zone, aim, quo=quo, least=LEAST, fixed=fixed)
    return _Agreed(zone.open, np.where(zone.open, zone.width, 0.0), zone.low, zone.high, text)


def _without(base: _Base, member: str, mode: str) -> Cell:
    """One empty chair on one issue, against everyone present."""
    import numpy as np

    matter = base.matter
    members = matter.decision.members
    shaping = np.array([each != member for each in members])
    fixed = matter.fixed(**{member: CHOICE[mode]})
    was = base.then
    if mode == "absent" and opening(matter.decision)[member] == "no":
        nothing = np.full_like(was.text, np.nan)
        now = _Agreed(np.zeros_like(was.open), np.zeros_like(was.width), nothing, nothing, nothing)
    else:
        now = _agreed(matter, base.drawn, fixed, None if mode == "abstain" else shaping)
    nearer = np.abs(was.text[:, None] - base.drawn.position) - np.abs(now.text[:, None] - base.drawn.position)
    gains = [middle(column) for column in (nearer * base.drawn.salience / 100).T]
    winner, gain = _most(members, gains, 1)
    loser, loss = _most(members, gains, -1)
    return {
        "institution": matter.institution.name, "issue": matter.issue, "member": member, "mode": mode,
        **counted(was.open).columns("before"), **counted(now.open).columns("probability"),
        **middle(now.width - was.width).columns("width"),
        **{f"{name}_{end}": middle(values).value for name, each in (("zone_before", was), ("zone", now))
           for end, values in (("low", each.low), ("high", each.high))},
        **middle(now.text).columns("text"), **middle(now.text - was.text).columns("shift"),
        "both": int((was.open & now.open).sum()),
        "winner": winner, **gain.columns("gain"), "loser": loser, **loss.columns("loss"),
    }  # fmt: skip


def _most(members: Sequence[str], gains: Sequence[Measured], sign: int) -> tuple[str, Measured]:
    """Who gains (or, with the sign turned, loses) most, where that is worth a word."""
    place = max(range(len(members)), key=lambda each: sign * (gains[each].value or 0.0))
    worth = sign * (gains[place].value or 0.0) > SLIGHT
    return (members[place], gains[place]) if worth else ("", NOTHING)


def _findings(inputs: Inputs, cells: Sequence[Cell], draws: int) -> list[Finding]:
    """Whose absence opens most, whose absence moves the text most, and to whose advantage."""
    own = [cell for cell in cells if cell["institution"] == inputs.institution.name and cell["mode"] == "absent"]
    if not own:
        return []
    titles = {name: issue.title for name, issue in inputs.wanted().stakes.issues.items()}
    body = short(inputs.institution)
    most = max(own, key=lambda cell: cell["probability"] - cell["before"])
    least = min(own, key=lambda cell: cell["probability"] - cell["before"])
    told: list[Finding] = []
    for cell, english, chinese in ((most, "likelier", "更可能"), (least, "less likely", "更难")):
        change = cell["probability"] - cell["before"]
        if abs(change) < 0.01:
            continue
        who, title = name_of(inputs, cell["member"]), titles[cell["issue"]]
        before, after = per_cent(cell["before"], 0), per_cent(cell["probability"], 0)
        text = said(
            f"{body.en} without {who.en}: agreement on “{title.en}” becomes {english}, {after} instead of {before}",
            f"{body.of('zh')}在{who.of('zh')}缺席时：就“{title.of('zh')}”达成一致{chinese}，由{before}变为{after}",
        )
        figures = {
            name: Figure(cell[key], "share", cell[f"{key}_low"], cell[f"{key}_high"], draws, inputs.seed)
            for name, key in ((f"without_{cell['member']}_{cell['issue']}", "probability"), ("all_present", "before"))
        }
        told.append(Finding(text, figures))
    return [*told, *_moved(inputs, own, titles)]


def _moved(inputs: Inputs, own: Sequence[Cell], titles: dict[str, Text]) -> list[Finding]:
    moved = [cell for cell in own if cell["shift"] is not None and cell["winner"] and cell["winner"] != cell["member"]]
    if not moved:
        return []
    cell = max(moved, key=lambda each: abs(each["shift"]))
    who, won, title = (name_of(inputs, cell["member"]), name_of(inputs, cell["winner"]), titles[cell["issue"]])
    points = f"{abs(cell['shift']):.0f}"
    text = said(
        f"The text moves most when {who.en} stays away on “{title.en}”: by {points} points, nearest to the wishes of "
        f"{won.en}",
        f"{who.of('zh')}缺席对“{title.of('zh')}”的文本影响最大：移动{points}点，最合{won.of('zh')}之意",
    )
    figure = Figure(cell["shift"], "points", cell["shift_low"], cell["shift_high"], cell["both"], inputs.seed)
    gain = Figure(cell["gain"], "points", cell["gain_low"], cell["gain_high"], cell["both"], inputs.seed)
    return [Finding(text, {f"shift_{cell['member']}_{cell['issue']}": figure, f"gain_{cell['winner']}": gain})]


def _table(inputs: Inputs, cells: Sequence[Cell]) -> Table:
    bodies = {body.name: body.title for body in (inputs.institution, *inputs.against)}
    people = {
        each: label_of(inputs, each)
        for cell in cells
        for each in (cell["member"], cell["winner"], cell["loser"])
        if each
    }
    nobody = {"": Text("–", "–"), **people}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        issue_column(inputs.wanted()),
        Column("member", Text("Empty chair", "缺席者"), labels=people),
        Column("mode", Text("What it does", "成员的做法"), labels=WAYS),
        *chance("before", Text("Agreement, all present", "全员在场时的概率")),
        *chance("probability", Text("Agreement then", "此时的概率")),
        *spread("width", Text("Change of the zone's width", "协议区宽度变化")),
        Column(
            "zone_before_low", Text("Zone with all present, from (mean)", "全员在场时协议区起点均值"), POINTS, digits=0
        ),
        Column("zone_before_high", Text("To", "终点"), POINTS, digits=0),
        Column("zone_low", Text("Zone then, from (mean)", "此时协议区起点均值"), POINTS, digits=0),
        Column("zone_high", Text("To", "终点"), POINTS, digits=0),
        *spread("text", Text("Text then", "此时的文本")),
        *spread("shift", Text("Text moves by", "文本移动")),
        Column("both", Text("Draws with a text in both cases", "两种情形下均有文本的抽样数")),
        Column("winner", Text("Comes nearest to its wish", "最得益者"), labels=nobody),
        *spread("gain", Text("By", "幅度"), FELT),
        Column("loser", Text("Moves farthest from its wish", "最受损者"), labels=nobody),
        *spread("loss", Text("By", "幅度"), FELT),
    )
    words = ("institution", "issue", "member", "mode", "winner", "loser")
    note = Text(
        "The text is the mean of positions weighted by salience of those who take part, moved to the nearest that the "
        "rule adopts; who abstains helps to shape it, who is away or dissociates itself does not. Gains and losses are "
        "how much nearer or farther it lies, times salience, where there is a text in both cases.",
        "文本为参与者按重要程度加权的立场均值，移至规则所能通过的最近处；弃权者参与起草，缺席或声明不受约束者不参与。"
        "得失为文本与其立场距离的变化乘以重要程度，仅计两种情形下均有文本的抽样。",
    )
    title = Text("What an empty chair does to the text", "空椅子对文本的影响")
    return tabled("substance", title, columns, cells, words=words, note=note)


def _chart(inputs: Inputs, cells: Sequence[Cell], title: Text) -> Chart:
    body = inputs.institution
    order = list(dict.fromkeys(cell["issue"] for cell in cells if cell["institution"] == body.name))
    titles = [inputs.wanted().stakes.issues[issue].title for issue in order]
    place = {
        "x": {"field": "member_label", "type": "nominal", "sort": None,
              "axis": {"title": None, "orient": "top", "labelAngle": -35, "labelOverlap": False}},
        "y": {"field": "issue_label", "type": "nominal", "sort": titles, "axis": {"title": None, "labelLimit": 280}},
    }  # fmt: skip
    colour = {
        "field": "change",
        "type": "quantitative",
        "scale": {"scheme": "blueorange", "domain": [-1, 1], "reverse": True},
        "legend": {"title": Text("Change", "变化"), "format": "+.0%"},
    }
    spec: dict[str, Any] = {
        "transform": [
            {"filter": f"datum.institution === '{body.name}' && datum.mode === 'absent'"},
            {"calculate": "datum.probability - datum.before", "as": "change"},
            {"calculate": "abs(datum.change) > 0.7 ? '#FFFFFF' : '#222222'", "as": "ink"},
        ],
        "width": {"step": 70},
        "height": {"step": 26},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {"mark": {"type": "rect", "stroke": "white"}, "encoding": {**place, "color": colour}},
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    **place,
                    "text": {"field": "change", "type": "quantitative", "format": "+.0%"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }
    subtitle = Text(
        "Change of the probability that a text is adopted when the member stays away, against all present",
        "与全员在场相比，该成员缺席时文本获得通过的概率变化",
    )
    alt = Text(f"Grid of issues and empty chairs. {title.en}.", f"议题与空椅子矩阵。{title.of('zh')}。")
    return Chart("substance", "substance", title, subtitle, alt, spec)


def _caveats(inputs: Inputs, said_already: Sequence[Text]) -> list[Text]:
    large = [body for body in (inputs.institution, *inputs.against) if len(body.ever_members()) > MANY]
    found = [*said_already]
    if large:
        names = ", ".join(short(body).en for body in large)
        found.append(
            Text(
                f"In bodies of more than {MANY} members the substance is told only of a member that is named: {names}.",
                f"成员超过{MANY}个的机构仅就指名的成员说明对内容的影响：{names}。",
            )
        )
    return found
