import subprocess
import sys
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import measures, power
from comity.solvers.power import measure
from comity.solvers.simple import simplified, weighted
from comity.solvers.weighted import counting, halves, packed, residues, routes, shapley, spectrum
from comity.solvers.weighted.body import prepared
from comity.solvers.weighted.fourier import Phases, chernoff, saddles, swings, tilted
from comity.solvers.weighted.quadrature import rule
from comity.solvers.weighted.spectrum import survey


def kinds(seed, size):
    """Weights of every kind: equal, geometric, few large, many ties, some without weight, spread out."""
    random = np.random.default_rng([seed, size])
    return [
        [7] * size,
        [min(int(1.5**k) + 1, 10**6) for k in range(size)],
        [500, 300, 200][: min(3, size)] + [1] * max(size - 3, 0),
        random.integers(1, 4, size).tolist(),
        [0, 0, *random.integers(1, 60, size).tolist()],
        random.integers(1, 200, size).tolist(),
    ]


def quotas(weights):
    total = sum(weights)
    return sorted({1, total // 2 + 1, total * 7 // 10 + 1, total * 17 // 20 + 1, total})


def holds(estimate, exact):
    """Every value within its bound of the exact fraction, rounded to a hundred digits more than a double has."""
    for value, bound, truth in zip(estimate.values.tolist(), estimate.bounds.tolist(), exact, strict=True):
        assert abs(Fraction(value) - truth) <= Fraction(bound), (estimate.route, value, float(truth), bound)


@pytest.mark.parametrize("size", [3, 5, 8, 13, 21, 30])
def test_bounds_hold_against_exact_fractions(size):
    for weights in kinds(1, size):
        for quota in quotas(weights):
            body, exact = prepared(weights, quota), measure(weighted(weights, quota))
            holds(routes.banzhaf(body), exact.banzhaf)
            holds(routes.banzhaf(body, absolute=True), exact.swing_probability)
            if size <= 21:
                holds(routes.shapley_shubik(body), exact.shapley_shubik)


def test_bounds_hold_for_forty_uneven_members():
    weights = np.random.default_rng(3).integers(1, 5000, 40).tolist()
    for quota in (sum(weights) // 2 + 1, sum(weights) * 4 // 5):
        body, exact = prepared(weights, quota), measure(weighted(weights, quota))
        holds(routes.banzhaf(body), exact.banzhaf)
        holds(routes.shapley_shubik(body), exact.shapley_shubik)


@pytest.mark.parametrize("share", [0.5, 0.6, 0.75, 0.9])
def test_fourier_inversion_agrees_with_counting(share):
    random = np.random.default_rng(5)
    for size in (60, 120, 300):
        weights = random.integers(20, 900, size)
        body = prepared(weights, int(weights.sum() * share))
        for odds in (-0.4, 0.0, 0.3):
            tilt = tilted(body, odds, float(saddles(body, np.array([odds]))[0]))
            spectrum = survey(body, tilt.damping, 1e-12, most=200_000)
            assert spectrum is not None
            value, bound = swings(body, Phases(body.weights, spectrum), tilt)
            truth, doubt = counting.careful(body, odds)
            assert (np.abs(value - truth) <= bound + doubt).all()
            assert (doubt <= 1e-12 * truth).all()
            assert (bound <= 1e-12 * truth).all()
            assert (truth <= chernoff(body, tilt)).all()


@given(st.lists(st.integers(1, 60), min_size=2, max_size=12), st.floats(0.05, 0.95), st.floats(-3, 3))
@settings(max_examples=60, deadline=None)
def test_counting_with_and_without_cancellation_agree(weights, share, odds):
    body = prepared(weights, max(int(sum(weights) * share), 1))
    (quick, bound), (slow, doubt) = counting.swings(body, odds), counting.careful(body, odds)
    assert (np.abs(quick - slow) <= bound + doubt).all()


@given(st.lists(st.integers(1, 40), min_size=2, max_size=9), st.floats(0.05, 1), st.floats(-2, 2))
@settings(max_examples=100, deadline=None)
def test_any_tilt_and_any_discarded_frequencies_stay_within_the_bound(weights, share, slope):
    body = prepared(weights, max(int(sum(weights) * share), 1))
    tilt = tilted(body, 0.0, slope / max(weights))
    spectrum = survey(body, tilt.damping * 0.9, 0.1, most=10**6)
    if spectrum is None:
        return
    value, bound = swings(body, Phases(body.weights, spectrum), tilt)
    exact = measure(weighted(weights, max(int(sum(weights) * share), 1))).swing_probability
    for place, number in enumerate(body.places):
        assert abs(Fraction(value[number]) - exact[place]) <= Fraction(bound[number])


@given(st.lists(st.integers(0, 9), min_size=1, max_size=11), st.integers(1, 60), st.integers(0, 11))
@settings(max_examples=80, deadline=None)
def test_halves_count_as_the_table_does(weights, quota, size):
    rows = [weights, [1] * len(weights), weights]
    formula = ("or", (("and", (0, 1)), 2))
    game = simplified([str(k) for k in range(len(weights))], rows, [quota, size, 2 * quota], formula)
    demands = halves.demands(game)
    if demands is None:
        assert len(set(game.rows)) > 1
        return
    totals, held = halves.counted(*demands)
    found = measures._assembled(game, totals, [held[positions[0]] for positions in game.classes])
    assert found == measures._by_table(game)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=10), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_packed_integers_count_swings(weights, quota):
    exact = measure(weighted(weights, quota))
    body = prepared(weights, quota)
    assert packed.banzhaf(body) == list(exact.banzhaf)
    assert packed.banzhaf(body, absolute=True) == list(exact.swing_probability)


def test_a_rule_of_enough_nodes_is_exact_and_its_defects_say_so():
    assert max(map(abs, rule(9, 5).defects)) < 1e-14
    poor = rule(9, 2)
    p = 1 / (1 + np.exp(-np.array(poor.odds)))
    for k in (0, 4, 8):
        integral = 9 * [1, 8, 28, 56, 70, 56, 28, 8, 1][k] * float(np.array(poor.weights) @ (p**k * (1 - p) ** (8 - k)))
        assert abs(integral - 1) <= poor.defects[k] <= abs(integral - 1) + 1e-12


def test_the_laws_of_power_in_a_large_body():
    weights = [*range(1, 150), 40, 0]
    quota = 7000
    for index in (power.banzhaf, power.shapley_shubik):
        found = index(weights, quota)
        assert found.sum() == pytest.approx(1, abs=1e-13)
        assert found[39] == found[149]
        assert found[150] == 0
        assert (np.diff(found[:149]) > 0).all()
        dual = index(weights, sum(weights) - quota + 1)
        assert np.abs(dual - found).max() < 1e-15
        scaled = index([6 * weight for weight in weights], 6 * quota - 5)
        assert np.abs(scaled - found).max() == 0


def test_many_quotas_at_once():
    weights = list(range(1, 121))
    asked = [3631, 4000, 5000, 6000]
    values, bounds = routes.sweep(weights, asked)
    for row, bound, quota in zip(values, bounds, asked, strict=True):
        single = routes.banzhaf(prepared(weights, quota))
        assert (np.abs(row - single.values) <= bound + single.bounds).all()
        assert (bound <= 1e-12 * row).all()


def test_fractions_are_scaled_and_floats_refused():
    weights = [Fraction(k, 7) for k in range(1, 101)]
    found = power.banzhaf(weights, Fraction(2600, 7))
    assert (found == power.banzhaf(range(1, 101), 2600)).all()
    for bad in ([0.5, 1.5], [float("nan"), 1], [1, -1], []):
        with pytest.raises(ValueError, match=r"whole numbers|weighted game"):
            power.shapley_shubik(bad, 1)
    for quota in (0, -3):
        with pytest.raises(ValueError, match="above zero"):
            power.banzhaf([1, 2], quota)


def test_extremes():
    assert power.banzhaf([5], 3).tolist() == power.shapley_shubik([5], 3).tolist() == [1]
    assert power.banzhaf([5, 1], 7, full=True).values.tolist() == [0, 0]
    many = [*range(1, 191)]
    assert power.shapley_shubik(many, sum(many)) == pytest.approx(1 / 190, rel=1e-13)
    assert power.banzhaf(many, 1) == pytest.approx(1 / 190, rel=1e-13)
    nobody = power.shapley_shubik(many, sum(many) + 1, full=True)
    assert not nobody.values.any()


def test_whole_numbers_beyond_64_bits_are_counted_exactly_or_refused():
    huge = [2**70, 2**70, 2**69]
    with pytest.raises(ValueError, match=r"2\*\*62"):
        power.banzhaf([weight + 1 for weight in huge], 2**71)
    assert power.exact(huge, 2**71) == power.exact([2, 2, 1], 4)


def test_what_would_take_too_long_is_refused_before_it_starts():
    uneven = [3**k + 10**9 * k for k in range(1, 61)]
    with pytest.raises(ValueError, match=r"GiB|2\*\*62|too large"):
        power.shapley_shubik(uneven, sum(uneven) // 2)
    with pytest.raises(ValueError, match="GiB"):
        power.exact([10**7 + k * k for k in range(190)], 10**9, "banzhaf")


def test_progress_is_told():
    heard = []
    power.shapley_shubik(range(1, 200), 9000, progress=lambda done, total, note: heard.append((done, total, note)))
    assert heard
    assert heard[-1][0] == heard[-1][1]


def test_weights_given_stay_as_they_are():
    weights = np.arange(1, 191)
    before = weights.copy()
    power.banzhaf(weights, 9500)
    assert (weights == before).all()


@given(
    st.one_of(
        st.lists(st.integers(0, 40), min_size=1, max_size=14),
        st.integers(1, 14).map(lambda size: [3] * size),
        st.integers(1, 14).map(lambda size: [2**k for k in range(size)]),
        st.lists(st.sampled_from([1, 1, 1, 200, 300]), min_size=1, max_size=14),
    ).filter(any),
    st.floats(0, 1),
)
@settings(max_examples=400, deadline=None)
def test_bounds_hold_for_any_small_game(weights, share):
    quota = max(1, min(round(share * sum(weights)), sum(weights)))
    body, exact = prepared(weights, quota), measure(weighted(weights, quota))
    holds(routes.banzhaf(body), exact.banzhaf)
    holds(routes.shapley_shubik(body), exact.shapley_shubik)
    assert residues.shapley_shubik(body) == list(exact.shapley_shubik)


def test_residues_give_the_counts_of_a_body_too_large_to_list():
    weights = np.random.default_rng(8).integers(0, 300, 90).tolist()
    quota = sum(weights) * 2 // 3
    body = prepared(weights, quota)
    counts = residues.swings(body)
    assert [sum(row) for row in counts] == packed.swings(body)
    assert all(count <= comb(body.size - 1, k) for row in counts for k, count in enumerate(row))
    exact = power.exact(weights, quota)
    assert sum(exact) == 1
    holds(routes.shapley_shubik(body), exact)


def test_exact_fractions_are_refused_with_the_size_or_told_step_by_step():
    heard = []
    power.exact(range(1, 71), 1300, progress=lambda *step: heard.append(step[:2]))
    assert heard[-1][0] == heard[-1][1] == len(heard)
    with pytest.raises(ValueError, match=r"seconds and .* GiB"):
        power.exact([10**7 + k * k for k in range(190)], 10**9)


def test_the_number_of_threads_changes_no_digit(monkeypatch):
    weights = np.random.default_rng(4).integers(50, 9000, 130).tolist()
    body = prepared(weights, sum(weights) * 7 // 10)
    found = []
    for threads in (1, 2, 5):
        for module in (spectrum, shapley):
            monkeypatch.setattr(module, "THREADS", threads)
        monkeypatch.setattr("comity.solvers.weighted.fourier._SURVEYED", {})
        found.append(routes.shapley_shubik(body))
    for other in found[1:]:
        assert other.values.tobytes() == found[0].values.tobytes()
        assert other.bounds.tobytes() == found[0].bounds.tobytes()


def test_small_games_load_no_compiler():
    asked = "import sys; from comity.solvers import power; power.banzhaf([3, 2, 1], 4); print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_inequality_of_the_survey():
    distance = np.linspace(0, 0.5, 20001)
    assert (np.sin(np.pi * distance) ** 2 - (8 * distance**2 - 16 * distance**4) > -1e-15).all()
