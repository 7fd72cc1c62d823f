from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import indices
from comity.solvers.power import measure
from comity.solvers.simple import Simple, simplified, weighted

OF_MINIMAL = ("deegan_packel", "public_good")


def monotone(members):
    """Every monotone game: whether each coalition wins, coalitions as numbers with one bit a member."""
    if not members:
        return [(False,), (True,)]
    fewer = monotone(members - 1)
    return [
        without + with_
        for without in fewer
        for with_ in fewer
        if all(a <= b for a, b in zip(without, with_, strict=True))
    ]


def as_rule(table, members):
    """The game as "all of these, or all of those": one condition a minimal winning coalition."""
    minimal = [
        s
        for s, wins in enumerate(table)
        if wins and not any(table[s & ~(1 << i)] for i in range(members) if s >> i & 1)
    ]
    rows = [[s >> i & 1 for i in range(members)] for s in minimal]
    return simplified("ABCDE"[:members], rows, [sum(row) for row in rows], ("or", tuple(range(len(rows)))))


SMALL = [(n, table) for n in range(1, 5) for table in monotone(n)] + [(5, table) for table in monotone(5)[::40]]


def breaking(table, members, coalition):
    inside = (i for i in range(members) if coalition >> i & 1)
    return [i for i in inside if table[coalition] and not table[coalition & ~(1 << i)]]


def by_definition(table, members):
    """Johnston, Deegan-Packel and public good scores from the words of their definitions."""
    johnston, packel, places = ([Fraction(0)] * members for _ in range(3))
    for coalition in range(1 << members):
        critical_ones = breaking(table, members, coalition)
        for i in critical_ones:
            johnston[i] += Fraction(1, len(critical_ones))
            if len(critical_ones) == coalition.bit_count():
                packel[i] += Fraction(1, len(critical_ones))
                places[i] += 1
    return [tuple(x / sum(score) if any(score) else Fraction(0) for x in score) for score in (johnston, packel, places)]


def test_every_small_game_is_measured_as_the_definitions_say():
    assert len(SMALL) == 3 + 6 + 20 + 168 + 190
    for members, table in SMALL:
        game = as_rule(table, members)
        found = [tuple(indices.of(game, index).values()) for index in ("johnston", *OF_MINIMAL)]
        assert found == by_definition(table, members)


def test_outcomes_of_every_small_game_are_frequencies_over_all_ballots():
    for members, table in SMALL:
        found, ballots = indices.outcomes(as_rule(table, members)), range(1 << members)
        for i in range(members):
            agreeing = [s for s in ballots if bool(s >> i & 1) == table[s]]
            deciding = [s for s in ballots if table[s] != table[s ^ (1 << i)]]
            assert found.success[i] == Fraction(len(agreeing), 1 << members)
            assert found.decisive[i] == Fraction(len(deciding), 1 << members)
            assert found.lucky[i] == Fraction(len(set(agreeing) - set(deciding)), 1 << members)
            carried = sum(1 for s in agreeing if s >> i & 1)
            assert found.success_for[i] == Fraction(2 * carried, 1 << members)
            assert found.success_against[i] == Fraction(2 * (len(agreeing) - carried), 1 << members)


def test_the_majority_deficit_of_every_small_game_is_its_mean_over_all_ballots():
    for members, table in SMALL:
        found = indices.outcomes(as_rule(table, members))
        yes = [s.bit_count() for s in range(1 << members)]
        lacking = [max(n, members - n) - (n if wins else members - n) for n, wins in zip(yes, table, strict=True)]
        assert found.majority_deficit == Fraction(sum(lacking), 1 << members)
        assert 0 <= found.relative_sensitivity <= 1


@st.composite
def weighted_games(draw, largest=9):
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=largest))
    return weighted(weights, draw(st.integers(1, sum(weights) + 1)))


@given(weighted_games(), st.sampled_from(indices.SHARES))
@settings(max_examples=80, deadline=None)
def test_shares_sum_to_one_and_are_alike_for_members_that_are_alike(game, index):
    found = list(indices.of(game, index).values())
    swings = measure(game).swings
    assert sum(found) == (1 if any(swings) else 0)
    for positions in game.classes:
        assert len({found[position] for position in positions}) == 1
    assert all(bool(share) == bool(swing) for share, swing in zip(found, swings, strict=True))


@given(weighted_games())
@settings(max_examples=40, deadline=None)
def test_johnston_never_gives_less_to_a_member_with_more_votes(game):
    if game.single:
        shares = list(indices.johnston(game).values())
        ordered = sorted(zip(game.single[0], shares, strict=True))
        assert [share for _, share in ordered] == sorted(shares)


@given(weighted_games())
@settings(max_examples=40, deadline=None)
def test_rae_is_a_half_and_half_the_probability_of_a_swing(game):
    expected = [(1 + swing) / 2 for swing in measure(game).swing_probability]
    assert list(indices.of(game, "rae").values()) == expected


def test_resistance_runs_from_majority_to_unanimity():
    assert [indices.outcomes(weighted([1] * 5, quota)).resistance for quota in (3, 5)] == [0, 1]
    assert indices.outcomes(weighted([1] * 5, 2)).resistance < 0
    assert indices.outcomes(weighted([1], 1)).resistance is None


@pytest.mark.parametrize("quota", [7, 1])
def test_rules_without_power_have_indices_of_zero(quota):
    nothing = weighted([3, 2, 1], 7) if quota == 7 else Simple(("0", "1", "2"), (), (), ("and", ()))
    for index in indices.SHARES:
        assert set(indices.of(nothing, index).values()) == {0}


def test_an_index_that_is_none():
    with pytest.raises(ValueError, match="no index 'power' here; the further indices are johnston"):
        indices.of(weighted([1, 1], 2), "power")


def test_sharing_by_weight_needs_one_weighted_condition():
    game = simplified("ABC", [[1, 1, 1], [5, 3, 1]], [2, 6], ("and", (0, 1)))
    with pytest.raises(ValueError, match="has 2 conditions, each with weights of its own"):
        indices.colomer_martinez(game)


def test_too_many_coalitions_to_share_one_by_one():
    with pytest.raises(ValueError, match="for 193 members has more than 100,000 minimal winning coalitions"):
        indices.colomer_martinez(weighted([1] * 193, 129))


def test_a_game_that_is_too_large_says_its_size():
    game = weighted([1_000_003 + 7 * i**3 for i in range(40)], 20_000_000)
    with pytest.raises(ValueError, match=r"40 members in 40 classes make 1\.1e\+12 kinds .* Counting by weights"):
        indices.johnston(game)
