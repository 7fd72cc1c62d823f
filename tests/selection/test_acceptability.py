"""Acceptability in a toy world: shares that are lengths of intervals, their errors, stopping, limits, texts."""

import pytest

from comity.kernel.errors import Cancelled, InputError, NotComputable
from comity.selection.acceptability import Acceptability


def test_the_shares_are_lengths_of_intervals(make):
    # Alpha is always in; Beta beats Gamma where .30 w > .08 w + .625 (1 - w), that is w > .625 / .845
    values = Acceptability().run(make()).values
    expected = 1 - 0.625 / 0.845
    assert values["p_exact_set"] == pytest.approx(expected, abs=4 * values["p_exact_set_error"])
    assert values["p_seat"]["AAA"] == 1
    assert values["p_seat"]["BBB"] == values["p_exact_set"]
    assert values["p_seat"]["DDD"] == 0
    assert set(values["p_seat_error"]) == set(values["p_seat"])
    assert all(error > 0 for error in values["p_seat_error"].values())
    assert values["sets"][0]["members"] == ["AAA", "CCC"]
    assert values["sets"][1]["p"] == values["p_exact_set"]
    assert values["sets"][0]["error"] > 0
    assert values["central_weights"]["gdp"] == pytest.approx((1 + 0.625 / 0.845) / 2, abs=0.01)
    assert (values["draws"], values["converged"]) == (10_000, True)


def test_texts_say_what_the_numbers_say(make):
    result = Acceptability().run(make())
    share = f"{result.values['p_exact_set'] * 100:.1f}"
    assert result.charts[0].title.en == f"The 2 of the charter are exactly the club in {share} % of weightings"
    assert result.charts[0].title.zh == f"章程所列2国恰好入选的权重组合占{share}%"
    assert "Alpha holds a seat in 100 %, Beta" in result.findings[1].text.en
    figure = result.findings[0].figures["p_exact_set"]
    assert figure.low < figure.value < figure.high
    assert (figure.n, figure.seed, result.provenance.seed) == (10_000, 1, 1)


def test_same_seed_same_digest_and_another_seed_another(make):
    first = Acceptability(draws=500).run(make())
    assert first.digest == Acceptability(draws=500).run(make()).digest
    assert first.digest != Acceptability(draws=500).run(make(seed=2)).digest


def test_it_stops_on_the_error_asked_for(make):
    early = Acceptability(error=0.02).run(make()).values
    assert (early["draws"], early["converged"]) == (1_000, True)
    late = Acceptability(draws=500, error=0.01).run(make())
    assert (late.values["draws"], late.values["converged"]) == (500, False)
    assert any(text.en.startswith("Not converged: after 500 weightings") for text in late.caveats)


def test_ranges_and_orders_decide(make):
    assert Acceptability(ranges={"gdp": (0.75, 1.0)}).run(make()).values["p_exact_set"] == 1
    assert Acceptability(order=("power", "gdp")).run(make()).values["p_exact_set"] == 0
    never = Acceptability(order=("power", "gdp")).run(make())
    assert never.charts[0].title.en == "In none of the weightings drawn are the 2 of the charter exactly the club"
    assert never.values["central_weights"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ranges": {"gdp": (0.6, 1), "power": (0.6, 1)}}, "least weights sum to 1.2"),
        ({"ranges": {"oil": (0, 1)}}, "no criterion 'oil'"),
        ({"order": ("gdp", "power"), "ranges": {"gdp": (0, 0.3)}}, "No weights keep"),
        ({"seats": 9}, "9 seats cannot be filled"),
    ],
)
def test_impossible_limits_are_refused_in_a_sentence(make, options, message):
    with pytest.raises(InputError, match=message):
        Acceptability(**options).run(make())


def test_a_club_of_another_size_never_comes_out_and_the_reason_is_given(make):
    result = Acceptability(seats=3).run(make())
    assert result.values["p_exact_set"] == 0
    assert any(text.en == "The charter has 2 members but 3 seats." for text in result.caveats)
    away = Acceptability(exclude=("BBB",)).run(make())
    assert any(text.en == "BBB cannot be seated: not among the states that compete." for text in away.caveats)


def test_conditions_alone_have_no_weights_to_draw(make):
    way = {"rich": {"conditions": {"wealth": {"figure": "wealth", "more_than": "8"}}}}
    with pytest.raises(NotComputable, match="no weights to ask about"):
        Acceptability().run(make(variant=way))


def test_it_reports_progress_and_can_be_interrupted(make):
    seen = []
    Acceptability(draws=2_000).run(make(progress=lambda *step: seen.append(step)))
    assert seen == [(1_000, 2_000, "weightings"), (2_000, 2_000, "weightings")]
    with pytest.raises(Cancelled):
        Acceptability().run(make(cancelled=lambda: True))
