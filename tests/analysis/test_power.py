from fractions import Fraction

import pytest

from comity.analysis.power import Power
from comity.kernel.errors import InputError, UnknownName


def test_three_members_of_different_weight_are_equal(ask, club):
    result = ask(Power(), club)
    budget = result.values["power"]["club.budget.as_written"]
    assert budget["exact"]["banzhaf"] == {
        "USA": Fraction(7, 23),
        "CHN": Fraction(7, 23),
        "JPN": Fraction(3, 23),
        "IND": Fraction(3, 23),
        "RUS": Fraction(3, 23),
    }
    assert budget["exact"]["act"] == Fraction(9, 32)
    assert budget["act"] == 9 / 32
    assert result.findings[0].text.en.startswith("Japan, India and Russia have equal power")
    assert result.findings[0].text.zh.startswith("按“三分之二权重”")


def test_power_is_measured_by_rule_with_the_weights_beside_it(ask, club):
    result = ask(Power(rule="budget"), club)
    shares = {(row["member"], row["measure"]): row["share"] for row in result.table("shares").rows()}
    assert shares["USA", "weight"] == pytest.approx(0.3)
    assert shares["USA", "banzhaf"] == pytest.approx(7 / 23)
    assert {row["decision"] for row in result.table("power").rows()} == {"club.budget.as_written"}


def test_consensus_is_one_coalition_of_all(ask, club):
    result = ask(Power(rule="consensus", reading="all_members"), club)
    (act,) = result.table("acts").rows()
    assert (act["winning"], act["act"], act["holds"]) == ("1", 1 / 32, "yes")
    assert {row["prevent"] for row in result.table("power").rows()} == {1.0}


def test_a_cap_that_is_exceeded_is_said(ask, institution):
    body = institution("capped", balance="{power_cap: 1/4, index: banzhaf}")
    result = ask(Power(), body)
    capped = {row["decision"]: row["holds"] for row in result.table("acts").rows()}
    assert (capped["capped.budget.as_written"], capped["capped.majority.as_written"]) == ("no", "yes")
    assert any("is exceeded under Two thirds of weight" in finding.text.en for finding in result.findings)


def test_the_sentences_that_must_stand(ask, club):
    said = [caveat.en for caveat in ask(Power(), club).caveats]
    assert said[0].startswith("Voting power is power of the rule, not of the policy")
    assert said[1].startswith("Abstention counted as no")
    assert ask(Power(outside="objects"), club).caveats[1].en == "The rules are read as yes against a formal objection."


def test_what_is_too_large_is_said_and_the_rest_is_done(ask, large):
    result = ask(Power(), large)
    assert sorted(result.values["power"]) == [
        "large.consensus.all_members",
        "large.consensus.members_present",
        "large.majority.as_written",
    ]
    assert "large, “Two thirds of weight”, “double”: exact voting power of 60 members" in result.caveats[-1].en
    alone = ask(Power(rule="budget"), large)
    assert alone.findings[0].text.en.startswith("The United States holds")
    assert {row["measure"] for row in alone.table("shares").rows()} == {"weight"}


def test_unknown_rule_and_reading(ask, club):
    with pytest.raises(UnknownName, match="budget"):
        ask(Power(rule="budgets"), club)
    with pytest.raises(InputError, match="members_present"):
        ask(Power(reading="nobody"), club)


def test_institutions_side_by_side(ask, club, institution):
    other = institution("other", members="[FRA, DEU]", weights="{FRA: 1, DEU: 1}", veto="[FRA]")
    result = ask(Power(), club, other)
    assert {row["institution"] for row in result.table("acts").rows()} == {"club", "other"}
    assert {chart.name for chart in result.charts} == {"power", "acts"}
