"""Where members stand by their votes in the General Assembly: positions, agreement, cohesion, pivots, turnout."""

from __future__ import annotations

from typing import Any, Literal

from comity.kernel.errors import InputError
from comity.kernel.result import Column, Figure, Finding, Result, Table, Text
from comity.library.positions import agreement, digests, ideal_points, turnout
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.model.stakes import Group
from comity.observation.points import FOUNDED, SOURCE
from comity.observation.position_charts import charts


class Positions(Analysis):
    """Positions of the members by their recorded votes in the General Assembly, with how they agree and take part.

    Each member's ideal point by session with its 90 % interval; the agreement of each pair (1 for the same vote, one
    half where one abstains, 0 for yes against no); the cohesion of the club, which is the mean over its pairs; the
    states on which a simple and a two-thirds majority of the Assembly turn; and how often each member was absent.

    Source:
        Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2); Lijphart (1963), "The Analysis of
        Bloc Voting in the General Assembly", American Political Science Review 57(4); Black (1948) on pivots.

    Example:
        >>> import comity as co
        >>> stand = co.analyse(co.load("g7"), "positions", since=70)
        >>> stand.values["latest"]["USA"] > stand.values["latest"]["FRA"]
        True
    """

    kind: Literal["observation.positions"] = "observation.positions"
    """The kind of analysis."""
    group: Group = "overall"
    """The group of roll calls."""
    since: int = 1
    """The first session shown."""
    until: int = 999
    """The last session shown."""

    def run(self, inputs: Inputs) -> Result:
        """Read the tables for the members of the institution and of those it is compared with.

        Raises:
            InputError: where none of the members voted in the sessions asked for.
        """
        bodies = {body.name: body for body in (inputs.institution, *inputs.against)}
        members = {name: body.members_on(inputs.on or body.as_of) for name, body in bodies.items()}
        everyone = list(dict.fromkeys(member for each in members.values() for member in each))
        points = self._span(ideal_points(self.group))
        own = [row for row in points.to_dicts() if row["iso3"] in everyone]
        if not own:
            what = f"No votes of the members of {inputs.institution.title.en} in sessions {self.since} to {self.until}."
            raise InputError(what, mend="Choose other sessions: --since, --until; the votes at hand end in session 74.")
        latest: dict[str, dict[str, Any]] = {row["iso3"]: row for row in own}
        pairs = [row for row in self._span(agreement()).to_dicts() if {row["iso3"], row["other"]} <= set(everyone)]
        tables = [
            _points_table(own),
            _cohesion_table(bodies, members, pairs),
            _pairs_table(pairs),
            _pivots_table(points.to_dicts()),
            _turnout_table([row for row in self._span(turnout()).to_dicts() if row["iso3"] in everyone]),
        ]
        findings = _findings(inputs, members[inputs.institution.name], latest, tables)
        return Result(
            kind=self.kind,
            title=Text("Where members stand by their votes", "成员投票立场"),
            values={
                "group": self.group,
                "latest": {member: row["value"] for member, row in latest.items()},
                "cohesion": {row["institution"]: row["cohesion"] for row in tables[1].frame.to_dicts()},
            },
            tables=tuple(tables),
            charts=charts(inputs, latest, findings, self.group),
            findings=tuple(findings),
            caveats=tuple(_caveats(bodies, members, latest)),
            provenance=_provenance(inputs, self),
        )

    def _span(self, frame: Any) -> Any:
        return frame.filter((frame["session"] >= self.since) & (frame["session"] <= self.until)).sort("iso3", "session")


def _provenance(inputs: Inputs, analysis: Analysis) -> Any:
    from dataclasses import replace

    found = inputs.provenance(analysis)
    return replace(found, figures={**found.figures, **digests()}, sources=(SOURCE,))


def _table(name: str, title: Text, columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> Table:
    import polars as pl

    kinds = {"session": pl.Int64, "votes": pl.Int64, "absent": pl.Int64, "pairs": pl.Int64, "states": pl.Int64}
    numbers = {"value", "low", "high", "agreement", "cohesion", "share"}
    schema = {
        column.name: kinds.get(column.name, pl.Float64 if column.name in numbers else pl.String) for column in columns
    }
    frame = pl.DataFrame([{key: row[key] for key in schema} for row in rows], schema=schema)
    return Table(name, title, columns, frame)


_STATE = Column("iso3", Text("State", "国家"), actor=True)
_SESSION = Column("session", Text("Session", "届会"))
_VOTES = Column("votes", Text("Votes", "投票数"))


def _points_table(rows: list[dict[str, Any]]) -> Table:
    unit = "standard deviations"
    columns = (
        _STATE,
        _SESSION,
        Column("value", Text("Ideal point", "理想点"), unit, SOURCE, digits=2),
        Column("low", Text("Low (90 %)", "下限（90%）"), unit, digits=2),
        Column("high", Text("High (90 %)", "上限（90%）"), unit, digits=2),
    )
    return _table("points", Text("Ideal points by session", "各届理想点"), columns, rows)


def _pairs_table(rows: list[dict[str, Any]]) -> Table:
    columns = (
        _STATE,
        Column("other", Text("With", "对象"), actor=True),
        _SESSION,
        Column("agreement", Text("Agreement", "一致度"), "share", SOURCE, percent=True, digits=0),
        _VOTES,
    )
    return _table("pairs", Text("Agreement of pairs", "两国一致度"), columns, rows)


def _cohesion_table(
    bodies: dict[str, Institution], members: dict[str, list[str]], pairs: list[dict[str, Any]]
) -> Table:
    """The mean agreement over the pairs of a club, session by session."""
    rows: list[dict[str, Any]] = []
    for name, held in members.items():
        by_session: dict[int, list[float]] = {}
        for row in pairs:
            if row["iso3"] in held and row["other"] in held:
                by_session.setdefault(row["session"], []).append(row["agreement"])
        rows += [
            {"institution": name, "session": session, "cohesion": sum(each) / len(each), "pairs": len(each)}
            for session, each in sorted(by_session.items())
        ]
    columns = (
        Column("institution", Text("Institution", "机构"), labels={name: body.title for name, body in bodies.items()}),
        _SESSION,
        Column("cohesion", Text("Cohesion", "凝聚度"), "share", percent=True, digits=0),
        Column("pairs", Text("Pairs of members", "成员对数")),
    )
    return _table("cohesion", Text("Cohesion of the members", "成员凝聚度"), columns, rows)


def _pivots_table(rows: list[dict[str, Any]]) -> Table:
    """The states on which majorities turn, ordered by their points in each session."""
    by_session: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_session.setdefault(row["session"], []).append(row)
    found: list[dict[str, Any]] = []
    for session, each in sorted(by_session.items()):
        order = sorted(each, key=lambda row: (row["value"], row["iso3"]))
        size = len(order)
        third = -(-size // 3)
        turns = {"median": order[size // 2], "two_thirds_low": order[third - 1], "two_thirds_high": order[size - third]}
        found += [
            {"session": session, "majority": name, "iso3": row["iso3"], "value": row["value"], "low": row["low"],
             "high": row["high"], "states": size}
            for name, row in turns.items()
        ]  # fmt: skip
    unit = "standard deviations"
    columns = (
        _SESSION,
        Column("majority", Text("Pivot of", "何种多数的关键国"), labels=MAJORITIES),
        _STATE,
        Column("value", Text("Ideal point", "理想点"), unit, digits=2),
        Column("low", Text("Low (90 %)", "下限（90%）"), unit, digits=2),
        Column("high", Text("High (90 %)", "上限（90%）"), unit, digits=2),
        Column("states", Text("States that voted", "投票国家数")),
    )
    return _table("pivots", Text("On whom majorities turn", "多数取决于谁"), columns, found)


MAJORITIES = {
    "median": Text("a simple majority", "简单多数"),
    "two_thirds_low": Text("two thirds, for a text from the high end", "三分之二多数（高端文本）"),
    "two_thirds_high": Text("two thirds, for a text from the low end", "三分之二多数（低端文本）"),
}


def _turnout_table(rows: list[dict[str, Any]]) -> Table:
    told = [{**row, "share": row["absent"] / (row["absent"] + row["votes"])} for row in rows]
    columns = (
        _STATE,
        _SESSION,
        _VOTES,
        Column("absent", Text("Absent", "缺席")),
        Column("share", Text("Share absent", "缺席比例"), "share", SOURCE, percent=True, digits=1),
    )
    return _table("turnout", Text("Votes cast and missed", "投票与缺席"), columns, told)


def _findings(
    inputs: Inputs, members: list[str], latest: dict[str, dict[str, Any]], tables: list[Table]
) -> list[Finding]:
    body = inputs.institution.aliases[0] if inputs.institution.aliases else inputs.institution.title.en
    held = [latest[member] for member in members if member in latest]
    found: list[Finding] = []
    if len(held) > 1:
        order = sorted(held, key=lambda row: row["value"])
        ends = [inputs.actors[row["iso3"]].name() for row in (order[0], order[-1])]
        width = order[-1]["value"] - order[0]["value"]
        figures = {f"point_{row['iso3']}": Figure(row["value"], "", row["low"], row["high"]) for row in held}
        text = Text(
            f"By their votes up to session {held[0]['session']} the members of {body} span {width:.1f} standard "
            f"deviations of the Assembly ({ends[0].en} to {ends[1].en})",
            f"按截至第{held[0]['session']}届的投票，{body}成员的立场跨度为联大的{width:.1f}个标准差：从{ends[0].zh}到{ends[1].zh}",
        )
        found.append(Finding(text, figures))
    bodies = (inputs.institution, *inputs.against)
    cohesion: dict[str, dict[str, Any]] = {}
    for row in tables[1].frame.to_dicts():
        cohesion[row["institution"]] = row
    if inputs.institution.name in cohesion:
        short = {each.name: each.aliases[0] if each.aliases else each.title.en for each in bodies}
        told = ", ".join(f"{short[name]} {row['cohesion']:.0%}" for name, row in cohesion.items())
        session = cohesion[inputs.institution.name]["session"]
        text = Text(
            f"Mean agreement of the members' votes in session {session}: {told}",
            f"第{session}届成员投票的平均一致度：{told}",
        )
        found.append(
            Finding(text, {f"cohesion_{name}": Figure(row["cohesion"], "share") for name, row in cohesion.items()})
        )
    last = [row for row in tables[3].frame.to_dicts() if row["majority"] == "median"][-1]
    who = inputs.actors[last["iso3"]].name()
    text = Text(
        f"In session {last['session']} a simple majority of the Assembly turned on {who.en}",
        f"第{last['session']}届联大的简单多数取决于{who.zh}",
    )
    found.append(Finding(text, {"pivot": Figure(last["value"], "", last["low"], last["high"])}))
    return found


def _caveats(
    bodies: dict[str, Institution], members: dict[str, list[str]], latest: dict[str, dict[str, Any]]
) -> list[Text]:
    last = max(row["session"] for row in latest.values())
    found = [
        Text(
            f"The votes at hand end with session {last} ({FOUNDED + last}/{(FOUNDED + last + 1) % 100:02}); intervals "
            "are 90 %, the roll calls' own parameters taken as known.",
            f"现有投票截至第{last}届（{FOUNDED + last}/{(FOUNDED + last + 1) % 100:02}年）；"
            "区间为90%，并视各次表决的参数为已知。",
        ),
        Text(
            "Movement mixes a change of mind with a change of the agenda: sessions are bridged only by the assumption "
            "that states move slowly. Absence is missing, not abstention. Consensus texts, the large majority, leave "
            "no vote.",
            "立场变动混合了态度变化与议程变化：各届之间仅以国家立场缓慢变动的假设相连。"
            "缺席按缺失处理，不视为弃权。多数决议协商一致通过，并无投票。",
        ),
    ]
    for name, held in members.items():
        if lacking := [member for member in held if member not in latest]:
            codes = ", ".join(lacking[:12])
            found.append(
                Text(
                    f"{bodies[name].title.en}: no votes of {codes}.",
                    f"{bodies[name].title.of('zh')}：{codes}没有投票。",
                )
            )
    return found
