"""A state asks to join: decided under the charter's rule, seated with its stakes, and refused where there is no way."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError
from comity.rehearsal.game import shock
from comity.rehearsal.parts.game.joining import matter, welcome
from comity.rehearsal.parts.game.log import header, line, read, replay

FRA = {"what": "accedes", "by": "FRA", "round": 2, "player": "hedger"}
WELCOMING = {"*": "hold_out:share=0"}


def test_the_matter_is_one_that_the_rule_of_accession_decides(g5):
    assert g5.issues[matter(g5)].rule == g5.accession.rule
    sco = comity.load("sco")
    assert matter(sco) == "accession"
    assert matter(comity.load("g7")) is None


def test_whoever_is_admitted_sits_down_with_its_stakes_and_player(played, grounds):
    line_ = [{"about": "vote", "round": 2, "slots": {"choice": "yes"}}]
    given = {"shocks": [FRA], "rounds": 5, "players": {"*": {"kind": "script", "lines": line_}}}
    game, log = played(**given)
    (row,) = game.ledger.accessions
    assert (row["outcome"], row["yes"], row["rule"]) == ("adopted", 5, "consensus")
    assert "FRA" in game.members
    assert game.driver.player("FRA").kind == "hedger"
    assert all(
        ("FRA" in topic.wants) == (grounds.stand(name, "FRA") is not None) for name, topic in game.topics.items()
    )
    assert {row["member"] for row in game.ledger.votes if row["round"] > 2} >= {"FRA"}
    owed = [each for entry in log if "event" in entry for each in [entry["event"]] if each.kind == "measured"]
    assert "FRA" in {each.obligor for each in owed}
    kept = read([line(header(game.problem)), *(line(entry) for entry in log)], "log")
    assert replay(kept, comity.load("g5")) == game.driver.state
    _, other = played(**given, known=kept.answers)
    assert [line(each) for each in other] == [line(each) for each in log]
    assert [entry for entry in log if "flags" in entry] == []


def test_one_objection_keeps_a_state_out_where_accession_takes_consensus(played):
    veto = {"what": "vetoes", "by": "CHN", "round": 2}
    game, log = played(shocks=[FRA, veto], rounds=4, players=WELCOMING)
    (row,) = game.ledger.accessions
    assert row["outcome"] == "not_adopted"
    assert row["no"] + row["objects"] >= 1
    assert "FRA" not in game.members
    assert [entry for entry in log if "flags" in entry] == []


def test_a_state_that_is_refused_may_knock_again(played):
    veto = {"what": "vetoes", "by": "CHN", "round": 2}
    game, _ = played(shocks=[{**FRA, "lasts": 3}, veto], rounds=4, players=WELCOMING)
    assert [row["round"] for row in game.ledger.accessions][:2] == [2, 3]


def test_a_newcomer_is_welcome_by_what_it_wants(played):
    game, _ = played(rounds=1)
    shares = {member: welcome(game, member, "FRA") for member in game.members}
    assert all(share is None or share == 1 or -1 <= share < 0 for share in shares.values())
    assert welcome(game, "USA", "USA") == 1


@pytest.mark.parametrize(
    ("charter", "what", "said"),
    [
        ("g5", "accedes:USA:2", "USA is a member already"),
        ("g7", "accedes:IND:2", "no matter by a rule of accession"),
        ("g5", "accedes:FRA:2:player=human", "cannot follow"),
    ],
)
def test_who_cannot_join_is_said_before_round_1(played, charter, what, said):
    with pytest.raises(InputError, match=said):
        played(comity.load(charter), shocks=[shock(what)])


def test_nobody_joins_that_nobody_knows(g5):
    with pytest.raises(InputError, match="XQQ is no state that is known"):
        comity.rehearse(g5, rounds=2, shocks=["accedes:XQQ:2"])


def test_an_accession_is_told_and_many_games_are_played_with_it(g5):
    found = comity.rehearse(g5, rounds=3, shocks=["accedes:FRA:2"])
    assert any("France asked to join" in each.text.en for each in found.findings)
    assert any("法国申请加入" in each.text.of("zh") for each in found.findings)
    assert next(each for each in found.tables if each.name == "accessions").frame.height == 1
    many = comity.rehearse(g5, rounds=3, runs=2, shocks=["accedes:FRA:2"])
    assert many.values["path"] == "law engine"


def test_whoever_joined_may_owe_what_a_later_decision_creates(g5):
    from comity.procedure.amending import with_clauses

    owed = {"kind": "report", "issue": "energy", "obligor": ["FRA"], "by": "2027-01-01"}
    clause = {"stocks": {**owed, "verified": {"by": "secretariat", "every": "6 months"}}}
    with pytest.raises(InputError, match="FRA owes a clause but is not a member"):
        with_clauses(g5, clause)
    made = with_clauses(g5, clause, joined=("USA", "FRA"))
    assert "FRA" in made.clauses["stocks"].obligor
    assert made.members == g5.members
