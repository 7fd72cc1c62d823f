"""Perception between members: what contact does by year, with the forum and without, and what is refused."""

import dataclasses
import json
from itertools import pairwise

import pytest

import comity as co
from comity.analysis.perception import Perception
from comity.charter.read import read
from comity.kernel.errors import InputError, NotComputable
from comity.report.draw import svg
from comity.report.reader import Reader
from comity.study.ask import inputs

PAIR = """
comity: 1
title: {{en: Pair, zh: 二国}}
status: proposed
as_of: 2026-02-06
members: [USA, CHN]
organs: {organs}
rules: {{consensus: {{kind: consensus, objection: members_present}}}}
issues: {{one: {{organ: summit, rule: consensus}}}}
"""
YEARLY = "{summit: {meets: 12 months}}"


@pytest.fixture(scope="module")
def pair(actors):
    return lambda organs=YEARLY, name="pair": read(PAIR.format(organs=organs), name, actors=actors)


@pytest.fixture(scope="module")
def ask(pair):
    def run(body=None, *against, **options):
        given = dataclasses.replace(inputs(body or pair()), against=against)
        return Perception(**{"draws": 200, **options}).run(given)

    return run


SURE = {"prior": "9/10,9/10,9/10", "signal_error": "3/10,3/10,3/10", "cutoff": "4/5", "baseline": 0}


def test_a_single_meeting_puts_a_trustworthy_state_at_risk(ask):
    # prior 0.9, cut-off 0.8, signal error 0.3: never misjudged unseen, three times in ten after one meeting
    result = ask(**SURE, years=1)
    assert result.values["misjudged"]["pair"] == {"without": 0.0, "with": pytest.approx(0.3)}
    assert result.values["first_rises"] == 1.0
    assert result.values["mutual_defection"]["pair"]["with"] == pytest.approx(0.09)
    assert result.values["mutual_defection_wary"]["pair"]["with"] == 1.0  # 0.8 / 0.7 is more than any belief
    assert "30" in result.charts[1].title.en


def test_in_the_long_run_contact_lowers_it(ask):
    assert ask(**SURE, years=50).values["misjudged"]["pair"]["with"] < 0.001


def test_the_expected_loss_with_the_best_cutoff_never_rises_with_the_years(ask):
    frame = ask().table("years").frame
    for forum in ("none", "pair"):
        values = frame.filter((frame["forum"] == forum) & (frame["measure"] == "loss"))["value"].to_list()
        assert all(later <= earlier + 1e-12 for earlier, later in pairwise(values))


def test_a_cutoff_that_is_not_the_best_costs_more_and_is_said_to(ask):
    result = ask(cutoff="9/10")
    assert result.values["loss_at_cutoff"]["pair"]["with"] >= result.values["loss"]["pair"]["with"]
    assert any("would cost least" in caveat.en for caveat in result.caveats)


def test_contacts_are_meetings_of_every_organ(ask, pair):
    busy = pair("{summit: {meets: 3 months}, talks: {meets: 7 days}, desk: {}}", "busy")
    result = ask(busy, pair(), years=2)
    assert result.values["meetings_a_year"] == {"busy": pytest.approx(4 + 365.25 / 7), "pair": 1.0}
    frame = result.table("years").frame
    last = frame.filter((frame["year"] == 2) & (frame["measure"] == "misjudged"))
    assert dict(zip(last["forum"], last["contacts"], strict=True)) == {"none": 2, "busy": 114, "pair": 4}
    assert any("want of a frequency: desk" in caveat.en for caveat in result.caveats)


def test_a_state_that_deceives_is_found_out_later(ask):
    honest, deceitful = (ask(miss=miss).values["trusted"]["pair"]["with"] for miss in ("1/10,1/5,3/10", "3/10,2/5,1/2"))
    assert honest < deceitful


def test_every_mean_has_its_interval_and_the_same_seed_the_same_bytes(ask):
    first = ask()
    frame = first.table("years").frame
    assert frame["value_low"].is_not_null().all()
    assert (frame["value_low"] <= frame["value_high"]).all()
    assert ask().digest == first.digest


def test_the_claim_is_said_with_its_condition(ask):
    told = ask().findings[1]
    assert "holds on a condition" in told.text.en
    assert "有条件" in told.text.zh
    assert told.figures["first_rises"].n == 200


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"prior": "1/2"}, "--prior 1/2: these are not three numbers of nought or more."),
        ({"prior": "9/10,1/2,1"}, "--prior 9/10,1/2,1: low, mode and high ascend."),
        ({"prior": "1,1,1"}, "--prior 1,1,1: no signal can change a belief of nought or one."),
        ({"signal_error": "0,1/2,3/5"}, "--signal-error 0,1/2,3/5: nothing lies above 0.5."),
        ({"miss": "0,1/2,3/5"}, "--miss 0,1/2,3/5: nothing lies above 0.55."),
        ({"payoffs": "4,3,2"}, "--payoffs 4,3,2: these are not four numbers of nought or more."),
        (
            {"payoffs": "3,4,2,1"},
            "--payoffs 3,4,2,1: a trustworthy state likes best that both keep faith, and least to be exploited.",
        ),
        ({"cutoff": "1.5"}, "--cutoff 1.5: this is no belief above 0 and below 1."),
        ({"cutoff": "high"}, "--cutoff high: this is no belief above 0 and below 1."),
    ],
)
def test_what_is_no_assumption_is_refused(ask, options, message):
    with pytest.raises(InputError) as told:
        ask(**options)
    assert str(told.value).startswith(message)


def test_a_body_that_meets_at_no_known_interval_is_not_judged(ask, pair):
    with pytest.raises(NotComputable, match="does not say how often an organ meets"):
        ask(pair("{summit: {chair: rotating}}"))


def test_too_many_contacts_are_refused(ask, pair):
    with pytest.raises(InputError, match="too many contacts"):
        ask(pair("{summit: {meets: 1 days}}"), years=50)


def test_shipped_institutions_and_their_figures(actors):
    result = co.analyse(co.load("g5"), "perception", against=[co.load("g7"), co.load("eu-council")], draws=200)
    assert result.values["meetings_a_year"] == {"g5": 5.0, "g7": 1.0}
    assert any("left out" in caveat.en for caveat in result.caveats)
    assert json.loads(json.dumps(result.as_json()))["kind"] == "analysis.perception"
    for chart in result.charts:
        for lang in ("en", "zh"):
            assert "undefined" not in svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
