"""Outcomes: the models by hand on a small club, and what is refused."""

import dataclasses

import pytest

import comity as co
from comity.analysis.outcome import Outcome
from comity.kernel.errors import InputError, UnknownName
from comity.study.ask import inputs


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(*against, **options):
        given = dataclasses.replace(inputs(club, against=against), stakes=wanted())
        return Outcome(**{"draws": 200, **options}).run(given)

    return run


@pytest.fixture(scope="module")
def found(ask):
    return ask()


def row(result, issue, lens):
    frame = result.table("lenses").frame
    rows = frame.filter((frame["issue"] == issue) & (frame["lens"] == lens)).to_dicts()
    assert len(rows) == 1
    return rows[0]


def test_the_compromise_is_the_mean_weighted_by_salience(found):
    # positions 40 60 50 10 80, saliences drawn around 50 for all: the mean is near 48
    one = row(found, "one", "compromise")
    assert one["text"] == pytest.approx(48, abs=1)
    assert one["low"] < one["text"] < one["high"]


def test_the_middle_of_the_core_of_three_fifths_is_the_median(found):
    assert row(found, "one", "core")["text"] == pytest.approx(50)


def test_cooperative_solutions_lie_in_the_zone(found):
    for lens in ("nash", "kalai_smorodinsky"):
        for issue in ("one", "three"):
            each = row(found, issue, lens)
            assert each["zone_low"] - 1 <= each["text"] <= each["zone_high"] + 1


def test_where_nothing_is_adopted_there_is_no_cooperative_text_and_the_status_quo_stays(found):
    assert row(found, "two", "nash")["text"] is None
    assert row(found, "two", "compromise")["text"] is not None


def test_patient_proposers_under_majority_end_near_the_median(found):
    assert abs(row(found, "one", "legislative")["text"] - 50) < 12


def test_three_readings_of_the_challenge_model_are_shown_together(found):
    lenses = set(found.table("lenses").frame["lens"])
    assert {"challenge_published", "challenge_least_move", "challenge_pairwise"} <= lenses
    assert any("fragile" in finding.text.en for finding in found.findings)


def test_weights_move_the_compromise_towards_the_heavy(ask, found):
    heavy = ask(weights="gdp_usd")
    assert row(heavy, "two", "compromise")["text"] != row(found, "two", "compromise")["text"]
    assert row(ask(weights="votes"), "one", "compromise")["text"] == pytest.approx(48, abs=1)


def test_weights_without_figures_are_refused_with_names(ask):
    with pytest.raises(InputError, match=r"cannot weigh .*Japan"):
        ask(weights="net_energy_exports_pj")
    with pytest.raises(UnknownName, match="fame"):
        ask(weights="fame")


def test_who_loses_by_the_text_is_told(found):
    frame = found.table("members").frame
    india = frame.filter((frame["issue"] == "one") & (frame["member"] == "IND")).to_dicts()[0]
    assert india["compromise"] < 0  # at 10 and the status quo at 0, a text near 48 is worse than none


def test_the_same_seed_gives_the_same_bytes(ask, found):
    assert ask().digest == found.digest


def test_in_a_large_body_the_heavy_lenses_are_left_out():
    result = co.analyse(co.load("brics"), "outcome", against=[co.load("g20")], issues=("middle_east",), draws=100)
    by_body = {body: set(texts["middle_east"]) for body, texts in result.values["texts"].items()}
    assert "legislative" in by_body["brics"]
    assert {"compromise", "core", "nash"} <= by_body["g20"]
