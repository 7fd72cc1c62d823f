"""Compliance measured from scores: averages with intervals, who cannot be told apart, and how coders agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.streams import Stream
from comity.model.score import Key, Score, current, histories

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.averages import Mean
    from comity.solvers.coders import Agreement

Trust = Literal["reliable", "tentative", "unreliable", "unknown"]
"""What alpha allows: conclusions, tentative ones, none, or no judgement, for nothing varied."""


@dataclass(frozen=True)
class Pair:
    """Two members on the commitments on which both were scored."""

    first: str
    second: str
    difference: Mean

    @property
    def told_apart(self) -> bool:
        """Whether the interval of their difference leaves out nought."""
        low, high = self.difference.low, self.difference.high
        return low is not None and high is not None and not low <= 0 <= high


@dataclass(frozen=True)
class Coded:
    """How the coders of one assessor agree.

    Attributes:
        assessor: whose coders.
        coders: their names.
        agreement: alpha and what it rests on.
        low: the lower end of its interval, from drawing commitments and members again.
        high: the upper end.
        alone: how many judgements one coder made alone, which say nothing of agreement.
    """

    assessor: str
    coders: tuple[str, ...]
    agreement: Agreement
    low: float
    high: float
    alone: int

    @property
    def trust(self) -> Trust:
        """Krippendorff's (2004) bounds on the lower end: 0.800 to conclude, 0.667 for tentative conclusions."""
        if isnan(self.agreement.alpha) or isnan(self.low):
            return "unknown"
        return "reliable" if self.low >= 0.8 else "tentative" if self.low >= 0.667 else "unreliable"


@dataclass(frozen=True)
class Measured:
    """What a set of scores comes to.

    Attributes:
        assessor: whose scores they are.
        members: the average of each member.
        issues: of each member on each issue.
        years: of each member on the commitments of each year.
        pairs: the differences of members.
        groups: members none of whom can be told apart, in the order of the members' codes.
        coded: how coders agree, by assessor.
        changed: judgements with more than one version.
        from_coders: how many values are means of coders, for no agreed score was given.
    """

    assessor: str
    members: Mapping[str, Mean]
    issues: Mapping[tuple[str, str], Mean]
    years: Mapping[tuple[str, int], Mean]
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, ...], ...]
    coded: tuple[Coded, ...]
    changed: Mapping[Key, Sequence[Score]]
    from_coders: int


def agreed(scores: Iterable[Score], assessor: str) -> tuple[dict[tuple[str, str], Fraction], int]:
    """The value of each commitment and member: the agreed score, else the mean of its coders; and how many are means.

    Example:
        >>> one = Score(commitment="c", member="JPN", value=0, assessor="a", coder="x", year=2022)
        >>> agreed([one, one.model_copy(update={"coder": "y", "value": 1})], "a")
        ({('c', 'JPN'): Fraction(1, 2)}, 1)
    """
    own: dict[tuple[str, str], Fraction] = {}
    coded: dict[tuple[str, str], list[int]] = {}
    for score in current(scores):
        place = (score.commitment, score.member)
        if score.assessor == assessor and score.coder:
            coded.setdefault(place, []).append(score.value)
        elif score.assessor == assessor:
            own[place] = Fraction(score.value)
    means = {place: Fraction(sum(given), len(given)) for place, given in coded.items() if place not in own}
    return {**own, **means}, len(means)


def measure(
    scores: Sequence[Score], assessor: str | None = None, *, draws: int = 2000, seed: int = 1, confidence: float = 0.95
) -> Measured:
    """Averages of scores with intervals, members that cannot be told apart, agreement of coders, and what changed.

    Commitments are drawn again with replacement; every member, issue and year reads the same random numbers. Intervals
    are about commitments like those assessed, not about those that were chosen.

    Raises:
        InputError: where there are no scores, or several assessors and none is named.
        UnknownName: where the assessor named gave none.
    """
    known = list(dict.fromkeys(score.assessor for score in scores))
    if not known:
        raise InputError("There are no scores.", mend="Give one line a judgement.")
    if assessor is None and len(known) > 1:
        raise InputError(f"Scores of {len(known)} assessors are not averaged: {', '.join(known)}.", mend="Name one.")
    if assessor is not None and assessor not in known:
        raise UnknownName("assessor", assessor, known)
    whose = assessor or known[0]
    values, from_coders = agreed(scores, whose)
    about = {score.commitment: score for score in scores if score.assessor == whose}
    average = _Average(values, draws, seed, confidence)
    members = sorted({member for _, member in values})
    issues = sorted({(member, about[commitment].issue) for commitment, member in values if about[commitment].issue})
    years = sorted({(member, about[commitment].year) for commitment, member in values})
    pairs = average.pairs(members)
    return Measured(
        assessor=whose,
        members={each: average.of(each, lambda _: True) for each in members},
        issues={
            place: average.of(place[0], lambda each, issue=place[1]: about[each].issue == issue) for place in issues
        },
        years={place: average.of(place[0], lambda each, year=place[1]: about[each].year == year) for place in years},
        pairs=pairs,
        groups=_groups(members, pairs),
        coded=tuple(_coded(scores, draws, seed, confidence)),
        changed={key: versions for key, versions in histories(scores).items() if len(versions) > 1},
        from_coders=from_coders,
    )


class _Average:
    """Averages over commitments; as many commitments are always drawn by the same random numbers."""

    def __init__(self, values: Mapping[tuple[str, str], Fraction], draws: int, seed: int, confidence: float) -> None:
        self.values, self.draws, self.confidence = values, draws, confidence
        self.stream = Stream(seed, "commitments drawn again")
        self.kept: dict[str, dict[str, Fraction]] = {}
        for (commitment, member), value in values.items():
            self.kept.setdefault(member, {})[commitment] = value

    def drawn(self, many: int) -> NDArray[np.int64]:
        return self.stream.integers(range(self.draws), range(many), below=many)

    def of(self, member: str, wanted: Callable[[str], bool]) -> Mean:
        import numpy as np

        from comity.solvers.averages import mean

        own = [float(value) for commitment, value in sorted(self.kept[member].items()) if wanted(commitment)]
        return mean(np.array(own), self.drawn(len(own)), self.confidence)

    def pairs(self, members: Sequence[str]) -> tuple[Pair, ...]:
        import numpy as np

        from comity.solvers.averages import apart

        found: list[Pair] = []
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                both = sorted(self.kept[first].keys() & self.kept[second].keys())
                if both:
                    one, other = (np.array([float(self.kept[each][key]) for key in both]) for each in (first, second))
                    found.append(Pair(first, second, apart(one, other, self.drawn(len(both)), self.confidence)))
        return tuple(found)


def _groups(members: Sequence[str], pairs: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    import numpy as np

    from comity.solvers.averages import groups

    alike = np.ones((len(members), len(members)), dtype=np.bool_)
    place = {member: number for number, member in enumerate(members)}
    for pair in pairs:
        alike[place[pair.first], place[pair.second]] = not pair.told_apart
        alike[place[pair.second], place[pair.first]] = not pair.told_apart
    return tuple(tuple(members[each] for each in group) for group in groups(alike))


def _coded(scores: Sequence[Score], draws: int, seed: int, confidence: float) -> Iterable[Coded]:
    import numpy as np

    from comity.solvers.coders import agreement, interval_by_units

    held = [score for score in current(scores) if score.coder]
    for assessor in dict.fromkeys(score.assessor for score in held):
        own = [score for score in held if score.assessor == assessor]
        coders = sorted({score.coder for score in own})
        units = sorted({(score.commitment, score.member) for score in own})
        if len(coders) < 2:
            continue
        row, column = ({each: number for number, each in enumerate(listed)} for listed in (coders, units))
        codes = np.full((len(coders), len(units)), np.nan)
        for score in own:
            codes[row[score.coder], column[score.commitment, score.member]] = score.value
        found = agreement(codes, "ordinal")
        low = high = float("nan")
        if found.units:
            again = Stream(seed, "units coded again").integers(range(draws), range(found.units), below=found.units)
            low, high = interval_by_units(codes, again, "ordinal", confidence)
        yield Coded(assessor, tuple(coders), found, low, high, len(units) - found.units)
