"""Without the largest: a club by hand, a fund by hand, shipped bodies, the laws, and what is refused."""

import dataclasses
import datetime
import json
from fractions import Fraction

import pytest

import comity as co
from comity.analysis.parts.paying import paying
from comity.analysis.parts.without_largest.closing import closing
from comity.analysis.without_largest import WithoutLargest
from comity.cli import run as typed
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.study.ask import inputs

WORTH = {"USA": (40, 20), "CHN": (30, 10), "JPN": (20, 5), "IND": (8, 3), "RUS": (2, 2)}
STAKES = """
comity: 1
title: {{en: A good, zh: 产品}}
on: 2026-02-06
rules:
  usual: {{kind: same, value: [40, 50, 60], why: {{en: made up, zh: 虚构}}}}
  worth: {{kind: each, value: [1, 1, 1], why: {{en: made up, zh: 虚构}}}}
  price: {{kind: each, value: [1, 1, 1], why: {{en: made up, zh: 虚构}}}}
issues:
  one:
    title: {{en: One, zh: 一}}
    sensitivity: low
    ends: {{0: {{en: a, zh: 甲}}, 100: {{en: b, zh: 乙}}}}
    status_quo: 0
    position: usual
    salience: usual
    good: {{benefit: worth, cost: price, prices: 2024, needed: {needed}, why: {{en: made up, zh: 虚构}}}}
    seats: {{{seats}}}
"""


def written(worth, needed="0"):
    seats = ", ".join(
        f"{who}: {{benefit: [{b}, {b}, {b}], cost: [{c}, {c}, {c}], basis: assumption, why: {{en: made up, zh: 虚构}}}}"
        for who, (b, c) in worth.items()
    )
    return STAKES.format(seats=seats, needed=needed)


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(text=None, **options):
        stakes = wanted(written(WORTH) if text is None else text)
        given = dataclasses.replace(inputs(club), stakes=stakes)
        return WithoutLargest(**{"draws": 200, **options}).run(given)

    return run


def test_the_privileged_member_goes_and_two_must_take_its_place(ask):
    """The whole costs 40: worth 40 to the largest, 50 to the next two together."""
    good = ask().values["goods"]["club"]["one"]
    assert (good["gone"], good["next"]) == ("USA", "CHN")
    assert (good["with"]["least"], good["with"]["privileged"]) == (1, 1)
    assert (good["without"]["least"], good["without"]["privileged"], good["without"]["pays"]) == (2, 0, 1)
    assert (good["with"]["unpaid_least"], good["without"]["unpaid_least"]) == (1, 2)
    assert (good["provides"], good["left"], good["raises"]) == (1, 0.5, 1)


def test_what_is_given_of_its_own_accord_falls_to_the_part_of_the_next(ask):
    """The largest stops at a half, which is its part; the next would stop at a third and has a quarter."""
    good = ask().values["goods"]["club"]["one"]
    assert good["with"]["voluntary"] == pytest.approx(0.5)
    assert good["without"]["voluntary"] == pytest.approx(0.25)


def test_below_what_is_needed_nothing_is_given(ask):
    good = ask(written(WORTH, "1/3")).values["goods"]["club"]["one"]
    assert good["with"]["voluntary"] == pytest.approx(0.5)
    assert good["without"]["voluntary"] == 0


def test_the_others_double_their_parts_and_one_no_longer_gains(ask):
    rows = {row["member"]: row for row in ask().table("members").rows()}
    assert rows["CHN"]["adds"] == 10
    assert [who for who, row in rows.items() if row["gains"] == 1] == ["USA", "CHN", "JPN", "IND", "RUS"]
    assert [who for who, row in rows.items() if row["gains_then"] == 1] == ["CHN", "JPN", "IND"]
    assert rows["USA"]["adds"] is None
    assert rows["USA"]["burden"] == pytest.approx(0.5 / 0.4)
    assert {who: row["pays_without"] for who, row in rows.items()} == dict.fromkeys(WORTH, 1.0)


def test_a_named_member_goes_instead(ask):
    good = ask(member="RUS").values["goods"]["club"]["one"]
    assert (good["gone"], good["next"]) == ("RUS", "USA")
    assert good["with"]["voluntary"] == good["without"]["voluntary"]


def test_who_gains_nothing_by_going_says_so(ask):
    told = [finding.text.en for finding in ask(member="RUS").findings]
    assert any("falls on no good" in each for each in told)


@pytest.fixture(scope="module")
def shipped():
    return co.analyse(co.load("g7"), "without_largest", against=(co.load("g5"),), member="USA", draws=400)


def test_nobody_makes_provision_easier_by_going(shipped):
    for body in shipped.values["goods"].values():
        for good in body.values():
            for name in ("pays", "privileged", "unpaid", "voluntary"):
                assert good["without"][name] <= good["with"][name] + 1e-12
            assert 0 < good["left"] < good["provides"] <= 1


def test_every_share_has_its_interval_and_the_same_seed_the_same_bytes(shipped):
    for row in shipped.table("goods").rows():
        for name in ("pays", "privileged"):
            assert row[f"{name}_low"] <= row[name] <= row[f"{name}_high"]
    again = co.analyse(co.load("g7"), "without_largest", against=(co.load("g5"),), member="USA", draws=400)
    assert again.digest == shipped.digest


def test_the_gap_of_the_un_budget_and_who_must_raise():
    """Scale of 22 %: all others raise by 22/78, which no smaller number can do with less."""
    body = co.load("unga")
    paid = paying(inputs(body), measure="gdp_usd")
    found = closing(body, paid, "USA")
    assert (found.gap, found.next) == (Fraction(22, 100), "CHN")
    assert found.raises[192] == Fraction(22, 78)
    assert list(found.raises.values()) == sorted(found.raises.values(), reverse=True)
    assert found.raises[1] > 1 >= found.raises[2]
    assert found.needed[Fraction(1)] == 2
    assert found.needed[Fraction(1, 10)] is None
    with pytest.raises(UnknownName, match="payer into regular_budget"):
        closing(body, paid, "XKX")


def test_a_fund_without_goods_is_told_alone():
    on = datetime.date(2025, 11, 22)
    result = co.analyse(co.load("gcf"), "without_largest", on=on)
    assert result.values["goods"] == {}
    assert result.values["funds"]["gcf_trust_fund"]["gone"] == "USA"
    assert [chart.name for chart in result.charts] == ["closing_gcf_trust_fund"]
    assert any("a pledge is not a payment" in each.en for each in result.caveats)


def test_a_large_body_names_the_largest_parts():
    result = co.analyse(co.load("unga"), "without_largest", issues=("energy",), draws=100)
    assert len(result.table("members").frame) == 12
    assert any("12 with the largest parts" in each.en for each in result.caveats)


def test_what_is_not_there_is_refused(ask):
    with pytest.raises(UnknownName, match="issue in the stakes"):
        ask(issues=("two",))
    with pytest.raises(UnknownName, match="There is no member 'DEU'"):
        ask(member="DEU")
    with pytest.raises(InputError, match="the good of 'ai_arms' is not valued"):
        co.analyse(co.load("g5"), "without_largest", issues=("ai_arms",))


def test_where_neither_goods_nor_payers_are_known_there_is_nothing_to_say():
    with pytest.raises(NotComputable, match="neither goods nor payers are known"):
        co.analyse(co.load("imf-board"), "without_largest")


def test_the_command_line_asks_it_with_all_its_options(capsys):
    words = ["--issues", "energy", "--member", "CHN", "--draws", "100", "--json"]
    assert typed(["analyse", "without-largest", "g5", *words]) == 0
    assert json.loads(capsys.readouterr().out)["goods"]["g5"]["energy"]["gone"] == "CHN"


def test_goods_are_asked_only_before_bodies_that_decide_on_them():
    result = co.analyse(co.load("g7"), "without_largest", against=(co.load("upr"),), issues=("energy",), draws=100)
    assert list(result.values["goods"]) == ["g7"]
    assert any("no rule to decide on them" in each.en and "UPR" in each.en for each in result.caveats)


def test_raises_beyond_the_funds_ceiling_are_told():
    result = co.analyse(co.load("unga"), "without_largest", issues=("energy",), draws=100, member="USA")
    assert any("ceiling of 22" in each.en and "China" in each.en for each in result.caveats)
