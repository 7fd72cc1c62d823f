"""Powers: held by the right members, exercised by the event they name, gone when they lapse."""

import datetime

import pytest

import comity
from comity.model.event import event
from comity.procedure import powers

DAY = datetime.date
DUTY = {"clause": "oil_stocks", "obligor": "JPN"}


def missed():
    state = comity.start(comity.load("g5"))
    found = {"kind": "measured", "on": "2029-01-31", "by": "verifier:secretariat", "value": 80, **DUTY}
    return comity.apply(state, event(found)).state


def held(state, act):
    return [each.holder for each in powers(state) if each.act == act and each.obligor == "JPN"]


def test_a_breach_gives_the_others_the_power_to_give_notice_and_not_the_obligor():
    assert held(missed(), "notice_given") == ["USA", "CHN", "RUS", "IND"]


def test_a_notice_that_was_not_heeded_gives_all_the_power_to_agree_on_other_terms():
    state = comity.apply(
        missed(), event({"kind": "notice_given", "on": "2029-02-01", "by": "member:IND", **DUTY})
    ).state
    assert held(state, "notice_given") == []
    state = comity.advance(state, DAY(2029, 5, 3)).state
    assert held(state, "clause_renegotiated") == ["USA", "CHN", "RUS", "IND", "JPN"]
    until = next(each.until for each in powers(state) if each.obligor == "JPN")
    assert until == DAY(2029, 10, 29)
    assert held(comity.advance(state, until).state, "clause_renegotiated") == []


@pytest.mark.parametrize("member", ["USA", "JPN"])
def test_every_power_is_a_legal_move_and_its_exercise_is_not_flagged(member):
    state = missed()
    own = {each.act for each in powers(state) if each.holder == member and each.obligor == "JPN"}
    moves = [each for each in comity.legal(state, f"member:{member}") if each.kind in own]
    assert {each.kind for each in moves} == own
    for move in moves:
        assert comity.apply(state, event(move.event(f"member:{member}", state.on))).flags == ()


def test_the_view_tells_them():
    assert {"holder": "USA", "act": "notice_given", "until": "2029-07-30", **DUTY} in comity.view(missed())["powers"]
