"""The tables of a game: everything on its ledger, with what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Column, Table, Text
from comity.rehearsal.parts.game.play import Play

if TYPE_CHECKING:
    import polars as pl

CHOICES = {
    "yes": Text("yes", "赞成"),
    "no": Text("no", "反对"),
    "abstain": Text("abstains", "弃权"),
    "not_participating": Text("takes no part", "不参加表决"),
    "absent": Text("absent", "缺席"),
    "objects": Text("objects", "提出异议"),
}
OUTCOMES = {
    "adopted": Text("adopted", "通过"),
    "not_adopted": Text("not adopted", "未通过"),
    "no_quorum": Text("no quorum", "未达法定人数"),
    "withdrawn": Text("withdrawn", "撤回"),
    "deferred": Text("deferred", "推迟"),
    "tied": Text("tied", "平票"),
    "not_tabled": Text("nobody tabled it", "无人提出"),
}
STAGES = {
    "pending": Text("not yet running", "未开始"),
    "in_force": Text("in force", "有效"),
    "unverified": Text("due, not verified", "到期未核查"),
    "performed": Text("performed", "已履行"),
    "breached": Text("breached", "违反"),
    "not_delivered": Text("not delivered", "未兑现"),
    "noticed": Text("notice given", "已通知"),
    "reminded": Text("reminded", "已提醒"),
    "cured": Text("cured", "已补救"),
    "renegotiating": Text("being renegotiated", "重新谈判中"),
    "owing": Text("payment owed", "应付款"),
    "asked_to_pay": Text("asked to pay", "被要求付款"),
    "suspended": Text("suspended", "中止"),
    "excused": Text("excused", "免责"),
    "discharged": Text("discharged", "解除"),
    "terminated": Text("ended", "终止"),
}
REPORTS = {"kept": Text("kept", "已履行"), "broken": Text("broken", "未履行")}
ERRORS = {"": Text("", ""), "false_alarm": Text("false alarm", "误报"), "miss": Text("overlooked", "漏报")}
SORTS = {
    "contribution": Text("contribution", "会费"),
    "reward": Text("payment on results", "按成果付款"),
    "in_place": Text("in the place of performance", "代替履行的付款"),
}
PLAYED_BY = {
    "seat": Text("the player", "参与者"),
    "fallback": Text("the fallback", "后备策略"),
    "shock": Text("a shock", "冲击"),
}


def _words(name: str, en: str, zh: str, labels: Mapping[str, Text]) -> Column:
    return Column(name, Text(en, zh), labels=labels)


def _number(name: str, en: str, zh: str, *, unit: str = "", digits: int | None = 0) -> Column:
    return Column(name, Text(en, zh), unit=unit, digits=digits)


ROUND = _number("round", "Round", "轮次")
MEMBER = Column("member", Text("Member", "成员"), actor=True)
QUESTION = Column("question", Text("Text", "案文"))
CLAUSE = Column("clause", Text("Clause", "条款"))
SHARE = Text(
    "A share of a member's own range: 1 is its position, 0 no better than what stands, below nought worse.",
    "占成员自身可接受范围的份额：1为其立场，0与现行文本无异，负值更差。",
)


def tables(game: Play, issues: Mapping[str, Text], shocks: Mapping[str, Text] | None = None) -> tuple[Table, ...]:
    """Every table of a game; those without rows too, so that their absence says something.

    Args:
        game: the game.
        issues: the titles of issues.
        shocks: the words for what stands in the column of shocks.
    """
    issue = _words("issue", "Issue", "议题", issues)
    organ = Column("organ", Text("Organ", "机关"))
    ledger = game.ledger
    return (
        _table("rounds", Text("The rounds", "各轮"), ledger.rounds, _rounds(shocks or None)),
        _table(
            "offers",
            Text("Every text that was tabled", "全部提出的案文"),
            ledger.offers,
            (
                ROUND, issue, QUESTION, Column("member", Text("Tabled by", "提出者"), actor=True),
                _number("text", "Place on the scale", "在尺度上的位置", unit="points", digits=1),
                _number("accept", "Better than what stands for", "优于现行文本的成员数", unit="members"),
                _number("judged", "Of members with stakes", "有诉求数据的成员数", unit="members"),
                _words("outcome", "Outcome", "结果", OUTCOMES),
            ),
        ),
        _table(
            "scores",
            Text("What every text gives each member", "每份案文对各成员的份额"),
            ledger.scores,
            (
                ROUND, issue, QUESTION, MEMBER, _number("share", "Share of its range", "所得份额", digits=2),
                Column("accepts", Text("No worse than what stands", "不劣于现行文本")),
            ),
            SHARE,
        ),
        _table("decisions", Text("Decisions", "决定"), ledger.decisions, _decisions(issue, organ)),
        _table(
            "votes",
            Text("Votes", "投票"),
            ledger.votes,
            (
                ROUND, issue, QUESTION, MEMBER, _words("choice", "Vote", "投票", CHOICES),
                _number("share", "Share of its range", "所得份额", digits=2),
                _words("by", "Decided by", "决定者", PLAYED_BY),
            ),
            SHARE,
        ),
        _table(
            "performance",
            Text("Promises that fell due", "到期的承诺"),
            ledger.performance,
            _performance(issue, game),
        ),
        _table(
            "breaches",
            Text("What was done about promises not kept", "对未履行承诺的处理"),
            ledger.breaches,
            (
                ROUND, CLAUSE, MEMBER, Column("by", Text("Acted or agreed", "行动或同意者"), actor=True),
                _words("outcome", "The promise is then", "承诺随后的状态", STAGES),
                Column("true", Text("The last verdict was right", "最近一次核查结论属实")),
            ),
        ),
        _table(
            "payments",
            Text("Payments", "付款"),
            ledger.payments,
            (
                ROUND, _words("sort", "For", "用途", SORTS), MEMBER, CLAUSE,
                Column("currency", Text("Currency", "币种")),
                _number("asked", "Asked or promised", "应付", unit="million", digits=1),
                _number("amount", "Paid", "实付", unit="million", digits=1),
            ),
        ),
        _table(
            "concessions",
            Text("The ledger of concessions", "让步账"),
            ledger.concessions,
            (
                ROUND, issue, MEMBER, _number("text", "Place on the scale", "在尺度上的位置", unit="points", digits=1),
                _number("asks", "Asks for", "要求的份额", digits=2),
                _number("gave", "Gave up since its last text", "较上次让出", digits=2),
                _number("others_got", "The others got", "其他成员所得", digits=2),
            ),
            SHARE,
        ),
        _table(
            "trust",
            Text("Trust", "信任"),
            ledger.trust,
            (ROUND, MEMBER, _number("trust", "Taken to keep its next promise", "被认为会履行下一承诺的概率", digits=2)),
        ),
        _table("payoffs", Text("What each round brought", "各轮所得"), ledger.payoffs, _payoffs()),
        _table(
            "exits",
            Text("Notices of withdrawal", "退出通知"),
            ledger.exits,
            (ROUND, MEMBER, Column("outcome", Text("What the law says", "法律效果"))),
        ),
        *_accessions(game),
    )  # fmt: skip


def _accessions(game: Play) -> tuple[Table, ...]:
    """What was decided on states that asked to join, where any could."""
    if all(shock.what != "accedes" for shock in game.problem.shocks):
        return ()
    columns = (
        ROUND,
        Column("state", Text("Asks to join", "申请加入"), actor=True),
        _words("outcome", "Outcome", "结果", OUTCOMES),
        Column("rule", Text("Rule", "规则")),
        Column("article", Text("Article", "条款依据")),
        *(_number(name, CHOICES[name].en.capitalize(), CHOICES[name].zh) for name in TALLIED),
    )
    return (_table("accessions", Text("Accessions", "加入申请"), game.ledger.accessions, columns),)


def _rounds(shocks: Mapping[str, Text] | None) -> tuple[Column, ...]:
    return (
        ROUND,
        Column("on", Text("Day", "日期")),
        _number("members", "Members", "成员数"),
        _number("events", "Events", "事件数"),
        _number("adopted", "Texts adopted", "通过案文"),
        _number("kept", "Promises reported kept", "报告已履行"),
        _number("broken", "Promises reported broken", "报告未履行"),
        _number("notices", "Notices", "通知"),
        _number("paid", "Contributions paid", "已缴会费", unit="million", digits=1),
        _number("leaving", "Notices of withdrawal", "退出通知"),
        Column("shocks", Text("Shocks", "冲击"), labels=shocks),
    )


def _decisions(issue: Column, organ: Column) -> tuple[Column, ...]:
    return (
        ROUND,
        organ,
        issue,
        _words("outcome", "Outcome", "结果", OUTCOMES),
        _number("text", "Place on the scale", "在尺度上的位置", unit="points", digits=1),
        Column("rule", Text("Rule", "规则")),
        Column("article", Text("Article", "条款依据")),
        *(_number(name, CHOICES[name].en.capitalize(), CHOICES[name].zh) for name in TALLIED),
    )


TALLIED = ("yes", "no", "abstain", "absent", "objects")


def _performance(issue: Column, game: Play) -> tuple[Column, ...]:
    done = _number("done", "Fell due in round", "到期轮次")
    return (
        ROUND,
        *((done,) if game.problem.conduct.delay else ()),
        CLAUSE,
        issue,
        MEMBER,
        _words("before", "Stood at", "此前状态", STAGES),
        _number("effort", "Delivered, of what it owed", "实际履行份额", digits=2),
        _words("reported", "Reported", "核查报告", REPORTS),
        _words("error", "Error of the verifier", "核查误差", ERRORS),
        _words("after", "Stands at", "此后状态", STAGES),
    )


def _payoffs() -> tuple[Column, ...]:
    money = (
        ("gain", "Gain from what was delivered", "所获收益"),
        ("cost", "Cost of its own part", "自身成本"),
        ("received", "Paid to it on results", "所获成果付款"),
        ("paid", "Paid by it", "所付款项"),
        ("tariffs", "Lost to tariffs", "关税损失"),
        ("net", "Net", "净额"),
    )
    return (
        ROUND,
        MEMBER,
        _number(
            "texts",
            "Texts that stand: nearer to it, by salience",
            "现行文本较原状更接近其立场（按重视度）",
            unit="points",
            digits=1,
        ),
        *(_number(name, en, zh, unit="million USD", digits=1) for name, en, zh in money),
    )


def _table(  # noqa: PLR0917 - the parts of a table in their order
    name: str, title: Text, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], note: Text = Text("")
) -> Table:
    import polars as pl

    kinds = {
        "round",
        "members",
        "events",
        "adopted",
        "kept",
        "broken",
        "notices",
        "leaving",
        "done",
        "accept",
        "judged",
        *TALLIED,
    }
    schema = {each.name: _kind(each, kinds, pl) for each in columns}
    shown = [{each.name: row.get(each.name) for each in columns} for row in rows]
    return Table(name, title, tuple(columns), pl.DataFrame(shown, schema=schema), note)


def _kind(column: Column, whole: set[str], frames: Any) -> pl.DataType:
    if column.name in whole:
        return frames.Int64()
    if column.digits is not None:
        return frames.Float64()
    if column.name in {"accepts", "true"}:
        return frames.Boolean()
    return frames.Date() if column.name == "on" else frames.String()


def course(game: Play) -> Table:
    """What happened round by round, as one long table for the timeline."""
    rows: list[dict[str, Any]] = []
    for row in game.ledger.rounds:
        for what in WHAT:
            number = row[what]
            rows.append(
                {
                    "round": row["round"],
                    "what": what,
                    "number": number,
                    "place": -number if what == "broken" else number,
                }
            )
    columns = (
        ROUND,
        _words("what", "What", "事项", WHAT),
        _number("number", "How many", "数量", digits=0),
        _number("place", "Height in the chart", "图中高度", digits=0),
    )
    return _table("course", Text("The course of the game", "推演过程"), rows, columns)


WHAT = {
    "kept": Text("promises reported kept", "报告已履行的承诺"),
    "broken": Text("promises reported broken", "报告未履行的承诺"),
    "adopted": Text("texts adopted", "通过的案文"),
    "leaving": Text("notices of withdrawal", "退出通知"),
}
