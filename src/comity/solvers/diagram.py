"""A rule as a diagram: what still matters after some members have chosen, and nothing else.

Members choose one after the other. All that later members need to know of earlier choices are the sums of the rule's
conditions; sums that no later choice can tell apart are one node, and so is everything that is already decided. A rule
of heads has a few nodes a member, fifteen members that all differ under three choices some thousands. One pass forward
and one back then give the chance of adoption for every choice of every member, under any chances of the choices, in
floats or in whole numbers of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.game import CHOICES, Formula, Game

FAILS, CARRIED = 0, 1
NODES = 2**23
"""The most nodes that a diagram may have."""
SUMS = 2**16
"""The most sums of later members that are told apart exactly."""
LARGEST = 2**62

Values: TypeAlias = NDArray[Any]
Integers: TypeAlias = NDArray[np.int64]
Added: TypeAlias = tuple[Integers, bool]
"""The sums that later members can add, in ascending order; where the word is False, only the least and the greatest."""


class TooLarge(ValueError):
    """A rule whose diagram would pass the limit: sampling is what is left."""


@dataclass(frozen=True)
class Diagram:
    """A rule, member by member.

    Attributes:
        members: the names of the members, in the order of the game.
        choices: what each member may choose.
        order: the members' positions in the order in which the diagram asks them.
        start: the node before anybody has chosen.
        layers: for each member asked ``nodes x choices``, the next node; node 0 has failed, node 1 is carried.

    Example:
        >>> from comity.solvers.game import weighted
        >>> council = diagram(weighted([3, 2, 1], quota=4), ("yes", "no"))
        >>> float(council.given(np.full((3, 2), 0.5))[0])
        0.375
    """

    members: tuple[str, ...]
    choices: tuple[str, ...]
    order: tuple[int, ...]
    start: int
    layers: tuple[NDArray[np.int32], ...]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return sum(len(layer) for layer in self.layers)

    def given(self, chances: Values) -> tuple[Any, Values]:
        """The chance of adoption, and the same given each choice of each member.

        Args:
            chances: ``members x choices``, how likely each member chooses so; independent. Whole numbers of any size
                (``dtype=object``) are counted exactly: the answer is then a sum of products of them.

        Returns:
            The chance of adoption, and ``members x choices`` that chance among the others when a member chooses so.

        Raises:
            ValueError: where the shape is not ``members x choices``.
        """
        chances = np.asarray(chances)
        if chances.shape != (len(self.members), len(self.choices)):
            raise ValueError(
                f"The diagram needs {len(self.members)} members x {len(self.choices)} choices; got {chances.shape}."
            )
        asked = chances[list(self.order)]
        behind = self._behind(asked)
        given = np.zeros_like(asked)
        ahead = np.zeros(len(self.layers[0]), dtype=asked.dtype)
        ahead[self.start] = 1
        for place, layer in enumerate(self.layers):
            for choice in range(len(self.choices)):
                given[place, choice] = (ahead * behind[place + 1][layer[:, choice]]).sum()
            ahead = _passed_on(layer, ahead, asked[place], len(behind[place + 1]))
        in_order = np.empty_like(given)
        in_order[list(self.order)] = given
        return behind[0][self.start], in_order

    def _behind(self, asked: Values) -> list[Values]:
        """For each node the chance that later members carry it, the last layer last."""
        values = np.zeros(2, dtype=asked.dtype)
        values[CARRIED] = 1
        found = [values]
        for layer, weights in zip(reversed(self.layers), asked[::-1], strict=True):
            values = np.sum([weight * values[layer[:, choice]] for choice, weight in enumerate(weights)], axis=0)
            found.append(values)
        return found[::-1]


def _passed_on(layer: NDArray[np.int32], ahead: Values, weights: Values, width: int) -> Values:
    if ahead.dtype == object:
        following = np.zeros(width, dtype=object)
        for choice, weight in enumerate(weights):
            np.add.at(following, layer[:, choice], ahead * weight)
        return following
    parts = (np.bincount(layer[:, choice], ahead * weight, width) for choice, weight in enumerate(weights))
    return np.sum(list(parts), axis=0)


def diagram(game: Game, choices: Sequence[str], limit: int = NODES) -> Diagram:
    """The diagram of a compiled rule whose members choose among some of the choices.

    Args:
        game: the compiled rule.
        choices: words of :data:`~comity.solvers.game.CHOICES`.
        limit: the most nodes.

    **Source**: Bolus, "Power indices of simple games and vector-weighted majority games by means of binary decision
    diagrams", European Journal of Operational Research 210 (2011), 258-272 (for two choices).

    Raises:
        TooLarge: for a diagram beyond the limit.
        ValueError: for a word that is no choice, a game without members, or weights that sum to 2**62 or more.

    Example:
        >>> from comity.solvers.game import weighted
        >>> diagram(weighted([1] * 100, quota=51), ("yes", "no")).nodes < 100**2
        True
    """
    unknown = [choice for choice in choices if choice not in CHOICES]
    if unknown or not choices or len(set(choices)) != len(choices):
        raise ValueError(f"The choices are some of {', '.join(CHOICES)}, each once; got {', '.join(choices)}.")
    if not game.members:
        raise ValueError("A game without members decides nothing.")
    refuse_overflow(game)
    steps = game.coefficients[:, [CHOICES.index(choice) for choice in choices], :]
    order = _heaviest_first(steps)
    steps = steps[:, :, order].transpose(2, 1, 0)
    return _drawn(game, tuple(choices), order, steps, limit=limit)


def refuse_overflow(game: Game) -> None:
    """Refuse a rule whose sums may not fit into 64 bits.

    Raises:
        ValueError: where the weights of a condition sum to 2**62 or more.

    Example:
        >>> from comity.solvers.game import weighted
        >>> refuse_overflow(weighted([3, 2, 1], quota=4))
    """
    largest = np.abs(game.coefficients).max(axis=1, initial=0).astype(object).sum(axis=1)
    if max(largest + np.abs(game.thresholds.astype(object)), default=0) >= LARGEST:
        raise ValueError("The weights of this rule sum to 2**62 or more: divide them by a common factor first.")


def _heaviest_first(steps: Integers) -> list[int]:
    """Members in descending order of their largest share in any condition; alike ones stand together."""
    width = (steps.max(axis=1) - steps.min(axis=1)).astype(np.float64)
    shares = width / np.maximum(width.sum(axis=1, keepdims=True), 1)
    columns = steps.reshape(steps.shape[0] * steps.shape[1], steps.shape[2])
    keys = [(-float(shares[:, place].max(initial=0.0)), *columns[:, place].tolist()) for place in range(steps.shape[2])]
    return sorted(range(len(keys)), key=lambda place: keys[place])


def _drawn(game: Game, choices: tuple[str, ...], order: list[int], steps: Integers, *, limit: int) -> Diagram:
    """Layer by layer; ``steps`` is members x choices x conditions, in the order of asking."""
    later = _later(steps)
    thresholds = game.thresholds
    sums = np.zeros((1, len(thresholds)), dtype=np.int64)
    numbers, sums = _merged(game, later[0], sums)
    start, total = int(numbers[0]), 0
    layers: list[NDArray[np.int32]] = []
    for place, step in enumerate(steps):
        total += len(sums) * len(choices)
        if total > limit:
            raise TooLarge(
                f"This rule is too large to be followed exactly: the diagram of {len(steps)} members and "
                f"{len(choices)} choices passes {limit:,} nodes at member {place + 1}; sample it instead."
            )
        reached = (sums[:, None, :] + step[None, :, :]).reshape(len(sums) * len(choices), len(thresholds))
        numbers, following = _merged(game, later[place + 1], reached)
        layer = np.empty((len(sums) + 2, len(choices)), dtype=np.int32)
        layer[FAILS], layer[CARRIED] = FAILS, CARRIED
        layer[2:] = numbers.reshape(-1, len(choices))
        layers.append(layer)
        sums = following
    return Diagram(game.members, choices, tuple(order), start, tuple(layers))


def _later(steps: Integers) -> list[list[Added]]:
    """For each place and condition what later members can add."""
    current: list[Added] = [(np.zeros(1, dtype=np.int64), True)] * steps.shape[2]
    found = [current]
    for step in steps[::-1]:
        current = [_added(sums, np.unique(step[:, number])) for number, sums in enumerate(current)]
        found.append(current)
    return found[::-1]


def _added(later: Added, values: Integers) -> Added:
    sums, exact = later
    if exact and len(sums) * len(values) <= 4 * SUMS:
        reached = np.unique((sums[:, None] + values).reshape(-1))
        if len(reached) <= SUMS:
            return reached, True
    return np.array([sums[0] + values[0], sums[-1] + values[-1]]), False


def _merged(game: Game, later: list[Added], sums: Integers) -> tuple[Integers, Integers]:
    """The node of each row of sums, and for each node from the third on the sums that stand for it."""
    low = np.empty(sums.shape, dtype=np.bool_)
    high = np.empty(sums.shape, dtype=np.bool_)
    standing = sums.copy()
    beyond = np.empty(sums.shape[1], dtype=np.int64)
    for number, ((added, exact), threshold) in enumerate(zip(later, game.thresholds.tolist(), strict=True)):
        need = threshold - sums[:, number]
        low[:, number], high[:, number] = need <= added[0], need <= added[-1]
        if exact:
            place = np.minimum(np.searchsorted(added, need), len(added) - 1)
            standing[:, number] = threshold - added[place]
        standing[low[:, number], number] = threshold - added[0]
        beyond[number] = threshold - added[-1] - 1
    carried = game.evaluate(low)
    failed = ~game.evaluate(high)
    matters = low | ~high
    _mark(game, game.formula, (low, high), ~(carried | failed), matters=matters)
    standing = np.where(matters & high, standing, beyond)
    numbers = np.where(carried, CARRIED, FAILS).astype(np.int64)
    still = ~(carried | failed)
    first, numbers[still] = _distinct(standing[still])
    return numbers, standing[still][first]


def _mark(
    game: Game,
    formula: Formula,
    bounds: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    asked: NDArray[np.bool_],
    *,
    matters: NDArray[np.bool_],
) -> None:
    """Mark the conditions that an undecided branch of the formula still asks for."""
    if isinstance(formula, int):
        matters[:, formula] |= asked
        return
    undecided = asked & ~game.evaluate(bounds[0], formula) & game.evaluate(bounds[1], formula)
    for part in formula[1]:
        _mark(game, part, bounds, undecided, matters=matters)


def _distinct(rows: Integers) -> tuple[Integers, Integers]:
    """Where each distinct row stands first, and for each row the number of its node."""
    key = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        values, codes = np.unique(column, return_inverse=True)
        _, key = np.unique(key * len(values) + codes.reshape(-1), return_inverse=True)
        key = key.reshape(-1)
    _, first, numbers = np.unique(key, return_index=True, return_inverse=True)
    return first, numbers.reshape(-1) + 2
