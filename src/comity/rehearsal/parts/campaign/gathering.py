"""What is gathered from blocks of games: sums over runs in their order, and a sample of runs for distributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from comity.solvers.campaign.arrays import Kept

    Array = NDArray[Any]

SAMPLE = 100_000
"""Of so many runs, the first, distributions are read; sums are over all."""
TOTAL = ("runs", "kept_share", "present", "net", "first_breach")
"""What is kept of the sample, run by run."""


@dataclass
class Sums:
    """Sums over runs, each an array; a block adds to them, in the order of runs.

    Attributes:
        runs: how many runs were added.
        of: the sums by name.
        sample: of the first runs, columns by name.
    """

    runs: int = 0
    of: dict[str, Array] = field(default_factory=dict[str, Any])
    sample: dict[str, list[Array]] = field(default_factory=dict[str, list[Any]])

    def add(self, block: Mapping[str, Array]) -> None:
        """Add the sums of the next block; names that begin with ``run.`` are columns of its runs."""
        self.runs += int(block["runs"][0])
        for name, array in block.items():
            if name.startswith("run."):
                rows = self.sample.setdefault(name[4:], [])
                if sum(len(each) for each in rows) < SAMPLE:
                    rows.append(array)
            elif name in self.of:
                self.of[name] = self.of[name] + array
            else:
                self.of[name] = array

    def column(self, name: str) -> Array:
        """A column of the sample."""
        import numpy as np

        return np.concatenate(self.sample[name])[:SAMPLE]


def summed(kept: Kept) -> dict[str, Array]:
    """The sums of a block.

    Args:
        kept: what was kept of its games.
    """
    import numpy as np

    from comity.solvers.campaign import arrays as at

    count, rounds = kept.counts, len(kept.rounds)
    runs = len(count)
    due, done = count[:, :, at.FELL_DUE], count[:, :, at.DELIVERED]
    due = np.concatenate([due, due.sum(axis=1, keepdims=True)], axis=1)
    done = np.concatenate([done, done.sum(axis=1, keepdims=True)], axis=1)
    every = count.sum(axis=1)
    told = every[:, [at.NOTICES, at.FALSE_NOTICES, at.CURED, at.RENEGOTIATED, at.SUSPENDED, at.FALSE_ALARMS, at.MISSES]]
    breach = np.where(count[:, :, at.FIRST_BREACH] > 0, count[:, :, at.FIRST_BREACH], rounds).min(axis=1) % rounds
    net = kept.worth[:, :, 0] - kept.worth[:, :, 1] - kept.worth[:, :, 2]
    net = net + (kept.cents[:, :, 1] - kept.cents[:, :, 0]) / 1e8
    trust = (kept.trust[..., 0] / 65536 + 1) / (kept.trust.sum(axis=-1) / 65536 + 2)
    present, topics = kept.worth[:, :, 3], kept.text.shape[1]
    first = count[:, :topics, at.ADOPTED_FIRST]
    return {
        "runs": np.array([runs]),
        "count": count.sum(axis=0),
        "adopted": (first > 0).sum(axis=0),
        "adopted_first": _tally(first, rounds),
        "text": np.where(kept.text >= 0, kept.text, 0).sum(axis=0),
        "text_squares": np.where(kept.text >= 0, kept.text, 0).__pow__(2).sum(axis=0),
        "promises": np.stack([done, due, done * done, due * due, done * due]).sum(axis=1),
        "told": np.stack([told, told * told]).sum(axis=1),
        "first_breach": np.bincount(breach, minlength=rounds),
        "left": _tally(kept.exits[:, :, 1], rounds),
        "noticed": (kept.exits[:, :, 0] > 0).sum(axis=0),
        "over": np.bincount(kept.over, minlength=rounds),
        "paid": np.stack([kept.cents, kept.cents.astype(np.float64) ** 2]).sum(axis=1),
        "net": np.stack([net, net * net]).sum(axis=1),
        "present": np.stack([present, present * present]).sum(axis=1),
        "gains": (net > 0).sum(axis=0),
        "wishes": np.stack([kept.wishes, kept.wishes**2]).sum(axis=1),
        "trust": np.stack([trust, trust * trust]).sum(axis=1),
        "rounds": kept.rounds,
        "staying": kept.staying,
        "fan": kept.fan,
        "run.present": present,
        "run.net": net,
        "run.kept": done[:, -1],
        "run.due": due[:, -1],
    }


def _tally(values: Array, wide: int) -> Array:
    """By column, how often each whole number occurs."""
    import numpy as np

    return np.stack([np.bincount(values[:, each], minlength=wide) for each in range(values.shape[1])])


def series(kept: Kept, first: int, names: tuple[list[str], list[str], list[str]]) -> pl.DataFrame:
    """A block run by run: what is written to disk.

    Args:
        kept: what was kept of its games.
        first: the number of its first run.
        names: issues, clauses and members.
    """
    import numpy as np
    import polars as pl

    from comity.solvers.campaign import arrays as at

    issues, clauses, members = names
    columns: dict[str, Array] = {"run": np.arange(first, first + len(kept.over)), "rounds": kept.over}
    for place, issue in enumerate(issues):
        columns[f"text.{issue}"] = kept.text[:, place] / 1000
        columns[f"adopted.{issue}"] = kept.counts[:, place, at.ADOPTED]
    for place, name in enumerate([*issues, *clauses]):
        counted = {"due": at.FELL_DUE, "kept": at.DELIVERED, "notices": at.NOTICES, "false_notices": at.FALSE_NOTICES}
        for word, which in {**counted, "renegotiated": at.RENEGOTIATED, "first_breach": at.FIRST_BREACH}.items():
            columns[f"{word}.{name}"] = kept.counts[:, place, which]
    for place, member in enumerate(members):
        columns[f"paid.{member}"] = kept.cents[:, place, 0] / 1e8
        columns[f"received.{member}"] = kept.cents[:, place, 1] / 1e8
        for which, word in enumerate(("gain", "cost", "tariffs", "present_value")):
            columns[f"{word}.{member}"] = kept.worth[:, place, which]
        columns[f"texts.{member}"] = kept.wishes[:, place]
        columns[f"left.{member}"] = kept.exits[:, place, 1]
    frame = pl.DataFrame(columns)
    return frame.with_columns(pl.when(pl.col(f"text.{each}") >= 0).then(pl.col(f"text.{each}")).alias(f"text.{each}")
                              for each in issues)  # fmt: skip


def written(block: Mapping[str, Array]) -> pl.DataFrame:
    """The sums of a block as one long table, from which :func:`read` makes the same numbers again."""
    import numpy as np
    import polars as pl

    parts = [
        pl.DataFrame(
            {
                "name": [name] * array.size,
                "shape": [",".join(str(size) for size in array.shape)] * array.size,
                "whole": array.ravel() if array.dtype.kind == "i" else np.zeros(array.size, np.int64),
                "real": array.ravel() if array.dtype.kind == "f" else np.zeros(array.size),
                "float": [array.dtype.kind == "f"] * array.size,
            }
        )
        for name, array in block.items()
    ]
    return pl.concat(parts)


def read(frame: pl.DataFrame) -> dict[str, Array]:
    """The sums of a block from its table."""
    found: dict[str, Array] = {}
    for (name,), part in frame.group_by("name", maintain_order=True):
        column = "real" if part["float"][0] else "whole"
        shape = tuple(int(size) for size in part["shape"][0].split(","))
        found[str(name)] = part[column].to_numpy().reshape(shape)
    return found


def mean(total: Array, squares: Array, runs: int) -> tuple[Array, Array]:
    """Means over runs, and the half-width of their intervals of 95 per cent."""
    import numpy as np

    middle = total / runs
    spread = np.maximum(squares / runs - middle**2, 0)
    return middle, 1.96 * np.sqrt(spread / max(runs - 1, 1))


def ratio(sums: Array, runs: int) -> tuple[float, float] | None:
    """A share over all runs (kept of due), and its half-width by the method of ratios; None where nothing fell due.

    **Source**: Cochran (1977), Sampling Techniques, third edition, section 6.4.
    """
    done, due, done2, due2, both = (float(each) for each in sums)
    if due == 0:
        return None
    share = done / due
    spread = max(done2 - 2 * share * both + share * share * due2, 0.0)
    return share, 1.96 * spread**0.5 / due * (runs / max(runs - 1, 1)) ** 0.5


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """The interval of 95 per cent of a chance that came true so often.

    **Source**: Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.

    Example:
        >>> [round(each, 3) for each in wilson(5, 10)]
        [0.237, 0.763]
    """
    z, share = 1.96, hits / runs
    middle = (share + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z / (1 + z * z / runs) * (share * (1 - share) / runs + z * z / (4 * runs * runs)) ** 0.5
    return max(middle - half, 0.0), min(middle + half, 1.0)


def quantiles(counts: Array, low: float, high: float, shares: tuple[float, ...]) -> Iterator[float]:
    """Quantiles read from a tally of equal bins between two bounds."""
    import numpy as np

    whole = np.cumsum(counts)
    for share in shares:
        place = int((whole < share * whole[-1]).sum())
        yield low + (high - low) * (min(place, len(counts) - 1) + 0.5) / len(counts)
