"""Tables of whether an institution holds: ways of playing, promises under each, survival, patience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Column, Table, Text
from comity.rehearsal.parts.campaign.tables import HIGH, LOW, ROUND, number, share
from comity.rehearsal.parts.holding.measuring import Held
from comity.rehearsal.parts.self_enforcement.keeping import Kept
from comity.rehearsal.parts.self_enforcement.tables import PAYMENT

PARTS = {
    "members": Text("no member has left", "无成员退出"),
    "promises": Text("no promise has been broken", "无承诺被违背"),
}
"""What may last from round to round."""


def tables(found: Sequence[Held], titles: Mapping[str, Text], patience: Sequence[Kept]) -> tuple[Table, ...]:
    """All tables.

    Args:
        found: the ways of playing.
        titles: what a reader calls issues and clauses.
        patience: what the game of each clause asks for, with its payment and without.
    """
    way = Column("way", Text("Way of playing", "行事方式"), labels={each.way: each.title for each in found})
    promise = Column("promise", Text("Promise under", "承诺依据"), labels=titles)
    made = [_ways(found, way), _promises(found, way, promise), _survival(found, way), _lives(found, way, promise)]
    return (*made, patience_table(patience, titles)) if patience else tuple(made)


def _bounds(of: str = "") -> tuple[Column, Column]:
    prefix = f"{of}_" if of else ""
    return (
        Column(f"{prefix}low", LOW, digits=1, percent=True),
        Column(f"{prefix}high", HIGH, digits=1, percent=True),
    )


def _table(  # noqa: PLR0917 - the parts of a table in their order
    name: str, title: Text, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], note: Text
) -> Table:
    import polars as pl

    names = [column.name for column in columns]
    frame = pl.DataFrame([{key: row[key] for key in names} for row in rows], infer_schema_length=None)
    return Table(name, title, tuple(columns), frame if rows else pl.DataFrame({key: [] for key in names}), note)


def _ways(found: Sequence[Held], way: Column) -> Table:
    rows: list[dict[str, Any]] = []
    for each in found:
        kept, unbroken, whole, worth = each.kept(), each.unbroken(), each.whole(), each.worth()
        rows.append(
            {
                "way": each.way,
                "kept": None if kept is None else kept.value,
                "kept_low": None if kept is None else kept.low,
                "kept_high": None if kept is None else kept.high,
                "unbroken": unbroken.value, "unbroken_low": unbroken.low, "unbroken_high": unbroken.high,
                "half": each.half(),
                "whole": whole.value, "whole_low": whole.low, "whole_high": whole.high,
                "worth": worth.value, "worth_low": worth.low, "worth_high": worth.high,
            }
        )  # fmt: skip
    unit = "million USD"
    columns = (
        way,
        share("kept", "Promises kept, of those due", "到期承诺履行率"),
        *_bounds("kept"),
        share("unbroken", "Runs in which none is broken", "无一违背的推演比例"),
        *_bounds("unbroken"),
        number("half", "Half have seen a breach by round", "半数出现违背的轮次", digits=0),
        share("whole", "Runs in which nobody leaves", "无人退出的推演比例"),
        *_bounds("whole"),
        number("worth", "Present value to all", "对全体的现值", unit=unit, digits=0),
        Column("worth_low", LOW, unit=unit, digits=0),
        Column("worth_high", HIGH, unit=unit, digits=0),
    )
    note = Text(
        "All ways meet the same chances: the same run has the same errors of the verifier and the same shocks.",
        "各种方式面对相同的偶然性：同一次推演中的核查误差与冲击相同。",
    )
    return _table("ways", Text("How it holds, by way of playing", "按行事方式的维系情况"), columns, rows, note)


def _promises(found: Sequence[Held], way: Column, promise: Column) -> Table:
    rows: list[dict[str, Any]] = []
    for each in found:
        for name in each.due:
            kept, unbroken = each.kept(name), each.unbroken(name)
            if kept is not None:
                rows.append(
                    {
                        "way": each.way, "promise": name, "value": kept.value, "low": kept.low, "high": kept.high,
                        "unbroken": unbroken.value, "unbroken_low": unbroken.low, "unbroken_high": unbroken.high,
                        "half": each.half(name),
                    }
                )  # fmt: skip
    columns = (
        way,
        promise,
        share("value", "Kept, of those due", "到期承诺履行率"),
        *_bounds(),
        share("unbroken", "Runs in which it is never broken", "从未违背的推演比例"),
        *_bounds("unbroken"),
        number("half", "Half have seen a breach by round", "半数出现违背的轮次", digits=0),
    )
    note = Text(
        "A promise that never falls due in a way of playing is left out there.", "某方式下从未到期的承诺不列入。"
    )
    return _table("promises", Text("Which promises hold", "哪些承诺能维系"), columns, rows, note)


def _survival(found: Sequence[Held], way: Column) -> Table:
    rows = [
        {"way": each.way, "part": part, "round": round_, **alive.told()}
        for each in found
        for part, event in (("members", each.runs.left), ("promises", each.breach))
        for round_, alive in each.lives(event)
    ]
    columns = (
        way,
        Column("part", Text("What lasts", "延续的内容"), labels=PARTS),
        ROUND,
        share("value", "Runs in which it still does", "仍延续的推演比例"),
        *_bounds(),
    )
    note = Text(
        "Shares of runs at the end of each round. Every run is seen to its end, so that none is censored.",
        "各轮结束时的推演比例。每次推演均观察至结束，无删失。",
    )
    return _table("survival", Text("How long it holds", "能维系多久"), columns, rows, note)


def _lives(found: Sequence[Held], way: Column, promise: Column) -> Table:
    rows = [
        {"way": each.way, "promise": name, "round": round_, **alive.told()}
        for each in found
        for name in each.due
        for round_, alive in each.lives(each.first(name))
    ]
    columns = (way, promise, ROUND, share("value", "Runs in which it is unbroken", "未被违背的推演比例"), *_bounds())
    note = Text(
        "Time to the first breach by choice; what the verifier overlooks counts, a false alarm does not.",
        "至首次主动违背的时间；漏报计入，误报不计。",
    )
    return _table("lives", Text("How long each promise lasts", "各项承诺能延续多久"), columns, rows, note)


def patience_table(patience: Sequence[Kept], titles: Mapping[str, Text]) -> Table:
    """What patience each clause takes, without its payment and with it, as a table."""
    rows = [
        {
            "promise": each.promise.name,
            "payment": "with" if each.paid else "without",
            "critical": each.critical, "low": each.factors.low, "high": each.factors.high,
            "holds": each.holds,
            "chance": each.chance.share, "chance_low": each.chance.low, "chance_high": each.chance.high,
        }
        for each in patience
    ]  # fmt: skip
    kept = {True: Text("yes", "是"), False: Text("no", "否")}
    columns = (
        Column("promise", Text("Clause", "条款"), labels=titles),
        Column("payment", Text("Payment", "付款"), labels=PAYMENT),
        number("critical", "Least discount factor that keeps it", "维系所需最低贴现因子", digits=3),
        Column("low", Text("Low (90 % of draws)", "下限（90%抽样）"), digits=3),
        Column("high", Text("High (90 % of draws)", "上限（90%抽样）"), digits=3),
        Column(
            "holds", Text("Kept as written", "按条文能否维系"), labels={str(key): text for key, text in kept.items()}
        ),
        share("chance", "Draws in which it is", "能维系的抽样比例"),
        *_bounds("chance"),
    )
    for row in rows:
        row["holds"] = str(row["holds"])
    note = Text(
        "The closed form of the game of a clause (comity analyse self-enforcement); empty where no patience suffices.",
        "条款博弈的解析解（comity analyse self-enforcement）；空白表示任何耐心均不足够。",
    )
    return _table("patience", Text("The patience each clause takes", "各条款所需的耐心"), columns, rows, note)
