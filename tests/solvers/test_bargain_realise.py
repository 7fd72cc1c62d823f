import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from comity.solvers.bargain.exchange import exchanges
from comity.solvers.bargain.realise import compatible, realise

tables = some.tuples(some.integers(2, 5), some.integers(2, 3)).flatmap(
    lambda shape: some.tuples(
        arrays(np.float64, shape, elements=some.integers(0, 100).map(float)),
        arrays(np.float64, shape, elements=some.integers(1, 10).map(float)),
        arrays(np.float64, shape[0], elements=some.integers(1, 5).map(float)),
    )
)


@given(tables)
def test_nobody_enters_two_exchanges_on_an_issue(table):
    positions, salience, power = table
    used = set()
    for each in compatible(exchanges(positions, power, salience), positions.shape):
        cells = {(who, issue) for who in (each.giver, each.taker) for issue in (each.given, each.taken)}
        assert not cells & used
        used |= cells


@given(tables)
def test_one_exchange_alone_does_what_it_promised(table):
    positions, salience, power = table
    found = realise(positions, power, salience)
    assert ((found.positions >= positions.min(axis=0) - 1e-9) & (found.positions <= positions.max(axis=0) + 1e-9)).all()
    if found.made and len(found.made[0]) == 1:
        assert found.effects == pytest.approx(found.made[0][0].effects, abs=1e-9)
    if not found.made:
        assert (found.positions == positions).all()
        assert (found.effects == 0).all()


def test_the_most_profitable_comes_first_and_rounds_end():
    positions = [[0, 0, 0], [100, 100, 100], [0, 100, 50]]
    salience = [[0.9, 0.1, 0.5], [0.1, 0.9, 0.5], [0.5, 0.5, 0.5]]
    offered = exchanges(positions, [1, 1, 1], salience)
    found = realise(positions, [1, 1, 1], salience, rounds=50)
    assert found.made[0][0].gain == offered[0].gain
    assert len(found.made) < 50
