"""The fewest members that can carry or block: held against every coalition of small games."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.blocking import fewest
from comity.solvers.game import Formula
from comity.solvers.simple import Simple, simplified, weighted

formulas: st.SearchStrategy[Formula] = st.recursive(
    st.integers(0, 2),
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=5,
)


@st.composite
def games(draw: st.DrawFn) -> Simple:
    size = draw(st.integers(1, 7))
    rows = [draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)) for _ in range(3)]
    needs = [draw(st.integers(1, sum(row) + 2)) for row in rows]
    return simplified([f"M{place}" for place in range(size)], rows, needs, draw(formulas))


@settings(max_examples=300, deadline=None)
@given(games())
def test_no_smaller_coalition_carries(game: Simple):
    sizes = range(len(game.members) + 1)
    least = next((n for n in sizes for each in combinations(game.members, n) if game.wins(each)), None)
    found = fewest(game)
    assert (found is None) == (least is None)
    if found is not None:
        assert game.wins(found)
        assert len(found) == least


def test_blocking_is_carrying_the_game_of_blocking():
    five = weighted([30, 28, 16, 14, 12], quota=67, members="ABCDE")
    assert fewest(five) == ("A", "B", "C")
    assert fewest(five.dual) == ("A", "B")


def test_two_hundred_members_with_two_weights_are_no_effort():
    tonnage = [place * place + 1 for place in range(200)]
    people = [(place * 7919) % 1009 + 1 for place in range(200)]
    both: Formula = ("and", (0, 1))
    members = [str(place) for place in range(200)]
    game = simplified(members, [tonnage, people], [sum(tonnage) // 2, sum(people) * 2 // 3], both)
    found = fewest(game)
    assert found is not None
    assert game.wins(found)
    assert not any(game.wins(set(found) - {member}) for member in found)
