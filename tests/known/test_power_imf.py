"""Board of Governors of the IMF: 190 members, votes of October 2022.

Source: votes from the IMF's page on members' quotas and voting power (2 October 2022); indices computed independently
with exact integers and fractions, the Banzhaf counts confirmed by the program EPIC to six digits. That Banzhaf shares
are far more sensitive to the quota than Shapley-Shubik shares: Kurz, "Computing the power distribution in the IMF"
(2016).
"""

import csv
import json
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from comity.solvers import power
from comity.solvers.weighted.routes import sweep


def source(name):
    folder = os.environ.get("COMITY_SOURCES")
    if folder is None:
        pytest.skip("COMITY_SOURCES is not set to the folder of sources")
    file = Path(folder) / "voting_power" / name
    if not file.exists():
        pytest.skip(f"COMITY_SOURCES has no {file.name}")
    return file.read_text(encoding="utf-8")


def rows():
    return list(csv.DictReader(source("imf_2022_q50_q70.csv").splitlines()))


@pytest.mark.parametrize("quota", [2519966, 3527951])
def test_banzhaf_within_its_bound_of_exact_counts(quota):
    table = rows()
    counts = [int(row[f"Banzhaf_swings_int_q{quota}"]) for row in table]
    found = power.banzhaf([int(row["votes"]) for row in table], quota, full=True)
    for value, bound, count in zip(found.values.tolist(), found.bounds.tolist(), counts, strict=True):
        assert abs(Fraction(value) - Fraction(count, sum(counts))) <= Fraction(bound)
    assert (found.bounds <= 1e-12 * found.values).all()
    absolute = power.banzhaf([int(row["votes"]) for row in table], quota, absolute=True)
    assert absolute[0] == pytest.approx(counts[0] / 2**189, rel=1e-13)


@pytest.mark.parametrize(("quota", "name"), [(2519966, "imf50"), (3527951, "imf70")])
def test_shapley_shubik_within_its_bound_of_exact_fractions(quota, name):
    exact = [Fraction(part) for part in json.loads(source("imf_2022_exact_ss_fractions.json"))[name]]
    found = power.shapley_shubik([int(row["votes"]) for row in rows()], quota, full=True)
    for value, bound, truth in zip(found.values.tolist(), found.bounds.tolist(), exact, strict=True):
        assert abs(Fraction(value) - truth) <= Fraction(bound)
    assert (found.bounds <= 1e-12 * found.values).all()


def test_exact_fractions_are_those_computed_elsewhere():
    exact = [Fraction(part) for part in json.loads(source("imf_2022_exact_ss_fractions.json"))["imf70"]]
    assert power.exact([int(row["votes"]) for row in rows()], 3527951) == exact


def test_shares_of_the_united_states_fall_with_the_quota_only_by_banzhaf():
    votes = [int(row["votes"]) for row in rows()]
    quotas = [sum(votes) * percent // 100 + 1 for percent in (50, 60, 65, 70, 80)]
    values, bounds = sweep(votes, quotas)
    assert values[:, 0].round(4).tolist() == [0.2326, 0.1478, 0.1043, 0.0754, 0.0407]
    assert (bounds <= 1e-12 * values).all()


def test_votes_are_those_of_the_page():
    votes = [int(row["votes"]) for row in csv.DictReader(source("imf_votes_2022-10-02.csv").splitlines())]
    assert (len(votes), sum(votes), max(votes)) == (190, 5_039_930, 831_401)
    assert np.array_equal(sorted(votes), sorted(int(row["votes"]) for row in rows()))
