"""The tables of a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Column, Table, Text
from comity.rehearsal.parts.campaign.figures import TOLD, Estimate, Found

MEMBER = Column("member", Text("Member", "成员"), actor=True)
ROUND = Column("round", Text("Round", "轮次"), digits=0)
LOW, HIGH = Text("Low (95 %)", "下限（95%）"), Text("High (95 %)", "上限（95%）")
WORDS = {
    "notices": Text("notices given", "发出通知"),
    "false_notices": Text("of these on a false alarm", "其中基于误报"),
    "cured": Text("promises cured", "获补救的承诺"),
    "renegotiated": Text("promises agreed anew", "重新议定的承诺"),
    "suspended": Text("promises suspended", "中止的承诺"),
    "false_alarms": Text("false alarms of the verifier", "核查误报"),
    "misses": Text("failures overlooked", "漏报"),
}


def share(name: str, en: str, zh: str) -> Column:
    """A column of shares of one."""
    return Column(name, Text(en, zh), digits=1, percent=True)


def number(name: str, en: str, zh: str, *, unit: str = "", digits: int = 1) -> Column:
    """A column of numbers."""
    return Column(name, Text(en, zh), unit=unit, digits=digits)


def _bounds(of: str = "", *, percent: bool = False, unit: str = "", digits: int = 1) -> tuple[Column, Column]:
    prefix = f"{of}_" if of else ""
    low = Column(f"{prefix}low", LOW, unit=unit, digits=digits, percent=percent)
    return low, Column(f"{prefix}high", HIGH, unit=unit, digits=digits, percent=percent)


def _named(of: str, found: Estimate | None) -> dict[str, float | None]:
    """An estimate as the three columns of its name."""
    value, low, high = found or (None, None, None)
    return {of: value, f"{of}_low": low, f"{of}_high": high}


def _table(name: str, title: Text, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> Table:
    import polars as pl

    names = [column.name for column in columns]
    frame = pl.DataFrame([{key: row[key] for key in names} for row in rows], infer_schema_length=None)
    return Table(name, title, tuple(columns), frame if rows else pl.DataFrame({key: [] for key in names}))


def tables(found: Found, issues: Mapping[str, Text]) -> tuple[Table, ...]:
    """All tables of a campaign."""
    clauses = {
        name: clause.title or Text(name) for name, clause in found.game.driver.state.law.clauses.items()
        if name in found.clauses
    }  # fmt: skip
    titles = {**issues, **clauses}
    made = [_adoption(found, issues), _delivery(found, titles), _notices(found), _members(found)]
    return (*made, _staying(found), _course(found), _trust(found))


def _adoption(found: Found, issues: Mapping[str, Text]) -> Table:
    of = found.sums.of
    rows: list[dict[str, Any]] = []
    for place, issue in enumerate(found.issues):
        hits = int(of["adopted"][place])
        row = found.share(hits).told()
        tally = [(round_, int(runs)) for round_, runs in enumerate(of["adopted_first"][place]) if round_]
        sums = [sum(round_**power * runs for round_, runs in tally) for power in (1, 2)]
        first = _among(sums[0], sums[1], hits)
        text = _among(float(of["text"][place]) / 1e3, float(of["text_squares"][place]) / 1e6, hits)
        spread = None if text is None else max(float(of["text_squares"][place]) / 1e6 / hits - text.value**2, 0) ** 0.5
        rows.append({"issue": issue, **row, **_named("first", first), **_named("text", text), "spread": spread})
    columns = (
        Column("issue", Text("Issue", "议题"), labels=issues),
        share("value", "Runs with a text adopted", "通过案文的推演比例"),
        *_bounds(percent=True),
        number("first", "Round of the first, on average", "首次通过的平均轮次"),
        *_bounds("first"),
        number("text", "Text that stands at the end, on average", "结束时现行文本均值", unit="points"),
        *_bounds("text", unit="points"),
        number("spread", "Its standard deviation", "其标准差", unit="points"),
    )
    return _table("adoption", Text("What is adopted", "通过情况"), columns, rows)


def _among(total: float, squares: float, number: int) -> Estimate | None:
    """The mean over the runs in which something happened, with its interval; None where it never did."""
    if not number:
        return None
    middle = total / number
    half = 1.96 * (max(squares / number - middle**2, 0) / max(number - 1, 1)) ** 0.5
    return Estimate(middle, middle - half, middle + half)


def _delivery(found: Found, titles: Mapping[str, Text]) -> Table:
    rows: list[dict[str, Any]] = []
    for place, name in enumerate([*found.issues, *found.clauses]):
        kept = found.kept(place)
        row = {"value": None, "low": None, "high": None} if kept is None else kept.told()
        count = found.sums.of["count"][place]
        per_run = {
            word: int(count[which]) / found.runs
            for word, which in (("due", 3), ("notices", 9), ("false_notices", 10), ("renegotiated", 11))
        }
        rows.append({"promise": name, **row, **per_run})
    columns = (
        Column("promise", Text("Promise under", "承诺依据"), labels=titles),
        share("value", "Kept, of those due", "到期承诺履行率"),
        *_bounds(percent=True),
        number("due", "Fell due, a run", "每次推演到期数"),
        number("notices", "Notices, a run", "每次推演通知数", digits=2),
        number("false_notices", "On a false alarm", "其中基于误报", digits=2),
        number("renegotiated", "Agreed anew, a run", "每次推演重新议定数", digits=2),
    )
    return _table("delivery", Text("What is delivered", "履行情况"), columns, rows)


def _notices(found: Found) -> Table:
    rows = [{"what": word, **found.told(word).told()} for word in TOLD]
    columns = (
        Column("what", Text("What", "事项"), labels=WORDS),
        number("value", "A run, on average", "每次推演均值", digits=2),
        *_bounds(digits=2),
    )
    return _table("responses", Text("Breach and what follows", "违约及其后果"), columns, rows)


def _members(found: Found) -> Table:
    rows: list[dict[str, Any]] = []
    of = found.sums.of
    for place, member in enumerate(found.members):
        present = found.per_run("present", place)
        five, quarter, median, three, ninety = found.spread(place)
        rows.append(
            {
                "member": member,
                "value": present.value, "low": present.low, "high": present.high,
                "p05": five, "p25": quarter, "p50": median, "p75": three, "p95": ninety,
                **_named("gains", found.share(int(of["gains"][place]))),
                **_named("paid", found.money(place, 0)),
                **_named("received", found.money(place, 1)),
                **_named("texts", found.per_run("wishes", place)),
                **_named("left", found.share(int(of["left"][place][1:].sum()))),
            }
        )  # fmt: skip
    unit = "million USD"
    columns = (
        MEMBER,
        number("value", "Present value, on average", "现值均值", unit=unit),
        *_bounds(unit=unit),
        *(number(f"p{name}", f"{int(name)} % of runs below", f"{int(name)}%分位", unit=unit)
          for name in ("05", "25", "50", "75", "95")),
        share("gains", "Runs in which it gains", "获益的推演比例"),
        *_bounds("gains", percent=True),
        number("paid", "Paid in a run", "每次推演支付", unit=unit),
        *_bounds("paid", unit=unit),
        number("received", "Received in a run", "每次推演收到", unit=unit),
        *_bounds("received", unit=unit),
        number("texts", "Texts nearer to it, by salience", "文本向其靠近（按重视度）", unit="points"),
        *_bounds("texts", unit="points"),
        share("left", "Runs in which it left", "退出的推演比例"),
        *_bounds("left", percent=True),
    )  # fmt: skip
    return _table("members", Text("Who gains", "谁获益"), columns, rows)


def _staying(found: Found) -> Table:
    columns = (ROUND, MEMBER, share("value", "Still a member", "仍为成员"), *_bounds(percent=True))
    return _table("staying", Text("Who is still a member", "仍为成员的比例"), columns, list(found.staying()))


def _course(found: Found) -> Table:
    unit = "million USD"
    columns = (
        ROUND,
        number("runs", "Runs still played", "仍在进行的推演", digits=0),
        number("members", "Members", "成员数", digits=2),
        number("adopted", "Texts adopted", "通过案文数", digits=2),
        share("kept", "Kept, of those due", "到期承诺履行率"),
        number("notices", "Notices", "通知数", digits=2),
        number("paid", "Contributions paid", "已付会费", unit=unit),
        number("renegotiated", "Agreed anew", "重新议定数", digits=2),
        *(number(f"net_{name}", f"Net gain of all so far, {int(name)} % of runs below", f"累计净收益{int(name)}%分位",
                 unit=unit) for name in ("05", "25", "50", "75", "95")),
    )  # fmt: skip
    return _table("course", Text("Round by round", "逐轮进程"), columns, list(found.course()))


def _trust(found: Found) -> Table:
    columns = (
        Column("holder", Text("Who trusts", "信任方"), actor=True),
        MEMBER,
        number("value", "Trust", "信任度", digits=3),
        *_bounds(digits=3),
    )
    return _table("trust", Text("Who trusts whom at the end", "结束时的信任关系"), columns, list(found.trust()))
