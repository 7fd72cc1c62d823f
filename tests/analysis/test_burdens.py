"""Burdens: shares, exits and defaults by hand, votes that follow money, official rates, and what is refused."""

from __future__ import annotations

import datetime
import re

import pytest

import comity as co
from comity.analysis.burdens import Burdens
from comity.charter.read import read
from comity.kernel.errors import InputError, NotComputable, UnknownName

CHARTER = """
comity: 1
title: {{en: Club, zh: 俱乐部}}
aliases: [Club]
status: proposed
as_of: 2026-02-06
members: [{members}]
organs: {{council: {{title: {{en: Council, zh: 理事会}}}}}}
weights: {{shares: {{basis: contributions, values: {{USA: 60, CHN: 30, JPN: 10}}}}}}
rules:
  ordinary: {{title: {{en: Two thirds, zh: 三分之二}}, kind: weighted, at_least: 2/3, of: total_weight, weights: shares}}
issues: {{one: {{title: {{en: One, zh: 一}}, organ: council, rule: ordinary}}}}
funds:
  common: {{title: {{en: Common fund, zh: 共同基金}}, rule: ordinary, {fund}}}
"""
GDP = "{kind: proportional, to: gdp_usd}"
WRITTEN = "{kind: proportional, values: {USA: 50, CHN: 40, JPN: 10}, ceiling: 1/2}"


@pytest.fixture(scope="module")
def club(actors):
    def make(fund: str = f"burden: {GDP}", members: str = "USA, CHN, JPN"):
        return read(CHARTER.format(fund=fund, members=members), "club", actors=actors)

    return make


@pytest.fixture(scope="module")
def shared(ask, world, club):
    def run(written: str = f"burden: {GDP}", **options):
        return ask(Burdens(**options), club(written), panel=world)

    return run


def test_shares_follow_the_figure_and_the_largest_payer_leaves_by_default(shared):
    values = shared().values
    assert values["shares"]["charter"] == {"USA": 30 / 55, "CHN": 20 / 55, "JPN": 5 / 55}
    assert values["without"] == ["USA"]
    assert values["gap"] == 30 / 55
    assert values["after"] == {"CHN": 0.8, "JPN": 0.2}
    assert values["unassigned"] == 0


def test_every_rule_shares_the_whole(shared):
    shares = shared(amount="10 USD").values["shares"]
    assert set(shares) == {
        "charter", "equal", "tiers", "shapley", "constrained_equal_awards", "constrained_equal_losses", "talmud",
    }  # fmt: skip
    assert "scale_of_assessments" not in shares, "three members cannot keep a ceiling of 22 %"
    assert all(sum(each.values()) == pytest.approx(1, abs=1e-12) for each in shares.values())
    assert shares["shapley"] == pytest.approx(
        {"USA": (5 / 3 + 7.5 + 10) / 30, "CHN": (5 / 3 + 7.5) / 30, "JPN": 1 / 18}
    )
    assert shares["talmud"] == pytest.approx(dict.fromkeys(["USA", "CHN"], 3.75 / 10) | {"JPN": 2.5 / 10})
    assert shares["constrained_equal_losses"] == {"USA": 1.0, "CHN": 0.0, "JPN": 0.0}


def test_a_ceiling_stops_a_payer_and_what_nobody_may_take_stays_open(shared):
    by_exit = shared(f"burden: {WRITTEN}", without=["CHN"]).values
    assert by_exit["after"] == {"USA": 0.5, "JPN": 0.5}
    alone = shared(f"burden: {WRITTEN}", without=["USA", "JPN"]).values
    assert alone["after"] == {"CHN": 0.5}
    assert alone["unassigned"] == 0.5
    assert "50 % stays unassigned" in _plain(shared(f"burden: {WRITTEN}", without=["USA", "JPN"]).findings[1].text.en)


def test_claims_that_no_longer_cover_the_estate_leave_the_rest_to_nobody(shared):
    talmud = "burden: {kind: talmud, values: {USA: 50, CHN: 40, JPN: 10}, estate: 80}"
    values = shared(talmud, without=["USA"]).values
    assert values["after"] == {"CHN": 0.5, "JPN": 0.125}
    assert values["unassigned"] == pytest.approx(3 / 8)
    richest = shared("burden: {kind: constrained_equal_losses, values: {USA: 50, CHN: 40, JPN: 10}, estate: 5}").values
    assert (richest["gap"], richest["after"]) == (1.0, {"CHN": 1.0, "JPN": 0.0})


def test_after_a_default_the_others_take_over_in_proportion_to_what_they_pay(shared):
    fund = "burden: {kind: proportional, to: gdp_usd, floor: 1/5}"
    values = shared(fund, mode="default").values
    kept = values["shares"]["charter"]
    assert kept["JPN"] == 0.2
    assert values["after"]["CHN"] == pytest.approx(kept["CHN"] / (kept["CHN"] + kept["JPN"]))
    assert values["votes"] == {}


def test_money_is_told_where_the_amount_is_known(shared):
    first = shared("burden: {kind: equal}, amount: 300 million USD").findings[0]
    assert first.figures["gap_money"].value == 100
    assert "USD 100 million" in first.text.en
    assert "1亿美元" in first.text.zh
    row = shared("burden: {kind: equal}, amount: 300 million USD").table("members").frame.row(0, named=True)
    assert (row["money"], row["money_more"]) == (100, None)
    assert row["per_head"] == pytest.approx(10**7)


@pytest.mark.parametrize(
    ("shortfall", "english"),
    [
        (", shortfall: shrink", "its charter lets the fund shrink by that"),
        (", shortfall: re_share", "its charter has the others re-share it"),
        ("", "its charter does not say who fills the gap"),
    ],
)
def test_what_the_charter_says_of_a_shortfall_is_said(shared, shortfall, english):
    assert english in shared(f"burden: {GDP}{shortfall}").findings[0].text.en


def test_votes_that_follow_money_are_computed_again(shared):
    result = shared(f"burden: {WRITTEN}, votes: {{weights: shares, basic: 1/4}}", without=["JPN"])
    # of what stays USA pays 5/9, CHN 4/9: three quarters of the votes, and an eighth each
    assert result.values["votes"]["USA"] == {"before": 0.6, "after": pytest.approx(3 / 4 * 5 / 9 + 1 / 8)}
    assert result.values["votes"]["JPN"]["after"] == 0
    assert sum(each["after"] for each in result.values["votes"].values()) == pytest.approx(1)
    blocks = result.table("blocks").frame.row(0, named=True)
    assert blocks == {"rule": "ordinary", "before": "USA", "after": "USA, CHN"}


def test_a_member_without_a_figure_is_left_out_and_told(ask, world, actors):
    text = CHARTER.format(fund=f"burden: {GDP}", members="USA, CHN, JPN, IND").replace("JPN: 10", "JPN: 10, IND: 1")
    result = ask(Burdens(), read(text, "club", actors=actors), panel=world)
    assert "IND" not in result.values["shares"]["charter"]
    assert "Without figures and left out: India." in [caveat.en for caveat in result.caveats]


def test_rules_can_be_chosen_and_those_that_need_an_amount_say_so(shared):
    result = shared(rules=["talmud", "equal"])
    assert list(result.values["shares"]) == ["charter", "equal"]
    assert result.values["skipped"] == {"talmud": "amount"}
    assert any("--amount" in caveat.en for caveat in result.caveats)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"fund": "comon"}, UnknownName, "There is no fund in club 'comon'."),
        ({"rules": ["equals"]}, UnknownName, "There is no burden rule 'equals'."),
        ({"without": ["FRA"]}, UnknownName, "There is no payer into common 'FRA'."),
        ({"without": ["USA", "CHN", "JPN"]}, InputError, "Nobody is left to pay."),
        ({"measure": "gnp"}, UnknownName, "There is no indicator 'gnp'."),
    ],
)
def test_what_cannot_be_asked_is_refused(shared, options, error, message):
    with pytest.raises(error, match=re.escape(message)):
        shared(**options)


def test_a_charter_without_a_filled_fund_has_no_answer():
    with pytest.raises(NotComputable, match="G7: no fund of the charter says how it is filled"):
        co.analyse(co.load("g7"), "burdens")


def test_where_nothing_was_pledged_or_measured_there_is_no_answer(shared, ask, world, actors):
    with pytest.raises(NotComputable, match="No pledge to 'common' of Club is at hand on 2026-02-06"):
        shared("burden: {kind: voluntary}")
    text = CHARTER.format(fund=f"burden: {GDP}", members="IND, RUS")
    text = text.replace("{USA: 60, CHN: 30, JPN: 10}", "{IND: 60, RUS: 40}")
    with pytest.raises(NotComputable, match="Nobody of Club can be measured for 'common' on 2026-02-06"):
        ask(Burdens(), read(text, "club", actors=actors), panel=world)


def test_an_amount_that_is_no_money_is_refused():
    with pytest.raises(InputError, match=re.escape("analysis.burdens: amount: is no amount of money")):
        co.analyse(co.load("g5"), "burdens", amount="much")


def test_the_regular_budget_without_its_largest_payer():
    result = co.analyse(co.load("unga"), "burdens")
    values = result.values
    assert values["without"] == ["USA"]
    assert values["gap"] == 0.22
    assert values["after"]["CHN"] == 0.22
    assert sum(values["after"].values()) == pytest.approx(1, abs=1e-12)
    assert values["official"]["period"] == "2025-2027"
    assert 0.001 < values["official"]["rms"] < 0.004
    assert "contributions.csv" in result.provenance.figures
    assert "groups.csv" in result.provenance.figures
    steps = result.table("steps").frame
    assert all(steps[name].sum() == pytest.approx(1, abs=1e-12) for name in steps.columns[1:])


def test_quotas_of_the_imf_carry_votes():
    result = co.analyse(co.load("imf"), "burdens")
    blocks = {row["rule"]: row for row in result.table("blocks").frame.to_dicts()}
    assert (blocks["special85"]["before"], blocks["special85"]["after"]) == ("USA", "")
    assert sum(each["after"] for each in result.values["votes"].values()) == pytest.approx(1, abs=1e-12)
    assert "no member alone could then block" in next(f.text.en for f in result.findings if "votes_after" in f.figures)


def test_the_pledges_of_the_climate_fund_are_voluntary_and_the_ladder_is_told():
    day = datetime.date(2025, 12, 31)
    result = co.analyse(co.load("gcf"), "burdens", on=day, without=["USA"])
    ladder = {(row["round"], row["rung"]): row["amount"] for row in result.table("ladder").frame.to_dicts()}
    assert ladder == {
        ("IRM", "pledged"): 3000, ("IRM", "confirmed"): 3000, ("IRM", "paid"): 2000, ("GCF-2", "pledged"): 3000,
        ("IRM and GCF-2", "rescinded"): 4000,
    }  # fmt: skip
    told = next(each for each in result.findings if "paid_share" in each.figures)
    assert told.figures["paid_share"].value == pytest.approx(1 / 3)
    assert "confirmed" not in told.figures, "no finding rests on a recalled figure"
    assert "but nobody owes that" in result.findings[1].text.en
    assert any("Not every pledge of GCF-2 was found" in caveat.en for caveat in result.caveats)


def test_before_the_pledges_were_taken_back_the_ladder_ends_with_what_was_paid():
    result = co.analyse(co.load("gcf"), "burdens", on=datetime.date(2024, 6, 30), without=["USA"])
    assert "rescinded" not in set(result.table("ladder").frame["rung"])


@pytest.mark.parametrize("name", ["unga", "imf", "g5", "gcf"])
def test_every_answer_is_bilingual_and_says_the_same_twice(name: str):
    first, again = (co.analyse(co.load(name), "burdens") for _ in range(2))
    assert first.digest == again.digest
    texts = [*(each.text for each in first.findings), *first.caveats, *(chart.title for chart in first.charts)]
    assert all(re.search("[\u4e00-\u9fff]", text.zh) for text in texts)
    assert first.as_json()["gap"] == again.values["gap"]


def _plain(text: str) -> str:
    return text.replace("\u202f", " ")
