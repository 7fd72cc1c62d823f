"""Alpha: perfect agreement, chance, order of coders, and what is refused."""

from math import inf, isnan, nan

import numpy as np
import pytest

from comity.kernel.streams import Stream
from comity.solvers.coders import agreement, interval_by_pairs, interval_by_units


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_perfect_agreement_is_one_and_chance_is_near_nought(level):
    drawn = Stream(1, "codes").integers(range(2), range(4000), below=3)
    assert agreement([drawn[0], drawn[0]], level).alpha == 1
    assert abs(agreement(drawn, level).alpha) < 0.05


def test_the_order_of_coders_and_units_says_nothing():
    codes = Stream(2, "codes").integers(range(3), range(30), below=3)
    turned = codes[::-1, ::-1]
    assert agreement(codes, "ordinal").alpha == pytest.approx(agreement(turned, "ordinal").alpha, abs=1e-12)


def test_a_unit_coded_once_says_nothing():
    codes = [[1, 0, -1, 1], [1, 1, -1, nan]]
    assert agreement(codes).alpha == agreement([row[:3] for row in codes]).alpha


def test_where_nothing_varies_there_is_no_alpha():
    assert isnan(agreement([[1, 1], [1, 1]]).alpha)
    with pytest.raises(ValueError, match="nothing varies"):
        interval_by_pairs([[1, 1], [1, 1]], np.full((5, 2), 0.5))
    assert isnan(interval_by_units([[1, 1], [1, 1]], np.zeros((5, 2), dtype=int))[0])


def test_one_coder_infinite_codes_and_a_wrong_count_of_numbers_are_refused():
    with pytest.raises(ValueError, match="two coders"):
        agreement([[1, 0, 1]])
    with pytest.raises(ValueError, match="infinite"):
        agreement([[1, inf], [1, 0]])
    with pytest.raises(ValueError, match="2 pairs"):
        interval_by_pairs([[1, 0], [1, 1]], np.full((5, 3), 0.5))
