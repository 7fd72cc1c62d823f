"""Swaps in a toy world with two criteria, where the weight at which two states tie is a fraction."""

import pytest

from comity.kernel.errors import NotComputable
from comity.selection.swaps import Swaps


def test_the_smallest_change_is_the_way_to_the_tie(make):
    result = Swaps().run(make())
    tie = 0.625 / 0.845
    smallest = result.values["smallest"]
    assert (smallest["leaves"], smallest["enters"]) == ("CCC", "BBB")
    assert smallest["moved"] == pytest.approx(tie - 0.5, abs=1e-4)
    assert smallest["weights"]["gdp"] == pytest.approx(tie, abs=1e-4)
    assert result.values["challengers"]["CCC"]["enters"] == "BBB"
    assert result.values["challengers"]["AAA"] is None  # Alpha is never out while Gamma is in
    assert result.values["start"] == ["AAA", "CCC"]
    assert not result.values["start_is_charter"]
    assert any("changes start from the club they give: Alpha and Gamma" in text.en for text in result.caveats)
    assert result.findings[0].text.en == (
        "Moving 24.0 % of the weight gives Gamma's seat to Beta: Wealth 50.0 % to 74.0 %, Energy 50.0 % to 26.0 %."
    )
    assert "To seat exactly the charter's members, 24.0 % of the weight must move" in " ".join(
        finding.text.en for finding in result.findings
    )


def test_one_weight_alone(make):
    held = Swaps().run(make()).values["holds"]
    tie = 0.625 / 0.845
    assert held["gdp"]["high"] == pytest.approx(tie)
    assert held["gdp"]["above"] == ["CCC", "BBB"]
    assert (held["gdp"]["low"], held["gdp"]["below"]) == (0.0, None)
    assert held["power"]["low"] == pytest.approx(1 - tie)
    frame = Swaps().run(make()).table("holds").frame
    assert frame.filter(criterion="gdp")["above"].item() == "CCC>BBB"


def test_from_the_charters_own_club_nothing_is_to_be_excused(make):
    result = Swaps().run(make(members=("AAA", "CCC")))
    assert result.values["start_is_charter"]
    assert not any("start from" in text.en for text in result.caveats)
    assert not any("To seat exactly" in finding.text.en for finding in result.findings)


def test_a_club_that_no_weights_touch(make):
    figures = {"wealth": {"AAA": 5.0, "BBB": 1.0}, "energy": {"AAA": 3.0, "BBB": 2.0}}
    result = Swaps(seats=1).run(make(figures, members=("AAA",)))
    assert result.values["smallest"] is None
    assert result.findings[0].text.en == "No weights swap a single seat of this club."
    assert len(result.charts) == 1


def test_what_is_not_linear_is_refused(make):
    with pytest.raises(NotComputable, match="TOPSIS"):
        Swaps(aggregate="topsis").run(make())
