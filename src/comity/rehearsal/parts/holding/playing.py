"""Games of one institution under several ways of playing, on common random numbers: what is kept of every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.rehearsal.parts.campaign import blocks, engine
from comity.rehearsal.parts.campaign.paths import way as path_of
from comity.rehearsal.parts.game.setting_up import frozen, game

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.model.institution import Institution
    from comity.rehearsal.parts.game.play import Play

    Array = NDArray[Any]


class Runs(NamedTuple):
    """What is kept of games, run by run; names of promises are the issues, then the clauses of the charter.

    Attributes:
        promises: the names of what promises are made under.
        members: the members.
        due: runs x promises, how many fell due.
        kept: runs x promises, how many of these were kept.
        breach: runs x promises, the round in which the first was broken by choice; 0 where none was.
        left: runs, the round in which the first member had left; 0 where none did.
        present: runs x members, the present value of all they had of it, in millions.
        paid: runs, what was paid on results, in millions.
    """

    promises: tuple[str, ...]
    members: tuple[str, ...]
    due: Array
    kept: Array
    breach: Array
    left: Array
    present: Array
    paid: Array


@dataclass(frozen=True)
class Rehearsals:
    """How the games of every way are set up.

    Attributes:
        inputs: what the analysis may read.
        rounds: how many rounds a game has.
        runs: how many games of each way are played.
        discount: the yearly rate at which money is discounted to the first round.
        options: the time between rounds, shocks and the like, as a problem is frozen with them.
        why: why some games were played on the law engine; filled in as they are.
    """

    inputs: Inputs
    rounds: int
    runs: int
    discount: Fraction
    options: Mapping[str, Any]
    why: dict[str, Text] = field(default_factory=dict[str, Text])

    def set_up(
        self, players: Mapping[str, str], institution: Institution | None = None, terms: Mapping[str, Any] | None = None
    ) -> Play:
        """A game before its first round.

        Raises:
            UnknownName: for a player or member that is not there.
            InputError: where a person would have to play.
            NotComputable: where no issue can be played.
        """
        inputs = self.inputs
        body = institution or inputs.institution
        options: dict[str, Any] = {**self.options, **({} if terms is None else {"terms": dict(terms)})}
        problem = frozen(
            body, inputs.wanted(), players=players, rounds=self.rounds, seed=inputs.seed, on=inputs.on, **options
        )
        return game(problem, body, inputs.wanted(), panel=inputs.panel)

    def play(self, table: Play, institution: Institution | None = None) -> Runs:
        """All games of one way, whose chances are those of every other way.

        Args:
            table: the game before its first round.
            institution: the institution that plays, where it is not the one that is asked about.
        """
        import numpy as np

        from comity.solvers.campaign import arrays as at
        from comity.solvers.campaign.playing import block

        law = path_of(table, "any", forgets=Fraction(0), discount=self.discount, narrow=False)
        staged = b""
        if isinstance(law, Text):
            self.why[law.en] = law
            inputs = self.inputs
            body = institution or inputs.institution
            staged = engine.Staged(
                table.problem, body, inputs.wanted(), inputs.panel, Fraction(0), self.discount
            ).packed()  # fmt: skip
        size = engine.SIZE if isinstance(law, Text) else blocks.SIZE
        parts: list[tuple[Array, ...]] = []
        for first in range(0, self.runs, size):
            count = min(size, self.runs - first)
            had = engine.block(staged, first, count) if isinstance(law, Text) else block(law, first, count)._asdict()
            counts, exits = had["counts"], had["exits"][:, :, 1]
            gone = np.where(exits > 0, exits, self.rounds + 1).min(axis=1)
            parts.append(
                (
                    counts[:, :, at.FELL_DUE],
                    counts[:, :, at.DELIVERED],
                    counts[:, :, at.FIRST_BREACH],
                    np.where(gone > self.rounds, 0, gone),
                    had["worth"][:, :, at.PRESENT],
                    had["cents"][:, :, at.RECEIVED].sum(axis=1) / 1e8,
                )
            )
        arrays = [np.concatenate(each) for each in zip(*parts, strict=True)]
        names = (*table.topics, *table.driver.state.law.clauses)
        return Runs(names, tuple(table.members), *arrays)


def seats(written: str) -> dict[str, str]:
    """The players of one way: one for all, then those of single members.

    Raises:
        InputError: where it cannot be read.

    Example:
        >>> seats("reciprocate,USA=free_ride,RUS=walk_out:patience=1")
        {'*': 'reciprocate', 'USA': 'free_ride', 'RUS': 'walk_out:patience=1'}
    """
    all_, *others = written.split(",")
    found = {"*": all_.strip()}
    for each in others:
        member, sign, player = each.strip().partition("=")
        if not sign or not member or not player:
            mend = "Write one player for all, then others by member: reciprocate,USA=free_ride."
            raise InputError(f"'{each}' in the way of playing '{written}' names no member and player.", mend=mend)
        found[member] = player
    return found
