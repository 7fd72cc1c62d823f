"""Members that may stay away: what absence by chance makes of each rule, as a table, sentences and caveats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.analysis.parts.decisions import Decision, identified, identity
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.kernel.streams import Stream
from comity.model.analysis import Inputs
from comity.model.naming import name_of

if TYPE_CHECKING:
    from comity.solvers.presence import Decisiveness

ALL = "all"
"""The word for every member that is not named."""
TITLE = Text("Power where members may stay away", "成员可能缺席时的投票权力")


@dataclass
class Told:
    """What one more question adds to a Result.

    Attributes:
        table: its table.
        values: its numbers by decision.
        findings: its sentences.
        caveats: what to beware of.
        drawn: whether anything was left to chance.
    """

    table: Table
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    findings: list[Finding] = field(default_factory=list[Finding])
    caveats: list[Text] = field(default_factory=list[Text])
    drawn: bool = False


def attending(inputs: Inputs, decided: Sequence[Decision], absent: Mapping[str, Fraction], draws: int) -> Told:
    """How often each member that attends decides, when each stays away with a chance of its own.

    Source:
        Owen, "Multilinear extensions of games", Management Science 18 (1972); Laruelle and Valenciano, "Quaternary
        dichotomous voting rules", Social Choice and Welfare 38 (2012).

    Raises:
        InputError: for an unknown member, or a probability above 1.
    """
    import polars as pl

    from comity.solvers.presence import presence

    chances = _chances(decided, absent)
    rows: list[dict[str, Any]] = []
    told = Told(Table("attending", TITLE, (), pl.DataFrame()))
    stream = Stream(inputs.seed, "attendance")
    for each in decided:
        away = [float(chances[member]) for member in each.members]

        def step(done: int, total: int, key: str = each.key) -> None:
            inputs.step(done, total, f"{key}: who attends")

        try:
            found = presence(
                each.game, _array(1 - one for one in away), uniforms=stream.uniforms, draws=draws, progress=step
            )
        except ValueError as error:
            told.caveats.append(_refused(each, str(error)))
            continue
        columns = {"swing_probability": found.swing, "low": found.low, "high": found.high}
        shares = {name: dict(zip(each.members, values.tolist(), strict=True)) for name, values in columns.items()}
        told.values[each.key] = {"adoption": float(found.adoption), "draws": found.draws, **shares}
        total = float(found.swing.sum()) or 1.0
        for place, member in enumerate(each.members):
            row = {"member": member, "absent": away[place], "weight": each.shares[place]}
            row |= {name: float(values[place]) for name, values in columns.items()}
            rows.append({**identified(each), **row, "power": float(found.swing[place]) / total})
        told.findings.append(_finding(inputs, each, found))
        if found.draws:
            told.drawn = True
            told.caveats.append(_draws(each, found.draws, inputs.seed))
    columns = _columns(decided)
    schema = {column.name: pl.String if column.name in _WORDS else pl.Float64 for column in columns}
    frame = pl.DataFrame(rows, schema=schema)
    if (frame["low"] == frame["high"]).all():
        columns = tuple(column for column in columns if column.name not in {"low", "high"})
        frame = frame.drop("low", "high")
    told.table = Table("attending", TITLE, columns, frame)
    told.caveats.append(_NOTE)
    return told


_WORDS = {"institution", "decision", "member"}
_NOTE = Text(
    "Members stay away independently of each other; who attends tosses a coin for yes or no. The probability of a "
    "swing is that of a member that attends.",
    "假定各成员是否缺席互相独立，出席者赞成与反对的可能性相同；成为关键票的概率以该成员出席为前提。",
)


def _columns(decided: Sequence[Decision]) -> tuple[Column, ...]:
    return (
        *identity(decided),
        Column("member", Text("Member", "成员"), actor=True),
        Column("absent", Text("Chance of absence", "缺席概率"), "probability", percent=True),
        Column("weight", Text("Share of weight", "权重份额"), "share", percent=True),
        Column("swing_probability", Text("Probability of a swing", "成为关键票的概率"), "probability", percent=True),
        Column("low", Text("at least", "下限"), "probability", percent=True),
        Column("high", Text("at most", "上限"), "probability", percent=True),
        Column("power", Text("Share of all swings", "占全部关键票的份额"), "share", percent=True),
    )


def _array(values: Any) -> Any:
    import numpy as np

    return np.array(list(values), dtype=np.float64)


def _chances(decided: Sequence[Decision], absent: Mapping[str, Fraction]) -> dict[str, Fraction]:
    members = list(dict.fromkeys(member for each in decided for member in each.members))
    for member, chance in absent.items():
        if member != ALL and member not in members:
            raise UnknownName("member", member, members, mend=f"'{ALL}' stands for all that are not named.")
        if chance > 1:
            raise InputError(f"absent: {member}: {chance} is no probability.", mend="Write 1/10, 0.1 or 10 %.")
    rest = absent.get(ALL, Fraction(0))
    return {member: absent.get(member, rest) for member in members}


def _finding(inputs: Inputs, each: Decision, found: Decisiveness) -> Finding:
    from comity.solvers.correlated import Within

    adoption, draws = found.adoption, found.draws
    place = int(found.swing.argmax())
    member, swing = each.members[place], float(found.swing[place])
    low, high = float(found.low[place]), float(found.high[place])
    span = f"{per_cent(low)} – {per_cent(high)}" if draws else ""
    english, chinese = (f" ({span})", f"（{span}）") if span else ("", "")
    who, share = name_of(inputs, member), per_cent(swing)
    text = said(
        f"With these absences a proposal passes “{each.title.en}” {_chance(adoption)} of the time; {who.en}, where it "
        f"attends, decides {share}{english} of the time",
        f"考虑缺席后，提案按“{each.title.of('zh')}”通过的概率为{_chance(adoption)}；{who.of('zh')}出席时成为关键票的概率为"
        f"{share}{chinese}",
    )
    if draws and not swing:
        text = said(
            f"With these absences no vote decided under “{each.title.en}” in any of {draws:,} draws: each does so at "
            f"most {_chance(high)} of the time",
            f"考虑缺席后，按“{each.title.of('zh')}”抽样{draws:,}次，无一成员成为关键票：其概率各不超过{_chance(high)}",
        )
    count = {"n": draws, "seed": inputs.seed} if draws else {}
    figures = {member: Figure(swing, "probability", low, high, **count)}
    ends = (adoption.low, adoption.high) if isinstance(adoption, Within) else (None, None)
    return Finding(text, {**figures, "adoption": Figure(float(adoption), "probability", *ends, **count)})


def _chance(share: float) -> str:
    return per_cent(share) if share >= 5e-4 or not share else f"{share * 100:.1g}\u202f%"


def _draws(each: Decision, draws: int, seed: int) -> Text:
    return Text(
        f"“{each.title.en}” with absences: {draws:,} draws (seed {seed}), intervals of 95 %.",
        f"“{each.title.of('zh')}”的缺席情形：抽样{draws:,}次（种子{seed}），区间为95%。",
    )


def _refused(each: Decision, why: str) -> Text:
    return Text(
        f"“{each.title.en}” with absences was not counted: {why}", f"“{each.title.of('zh')}”的缺席情形未能计算：{why}"
    )
