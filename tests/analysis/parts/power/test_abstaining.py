"""Abstention as a third choice: the real rule of the Security Council."""

import pytest

import comity as co


def test_elected_members_of_the_council_gain_most_where_abstention_is_a_choice():
    result = co.analyse(co.load("unsc"), "power", rule="substantive", abstention=True)
    rows = {row["member"]: row for row in result.table("abstaining").frame.iter_rows(named=True)}
    assert rows["CHN"]["shapley_shubik"] == pytest.approx(421 / 2145)
    assert rows["PAK"]["shapley_shubik"] == pytest.approx(4 / 2145)
    assert rows["CHN"]["shapley_shubik_three"] == pytest.approx(118525786 / 725416965)
    assert rows["PAK"]["shapley_shubik_three"] > 9 * rows["PAK"]["shapley_shubik"]
    assert sum(row["shapley_shubik_three"] for row in rows.values()) == pytest.approx(1)
    assert "abstention is a choice of its own" in result.findings[-1].text.en


def test_where_abstention_is_no_nothing_changes():
    result = co.analyse(co.load("g5"), "power", rule="budget", abstention=True)
    for row in result.table("abstaining").frame.iter_rows(named=True):
        assert row["shapley_shubik_three"] == pytest.approx(row["shapley_shubik"])
    assert all("choice of its own" not in finding.text.en for finding in result.findings)
