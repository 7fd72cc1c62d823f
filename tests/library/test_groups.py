"""Groups of states: the least developed countries, by day."""

import datetime

import pytest

import comity
from comity.kernel.errors import UnknownName
from comity.library.actors import actors
from comity.library.groups import group, groups_digest


def test_forty_four_countries_are_least_developed_and_all_are_members_of_the_united_nations():
    poorest = group("least_developed", datetime.date(2026, 2, 6))
    assert len(poorest) == 44
    assert poorest <= set(actors().un_members())


def test_the_list_agrees_with_the_seat_of_the_green_climate_fund_but_for_small_islands():
    seat = next(each for each in comity.load("gcf").members if "LEAST" in getattr(each, "constituency", ""))
    states = set(getattr(seat, "states", ()))
    assert states - group("least_developed", datetime.date(2026, 2, 6)) == {"STP"}  # graduated in December 2024
    assert group("least_developed", datetime.date(2024, 12, 1)) == states


@pytest.mark.parametrize(
    ("day", "count"), [("1970-01-01", 0), ("2004-06-01", 50), ("2013-06-01", 49), ("2024-01-01", 45)]
)
def test_a_state_belongs_from_its_inclusion_to_its_graduation(day: str, count: int):
    assert len(group("least_developed", datetime.date.fromisoformat(day))) == count


def test_an_unknown_group_is_refused():
    with pytest.raises(UnknownName, match="There is no group of states 'rich'"):
        group("rich", datetime.date(2026, 1, 1))
    assert len(groups_digest()) == 64
