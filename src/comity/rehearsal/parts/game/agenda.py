"""The agenda of a session: which issues come up, in which order, and who speaks first on each.

Issues come up in turn. Where the conduct of the game has it, those that divide the members least come first, and no
member speaks first on more than a share of a session's issues: who sets the agenda goes far to set the outcome.

Source:
    McKelvey (1976), "Intransitivities in multidimensional voting models and some implications for agenda control",
    Journal of Economic Theory 12(3); Fisher (1964), "Fractionating conflict", for small issues before large ones.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.wishes import Topic

if TYPE_CHECKING:
    from comity.model.parts import Sensitivity

RANKS: tuple[Sensitivity, ...] = ("low", "medium", "high")
NOUGHT = Fraction(0)


def agenda(game: Play, organ: str) -> list[Topic]:
    """The next issues of an organ, in turn; those in a crisis first."""
    own = [topic for topic in game.topics.values() if topic.organ == organ]
    if game.problem.conduct.agenda == "low_first":
        own = lowest_first(game, own)
    number = min(game.problem.items, len(own))
    first = game.turn[organ]
    game.turn[organ] += number
    turned = [own[(first + each) % len(own)] for each in range(number)]
    pressing = urgent(game, organ)
    return [*pressing, *(topic for topic in turned if topic not in pressing)][: max(number, len(pressing))]


def urgent(game: Play, organ: str) -> list[Topic]:
    """The issues of an organ that are in a crisis: it sits for them, and they come first."""
    struck = {shock.issue for shock in game.driver.shocks if shock.what == "crisis"}
    return [topic for topic in game.topics.values() if topic.organ == organ and topic.issue in struck]


def lowest_first(game: Play, topics: list[Topic]) -> list[Topic]:
    """Issues from the least to the most sensitive: by what charter or stakes call them, then by how they divide."""
    return sorted(topics, key=lambda topic: (RANKS.index(sensitivity(game, topic)), divides(topic)))


def sensitivity(game: Play, topic: Topic) -> Sensitivity:
    """How sensitive an issue is: as the charter says, else as the stakes say."""
    own = game.driver.state.law.issues.get(topic.issue)
    if own is not None and own.sensitivity:
        return own.sensitivity
    return "medium" if game.grounds is None else game.grounds.stakes.issue(topic.issue).sensitivity


def divides(topic: Topic) -> Fraction:
    """How far members lie from their middle on an issue, in points of the scale, by how much each of them cares.

    Example:
        >>> from comity.rehearsal.parts.game.wishes import Want
        >>> wants = {"USA": Want(Fraction(20), Fraction(50), None), "CHN": Want(Fraction(80), Fraction(50), None)}
        >>> divides(Topic("one", "one", "council", Fraction(0), wants, None))
        Fraction(15, 1)
    """
    weight = sum((want.salience for want in topic.wants.values()), NOUGHT)
    if not weight:
        return NOUGHT
    middle = sum((want.salience * want.position for want in topic.wants.values()), NOUGHT) / weight
    apart = (want.salience * abs(want.position - middle) for want in topic.wants.values())
    return sum(apart, NOUGHT) / 100 / len(topic.wants)


def speaks_first(game: Play, place: int, number: int) -> int:
    """By how many seats the order of speakers moves on for an issue, so that nobody opens more than its share.

    Args:
        game: the game.
        place: the place of the issue on the agenda, from 0.
        number: how many issues the session takes.
    """
    most = max(int(game.problem.conduct.cap * number), 1)
    return game.round - 1 + place // most
