"""The words of a question: what is decided, what is known for it, and the rule that allows each move."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.quantity import show
from comity.kernel.result import Language, Text
from comity.model.seat import Ask, Move

if TYPE_CHECKING:
    from comity.rehearsal.parts.game.play import Play

ABOUT = {
    "attend": Text("Does it come to the session?", "是否出席会议？"),
    "table": Text("Which text does it table?", "提出何种案文？"),
    "vote": Text("How does it vote?", "如何投票？"),
    "perform": Text("How much of what it promised does it deliver?", "履行多少承诺？"),
    "enforce": Text("What does it do about a breach?", "如何处理违反？"),
    "consent": Text("Does it agree to other terms?", "是否同意新的条件？"),
    "pay": Text("Does it pay?", "是否付款？"),
    "leave": Text("Does it leave?", "是否退出？"),
    "retaliate": Text("Does it answer a tariff with the same one?", "是否以同样的关税回应？"),
    "walk_back": Text("Does it take back a tariff of the government before it?", "是否撤回前任政府的关税？"),
    "resume": Text("Does it take back one whose promise it suspended?", "是否恢复已中止的承诺？"),
}
LABELS = {
    "session": Text("session", "会议"),
    "outvoted": Text("outvoted in a row", "连续被否决次数"),
    "issue": Text("issue", "议题"),
    "question": Text("text", "案文"),
    "candidate": Text("asks to join", "申请加入"),
    "text": Text("place on the scale", "在尺度上的位置"),
    "tabled_by": Text("tabled by", "提出者"),
    "share": Text(
        "share of its own range (1 its position, 0 no better than what stands)",
        "所得份额（1为其立场，0与现行文本无异）",
    ),
    "conceded": Text("conceded to it by the others", "其他成员对其让步"),
    "position": Text("its position", "其立场"),
    "reach": Text("how far from it a text may lie", "可接受的偏离"),
    "status_quo": Text("the text that stands", "现行文本"),
    "others": Text("the others' texts, on average", "其他成员案文的平均位置"),
    "refused": Text("its own texts refused in a row", "自身案文连续被拒次数"),
    "clause": Text("clause", "条款"),
    "stage": Text("stands at", "状态"),
    "due": Text("due", "到期日"),
    "noticed": Text("notice of breach was given", "已发出违反通知"),
    "worth": Text(
        "worth its cost (0 never, 1 if all deliver, 2 even alone)",
        "是否值得（0不值得，1各方均履行时值得，2单独履行亦值得）",
    ),
    "reward": Text("paid on results", "成果付款"),
    "kept": Text("promises of others reported kept", "他方承诺报告已履行"),
    "broken": Text("promises of others reported broken", "他方承诺报告未履行"),
    "last_judged": Text("judged the last time", "上次核查数"),
    "last_broken": Text("of these broken", "其中未履行"),
    "agreed": Text("other terms agreed before", "此前重新议定次数"),
    "against": Text("of or on whom", "对方"),
    "amount": Text("amount a round", "每轮金额"),
    "in_force": Text("the tariff stands", "关税仍然有效"),
    "notes": Text("told from outside", "外部消息"),
    "in_a_row": Text("rounds in a row in which it kept all it promised", "连续全部履约的轮数"),
    "obligor": Text("who owes it", "义务方"),
    "owed": Text("owed", "应付"),
}
"""What stands in the view of a question, for a reader."""
ASKED = Text("asked by the game", "由推演提出")
YES, NO = Text("better or as good", "不劣于现行文本"), Text("worse", "更差")


def number(value: Fraction) -> str:
    """A number as a reader wants it: whole, or to two places.

    Example:
        >>> number(Fraction(65)), number(Fraction(2, 3))
        ('65', '0.67')
    """
    return show(value) if value.denominator == 1 else f"{float(value):.2f}"


def rule(game: Play, ask: Ask, move: Move, lang: Language) -> str:
    """The rule that allows a move: its article, else the rule or organ of the charter by its name."""
    if move.article or not move.kind:
        return move.article or ASKED.of(lang)
    law, state = game.driver.state.law, game.driver.state
    question = state.questions.get(str(ask.view.get("question")))
    topic = game.topics.get(ask.view.get("issue", ""))
    if question is not None:
        title, organ = law.rules[question.rule].title, law.organs[question.organ].title
    elif topic is not None:
        title, organ = law.rules[law.issues[topic.matter].rule].title, law.organs[topic.organ].title
    else:
        title, organ = None, None
    parts = [each.of(lang) for each in (organ, title) if each is not None]
    return "; ".join(parts or [law.title.of(lang)])
