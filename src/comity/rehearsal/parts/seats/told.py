"""What the language models in a game were asked, answered and used: for the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.rehearsal.parts.seats.consulted import Consulted

if TYPE_CHECKING:
    from comity.players.language_model import LanguageModel
    from comity.rehearsal.parts.game.play import Play
    from comity.rehearsal.parts.game.words import Names

NOT_A_STATE = Text(
    "A language model is not the state whose seat it has: what it decides shows the model, its prompt and its "
    "language as much as the institution. Asked again it may answer otherwise; only the log of this game repeats it.",
    "语言模型并非其所代表的国家：其决定在同等程度上反映模型、提示词和语言。再次询问可能得到不同答案；只有本次推演的日志才能重现结果。",
)
LABELS = {
    "": Text("no", "否"),
    "calls": Text("calls", "调用次数"),
    "tokens": Text("tokens", "词元"),
}
COLUMNS = (
    Column("member", Text("Member", "成员"), actor=True),
    Column("model", Text("Model", "模型")),
    Column("asked", Text("Questions", "问题数"), digits=0),
    Column("answered", Text("Answered in words", "作答数"), digits=0),
    Column("fallbacks", Text("Played by the fallback", "由后备策略代替"), digits=0),
    Column("unasked", Text("Not asked, budget spent", "预算用尽未问"), digits=0),
    Column("requests", Text("Requests sent", "发送请求数"), digits=0),
    Column("tokens_read", Text("Tokens read", "读入词元"), digits=0),
    Column("tokens_written", Text("Tokens written", "写出词元"), digits=0),
    Column("estimated", Text("Answers whose tokens are estimated", "词元为估计值的作答数"), digits=0),
    Column("spent", Text("Budget that ran out", "用尽的预算"), labels=LABELS),
)
NOTE = Text(
    "Tokens are those the endpoint reports; where it reports none, or more than can be, one for every four bytes.",
    "词元数以端点报告为准；未报告或报告数不可能时，按每四字节一个估计。",
)


def used(game: Play) -> dict[str, dict[str, Any]]:
    """What each seat that a language model plays was asked and used."""
    seats = next((hand for hand in game.driver.hands.values() if isinstance(hand, Consulted)), None)
    if seats is None:
        return {}
    return {
        member: {
            "model": cast("LanguageModel", game.problem.player(member)).model,
            "asked": count.asked,
            "answered": count.answered,
            "fallbacks": game.driver.replaced[member],
            "unasked": count.unasked,
            "requests": count.requests,
            "tokens_read": count.read,
            "tokens_written": count.written,
            "estimated": count.estimated,
            "spent": count.spent,
        }
        for member, count in seats.counts.items()
    }


def table(game: Play) -> tuple[Table, ...]:
    """The same as a table; none where no model plays."""
    rows = [{"member": member, **each} for member, each in used(game).items()]
    if not rows:
        return ()
    import polars as pl

    return (Table("models", Text("Language models in seats", "语言模型席位"), COLUMNS, pl.DataFrame(rows), NOTE),)


def findings(game: Play, names: Names) -> list[Finding]:
    """How far the models played themselves."""
    seats = used(game)
    if not seats:
        return []
    asked, fell = (sum(each[name] for each in seats.values()) for name in ("asked", "fallbacks"))
    tokens = sum(each["tokens_read"] + each["tokens_written"] for each in seats.values())
    spent = names.few([member for member, each in seats.items() if each["spent"]])
    who, models = names.few(list(seats)), ", ".join(dict.fromkeys(each["model"] for each in seats.values()))
    fallback = str(getattr(game.problem.fallback, "kind", ""))
    text = Text(
        f"A language model ({models}) was to decide {asked} times for {who.en}; {fell} times the declared fallback "
        f"({fallback}) played instead. {tokens:,} tokens were used"
        + (f"; the budget ran out for {spent.en}." if spent.en else "."),
        f"语言模型（{models}）应为{who.of('zh')}作出{asked}次决定，其中{fell}次由事先声明的后备策略（{fallback}）代替。"
        f"共使用{tokens:,}个词元" + (f"；{spent.of('zh')}的预算已用尽。" if spent.en else "。"),
    )
    figures = {
        name: Figure(value, n=1, seed=game.problem.seed)
        for name, value in (("asked", asked), ("fallbacks", fell), ("tokens", tokens))
    }
    return [Finding(text, figures)]


def caveats(game: Play) -> tuple[Text, ...]:
    """What a reader must know of a game with models."""
    return (NOT_A_STATE,) if used(game) else ()
