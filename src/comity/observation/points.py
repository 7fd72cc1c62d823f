"""Ideal points as figures: exported, described and listed beside the indicators."""

from __future__ import annotations

from collections.abc import Sequence

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text
from comity.library.positions import digests, ideal_points
from comity.model.votes import GROUP_TITLES

NAME = "ideal_points"
FOUNDED = 1945
"""A session opens in this year plus its number."""
SOURCE = "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data (CC0); computed by comity"


def names() -> list[str]:
    """The names by which positions are asked for.

    Example:
        >>> names()[:2]
        ['ideal_points', 'ideal_points_middle_east']
    """
    return [NAME if group == "overall" else f"{NAME}_{group}" for group in GROUP_TITLES]


def asked_for(named: Sequence[str]) -> str | None:
    """The group that a name of positions means; None where figures are asked for.

    Raises:
        UnknownName: for a group that does not exist.
        InputError: where positions are asked for together with other things.

    Example:
        >>> asked_for(["ideal_points_nuclear"]), asked_for(["gdp_usd"])
        ('nuclear', None)
    """
    if not any(name.startswith(NAME) for name in named):
        return None
    if len(named) > 1:
        raise InputError("Positions are a table of their own.", mend=f"Ask for one of them alone: {named[0]}.")
    if named[0] not in names():
        raise UnknownName("indicator", named[0], names())
    return "overall" if named[0] == NAME else named[0].removeprefix(f"{NAME}_")


def points(group: str, *, states: Sequence[str] | None = None, years: tuple[int, int] | None = None) -> Result:
    """The ideal points of a group: those of each state's latest session, or of the sessions opened in some years.

    Args:
        group: the group of roll calls.
        states: codes of states; all where absent.
        years: the first and the last year in which a session opened.

    Raises:
        InputError: where the years make no span, or a state has no points.
    """
    import polars as pl

    frame = ideal_points(group)
    if states is not None:
        known = set(frame["iso3"].to_list())
        if strange := [state for state in states if state not in known]:
            raise InputError(f"No votes of {', '.join(strange)}.", mend="`comity data states` shows the codes.")
        frame = frame.filter(pl.col("iso3").is_in(list(states)))
    if years is None:
        frame = frame.sort("iso3", "session").group_by("iso3", maintain_order=True).last()
    else:
        if years[0] > years[1]:
            raise InputError(f"{years[0]} is after {years[1]}.", mend="Write the earlier year first.")
        frame = frame.filter((pl.col("session") + FOUNDED).is_between(*years))
    title = Text(f"Ideal points: {GROUP_TITLES[group].en}", f"理想点：{GROUP_TITLES[group].zh}")
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("session", Text("Session", "届会")),
        Column("value", Text("Ideal point", "理想点"), "standard deviations", SOURCE),
        Column("low", Text("Low (90 %)", "下限（90%）"), "standard deviations"),
        Column("high", Text("High (90 %)", "上限（90%）"), "standard deviations"),
    )
    return Result(
        kind="observation.points",
        title=title,
        values={"group": group, "rows": frame.height},
        tables=(Table("figures", title, columns, frame.select([column.name for column in columns])),),
        provenance=Provenance(figures=digests(), options={"group": group}, sources=(SOURCE,)),
    )


def about(group: str) -> Result:
    """What the ideal points of a group measure and what they do not, and how many states each session has."""
    import polars as pl

    frame = ideal_points(group)
    by_session = frame.group_by("session").agg(pl.len().cast(pl.Int64).alias("states")).sort("session")
    columns = (Column("session", Text("Session", "届会")), Column("states", Text("States", "国家数")))
    first, last = by_session["session"][0], by_session["session"][-1]
    what = Text(
        f"Position of a state in one dimension of {GROUP_TITLES[group].en} in the General Assembly, sessions {first} "
        f"to {last}: ordered logit of yes, abstain and no over a random walk; mean 0 and standard deviation 1 over all "
        "states and sessions, the United States at the high end; 90 % intervals",
        f"国家在联大“{GROUP_TITLES[group].zh}”上的一维立场，第{first}至{last}届：赞成、弃权、反对的有序logit模型加随机游走；"
        "全部国家与届会的均值为0、标准差为1，美国位于高端；90%区间",
    )
    limits = Text(
        "Movement mixes a change of mind with a change of the agenda; absence is missing, not abstention.",
        "立场变动混合了态度变化与议程变化；缺席按缺失处理，不视为弃权。",
    )
    return Result(
        kind="observation.points",
        title=Text(f"Ideal points: {GROUP_TITLES[group].en}", f"理想点：{GROUP_TITLES[group].zh}"),
        values={"group": group, "sessions": [first, last], "states": frame["iso3"].n_unique()},
        tables=(Table("sessions", Text("States by session", "各届国家数"), columns, by_session),),
        findings=(Finding(what),),
        caveats=(limits,),
        provenance=Provenance(figures=digests(), sources=(SOURCE,)),
    )


def listed() -> Text:
    """The names of the positions in a sentence."""
    told = ", ".join(names())
    return Text(
        f"Positions from votes of the General Assembly, by session: {told}.",
        f"据联大投票推得的立场（按届会）：{told}。",
    )
