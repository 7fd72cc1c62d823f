"""Tables of what payments change: games with and without, and the prices and patience of each clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Column, Table, Text
from comity.rehearsal.parts.campaign.tables import HIGH, LOW, number, share
from comity.rehearsal.parts.holding.tables import patience_table
from comity.rehearsal.parts.payment.measuring import Paid
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Prices
from comity.rehearsal.parts.self_enforcement.tables import LOWER, UPPER
from comity.rehearsal.parts.spreads import Spread

MONEY = "million USD"


def tables(
    found: Sequence[Paid], titles: Mapping[str, Text], patience: Sequence[Kept], costs: Sequence[Prices]
) -> tuple[Table, ...]:
    """All tables.

    Args:
        found: ways of playing under each payment.
        titles: what a reader calls clauses.
        patience: what the game of each clause asks for, with its payment and without.
        costs: what a reward must come to.
    """
    made = (_games(found),)
    return (*made, patience_table(patience, titles), _prices(costs, titles)) if patience else made


def _between(of: str, *, percent: bool = False) -> tuple[Column, Column]:
    unit, digits = ("", 1) if percent else (MONEY, 0)
    return (
        Column(f"{of}_low", LOW, unit=unit, digits=digits, percent=percent),
        Column(f"{of}_high", HIGH, unit=unit, digits=digits, percent=percent),
    )


def _games(found: Sequence[Paid]) -> Table:
    import polars as pl

    rows: list[dict[str, Any]] = []
    for each in found:
        kept, more, worth, spent = each.held.kept(), each.kept(), each.worth(), each.spent()
        rows.append(
            {
                "way": each.held.way,
                "setting": each.setting,
                "kept": kept and kept.value, "kept_low": kept and kept.low, "kept_high": kept and kept.high,
                "more": more and more.mean, "more_low": more and more.low, "more_high": more and more.high,
                "worth": worth.mean, "worth_low": worth.low, "worth_high": worth.high,
                "spent": spent.mean, "spent_low": spent.low, "spent_high": spent.high,
            }
        )  # fmt: skip
    columns = (
        Column("way", Text("Way of playing", "行事方式"), labels={each.held.way: each.held.title for each in found}),
        Column("setting", Text("Payment on results", "成果付款"), labels={each.setting: each.title for each in found}),
        share("kept", "Promises kept, of those due", "到期承诺履行率"),
        *_between("kept", percent=True),
        share("more", "More than without payment, a run", "较无付款时每次推演的增加"),
        *_between("more", percent=True),
        number("worth", "Worth more to all", "对全体价值的增加", unit=MONEY, digits=0),
        *_between("worth"),
        number("spent", "Paid more on results", "成果付款的增加", unit=MONEY, digits=0),
        *_between("spent"),
    )
    frame = pl.DataFrame(rows, infer_schema_length=None)
    note = Text(
        "Differences are taken run by run from the same games without any payment, which meet the same chances.",
        "差额逐次与面对相同偶然性、无任何付款的推演相比。",
    )
    title = Text("With payments on results and without", "有无成果付款的比较")
    return Table("games", title, columns, frame.select([column.name for column in columns]), note)


def _prices(costs: Sequence[Prices], titles: Mapping[str, Text]) -> Table:
    import polars as pl

    unit = "million USD a look"
    none = Spread(None, None, None, 0)
    parts = {
        "written": Text("Enough under the written threat", "按条文中止即足够"),
        "once": Text("Enough without any threat", "无任何中止亦足够"),
        "most": Text("Most its payers gain from it", "付款方所得上限"),
    }
    rows = [
        {"promise": each.promise.name, "price": word, "value": spread.median, "low": spread.low, "high": spread.high}
        for each in costs
        for word, spread in (("written", each.written), ("once", each.once), ("most", each.most or none))
    ]
    columns = (
        Column("promise", Text("Clause", "条款"), labels=titles),
        Column("price", Text("Payment to each party", "对每一承担方的付款"), labels=parts),
        Column("value", Text("Median", "中位数"), unit=unit, digits=0),
        Column("low", LOWER, unit=unit, digits=0),
        Column("high", UPPER, unit=unit, digits=0),
    )
    frame = pl.DataFrame(rows, infer_schema_length=None)
    title = Text("The price of keeping a clause", "维系条款的价格")
    note = Text(
        "The closed form of the game of a clause; empty where no payment is enough or nobody else pays.",
        "条款博弈的解析解；空白表示任何付款均不足够或无他方付款。",
    )
    return Table("prices", title, columns, frame, note)
