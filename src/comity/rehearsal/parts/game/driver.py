"""The driver of a game: it asks the seats, keeps to the seat protocol, and lets the law say what follows.

Every answer and every event goes to the log as it comes, so that an interrupted game can be read, replayed and resumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from comity.kernel.canonical import plain
from comity.kernel.streams import Stream
from comity.model.event import event
from comity.model.player import Player
from comity.model.seat import Answer, Ask, Move, NoAnswer, Settled, settle
from comity.procedure import Determination, State, apply, view
from comity.rehearsal.parts.game.problem import Problem, Shock

Hand = Callable[[Ask], Answer]
"""Somebody outside the program who answers: a person at a terminal, a language model."""
Write = Callable[[Mapping[str, Any]], None]
"""Keeps one entry of the log."""


def _keep_nothing(_entry: Mapping[str, Any]) -> None:
    """No log is kept."""


@dataclass
class Driver:
    """Asks seats and applies events, for one game.

    Attributes:
        problem: the frozen problem.
        state: the institution as it stands.
        hands: members that are played from outside.
        known: answers that are on the log of an interrupted game, by question.
        write: keeps an entry of the log.
        shocks: the shocks that are felt in this round.
    """

    problem: Problem
    state: State
    hands: Mapping[str, Hand] = field(default_factory=dict[str, Hand])
    known: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    write: Write = _keep_nothing
    shocks: Sequence[Shock] = ()
    round: int = 0
    asked: int = 0
    """How many questions were asked in this round."""
    total: int = 0
    """How many were asked in all."""
    events: int = 0
    replaced: Counter[str] = field(default_factory=Counter[str])
    """In the place of which members the fallback played, and how often."""
    elected: dict[str, Player] = field(default_factory=dict[str, Player])
    """Who plays a member since an election."""
    order: dict[str, int] = field(default_factory=dict[str, int])
    """The number of each member, by which its chances are drawn."""

    @property
    def fallbacks(self) -> int:
        """How often the fallback played."""
        return self.replaced.total()

    def player(self, member: str) -> Player:
        """Who plays a member now."""
        return self.elected.get(member) or self.problem.player(member)

    def draw(self, purpose: str, member: str) -> int:
        """A whole number from 0 to 2**32 - 1 for one purpose, member and round."""
        number = self.order.setdefault(member, len(self.order))
        drawn = Stream(self.problem.seed, purpose).integers(self.problem.run, number, self.round)
        return int(drawn[0, 0])

    def felt(self, what: str, member: str) -> bool:
        """Whether a shock of this sort is felt by a member in this round."""
        return any(shock.what == what and shock.by == member for shock in self.shocks)

    def ask(
        self, about: str, member: str, moves: Sequence[Move], known: Mapping[str, Any], *, key: str = ""
    ) -> Settled:
        """Ask a member, and settle what counts.

        Args:
            about: what is decided.
            member: who is asked.
            moves: what it may do.
            known: what it may know for it.
            key: tells apart several questions of one sort to one member in a round.
        """
        self.asked += 1
        self.total += 1
        problem = self.problem
        seat, player = f"member:{member}", self.player(member)
        shown: dict[str, Any] = {"round": self.round, "rounds": problem.rounds, **known}
        if notes := [shock.text for shock in self.shocks if shock.what == "note" and shock.by == member]:
            shown["notes"] = "; ".join(notes)
        if player.sees or member in self.hands:
            shown["institution"] = view(self.state, seat)
        purpose = f"rehearsal.player.{about}.{key}"
        until = problem.day(self.round + 1)
        ask = Ask(f"{self.round}.{self.asked}", seat, about, shown, tuple(moves), until, self.draw(purpose, member))
        settled = self._forced(ask) or self._answered(ask)
        self.replaced[member] += settled.by == "fallback"
        self.write({"answer": _entry(ask, settled)})
        return settled

    def _answered(self, ask: Ask) -> Settled:
        fallback = self.problem.fallback.choose(ask)
        if ask.id in self.known:
            return settle(ask, [self.known[ask.id]], fallback)
        try:
            said = self.hands.get(ask.member, self.player(ask.member).choose)(ask)
        except NoAnswer as why:
            return settle(ask, [], fallback, missing=str(why))
        return settle(ask, [said], fallback)

    def _forced(self, ask: Ask) -> Settled | None:
        """What a shock does in the place of the player; None where none is felt."""
        forced: Answer | None = None
        if ask.about == "attend" and self.felt("absent", ask.member):
            forced = Answer(ask.id, ask.moves[0].id, {"attendance": "absent"}, "shock: absent")
        elif ask.about == "vote" and self.felt("vetoes", ask.member):
            own = next((move.id for move in ask.moves if move.kind == "objection_made"), None)
            ballot = next(move.id for move in ask.moves if "choice" in move.slots)
            forced = Answer(ask.id, own or ballot, {} if own else {"choice": "no"}, "shock: vetoes")
        elif ask.about == "pay" and self.felt("does_not_pay", ask.member):
            forced = Answer(ask.id, "pass", {}, "shock: does not pay")
        elif ask.about == "perform" and self.felt("does_not_deliver", ask.member):
            forced = Answer(ask.id, ask.moves[0].id, {"effort": Fraction(0)}, "shock: does not deliver")
        elif ask.about == "leave" and self.felt("leaves", ask.member):
            forced = Answer(ask.id, ask.moves[0].id, {}, "shock: leaves")
        return None if forced is None else replace(settle(ask, [forced], forced), by="shock")

    def apply(self, made: Mapping[str, Any]) -> tuple[Determination, ...]:
        """Let an event happen; what the law says of it."""
        happened = event(dict(made))
        step = apply(self.state, happened)
        self.state = step.state
        self.events += 1
        says = [f"{each.about}: {each.outcome}" for each in step.determinations]
        entry: dict[str, Any] = {"round": self.round, "event": happened}
        if says:
            entry["says"] = says
        if step.flags:
            entry["flags"] = [f"{flag.what}: {flag.says.en}" for flag in step.flags]
        self.write(entry)
        return step.determinations

    def conduct(self, kind: str, by: str = "secretariat", **fields: Any) -> tuple[Determination, ...]:
        """Let an event of the conduct of business happen on the day of the round."""
        day = max(self.problem.day(self.round), self.state.on)
        return self.apply({"kind": kind, "on": day, "by": by, **fields})


def _entry(ask: Ask, settled: Settled) -> dict[str, Any]:
    answer = settled.answer
    entry: dict[str, Any] = {
        "ask": ask.id,
        "seat": ask.seat,
        "about": ask.about,
        "move": answer.move,
        "slots": plain(dict(answer.slots)),
        "by": settled.by,
    }
    if answer.reason:
        entry["reason"] = answer.reason
    if settled.fault:
        entry["fault"] = settled.fault
        said = settled.said
        entry["said"] = (
            None if said is None else {"move": said.move, "slots": {k: str(v) for k, v in said.slots.items()}}
        )
    return entry
