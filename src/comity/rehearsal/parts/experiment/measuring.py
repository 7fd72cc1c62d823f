"""Which settings an experiment plays, and what their outcomes come to: means, swings, indices, paired differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.rehearsal.parts.varying.ranges import Among
from comity.rehearsal.parts.varying.setting import Change, Factor, Setting
from comity.rehearsal.parts.workers.blocks import Arrays, Block, joined
from comity.rehearsal.parts.workers.playing import Workers, play

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.solvers.designs import Indices
    from comity.solvers.paired import Difference

Design = Literal["grid", "latin_hypercube", "sobol"]
Role = Literal["written", "end", "design", "instead", "against"]
CONFIDENCE = 0.9
"""How often intervals hold what they are about."""
REPEATS = 400
"""How many repetitions of the bootstrap."""


class Outcome(NamedTuple):
    """One figure of a run: its title, its unit, and whether a reader sees it in per cent."""

    title: Text
    unit: str
    percent: bool = False


@dataclass(frozen=True)
class Rehearsed:
    """What is played.

    Attributes:
        block: plays a block of runs of a frozen problem.
        frozen: the problem at a setting.
        outcomes: the figures of a run that are reported, by their name in a block.
    """

    block: Block
    frozen: Callable[[Setting], bytes]
    outcomes: Mapping[str, Outcome]


class Point(NamedTuple):
    """One setting that is played: what it is for, and what is changed; ``body`` where another institution is."""

    role: Role
    changes: tuple[Change, ...]
    body: str = ""


class Mean(NamedTuple):
    """The mean of an outcome over runs, with the interval of that mean."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """What an experiment found.

    Attributes:
        points: the settings, the one as written first.
        means: of every outcome at every point.
        swings: from the setting as written to a factor's end, by number of the point and outcome.
        differences: from the setting as written to another, the same way.
        indices: by outcome, where the design was crossed and the outcome varies over it.
        runs: how many runs each setting had.
        chosen: the design.
        outcomes: the figures of a run.
    """

    points: tuple[Point, ...]
    means: tuple[Mapping[str, Mean], ...]
    swings: Mapping[tuple[int, str], Difference]
    differences: Mapping[tuple[int, str], Difference]
    indices: Mapping[str, Indices]
    runs: int
    chosen: Design
    outcomes: Mapping[str, Outcome]

    def of(self, role: Role) -> list[int]:
        """The numbers of the points of one role."""
        return [number for number, point in enumerate(self.points) if point.role == role]


def chosen(design: Design | None, factors: int) -> Design:
    """The design asked for, else a grid of one or two factors and a crossed one of more."""
    return design or ("grid" if factors <= 2 else "sobol")


def planned(varied: Sequence[Factor], design: Design, points: int, seed: int) -> list[Point]:
    """The settings of factors: each factor's ends with all else as written, and the design.

    Args:
        varied: the factors.
        design: the design.
        points: levels of each factor of a grid, else points of the design; 0 for the usual number.
        seed: the seed of scrambles and permutations.

    Raises:
        InputError: where so many points fit no design.
    """
    from comity.solvers.designs import crossed, grid, latin_hypercube

    if not varied:
        return []
    try:
        if design == "grid":
            cube = grid([each.range.levels(points or 9) for each in varied])
        elif design == "sobol":
            cube = crossed(points or 128, len(varied), seed)
        else:
            cube = latin_hypercube(points or 64, len(varied), seed)
    except ValueError as error:
        raise InputError(f"points: {error}", mend="Leave --points out for the usual number.") from None
    ends = [Point("end", ((each.path, word),)) for each in varied for word in _ends(each)]
    rows: list[list[float]] = cube.tolist()
    return ends + [
        Point("design", tuple(each.change(at) for each, at in zip(varied, row, strict=True))) for row in rows
    ]


def _ends(factor: Factor) -> tuple[str, ...]:
    return factor.range.words if isinstance(factor.range, Among) else factor.range.ends


def measured(
    rehearsed: Rehearsed,
    settings: Sequence[Setting],
    points: Sequence[Point],
    *,
    runs: int,
    seed: int,
    varied: int,
    design: Design,
    workers: Workers,
    version: str,
) -> Measured:
    """Play every setting on the same random numbers, and measure.

    Args:
        rehearsed: what is played.
        settings: one for each point.
        points: what each setting is for.
        runs: how many runs of each.
        seed: the seed of the bootstrap.
        varied: how many factors there are.
        design: the design.
        workers: who plays.
        version: the version of the program.
    """
    from comity.solvers.paired import difference

    problems = [rehearsed.frozen(each) for each in settings]
    distinct = list(dict.fromkeys(problems))
    users: dict[int, list[int]] = {}
    for number, each in enumerate(problems):
        users.setdefault(distinct.index(each), []).append(number)
    means: dict[int, Mapping[str, Mean]] = {}
    swings: dict[tuple[int, str], Difference] = {}
    apart: dict[tuple[int, str], Difference] = {}
    base: Arrays = {}
    for place, found in _all(rehearsed.block, distinct, runs, workers, version=version):
        base = base or found
        told = {name: _mean(found[name]) for name in rehearsed.outcomes}
        for number in users[place]:
            means[number] = told
            role = points[number].role
            if role == "design" or number == 0:
                continue
            into = swings if role == "end" else apart
            into.update({(number, name): difference(base[name], found[name], CONFIDENCE) for name in told})
    ordered = tuple(means[number] for number in range(len(points)))
    cube = [number for number, point in enumerate(points) if point.role == "design"]
    shares = _indices(rehearsed, [ordered[number] for number in cube], varied, seed) if design == "sobol" else {}
    return Measured(tuple(points), ordered, swings, apart, shares, runs, design, rehearsed.outcomes)


def _all(
    block: Block, problems: Sequence[bytes], runs: int, workers: Workers, *, version: str
) -> Iterator[tuple[int, Arrays]]:
    return joined(play(block, problems, runs, workers, version=version))


def _mean(values: NDArray[Any]) -> Mean:
    from scipy.stats import t

    mean, number = float(values.mean()), len(values)
    reach = float(t.ppf((1 + CONFIDENCE) / 2, number - 1)) * float(values.std(ddof=1)) / number**0.5
    return Mean(mean, mean - reach, mean + reach)


def _indices(
    rehearsed: Rehearsed, cube: Sequence[Mapping[str, Mean]], varied: int, seed: int
) -> dict[str, Indices]:  # fmt: skip
    """Shares of the variance between settings, for each outcome that varies."""
    from comity.kernel.streams import Stream
    from comity.solvers.designs import indices

    if not varied:
        return {}
    number = len(cube) // (varied + 2)
    picks = Stream(seed, "experiment.bootstrap").integers(range(REPEATS), range(number), below=number)
    found = {name: indices([each[name].value for each in cube], varied, picks) for name in rehearsed.outcomes}
    return {name: each for name, each in found.items() if each.variance > 0}
