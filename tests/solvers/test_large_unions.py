"""A-priori unions in large bodies: against exact values on small ones, and blocs in the Monetary Fund."""

import pytest

import comity
from comity.kernel.streams import Stream
from comity.solvers import power
from comity.solvers.correlated import Within
from comity.solvers.game import weighted as compiled
from comity.solvers.large_unions import measure_large, owen_orders
from comity.solvers.simple import reduce, weighted
from comity.solvers.unions import INDICES, measure_unions, partition

FUND = comity.load("imf")


@pytest.mark.parametrize("number", range(60))
def test_it_agrees_with_the_exact_values_within_its_bound(number):
    draw = Stream(number, "unions")
    size = 3 + number % 6
    weights = (draw.integers(0, range(size), below=12)[0] + number % 2).tolist()
    total = sum(weights)
    quota = int(draw.integers(1, 0, below=total)[0, 0]) + 1
    home = draw.integers(2, range(size), below=3)[0].tolist()
    named = {f"union {each}": [str(place) for place in range(size) if home[place] == each] for each in (1, 2)}
    unions = {name: inside for name, inside in named.items() if inside}
    game = weighted(weights, quota)
    exact, found = measure_unions(game, unions), measure_large(game, unions)
    assert found.error < 1e-12
    for index in INDICES:
        known = [float(each) for each in getattr(exact, index)]
        assert getattr(found, index) == pytest.approx(known, abs=found.error)
    quotient = dict(zip(exact.quotient.members, map(float, exact.quotient.shapley_shubik), strict=True))
    assert found.quotient == pytest.approx(quotient, abs=found.error)


def test_blocs_in_the_fund():
    game = FUND.game("special85", FUND.as_of)
    blocs = {
        name: [member for member in comity.load(name).members_on(FUND.as_of) if member in game.members]
        for name in ("g7", "brics")
    }
    found = measure_large(reduce(game), blocs)
    assert found.owen.sum() == pytest.approx(1, abs=1e-12)
    assert found.error < 1e-11
    share = dict(zip(found.members, found.owen.tolist(), strict=True))
    # both blocs can block 85 %, so that each is needed and they are equals
    assert found.quotient["g7"] == pytest.approx(found.quotient["brics"], abs=1e-12)
    for name, inside in blocs.items():
        assert sum(share[member] for member in inside) == pytest.approx(found.quotient[name], abs=1e-12)


def test_one_index_by_member_within_its_bound():
    game = compiled([20_000 + 77 * place**2 for place in range(40)], quota=700_000)
    found = power.of(game, "owen", unions={"pact": ["0", "39"]})
    assert sum(found.values()) == pytest.approx(1, abs=1e-12)
    assert isinstance(found["39"], Within)
    assert found["39"].low < found["39"] < found["39"].high < found["39"].low + 1e-11
    with pytest.raises(ValueError, match="no index 'johnston' with unions"):
        power.of(game, "johnston", unions={"pact": ["0", "39"]})


def test_what_neither_method_counts_is_drawn():
    game = FUND.game("amendment", FUND.as_of)
    blocs = {"pair": ["USA", "JPN"]}
    with pytest.raises(ValueError, match="give uniform numbers"):
        power.of(game, "owen", unions=blocs)
    found = power.of(game, "owen", unions=blocs, uniforms=Stream(1, "orders").uniforms, draws=2000)
    assert sum(found.values()) == pytest.approx(1)
    assert found["USA"].low < found["USA"] < found["USA"].high


def test_orders_in_a_row_give_owens_value():
    game, unions = compiled([5, 5, 2, 1, 1], quota=8), {"left": ["0", "2"], "right": ["1", "3"]}
    groups = list(partition(game.members, unions).values())
    found = owen_orders(game, groups, Stream(1, "orders").uniforms, draws=20_000)
    for value, low, high in zip([4, 1, 4, 1, 2], found.low, found.high, strict=True):
        assert low < value / 12 < high


@pytest.mark.parametrize(
    ("weights", "unions", "message"),
    [
        ([2**40] * 3, {"a": ["0", "1"]}, "GiB"),
        ([2**16 + 7 * place for place in range(500)], {"a": ["0", "1"]}, "additions"),
        ([1, 1], {"a": ["0", "3"]}, "no member"),
    ],
)
def test_what_it_refuses(weights, unions, message):
    with pytest.raises(ValueError, match=message):
        measure_large(weighted([*weights[:-1], weights[-1] + 1], sum(weights) // 2 + 1), unions)


def test_a_rule_of_two_conditions_is_refused():
    with pytest.raises(ValueError, match="one weighted condition"):
        measure_large(reduce(FUND.game("amendment", FUND.as_of)), {"pair": ["USA", "JPN"]})
