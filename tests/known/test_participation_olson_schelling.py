"""Privileged groups and Schelling's k.

Sources: Mancur Olson, *The Logic of Collective Action* (1965), chapter 1: a member provides the good alone where its
gain exceeds the whole cost, that is where its fraction of the group's gain exceeds cost over the group's gain. Thomas
Schelling, *Micromotives and Macrobehavior* (1978), chapter 7: k is the least number that gains by contributing though
the others do not. Duncan Snidal, "The Limits of Hegemonic Stability Theory", *International Organization* 39 (1985),
579-614: such a group can replace a hegemon. The linear game b Q - c q with q of 0 or 1: Barrett, "Self-Enforcing
International Environmental Agreements", *Oxford Economic Papers* 46 (1994), and Carraro and Siniscalco (1993).
"""

from fractions import Fraction

import pytest

from comity.solvers.participation.k_group import k_group, least_contributors, self_supporting, voluntary


@pytest.mark.parametrize(("cost", "members"), [("1.5", 2), ("2.5", 3), ("4.2", 5), ("9.5", 10)])
def test_the_linear_game_is_stable_at_the_least_number_of_at_least_the_ratio(cost, members):
    assert least_contributors(1, Fraction(cost)) == members
    for others in (0, 1, 7):
        number = members + others
        assert self_supporting([Fraction(number)] * number, [Fraction(cost)] * number).tolist() == [members]


def test_a_contributor_in_the_group_of_k_gains_and_in_a_smaller_one_loses():
    for cost in range(1, 40):
        benefit, part = Fraction(3), Fraction(cost, 2)
        least = least_contributors(benefit, part)
        assert benefit * least >= part
        assert least == 1 or benefit * (least - 1) < part


@pytest.mark.parametrize(("gains", "cost", "privileged"), [([6, 3, 1], 5, True), ([4, 3, 3], 5, False)])
def test_a_group_is_privileged_where_one_fraction_of_the_gain_exceeds_cost_over_the_groups_gain(
    gains, cost, privileged
):
    fractions = [Fraction(each, sum(gains)) for each in gains]
    assert any(fraction >= Fraction(cost, sum(gains)) for fraction in fractions) == privileged
    assert bool(k_group(gains, cost).privileged[0]) == privileged


def test_the_great_are_exploited_by_the_small():
    """Without effects of income the member with the largest interest alone provides, however many there are."""
    for small in (1, 4, 20):
        found = voluntary([Fraction(3)] + [Fraction(2)] * small, 2)
        assert found.gifts[0, 0] == found.provided[0] > 0
        assert found.riding[0].sum() == small
    without = voluntary([Fraction(2)] * 5, 2)
    assert 0 < without.provided[0] < found.provided[0]  # less is provided when it goes, and another becomes the payer


def test_a_small_group_can_replace_the_hegemon():
    """Snidal: with the largest gone two of the next can still gain by providing together."""
    with_it, without_it = k_group([10, 5, 4, 1], 8), k_group([5, 4, 1], 8)
    assert bool(with_it.privileged[0])
    assert (int(with_it.least[0]), int(without_it.least[0])) == (1, 2)
