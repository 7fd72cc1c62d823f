from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import measures, power
from comity.solvers.game import Game
from comity.solvers.game import weighted as compiled
from comity.solvers.simple import reduce, simplified, weighted


@st.composite
def weighted_games(draw, largest=7):
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=largest))
    return weighted(weights, draw(st.integers(1, sum(weights) + 2)))


@st.composite
def games(draw):
    members = draw(st.integers(1, 6))
    count = draw(st.integers(1, 3))
    rows = [draw(st.lists(st.integers(0, 4), min_size=members, max_size=members)) for _ in range(count)]
    needs = [draw(st.integers(0, sum(row) + 1)) for row in rows]
    formula = draw(
        st.sampled_from(
            [("and", tuple(range(count))), ("or", tuple(range(count))), ("or", (("and", tuple(range(count))), 0))]
        )
    )
    return [str(number) for number in range(members)], rows, needs, formula


def raw_wins(parts, coalition):
    members, rows, needs, formula = parts

    def holds(part):
        if isinstance(part, int):
            return sum(rows[part][members.index(member)] for member in coalition) >= needs[part]
        results = [holds(each) for each in part[1]]
        return all(results) if part[0] == "and" else any(results)

    return holds(formula)


def subsets(members):
    return [set(chosen) for size in range(len(members) + 1) for chosen in combinations(members, size)]


def by_hand(game):
    """Swings and Shapley-Shubik index straight from their definitions."""
    swings, pivots = dict.fromkeys(game.members, 0), dict.fromkeys(game.members, 0)
    for chosen in subsets(game.members):
        for member in chosen:
            swings[member] += game.wins(chosen) and not game.wins(chosen - {member})
    for order in permutations(game.members):
        before = game.wins(())
        for place, member in enumerate(order):
            now = game.wins(order[: place + 1])
            pivots[member] += now and not before
            before = now
    orders = factorial(len(game.members))
    return tuple(swings.values()), tuple(Fraction(count, orders) for count in pivots.values())


@given(games())
@settings(max_examples=60, deadline=None)
def test_every_rule_is_measured_as_its_definition_says(parts):
    game = simplified(*parts)
    assert all(game.wins(chosen) == raw_wins(parts, chosen) for chosen in subsets(game.members))
    found = power.measure(game)
    assert (found.swings, found.shapley_shubik) == by_hand(game)
    assert found.winning == sum(game.wins(chosen) for chosen in subsets(game.members))


@given(weighted_games(largest=12))
@settings(max_examples=60, deadline=None)
def test_counting_by_table_and_by_polynomials_agree(game):
    if game.single:
        assert measures._by_table(game) == measures._by_polynomials(game)


@given(weighted_games())
@settings(max_examples=60, deadline=None)
def test_efficiency_and_dummies(game):
    found = power.measure(game)
    decides = game.wins(game.members)
    assert sum(found.shapley_shubik) == int(decides)
    assert sum(found.banzhaf) == int(decides)
    for swing, share in zip(found.swings, found.shapley_shubik, strict=True):
        assert (swing == 0) == (share == 0)


@given(weighted_games())
@settings(max_examples=60, deadline=None)
def test_power_is_symmetric_and_grows_with_weight(game):
    if game.single is None:
        return
    found = power.measure(game)
    for index in (found.banzhaf, found.shapley_shubik, found.prevent, found.initiate):
        ranked = sorted(zip(game.single[0], index, strict=True))
        for (less, lower), (more, upper) in pairwise(ranked):
            assert lower == upper if less == more else lower <= upper


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_under_unanimity_all_are_equal(weights):
    found = power.measure(weighted(weights, sum(weights)))
    assert set(found.shapley_shubik) == {Fraction(1, len(weights))}
    assert set(found.prevent) == {Fraction(1)}
    assert found.act == Fraction(1, 2 ** len(weights))


def test_one_member_decides_alone():
    found = power.measure(weighted([0, 5], quota=3))
    assert found.shapley_shubik == found.banzhaf == (0, 1)


def test_a_quota_above_the_total_leaves_nobody_power():
    found = power.measure(weighted([2, 1], quota=4))
    assert found.swings == (0, 0)
    assert found.banzhaf == found.shapley_shubik == found.prevent == (0, 0)


def test_half_is_not_more_than_half():
    at_least_half, more_than_half = power.exact([2, 1, 1], 2, "banzhaf"), power.exact([2, 1, 1], 3, "banzhaf")
    assert at_least_half == more_than_half == [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]
    assert power.coleman([2, 1, 1], 2)[2] != power.coleman([2, 1, 1], 3)[2]


def test_weights_may_be_fractions_but_not_floats():
    assert power.exact([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)], Fraction(1, 2)) == power.exact([3, 2, 1], 3)
    with pytest.raises(ValueError, match="exact fractions"):
        power.banzhaf([0.5, 0.5], 1)


def test_the_weights_given_stay_as_they_are():
    weights = [6, 4, 2]
    power.banzhaf(weights, 8)
    assert weights == [6, 4, 2]


@pytest.mark.parametrize(("weights", "quota"), [([], 1), ([1, -1], 1), ([1, 1], 0)])
def test_no_game(weights, quota):
    with pytest.raises(ValueError, match=r"weighted game|quota"):
        power.banzhaf(weights, quota)


def test_bodies_beyond_64_bits_stay_exact():
    found = power.measure(weighted([1] * 193, 129))
    assert found.shapley_shubik[0] == Fraction(1, 193)
    consensus = power.measure(weighted([1] * 198, 198))
    assert consensus.act == Fraction(1, 2**198)
    veto = simplified([str(number) for number in range(166)], [[1] * 166, [1] + [0] * 165], [84, 1], ("and", (0, 1)))
    assert power.measure(veto).prevent[0] == 1
    assert sum(power.measure(veto).shapley_shubik) == 1


def test_what_is_too_large_is_refused_with_its_size():
    primes = [10**6 + 7 * number * number for number in range(190)]
    with pytest.raises(ValueError, match="190 members in 190 classes"):
        power.measure(weighted(primes, 150 * 10**6))


def test_weights_beyond_64_bits_are_refused_not_wrapped():
    with pytest.raises(ValueError, match=r"2\*\*62"):
        power.measure(weighted([2**62 + 1, 2**61 + 3, 2**60 + 7], 2**62 + 5))


def test_of_reads_the_same_rule_against_another_word():
    coefficients = np.zeros((2, 6, 3), dtype=np.int64)
    coefficients[0, 5] = coefficients[0, 1] = -1
    coefficients[1, :4] = coefficients[1, 5] = 1
    consensus = Game(coefficients, np.array([0, 1]), ("and", (0, 1)), ("threshold", "threshold"), ("A", "B", "C"))
    assert power.of(consensus, "prevent", against="objects") == {"A": 1, "B": 1, "C": 1}
    assert power.of(consensus, "shapley_shubik", against="abstain") == {"A": 0, "B": 0, "C": 0}
    assert power.of(consensus, "banzhaf", against="absent")["A"] == Fraction(1, 3)
    with pytest.raises(ValueError, match="no index"):
        power.of(consensus, "nonsense")
    with pytest.raises(ValueError, match="no choice against"):
        reduce(consensus, "yes")


def test_a_rule_that_support_defeats_has_no_power():
    coefficients = compiled([1, 1], 1).coefficients * -1
    game = Game(coefficients, np.array([0]), 0, ("threshold",), ("A", "B"))
    with pytest.raises(ValueError, match="can defeat"):
        power.of(game)


def test_of_with_absences_and_blocs():
    game = compiled([2, 1, 1], quota=3)
    assert power.of(game, "swing_probability", absent={}) == {"0": 0.75, "1": 0.25, "2": 0.25}
    assert power.of(game, "swing_probability", absent={"2": 1.0})["1"] == pytest.approx(0.5)
    assert sum(power.of(game, "banzhaf", absent={"1": 0.5}).values()) == pytest.approx(1)
    assert power.of(game, "owen", unions={"pact": ["1", "2"]}) == {
        "0": Fraction(1, 2),
        "1": Fraction(1, 4),
        "2": Fraction(1, 4),
    }
    with pytest.raises(ValueError, match="no member"):
        power.of(game, "banzhaf", absent={"9": 0.5})
    with pytest.raises(ValueError, match="one at a time"):
        power.of(game, absent={"1": 0.5}, unions={"pact": ["1"]})
    with pytest.raises(ValueError, match="With absences"):
        power.of(game, "shapley_shubik", absent={"1": 0.5})
