"""Talks: every text is kept and scored, concessions are counted, and only the charter's rule adopts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

import comity
from comity.model.seat import Answer


def test_every_text_is_kept_and_scored_against_each_member(played):
    game, _ = played(rounds=6)
    scored = {(row["question"], row["member"]) for row in game.ledger.scores}
    assert scored == {(offer["question"], member) for offer in game.ledger.offers for member in game.members}
    for offer in game.ledger.offers:
        rows = [row for row in game.ledger.scores if row["question"] == offer["question"]]
        assert offer["accept"] == sum(row["accepts"] for row in rows)
        assert offer["judged"] == 5


def test_a_concession_is_what_the_own_text_gives_up(played):
    game, _ = played(players={"*": "concede"}, rounds=20)
    by_member: dict[tuple[str, str], list[dict]] = {}
    for row in game.ledger.concessions:
        by_member.setdefault((row["issue"], row["member"]), []).append(row)
    longer = [rows for rows in by_member.values() if len(rows) > 1]
    assert longer
    for rows in longer:
        for before, after in pairwise(rows):
            if after["gave"] and before["round"] < after["round"]:
                assert after["gave"] == pytest.approx(before["asks"] - after["asks"])
    assert sum(row["gave"] for row in game.ledger.concessions) > 0


def test_what_is_adopted_follows_from_the_rule_and_the_votes(played):
    game, _ = played(rounds=10)
    votes: dict[str, dict[str, str]] = {}
    for row in game.ledger.votes:
        votes.setdefault(row["question"], {})[row["member"]] = row["choice"]
    for offer in game.ledger.offers:
        if offer["outcome"] == "withdrawn":
            assert offer["question"] not in votes
            continue
        topic = game.topics[offer["issue"]]
        rule = game.driver.state.law.issues[topic.matter].rule
        ruling = game.driver.state.law.decide(rule, votes[offer["question"]], on=game.driver.state.on)
        assert offer["outcome"] == ruling.outcome


def test_a_new_text_stands_where_the_old_one_stood(played):
    game, _ = played(rounds=20)
    latest = {offer["issue"]: offer["text"] for offer in game.ledger.offers if offer["outcome"] == "adopted"}
    assert {issue: float(text) for issue, text in game.stands.items()} == latest


def test_a_person_tables_any_text_on_the_scale(played):
    def say(ask):
        if ask.about == "table":
            return Answer(ask.id, ask.moves[0].id, {"text": "41.7"})
        move = ask.moves[-1]
        slots = {
            name: allowed[0] if isinstance(allowed, tuple) else allowed.high for name, allowed in move.slots.items()
        }
        return Answer(ask.id, move.id, slots)

    game, _ = played(players={"USA": "human"}, hands={"USA": say}, rounds=1)
    assert {offer["text"] for offer in game.ledger.offers if offer["member"] == "USA"} == {float(Fraction("41.7"))}


def test_a_person_sees_who_accepts_and_its_own_wishes_only(played):
    seen = []

    def look(ask):
        seen.append(ask)
        move = ask.moves[-1]
        slots = {
            name: allowed[0] if isinstance(allowed, tuple) else allowed.high for name, allowed in move.slots.items()
        }
        return Answer(ask.id, move.id, slots)

    game, _ = played(players={"JPN": "human"}, hands={"JPN": look}, rounds=2)
    votes = [ask for ask in seen if ask.about == "vote"]
    assert votes
    for ask in seen:
        assert ask.seat == "member:JPN"
        assert "wants" not in ask.view
        for question in ask.view["institution"]["questions"].values():
            assert question["status"] != "open" or set(question["ballots"]) <= {"JPN"}
    assert set(votes[0].view["readout"]) == set(game.members)


@pytest.mark.parametrize("name", ["g7", "g20", "unsc", "brics", "asean", "gcf"])
def test_shipped_institutions_can_be_rehearsed_and_nothing_is_flagged(played, name):
    law = comity.load(name)
    game, log = played(law, rounds=3)
    assert [entry["flags"] for entry in log if "flags" in entry] == []
    assert len(game.ledger.rounds) == 3
    assert game.ledger.offers
