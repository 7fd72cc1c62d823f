"""Tables of an experiment: the design, outcomes with intervals, swings, indices, paired differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isinf
from typing import Any

from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.rehearsal.parts.experiment.labels import UNITS, point_label, value_label
from comity.rehearsal.parts.experiment.measuring import Measured, Outcome
from comity.rehearsal.parts.varying.ranges import Among
from comity.rehearsal.parts.varying.setting import Factor

LOW, HIGH = Text("90 % interval, low", "90%区间下限"), Text("90 % interval, high", "90%区间上限")
ROLES: Mapping[str, Text] = {
    "written": Text("as written", "按原文"),
    "end": Text("one end, all else as written", "单因素一端，其余按原文"),
    "design": Text("design", "试验设计"),
    "instead": Text("other setting", "另一设定"),
    "against": Text("other institution", "另一机构"),
}
_NUMBER, _POINT = Text("Value", "数值"), Text("Setting", "设定")


def tables(
    inputs: Inputs, found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], *, outcome: str
) -> tuple[Table, ...]:
    """All tables that the experiment has something for.

    Args:
        inputs: what the analysis may read.
        found: what was measured.
        varied: the factors.
        labels: what a reader calls them.
        outcome: the outcome that is shown by factor.
    """
    made = [_outcomes(found)]
    if varied:
        made += [_design(found, labels), _swings(found, varied, labels, outcome)]
        if found.chosen == "grid" and len(varied) <= 2:
            made.append(_response(found, varied, outcome))
        if found.indices:
            made.append(_indices(found, varied, labels))
    if found.differences:
        made.append(_differences(inputs, found, labels))
    return tuple(made)


def _table(
    name: str, title: Text, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], *, note: Text = Text("")
) -> Table:
    """A table of these rows: columns with labels, and ``value``, hold words, ``point`` and ``runs`` whole numbers."""
    import polars as pl

    kinds = {
        "point": pl.Int64,
        "place": pl.Int64,
        "runs": pl.Int64,
        "value": pl.String,
        "x_value": pl.String,
        "y_value": pl.String,
    }
    schema = {each.name: pl.String if each.labels is not None else kinds.get(each.name, pl.Float64) for each in columns}
    return Table(name, title, tuple(columns), pl.DataFrame([dict(each) for each in rows], schema=schema), note)


def _outcome_column(found: Measured, names: Iterable[str]) -> Column:
    labels = {name: _with_unit(found.outcomes[name]) for name in names}
    return Column("outcome", Text("Outcome", "结果"), labels=labels)


def _with_unit(outcome: Outcome) -> Text:
    """An outcome with its unit, for columns that hold several."""
    unit = UNITS.get(outcome.unit, Text("share", "比例"))
    return Text(f"{outcome.title.en} ({unit.en})", f"{outcome.title.of('zh')}（{unit.of('zh')}）")


def _outcomes(found: Measured) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for number, (point, means) in enumerate(zip(found.points, found.means, strict=True)):
            for name, mean in means.items():
                told = {"mean": mean.value, "low": mean.low, "high": mean.high, "runs": found.runs}
                yield {"point": number, "role": point.role, "outcome": name, **told}

    columns = (
        Column("point", _POINT, digits=0),
        Column("role", Text("Part in the experiment", "在试验中的作用"), labels=ROLES),
        _outcome_column(found, found.outcomes),
        Column("mean", Text("Mean of runs", "各次均值"), digits=3),
        Column("low", LOW, digits=3),
        Column("high", HIGH, digits=3),
        Column("runs", Text("Runs", "次数"), digits=0),
    )
    note = Text("The interval is that of the mean; 0 is the setting as written.", "区间为均值的区间；设定0为按原文。")
    return _table("outcomes", Text("Outcomes of every setting", "各设定的结果"), columns, rows(), note=note)


def _design(found: Measured, labels: Mapping[str, Text]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for number in [*found.of("end"), *found.of("design")]:
            for path, value in found.points[number].changes:
                yield {"point": number, "factor": path, "value": value}

    columns = (
        Column("point", _POINT, digits=0),
        Column("factor", Text("Factor", "因素"), labels=labels),
        Column("value", _NUMBER),
    )
    return _table("design", Text("Settings that were played", "所试设定"), columns, rows())


def _swings(found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], outcome: str) -> Table:
    base = found.means[0][outcome].value

    def rows() -> Iterable[dict[str, Any]]:
        for number in found.of("end"):
            ((path, value),) = found.points[number].changes
            mean, swing = found.means[number][outcome], found.swings[number, outcome]
            place = _place(varied, path, value)
            end = "other" if place else "first"
            told = {"factor": path, "end": end, "place": place, "value": value, "written": base, "mean": mean.value}
            yield {**told, "difference": swing.mean, "low": swing.low, "high": swing.high, "runs": swing.runs}

    unit = found.outcomes[outcome].unit
    values = [found.points[number].changes[0][1] for number in found.of("end")]
    columns = (
        Column("factor", Text("Factor", "因素"), labels=labels),
        Column("end", Text("End", "端点"), labels=ENDS),
        Column("place", Text("Order of the value", "取值次序"), digits=0),
        Column("value", _NUMBER, labels={each: value_label(each) for each in values}),
        Column("written", Text("As written", "按原文"), unit, digits=2),
        Column("mean", found.outcomes[outcome].title, unit, digits=2),
        Column("difference", Text("Difference to the setting as written", "与原文之差"), unit, digits=2),
        Column("low", LOW, unit, digits=2),
        Column("high", HIGH, unit, digits=2),
        Column("runs", Text("Pairs of runs", "配对次数"), digits=0),
    )
    title = Text("One factor at a time, all else as written", "单因素变动，其余按原文")
    return _table("swings", title, columns, rows())


ENDS: Mapping[str, Text] = {"first": Text("first end", "起始端"), "other": Text("other end", "另一端")}
"""Ends of a range."""


def _place(varied: Sequence[Factor], path: str, value: str) -> int:
    """The order of a value among those that a factor is put to, from 0."""
    span = next(each.range for each in varied if each.path == path)
    return (span.words if isinstance(span, Among) else span.ends).index(value)


def _response(found: Measured, varied: Sequence[Factor], outcome: str) -> Table:
    axes = [("x", varied[0]), *([("y", varied[1])] if len(varied) > 1 else [])]

    def rows() -> Iterable[dict[str, Any]]:
        for number in found.of("design"):
            mean, told = found.means[number][outcome], dict[str, Any]()
            for (axis, factor), (_, value) in zip(axes, found.points[number].changes, strict=True):
                told[f"{axis}_value"] = value
                told[axis] = None if isinstance(factor.range, Among) else factor.range.number(value)
            yield {**told, "mean": mean.value, "low": mean.low, "high": mean.high, "runs": found.runs}

    unit = found.outcomes[outcome].unit
    columns = [
        column
        for axis, factor in axes
        for column in (
            Column(f"{axis}_value", Text(factor.path), labels=words_of(factor)),
            Column(axis, Text(f"{factor.path}, number", f"{factor.path}（数值）"), getattr(factor.range, "unit", "")),
        )
    ]
    columns += [
        Column("mean", found.outcomes[outcome].title, unit, digits=2),
        Column("low", LOW, unit, digits=2),
        Column("high", HIGH, unit, digits=2),
        Column("runs", Text("Runs", "次数"), digits=0),
    ]
    return _table("response", Text("Outcome by factor", "结果随因素的变化"), columns, rows())


def words_of(factor: Factor) -> dict[str, Text] | None:
    """What a reader calls the values of a factor that takes words."""
    return {each: value_label(each) for each in factor.range.words} if isinstance(factor.range, Among) else None


def _indices(found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text]) -> Table:
    def rows() -> Iterable[dict[str, Any]]:
        for name, each in found.indices.items():
            for place, factor in enumerate(varied):
                for order, values, spread in (
                    ("first", each.first, each.first_interval),
                    ("total", each.total, each.total_interval),
                ):
                    low, high = (float(end) for end in spread[place])
                    told = {"share": float(values[place]), "low": low, "high": high}
                    yield {"outcome": name, "factor": factor.path, "order": order, **told}

    share: dict[str, Any] = {"unit": "share of the variance", "percent": True, "digits": 0}
    columns = (
        _outcome_column(found, found.indices),
        Column("factor", Text("Factor", "因素"), labels=labels),
        Column("order", Text("Effect", "效应"), labels=ORDERS),
        Column("share", Text("Share of the variance between settings", "占设定间方差的比例"), **share),
        Column("low", LOW, **share),
        Column("high", HIGH, **share),
    )
    note = Text(
        "Estimates of a small share may fall below nought, and those in total add up to more than the whole where "
        "factors act together.",
        "较小比例的估计值可能为负；因素共同作用时，总效应之和超过1。",
    )
    title = Text("What the differences between settings come from", "设定间差异的来源")
    return _table("indices", title, columns, rows(), note=note)


ORDERS: Mapping[str, Text] = {"first": Text("alone", "单独"), "total": Text("in all", "总计")}
"""First-order and total effects."""


def _differences(inputs: Inputs, found: Measured, labels: Mapping[str, Text]) -> Table:
    words = {f"{number}": point_label(inputs, labels, found.points[number]) for number, _ in found.differences}

    def rows() -> Iterable[dict[str, Any]]:
        for (number, name), each in found.differences.items():
            told = {"difference": each.mean, "low": each.low, "high": each.high, "runs": each.runs}
            saving = None if isinf(each.saving) else each.saving
            odds = {"better": each.better, "worse": each.worse, "saving": saving}
            yield {"setting": f"{number}", "outcome": name, **told, **odds}

    columns = (
        Column("setting", Text("Compared with the setting as written", "与原文相比的设定"), labels=words),
        _outcome_column(found, found.outcomes),
        Column("difference", Text("Mean paired difference", "配对差的均值"), digits=3),
        Column("low", LOW, digits=3),
        Column("high", HIGH, digits=3),
        Column("better", Text("Runs with more", "较多的次数"), "share of runs", percent=True, digits=0),
        Column("worse", Text("Runs with less", "较少的次数"), "share of runs", percent=True, digits=0),
        Column("saving", Text("Runs saved by pairing, times", "配对节省的倍数"), "", digits=1),
        Column("runs", Text("Pairs of runs", "配对次数"), digits=0),
    )
    note = Text(
        "Both settings meet the same fortune in each run; the last but one column tells how many times as many runs an "
        "interval as narrow would take without that.",
        "两种设定在每次演练中遭遇相同的随机情形；倒数第二栏为不配对时达到同样窄的区间所需次数的倍数。",
    )
    return _table("differences", Text("Paired differences", "配对差异"), columns, rows(), note=note)
