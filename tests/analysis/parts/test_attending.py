"""Members that may stay away, asked of an institution."""

import pytest

import comity as co
from comity.kernel.errors import InputError, UnknownName


def rows(result):
    return {row["member"]: row for row in result.table("attending").rows()}


def test_absence_lets_others_decide_less_under_a_share_of_all_weight():
    result = co.analyse(co.load("g5"), "power", rule="budget", absent={"USA": "1/2", "all": "10 %"})
    found = rows(result)
    assert (found["USA"]["absent"], found["JPN"]["absent"]) == (0.5, 0.1)
    assert found["USA"]["swing_probability"] > found["CHN"]["swing_probability"]
    assert sum(row["power"] for row in found.values()) == pytest.approx(1)
    assert "low" not in found["USA"], "what is exact needs no interval"
    assert result.provenance.seed is None
    values = result.values["attending"]["g5.budget.as_written"]
    assert values["draws"] == 0
    assert 0 < values["adoption"] < 9 / 32
    assert "the United States, where it attends, decides 38.4" in result.findings[-1].text.en
    assert "美国出席时" in result.findings[-1].text.zh


def test_the_fund_by_votes_cast_comes_with_intervals_and_a_seed():
    result = co.analyse(co.load("imf"), "power", rule="ordinary", absent={"all": 0.1}, draws=8, seed=5)
    usa = rows(result)["USA"]
    assert usa["low"] < usa["swing_probability"] < usa["high"]
    assert result.provenance.seed == 5
    assert result.findings[-1].figures["USA"].n == 8
    assert any("8 draws (seed 5), intervals of 95 %" in caveat.en for caveat in result.caveats)


def test_what_never_happened_in_the_draws_is_said_so():
    result = co.analyse(co.load("imf"), "power", rule="amendment", absent={"all": 0.1}, draws=500)
    told = result.findings[-1]
    assert "no vote decided" in told.text.en
    assert "in any of 500 draws" in told.text.en
    assert told.figures["adoption"].high > 0
    assert all(row["high"] > 0 for row in rows(result).values())


def test_a_member_that_never_comes_is_still_asked_about():
    result = co.analyse(co.load("unsc"), "power", rule="substantive", absent={"RUS": 1})
    assert rows(result)["RUS"]["absent"] == 1
    assert rows(result)["CHN"]["swing_probability"] > 0


@pytest.mark.parametrize(
    ("absent", "error", "message"),
    [
        ({"USB": 0.1}, UnknownName, "USA[^']*'all' stands for"),
        ({"USA": 2}, InputError, "absent: USA: 2 is no probability"),
        ({"USA": -1}, InputError, "absent"),
        ({"USA": "nan"}, InputError, "absent"),
    ],
)
def test_what_is_no_chance_of_absence(absent, error, message):
    with pytest.raises(error, match=rf"{message}"):
        co.analyse(co.load("g5"), "power", rule="budget", absent=absent)
