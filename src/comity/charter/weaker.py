"""Whether some coalition carries one rule and not another: by all coalitions, else by what the rules ask for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

from comity.model.compiled import YES, Row, all_of, join, share
from comity.model.institution import Institution
from comity.model.instrument import EntryIntoForce
from comity.model.threshold import Bound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.solvers.game import Game

MOST = 2**20
"""The most coalitions (of members told apart) that are compared one by one."""


@dataclass(frozen=True)
class Compared:
    """How one rule compares with another.

    Attributes:
        weaker: whether some coalition carries it and not the other; None where that cannot be told.
        who: the smallest such coalition, where coalitions were compared.
        how: what was compared, in words.
    """

    weaker: bool | None
    who: tuple[str, ...]
    how: str


def weaker(institution: Institution, rule: str, than: str, entry: EntryIntoForce | None = None) -> Compared:
    """Whether some coalition carries a rule and not another on the charter's day, everybody else voting no.

    Members that count alike in both rules are interchangeable; where at most 2**20 coalitions differ, all of them are
    compared exactly. Of more, those of the heaviest and of the lightest members are tried, then thresholds compared.

    Args:
        institution: the charter.
        rule: the rule that may be the weaker one.
        than: the rule it is compared with.
        entry: the consents without which what the first rule adopts does not enter into force.

    Example:
        >>> import comity
        >>> g5 = comity.load("g5")
        >>> weaker(g5, "majority", "consensus").who
        ('USA', 'CHN', 'RUS')
    """
    on = institution.as_of
    games = _with_consents(institution, rule, on, entry), institution.game(than, on)
    sorts = _alike(*games)
    members = len(games[0].members)
    if prod(len(each) + 1 for each in sorts) > MOST:
        return _witness(*games) or _by_threshold(institution, rule, than, on)
    found = _coalition(*games, sorts)
    every = f"all {2**members:,} coalitions" if members <= 20 else f"all coalitions of {members} members"
    return Compared(found is not None, found or (), f"{every} compared, the others voting no")


def _with_consents(institution: Institution, rule: str, on: datetime.date, entry: EntryIntoForce | None) -> Game:
    """A rule, and the consents that what it adopts needs, as one game: whoever consents also votes yes."""
    members = institution.members_on(on)
    if entry is None:
        return institution.game(rule, on)
    parts = institution.rules[rule].all_parts(members, on=on, quorum=institution.quorum(rule))
    if entry.of_members:
        parts.append(all_of(share([Fraction(1)] * len(members), entry.of_members, strict=False, of="members")))
    if entry.deposits:
        parts.append(all_of(Row({YES: [1] * len(members)}, entry.deposits, "threshold")))
    if entry.including:
        needed = [int(member in entry.including) for member in members]
        parts.append(all_of(Row({YES: needed}, sum(needed), "threshold")))
    return join(parts, members)


def _alike(first: Game, second: Game) -> list[list[int]]:
    """The members by their places, those that count alike in both games together."""
    import numpy as np

    from comity.solvers.game import NO

    columns = np.concatenate(
        [game.coefficients[:, [YES, NO], :].reshape(-1, len(game.members)) for game in (first, second)]
    )
    sorts: dict[bytes, list[int]] = {}
    for place in range(columns.shape[1]):
        sorts.setdefault(columns[:, place].tobytes(), []).append(place)
    return list(sorts.values())


def _coalition(first: Game, second: Game, sorts: list[list[int]]) -> tuple[str, ...] | None:
    """The smallest coalition that carries the first and not the second."""
    import numpy as np

    only = _carried(first, sorts) & ~_carried(second, sorts)
    if not only.any():
        return None
    shape = tuple(len(each) + 1 for each in sorts)
    counts = np.stack(np.unravel_index(np.flatnonzero(only), shape))
    least = counts[:, counts.sum(axis=0).argmin()]
    places = sorted(place for sort, number in zip(sorts, least, strict=True) for place in sort[: int(number)])
    return tuple(first.members[place] for place in places)


def _carried(game: Game, sorts: list[list[int]]) -> NDArray[Any]:
    """Whether each coalition (how many of each sort vote yes, the others no) carries the rule."""
    import numpy as np

    from comity.solvers.game import NO

    sums = game.coefficients[:, NO, :].sum(axis=1)[:, None]
    for sort in sorts:
        gain = game.coefficients[:, YES, sort[0]] - game.coefficients[:, NO, sort[0]]
        steps = gain[:, None] * np.arange(len(sort) + 1)
        sums = (sums[:, :, None] + steps[:, None, :]).reshape(len(gain), -1)
    return game.evaluate((sums >= game.thresholds[:, None]).T)


def _witness(first: Game, second: Game) -> Compared | None:
    """A coalition of the heaviest or of the lightest members that carries the first and not the second, or None."""
    import numpy as np

    from comity.solvers.game import NO

    members = len(first.members)
    gains = np.concatenate([game.coefficients[:, YES, :] - game.coefficients[:, NO, :] for game in (first, second)])
    orders = [np.argsort(sign * gain, kind="stable") for gain in gains for sign in (-1, 1)]
    ranks = np.stack([np.argsort(order, kind="stable") for order in orders])
    ballots = np.where(ranks[:, None, :] < np.arange(members + 1)[:, None], YES, NO).reshape(-1, members)
    only = ballots[first.adopted(ballots) & ~second.adopted(ballots)]
    if not len(only):
        return None
    least = only[(only == YES).sum(axis=1).argmin()]
    who = tuple(member for member, choice in zip(first.members, least, strict=True) if choice == YES)
    return Compared(weaker=True, who=who, how="the others voting no")


def _by_threshold(institution: Institution, rule: str, than: str, on: datetime.date) -> Compared:
    """What the thresholds say where everybody votes: as much of every base, and every veto, is no weaker."""
    first, second = (_asked(institution.rules[name], on) for name in (rule, than))
    members = institution.members_on(on)
    holders = [set(institution.rules[name].holders(members, on)) for name in (rule, than)]
    as_much = bool(second) and all(base in first and first[base] >= second[base] for base in second)
    if as_much and holders[1] <= holders[0] and _same_weights(institution, rule, than):
        return Compared(weaker=False, who=(), how="thresholds compared")
    how = f"{len(members)} members of different weight; the heaviest and the lightest were tried"
    return Compared(weaker=None, who=(), how=how)


def _same_weights(institution: Institution, rule: str, than: str) -> bool:
    own, other = (getattr(institution.rules[name], "weights", None) for name in (rule, than))
    return other is None or own == other


def _asked(rule: Any, on: datetime.date) -> dict[str, tuple[Fraction, bool]]:
    """The share of members and of weight that a rule asks for, and whether it must be passed.

    All bases are one here, where everybody votes.
    """
    own = "weight" if hasattr(rule, "weights") else "members"
    bounds = {own: rule} if isinstance(rule, Bound) else {}
    bounds |= {"members": getattr(rule, "heads", None), "weight": getattr(rule, "weight", None)} if not bounds else {}
    stated = {
        base: each
        for base, each in bounds.items()
        if isinstance(each, Bound) and (each.at_least, each.more_than) != (None, None)
    }
    return {base: bound.bound(on) for base, bound in stated.items()}
