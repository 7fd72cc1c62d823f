"""Varying an institution: what a path may lead to, in which unit, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity as co
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.quantity import Duration, Money
from comity.library.stakes import ground
from comity.rehearsal.parts.varying.ranges import Between, ranged
from comity.rehearsal.parts.varying.setting import Setting, factors

AMOUNT = "clauses.oil_stocks.reward.amount"


@pytest.fixture(scope="module")
def now():
    return Setting(co.load("g5"), ground(), co.actors())


def clause(setting):
    return setting.institution.clauses["oil_stocks"]


@pytest.mark.parametrize(
    ("vary", "at", "value"),
    [
        (f"{AMOUNT}=0..500 million USD 2024", 0.5, "250 million USD 2024"),
        (f"{AMOUNT}=0.5 billion USD 2024..1 billion USD 2024", 0.25, "0.625 billion USD 2024"),
        ("clauses.oil_stocks.verified.miss=0..1/2", 0.5, "1/4"),
        ("clauses.oil_stocks.verified.miss=5 %..15 %", 0.5, "1/10"),
        ("clauses.oil_stocks.breach.grace=30..90 days", 1.0, "90 days"),
        ("clauses.oil_stocks.verified.every=3 months..12 months", 0.0, "3 months"),
        ("clauses.oil_stocks.breach.then=renegotiate|suspend", 1.0, "suspend"),
        ("clauses.oil_stocks.reward=written|none", 0.9, "none"),
        ("stakes.issues.energy.good.years=5..20", 1.0, "20"),
        ("stakes.issues.energy.good.excludable=0..1/2", 0.5, "1/4"),
        ("stakes.rules.storage.whole.1=1..2", 0.5, "3/2"),
        ("shocks.absent.USA=0..1/2", 0.5, "1/4"),
    ],
)
def test_a_factor_speaks_the_unit_of_its_field(now, vary, at, value):
    if "storage" in vary:
        name = now.grounds.stakes.issues["energy"].good.cost
        low, _, high = now.grounds.stakes.rules[name].whole
        vary = f"stakes.rules.{name}.whole.1={low}..{high}"
        value = str((low + high) / 2)
    (found,) = factors(now, [vary])
    assert found.change(at) == (vary.split("=")[0], value)


def test_a_change_stands_in_the_charter_and_nowhere_else(now):
    changed = now.changed([(AMOUNT, "50 million USD 2024"), ("clauses.oil_stocks.breach.grace", "45 days")])
    assert clause(changed).reward.amount == Money.parse("50 million USD 2024")
    assert clause(changed).breach.grace == Duration.parse("45 days")
    assert clause(now).reward.amount == Money.parse("200 million USD 2024")
    assert changed.institution.name == "g5"
    assert changed.grounds is now.grounds


def test_what_is_written_again_is_the_same_institution(now):
    assert now.changed([(AMOUNT, "200 million USD 2024")]).institution.digest == now.institution.digest
    good = now.grounds.stakes.issues["energy"].good
    path = "stakes.issues.energy.good.years"
    assert now.changed([(path, str(good.years))]).grounds.stakes.digest == now.grounds.stakes.digest
    assert now.changed([("clauses.oil_stocks.reward", "written")]).institution is now.institution


def test_a_part_that_is_left_out_is_gone_and_a_triple_is_known(now):
    changed = now.changed([("clauses.oil_stocks.reward", "none"), ("stakes.issues.energy.good.discount", "4 %")])
    assert clause(changed).reward is None
    assert set(changed.grounds.stakes.issues["energy"].good.discount) == {Fraction(1, 25)}


def test_stakes_that_change_take_no_draws_of_the_old_ones_along(now):
    issue = "energy"
    rule = now.grounds.stakes.issues[issue].position
    before = now.grounds.stand(issue, "USA")
    other = now.changed([(f"stakes.issues.{issue}.status_quo", "33")])
    assert rule is not None
    assert other.grounds.stand(issue, "USA") == before
    assert other.grounds.stakes.issues[issue].status_quo == 33
    assert other.grounds._drawn is not now.grounds._drawn


def test_chances_of_shocks_are_kept_by_member(now):
    one = now.changed([("shocks.absent.USA", "1/4")])
    assert one.shocks == {("absent", "USA"): Fraction(1, 4)}
    assert one.changed([("shocks.absent.USA", "none")]).shocks == {}


@given(st.floats(0, 1), st.integers(0, 10**6), st.integers(1, 10**6))
def test_every_value_of_a_range_lies_in_it_and_can_be_read(at, low, span):
    held = Between(Fraction(low, 100), Fraction(low + span, 100), "million USD 2024")
    value = Money.parse(held.at(at)).amount / 10**6
    assert held.low <= value <= held.high
    whole = Between(Fraction(low + 1), Fraction(low + 1 + span % 50), "days", whole=True)
    number = whole.number(whole.at(at))
    assert whole.low <= number <= whole.high
    assert number == int(number)


@pytest.mark.parametrize(
    ("vary", "error", "told", "mend"),
    [
        ("clauses.oil_stock.reward.amount=0..5 million USD 2024", UnknownName,
         "There is no field in clauses of the charter g5, 'oil_stock'.", "Did you mean oil_stocks? Near it: clauses."),
        ("stakes.issues.enrgy.good.years=1..2", UnknownName,
         "There is no field in issues of the stakes mission, 'enrgy'.", "Did you mean energy?"),
        ("clauses.oil_stocks.verified.miss.x=0..1", InputError, "has no parts", "Name the field itself."),
        (f"{AMOUNT}=0..500 million EUR 2024", InputError, "is not in USD 2024", "0..500 million USD 2024"),
        (f"{AMOUNT}=0..500 million USD 2020", InputError, "is not in USD 2024", "0..500 million USD 2024"),
        (f"{AMOUNT}=0..1/2", InputError, "'1/2' is no amount of money", "0..500 million USD 2024"),
        (f"{AMOUNT}=5..5 million USD 2024", InputError, "both ends are the same", "LOW first"),
        (f"{AMOUNT}=9..5 million USD 2024", InputError, "the first end lies above the second", "LOW first"),
        (f"{AMOUNT}=500 million USD 2024", InputError, "one value is no range", "or A|B"),
        ("clauses.oil_stocks.breach.grace=0..90 days", InputError, "the shortest is 1 day", "3..12 months"),
        ("clauses.oil_stocks.breach.grace=30 days..3 months", InputError, "in different units", "3..12 months"),
        ("clauses.oil_stocks.breach.grace=1..1/2", InputError, "'1/2' is no duration", "3..12 months"),
        ("clauses.oil_stocks.breach.then=a..b", InputError, "no values between two ends", "suspend|renegotiate"),
        ("clauses.oil_stocks.breach.then=suspend|resign", InputError, "the charter g5 does not allow it", "renegotiate"),
        ("clauses.oil_stocks.breach.then=suspend|suspend", InputError, "named twice", "once"),
        ("clauses.oil_stocks.verified.miss=x..1", InputError, "'x' is not an exact number", "5 %..20 %"),
        ("stakes.issues.energy.good.excludable=0..2", InputError, "excludable is more than the whole", "from 0 to 1"),
        ("stakes.issues.energy.good.years=1/2..2", InputError, "it takes whole numbers", "1..10"),
        ("stakes.issues.energy.good.benefit=nothing|never", InputError, "stakes mission does not allow it", ""),
        ("clauses.oil_stocks.reward=0..1", InputError, "is a part with fields of its own", "written|none"),
        ("clauses.oil_stocks.verified=written|none", InputError, "verified is missing", ""),
        ("members.0=none|USA", InputError, "cannot be left out", "Vary its value"),
        ("shocks.absent.FRA=0..1", UnknownName, "There is no member of g5 'FRA'.", "Known: USA, CHN"),
        ("shocks.asleep.USA=0..1", UnknownName, "There is no shock 'asleep'.", "shocks.absent.USA"),
        ("shocks.absent.USA=0..2", InputError, "a chance is no more than 1", "0..1"),
        ("shocks.absent.USA=low|high", InputError, "'low' is not an exact number", "from 0 to 1"),
        ("clauses.oil_stocks", InputError, "names no path and no value", "PATH=RANGE"),
    ],
)  # fmt: skip
def test_what_cannot_be_varied_is_refused_before_anything_is_played(now, vary, error, told, mend):
    with pytest.raises(error) as refused:
        factors(now, [vary])
    assert told in refused.value.message
    assert mend in refused.value.mend
    assert refused.value.mend


def test_a_factor_is_named_once(now):
    with pytest.raises(InputError, match="varied twice"):
        factors(now, [f"{AMOUNT}=0..5 million USD 2024"] * 2)


def test_money_where_the_file_has_none_takes_the_unit_that_is_asked():
    found = ranged("x", "0..5 million EUR", "money", None)
    assert found.ends == ("0 million EUR", "5 million EUR")


def test_a_charter_whose_digest_was_read_can_be_changed_as_well():
    body = co.load("g5")
    assert body.digest
    read = Setting(body, ground(), co.actors())
    assert read.changed([(AMOUNT, "200 million USD 2024")]).institution.digest == body.digest
