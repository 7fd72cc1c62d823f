"""Correlated preferences, asked of an institution."""

import pytest

import comity as co
from comity.kernel.errors import InputError, UnknownName

LINE = {"USA": 1, "JPN": 0.5, "IND": 0, "CHN": -0.5, "RUS": -1}


def ask(**options):
    return co.analyse(co.load("g5"), "power", rule="budget", draws=20_000, **options)


def test_a_correlation_makes_adoption_likelier_and_decisiveness_rarer():
    result = ask(correlation="1/2")
    found = {row["member"]: row for row in result.table("correlated").rows()}
    assert found["USA"]["low"] < found["USA"]["swing_probability"] < found["USA"]["high"] < 7 / 16
    assert found["USA"]["success"] > 0.8
    values = result.values["correlated"]["g5.budget.as_written"]
    assert values["adoption"] > 9 / 32
    assert result.provenance.seed == 1
    told = result.findings[-1]
    assert told.figures["adoption"].n == 20_000
    assert "hang together" in told.text.en
    assert "偏好相关" in told.text.zh
    assert any("correlate by 0.5" in caveat.en and "20,000 draws (seed 1)" in caveat.en for caveat in result.caveats)


def test_equal_seeds_give_equal_answers():
    assert ask(correlation=0.3, seed=4).digest == ask(correlation=0.3, seed=4).digest
    assert ask(correlation=0.3, seed=4).digest != ask(correlation=0.3, seed=5).digest


def test_positions_on_a_line():
    result = ask(positions=LINE)
    values = result.values["correlated"]["g5.budget.as_written"]["swing_probability"]
    assert set(values) == set(LINE)
    assert any("nearer to its position" in caveat.en for caveat in result.caveats)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"correlation": 1}, InputError, "below 1"),
        ({"correlation": "-1/2"}, InputError, "correlation"),
        ({"correlation": 0.5, "positions": LINE}, InputError, "Leave one of them out"),
        ({"positions": {"USA": 1}}, InputError, "No position is given for"),
        ({"positions": {**LINE, "BRA": 1}}, UnknownName, "BRA"),
        ({"positions": {**LINE, "USA": float("inf")}}, InputError, "[Pp]ositions"),
    ],
)
def test_what_is_no_preference(options, error, message):
    with pytest.raises(error, match=message):
        ask(**options)
