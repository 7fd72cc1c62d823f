"""Script: the first line that fits and is legal."""

import pytest
from pydantic import ValidationError

from comity.players.script import Script


def test_a_line_is_played_in_its_round_and_on_its_issue(ask):
    script = Script(lines=[{"about": "table", "round": 3, "on": "energy", "slots": {"text": "62.5"}}])
    assert script.choose(ask("table", round=3)).slots == {"text": "62.5"}
    assert script.choose(ask("table", round=2)).slots == {"text": 80}
    assert script.choose(ask("table", round=3, issue="ai_arms")).slots == {"text": 80}


def test_a_line_that_is_not_legal_is_passed_over(ask):
    lines = [{"about": "vote", "slots": {"choice": "perhaps"}}, {"about": "vote", "move": "objection_made"}]
    assert Script(lines=lines).choose(ask("vote")).move == "object:Q"
    assert Script(lines=lines[:1]).choose(ask("vote")).slots == {"choice": "yes"}


def test_it_can_let_pass(ask):
    assert Script(lines=[{"about": "pay", "move": "pass"}]).choose(ask("pay")).move == "pass"


def test_an_unknown_question_is_refused():
    with pytest.raises(ValidationError):
        Script(lines=[{"about": "lunch"}])
