"""Who answers for the language models of a game: an endpoint from the environment, or a function in its place."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from comity.kernel.errors import InputError
from comity.model.player import Player
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.setting_up import player
from comity.rehearsal.parts.seats.endpoint import Complete, connected

Written = str | Mapping[str, Any] | Player
URL, MODEL, KEY = "COMITY_MODEL_URL", "COMITY_MODEL", "COMITY_MODEL_KEY"


def named(players: Mapping[str, Written] | None, model: str | None) -> dict[str, Player]:
    """The players of a game, each model by its name.

    Args:
        players: who plays each member.
        model: the model of those that name none; that of the environment where absent.

    Raises:
        InputError: where a model has no name.

    Example:
        >>> named({"JPN": "language_model", "USA": "grim"}, "a-model")["JPN"].model
        'a-model'
    """
    found = {member: player(written) for member, written in (players or {}).items()}
    for member, each in found.items():
        if each.outside == "model" and not getattr(each, "model", ""):
            name = (model or os.environ.get(MODEL, "")).strip()
            if not name:
                what = f"The language model of {member} has no name."
                raise InputError(what, mend=f"Name it: --model NAME, or {MODEL}.")
            found[member] = each.model_copy(update={"model": name})
    return found


@contextmanager
def listening(
    problem: Problem, complete: Complete | None, url: str | None, *, whole: bool
) -> Generator[Complete | None]:
    """Whoever answers for the models of a game, for as long as it lasts; None where nobody does, or need.

    Args:
        problem: what is rehearsed.
        complete: answers in the place of an endpoint.
        url: where the endpoint is; from the environment where absent.
        whole: whether the log of the game has every answer already, so that none is asked.

    Raises:
        SourceError: where nobody is there, before round 1.
        InputError: where the URL is none, or the key is refused.
    """
    place = url or os.environ.get(URL, "")
    needed = any(each.outside == "model" for each in problem.players.values())
    if complete is not None or whole or not needed or not place:
        yield complete if needed and not whole else None
        return
    with connected(place, os.environ.get(KEY, ""), sleep=time.sleep, now=time.monotonic) as endpoint:
        endpoint.reach()
        yield endpoint
