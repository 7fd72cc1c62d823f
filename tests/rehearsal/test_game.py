"""One game as an analysis: its values, tables, charts, findings and refusals."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError
from comity.kernel.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return comity.analyse(comity.load("g5"), "game", rounds=12, players={"USA": "hold_out", "IND": "free_ride"})


def test_values_and_tables_say_the_same(result):
    values = result.values
    offers, votes = result.table("offers").frame, result.table("votes").frame
    assert values["tabled"] == offers.height
    assert values["put"] == result.table("decisions").frame.drop_nulls("text").height
    assert set(votes["question"]) <= set(offers["question"])
    assert values["adopted"] == {row["issue"]: row["text"] for row in offers.to_dicts() if row["outcome"] == "adopted"}
    fresh = [row for row in result.table("performance").frame.to_dicts() if row["before"] in {"in_force", "unverified"}]
    assert (values["due"], values["kept"]) == (len(fresh), sum(row["effort"] >= 1 for row in fresh))
    rounds = result.table("rounds").frame
    assert values["reported_kept"] == rounds["kept"].sum()
    assert values["notices"] == rounds["notices"].sum()


def test_it_is_the_same_again_and_another_with_another_seed(result):
    law = comity.load("g5")
    again = comity.analyse(law, "game", rounds=12, players={"USA": "hold_out", "IND": "free_ride"})
    other = comity.analyse(law, "game", rounds=12, players={"USA": "hold_out", "IND": "free_ride"}, seed=2)
    assert result.digest == again.digest != other.digest


def test_every_text_is_in_both_languages_and_every_figure_carries_the_seed(result):
    texts = (
        [finding.text for finding in result.findings] + list(result.caveats) + [chart.title for chart in result.charts]
    )
    assert all(text.en and any("\u4e00" <= sign <= "\u9fff" for sign in text.zh) for text in texts)
    assert all(figure.seed == 1 and figure.n == 1 for finding in result.findings for figure in finding.figures.values())


def test_the_timeline_holds_every_promise_reported(result):
    course = result.table("course").frame.to_dicts()
    for what in ("kept", "broken"):
        rows = [row for row in course if row["what"] == what]
        assert sum(row["number"] for row in rows) == sum(abs(row["place"]) for row in rows)
    assert len(course) == 4 * 12


def test_net_is_what_was_gained_less_what_was_paid(result):
    for row in result.table("payoffs").frame.to_dicts():
        net = row["gain"] - row["cost"] + row["received"] - row["paid"] - row["tariffs"]
        assert row["net"] == pytest.approx(net)


def test_a_free_rider_gains_and_bears_no_cost_that_does_not_pay(result):
    india = [row for row in result.table("performance").frame.to_dicts() if row["member"] == "IND"]
    assert {row["effort"] for row in india} <= {0.0, 1.0}
    assert 0.0 in {row["effort"] for row in india}


def test_options_that_cannot_be_used_are_refused():
    with pytest.raises(InputError, match="is no shock"):
        comity.analyse(comity.load("g5"), "game", shocks=("absent",))
    with pytest.raises(InputError, match="A reward needs a fund, and the charter has none"):
        comity.analyse(comity.load("g7"), "game", reward="20 million USD")
