"""Best response: what pays best against what was seen (Brown 1951)."""

from fractions import Fraction

import pytest

from comity.players.best_response import BestResponse


@pytest.mark.parametrize("refused", range(6))
def test_its_demand_is_the_best_against_what_it_expects(refused):
    """With acceptance of a demand d believed to be 1 - d (1 - p), p by Laplace's rule, no other demand is better."""
    likely = Fraction(1, refused + 2)

    def value(demand: Fraction) -> Fraction:
        return demand * (1 - demand * (1 - likely))

    best = BestResponse().policy(20).asked(1, refused)
    assert all(value(best) >= value(Fraction(each, 100)) for each in range(101))


@pytest.mark.parametrize(("worth", "broken", "effort"), [(0, 0, 0), (1, 0, 1), (1, 1, 0), (2, 1, 1)])
def test_it_keeps_what_pays(ask, worth, broken, effort):
    assert BestResponse().choose(ask("perform", worth=worth, kept=4, broken=broken)).slots == {"effort": effort}


def test_it_takes_whatever_is_better_than_none(ask):
    assert BestResponse().choose(ask("vote", share=Fraction(1, 100))).slots == {"choice": "yes"}
    assert BestResponse().choose(ask("vote", share=Fraction(-1, 100))).slots == {"choice": "no"}
