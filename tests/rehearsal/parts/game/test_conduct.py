"""The conduct of business: written on a line, frozen with the problem, and off unless it is asked for."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError, NotComputable
from comity.rehearsal.parts.game.conduct import Conduct, conduct, shown
from comity.rehearsal.parts.game.log import header, line, read, replay


def test_what_is_written_is_read_and_shown_again():
    assert conduct("delay=2") == Conduct(delay=2)
    assert conduct(shown(Conduct(delay=3))) == Conduct(delay=3)
    assert shown(Conduct()) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [("delay", "'delay' is no part"), ("speed=2", "speed: there is no such"), ("delay=99", "delay")],
)
def test_what_cannot_be_read_is_said(written, said):
    with pytest.raises(InputError, match=said):
        conduct(written)


def test_at_its_defaults_it_changes_no_digest(played):
    game, _ = played(rounds=1)
    assert "conduct" not in game.problem.model_dump()
    assert played(rounds=1, conduct="delay=0")[0].problem.digest == game.problem.digest
    assert played(rounds=1, conduct="delay=1")[0].problem.digest != game.problem.digest


def test_compiled_games_refuse_it_and_many_games_then_play_on_the_law_engine():
    with pytest.raises(NotComputable, match="a conduct of business with delay=2"):
        comity.rehearse(comity.load("g5"), runs=2, rounds=2, conduct="delay=2", path="compiled")
    found = comity.rehearse(comity.load("g5"), runs=2, rounds=2, conduct="delay=2")
    assert found.values["path"] == "law engine"


def test_reports_come_as_many_rounds_later_as_was_asked(played):
    sure = {"false_alarm": 0, "miss": 0}
    late, log = played(conduct="delay=2", terms=sure, rounds=9, players={"IND": "spoiler:sort=total"})
    assert late.ledger.performance
    assert {row["round"] - row["done"] for row in late.ledger.performance} == {2}
    assert min(row["round"] for row in late.ledger.breaches) >= 4
    usual, _ = played(terms=sure, rounds=9, players={"IND": "spoiler:sort=total"})
    first = [min(row["round"] for row in each.ledger.breaches) for each in (usual, late)]
    assert first[1] == first[0] + 2
    assert {each.round for each in late.verdicts} == {8, 9}
    costs = [row["cost"] for row in late.ledger.payoffs if row["round"] == first[0] and row["member"] == "JPN"]
    assert costs == [row["cost"] for row in usual.ledger.payoffs if row["round"] == first[0] and row["member"] == "JPN"]
    kept = read([line(header(late.problem)), *(line(entry) for entry in log)], "log")
    assert replay(kept, comity.load("g5")) == late.driver.state
    _, other = played(
        conduct="delay=2", terms=sure, rounds=9, players={"IND": "spoiler:sort=total"}, known=kept.answers
    )
    assert [line(each) for each in other] == [line(each) for each in log]
    assert [entry for entry in log if "flags" in entry] == []
