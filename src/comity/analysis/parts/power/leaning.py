"""Members whose preferences hang together: what correlation, or positions, make of each rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.analysis.parts.attending import Told
from comity.analysis.parts.decisions import Decision, identified, identity
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.kernel.streams import Stream
from comity.model.analysis import Inputs
from comity.model.naming import name_of

if TYPE_CHECKING:
    from comity.solvers.sampling import Opinion, Sampled

TITLE = Text("Power where preferences hang together", "偏好相关时的投票权力")
SPREAD = 4.0
"""How sharply positions decide: the gain of the whole span of positions multiplies the odds of yes by e to this."""


def leaning(
    inputs: Inputs,
    decided: Sequence[Decision],
    correlation: Fraction | None,
    positions: Mapping[str, float],
    *,
    draws: int,
    outside: str,
) -> Told:
    """How often each member decides, and has its way, when leanings share a factor or follow from positions.

    Source:
        Kaniovski, Social Choice and Welfare 31 (2008), 281-300; Owen and Shapley, International Journal of Game Theory
        18 (1989).

    Raises:
        InputError: for a correlation of 1 and more, or positions that leave members out.
    """
    import polars as pl

    from comity.solvers.sampling import correlated

    rows: list[dict[str, Any]] = []
    told = Told(Table("correlated", TITLE, (), pl.DataFrame()), drawn=True)
    stream = Stream(inputs.seed, "correlated preferences")
    for each in decided:

        def step(done: int, total: int, key: str = each.key) -> None:
            inputs.step(done, total, f"{key}: leanings")

        opinion = _opinion(each, correlation, positions)
        try:
            found = correlated(each.game, opinion, stream.uniforms, against=outside, draws=draws, progress=step)
        except ValueError as error:
            told.caveats.append(_refused(each, str(error)))
            continue
        columns = _columns_of(found)
        by_name = {name: dict(zip(each.members, values, strict=True)) for name, values in columns.items()}
        told.values[each.key] = {"adoption": float(found.adoption.shares[0]), "draws": found.decisive.draws, **by_name}
        rows += [
            {**identified(each), "member": member, **{name: values[place] for name, values in columns.items()}}
            for place, member in enumerate(each.members)
        ]
        told.findings.append(_finding(inputs, each, found))
    columns = _columns(decided)
    words = {"institution", "decision", "member"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    told.table = Table("correlated", TITLE, columns, pl.DataFrame(rows, schema=schema))
    told.caveats.append(_how(correlation, draws, inputs.seed))
    return told


def _columns_of(found: Sampled) -> dict[str, list[float]]:
    decisive, success = found.decisive, found.success
    return {
        "swing_probability": decisive.shares.tolist(),
        "low": decisive.low.tolist(),
        "high": decisive.high.tolist(),
        "success": success.shares.tolist(),
        "success_low": success.low.tolist(),
        "success_high": success.high.tolist(),
    }


def _columns(decided: Sequence[Decision]) -> tuple[Column, ...]:
    at_least, at_most = Text("at least", "下限"), Text("at most", "上限")
    titles = {
        "swing_probability": Text("Probability of a swing", "成为关键票的概率"),
        "low": at_least,
        "high": at_most,
        "success": Text("Has its way", "结果合其意愿"),
        "success_low": at_least,
        "success_high": at_most,
    }
    shown = (Column(name, title, "probability", percent=True) for name, title in titles.items())
    return (*identity(decided), Column("member", Text("Member", "成员"), actor=True), *shown)


def _opinion(each: Decision, correlation: Fraction | None, positions: Mapping[str, float]) -> Opinion:
    import numpy as np

    from comity.solvers.correlated import opinion_of
    from comity.solvers.sampling import ideal_points

    if correlation is not None and positions:
        raise InputError("A correlation and positions were given.", mend="Leave one of them out.")
    if correlation is not None:
        try:
            return opinion_of(float(correlation), len(each.members))
        except ValueError as error:
            raise InputError(str(error), mend="Write --correlation 1/2.") from None
    unknown = [member for member in positions if member not in each.members]
    if unknown:
        raise UnknownName("member", unknown[0], list(each.members))
    missing = [member for member in each.members if member not in positions]
    if missing:
        raise InputError(f"No position is given for {', '.join(missing[:8])}.", mend="Give every member one.")
    places = np.array([[positions[member]] for member in each.members])
    span = float(np.ptp(places))
    try:
        return ideal_points(places, SPREAD / span**2 if span else 1.0)
    except ValueError as error:
        raise InputError(str(error), mend="Write --positions.USA 1.") from None


def _finding(inputs: Inputs, each: Decision, found: Sampled) -> Finding:
    place = int(found.decisive.shares.argmax())
    shares = [float(values[place]) for values in (found.decisive.shares, found.decisive.low, found.decisive.high)]
    who, span = name_of(inputs, each.members[place]), f"{per_cent(shares[1])} – {per_cent(shares[2])}"
    passed = float(found.adoption.shares[0])
    text = said(
        f"With preferences that hang together, {who.en} decides {per_cent(shares[0])} ({span}) of the time under "
        f"“{each.title.en}”, and a proposal passes {per_cent(passed)} of the time",
        f"偏好相关时，按“{each.title.of('zh')}”，{who.of('zh')}成为关键票的概率为{per_cent(shares[0])}（{span}），提案通过的概率为{per_cent(passed)}",
    )
    count = {"n": found.decisive.draws, "seed": inputs.seed}
    low, high = float(found.adoption.low[0]), float(found.adoption.high[0])
    figures = {each.members[place]: Figure(shares[0], "probability", shares[1], shares[2], **count)}
    return Finding(text, {**figures, "adoption": Figure(passed, "probability", low, high, **count)})


def _how(correlation: Fraction | None, draws: int, seed: int) -> Text:
    if correlation is not None:
        rho = f"{float(correlation):g}"
        how = Text(
            f"the leanings of any two members correlate by {rho}, and each is as likely to say yes as no",
            f"任意两个成员的倾向相关系数为{rho}，且赞成与反对的可能性相同",
        )
    else:
        how = Text(
            "a member tends to yes where a proposal, drawn at random, is nearer to its position than the status quo, "
            "drawn likewise",
            "提案与现状均随机抽取，提案较现状更接近某成员立场时，该成员倾向于赞成",
        )
    return Text(
        f"Correlated preferences are an assumption: {how.en}. {draws:,} draws (seed {seed}), intervals of 95 %.",
        f"偏好相关是一项假设：{how.of('zh')}。抽样{draws:,}次（种子{seed}），区间为95%。",
    )


def _refused(each: Decision, why: str) -> Text:
    return Text(
        f"“{each.title.en}” with correlated preferences was not drawn: {why}",
        f"“{each.title.of('zh')}”的偏好相关情形未能抽样：{why}",
    )
