"""Do payments make promises cheaper to keep: paired runs, players that reckon, the closed form, refusals."""

from __future__ import annotations

import pytest

import comity as co
from comity.kernel.errors import InputError, NotComputable
from comity.rehearsal.payment import unpaid

WAYS = ["best_response", "reciprocate"]


@pytest.fixture(scope="module")
def g5():
    return co.load("g5")


@pytest.fixture(scope="module")
def found(g5):
    return co.analyse(
        g5, "payment", ways=WAYS, amounts=["20 million USD", "50 million USD"], runs=40, rounds=14, draws=200
    )


def row(result, way, setting):
    return next(
        each for each in result.table("games").rows() if (each["way"], each["setting"]) == (way, setting)
    )  # fmt: skip


def test_players_that_reckon_keep_more_and_more(found):
    kept = [
        row(found, "best_response", each)["more"] for each in ("none", "written", "20 million USD", "50 million USD")
    ]
    assert kept[0] == 0
    assert kept == sorted(kept)
    assert row(found, "best_response", "50 million USD")["more_low"] > 0.05
    assert found.findings[0].text.en.startswith("Payments make promises cheaper to keep for members that reckon")


def test_players_that_look_at_conduct_alone_do_not(found):
    for setting in ("written", "20 million USD", "50 million USD"):
        assert row(found, "reciprocate", setting)["more"] == 0
    assert found.findings[2].text.en.startswith("Payments change nothing of note where all play ‘like for like’")


def test_differences_are_of_the_same_runs(g5, found):
    with_, without = (
        co.rehearse(each, runs=40, rounds=14, players={"*": "best_response"}).values for each in (g5, unpaid(g5))
    )
    worth = row(found, "best_response", "written")["worth"]
    present = [sum(each["value"] for each in one["present_value"].values()) for one in (with_, without)]
    assert worth == pytest.approx(present[0] - present[1])


def test_patience_and_prices_are_those_of_the_closed_form(g5, found):
    theory = co.analyse(g5, "self_enforcement", draws=200).values
    by = {each["payment"]: each["critical"] for each in found.table("patience").rows()}
    own = theory["kept"]["g5"]["oil_stocks"]["obligors"]
    assert by == {word: own[f"{word}_payment"]["critical_discount"] for word in ("without", "with")}
    prices = {each["price"]: each["value"] for each in found.table("prices").rows()}
    reward = theory["reward"]["g5"]["oil_stocks"]["obligors"]
    assert prices == {word: reward[word] for word in ("written", "once", "most")}


def test_a_body_without_a_fund_is_refused():
    with pytest.raises(NotComputable, match="has no fund that could pay on results"):
        co.analyse(co.load("g7"), "payment")


def test_a_body_without_payments_has_no_setting_of_its_own(g5):
    given = {"ways": ["best_response"], "amounts": ["20 million USD"], "runs": 10, "rounds": 6, "draws": 100}
    result = co.analyse(unpaid(g5), "payment", **given)
    assert [each["setting"] for each in result.table("games").rows()] == ["none", "20 million USD"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ways": ["grim", "grim"]}, "way of playing 'grim' is named twice"),
        ({"amounts": ["20 million USD", "20 million USD"]}, "amount '20 million USD' is named twice"),
        ({"amounts": ["20 million EUR"]}, "not in US dollars"),
        ({"amounts": ["a lot"]}, "amounts: "),
    ],
)
def test_refusals(g5, given, told):
    with pytest.raises(InputError, match=told):
        co.analyse(g5, "payment", **given)
