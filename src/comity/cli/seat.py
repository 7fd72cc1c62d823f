"""A seat at the terminal: a person sees the state, the legal moves with the rule of each, and answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from comity.kernel.quantity import exact, show
from comity.kernel.result import Language, Text
from comity.model.actor import Actors
from comity.model.seat import Answer, Ask, Move, Span, legal_values
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
}
HELP = Text(
    "Answer with the number of a move. 'state' shows the institution, 'try 62' who would accept a text at 62, 'save' "
    "whether the game is kept, 'quit' stops it.",
    "请输入行动的编号。“state”显示机构现状，“try 62”显示位于62的案文会被谁接受，“save”显示是否已保存，“quit”停止。",
)
LABELS = {
    "session": Text("session", "会议"),
    "outvoted": Text("outvoted in a row", "连续被否决次数"),
    "issue": Text("issue", "议题"),
    "question": Text("text", "案文"),
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
    "obligor": Text("who owes it", "义务方"),
    "owed": Text("owed", "应付"),
}
"""What stands in the view of a question, for a reader."""
SAVED = Text("Every answer is on the log already; --resume goes on.", "每次应答均已写入日志；可用--resume继续。")
NOT_SAVED = Text("No log is kept: begin with --log FILE.", "未保存日志：请以--log FILE开始。")
ASKED = Text("asked by the game", "由推演提出")
YES, NO = Text("better or as good", "不劣于现行文本"), Text("worse", "更差")


class Terminal:
    """A person at the terminal, for one or several members of one game.

    Args:
        game: the game.
        actors: the table of states, for names.
        lang: the language it is spoken to in.
        logged: whether a log is kept.
    """

    def __init__(self, game: Play, actors: Actors, lang: Language, *, logged: bool) -> None:
        self.game, self.actors, self.logged = game, actors, logged
        self.lang: Language = lang
        self.greeted = False

    def __call__(self, ask: Ask) -> Answer:
        """Ask the person until a legal answer is given.

        Raises:
            KeyboardInterrupt: where the person stops, or the input ends.
        """
        if not self.greeted:
            self._say(HELP.of(self.lang))
            self.greeted = True
        self._show(ask)
        while True:
            said = self._line("> ").split()
            if not said:
                continue
            if said[0] in {"quit", "exit", "q"}:
                raise KeyboardInterrupt
            if said[0] == "state":
                self._state(ask.view.get("institution", {}))
            elif said[0] == "save":
                self._say((SAVED if self.logged else NOT_SAVED).of(self.lang))
            elif said[0] == "try" and len(said) == 2:
                self._try(ask, said[1])
            elif said[0].isdecimal() and 1 <= int(said[0]) <= len(ask.moves):
                answer = self._filled(ask, ask.moves[int(said[0]) - 1])
                if answer is not None:
                    return answer
            else:
                self._say(HELP.of(self.lang))

    def _line(self, prompt: str) -> str:
        print(prompt, end="", file=sys.stderr, flush=True)
        said = sys.stdin.readline()
        if not said:
            raise KeyboardInterrupt
        return said.strip()

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr)  # standard output is for the result

    def _name(self, code: str) -> str:
        return self.actors[code].name("cldr").of(self.lang) if code in self.actors else code

    def _show(self, ask: Ask) -> None:
        """The question, what is known for it, and the moves."""
        view = ask.view
        number, most, who = view["round"], view["rounds"], self._name(ask.member)
        head = Text(f"Round {number} of {most}, {who}", f"第{number}轮（共{most}轮），{who}")
        self._say(f"\n{head.of(self.lang)}. {ABOUT[ask.about].of(self.lang)}")
        for name, value in view.items():
            if name in LABELS and value is not None:
                self._say(f"    {LABELS[name].of(self.lang)}: {self._value(value)}")
        if "readout" in view:
            self._readout(view["readout"])
        for number, move in enumerate(ask.moves, 1):
            self._say(f"  {number}. {move.id}  [{self._rule(ask, move)}]")

    def _value(self, value: Any) -> str:
        if isinstance(value, Fraction):
            return show(value) if value.denominator == 1 else f"{float(value):.2f}"
        return self._name(value) if isinstance(value, str) else str(value)

    def _rule(self, ask: Ask, move: Move) -> str:
        """The rule that allows a move: its article, else the rule or organ of the charter by its name."""
        if move.article or not move.kind:
            return move.article or ASKED.of(self.lang)
        law, state = self.game.driver.state.law, self.game.driver.state
        question, topic = (
            state.questions.get(str(ask.view.get("question"))),
            self.game.topics.get(ask.view.get("issue", "")),
        )
        if question is not None:
            title, organ = law.rules[question.rule].title, law.organs[question.organ].title
        elif topic is not None:
            title, organ = law.rules[law.issues[topic.matter].rule].title, law.organs[topic.organ].title
        else:
            title, organ = None, None
        parts = [each.of(self.lang) for each in (organ, title) if each is not None]
        return "; ".join(parts or [law.title.of(self.lang)])

    def _readout(self, accepts: Mapping[str, bool]) -> None:
        """Who accepts a text by the stakes."""
        for word, sign in ((YES, True), (NO, False)):
            who = ", ".join(self._name(code) for code, each in accepts.items() if each is sign)
            self._say(f"    {word.of(self.lang)}: {who or '-'}")

    def _try(self, ask: Ask, written: str) -> None:
        issue = str(ask.view.get("issue", ""))
        try:
            text = exact(written)
        except ValueError as error:
            self._say(str(error))
            return
        if issue not in self.game.topics:
            self._say(HELP.of(self.lang))
            return
        shares = {each: self.game.share(issue, each, text) for each in self.game.members}
        self._readout({each: share >= 0 for each, share in shares.items() if share is not None})

    def _state(self, shown: Mapping[str, Any]) -> None:
        """The institution in a few lines: members, clauses, texts that stand."""
        self._say(f"    {shown.get('on', '')}: {', '.join(self._name(code) for code in shown.get('members', []))}")
        for issue, topic in self.game.topics.items():
            self._say(f"    {issue}: {self._value(self.game.standing(issue))} ({topic.organ}, {topic.matter})")
        for clause, held in shown.get("clauses", {}).items():
            stages = ", ".join(f"{code} {each['state']}" for code, each in held.items())
            self._say(f"    {clause}: {stages}")

    def _filled(self, ask: Ask, move: Move) -> Answer | None:
        """The move with its slots filled, asked one by one; None where what was said does not fit."""
        slots: dict[str, Any] = {}
        for name, allowed in move.slots.items():
            if isinstance(allowed, tuple):
                words = "  ".join(f"{number}. {word}" for number, word in enumerate(allowed, 1))
                said = self._line(f"    {name} - {words}: ")
                chosen = said.isdecimal() and 1 <= int(said) <= len(allowed)
                slots[name] = allowed[int(said) - 1] if chosen else said
            elif isinstance(allowed, Span):
                slots[name] = self._line(f"    {name} - {allowed}: ")
        answer = Answer(ask.id, move.id, slots)
        try:
            legal_values(ask, answer)
        except ValueError as error:
            self._say(str(error))
            return None
        return answer
