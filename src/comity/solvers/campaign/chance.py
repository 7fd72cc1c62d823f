"""Random numbers in compiled loops: the very ones of :mod:`comity.kernel.streams`.

**Source**: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC '11, section 3.3.
"""

from __future__ import annotations

import numpy as np

from comity.solvers.campaign.arrays import CERTAIN, Words
from comity.solvers.weighted.kernels import woven

_LEFT, _RIGHT = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_LOW, _HIGH = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_WORD, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@woven
def drawn(key: Words, run: int, member: int, round_: int, purpose: int) -> int:
    """A whole number from 0 to 2**32 - 1 for a run, member, round and purpose."""
    first, second, third, fourth = np.uint64(run), np.uint64(member), np.uint64(round_), np.uint64(purpose)
    low, high = key[0], key[1]
    for _ in range(10):
        left, right = first * _LEFT, third * _RIGHT
        first, second = (right >> _HALF) ^ second ^ low, right & _WORD
        third, fourth = (left >> _HALF) ^ fourth ^ high, left & _WORD
        low, high = (low + _LOW) & _WORD, (high + _HIGH) & _WORD
    return int(first)


@woven
def likely(key: Words, run: int, member: int, round_: int, purpose: int, chance: int) -> bool:
    """Whether a chance, in parts of 2**32, comes true."""
    if chance <= 0:
        return False
    if chance >= CERTAIN:
        return True
    return drawn(key, run, member, round_, purpose) < chance
