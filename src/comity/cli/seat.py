"""A seat at the terminal: a person sees the state, the legal moves with the rule of each, and answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from comity.kernel.quantity import exact
from comity.kernel.result import Language, Text
from comity.model.actor import Actors
from comity.model.seat import Answer, Ask, Move, Span, legal_values
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.seats.asking import ABOUT, LABELS, NO, YES, number, rule

HELP = Text(
    "Answer with the number of a move. 'state' shows the institution, 'try 62' who would accept a text at 62, 'save' "
    "whether the game is kept, 'quit' stops it.",
    "请输入行动的编号。“state”显示机构现状，“try 62”显示位于62的案文会被谁接受，“save”显示是否已保存，“quit”停止。",
)
SAVED = Text("Every answer is on the log already; --resume goes on.", "每次应答均已写入日志；可用--resume继续。")
NOT_SAVED = Text("No log is kept: begin with --log FILE.", "未保存日志：请以--log FILE开始。")


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
        now, most, who = view["round"], view["rounds"], self._name(ask.member)
        head = Text(f"Round {now} of {most}, {who}", f"第{now}轮（共{most}轮），{who}")
        self._say(f"\n{head.of(self.lang)}. {ABOUT[ask.about].of(self.lang)}")
        for name, value in view.items():
            if name in LABELS and value is not None:
                self._say(f"    {LABELS[name].of(self.lang)}: {self._value(value)}")
        if "readout" in view:
            self._readout(view["readout"])
        for at, move in enumerate(ask.moves, 1):
            self._say(f"  {at}. {move.id}  [{rule(self.game, ask, move, self.lang)}]")

    def _value(self, value: Any) -> str:
        if isinstance(value, Fraction):
            return number(value)
        return self._name(value) if isinstance(value, str) else str(value)

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
                words = "  ".join(f"{at}. {word}" for at, word in enumerate(allowed, 1))
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
