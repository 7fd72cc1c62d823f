"""Language model: asked over an OpenAI-compatible endpoint, one call a decision, by whoever drives the game."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from comity.kernel.errors import InputError
from comity.kernel.quantity import Exact
from comity.model.player import Player
from comity.model.seat import Answer, Ask


class LanguageModel(Player):
    """A language model sits here: it is shown the question and the menu of legal moves, and names one of them.

    What it says beside the name of a move decides nothing. An answer that is late, or is no move of the menu, is
    counted, and the declared fallback of the game plays; so it does for the rest of the game once a budget is spent.

    Source:
        Rivera and others (2024), "Escalation risks from language models in military and diplomatic decision-making",
        FAccT '24, for models in the seats of states, and for how far they are from the people they stand for.

    Example:
        >>> LanguageModel(model="a-model", calls=200).tries
        3
    """

    outside: ClassVar[Literal["", "person", "model"]] = "model"

    kind: Literal["language_model"] = "language_model"
    """The kind of player."""
    model: str = ""
    """The model, by the name its endpoint knows it by; where empty it comes from outside: --model, COMITY_MODEL."""
    lang: Literal["en", "zh"] = "en"
    """The language in which it is asked."""
    calls: Annotated[int, Ge(0)] = 2000
    """The most requests that are sent for one seat in one game, those that are sent again included."""
    tokens: Annotated[int, Ge(0)] = 5_000_000
    """The most tokens that are read and written for one seat in one game."""
    longest: Annotated[int, Ge(1), Le(100_000)] = 1000
    """The most tokens that one answer may have; a model that reasons before it answers needs more."""
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """The word by which the endpoint is told so."""
    temperature: Annotated[Exact, Le(2)] | None = None
    """How much chance is in its words; the endpoint's own where absent."""
    seconds: Annotated[int, Ge(1), Le(3600)] = 60
    """How long one request may take."""
    tries: Annotated[int, Ge(1), Le(10)] = 3
    """How often a request is sent where the endpoint is late, overburdened or in trouble."""

    def choose(self, ask: Ask) -> Answer:
        """Nobody answers for a model.

        Raises:
            InputError: where it is asked without an endpoint.
        """
        what = f"{ask.seat} is played by a language model, and no endpoint is named."
        raise InputError(what, mend="Name one: --model-url http://localhost:11434/v1, or COMITY_MODEL_URL.")
