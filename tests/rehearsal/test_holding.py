"""Will it hold: ways of playing on common random numbers, survival, the weakest promise, patience, refusals."""

from __future__ import annotations

import pytest

import comity as co
from comity.kernel.errors import InputError, UnknownName

WAYS = ["reciprocate", "best_response", "grim", "walk_out:patience=1:leaves_after=2"]


@pytest.fixture(scope="module")
def g5():
    return co.load("g5")


@pytest.fixture(scope="module")
def found(g5):
    return co.analyse(g5, "holding", ways=WAYS, runs=60, rounds=14, draws=200)


def rows(result, table, **where):
    return [each for each in result.table(table).rows() if all(each[name] == value for name, value in where.items())]


def test_a_way_is_the_campaign_of_its_players(g5, found):
    campaign = co.rehearse(g5, runs=60, rounds=14, players={"*": "grim"})
    (grim,) = rows(found, "ways", way="grim")
    assert grim["kept"] == pytest.approx(campaign.values["kept"]["value"])
    assert (grim["kept_low"], grim["kept_high"]) == pytest.approx(
        (campaign.values["kept"]["low"], campaign.values["kept"]["high"])
    )
    assert grim["unbroken"] == campaign.values["first_breach"]["never"]
    for row in rows(found, "promises", way="grim"):
        assert row["value"] == pytest.approx(campaign.values["delivered"][row["promise"]]["value"])


def test_how_members_play_decides(found):
    kept = {way: each["kept"]["value"] for way, each in found.values["ways"].items()}
    assert kept["reciprocate"] > 0.9
    assert kept["grim"] < 0.5
    assert found.findings[0].text.en.startswith("How members play decides whether it holds")
    assert found.findings[0].figures["grim"].value == kept["grim"]


def test_survival_never_rises_and_intervals_hold_it(found):
    for way in WAYS:
        for part in ("members", "promises"):
            lives = rows(found, "survival", way=way, part=part)
            assert [each["round"] for each in lives] == list(range(1, 15))
            values = [each["value"] for each in lives]
            assert values == sorted(values, reverse=True)
            assert all(each["low"] <= each["value"] <= each["high"] for each in lives)
            assert lives[-1]["value"] == rows(found, "ways", way=way)[0]["whole" if part == "members" else "unbroken"]


def test_walking_out_ends_membership_and_nothing_else_does(found):
    whole = {way: each["whole"]["value"] for way, each in found.values["ways"].items()}
    assert whole.pop("walk_out:patience=1:leaves_after=2") < 0.5
    assert set(whole.values()) == {1.0}
    assert found.findings[1].text.en.startswith("Members leave if all play")


def test_the_weakest_promise_is_kept_least_of_those_compared(found):
    weak = found.values["weakest"]
    averages = {}
    for row in rows(found, "promises"):
        averages.setdefault(row["promise"], []).append(row["value"])
    often = {name: sum(each) / len(each) for name, each in averages.items() if 2 * len(each) >= len(WAYS)}
    assert weak["kept"] == pytest.approx(min(often.values()))
    assert often[weak["promise"]] == min(often.values())


def test_patience_is_that_of_the_game_of_the_clause(g5, found):
    theory = co.analyse(g5, "self_enforcement", draws=200)
    for way in ("with_payment", "without_payment"):
        there = theory.values["kept"]["g5"]["oil_stocks"]["obligors"][way]["critical_discount"]
        assert found.values["critical_discount"]["oil_stocks"][way] == there


def test_a_body_without_clauses_says_that_no_patience_is_told():
    result = co.analyse(co.load("g7"), "holding", ways=["reciprocate"], runs=10, rounds=6, draws=100)
    assert "patience" not in {each.name for each in result.tables}
    assert result.caveats[-1].en.startswith("What patience a clause takes is not told: ")


def test_members_may_play_differently(g5):
    mixed = "reciprocate,USA=free_ride"
    result = co.analyse(g5, "holding", ways=["reciprocate", mixed], runs=30, rounds=10, draws=100)
    kept = {way: each["kept"]["value"] for way, each in result.values["ways"].items()}
    assert kept[mixed] < kept["reciprocate"]
    label = result.table("ways").column("way").labels[mixed]
    assert (label.en, label.zh) == ("like for like; the United States: let others provide", "对等回应；美国：搭便车")


def test_players_without_a_table_are_played_on_the_law_engine(g5):
    result = co.analyse(g5, "holding", ways=["reciprocate,JPN=script"], runs=2, rounds=1, draws=100)
    assert any(each.en.startswith("Some games were played on the law engine.") for each in result.caveats)


@pytest.mark.parametrize(
    ("ways", "error", "told"),
    [
        (["reciprocate", "reciprocate"], InputError, "named twice"),
        (["reciprocate,free_ride"], InputError, "names no member and player"),
        (["no_such_player"], UnknownName, "no_such_player"),
        (["reciprocate,FRA=grim"], (InputError, UnknownName), "FRA"),
    ],
)
def test_refusals(g5, ways, error, told):
    with pytest.raises(error, match=told):
        co.analyse(g5, "holding", ways=ways, runs=2, rounds=1)
