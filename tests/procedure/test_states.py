"""Single steps of the procedure that no case shows by itself: where a state begins, what waits, what a seat sees."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import comity
from comity.model.event import event
from comity.model.institution import Institution
from comity.procedure import State, Step, advance, apply, cite, legal, start, view
from comity.procedure.amending import amended

DAY = datetime.date(2026, 2, 6)


def run(law: Institution, *made: dict[str, Any], on: datetime.date = DAY) -> list[Step]:
    state, steps = start(law, on), list[Step]()
    for each in made:
        steps.append(apply(state, event({"on": on, **each})))
        state = steps[-1].state
    return steps


def tabled(question: str, matter: str, by: str = "member:JPN", **more: Any) -> dict[str, Any]:
    return {"kind": "proposal_tabled", "question": question, "matter": matter, "by": by, **more}


def test_a_state_begins_with_what_is_on_record():
    state = start(comity.load("paris"), DAY)
    assert state.members == tuple(comity.load("paris").members_on(DAY))
    ties = state.treaties["agreement"].ties
    assert ties["USA"].standing(DAY) == "former_party"
    assert ties["USA"].left == datetime.date(2026, 1, 27)
    assert state.next is None or state.next > DAY


def test_what_falls_on_the_day_of_a_change_of_members_is_not_lost():
    """A clause, a treaty and a turn of the membership, all on 1 January 2027."""
    law = amended(
        comity.load("g5"),
        {
            "members": ["USA", "CHN", "RUS", {"state": "IND", "until": "2027-01-01"}, {"state": "BRA", "from": "2027-01-01"}],
            "clauses.oil_stocks.obligor": ["USA"],
            "clauses.oil_stocks.by": "2027-01-01",
            "instruments": {"pact": {"entry_into_force": {"deposits": 1, "delay": "1 day"}}},
        },
    )  # fmt: skip
    state = run(law, {"kind": "deposited", "by": "member:USA", "instrument": "pact", "on": "2026-12-31"})[-1].state
    step = advance(state, datetime.date(2027, 1, 1))
    assert {found.about: found.outcome for found in step.determinations} == {
        "oil_stocks": "unverified",
        "pact": "in_force",
    }
    assert step.state.members == ("USA", "CHN", "RUS", "BRA")


def test_open_ballots_are_secret_and_settled_ones_are_not():
    cast = [
        {"kind": "ballot_cast", "question": "Q", "by": f"member:{member}", "choice": "yes"}
        for member in ("USA", "CHN", "JPN")
    ]
    steps = run(comity.load("g5"), tabled("Q", "energy"), *cast, {"kind": "question_put", "question": "Q"})
    pending, settled = steps[-2].state, steps[-1].state
    assert view(pending, "member:USA")["questions"]["Q"]["ballots"] == {"USA": "yes"}
    assert view(pending, "observer:IMF")["questions"]["Q"]["ballots"] == {}
    assert set(view(pending, "secretariat")["questions"]["Q"]["ballots"]) == {"USA", "CHN", "JPN"}
    assert set(view(settled, "member:USA")["questions"]["Q"]["ballots"]) == {"USA", "CHN", "JPN"}


def test_a_paragraph_of_an_adopted_text_is_cited():
    voted = {"kind": "votes_recorded", "question": "Q", "others": "yes"}
    state = run(comity.load("g5"), tabled("Q", "energy", paragraphs=("first", "")), voted)[-1].state
    assert cite(state, "Q", 1) == "Q, paragraph 1: first"
    assert cite(state, "Q", 2) == "Q, paragraph 2"
    with pytest.raises(KeyError, match="no paragraph 3"):
        cite(state, "Q", 3)


def test_a_move_is_filled_with_what_it_offers():
    state = run(comity.load("g5"), tabled("Q", "energy"))[-1].state
    move = next(each for each in legal(state, "member:IND") if each.id == "vote:Q")
    made = move.event("member:IND", state.on, choice="abstain")
    assert apply(state, event(made)).state.questions["Q"].ballots["IND"] == "abstain"
    with pytest.raises(ValueError, match="cannot be chosen for choice"):
        move.event("member:IND", state.on, choice="perhaps")
    with pytest.raises(ValueError, match="no slot 'colour'"):
        move.event("member:IND", state.on, colour="blue")


def kinds(state: State, seat: str) -> set[str]:
    return {move.kind for move in legal(state, seat)}


def test_what_a_seat_may_do_depends_on_where_it_stands():
    law = comity.load("unga")
    sitting = {"kind": "session_opened", "session": "S", "organ": "plenary"}
    there = {"kind": "attendance_recorded", "session": "S", "absent": ("PRK",), "others": "present"}
    steps = run(law, sitting, there, tabled("Q", "other_question", by="member:NOR"))
    state = steps[-1].state
    assert {"ballot_cast", "motion_moved", "proposal_withdrawn"} <= kinds(state, "member:NOR")
    assert "proposal_withdrawn" not in kinds(state, "member:SWE")
    assert "ballot_cast" not in kinds(state, "member:PRK")
    assert {"question_put", "chair_ruled", "session_closed"} <= kinds(state, "chair")
    assert kinds(state, "member:XKX") == set()
    assert "attendance_recorded" in kinds(state, "secretariat")
    ruled = apply(
        state, event({"kind": "chair_ruled", "on": DAY, "by": "chair", "question": "Q", "outcome": "adopted"})
    )
    assert "ruling_appealed" in kinds(ruled.state, "member:SWE")


def test_a_clause_that_is_due_is_measured_by_its_verifier_and_noticed_by_others():
    state = advance(start(comity.load("g5")), datetime.date(2029, 1, 5)).state
    on = state.on
    assert kinds(state, "verifier:secretariat") == {"measured"}
    assert kinds(state, "verifier:council") == set()
    low = {"kind": "measured", "on": on, "by": "secretariat", "clause": "oil_stocks", "obligor": "JPN", "value": 80}
    breached = apply(state, event(low)).state
    assert "notice_given" in kinds(breached, "member:USA")
    assert "notice_given" not in kinds(breached, "member:JPN")


def test_an_amendment_of_weights_that_are_shared_reaches_every_rule_that_names_them():
    law = amended(comity.load("ndb"), {"weights.shares.values": {"BRA": 6, "RUS": 1, "IND": 1, "CHN": 1, "ZAF": 1}})
    ballots: dict[str, Any] = dict.fromkeys(law.members_on(law.as_of), "no") | {"BRA": "yes"}
    assert law.decide("simple", ballots, on=law.as_of).adopted
    assert not comity.load("ndb").decide("simple", ballots, on=law.as_of).adopted


def test_amending_nothing_leaves_the_charter_as_it_was():
    for name in ("g5", "imf", "unsc", "ndb"):
        law = comity.load(name)
        assert amended(law, {}).digest == law.digest


def test_time_runs_by_the_hour_where_hours_count():
    law = comity.load("g5")
    at = datetime.datetime(2026, 2, 6, 12, tzinfo=datetime.UTC)
    steps = run(
        law,
        tabled("Q", "energy"),
        {"kind": "silence_started", "question": "Q", "within": "2 hours", "at": at},
        {"kind": "objection_made", "question": "Q", "by": "member:USA", "at": at + datetime.timedelta(minutes=119)},
    )
    assert steps[-1].determinations == ()
    ended = advance(steps[-1].state, at + datetime.timedelta(hours=2))
    assert [(found.outcome, found.facts["broken_by"]) for found in ended.determinations] == [("not_adopted", ["USA"])]


REPLAYED = """
from pathlib import Path
import json, sys
import comity
from comity.procedure import legal, view
from comity.procedure.case import read, replay
told = []
for file in sorted(Path(sys.argv[1]).glob("*.yaml")):
    if file.stem in {"clauses", "consensus", "money"}:
        for case in read(file.read_text(encoding="utf-8"), file.name):
            done = replay(case, comity.load)
            steps = [step for _, step in done.steps]
            told.append([repr(step.determinations) for step in steps])
            told.append([repr(step.flags) for step in steps])
            told.append([json.dumps(view(done.state)), [move.id for move in legal(done.state, "chair")]])
print(json.dumps(told))
"""


def test_what_is_told_and_its_order_is_the_same_in_every_process():
    """Maps keep no order of their own; what is shown must not depend on how this process hashes names."""
    import os
    import subprocess
    import sys
    from pathlib import Path

    folder = Path(comity.__file__).parent / "library" / "cases"
    told = {
        subprocess.run(
            [sys.executable, "-c", REPLAYED, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        ({"amends": {"rules.majority.at_least": "5/3"}}, "can never be reached"),
        ({"amends": {"rules": {}}}, "there is no rule"),
        ({"amends": {"issues.energy.rule": "nope"}}, "the matter energy has no rule or organ"),
        ({"expels": "BRA"}, "BRA is not a member"),
    ],
)
def test_an_effect_that_no_decision_can_have_is_void_when_it_is_tabled(effect, says):
    state = comity.start(comity.load("g5"))
    tabled = {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q", "matter": "energy"}
    step = comity.apply(state, comity.event({**tabled, "effect": effect}))
    assert [flag.what for flag in step.flags] == ["void"]
    assert says in step.flags[0].says.en
    assert "Q" not in step.state.questions
