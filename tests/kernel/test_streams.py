"""Random numbers: the published vectors, and independence of blocks, seeds and purposes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.streams import Stream, philox

VECTORS = [  # Random123, kat_vectors, "philox4x32 10"
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text):
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_known_answers_of_random123(counter, key, expected):
    found = philox(np.array(words(counter), dtype=np.uint32), tuple(words(key)))
    assert found.tolist() == words(expected)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 50), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_a_number_does_not_depend_on_its_block(seed, start, size, round_):
    stream = Stream(seed, "weights")
    whole = stream.words(range(start + size), range(4), round_)
    assert (whole[start:] == stream.words(range(start, start + size), range(4), round_)).all()
    assert (whole[-1, 2] == stream.words(start + size - 1, 2, round_)).all()


def test_seed_purpose_round_run_and_member_all_matter():
    base = Stream(1, "weights").words(range(3), range(3))
    others = [
        Stream(2, "weights").words(range(3), range(3)),
        Stream(1 + 2**32, "weights").words(range(3), range(3)),
        Stream(1, "costs").words(range(3), range(3)),
        Stream(1, "weights").words(range(3), range(3), 1),
    ]
    assert len({array.tobytes() for array in (base, *others)}) == 5
    assert len(np.unique(base.reshape(-1, 4), axis=0)) == 9


def test_uniforms_are_uniform():
    drawn = np.sort(Stream(7, "uniform").uniforms(range(2000), range(10)).ravel())
    assert 0 < drawn[0] < drawn[-1] < 1
    distance = np.abs(drawn - np.arange(len(drawn)) / len(drawn)).max()
    assert distance < 1.95 / np.sqrt(len(drawn))  # Kolmogorov-Smirnov, one in a thousand


def test_bounded_integers_are_equally_likely_and_in_range():
    drawn = Stream(7, "die").integers(range(6000), range(10), below=6)
    counts = np.bincount(drawn.ravel(), minlength=6)
    assert len(counts) == 6
    chi_square = ((counts - 10_000) ** 2 / 10_000).sum()
    assert chi_square < 20.5  # five degrees of freedom, one in a thousand


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_does_not_fit_is_refused(seed):
    with pytest.raises(ValueError, match="does not fit"):
        Stream(seed, "weights")


def test_numbers_that_would_repeat_others_are_refused():
    stream = Stream(1, "weights")
    with pytest.raises(ValueError, match="number of a run"):
        stream.words([2**32], [0])
    with pytest.raises(ValueError, match="number of a member"):
        stream.words([0], [-1])
    with pytest.raises(ValueError, match="number of a round"):
        stream.words([0], [0], 2**32)
    with pytest.raises(ValueError, match="below 0"):
        stream.integers([0], [0], below=0)
