"""Figures of pairs as a catalogue: who trades with whom, and who is obliged to defend whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text
from comity.library.ties import OBLIGED, SOURCES, alliances, digests, partners

if TYPE_CHECKING:
    import polars as pl

TITLES = {
    "partners": Text("Trade partners", "贸易伙伴"),
    "alliances": Text("Alliance obligations in 2018", "2018年同盟义务"),
}
"""The tables of pairs by name."""
DIRECTIONS = {"export": Text("exports to", "出口至"), "import": Text("imports from", "进口自")}
PACTS = {
    "defence": Text("defence", "共同防御"),
    "neutrality": Text("neutrality", "中立"),
    "consultation": Text("consultation", "磋商"),
}
_MEANT = {
    "partners": Text(
        "The trade partners that the Factbook prints for each state, as a rule the five largest of exports and the "
        "five largest of imports, with their shares in whole per cent",
        "《世界概况》所列各国贸易伙伴，一般为出口与进口各前五位，份额取整百分比",
    ),
    "alliances": Text(
        "The strongest obligation of a state towards each partner under the treaties in force in 2018: to defend it, "
        "to stay neutral, or to consult",
        "2018年有效条约下一国对各伙伴承担的最强义务：共同防御、保持中立或磋商",
    ),
}
_LIMITS = {
    "partners": Text(
        "A partner that is not printed has no row: that is no nought. Trade with Hong Kong stands apart from trade "
        "with China, and no table says which goods. Flows that neither side reports are "
        "missing: Belarus prints no trade with Russia.",
        "未列出的伙伴没有记录，并不等于零。与香港的贸易和与中国内地的贸易分列，且不区分商品。"
        "双方均不公布的贸易缺失：白俄罗斯未列出与俄罗斯的贸易。",
    ),
    "alliances": Text(
        "Treaties only: no bases, no arms supplies, no promises outside a treaty, and nothing after 2018, such as the "
        "accession of Finland and Sweden to the North Atlantic Treaty. Non-aggression alone is left out.",
        "仅含条约义务：不含基地、军售和条约之外的承诺，也不含2018年之后的变化（如芬兰、瑞典加入《北大西洋公约》）。仅有互不侵犯条款者未列入。",
    ),
}


def asked_for(named: Sequence[str]) -> str | None:
    """The table of pairs that is meant; None where figures are asked for.

    Raises:
        InputError: where a table of pairs is asked for together with other things.

    Example:
        >>> asked_for(["partners"]), asked_for(["gdp_usd"])
        ('partners', None)
    """
    found = [name for name in named if name in TITLES]
    if found and len(named) > 1:
        raise InputError("Pairs are a table of their own.", mend=f"Ask for one of them alone: {found[0]}.")
    return found[0] if found else None


def pairs(name: str, *, states: Sequence[str] | None = None) -> Result:
    """One table of pairs, of all states or of some.

    Args:
        name: ``partners`` or ``alliances``.
        states: codes of states whose rows are wanted; all where absent.

    Raises:
        InputError: for a state that has no row.

    Example:
        >>> pairs("partners", states=["MEX"]).tables[0].frame["partner"][0]
        'USA'
    """
    frame = _frame(name)
    if states is not None:
        known = set(frame["iso3"])
        if strange := [state for state in states if state not in known]:
            raise InputError(f"{TITLES[name].en}: nothing of {', '.join(strange)}.", mend="Leave it out of --states.")
        frame = frame.filter(frame["iso3"].is_in(list(states)))
    return Result(
        kind="observation.pairs",
        title=TITLES[name],
        values={"name": name, "rows": frame.height},
        tables=(Table("figures", TITLES[name], _columns(name), frame, note=_LIMITS[name]),),
        caveats=(_LIMITS[name],),
        provenance=_provenance(name),
    )


def about(name: str) -> Result:
    """What a table of pairs holds and what it does not, and how many states it covers.

    Example:
        >>> about("alliances").values["states"] > 100
        True
    """
    import polars as pl

    frame = _frame(name)
    by = "direction" if name == "partners" else "pact"
    counted = frame.group_by(by).agg(
        pl.col("iso3").n_unique().cast(pl.Int64).alias("states"), pl.len().cast(pl.Int64).alias("pairs")
    )
    columns = (
        Column(by, Text("What", "类别"), labels=DIRECTIONS if name == "partners" else PACTS),
        Column("states", Text("States", "国家数")),
        Column("pairs", Text("Pairs", "国家对数")),
    )
    return Result(
        kind="observation.pairs",
        title=TITLES[name],
        values={"name": name, "states": frame["iso3"].n_unique(), "rows": frame.height},
        tables=(Table("coverage", Text("Coverage", "覆盖"), columns, counted.sort(by)),),
        findings=(Finding(_MEANT[name]),),
        caveats=(_LIMITS[name],),
        provenance=_provenance(name),
    )


def listed() -> Text:
    """The names of the tables of pairs in a sentence."""
    told = ", ".join(TITLES)
    return Text(f"Figures of pairs: {told}.", f"国家对数据：{told}。")


def _frame(name: str) -> pl.DataFrame:
    return partners() if name == "partners" else alliances()


def _provenance(name: str) -> Provenance:
    kept = {file: value for file, value in digests().items() if name in file}
    return Provenance(figures=kept, options={"name": name}, sources=(SOURCES[name],))


def _columns(name: str) -> tuple[Column, ...]:
    state = Column("iso3", Text("State", "国家"), actor=True, source=SOURCES[name])
    if name == "partners":
        return (
            state,
            Column("direction", Text("Direction", "方向"), labels=DIRECTIONS),
            Column("partner", Text("Partner", "伙伴"), actor=True),
            Column("share", Text("Share", "份额"), "% of exports or imports", digits=0),
            Column("year", Text("Year", "年份")),
        )
    return (
        state,
        Column("partner", Text("Towards", "对象"), actor=True),
        Column("pact", Text(f"Strongest obligation in {OBLIGED}", f"{OBLIGED}年最强义务"), labels=PACTS),
    )
