"""A language model in the seats of one game: asked once a decision, within its budget, and everything kept on the log.

An exchange that is on the log already is not asked again: a game is repeated from its log without the model, to the
same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError
from comity.model.actor import Actors
from comity.model.seat import Answer, Ask, NoAnswer
from comity.model.stakes import Stakes
from comity.rehearsal.parts.seats.endpoint import Complete, Reply, Request
from comity.rehearsal.parts.seats.prompt import messages
from comity.rehearsal.parts.seats.speech import read

if TYPE_CHECKING:
    from comity.players.language_model import LanguageModel
    from comity.rehearsal.parts.game.play import Play

BYTES = 4
"""How many bytes of text make a token, where the endpoint does not say what it counted."""
FRAME = 1000
"""How many tokens an endpoint may count for a question beyond its bytes: its own template."""


@dataclass
class Count:
    """What one seat has used.

    Attributes:
        asked: questions that were put to it.
        requests: how often a request was sent.
        answered: requests that were answered in words.
        read: tokens read by the model.
        written: tokens written by it.
        estimated: answers whose tokens the endpoint did not say, or said in numbers that cannot be.
        unasked: questions that the budget left no room for.
        spent: which budget ran out: ``calls``, ``tokens``, or empty.
    """

    asked: int = 0
    requests: int = 0
    answered: int = 0
    read: int = 0
    written: int = 0
    estimated: int = 0
    unasked: int = 0
    spent: str = ""


class Consulted:
    """Answers for every seat of a game that a language model plays.

    Args:
        game: the game.
        stakes: what the scales of issues mean.
        actors: the table of states, for names.
        complete: answers a request in words; None where the log must have all answers.
        known: exchanges that are on the log of the game, by question.
    """

    def __init__(
        self,
        game: Play,
        stakes: Stakes,
        actors: Actors,
        complete: Complete | None = None,
        *,
        known: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.game, self.stakes, self.actors = game, stakes, actors
        self.complete, self.known = complete, known or {}
        self.counts: dict[str, Count] = {member: Count() for member in models(game)}

    def __call__(self, ask: Ask) -> Answer:
        """The answer of the model.

        Raises:
            NoAnswer: where nothing came in time that can be read, or the budget is spent.
            InputError: where the log has another question in this place, or the first question is refused for good.
        """
        player, count = cast("LanguageModel", self.game.problem.player(ask.member)), self.counts[ask.member]
        count.asked += 1
        request = self._request(player, ask)
        size = sum(len(each["content"].encode()) for each in request.body["messages"])
        self._afford(player, count, size)
        patient = Request(request.body, player.seconds, min(player.tries, player.calls - count.requests))
        reply = self._replayed(ask, request) or self._asked(ask, patient)
        tokens = _tokens(reply, size, player.longest)
        self._note(ask, request, reply, tokens)
        count.requests += reply.requests
        count.read, count.written = count.read + tokens["prompt"], count.written + tokens["completion"]
        if reply.text is None:
            raise NoAnswer(reply.fault)
        count.answered += 1
        count.estimated += tokens["estimated"]
        return read(reply.text, ask)

    def _request(self, player: LanguageModel, ask: Ask) -> Request:
        body: dict[str, Any] = {
            "model": player.model,
            "messages": messages(self.game, ask, stakes=self.stakes, actors=self.actors, lang=player.lang),
            player.limit: player.longest,
        }
        if player.temperature is not None:
            body["temperature"] = float(player.temperature)
        return Request(body)

    def _afford(self, player: LanguageModel, count: Count, size: int) -> None:
        """Ask only where the longest answer still fits into the budget.

        Raises:
            NoAnswer: where it does not.
        """
        if not count.spent:
            if count.requests >= player.calls:
                count.spent = "calls"
            elif count.read + count.written + _estimate(size) + player.longest > player.tokens:
                count.spent = "tokens"
        if count.spent:
            count.unasked += 1
            most = player.calls if count.spent == "calls" else player.tokens
            raise NoAnswer(f"The budget of {most} {count.spent} is spent; the model is not asked any more.")

    def _replayed(self, ask: Ask, request: Request) -> Reply | None:
        """The reply that is on the log.

        Raises:
            InputError: where it answers another question.
        """
        kept = self.known.get(ask.id)
        if kept is None:
            return None
        if kept.get("digest") != digest(request.body) or kept.get("seat") != ask.seat:
            what = f"The log has an answer to another question {ask.id} to {ask.seat}."
            raise InputError(what, mend="Take the charter, the stakes and the program of that day.")
        used = cast("dict[str, Any]", kept["usage"])
        usage = {} if used["estimated"] else {f"{name}_tokens": used[name] for name in ("prompt", "completion")}
        return Reply(kept["response"], kept["fault"], kept["requests"], usage, kept["served"])

    def _asked(self, ask: Ask, request: Request) -> Reply:
        """The reply of the endpoint.

        Raises:
            InputError: where the very first question is refused for good: nothing is lost yet.
        """
        if self.complete is None:
            what = f"The log ends before question {ask.id} to {ask.seat}, and no model is there to go on."
            raise InputError(what, mend="Name one: --model-url http://localhost:11434/v1, or COMITY_MODEL_URL.")
        reply = self.complete(request)
        if reply.refused and not any(each.requests for each in self.counts.values()):
            model = request.body["model"]
            mend = f"Is there a model '{model}', and is COMITY_MODEL_KEY its key? See --model, and `limit` and "
            raise InputError(reply.fault, mend=f"{mend}`temperature` of the player.")
        return reply

    def _note(self, ask: Ask, request: Request, reply: Reply, tokens: Mapping[str, Any]) -> None:
        """The exchange, for the log."""
        exchange = {
            "ask": ask.id,
            "seat": ask.seat,
            "digest": digest(request.body),
            "request": request.body,
            "response": reply.text,
            "fault": reply.fault,
            "served": reply.served,
            "requests": reply.requests,
            "usage": tokens,
        }
        self.game.driver.write({"model": exchange})


def models(game: Play) -> list[str]:
    """The members that a language model plays."""
    return [each for each in game.members if game.problem.player(each).outside == "model"]


def _estimate(size: int) -> int:
    return -(-size // BYTES)


def _tokens(reply: Reply, size: int, longest: int) -> dict[str, Any]:
    """The tokens of an exchange: what the endpoint says where it can be, else by the bytes of the texts."""
    said = len((reply.text or "").encode())
    prompt, completion = (reply.usage.get(f"{name}_tokens") for name in ("prompt", "completion"))
    if _whole(prompt, size + FRAME) and _whole(completion, max(longest, said)):
        return {"prompt": prompt, "completion": completion, "estimated": False}
    if reply.text is None:
        return {"prompt": 0, "completion": 0, "estimated": True}
    return {"prompt": _estimate(size), "completion": _estimate(said), "estimated": True}


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
