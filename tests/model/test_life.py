"""The life of clauses: every table is sound as a machine."""

import pytest

from comity.model.clause import CLAUSES
from comity.model.life import FINAL, STAGES

TABLES = [pytest.param(spec.LIFE, id=kind) for kind, spec in CLAUSES.members().items()]


@pytest.mark.parametrize("life", TABLES)
def test_every_stage_can_be_reached_and_no_final_stage_is_left(life):
    reached, front = {"pending"}, ["pending"]
    while front:
        stage = front.pop()
        following = {step.to for (here, _), step in life.items() if here == stage} - reached
        reached |= following
        front += following
    assert reached == set(STAGES)
    assert not {here for here, _ in life} & FINAL


@pytest.mark.parametrize("life", TABLES)
def test_every_stage_that_waits_answers_when_the_wait_is_over(life):
    for step in life.values():
        if step.wait:
            over = {"lapsed"} if step.to != "noticed" else {"renegotiate", "suspend", "pay"}
            assert over <= {signal for stage, signal in life if stage == step.to}, step


@pytest.mark.parametrize("life", TABLES)
def test_from_every_stage_an_end_can_be_reached(life):
    ends = set(FINAL)
    for _ in STAGES:
        ends |= {stage for (stage, _), step in life.items() if step.to in ends}
    assert ends == set(STAGES)
