from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.solvers.coalitions import veto_players
from comity.solvers.nucleolus import nucleolus, of_worths
from comity.solvers.power import measure
from comity.solvers.simple import weighted


def complaints(worth, members, shares):
    """All complaints of coalitions, the largest first."""
    coalitions = (chosen for size in range(1, len(members)) for chosen in combinations(members, size))
    return sorted((worth(each) - sum(shares[member] for member in each) for each in coalitions), reverse=True)


def moved(found, other, part):
    return {member: (1 - part) * share + part * other[member] for member, share in found.items()}


@st.composite
def rules(draw):
    weights = draw(st.lists(st.integers(0, 9), min_size=2, max_size=6))
    quota = draw(st.integers(1, sum(weights) + 1))
    assume(sum(weight >= quota for weight in weights) <= 1)
    return weighted(weights, quota)


@given(rules(), st.lists(st.integers(0, 9), min_size=6, max_size=6), st.sampled_from([1, 3, 100]))
@settings(max_examples=30, deadline=None)
def test_every_other_division_meets_larger_complaints(game, amounts, steps):
    found = nucleolus(game)
    assume(found.complaints and sum(amounts[: len(game.members)]))
    split = dict(zip(game.members, amounts, strict=False))
    other = {member: Fraction(each, sum(split.values())) for member, each in split.items()}
    if any(game.wins({member}) for member in game.members):
        other = {member: Fraction(int(game.wins({member}))) for member in game.members}
    near = moved(found.shares, other, Fraction(1, steps))
    mine = complaints(game.wins, game.members, found.shares)
    assert mine[0] == found.complaints[0]
    assert mine < complaints(game.wins, game.members, near) or near == found.shares


def test_a_coalition_that_always_gets_half_may_complain_most():
    found = nucleolus(weighted([3, 3, 4, 4], quota=7))
    assert list(found.shares.values()) == [Fraction(1, 6), Fraction(1, 6), Fraction(1, 3), Fraction(1, 3)]
    assert found.complaints[:2] == (Fraction(1, 2), Fraction(1, 3))


@given(rules())
@settings(max_examples=25, deadline=None)
def test_shares_sum_to_one_twins_are_alike_and_dummies_get_nothing(game):
    shares = list(nucleolus(game).shares.values())
    swings = measure(game).swings
    assert sum(shares) == (1 if any(swings) else 0)
    assert all(not share for share, swing in zip(shares, swings, strict=True) if not swing)
    for positions in game.classes:
        assert len({shares[position] for position in positions}) == 1


@given(rules())
@settings(max_examples=25, deadline=None)
def test_members_with_a_veto_share_all_among_them(game):
    holding = veto_players(game)
    assume(holding and any(measure(game).swings))
    shares = nucleolus(game).shares
    assert all(shares[member] == (Fraction(1, len(holding)) if member in holding else 0) for member in game.members)


@given(st.lists(st.integers(-5, 9), min_size=15, max_size=15), st.lists(st.integers(0, 9), min_size=4, max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_other_division_of_worths_meets_larger_complaints(values, amounts):
    names = ["".join(chosen) for size in range(1, 5) for chosen in combinations("ABCD", size)]
    worths = dict(zip(names, values, strict=True))
    least = sum(worths[member] for member in "ABCD")
    worths["ABCD"] = least + max(values[14], 0)
    assume(sum(amounts))
    found = of_worths(worths).shares
    spare = worths["ABCD"] - least
    other = {m: worths[m] + Fraction(spare * each, sum(amounts)) for m, each in zip("ABCD", amounts, strict=True)}
    near = moved(found, other, Fraction(1, 7))

    def worth(chosen):
        return worths["".join(chosen)]

    assert sum(found.values()) == worths["ABCD"]
    assert complaints(worth, "ABCD", found) < complaints(worth, "ABCD", near) or near == found


def test_a_rule_that_carries_nothing_divides_nothing():
    assert nucleolus(weighted([1, 1], 3)).shares == {"0": 0, "1": 0}


def test_two_members_who_carry_alone_cannot_both_be_satisfied():
    with pytest.raises(ValueError, match="Alone, the members could get 2 in sum, and together they have 1"):
        nucleolus(weighted([2, 2, 1], 2))


def test_a_game_that_is_too_large_says_its_size():
    with pytest.raises(ValueError, match=r"20 members in 20 classes make 1\.05e\+06 kinds .* the limit is 8,192"):
        nucleolus(weighted(list(range(1, 21)), 120))
    with pytest.raises(ValueError, match="14 members make 16,384 coalitions; the limit is 8,192"):
        of_worths({"ABCDEFGHIJKLMN": 1})


def test_worths_without_the_whole_body():
    with pytest.raises(ValueError, match="The worth of the whole body is missing"):
        of_worths({"AB": 1, "BC": 2})
