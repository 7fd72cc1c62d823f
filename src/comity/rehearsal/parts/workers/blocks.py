"""Blocks of runs: what one is, how runs are cut into them, and the digest of their figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

Arrays = Mapping[str, "NDArray[Any]"]
"""Figures by name; where blocks are joined or kept in a folder, the runs of a block along the first axis."""
Block = Callable[[bytes, int, int], Arrays]
"""Plays ``count`` runs from the first one on of a frozen problem: a pure function, found by module and name."""


@dataclass(frozen=True)
class Job:
    """Runs that are played together.

    Attributes:
        number: its place among all jobs.
        problem: which of the problems is played.
        first: the number of the first run.
        count: how many runs.
    """

    number: int
    problem: int
    first: int
    count: int


class Store(Protocol):
    """Where blocks that are done are kept, each whole or not at all."""

    def __contains__(self, job: Job) -> bool: ...

    def read(self, job: Job) -> Arrays | None:
        """The figures of a block; None where it is not whole, so that it is played again."""
        ...

    def keep(self, job: Job, arrays: Arrays) -> None:
        """Keep a block that is done."""
        ...


def jobs(problems: int, runs: int, size: int) -> tuple[Job, ...]:
    """The runs of each problem, cut into blocks of a fixed size, in the order of problems and runs.

    Example:
        >>> [(job.problem, job.first, job.count) for job in jobs(2, 5, 3)]
        [(0, 0, 3), (0, 3, 2), (1, 0, 3), (1, 3, 2)]
    """
    cut = [(problem, first) for problem in range(problems) for first in range(0, runs, size)]
    return tuple(Job(number, problem, first, min(size, runs - first)) for number, (problem, first) in enumerate(cut))


def plan_digest(block: Block, problems: Sequence[bytes], runs: int, size: int, *, version: str) -> str:
    """What tells one plan from another: who plays, every problem, how many runs in which blocks, and the version."""
    head = f"{block.__module__}.{block.__qualname__} {runs} {size} {version}"
    found = hashlib.sha256(head.encode())
    for each in problems:
        found.update(hashlib.sha256(each).digest())
    return found.hexdigest()


def figures_digest(blocks: Iterable[Arrays]) -> str:
    """SHA-256 of the figures of blocks in order: names, shapes and bytes.

    Example:
        >>> import numpy as np
        >>> one = {"won": np.arange(3)}
        >>> figures_digest([one]) == figures_digest([{"won": np.arange(3)}]) != figures_digest([{"won": np.ones(3)}])
        True
    """
    import numpy as np

    found = hashlib.sha256()
    for block in blocks:
        for name in sorted(block):
            each = np.ascontiguousarray(block[name])
            found.update(f"{name} {each.dtype.str} {each.shape}".encode())
            found.update(each.tobytes())
    return found.hexdigest()


def joined(blocks: Iterator[tuple[Job, Arrays]]) -> Iterator[tuple[int, Arrays]]:
    """The figures of each problem, its blocks put one after the other; only one problem is held at a time."""
    import numpy as np

    held: list[Arrays] = []
    now = 0
    for job, arrays in blocks:
        if job.problem != now:
            yield now, {name: np.concatenate([each[name] for each in held]) for name in held[0]}
            held, now = [], job.problem
        held.append(arrays)
    if held:
        yield now, {name: np.concatenate([each[name] for each in held]) for name in held[0]}
