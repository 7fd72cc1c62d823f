"""Burden rules in words: every kind reads in both languages, with its limits, and a fund says what follows a gap."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import comity
from comity.charter.burdens import burden_in_words, fund_in_words
from comity.charter.read import read
from comity.kernel.errors import DocumentError
from comity.library.actors import actors
from comity.model.burden import BURDENS
from comity.model.parts import Fund

CHARTER = """
comity: 1
title: {{en: Club, zh: 俱乐部}}
status: proposed
as_of: 2026-02-06
members: [USA, CHN, JPN]
organs: {{council: {{title: {{en: Council, zh: 理事会}}}}}}
rules: {{ordinary: {{kind: consensus, objection: members_present}}}}
issues: {{one: {{organ: council, rule: ordinary}}}}
funds:
  common: {{rule: ordinary, {fund}}}
"""
SAID = {
    "equal": ({}, "filled in equal parts", "由成员平均分摊"),
    "voluntary": ({}, "filled by voluntary contributions", "由自愿捐款筹集"),
    "proportional": (
        {"to": "population", "ceiling": "1/3"},
        "filled in proportion to population, each at most 1/3",
        "按人口比例分摊，各方至多1/3",
    ),
    "scale_of_assessments": (
        {},
        (
            "filled by capacity to pay: gross domestic product, with relief of 80 % for income per head below the "
            "average of members; each at least 0.001 % and at most 22 %, least developed countries at most 0.01 %"
        ),
        "按支付能力分摊：以国内生产总值为基础，人均收入低于成员平均数者按80%的梯度减免；各方至少0.001%、至多22%，最不发达国家至多0.01%",
    ),
    "tiers": (
        {"by": "gdp_usd", "per": "population", "tiers": [{"at_least": 0, "pays": 1}, {"at_least": 14005, "pays": 10}]},
        "filled by tiers of gross domestic product per population: from 0 1 units and from 14,005 10 units",
        "按国内生产总值与人口之比分档分摊：0起1个单位和14,005起10个单位",
    ),
    "shapley": (
        {"to": "gdp_usd"},
        "filled by need: each slice of gross domestic product shared equally by those who need it",
        "按需要分摊：国内生产总值的每一层由需要者均分",
    ),
    "constrained_equal_awards": (
        {"values": {"USA": 3, "CHN": 2, "JPN": 1}, "estate": 4},
        "filled in equal amounts, nobody more than by the values written in the charter; 4 in all",
        "等额分摊，但不超过各自的章程所列数值；共4",
    ),
    "constrained_equal_losses": (
        {"to": "gdp_usd", "estate": 1000},
        "filled so that each keeps the same amount of gross domestic product, nobody less than nothing; 1,000 in all",
        "分摊后各方保留等额的国内生产总值，且负担不小于零；共1,000",
    ),
    "talmud": (
        {"to": "gdp_usd", "estate": "1/2"},
        "filled by the division of the Talmud over gross domestic product; 1/2 in all",
        "按塔木德分法就国内生产总值分摊；共1/2",
    ),
}


def test_every_kind_has_its_words():
    assert set(SAID) == set(BURDENS.members())


@pytest.mark.parametrize("kind", list(SAID))
def test_a_burden_rule_reads_in_both_languages(kind: str):
    options, english, chinese = SAID[kind]
    rule = BURDENS.get(kind).model_validate({"kind": kind, **options})
    said = burden_in_words(rule)
    assert said is not None
    assert (said.en, said.zh) == (english, chinese)


@pytest.mark.parametrize("kind", list(SAID))
def test_a_charter_with_each_kind_is_sound_and_written_again_as_it_was_read(kind: str):
    rule = BURDENS.get(kind).model_validate({"kind": kind, **SAID[kind][0]})
    if kind == "scale_of_assessments":  # three members cannot keep a ceiling of 22 %
        rule = rule.model_copy(update={"ceiling": Fraction(1, 2)})
    text = CHARTER.format(fund=f"burden: {rule.model_dump_json()}")
    club = read(text, "club", actors=actors())
    assert club.funds["common"].burden == rule


def test_a_fund_says_how_much_it_raises_what_follows_a_gap_and_whose_votes_follow_it():
    fund = Fund.model_validate(
        {
            "rule": "ordinary",
            "burden": {"kind": "equal"},
            "amount": "3 million USD",
            "shortfall": "re_share",
            "votes": {"weights": "votes", "basic": "1/4"},
        }
    )
    said = fund_in_words(fund)
    assert said is not None
    assert said.en == (
        "filled in equal parts; 3 million USD to be raised; when a member leaves or does not pay, the others re-share it "
        "under the same rule; votes follow what is paid in, but 1/4 of them, split equally"
    )
    assert said.zh == (
        "由成员平均分摊；筹集3 million USD；成员退出或不缴款时，由其余成员按同一规则重新分摊；表决权随缴款而定，其中1/4由成员均分"
    )
    assert fund_in_words(Fund(rule="ordinary")) is None


@pytest.mark.parametrize(
    ("fund", "what"),
    [
        ("shortfall: re_share", "nothing is owed that others could take over"),
        ("burden: {kind: voluntary}, shortfall: re_share", "nothing is owed that others could take over"),
        ("burden: {kind: equal}, votes: {weights: quotas}", "the weight 'quotas' is not declared"),
        ("burden: {kind: proportional}", "members are measured by a figure or by values, one of the two"),
        ("burden: {kind: shapley, values: {USA: 1, CHN: 1}}", "JPN has no value"),
        ("burden: {kind: shapley, values: {USA: 1, CHN: 1, JPN: 1, FRA: 1}}", "FRA is not a member"),
        ("burden: {kind: proportional, values: {USA: 0, CHN: 0, JPN: 0}}", "no member has any value"),
    ],
)
def test_a_fund_that_contradicts_itself_is_told(fund: str, what: str):
    with pytest.raises(DocumentError) as told:
        read(CHARTER.format(fund=fund), "club", actors=actors())
    assert what in [problem.what for problem in told.value.problems]


def test_the_quotas_of_the_fund_are_its_votes_less_the_basic_ones():
    imf: Any = comity.load("imf")
    votes = imf.weights["votes"].values
    assert {state: votes[state] - quota for state, quota in imf.funds["quotas"].burden.values.items()} == dict.fromkeys(
        votes, 1459
    )
