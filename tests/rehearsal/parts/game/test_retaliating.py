"""Tariffs are answered as the player in the seat answers, and a new government may take them back."""

from __future__ import annotations

import pytest

import comity
from comity.rehearsal.parts.game.log import header, line, read, replay

TARIFF = {"what": "tariff", "by": "USA", "against": "CHN", "amount": "100 million USD", "round": 2, "lasts": 3}
HOW = "retaliates=yes"


def _lost(game, member):
    return [row["tariffs"] for row in game.ledger.payoffs if row["member"] == member]


@pytest.mark.parametrize(
    ("player", "answered"),
    [("reciprocate", [0, 100, 100, 100, 0, 0]), ("grim", [0, 100, 100, 100, 100, 100]), ("hedger", [0] * 6)],
)
def test_each_kind_of_player_answers_in_its_own_way(played, player, answered):
    given = {"shocks": [TARIFF], "players": {"CHN": player}, "rounds": 6}
    game, log = played(**given, conduct=HOW)
    assert _lost(game, "CHN") == [0, 100, 100, 100, 0, 0]
    assert _lost(game, "USA") == answered
    assert bool(game.ledger.grudges["USA", "CHN"]) == any(answered)
    kept = read([line(header(game.problem)), *(line(entry) for entry in log)], "log")
    assert replay(kept, comity.load("g5")) == game.driver.state
    _, other = played(**given, conduct=HOW, known=kept.answers)
    assert [line(each) for each in other] == [line(each) for each in log]


def test_without_it_nobody_answers(played):
    game, _ = played(shocks=[TARIFF], rounds=4)
    assert _lost(game, "USA") == [0, 0, 0, 0]


def test_a_new_government_takes_back_what_the_old_one_levied_unless_it_never_forgives(played):
    long = {**TARIFF, "lasts": 9}
    for player, lost in (("concede", [0, 100, 100, 0, 0]), ("grim", [0, 100, 100, 100, 100])):
        election = {"what": "election", "by": "USA", "round": 4, "player": player}
        game, _ = played(shocks=[long, election], rounds=5, conduct=HOW)
        assert _lost(game, "CHN") == lost
        assert (game.taken_back == {0: 4}) == (player == "concede")


def test_answers_are_told(g5):
    shocks = [TARIFF, {"what": "election", "by": "USA", "round": 4, "player": "concede"}]
    found = comity.rehearse(g5, rounds=5, shocks=shocks, conduct=HOW)
    told = " ".join(each.text.en for each in found.findings)
    assert "the United States levies a tariff on China (round 2)" in told
    assert "in answer China levies a tariff on the United States (round 2)" in told
    assert "the United States takes back its tariff on China (round 4)" in told
    assert "作为回应，中国对美国加征关税（第2轮）" in " ".join(each.text.of("zh") for each in found.findings)


def test_many_games_count_the_answers(g5):
    found = comity.rehearse(g5, rounds=3, runs=2, shocks=[TARIFF], conduct=HOW)
    assert found.values["path"] == "law engine"


def test_a_note_is_told_to_the_one_it_is_for_and_changes_nothing_else(played):
    from comity.model.seat import Answer
    from comity.rehearsal.game import shock

    seen: list[tuple[int, str]] = []

    def hand(ask):
        seen.append((ask.view["round"], str(ask.view.get("notes", ""))))
        return Answer(ask.id, "pass") if ask.moves[-1].id == "pass" else quiet(ask)

    def quiet(ask):
        move = next(each for each in ask.moves if each.slots)
        return Answer(ask.id, move.id, {n: v[0] if isinstance(v, tuple) else v.high for n, v in move.slots.items()})

    note = shock("note:JPN:2:text=Reuters: prices rise")
    given = {"rounds": 3, "players": {"JPN": "human"}, "hands": {"JPN": hand}}
    game, _ = played(**given, shocks=[note])
    assert {text for round_, text in seen if round_ == 2} == {"Reuters: prices rise"}
    assert {text for round_, text in seen if round_ != 2} == {""}
    other, _ = played(**given)
    assert other.stands == game.stands
    assert other.driver.state == game.driver.state
