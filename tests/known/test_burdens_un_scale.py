"""The scale of the United Nations for 2025-2027 (A/RES/79/249), as tabled by the Committee on Contributions.

The method computed from one year of gross domestic product is held against it: the limits are kept as in the scale, the
shares come near. They are not equal, and need not be: the scale averages gross national income over three and six years
and relieves of debt. Japan is furthest (-2.4 percentage points: the yen of 2024 is not that of 2017-2022).
"""

from __future__ import annotations

import datetime

import pytest

import comity
from comity.burdens.scale_of_assessments import ScaleOfAssessments
from comity.library.contributions import contributions
from comity.library.groups import group

RATES: dict[str, float] = dict(
    contributions("un_regular_budget").filter(kind="assessed_rate", period="2025-2027").select("iso3", "amount").rows()
)
POOREST = group("least_developed", datetime.date(2025, 1, 1))


def test_the_scale_keeps_the_limits_of_its_method():
    rule = ScaleOfAssessments()
    assert max(RATES.values()) == 100 * rule.ceiling
    assert min(RATES.values()) == 100 * float(rule.floor)
    assert max(RATES[state] for state in POOREST) == 100 * float(rule.least_developed_ceiling)
    at_their_ceiling = {state for state in POOREST if RATES[state] == 0.01}
    assert at_their_ceiling >= {"BGD", "ETH", "COD", "TZA", "MMR", "AGO", "NPL", "UGA"}


def test_the_computed_shares_come_near():
    result = comity.analyse(comity.load("unga"), "burdens")
    shares = result.values["shares"]["charter"]
    apart = {state: 100 * shares[state] - rate for state, rate in RATES.items()}
    assert (sum(each**2 for each in apart.values()) / len(apart)) ** 0.5 == pytest.approx(0.23, abs=0.005)
    assert max(apart, key=lambda state: abs(apart[state])) == "JPN"
    assert shares["USA"] == 0.22
    assert 100 * shares["CHN"] == pytest.approx(20.004, abs=1.5)
    near = [state for state, each in apart.items() if abs(each) < 0.1]
    assert len(near) > 0.85 * len(apart)
