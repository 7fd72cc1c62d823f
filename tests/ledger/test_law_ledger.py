"""The ledger of the law: every kind of event and rule, and every stage of every clause, has a case that is replayed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import comity
from comity.kernel.family import kind_of
from comity.model.clause import CLAUSES
from comity.model.event import EVENTS
from comity.model.life import STAGES
from comity.model.rule import RULES, Rule
from comity.procedure.case import Replayed, TimePassed, read, replay

FOLDER = Path(comity.__file__).parent / "library" / "cases"
SORTS = {
    "vote", "quorum", "chair", "election", "entry_into_force", "withdrawal", "membership", "clause", "money", "review",
}  # fmt: skip


@cache
def replayed() -> tuple[Replayed, ...]:
    files = sorted(FOLDER.glob("*.yaml"))
    cases = [case for file in files for case in read(file.read_text(encoding="utf-8"), file.name)]
    return tuple(replay(case, comity.load) for case in cases)


def applied() -> set[str]:
    """The kinds of event that some case applies without being told that they are beyond powers or void."""
    found: set[str] = set()
    for case in replayed():
        for event, step in case.steps:
            refused = any(flag.what != "irregular" for flag in step.flags)
            if not isinstance(event, TimePassed) and not refused:
                found.add(getattr(event, "kind"))  # noqa: B009
    return found


def inside(rule: Rule) -> Iterator[Rule]:
    yield rule
    for _, each in rule.inside():
        yield from inside(each)


@pytest.mark.parametrize("kind", EVENTS)
def test_every_kind_of_event_has_a_case(kind: str):
    assert kind in applied()


@pytest.mark.parametrize("kind", RULES.members())
def test_every_kind_of_rule_decides_a_case(kind: str):
    decided = {
        kind_of(type(each))
        for case in replayed()
        for _, step in case.steps
        for found in step.determinations
        if found.rule in case.state.law.rules and found.ruling is not None
        for each in inside(case.state.law.rules[found.rule])
    }
    assert kind in decided


@pytest.mark.parametrize("kind", CLAUSES.members())
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_of_every_type_of_clause_has_a_case(kind: str, stage: str):
    been = {
        each
        for case in replayed()
        for (clause, _), duty in case.state.duties.items()
        if clause in case.state.law.clauses and kind_of(type(case.state.law.clauses[clause])) == kind
        for each in (duty.state, *(name for name, _ in duty.history))
    }
    assert stage in been


def test_every_sort_of_determination_and_flag_has_a_case():
    steps = [step for case in replayed() for _, step in case.steps]
    assert {found.sort for step in steps for found in step.determinations} == SORTS
    assert {flag.what for step in steps for flag in step.flags} == {"ultra_vires", "irregular", "void"}
