"""Further indices of voting power, and what a rule as a whole can do: exact, beside :mod:`comity.solvers.power`.

Johnston's, Deegan and Packel's, Holler and Packel's and Colomer and Martinez's indices ask with whom a member shares
its power, or its victory; Rae's index and its relatives ask how often a member gets its way. They answer different
questions: the public good index and that of Deegan and Packel can give less to a member with more votes, on purpose.

As everywhere in voting power, the measures speak of the rule and not of the policy: all members toss a coin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb

from comity.solvers.coalitions import minimal_winning
from comity.solvers.critical import count
from comity.solvers.measures import measure
from comity.solvers.simple import Simple

LISTED = 100_000
"""The most minimal winning coalitions that are looked at one by one."""

SHARES = ("johnston", "deegan_packel", "public_good", "colomer_martinez")
INDICES = (*SHARES, "rae")


@dataclass(frozen=True)
class Outcomes:
    """How often members get their way, and what the rule allows, when everyone votes yes or no by the toss of a coin.

    Attributes:
        members: the names of the members.
        winning: the number of winning coalitions.
        swings: for each member the coalitions that win with it and lose without it.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> council = outcomes(weighted([1, 1, 1], quota=2))
        >>> council.success[0], council.lucky[0], council.resistance, council.majority_deficit
        (Fraction(3, 4), Fraction(1, 4), Fraction(0, 1), Fraction(0, 1))
    """

    members: tuple[str, ...]
    winning: int
    swings: tuple[int, ...]

    @property
    def coalitions(self) -> int:
        """The number of all coalitions, the empty one among them."""
        return 2 ** len(self.members)

    @cached_property
    def decisive(self) -> tuple[Fraction, ...]:
        """How probably the outcome would be another if the member changed its vote: the absolute Banzhaf measure."""
        return tuple(Fraction(2 * swing, self.coalitions) for swing in self.swings)

    @cached_property
    def success(self) -> tuple[Fraction, ...]:
        """Rae's index: how probably the outcome is the one that the member votes for.

        **Source**: Rae, American Political Science Review 63 (1969), 40-56; that it is a half plus half the Banzhaf
        measure: Dubey and Shapley, Mathematics of Operations Research 4 (1979), 99-131.
        """
        return tuple((1 + each) / 2 for each in self.decisive)

    @cached_property
    def lucky(self) -> tuple[Fraction, ...]:
        """How probably the outcome is the one that the member votes for although its vote does not decide.

        **Source**: Laruelle and Valenciano, Social Choice and Welfare 24 (2005), 171-197; the word is Barry's (1980).
        """
        return tuple((1 - each) / 2 for each in self.decisive)

    @cached_property
    def success_for(self) -> tuple[Fraction, ...]:
        """How probably a proposal is carried that the member votes for.

        **Source**: Laruelle and Valenciano (2005), as for :attr:`lucky`.
        """
        return tuple(self.act + each / 2 for each in self.decisive)

    @cached_property
    def success_against(self) -> tuple[Fraction, ...]:
        """How probably a proposal fails that the member votes against.

        **Source**: Laruelle and Valenciano (2005), as for :attr:`lucky`.
        """
        return tuple(1 - self.act + each / 2 for each in self.decisive)

    @property
    def act(self) -> Fraction:
        """The power of the body to act, Carreras's decisiveness of the rule: the share of coalitions that win.

        **Source**: Coleman (1971); Carreras, European Journal of Operational Research 163 (2005), 370-387.
        """
        return Fraction(self.winning, self.coalitions)

    @property
    def resistance(self) -> Fraction | None:
        """How hard it is to act: 0 under a simple majority of an odd body, 1 where all must agree.

        None for a single member, for whom no rule is harder than another. Below 0 where less than half carries.

        **Source**: Felsenthal and Machover, The Measurement of Voting Power (1998), chapter 3.
        """
        half = self.coalitions // 2
        return Fraction(half - self.winning, half - 1) if half > 1 else None

    @property
    def sensitivity(self) -> Fraction:
        """The expected number of members whose change of vote would change the outcome.

        **Source**: Felsenthal and Machover (1998), chapter 3.
        """
        return sum(self.decisive, Fraction(0))

    @property
    def relative_sensitivity(self) -> Fraction:
        """The same as a share of what it is under a simple majority of equal members, where it is largest.

        **Source**: Felsenthal and Machover (1998), chapter 3.
        """
        return self.sensitivity / _of_majority(len(self.members))

    @property
    def majority_deficit(self) -> Fraction:
        """Penrose's mean majority deficit: how many fewer members, on average, get their way than form the larger camp.

        It is zero where the outcome is always what the larger camp wants.

        **Source**: Felsenthal and Machover (1998), chapter 3, after Penrose (1946).
        """
        return (_of_majority(len(self.members)) - self.sensitivity) / 2


def outcomes(game: Simple) -> Outcomes:
    """How often each member of a game of coalitions gets its way, and what the rule as a whole allows.

    Raises:
        ValueError: where the game is too large for exact counting, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> security_council = weighted([7] * 5 + [1] * 10, quota=39)
        >>> float(round(outcomes(security_council).resistance, 5))
        0.9483
    """
    measured = measure(game)
    return Outcomes(measured.members, measured.winning, measured.swings)


def _of_majority(members: int) -> Fraction:
    """The sensitivity of a simple majority of equal members."""
    least = members // 2 + 1
    return Fraction(least * comb(members, least), 2 ** (members - 1))


def of(game: Simple, index: str) -> dict[str, Fraction]:
    """One of the further indices, by member.

    Args:
        game: the game of coalitions.
        index: ``johnston``, ``deegan_packel``, ``public_good``, ``colomer_martinez`` or ``rae``.

    Raises:
        ValueError: for an unknown index, one that the rule does not have, or a game that is too large.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> of(weighted([2, 1, 1], quota=3, members="ABC"), "rae")["A"]
        Fraction(7, 8)
    """
    if index == "rae":
        found = outcomes(game)
        return dict(zip(found.members, found.success, strict=True))
    ways: dict[str, Callable[[Simple], dict[str, Fraction]]] = {
        "johnston": johnston,
        "deegan_packel": deegan_packel,
        "public_good": public_good,
        "colomer_martinez": colomer_martinez,
    }
    if index not in ways:
        raise ValueError(f"There is no index '{index}' here; the further indices are {', '.join(INDICES)}.")
    return ways[index](game)


def johnston(game: Simple) -> dict[str, Fraction]:
    """Johnston's index: each coalition that somebody can break counts one, shared among those who can.

    **Source**: Johnston, Environment and Planning A 10 (1978), 907-914.

    Raises:
        ValueError: where the game is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> johnston(weighted([5, 5, 2, 1, 1], quota=8, members="ABCDE"))["C"]
        Fraction(7, 33)
    """
    found = count(game)
    return _shares(game, [_split(counts) for counts in found.critical])


def deegan_packel(game: Simple) -> dict[str, Fraction]:
    """Deegan and Packel's index: each minimal winning coalition counts one, shared equally among its members.

    **Source**: Deegan and Packel, International Journal of Game Theory 7 (1978), 113-123.

    Raises:
        ValueError: where the game is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> deegan_packel(weighted([5, 5, 2, 1, 1], quota=8, members="ABCDE"))["C"]
        Fraction(4, 15)
    """
    found = count(game)
    return _shares(game, [_split(counts) for counts in found.minimal])


def public_good(game: Simple) -> dict[str, Fraction]:
    """The public good index of Holler and Packel: a member's share of all places in minimal winning coalitions.

    **Source**: Holler, Political Studies 30 (1982), 262-271; Holler and Packel, Zeitschrift fuer Nationaloekonomie 43
    (1983), 21-29.

    Raises:
        ValueError: where the game is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> public_good(weighted([5, 5, 2, 1, 1], quota=8, members="ABCDE"))["C"]
        Fraction(2, 7)
    """
    found = count(game)
    return _shares(game, [Fraction(sum(counts)) for counts in found.minimal])


def colomer_martinez(game: Simple) -> dict[str, Fraction]:
    """Colomer and Martinez's index: each minimal winning coalition counts one, shared by the weights of its members.

    It reads the weights themselves, as a forecast of offices in a cabinet, and not only who can carry what: two
    weighted rules that carry the same proposals can give other shares.

    **Source**: Colomer and Martinez, Journal of Theoretical Politics 7 (1995), 41-63.

    Raises:
        ValueError: for a rule that is not one weighted condition, or has too many minimal winning coalitions.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> colomer_martinez(weighted([3, 2, 2], quota=4, members="ABC"))["A"]
        Fraction(2, 5)
    """
    if game.single is None and game.rows:
        raise ValueError(
            f"Colomer and Martinez's index shares by weight, and this rule has {len(game.rows)} conditions, each with "
            f"weights of its own; it is defined for one weighted condition only."
        )
    known = minimal_winning(game).count
    excess = known is not None and known > LISTED
    listed = () if excess else minimal_winning(game, limit=LISTED + 1).listed
    if excess or len(listed) > LISTED:
        raise ValueError(
            f"This rule for {len(game.members)} members has more than {LISTED:,} minimal winning coalitions: too many "
            f"to share each of them by weight."
        )
    weights = dict(zip(game.members, game.rows[0] if game.rows else (), strict=False))
    found = dict.fromkeys(game.members, Fraction(0))
    for coalition in listed:
        total = sum(weights[member] for member in coalition)
        for member in coalition:
            found[member] += Fraction(weights[member], total)
    return _shares(game, list(found.values()))


def _split(counts: Sequence[int]) -> Fraction:
    return sum((Fraction(each, number) for number, each in enumerate(counts) if number), Fraction(0))


def _shares(game: Simple, scores: Sequence[Fraction]) -> dict[str, Fraction]:
    """Scores as shares of their sum; zero for all where nobody ever matters."""
    total = sum(scores)
    return {member: each / total if total else Fraction(0) for member, each in zip(game.members, scores, strict=True)}
