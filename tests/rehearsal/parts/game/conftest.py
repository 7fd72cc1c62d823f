"""The rumoured five with the shipped stakes, read once, and games on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import comity
from comity.library.figures import panel
from comity.library.stakes import ground, stakes
from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import frozen, game


def _silent(_done: int, _total: int, _note: str) -> None:
    pass


@pytest.fixture(scope="session")
def g5() -> Institution:
    return comity.load("g5")


@pytest.fixture(scope="session")
def grounds() -> Grounds:
    return ground(stakes("mission"), panel())


@pytest.fixture(scope="session")
def played(g5: Institution, grounds: Grounds) -> Callable[..., tuple[Play, list[Any]]]:
    """Plays a game, and gives it with its log."""

    def made(law: Institution = g5, rounds: int = 8, **given: Any) -> tuple[Play, list[Any]]:
        how = {name: given.pop(name) for name in ("hands", "known") if name in given}
        problem = frozen(law, grounds, rounds=rounds, **{"items": 1, **given})
        log: list[Any] = []
        return play(game(problem, law, grounds, panel=panel(), write=log.append, **how), _silent), log

    return made
