"""Which promises keep themselves: by hand, in the shipped charter, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

import comity as co
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.rehearsal.self_enforcement import SelfEnforcement
from comity.solvers.repeated.trigger import Stage, critical_discount, least_trigger

REWARD = "reward: {from: pot, amount: 6 million USD 2024}"


@pytest.fixture(scope="module")
def asked(club):
    def run(options=None, **given):
        return SelfEnforcement.model_validate({"draws": 100, **(options or {})}).run(club(**given))

    return run


def kept(result, owed="obligors", payment="without_payment"):
    return result.values["kept"]["club"]["charts"][owed][payment]


def row(result, table, **where):
    rows = result.table(table).frame.to_dicts()
    return next(each for each in rows if all(each[name] == value for name, value in where.items()))


def test_five_who_pay_a_fee_keep_the_promise_as_the_textbook_has_it(asked):
    # all five comply: 30 each for a fee of 10; who stops saves 10 and loses a fifth of the good
    stage = Stage(Fraction(4), Fraction(20))
    found = kept(asked())
    assert found["critical_discount"] == pytest.approx(float(critical_discount(stage)))
    assert found["least_suspension"] == least_trigger(stage, Fraction(4, 5)) == 1
    assert found["holds"]
    assert found["chance"] == 1
    assert found["worth"] == pytest.approx(100)
    assert list(asked().values["kept"]["club"]["charts"]) == ["obligors"]


def test_errors_of_verification_suspend_the_innocent_too(asked):
    found = kept(asked(ERRORS=", false_alarm: 1/20, miss: 1/10"))
    others = Fraction(19, 20) ** 4
    false, true = 1 - others * Fraction(19, 20), 1 - others * Fraction(1, 10)
    stage = Stage(Fraction(4), Fraction(20))
    assert found["critical_discount"] == pytest.approx(float(critical_discount(stage, false, true)))
    assert found["least_suspension"] == least_trigger(stage, Fraction(4, 5), false, true)
    assert found["worth"] == pytest.approx(100 / (1 + float(false) * 0.8))


def test_two_alone_lose_by_the_promise_and_a_reward_keeps_them(asked):
    # two of five: 12 each for a fee of 10 would do; at a worth of 20 it is 8, and no patience suffices
    poor = asked(OBLIGOR="JPN, IND", WORTH="20, 20, 20", REWARD=REWARD)
    bare, paid = (kept(poor, payment=each) for each in ("without_payment", "with_payment"))
    assert bare["critical_discount"] is None
    assert bare["chance"] == 0
    assert bare["worth"] == 0
    # the pot is filled equally: of 12 paid to two, each of the five bears 2.4
    stage = Stage(Fraction(10) - 4 - Fraction(6) * Fraction(4, 5), Fraction(8) - 10 + 6 - Fraction(12, 5))
    assert paid["critical_discount"] == pytest.approx(float(critical_discount(stage)))
    assert paid["chance"] == 1
    assert paid["worth"] == pytest.approx(5 * 8 - 20)
    assert "Payments make this promise cheaper to keep" in poor.findings[0].text.en
    everyone = kept(poor, "members")
    assert everyone["chance"] == 1


def test_the_price_range_of_a_reward_by_hand(asked):
    found = asked(OBLIGOR="JPN, IND", WORTH="20, 20, 20", REWARD=REWARD).values["reward"]["club"]["charts"]["obligors"]
    # once: 10 - 4 over the four fifths that others pay; but no less than what covers the loss of 2, of which each bears
    assert found["once"] == pytest.approx(6 / 0.8)
    # the longest threat: gain 6 - 0.8 w against 4 rounds felt of worth -2 + 0.6 w, and the worth itself
    assert found["ever"] == pytest.approx(max((6 + 8) / (0.8 + 4 * 0.6), 2 / 0.6))
    # three bystanders gain 8 each and bear three fifths of two rewards
    assert found["most"] == pytest.approx(24 / (2 * 0.6))


def test_what_is_paid_once_a_year_is_paid_in_parts_at_each_look(asked):
    charter = {"OBLIGOR": "JPN, IND", "REWARD": REWARD}
    yearly = asked({"paid": "year"}, **charter)
    assert kept(yearly, payment="with_payment") == kept(asked(**charter), payment="with_payment")


def test_what_hangs_on_the_time_of_payment_is_told():
    found = co.analyse(co.load("g5"), "self_enforcement", draws=500)
    yearly = co.analyse(co.load("g5"), "self_enforcement", draws=500, paid="year")
    first, second = (each.values["kept"]["g5"]["oil_stocks"]["obligors"]["with_payment"] for each in (found, yearly))
    assert first["chance_otherwise_paid"] == second["chance"] < first["chance"]
    assert second["chance_otherwise_paid"] == first["chance"]
    assert any("Much hangs on when the reward is paid: by the year" in each.text.en for each in found.findings)
    assert any("Much hangs on when the reward is paid: at each look" in each.text.en for each in yearly.findings)


def test_a_good_that_needs_everyone_leaves_nothing_to_ride_on(asked):
    found = kept(asked(NEED="1"))
    assert found["critical_discount"] == 0
    assert found["least_suspension"] == 0


def test_what_can_be_kept_from_those_who_stop_makes_stopping_dearer(asked):
    assert kept(asked(KEPT="1/12"))["critical_discount"] == pytest.approx(2 / 22)


def test_without_a_consequence_a_breach_suspends_nothing_and_this_is_told(asked):
    found = asked(BREACH="")
    assert not kept(found)["holds"]
    assert kept(found)["least_suspension"] == 1
    assert any("the charter does not say what follows a breach" in each.en for each in found.caveats)
    fined = asked(BREACH="breach: {grace: 6 months, then: pay, within: 6 months}")
    assert any("how much is paid after a breach" in each.en for each in fined.caveats)


def test_renegotiating_at_once_takes_the_threat_away(asked):
    found = asked(ERRORS=", false_alarm: 1/20, miss: 1/20")
    ways = {each["course"]: each for each in found.table("courses").rows()}
    assert ways["at_once"]["value"] == 0
    assert ways["written"]["value"] > ways["ever"]["value"] > 0
    assert kept(found)["renegotiation"] == pytest.approx(ways["written"]["value"] - ways["ever"]["value"])


def test_an_escape_has_a_price_range_and_a_worth(asked):
    found = asked({"pressure": "1/10", "strain": "4"})
    # price: no less than the fee less one's own part, no more than what a breach costs or compliance saves
    low, high = kept(found)["escape_price"]
    assert low == pytest.approx(4)
    assert high == pytest.approx(min(40 - 6, 0.8 * 0.9 * 20))
    # kept under pressure it is not: 40 - 6 saved against 16 lost; broken, the others suspend it
    ways = {each["course"]: each for each in found.table("courses").rows()}
    assert ways["strict"]["kept"] == 0
    assert ways["escape"]["value"] == pytest.approx(5 * 0.9 * 20)
    assert kept(found)["escape"] == pytest.approx(ways["escape"]["value"] - ways["brittle"]["value"])


def test_the_best_number_of_readings_falls_with_its_price(asked):
    charter = {"ERRORS": ", false_alarm: 1/10, miss: 1/10"}
    best = [
        next(each.figures["readings"].value for each in asked({"reading": cost}, **charter).findings
             if "readings" in each.figures)
        for cost in ("0", "1/2", "1", "100")
    ]  # fmt: skip
    assert best == sorted(best, reverse=True)
    assert best[0] == 7
    silent = asked(**charter)
    assert all("readings" not in each.figures for each in silent.findings)
    assert row(silent, "readings", readings=3)["gain"] > 0


def test_the_map_agrees_with_the_critical_discount_factor(asked):
    found = asked(ERRORS=", false_alarm: 1/50, miss: 1/50")
    least = kept(found)["critical_discount"]
    for each in found.table("map").rows():
        if each["noise"] == 0.02:
            assert each["kept"] == ("plain" if each["factor"] >= least else "neither")
    assert [each["here"] for each in found.table("map").rows()].count("own") == 1


def test_stated_errors_stand_in_for_those_a_charter_lacks(asked):
    found = asked({"false_alarm": "1/20", "miss": "1/10"}, ERRORS="")
    written = asked(ERRORS=", false_alarm: 1/20, miss: 1/10")
    assert kept(found) == kept(written)
    assert any("stated by the question" in each.en for each in found.caveats)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ERRORS": ""}, "Sea charts: the charter does not say how often its verification errs. Add false_alarm"),
        ({"ISSUE": "two"}, "Sea charts: the stakes put no value on two. Add `good:` to the issue two"),
    ],
)
def test_a_clause_whose_game_is_not_known_is_a_gap_with_its_mend(asked, given, message):
    with pytest.raises(NotComputable) as refused:
        asked(**given)
    assert message in str(refused.value)


def test_what_cannot_be_asked_is_refused_with_its_mend(asked):
    with pytest.raises(UnknownName, match=r"There is no clause in the charter 'club' 'chart'\. Did you mean charts"):
        asked({"clauses": ("chart",)})
    with pytest.raises(InputError, match=r"miss: 2 is more than the whole\. Write a share"):
        asked({"miss": "2"})
    with pytest.raises(InputError, match="strain: 1/2 would make compliance cheaper"):
        asked({"strain": "1/2"})
    with pytest.raises(InputError, match=r"the reward of charts is in EUR\. The stakes value goods in US dollars"):
        asked(REWARD="reward: {from: pot, amount: 6 million EUR}")
    with pytest.raises(NotComputable, match="has no clause"):
        co.analyse(co.load("g7"), "self_enforcement")


def test_a_gap_of_another_body_is_a_caveat(club, asked):
    other = club(ERRORS="").institution.named("other")
    found = asked(against=[other, co.load("g7")])
    assert any("Not judged: Sea charts: the charter does not say" in each.en for each in found.caveats)
    assert any("G7 has no clause" in each.en for each in found.caveats)


def test_who_fills_the_fund_is_told_where_it_is_not_known(asked):
    found = asked(BURDEN="{kind: proportional, to: no_such_figure}", REWARD=REWARD, OBLIGOR="JPN, IND")
    assert any("who fills the fund that pays is not known" in each.en for each in found.caveats)


def test_the_oil_stocks_of_the_five_need_their_payment():
    found = co.analyse(co.load("g5"), "self_enforcement", against=[co.load("g7")], draws=1000)
    clause = found.values["kept"]["g5"]["oil_stocks"]
    bare, paid = clause["obligors"]["without_payment"], clause["obligors"]["with_payment"]
    assert bare["critical_discount"] is None
    assert bare["chance"] < 0.05
    assert paid["chance"] > 0.4
    assert clause["members"]["without_payment"]["chance"] > 0.8
    price = found.values["reward"]["g5"]["oil_stocks"]["obligors"]
    assert price["ever"] <= price["written"] <= price["once"] <= price["most"]
    assert all(each.text.zh for each in found.findings)
    assert all(figure.n in {1000, None} for each in found.findings for figure in each.figures.values())
    again = co.analyse(co.load("g5"), "self_enforcement", against=[co.load("g7")], draws=1000)
    assert again.digest == found.digest
