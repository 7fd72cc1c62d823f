"""Counter-based random numbers: each is a pure function of seed, run, round, member and purpose (convention 12).

Nothing is drawn in sequence, so a number does not depend on how the work was cut into blocks, on how many workers did
it or on where it was resumed. Decisions compare the integers, so that they agree exactly between machines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = int | Sequence[int] | NDArray[np.integer]

_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_WORD = 2**32


def philox(counter: NDArray[np.uint32], key: tuple[int, int]) -> NDArray[np.uint32]:
    """Philox4x32-10: four 32-bit words of counter to four random words, under a key of two words.

    Args:
        counter: ``... x 4`` words.
        key: two whole numbers below 2**32.

    **Source**: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC '11, section
    3.3; checked against the known-answer vectors of the Random123 library.

    Example:
        >>> import numpy as np
        >>> [f"{word:08x}" for word in philox(np.zeros(4, dtype=np.uint32), (0, 0))]
        ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    import numpy as np

    mask, shift = np.uint64(_WORD - 1), np.uint64(32)
    first, second, third, fourth = (counter[..., number].astype(np.uint64) for number in range(4))
    for round_ in range(_ROUNDS):
        left = first * np.uint64(_MULTIPLIERS[0])
        right = third * np.uint64(_MULTIPLIERS[1])
        keys = [np.uint64((word + round_ * step) % _WORD) for word, step in zip(key, _WEYL, strict=True)]
        first, second = (right >> shift) ^ second ^ keys[0], right & mask
        third, fourth = (left >> shift) ^ fourth ^ keys[1], left & mask
    return np.stack([first, second, third, fourth], axis=-1).astype(np.uint32)


def _array(numbers: Numbers) -> NDArray[np.int64]:
    import numpy as np

    if isinstance(numbers, range):
        return np.arange(numbers.start, numbers.stop, numbers.step, dtype=np.int64)
    return np.atleast_1d(np.asarray(numbers, dtype=np.int64))


@dataclass(frozen=True)
class Stream:
    """The random numbers of one purpose under one seed.

    Attributes:
        seed: a whole number from 0 to 2**64 - 1.
        purpose: what the numbers are for; equal words give equal numbers.

    Example:
        >>> weights = Stream(1, "weights")
        >>> whole = weights.integers(range(6), range(3))
        >>> bool((whole[4:] == weights.integers([4, 5], range(3))).all())
        True
    """

    seed: int
    purpose: str

    def __post_init__(self) -> None:
        if not 0 <= self.seed < _WORD * _WORD:
            raise ValueError(f"The seed {self.seed} does not fit; it is a whole number from 0 to 2**64 - 1.")

    @cached_property
    def _purpose(self) -> int:
        return int.from_bytes(hashlib.sha256(self.purpose.encode()).digest()[:4], "big")

    def words(self, runs: Numbers, members: Numbers, round_: int = 0) -> NDArray[np.uint32]:
        """Four random 32-bit words for each run and member: ``runs x members x 4``.

        Args:
            runs: the numbers of the runs, each from 0 to 2**32 - 1.
            members: the numbers of the members, each from 0 to 2**32 - 1.
            round_: the number of the round within each run.

        Raises:
            ValueError: where a number is negative or too large, for it would repeat another's random numbers.
        """
        import numpy as np

        places = [_array(numbers) for numbers in (runs, members, round_)]
        for name, numbers in zip(("run", "member", "round"), places, strict=True):
            if numbers.size and (int(numbers.min()) < 0 or int(numbers.max()) >= _WORD):
                raise ValueError(f"The number of a {name} lies from 0 to 2**32 - 1.")
        counter = np.empty((len(places[0]), len(places[1]), 4), dtype=np.uint32)
        counter[..., 0] = places[0][:, None]
        counter[..., 1] = places[1][None, :]
        counter[..., 2] = round_
        counter[..., 3] = self._purpose
        return philox(counter, (self.seed % _WORD, self.seed // _WORD))

    def integers(self, runs: Numbers, members: Numbers, round_: int = 0, below: int = _WORD) -> NDArray[np.int64]:
        """Whole numbers from 0 to ``below`` - 1, equally likely but for ``below`` / 2**32: ``runs x members``.

        Example:
            >>> Stream(1, "coin").integers(range(2), range(3), below=2).tolist()
            [[0, 0, 1], [1, 1, 0]]
        """
        import numpy as np

        if not 1 <= below <= _WORD:
            raise ValueError(f"There are no whole numbers from 0 to below {below} to choose from; give 1 to 2**32.")
        words = self.words(runs, members, round_)[..., 0].astype(np.uint64)
        return ((words * np.uint64(below)) >> np.uint64(32)).astype(np.int64)

    def uniforms(self, runs: Numbers, members: Numbers, round_: int = 0) -> NDArray[np.float64]:
        """Numbers between 0 and 1, neither of which occurs, of 52 random bits each: ``runs x members``.

        Example:
            >>> 0 < float(Stream(1, "weights").uniforms(0, 0)[0, 0]) < 1
            True
        """
        import numpy as np

        words = self.words(runs, members, round_).astype(np.float64)
        return ((words[..., 0] * 2.0**20 + np.floor(words[..., 1] / 2.0**12)) + 0.5) / 2.0**52


def triangular(span: tuple[float, float, float], uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Numbers of a triangular distribution, from numbers between 0 and 1.

    Args:
        span: low, mode and high.
        uniforms: numbers between 0 and 1, one a draw.

    Example:
        >>> import numpy as np
        >>> triangular((0.0, 1.0, 2.0), np.array([0.0, 0.5, 1.0])).tolist()
        [0.0, 1.0, 2.0]
    """
    import numpy as np

    low, mode, high = span
    if high <= low:
        return np.full(len(uniforms), mode)
    rising = low + np.sqrt(uniforms * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1 - uniforms) * ((high - low) * (high - mode)))
    return np.where(uniforms * (high - low) < mode - low, rising, falling)
