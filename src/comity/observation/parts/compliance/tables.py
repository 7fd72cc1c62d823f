"""The tables of compliance: members, issues, years, pairs, coders and changed judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import isnan
from typing import Any

from comity.kernel.result import Column, Table, Text
from comity.library.published import published
from comity.model.analysis import Inputs
from comity.model.compliance import Measured
from comity.model.naming import label_of
from comity.model.score import VALUES
from comity.solvers.averages import Mean

TRUST = {
    "reliable": Text("conclusions can be drawn", "可得出结论"),
    "tentative": Text("tentative conclusions only", "只可得出初步结论"),
    "unreliable": Text("no conclusions", "不可得出结论"),
    "unknown": Text("cannot be said: nothing varied", "无从判断：评分没有差异"),
}
"""What the lower end of alpha allows (Krippendorff 2004)."""
WORDS = {
    "member", "groups", "issue", "first", "second", "told_apart", "assessor", "coders", "trust", "commitment", "coder",
    "round", "reported", "source", "seen", "round_before", "round_after", "before", "after", "given",
}  # fmt: skip
COUNTS = {"n", "year", "units", "alone", "version", "assessed", "of"}


def row(found: Mean) -> dict[str, Any]:
    """An average as the Research Groups print it, as a mean and as a percentage, with its interval."""

    def share(value: float | None) -> float | None:
        return None if value is None else (value + 1) / 2

    return {
        "n": found.n, "mean": found.mean, "low": found.low, "high": found.high, "share": share(found.mean),
        "share_low": share(found.low), "share_high": share(found.high),
    }  # fmt: skip


def tables(inputs: Inputs, measured: Measured) -> tuple[Table, ...]:
    """All tables of the answer."""
    letters: dict[str, list[str]] = {member: [] for member in measured.members}
    for number, group in enumerate(measured.groups):
        for member in group:
            letters[member].append(letter(number))
    members = [{"member": who, **row(each), "groups": " ".join(letters[who])} for who, each in measured.members.items()]
    issues = [{"member": who, "issue": issue, **row(each)} for (who, issue), each in measured.issues.items()]
    years = [{"member": who, "year": year, **row(each)} for (who, year), each in measured.years.items()]
    who = _who(inputs, measured, "member", Text("Member", "成员"))
    groups = Column("groups", Text("Cannot be told apart from those with the same letter", "字母相同者无法区分"))
    issue = Column("issue", Text("Issue", "议题"))
    year = Column("year", Text("Year", "年份"))
    return (
        _table("members", Text("Compliance by member", "各成员履约情况"), (who, *_MEAN, groups), members),
        _table("issues", Text("Compliance by member and issue", "各成员分议题履约情况"), (who, issue, *_MEAN), issues),
        _table("years", Text("Compliance by member and year", "各成员分年履约情况"), (who, year, *_MEAN), years),
        _pairs(inputs, measured),
        _coders(measured),
        _changed(inputs, measured),
        _printed(inputs),
    )


def letter(number: int) -> str:
    """The letter of a group: a to z, then aa, ab ...

    Example:
        >>> letter(0), letter(25), letter(26)
        ('a', 'z', 'aa')
    """
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + "abcdefghijklmnopqrstuvwxyz"[last]


_MEAN = (
    Column("n", Text("Commitments", "承诺数")),
    Column("mean", Text("Mean score", "平均分"), "-1 to +1", digits=2),
    Column("low", Text("Low", "下限"), "-1 to +1", digits=2),
    Column("high", Text("High", "上限"), "-1 to +1", digits=2),
    Column("share", Text("Compliance", "履约率"), "share", percent=True, digits=0),
    Column("share_low", Text("Low", "下限"), "share", percent=True, digits=0),
    Column("share_high", Text("High", "上限"), "share", percent=True, digits=0),
)


def _who(inputs: Inputs, measured: Measured, name: str, title: Text) -> Column:
    labels: Mapping[str, Text] = {member: label_of(inputs, member) for member in measured.members}
    return Column(name, title, labels=labels)


def _pairs(inputs: Inputs, measured: Measured) -> Table:
    apart = {"yes": Text("told apart", "可区分"), "no": Text("not told apart", "无法区分")}
    columns = (
        _who(inputs, measured, "first", Text("Member", "成员")),
        _who(inputs, measured, "second", Text("Other", "另一成员")),
        Column("n", Text("Commitments of both", "共同承诺数")),
        Column("difference", Text("Difference of mean scores", "平均分之差"), digits=2),
        Column("low", Text("Low", "下限"), digits=2),
        Column("high", Text("High", "上限"), digits=2),
        Column("told_apart", Text("Finding", "结论"), labels=apart),
    )
    rows = [
        {"first": each.first, "second": each.second, "n": each.difference.n, "difference": each.difference.mean,
         "low": each.difference.low, "high": each.difference.high, "told_apart": "yes" if each.told_apart else "no"}
        for each in measured.pairs
    ]  # fmt: skip
    return _table("pairs", Text("Which members can be told apart", "哪些成员可以区分"), columns, rows)


def _coders(measured: Measured) -> Table:
    columns = (
        Column("assessor", Text("Assessor", "评估者")),
        Column("coders", Text("Coders", "编码员")),
        Column("units", Text("Coded twice or more", "多人评分数")),
        Column("alone", Text("Coded once", "单人评分数")),
        Column("alpha", Text("Krippendorff's alpha (ordinal)", "克里彭多夫α（定序）"), digits=3),
        Column("low", Text("Low", "下限"), digits=3),
        Column("high", Text("High", "上限"), digits=3),
        Column("trust", Text("What it allows", "可得出何种结论"), labels=TRUST),
    )
    rows = [
        {"assessor": each.assessor, "coders": ", ".join(each.coders), "units": each.agreement.units,
         "alone": each.alone, "alpha": _number(each.agreement.alpha), "low": _number(each.low),
         "high": _number(each.high), "trust": each.trust}
        for each in measured.coded
    ]  # fmt: skip
    return _table("coders", Text("How coders agree", "编码员的一致程度"), columns, rows)


def _changed(inputs: Inputs, measured: Measured) -> Table:
    values = {f"{value:+d}" if value else "0": words for value, words in VALUES.items()}
    columns = (
        Column("commitment", Text("Commitment", "承诺")),
        _who(inputs, measured, "member", Text("Member", "成员")),
        Column("assessor", Text("Assessor", "评估者")),
        Column("coder", Text("Coder", "编码员")),
        Column("version", Text("Version", "版本")),
        Column("round_before", Text("Round before", "前一轮")),
        Column("before", Text("Score before", "原评分"), labels=values),
        Column("round_after", Text("Round after", "后一轮")),
        Column("after", Text("Score after", "新评分"), labels=values),
        Column("given", Text("Given on", "评定日期")),
    )
    rows = [
        {"commitment": new.commitment, "member": new.member, "assessor": new.assessor, "coder": new.coder,
         "version": new.version, "round_before": old.round, "before": f"{old.value:+d}" if old.value else "0",
         "round_after": new.round, "after": f"{new.value:+d}" if new.value else "0",
         "given": new.given.isoformat() if new.given else None}
        for versions in measured.changed.values() for old, new in pairwise(versions)
    ]  # fmt: skip
    return _table("versions", Text("Judgements given anew", "重新作出的评判"), columns, rows)


def _printed(inputs: Inputs) -> Table:
    """What the press printed, beside what the scores come to: never averaged with it."""
    rounds = {"interim": Text("interim", "中期"), "final": Text("final", "终期")}
    seen = {"text": Text("read", "原文"), "quoted": Text("quoted", "转引"), "recalled": Text("recalled", "凭记忆")}
    rows = published(inputs.institution.name)
    labels = {each["member"]: label_of(inputs, each["member"]) for each in rows if each["member"]}
    columns = (
        Column("year", Text("Year", "年份")),
        Column("round", Text("Round", "轮次"), labels=rounds),
        Column("member", Text("Member", "成员"), labels={**labels, "": Text("all members", "全体成员")}),
        Column("share", Text("Compliance", "履约率"), "share", percent=True, digits=0),
        Column("assessed", Text("Commitments assessed", "受评承诺数")),
        Column("of", Text("Of", "承诺总数")),
        Column("reported", Text("Reported", "报道日期")),
        Column("source", Text("Source", "来源")),
        Column("seen", Text("How it was seen", "所见方式"), labels=seen),
    )
    listed = [{each.name: row[each.name] for each in columns} for row in rows]
    return _table("published", Text("As the press printed it", "报刊所载数字"), columns, listed)


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _table(name: str, title: Text, columns: tuple[Column, ...], rows: Iterable[dict[str, Any]]) -> Table:
    import polars as pl

    schema: dict[str, Any] = {
        each.name: pl.String if each.name in WORDS else pl.Int64 if each.name in COUNTS else pl.Float64
        for each in columns
    }
    return Table(name, title, columns, pl.DataFrame(list(rows), schema=schema))
