"""Compliance measured: agreed values before means of coders, assessors apart, groups, and equal answers for equal seeds."""

from fractions import Fraction

import pytest

from comity.kernel.errors import InputError, UnknownName
from comity.model.compliance import agreed, measure
from comity.model.score import Score


def scores(values, **more):
    return [
        Score(commitment=f"c{place}", member=member, value=value, assessor="a", year=2022, issue="x", **more)
        for member, row in values.items() for place, value in enumerate(row)
    ]  # fmt: skip


CLEAR = {"JPN": [1] * 12, "USA": [-1, 0] * 6, "CAN": [1, 1, 0] * 4}


def test_far_members_are_told_apart_and_near_ones_share_a_group():
    found = measure(scores(CLEAR), draws=500)
    assert found.members["JPN"].mean == 1
    assert ("USA",) in found.groups
    assert {pair.told_apart for pair in found.pairs if "USA" in {pair.first, pair.second}} == {True}


def test_equal_members_are_never_told_apart():
    found = measure(scores({"JPN": [1, 0, -1, 1], "USA": [1, 0, -1, 1]}), draws=500)
    assert found.groups == (("JPN", "USA"),)


def test_an_agreed_score_goes_before_its_coders():
    coded = scores({"JPN": [0]}, coder="x") + scores({"JPN": [1]}, coder="y")
    assert agreed(coded, "a") == ({("c0", "JPN"): Fraction(1, 2)}, 1)
    assert agreed(coded + scores({"JPN": [-1]}), "a") == ({("c0", "JPN"): Fraction(-1)}, 0)


def test_what_alpha_allows_is_read_at_its_lower_end():
    same = scores(CLEAR, coder="x") + scores(CLEAR, coder="y")
    other = scores(CLEAR, coder="x") + scores({member: row[::-1] for member, row in CLEAR.items()}, coder="y")
    assert [each.trust for each in measure(same, draws=300).coded] == ["reliable"]
    assert [each.trust for each in measure(other, draws=300).coded] == ["unreliable"]
    flat = scores({"JPN": [1, 1]}, coder="x") + scores({"JPN": [1, 1]}, coder="y")
    assert [each.trust for each in measure(flat, draws=300).coded] == ["unknown"]


def test_equal_seeds_give_equal_answers_whatever_the_order():
    given = scores(CLEAR)
    assert measure(given, draws=300).members == measure(given[::-1], draws=300).members


def test_assessors_are_not_averaged_and_none_is_invented():
    two = [*scores(CLEAR), Score(commitment="c0", member="JPN", value=0, assessor="b", year=2022, issue="x")]
    with pytest.raises(InputError, match="2 assessors"):
        measure(two)
    assert measure(two, "b", draws=300).members["JPN"].low is None
    with pytest.raises(UnknownName):
        measure(two, "z")
    with pytest.raises(InputError, match="no scores"):
        measure([])
