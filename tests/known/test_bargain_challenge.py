"""The challenge model on the European Community's emission standards for cars, round by round.

Source: Scholz, Calbert and Smith (2011), "Unravelling Bueno de Mesquita's group decision model", *Journal of
Theoretical Politics* 23, 510-531; inputs after Bueno de Mesquita and Stokman (1994), chapter 4. The published curve is
read from the plot, to one decimal.
"""

import numpy as np
import pytest

from comity.solvers.bargain.challenge import challenge, pressures, readings

MEMBERS = ["Netherlands", "Belgium", "Luxembourg", "Germany", "France", "Italy", "UK", "Ireland", "Denmark", "Greece"]
CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
YEARS = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
SALIENCE = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]


@pytest.fixture(scope="module")
def published():
    return challenge(YEARS, CAPABILITY, SALIENCE, "published", rounds=10)


def test_means_round_by_round(published):
    means = [7.390, 7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572, 7.325, 7.242]
    assert published.means == pytest.approx(means, abs=5e-4)


def test_means_lie_on_the_published_curve(published):
    curve = [7.4, 7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6, 7.3, 7.2]
    assert published.means == pytest.approx(curve, abs=0.1)


def test_medians_round_by_round(published):
    medians = [7, 8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671, 9.671, 7.0]
    assert published.medians == pytest.approx(medians, abs=5e-4)


def test_who_moves_in_the_first_round(published):
    before, after = published.positions[:2]
    moved = {MEMBERS[at]: float(after[at]) for at in np.flatnonzero(after != before)}
    assert moved == {"Belgium": pytest.approx(8.416, abs=5e-4), "Luxembourg": 7, "Ireland": 4}


def test_the_other_readings_end_elsewhere():
    ends = {reading: run.means[-1] for reading, run in readings(YEARS, CAPABILITY, SALIENCE).items()}
    expected = {"published": 7.242, "least_move": 7.590, "pairwise": 7.000}
    assert ends == {reading: pytest.approx(mean, abs=5e-4) for reading, mean in expected.items()}


def test_what_belgium_expects_before_the_first_round():
    """The published chart of Belgium's expectations, read to 0.03."""
    found, belgium = pressures(YEARS, CAPABILITY, SALIENCE), MEMBERS.index("Belgium")
    own = dict(zip(MEMBERS, found.own[belgium], strict=True))
    read = {"Denmark": -0.84, "UK": -0.66, "Germany": -0.46, "Netherlands": -0.47, "France": -0.11, "Luxembourg": 0.61}
    assert {name: own[name] for name in read} == pytest.approx(read, abs=0.03)
    theirs = found.theirs[belgium][[name in read for name in MEMBERS]]
    assert theirs == pytest.approx(0.24, abs=0.01)


def test_the_reading_by_least_move_hangs_on_when_positions_count_as_met():
    """With 80 digits and no rounding: 7.396 at 1e-30 of a year, 7.607 where positions never meet."""
    ends = [
        challenge(YEARS, CAPABILITY, SALIENCE, "least_move", apart=apart).means[-1] for apart in (1e-6, 1e-9, 1e-12)
    ]
    assert ends == pytest.approx([7.590, 7.545, 7.545], abs=5e-4)


@pytest.mark.parametrize("reading", ["published", "pairwise"])
def test_the_other_readings_do_not(reading):
    loose, strict = (challenge(YEARS, CAPABILITY, SALIENCE, reading, apart=apart) for apart in (1e-6, 1e-12))
    assert loose.means == pytest.approx(strict.means, abs=1e-4)


def test_the_published_reading_depends_on_which_end_is_called_low():
    mirrored = [14 - year for year in YEARS]
    ends = {reading: 14 - run.means[-1] for reading, run in readings(mirrored, CAPABILITY, SALIENCE).items()}
    assert ends == {
        reading: pytest.approx(mean, abs=5e-4)
        for reading, mean in {"published": 7.590, "least_move": 7.590, "pairwise": 7.000}.items()
    }
