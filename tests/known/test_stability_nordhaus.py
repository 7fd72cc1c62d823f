"""The climate club of fifteen regions: all 32,768 clubs at 44 pairs of price and tariff.

Source: Nordhaus (2015), "Climate Clubs: Overcoming Free-riding in International Climate Policy", American Economic
Review 105(4): 1339-1370; inputs (and the numbers of the tariff) from the replication qstaudinger/Climate-Clubs, which
states no licence, so that the file does not ship. The sizes of the stable clubs were found by complete enumeration;
the paper itself searches by an evolutionary algorithm.
"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from comity.solvers.participation.climate_club import Regions, club, smallest_tariff
from comity.solvers.participation.stable import belonging, mask, stability, together

PRICES = (12.5, 25, 50, 100)
SIZES = {
    12.5: [0, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15],
    25: [0, 9, 13, 15, 15, 15, 15, 15, 15, 15, 15],
    50: [0, 0, 2, 9, 9, 9, 13, 13, 13, 14, 14],
    100: [0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 3],
}


@pytest.fixture(scope="module")
def table():
    folder = os.environ.get("COMITY_SOURCES")
    file = Path(folder or ".") / "voting_power" / "nordhaus2015_cdice_input.csv"
    if folder is None or not file.exists():
        pytest.skip("COMITY_SOURCES has no voting_power/nordhaus2015_cdice_input.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def names(table):
    return [row["Country"] for row in table]


@pytest.fixture(scope="module")
def regions(table, names):
    def column(name):
        return np.array([float(row[name]) for row in table])

    sales = np.column_stack([column(f"Import_{name}") for name in names])
    columns = ("McKinsey_alpha", "tariff_alpha", "tariff_beta")
    return Regions(column("GDP"), column("CO2"), sales, *(column(name) for name in columns))


@pytest.mark.parametrize("price", PRICES)
def test_exactly_one_club_is_stable_at_every_price_and_tariff(regions, price):
    for percent, size in enumerate(SIZES[price]):
        found = stability(club(regions, price, percent / 100))
        assert found.by_size() == {size: 1}


@pytest.mark.parametrize("price", PRICES)
def test_without_a_tariff_nobody_joins(regions, price):
    assert stability(club(regions, price, 0)).found() == [0]


@pytest.mark.parametrize(
    ("percent", "outside"),
    [(1, {"Brazil", "Russia", "India", "Safrica", "China", "Eurasia"}), (2, {"India", "Safrica"})],
)
def test_who_stays_out_at_25_dollars(regions, names, percent, outside):
    (only,) = stability(club(regions, 25, percent / 100)).found()
    assert set(names) - {names[each] for each in belonging(only, 15)} == outside


@pytest.mark.parametrize(("price", "billions"), [(25, 62.2), (50, 248.9)])
def test_the_joint_gain_of_all(regions, price, billions):
    assert together(club(regions, price, 0))[-1] == pytest.approx(billions, abs=0.05)


def test_the_smallest_tariff_that_holds_all_is_between_two_and_three_per_cent_at_25_dollars(regions, names):
    tariff, last = smallest_tariff(regions, 25, range(15))
    assert 0.02 < tariff < 0.03
    assert names[last] == "Safrica"
    everyone = mask(range(15))
    assert stability(club(regions, 25, tariff * 1.0001)).internal[everyone]
    assert not stability(club(regions, 25, tariff * 0.9999)).internal[everyone]


def test_little_holds_at_100_dollars_even_with_a_tenth(regions):
    assert len(belonging(stability(club(regions, 100, 0.1)).found()[0], 15)) == 3


def test_the_order_of_regions_does_not_matter(regions):
    order = np.array([7, 3, 0, 14, 1, 12, 2, 11, 4, 13, 5, 10, 6, 9, 8])
    turned = Regions(
        *(each[order] for each in (regions.income, regions.emissions)),
        regions.sales[np.ix_(order, order)],
        *(each[order] for each in (regions.abatement, regions.terms, regions.loss)),
    )
    (first,), (second,) = (stability(club(each, 25, 0.02)).found() for each in (regions, turned))
    assert {int(order[each]) for each in belonging(second, 15)} == set(belonging(first, 15))
