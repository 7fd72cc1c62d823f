"""Who answers for the language models of a game: an endpoint from the environment, or a function in its place."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.kernel.errors import InputError
from comity.library.actors import actors
from comity.model.analysis import Inputs
from comity.model.player import Player
from comity.model.seat import Answer
from comity.rehearsal.parts.campaign.engine import Staged, ended, opened
from comity.rehearsal.parts.game.log import Log, header, line, read
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.setting_up import game, player
from comity.rehearsal.parts.seats.consulted import Consulted
from comity.rehearsal.parts.seats.endpoint import Complete, connected
from comity.rehearsal.parts.workers.blocks import Block
from comity.rehearsal.parts.workers.folder import whole as written

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


def nobody(ask: Any) -> Answer:
    """Nobody answers yet: who does is known once the game is set up.

    Raises:
        InputError: always.
    """
    raise InputError(f"Nobody answers for {ask.seat}.", mend="Give it a player.")


def outside(problem: Problem, given: Inputs) -> list[str]:
    """The members that a language model plays."""
    members = given.institution.members_on(problem.start)
    return [each for each in members if problem.player(each).outside == "model"]


@dataclass(frozen=True)
class Heard:
    """Who answers for the language models of a campaign, in this process and in others.

    Attributes:
        url: where their endpoint is; nowhere where the logs in the folder must have all their answers.
        complete: answers in its place; other processes must be able to import it.
    """

    url: str = ""
    complete: Complete | None = None

    @property
    def block(self) -> Block:
        """Plays runs with language models in their seats."""
        return partial(games, self.complete)


@contextmanager
def voices(problem: Problem, complete: Complete | None, url: str | None) -> Generator[Heard | None]:
    """Who answers in a campaign, reached before its first round; None where no model plays."""
    if not any(each.outside == "model" for each in problem.players.values()):
        yield None
        return
    with listening(problem, complete, url, whole=False):
        yield Heard(url or os.environ.get(URL, ""), complete)


def games(complete: Complete | None, problem: bytes, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Games with language models in some seats, each with a log of its own where a folder keeps them.

    What is on the log of a game already is not asked again.
    """
    import numpy as np

    staged = opened(problem)
    found = [_one(staged, run, complete) for run in range(first, first + count)]
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]}


def _one(staged: Staged, run: int, complete: Complete | None) -> dict[str, NDArray[Any]]:
    problem = staged.of(run)
    place = Path(staged.logs) / f"run-{run:06d}.jsonl" if staged.logs else None
    known = Log(problem, {}, ())
    if place is not None and place.exists():
        known = read(place.read_text("utf-8").splitlines(), str(place))
    lines = [line(header(problem))]
    table = game(
        problem, staged.institution, staged.grounds, panel=staged.panel, known=known.answers,
        hands={each: nobody for each in staged.institution.members_on(problem.start)
               if problem.player(each).outside == "model"},
        write=lambda entry: lines.append(line(entry)),
    )  # fmt: skip
    with listening(problem, complete, staged.url, whole=bool(known.end)) as heard:
        spoken = Consulted(table, staged.grounds.stakes, actors(), heard, known=known.exchanges)
        table.driver.hands = dict.fromkeys(spoken.counts, spoken)
        try:
            return ended(table, staged)
        finally:
            if place is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                written(place, ("\n".join(lines) + "\n").encode())
