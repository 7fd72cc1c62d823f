"""``comity power``: the voting power of a weighted game, typed or from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from comity.cli.common import Common, progress, show
from comity.cli.votes import Vote, plain, read_vote
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text

if TYPE_CHECKING:
    from comity.solvers.power import Measures
    from comity.solvers.simple import Simple

Index = Literal["banzhaf", "shapley_shubik", "all"]
TITLES = {
    "banzhaf": Text("Banzhaf", "班扎夫指数"),
    "shapley_shubik": Text("Shapley-Shubik", "夏普利-舒比克指数"),
    "swing_probability": Text("Probability of a swing", "成为关键票的概率"),
    "prevent": Text("Power to prevent", "阻止权力"),
    "initiate": Text("Power to initiate", "发起权力"),
}


def power(
    *game: Annotated[str, Parameter(allow_leading_hyphen=True)],
    csv: Path | None = None,
    quota: str | None = None,
    more_than: str | None = None,
    index: Index = "all",
    exact: Annotated[bool, Parameter(negative=())] = False,
    out: Path | None = None,
    common: Common = Common(),
) -> None:
    """Voting power of a weighted game: "67; 30, 28, 16, 14, 12", or a CSV file of members and weights.

    A quota is a weight (67) or a share of the total (2/3, 50 %). A weight may stand for several members: 7x5.

    Parameters
    ----------
    game
        Quota and weights: "q; w1, w2, ..." or "q: w1 w2 ...".
    csv
        A CSV file with the columns member and weight.
    quota
        What carries when it is reached; for --csv, or in place of the typed one.
    more_than
        What must be passed; 1/2 for a simple majority.
    index
        The index.
    exact
        Exact fractions beside the decimals.
    out
        A CSV file to write the table to.
    """
    if unknown := [part for part in game if part.startswith("--")]:
        raise InputError(f"There is no option {unknown[0]}.", mend="comity power --help lists them.")
    vote = read_vote(" ".join(game), csv, quota, more_than)
    result = answer(vote, index, exact=exact)
    if out is not None:
        from comity.library.writing import write
        from comity.report.export import table

        write(out, table(result.tables[0], "csv"))
    show(result, common)


def answer(vote: Vote, index: Index = "all", *, exact: bool = False) -> Result:
    """The power of every member, the body's power to act, vetoes, dictators and dummies.

    Raises:
        NotComputable: for a game that is too large, with its size.

    Example:
        >>> found = answer(read_vote("16; 9, 9, 7, 3, 1, 1", None, None, None))
        >>> found.values["banzhaf"], found.values["dummies"]
        ([0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.0, 0.0, 0.0], ['4', '5', '6'])
    """
    from comity.solvers.coalitions import dictators, veto_players
    from comity.solvers.simple import LARGEST, weighted

    weights, quota = vote.scaled
    if sum(weights) >= LARGEST:
        digits = len(str(sum(weights)))
        raise NotComputable(
            f"As whole numbers the weights sum to a number of {digits} digits; 18 are what can be counted.",
            mend="Round the weights.",
        )
    game = weighted(weights, quota, vote.members)
    shares, measured, routes = _indices(weights, quota, vote, index, exact=exact)
    named = {"vetoes": list(veto_players(game)), "dictators": list(dictators(game)), "dummies": _dummies(vote, game)}
    values: dict[str, Any] = {
        "quota": vote.quota,
        "more_than": vote.strict,
        "total": vote.total,
        "members": list(vote.members),
        "weights": list(vote.weights),
        **{name: [float(share) for share in column] for name, column in shares.items()},
        **({"exact": {name: list(column) for name, column in shares.items()}} if exact else {}),
        **({"act": float(measured.act), "winning": str(measured.winning)} if measured else {}),
        **named,
    }
    return Result(
        kind="power",
        title=Text("Voting power", "投票权力"),
        values=values,
        tables=(_table(vote, shares, exact=exact),),
        findings=tuple(Finding(text) for text in _sentences(vote, measured, named)),
        caveats=(Text("Abstention counted as no.", "弃权按反对计。"), *_cautions(vote, routes)),
        provenance=Provenance(options={"index": index, "exact": exact}),
    )


def _dummies(vote: Vote, game: Simple) -> list[str]:
    """Those whose vote never makes a difference; in a body too large to tell, those without weight."""
    from comity.solvers.coalitions import dummies

    try:
        return list(dummies(game))
    except ValueError:
        return [member for member, weight in zip(vote.members, vote.weights, strict=True) if not weight]


def _indices(
    weights: list[int], quota: int, vote: Vote, index: Index, *, exact: bool
) -> tuple[dict[str, list[Any]], Measures | None, list[str]]:
    """The columns by name, the measures where all was counted exactly, and the routes taken otherwise."""
    from comity.solvers import power as solver
    from comity.solvers.simple import weighted

    names = ["banzhaf", "shapley_shubik"] if index == "all" else [index]
    try:
        measured = solver.measure(weighted(weights, quota, vote.members))
    except (ValueError, OverflowError):
        return *_large(weights, quota, names, exact=exact), ["large"]
    names += ["swing_probability", "prevent", "initiate"] if index == "all" else []
    return {name: list(getattr(measured, name)) for name in names}, measured, []


def _large(weights: list[int], quota: int, names: list[str], *, exact: bool) -> tuple[dict[str, list[Any]], None]:
    from comity.solvers import power as solver

    found: dict[str, list[Any]] = {}
    with progress() as told:
        for name in names:
            try:
                if exact:
                    found[name] = solver.exact(weights, quota, name, progress=told)
                else:
                    index = solver.banzhaf if name == "banzhaf" else solver.shapley_shubik
                    found[name] = index(weights, quota, progress=told).tolist()
            except (ValueError, OverflowError) as error:
                mend = "Leave out --exact." if exact else "Give fewer members, or rounder weights."
                raise NotComputable(f"{name}: {error}", mend=mend) from None
    return found, None


def _table(vote: Vote, shares: dict[str, list[Any]], *, exact: bool) -> Table:
    import polars as pl

    total = vote.total
    columns: dict[str, list[Any]] = {
        "member": list(vote.members),
        "weight": [float(weight) for weight in vote.weights],
        "share": [float(weight / total) for weight in vote.weights],
    }
    described = [
        Column("member", Text("Member", "成员")),
        Column("weight", Text("Weight", "权重")),
        Column("share", Text("Share of weight", "权重份额"), "share", percent=True, digits=2),
    ]
    if all(weight.denominator == 1 for weight in vote.weights) and total < 2**62:
        columns["weight"] = [int(weight) for weight in vote.weights]
    for name, column in shares.items():
        columns[name] = [float(value) for value in column]
        described.append(Column(name, TITLES[name], "share", percent=True, digits=2))
        if exact:
            columns[f"{name}_exact"] = [str(value) for value in column]
            described.append(Column(f"{name}_exact", Text(f"{TITLES[name].en}, exact", f"{TITLES[name].zh}（精确值）")))
    return Table("power", Text("Power of each member", "各成员的权力"), tuple(described), pl.DataFrame(columns))


def _sentences(vote: Vote, measured: Measures | None, named: dict[str, list[str]]) -> list[Text]:
    quota, total, count = plain(vote.quota), plain(vote.total), len(vote.members)
    least = Text("more than", "超过") if vote.strict else Text("at least", "至少")
    found = [
        Text(
            f"{count} member{'' if count == 1 else 's'}, {least.en} {quota} of {total} carries",
            f"{count}个成员，总权重{total}，{least.zh}{quota}即可通过",
        )
    ]
    if measured is not None:
        act, ways = f"{float(measured.act) * 100:.3g}", f"{measured.winning:,}"
        found.append(
            Text(
                f"Power to act: {act} % of coalitions ({ways} of {measured.coalitions:,})",
                f"行动权力：{act}%的联盟能够通过（{measured.coalitions:,}个中的{ways}个）",
            )
        )
    words = {
        "vetoes": Text("Nothing is carried without", "缺其不可者"),
        "dictators": Text("Decides alone", "独自决定者"),
        "dummies": Text("Without any power", "毫无权力者"),
    }
    for name, members in named.items():
        if members:
            shown = ", ".join(members[:12]) + (f" (+{len(members) - 12})" if len(members) > 12 else "")
            found.append(Text(f"{words[name].en}: {shown}", f"{words[name].zh}：{shown}"))
    return found


def _cautions(vote: Vote, routes: list[str]) -> list[Text]:
    found: list[Text] = []
    if vote.quota < vote.total / 2 or (vote.quota == vote.total / 2 and not vote.strict):
        found.append(
            Text(
                "The quota is no more than half: two opposed coalitions may both carry.",
                "门槛不超过一半：对立的两个联盟可能都获通过。",
            )
        )
    if routes:
        found.append(
            Text(
                "Too large to count one by one: the power to act and Coleman's measures are left out.",
                "规模过大，无法逐一计数：未列行动权力和科尔曼指数。",
            )
        )
    return found
