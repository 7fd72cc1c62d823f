"""Sobol' indices of the Ishigami function, whose closed form is known.

Ishigami and Homma (1990), "An importance quantification technique in uncertainty analysis for computer models",
Proceedings of ISUMA '90, 398-403: sin x1 + a sin^2 x2 + b x3^4 sin x1 on (-pi, pi)^3. With a = 7 and b = 0.1, as in
Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 4.6: first order .3139, .4424, 0; in total
.5576, .4424, .2437.
"""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform

from comity.kernel.streams import Stream
from comity.solvers.designs import crossed, indices

A, B = 7.0, 0.1
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)


def ishigami(points):
    x = pi * (2 * points - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def closed_form():
    parts = np.array([(1 + B * pi**4 / 5) ** 2 / 2, A**2 / 8, 0.0])
    together = 8 * B**2 * pi**8 / 225
    whole = parts.sum() + together
    return parts / whole, (parts + np.array([together, 0.0, together])) / whole, whole


def test_the_closed_form_gives_the_published_numbers():
    first, total, _ = closed_form()
    assert first == pytest.approx(FIRST, abs=5e-5)
    assert total == pytest.approx(TOTAL, abs=5e-5)


def test_the_indices_come_to_the_closed_form():
    points = 2**14
    picks = Stream(1, "test").integers(range(100), range(points), below=points)
    found = indices(ishigami(crossed(points, 3, seed=1)), 3, picks)
    first, total, whole = closed_form()
    assert found.first == pytest.approx(first, abs=0.01)
    assert found.total == pytest.approx(total, abs=0.01)
    assert found.variance == pytest.approx(whole, rel=0.01)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    first, total, _ = closed_form()
    held = 0
    for seed in range(60):
        picks = Stream(seed, "test").integers(range(200), range(256), below=256)
        found = indices(ishigami(crossed(256, 3, seed=seed)), 3, picks, confidence=0.9)
        for spread, truth in ((found.first_interval, first), (found.total_interval, total)):
            held += int(((spread[:, 0] <= truth) & (truth <= spread[:, 1])).sum())
    # points of Sobol's sequence are spread more evenly than the bootstrap thinks: its intervals are on the safe side
    assert held / (60 * 6) > 0.85


def test_scipy_comes_to_the_same():
    points = 2**12
    picks = np.arange(points)[None, :]
    found = indices(ishigami(crossed(points, 3, seed=3)), 3, picks)
    theirs = sobol_indices(
        func=lambda x: ishigami(x.T), n=points, dists=[uniform(0, 1)] * 3, rng=np.random.default_rng(3)
    )
    assert found.first == pytest.approx(theirs.first_order, abs=0.03)
    assert found.total == pytest.approx(theirs.total_order, abs=0.03)
