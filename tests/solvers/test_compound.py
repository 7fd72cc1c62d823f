import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import compound, power
from comity.solvers.simple import Simple, simplified, weighted

FORMULAS = [("and", (0, 1)), ("or", (0, 1)), ("or", (("and", (0, 1)), 2)), ("and", (("or", (0, 2)), 1))]


@st.composite
def games(draw):
    members = draw(st.integers(2, 9))
    rows = [draw(st.lists(st.integers(0, 30), min_size=members, max_size=members)) for _ in range(3)]
    needs = [draw(st.integers(1, 1 + sum(row))) for row in rows]
    return simplified([str(number) for number in range(members)], rows, needs, draw(st.sampled_from(FORMULAS)))


def floats(numbers):
    return np.array([float(each) for each in numbers])


@settings(max_examples=60, deadline=None)
@given(games())
def test_a_diagram_errs_within_its_bound(game):
    exact = power.measure(game)
    found = compound._followed(compound.diagram(compound._compiled(game), ("yes", "no")))
    assert np.abs(found.swing_probability - floats(exact.swing_probability)).max() <= found.error
    assert np.abs(found.shapley_shubik - floats(exact.shapley_shubik)).max() <= found.error
    assert found.act == pytest.approx(float(exact.act), abs=found.error)
    assert found.error < 1e-11


@settings(max_examples=20, deadline=None)
@given(games())
def test_small_rules_are_counted(game):
    exact, found = power.measure(game), compound.measure(game)
    assert found.route == "counted"
    assert found.swing_probability.tolist() == floats(exact.swing_probability).tolist()
    assert found.banzhaf == pytest.approx(floats(exact.banzhaf), abs=1e-15)


def test_heads_and_weights_take_one_table():
    weights = [3 + (7919 * number) % 211 for number in range(60)]
    game = simplified([str(number) for number in range(60)], [(1,) * 60, weights], [36, 3600], ("and", (0, 1)))
    found = compound.measure(game)
    assert found.route == "double_majority"
    followed = compound._followed(compound.diagram(compound._compiled(game), ("yes", "no")))
    assert found.swing_probability == pytest.approx(followed.swing_probability, abs=found.error + followed.error)
    assert found.shapley_shubik == pytest.approx(followed.shapley_shubik, abs=found.error + followed.error)


def test_thirty_uneven_members_by_two_kinds_of_weights_and_heads():
    size = 30
    people = [1000 + (7919 * number**2) % 9973 for number in range(size)]
    money = [1000 + (104729 * number) % 9967 for number in range(size)]
    rows = [people, money, [1] * size]
    needs = [sum(people) * 2 // 3, sum(money) // 2, 20]
    found = compound.measure(simplified([str(each) for each in range(size)], rows, needs, ("and", (0, 1, 2))))
    assert found.route == "diagram"
    assert found.shapley_shubik.sum() == pytest.approx(1, abs=size * found.error)
    assert found.error < 1e-10
    assert 0 < found.act < 0.5


def test_refuses_what_is_too_large_for_all():
    game = weighted([2**40 + 3**number for number in range(24)] + [5**number for number in range(16)], quota=2**44)
    with pytest.raises(ValueError, match="sample it instead"):
        compound.measure(game, nodes=10_000)
    huge = Simple(tuple("ABC"), ((2**62, 1, 1), (1, 1, 1)), (2, 2), ("and", (0, 1)))
    with pytest.raises(ValueError, match="divide them by a common factor"):
        compound.measure(huge)
