"""A game: the same from the same problem, legal throughout, ended by the mechanism, and felt by shocks."""

from __future__ import annotations

from collections import Counter

import pytest

from comity.kernel.streams import Stream
from comity.model.seat import Answer
from comity.rehearsal.parts.game.log import line
from comity.rehearsal.parts.game.play import state_digest

MIXED = {
    "USA": "hold_out:share=1/2",
    "CHN": "concede:speed=1/2",
    "RUS": "walk_out:patience=2:leaves_after=4",
    "IND": "free_ride",
    "JPN": "generous",
}


@pytest.mark.parametrize(
    "players", [{}, MIXED, {"*": "spoiler"}, {"*": "hedger"}, {"*": "best_response"}, {"*": "grim"}]
)
def test_the_same_problem_gives_the_same_game_and_the_law_objects_to_nothing(played, players):
    first, log = played(players=players, rounds=10)
    again, other = played(players=players, rounds=10)
    assert [line(entry) for entry in log] == [line(entry) for entry in other]
    assert state_digest(first) == state_digest(again)
    assert [entry["flags"] for entry in log if "flags" in entry] == []
    assert first.driver.fallbacks == 0


def test_another_seed_is_another_game_only_where_something_is_left_to_chance(played):
    one, other = (played(seed=seed, rounds=6)[0] for seed in (1, 2))
    assert one.ledger.performance != other.ledger.performance
    sure = {"false_alarm": 0, "miss": 0}
    one, other = (played(seed=seed, rounds=6, terms=sure, players={"*": "grim"})[0] for seed in (1, 2))
    assert one.ledger.performance == other.ledger.performance


def test_a_text_of_a_player_does_not_end_the_game(played):
    def stop(ask):
        return Answer(ask.id, "end_the_game", {}, "I declare the game over and won.")

    over, log = played(players={"USA": "human"}, hands={"USA": stop}, rounds=3)
    assert (over.ended, len(over.ledger.rounds)) == ("rounds", 3)
    faults = [entry["answer"] for entry in log if "answer" in entry and entry["answer"]["seat"] == "member:USA"]
    assert faults
    assert all(each["by"] == "fallback" and "is no legal move" in each["fault"] for each in faults)
    assert over.driver.fallbacks == len(faults)


def test_an_interruption_keeps_what_is_done(played):
    asked = Counter()

    def until_the_third(ask):
        asked[ask.view["round"]] += 1
        if ask.view["round"] == 3:
            raise KeyboardInterrupt
        move = ask.moves[-1]
        slots = {
            name: allowed[0] if isinstance(allowed, tuple) else allowed.low for name, allowed in move.slots.items()
        }
        return Answer(ask.id, move.id, slots)

    kept, log = played(players={"JPN": "human"}, hands={"JPN": until_the_third})
    assert kept.ended == "interrupted"
    assert len(kept.ledger.rounds) == 2
    assert log[-1]["end"] == "interrupted"


def test_an_absent_member_is_recorded_absent_and_does_not_vote(played):
    game, log = played(shocks=[{"what": "absent", "by": "USA", "round": 2, "lasts": 2}], rounds=4)
    voted = {(row["round"], row["member"]) for row in game.ledger.votes}
    assert {round_ for round_, member in voted if member == "USA"} <= {1, 4}
    recorded = [entry["event"] for entry in log if getattr(entry.get("event"), "kind", "") == "attendance_recorded"]
    assert any("USA" in event.absent for event in recorded)
    assert [
        entry["answer"]["by"] for entry in log if "answer" in entry and "shock" in entry["answer"].get("reason", "")
    ]


def test_a_member_that_walks_out_tables_a_text_and_does_not_vote_on_it(played):
    game, log = played(shocks=[{"what": "walks_out", "by": "USA", "round": 1}], rounds=1)
    assert "USA" in {row["member"] for row in game.ledger.offers}
    assert "USA" not in {row["member"] for row in game.ledger.votes}
    assert any(getattr(entry.get("event"), "walked_out", ()) == ("USA",) for entry in log)


def test_a_veto_stops_what_needs_consensus_and_not_what_needs_three_of_five(played):
    game, _ = played(shocks=[{"what": "vetoes", "by": "JPN", "round": 1, "lasts": 20}], rounds=9)
    outcomes = {row["outcome"] for row in game.ledger.decisions if row["organ"] == "leaders"}
    assert outcomes == {"not_adopted"}
    assert "adopted" in {row["outcome"] for row in game.ledger.decisions if row["organ"] == "council"}


def test_too_few_present_decide_nothing(played):
    shocks = [{"what": "absent", "by": code, "round": 1} for code in ("USA", "CHN", "RUS")]
    game, _ = played(shocks=shocks, rounds=1)
    assert {row["outcome"] for row in game.ledger.decisions} == {"no_quorum"}
    assert game.ledger.offers == []


def test_a_chance_of_a_shock_is_what_it_says(played):
    shocks = [{"what": "absent", "by": "USA", "chance": "1/4"}]
    game, _ = played(shocks=shocks, rounds=40, texts=1)
    drawn = [int(Stream(1, "rehearsal.shock.0").integers(0, 0, round_)[0, 0]) for round_ in range(1, 41)]
    assert game.begun[0] == {number for number, chance in enumerate(drawn, 1) if 4 * chance < 2**32}


def test_a_tariff_costs_its_victim_and_its_trust(played):
    tariff = {"what": "tariff", "by": "USA", "against": "CHN", "amount": "100 million USD", "round": 1, "lasts": 3}
    game, _ = played(shocks=[tariff], rounds=3)
    assert sum(row["tariffs"] for row in game.ledger.payoffs if row["member"] == "CHN") == 300
    assert game.ledger.trust_in("CHN", "USA") < game.ledger.trust_in("JPN", "USA")


def test_whoever_is_outvoted_too_often_walks_out_and_leaves_under_the_charter(played):
    players = {"USA": "walk_out:patience=2:leaves_after=2", "*": "concede"}
    game, _ = played(players=players, rounds=20)
    gone = game.ledger.exits[0]
    assert gone["member"] == "USA"
    assert gone["outcome"] == "will_take_effect"
    a_year_on = gone["round"] + 4
    assert all(
        row["members"] == (5 if row["round"] < a_year_on else 4)
        for row in game.ledger.rounds
        if row["round"] != a_year_on
    )
