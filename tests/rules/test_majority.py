"""Majority by heads: each base counts whom it says, thresholds are exact, quorum comes first and veto last."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from comity.kernel.errors import InputError
from comity.model.ruling import Choice, Remedy
from comity.model.threshold import Quorum
from comity.rules.majority import Majority

ON = datetime.date(2026, 1, 1)


def seats(yes: int = 0, no: int = 0, abstain: int = 0, absent: int = 0) -> dict[str, Choice]:
    kinds: list[tuple[int, Choice]] = [(yes, "yes"), (no, "no"), (abstain, "abstain"), (absent, "absent")]
    return {f"{choice.upper()}{place}": choice for count, choice in kinds for place in range(count)}


@pytest.mark.parametrize(
    ("of", "base"), [("members", 10), ("present", 8), ("present_and_voting", 6), ("votes_cast", 6)]
)
def test_each_base_counts_whom_it_says(of: str, base: int):
    rule = Majority.model_validate({"more_than": "1/2", "of": of})
    ruling = rule.decide(seats(yes=4, no=2, abstain=2, absent=2), on=ON)
    assert (ruling.requirements[0].base, ruling.requirements[0].required) == (base, Fraction(base, 2))
    assert ruling.adopted is (base < 2 * 4)


@pytest.mark.parametrize(
    ("yes", "no", "adopted"), [(2, 1, True), (66, 34, False), (67, 33, True), (200, 100, True), (199, 101, False)]
)
def test_two_thirds_of_those_voting_is_exact(yes: int, no: int, *, adopted: bool):
    assert Majority(at_least=Fraction(2, 3), of="votes_cast").decide(seats(yes=yes, no=no), on=ON).adopted is adopted


def test_a_tie_is_no_majority():
    assert not Majority(more_than=Fraction(1, 2), of="present_and_voting").decide(seats(yes=5, no=5), on=ON).adopted


def test_a_dated_threshold_changes_on_its_day():
    rule = Majority.model_validate(
        {
            "at_least": ({"until": "1965-08-31", "value": "7/11"}, {"from": "1965-08-31", "value": "9/15"}),
            "of": "members",
        }
    )
    seven = seats(yes=7, no=4)
    assert rule.decide(seven, on=datetime.date(1965, 8, 30)).adopted
    assert rule.decide(seven, on=datetime.date(1965, 8, 31)).adopted  # 7 of 11 is more than 9 of 15
    assert not rule.decide(seats(yes=8, no=7), on=datetime.date(1965, 8, 31)).adopted
    assert rule.decide(seats(yes=9, no=6), on=datetime.date(1965, 8, 31)).adopted


def test_a_quorum_comes_first_and_a_dated_one_is_read_on_the_day():
    quorum = Quorum.model_validate(
        {"decide": {"at_least": ({"until": "2000-01-01", "value": "1/3"}, {"from": "2000-01-01", "value": "2/3"})}}
    )
    rule = Majority(more_than=Fraction(1, 2), of="votes_cast", veto=("ABSENT0",))
    half = seats(yes=5, absent=5)
    assert rule.decide(half, on=datetime.date(1999, 12, 31), quorum=quorum).adopted
    assert rule.decide(half, on=ON, quorum=quorum).outcome == "no_quorum"
    game = rule.compile(list(half), on=datetime.date(1999, 12, 31), quorum=quorum)
    assert game.thresholds[0] == 10  # one third of ten, times three


def test_the_rules_own_quorum_comes_before_the_organs_and_an_empty_one_waives_it():
    organ = Quorum(decide=Fraction(1))
    half = seats(yes=5, absent=5)
    rule = Majority(more_than=Fraction(1, 2), of="votes_cast")
    assert rule.decide(half, on=ON, quorum=organ).outcome == "no_quorum"
    assert rule.model_copy(update={"quorum": Quorum(decide=Fraction(1, 2))}).decide(half, on=ON, quorum=organ).adopted
    assert rule.model_copy(update={"quorum": Quorum()}).decide(half, on=ON, quorum=organ).adopted


def test_a_veto_is_named_only_where_the_threshold_was_reached():
    rule = Majority(at_least=Fraction(3, 5), of="members", veto=("NO0",))
    assert rule.decide(seats(yes=4, no=1), on=ON).vetoed_by == ("NO0",)
    assert rule.decide(seats(yes=2, no=3), on=ON).vetoed_by == ()
    assert (
        Majority(at_least=Fraction(3, 5), of="members", veto=("ABSTAIN0", "ABSENT0"))
        .decide(seats(yes=8, abstain=1, absent=1), on=ON)
        .adopted
    )


def test_a_word_that_is_no_choice_and_no_ballots_are_refused():
    rule = Majority(more_than=Fraction(1, 2), of="members")
    with pytest.raises(ValueError, match="maybe is no choice"):
        rule.decide({"A": "maybe"}, on=ON)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="without members"):
        rule.decide({}, on=ON)


HALF = {"more_than": "1/2", "of": "present_and_voting"}


@pytest.mark.parametrize(("holder", "adopted"), [("YES0", True), ("NO0", False), ("ABSTAIN0", False), ("ZZZ", False)])
def test_a_casting_vote_breaks_a_tie_the_way_its_holder_votes(holder: str, *, adopted: bool):
    rule = Majority.model_validate({**HALF, "tie": "casting_vote", "casting_vote": holder})
    tied = rule.decide(seats(yes=5, no=5, abstain=1), on=ON)
    assert tied.adopted is adopted
    assert tied.requirements[0].waived is adopted
    assert tied.remedy is None
    assert not rule.decide(seats(yes=4, no=5, abstain=1), on=ON).adopted
    assert rule.decide(seats(yes=6, no=5, abstain=1), on=ON).adopted


def test_a_second_vote_follows_a_tie_and_nothing_else():
    rule = Majority.model_validate({**HALF, "tie": "second_vote", "second_vote": {"within": "48 hours"}})
    tied = rule.decide(seats(yes=5, no=5), on=ON)
    assert (tied.outcome, tied.remedy) == ("not_adopted", Remedy("second_vote", after="48 hours"))
    assert rule.decide(seats(yes=4, no=5), on=ON).remedy is None
    assert rule.decide(seats(absent=5), on=ON).remedy is None
    assert Majority.model_validate({**HALF, "tie": "rejected"}).decide(seats(yes=5, no=5), on=ON).remedy is None


@pytest.mark.parametrize(("yes", "no", "adopted"), [(9, 6, True), (8, 0, False), (9, 0, True), (15, 0, True)])
def test_a_least_number_of_yes_votes_in_place_of_a_share(yes: int, no: int, *, adopted: bool):
    rule = Majority.model_validate({"minimum_yes": 9, "of": "members"})
    ruling = rule.decide(seats(yes=yes, no=no, abstain=15 - yes - no), on=ON)
    assert ruling.adopted is adopted
    assert sum(each.missing for each in ruling.missing) == max(9 - yes, 0)


def test_a_least_number_beside_a_share_asks_for_both():
    rule = Majority.model_validate({"at_least": "2/3", "of": "present_and_voting", "minimum_yes": 4})
    assert not rule.decide(seats(yes=3, absent=9), on=ON).adopted
    assert not rule.decide(seats(yes=4, no=3), on=ON).adopted
    assert rule.decide(seats(yes=4, no=2), on=ON).adopted


def test_a_dated_least_number_is_read_on_its_day():
    rule = Majority.model_validate({"minimum_yes": ({"from": "1965-08-31", "value": 9},), "of": "members"})
    assert not rule.decide(seats(yes=8, no=7), on=datetime.date(1965, 8, 31)).adopted
    with pytest.raises(InputError, match="The least number of yes votes is not stated for 1965-08-30"):
        rule.decide(seats(yes=8), on=datetime.date(1965, 8, 30))
