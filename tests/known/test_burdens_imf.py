"""Votes in the IMF by Article XII, section 5(a): quotas and basic votes of 5.502 % of all votes (quarter to 31 January 2024)."""

from __future__ import annotations

from typing import Any

import pytest

import comity


def test_the_rule_gives_the_votes_of_the_schedule():
    imf: Any = comity.load("imf")
    fund, votes = imf.funds["quotas"], imf.weights["votes"].values
    quotas, total = fund.burden.values, sum(votes.values())
    assert (len(quotas), sum(quotas.values())) == (190, 4762720)
    for state, vote in votes.items():
        by_rule = (1 - fund.votes.basic) * quotas[state] / sum(quotas.values()) + fund.votes.basic / len(quotas)
        assert float(by_rule) == pytest.approx(float(vote / total), abs=4e-6), state  # fractions of votes are cut


def test_without_the_united_states_nobody_alone_holds_fifteen_per_cent():
    votes = comity.analyse(comity.load("imf"), "burdens", without=["USA"]).values["votes"]
    assert votes["USA"]["before"] == pytest.approx(0.1650, abs=5e-5)
    assert max(each["after"] for each in votes.values()) == pytest.approx(0.0742, abs=5e-4)
