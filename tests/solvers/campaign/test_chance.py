"""Compiled random numbers are those of the kernel's streams."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.rehearsal.parts.campaign.compiling import chance
from comity.rehearsal.parts.campaign.purposes import word
from comity.solvers.campaign.chance import drawn, likely

WORDS = st.integers(0, 2**32 - 1)


def _key(seed):
    import numpy as np

    return np.array([seed % 2**32, seed // 2**32], np.uint64)


@settings(deadline=None)
@given(st.integers(0, 2**64 - 1), WORDS, st.integers(0, 100), st.integers(0, 1000), st.text(max_size=20))
def test_a_number_is_the_one_of_the_stream(seed, run, member, round_, purpose):
    expected = int(Stream(seed, purpose).integers(run, member, round_)[0, 0])
    assert drawn(_key(seed), run, member, round_, word(purpose)) == expected


@settings(deadline=None)
@given(st.fractions(0, 1, max_denominator=1000), WORDS)
def test_a_chance_comes_true_as_in_the_game(share, run):
    drawn_ = int(Stream(1, "x").integers(run, 0, 1)[0, 0])
    expected = drawn_ * share.denominator < share.numerator * 2**32
    assert bool(likely(_key(1), run, 0, 1, word("x"), chance(share))) == expected
