"""What an empty chair does to the text: found by hand on a small club."""

import dataclasses
from pathlib import Path

import pytest

from comity.analysis.absence import Absence
from comity.study.ask import inputs


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(*against, **options):
        given = dataclasses.replace(inputs(club, against=against), stakes=wanted())
        return Absence(**options).run(given)

    return run


@pytest.fixture(scope="module")
def found(ask):
    return ask()


def cell(result, **where):
    rows = [
        each for each in result.table("substance").frame.to_dicts() if all(each[key] == where[key] for key in where)
    ]
    assert len(rows) == 1
    return rows[0]


def test_without_the_one_that_blocks_consensus_is_reached(found):
    away = cell(found, issue="two", member="CHN", mode="absent")
    assert away["before"] == 0.0
    assert away["probability"] > 0.6
    assert any("becomes likelier" in finding.text.en for finding in found.findings)


def test_who_dissociates_itself_blocks_nothing_and_does_not_shape_the_text(found):
    away = cell(found, issue="two", member="CHN", mode="absent")
    apart = cell(found, issue="two", member="CHN", mode="dissociates")
    assert apart["probability"] == away["probability"]


def test_the_text_moves_away_from_the_one_that_is_not_there(found):
    # one: positions 40 60 50 10 80, equal saliences drawn alike; without RUS (80) the mean falls
    away = cell(found, issue="one", member="RUS", mode="absent")
    assert away["shift"] < 0
    assert away["shift_low"] <= away["shift"] <= away["shift_high"]
    assert away["loser"] in {"CHN", "RUS"}  # both lose as much
    assert cell(found, issue="one", member="IND", mode="absent")["shift"] > 0


def test_who_abstains_still_helps_to_shape_the_text(found):
    assert abs(cell(found, issue="one", member="RUS", mode="abstain")["shift"]) < 1e-9


def test_a_quorum_that_is_missed_leaves_no_text(institution, wanted):
    body = institution("full", quorum="{open: 1, decide: 1, of: members}")
    result = Absence(member="RUS").run(dataclasses.replace(inputs(body), stakes=wanted()))
    for mode in ("absent", "walked_out"):
        assert cell(result, issue="one", member="RUS", mode=mode)["probability"] == 0.0
    assert cell(result, issue="one", member="RUS", mode="dissociates")["probability"] == 1.0


def test_one_member_and_one_mode_can_be_asked_about(ask):
    frame = ask(member="USA", mode="walked_out").table("substance").frame
    assert set(frame["member"]) == {"USA"}
    assert set(frame["mode"]) == {"walked_out"}


def test_asked_about_a_rule_or_an_objection_the_substance_is_left_out(ask, club):
    assert "substance" not in ask(rule="consensus").values
    assert "substance" not in ask(mode="objects").values
    assert "substance" not in Absence().run(inputs(club)).values


def test_every_probability_has_its_interval_and_the_same_seed_the_same_bytes(found, ask):
    frame = found.table("substance").frame
    assert (frame["probability_low"] <= frame["probability"]).all()
    assert (frame["probability"] <= frame["probability_high"]).all()
    assert ask().digest == found.digest


def test_the_chart_is_there(found):
    assert [chart.name for chart in found.charts][-1] == "substance"


def test_the_ends_of_the_zone_by_hand(found):
    # one: three of five must accept; they take texts up to 80, 120, 100, 20, 160, cut at the end of the scale
    away = cell(found, issue="one", member="RUS", mode="absent")
    assert (away["zone_before_low"], away["zone_before_high"]) == (5.0, 100.0)
    assert (away["zone_low"], away["zone_high"]) == (5.0, 80.0)  # three of the four that are left
    assert away["width"] == pytest.approx(-20.0)


def test_gains_and_losses_are_weighted_by_salience_and_have_intervals(ask, wanted, club):
    frame = ask(member="RUS", mode="absent").table("substance").frame
    lost = frame.filter(frame["loss"].is_not_null())
    assert len(lost)
    assert (lost["loss_low"] <= lost["loss"]).all()
    assert (lost["loss"] <= lost["loss_high"]).all()
    # positions 40 60 50 10 80 of one salience s: without 80 the mean falls from 48 to 40, so RUS loses 8 s / 100
    level = (
        (Path(__file__).parents[2] / "stakes.yaml").read_text(encoding="utf-8").replace("[40, 50, 60]", "[50, 50, 50]")
    )
    given = dataclasses.replace(inputs(club), stakes=wanted(level))
    row = cell(Absence(member="RUS", mode="absent").run(given), issue="one")
    assert (row["shift"], row["loss"]) == (pytest.approx(-8.0), pytest.approx(-4.0))


def test_the_number_of_draws_can_be_chosen_and_is_told(ask):
    result = ask(draws=300)
    assert {figure.n for finding in result.findings for figure in finding.figures.values() if figure.n} <= set(
        range(301)
    )
    assert max(result.table("substance").frame["both"]) == 300
