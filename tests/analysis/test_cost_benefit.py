"""Costs and benefits: the account by hand, the temptation to stop, terms, and what is refused."""

from __future__ import annotations

import pytest

import comity as co
from comity.analysis.cost_benefit import CostBenefit
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.library.stakes import ground, read_stakes
from comity.model.analysis import Inputs

CERTAIN = """
comity: 1
title: {en: A fee, zh: 会费}
on: 2026-02-06
rules:
  usual: {kind: same, value: [40, 50, 60], why: {en: made up, zh: 虚构}}
  worth: {kind: each, value: [30, 30, 30], why: {en: made up, zh: 虚构}}
  fee: {kind: each, value: [10, 10, 10], why: {en: made up, zh: 虚构}}
issues:
  one:
    title: {en: Charts, zh: 海图}
    sensitivity: low
    ends: {0: {en: none, zh: 无}, 100: {en: all, zh: 全部}}
    status_quo: 20
    position: usual
    salience: usual
    good:
      {benefit: worth, cost: fee, prices: 2024, years: 2, discount: [0, 0, 0], excludable: [X, X, X], needed: NEED,
       why: {en: Charts of the sea, zh: 海图}}
"""


@pytest.fixture(scope="module")
def asked(club, actors):
    def run(excludable: str = "0", needed: str = "0", **options: object):
        stakes = ground(read_stakes(CERTAIN.replace("X", excludable).replace("NEED", needed), "mine"))
        return CostBenefit.model_validate({"draws": 100, **options}).run(Inputs(club, actors, stakes=stakes))

    return run


def row(result, table, **where):
    rows = result.table(table).frame.to_dicts()
    return next(each for each in rows if all(each[name] == value for name, value in where.items()))


def test_the_account_of_five_who_pay_a_fee_by_hand(asked):
    found = asked()
    one = row(found, "accounts", member="JPN")
    assert (one["gain"], one["cost"], one["net"], one["loses"]) == (60, 20, 40, 0)
    stop = row(found, "stopping", member="JPN")
    # a fifth of the good goes: 6 a year less for each, 10 saved by the one that stops
    assert stop["stopping"] == pytest.approx(8)
    assert stop["others"] == pytest.approx(48)
    assert stop["rides"] == 1
    assert found.values["net"]["club"]["one"]["all"]["median"] == pytest.approx(200)
    assert found.values["provides"]["club"]["one"] == pytest.approx(1)


def test_keeping_a_third_from_outsiders_ends_the_temptation(asked):
    assert row(asked("1/3"), "stopping", member="USA")["rides"] == 0


def test_a_good_that_needs_everyone_is_gone_when_one_stops(asked):
    stop = row(asked(needed="1"), "stopping", member="USA")
    assert stop["stopping"] == pytest.approx(-40)
    assert stop["others"] == pytest.approx(240)


def test_without_those_who_stop_the_rest_provide_less(asked):
    found = asked(stops=("USA", "CHN"))
    assert found.values["provides"]["club"]["one"] == pytest.approx(0.6)
    assert row(found, "accounts", member="USA")["cost"] == 0
    assert row(found, "accounts", member="USA")["net"] == pytest.approx(36)
    # what it gains by not paying is still held against paying
    assert row(found, "stopping", member="USA")["stopping"] == pytest.approx(8)
    assert row(found, "stopping", member="USA")["others"] == pytest.approx(48)


def test_another_rate_and_horizon_replace_those_of_the_stakes(asked):
    found = asked(discount="1", years=3)
    assert row(found, "accounts", member="JPN")["gain"] == pytest.approx(30 * (1 / 2 + 1 / 4 + 1 / 8))


def test_the_shipped_goods_of_the_five_beside_the_seven():
    five = co.analyse(co.load("g5"), "cost_benefit", against=[co.load("g7")], draws=500)
    assert set(five.values["net"]["g5"]) == {
        "climate_monitoring", "public_health", "anti_piracy", "energy", "climate_finance",
    }  # fmt: skip
    assert five.values["rides"]["g5"]["climate_finance"]["USA"] > 0.9
    assert five.values["rides"]["g5"]["climate_monitoring"]["USA"] < 0.1
    assert row(five, "outside", institution="g5", issue="climate_finance")["state"] == "DEU"
    assert all(figure.n == 500 for figure in five.findings[0].figures.values() if figure.unit.startswith("million"))
    again = co.analyse(co.load("g5"), "cost_benefit", against=[co.load("g7")], draws=500)
    assert again.digest == five.digest


def test_what_cannot_be_asked_is_refused_with_its_mend(asked):
    with pytest.raises(UnknownName, match="FRA"):
        asked(stops=("FRA",))
    with pytest.raises(InputError, match="A discount of 3 a year is more than the whole"):
        asked(discount="3")
    with pytest.raises(NotComputable, match="No good can be valued"):
        co.analyse(co.load("imf-board"), "cost_benefit")


def test_a_member_that_stops_where_it_is_no_member_is_told():
    found = co.analyse(co.load("g5"), "cost_benefit", against=[co.load("g7")], draws=100, stops=("CHN",))
    assert any("China is no member of G7" in caveat.en for caveat in found.caveats)
