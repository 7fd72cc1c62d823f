"""Members that act as blocs: what a-priori unions make of each rule, as a table and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.analysis.parts.attending import Told
from comity.analysis.parts.decisions import Decision, identified, identity
from comity.analysis.parts.measured import measures_of
from comity.kernel.errors import InputError
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.kernel.streams import Stream
from comity.model.analysis import Inputs

TITLE = Text("Power with blocs", "结成集团时的投票权力")


def unions_of(inputs: Inputs, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The members of the institution that belong to each bloc: a charter's members on the day.

    Raises:
        InputError: where a member belongs to two of the blocs, or a bloc has none of the members.
    """
    from comity.library.institutions import load

    members = inputs.institution.members_on(inputs.date)
    home: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(names):
        bloc = load(name)
        inside = tuple(member for member in members if member in bloc.members_on(inputs.date))
        if not inside:
            raise InputError(f"No member of {inputs.institution.name} belongs to {name}.", mend="Name another bloc.")
        for member in inside:
            if member in home:
                raise InputError(f"{member} belongs to both {home[member]} and {name}.", mend="A member has one bloc.")
            home[member] = name
        found[name] = inside
    return found


def blocs(
    inputs: Inputs, decided: Sequence[Decision], unions: dict[str, tuple[str, ...]], *, outside: str, draws: int
) -> Told:
    """Owen's value and its relatives beside the power without blocs, and what each bloc has as one."""
    import polars as pl

    home = {member: name for name, inside in unions.items() for member in inside}
    rows: list[dict[str, Any]] = []
    told = Told(Table("blocs", TITLE, (), pl.DataFrame()))
    for each in decided:
        try:
            found = _measured(inputs, each, unions, outside=outside, draws=draws)
        except ValueError as error:
            told.caveats.append(_refused(each, str(error)))
            continue
        columns = {name: list(values) for name, values in found.columns.items()}
        for place, member in enumerate(each.members):
            row = {"member": member, "bloc": home.get(member)}
            row |= {name: None if not values else float(values[place]) for name, values in columns.items()}
            rows.append({**identified(each), **row})
        told.values[each.key] = {
            "together": found.together,
            **{
                name: dict(zip(each.members, map(float, values), strict=True))
                for name, values in columns.items()
                if values
            },
        }
        told.findings.append(_finding(inputs, each, found))
        told.drawn = told.drawn or bool(found.draws)
        if found.caveat is not None:
            told.caveats.append(found.caveat)
    columns = (
        *identity(decided),
        Column("member", Text("Member", "成员"), actor=True),
        Column("bloc", Text("Bloc", "集团"), labels={name: Text(name.upper()) for name in unions}),
        Column("alone", Text("Shapley-Shubik, without blocs", "夏普利-舒比克指数（无集团）"), "share", percent=True),
        Column("owen", Text("Owen, with blocs", "欧文值（有集团）"), "share", percent=True),
        Column("low", Text("at least", "下限"), "share", percent=True),
        Column("high", Text("at most", "上限"), "share", percent=True),
        Column("banzhaf_owen", Text("Banzhaf-Owen", "班扎夫-欧文值"), "probability", percent=True),
        Column("symmetric", Text("Symmetric coalitional Banzhaf", "对称联盟班扎夫值"), "probability", percent=True),
    )
    words = {"institution", "decision", "member", "bloc"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    frame = pl.DataFrame(rows, schema=schema)
    if not told.drawn:
        columns = tuple(column for column in columns if column.name not in {"low", "high"})
        frame = frame.drop("low", "high")
    told.table = Table("blocs", TITLE, columns, frame)
    return told


@dataclass(frozen=True)
class _Found:
    """What blocs have together, and the columns of the table; drawn, where there are draws."""

    together: dict[str, float]
    columns: Mapping[str, Sequence[Any]]
    draws: int = 0
    caveat: Text | None = None


def _measured(
    inputs: Inputs, each: Decision, unions: Mapping[str, Sequence[str]], *, outside: str, draws: int
) -> _Found:
    """Counted exactly, else in doubles with a bound, else Owen's value alone, drawn.

    Raises:
        ValueError: for rules that more support can defeat.
    """
    from comity.solvers.large_unions import measure_large
    from comity.solvers.power import measure
    from comity.solvers.simple import reduce
    from comity.solvers.unions import measure_unions

    game = reduce(each.game, outside)
    try:
        alone, exact = measure(game), measure_unions(game, unions)
    except ValueError:
        if game.single is None:
            return _drawn(inputs, each, unions, outside=outside, draws=draws)
        found = measure_large(game, unions, progress=inputs.step)
        before = [] if (single := measures_of(each, outside)) is None else [float(v) for v in single.shapley_shubik]
        columns = {"alone": before, "owen": found.owen.tolist(), "banzhaf_owen": found.banzhaf_owen.tolist()}
        together = {name: found.quotient[name] for name in unions}
        return _Found(together, _listed(columns, found.symmetric_banzhaf), caveat=_bounded(each, found.error))
    quotient = dict(zip(exact.quotient.members, exact.quotient.shapley_shubik, strict=True))
    columns = {"alone": alone.shapley_shubik, "owen": exact.owen, "banzhaf_owen": exact.banzhaf_owen}
    return _Found({name: float(quotient[name]) for name in unions}, _listed(columns, exact.symmetric_banzhaf))


def _listed(columns: Mapping[str, Sequence[Any]], symmetric: Any) -> dict[str, Sequence[Any]]:
    listed = {name: list(values) for name, values in columns.items()}
    return {**listed, "low": [], "high": [], "symmetric": list(symmetric)}


def _drawn(inputs: Inputs, each: Decision, unions: Mapping[str, Sequence[str]], *, outside: str, draws: int) -> _Found:
    from comity.solvers.large_unions import owen_orders
    from comity.solvers.unions import partition

    groups = list(partition(each.members, unions).values())
    stream = Stream(inputs.seed, "orders of blocs")

    def step(done: int, total: int) -> None:
        inputs.step(done, total, f"{each.key}: orders of blocs")

    found = owen_orders(each.game, groups, stream.uniforms, against=outside, draws=draws, progress=step)
    place = {member: number for number, member in enumerate(each.members)}
    together = {name: float(sum(found.shares[place[each]] for each in inside)) for name, inside in unions.items()}
    before = [] if (single := measures_of(each, outside)) is None else [float(v) for v in single.shapley_shubik]
    columns = {"alone": before, "owen": found.shares, "low": found.low, "high": found.high}
    said_so = Text(
        f"“{each.title.en}” with blocs: {found.draws:,} random orders (seed {inputs.seed}), intervals of 95 %.",
        f"“{each.title.of('zh')}”的集团情形：随机次序{found.draws:,}个（种子{inputs.seed}），区间为95%。",
    )
    listed = {name: list(values) for name, values in columns.items()}
    return _Found(together, {**listed, "banzhaf_owen": [], "symmetric": []}, found.draws, said_so)


def _bounded(each: Decision, error: float) -> Text:
    mantissa, _, exponent = f"{error:.0e}".partition("e")
    most = f"{mantissa}·10^{int(exponent)}"
    return Text(
        f"“{each.title.en}” with blocs is too large to count one by one: the numbers carry an error of at most {most}.",
        f"“{each.title.of('zh')}”的集团情形规模过大、无法逐一计数：数值误差不超过{most}。",
    )


def _finding(inputs: Inputs, each: Decision, found: _Found) -> Finding:
    held = found.together
    english = ", ".join(f"{name.upper()} {per_cent(share)}" for name, share in held.items())
    chinese = "、".join(f"{name.upper()} {per_cent(share)}" for name, share in held.items())
    text = said(
        f"Voting as blocs under “{each.title.en}”, the blocs hold of all power: {english}",
        f"按“{each.title.of('zh')}”以集团投票时，各集团占全部权力：{chinese}",
    )
    count = {"n": found.draws, "seed": inputs.seed} if found.draws else {}
    return Finding(text, {name: Figure(share, "share", **count) for name, share in held.items()})


def _refused(each: Decision, why: str) -> Text:
    return Text(
        f"“{each.title.en}” with blocs was not counted: {why}", f"“{each.title.of('zh')}”的集团情形未能计算：{why}"
    )
