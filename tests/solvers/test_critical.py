from fractions import Fraction
from math import comb

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import critical, indices
from comity.solvers.power import measure
from comity.solvers.simple import simplified, weighted


@st.composite
def weighted_games(draw, largest=9):
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=largest))
    return weighted(weights, draw(st.integers(1, sum(weights) + 1)))


@given(weighted_games())
@settings(max_examples=60, deadline=None)
def test_looking_at_coalitions_and_counting_by_weights_agree(game):
    by_look = critical._by_table(game)
    if game.single:
        assert critical._by_weights(game, *game.single) == by_look


def test_critical_members_are_counted_in_bodies_of_hundreds():
    assembly = critical.count(weighted([1] * 193, 129))
    assert assembly.minimal[0][129] == assembly.critical[0][129] == comb(192, 128)
    assert set(indices.johnston(weighted([1] * 193, 129)).values()) == {Fraction(1, 193)}


def test_two_counts_agree_in_a_body_of_some_size():
    weights = [11, 9, 9, 8, 7, 7, 6, 5, 5, 4, 3, 3, 2, 2, 1, 1, 1]
    game = weighted(weights, 55)
    found = critical._by_weights(game, *game.single)
    assert found == critical._by_table(game)
    assert [sum(counts) for counts in found.critical] == list(measure(game).swings)


def test_counts_beyond_sixty_four_bits():
    game = simplified([str(i) for i in range(70)], [[1] * 70, [1] * 3 + [0] * 67], [36, 2], ("and", (0, 1)))
    found = critical.count(game)
    assert found.minimal[0][36] == 2 * comb(67, 34) + comb(67, 33) > 2**64
    assert found.minimal[69][36] == 3 * comb(66, 33) + comb(66, 32)
    assert [sum(counts) for counts in found.critical] == list(measure(game).swings)
