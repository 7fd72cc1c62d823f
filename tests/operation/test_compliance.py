"""Judgements that were recorded, measured: versions, coders, guidelines."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.kernel.errors import InputError
from comity.model.compliance import measure
from comity.model.score import current, flaws
from comity.operation.compliance import by_guideline, scores
from comity.operation.register import Register
from comity.operation.signing import Key

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
SEATS = ("register", "secretariat", "observer:RG")
KEYS = {seat: Key.of(seat, bytes([number]) * 32) for number, seat in enumerate(SEATS, 1)}


@pytest.fixture
def register(tmp_path: Path):
    with Register.new(tmp_path / "r.db", comity.load("g5"), "g5", keys=KEYS, now=NOW) as made:
        yield made


def judge(register: Register, commitment: str, member: str, score: int, **more: Any) -> None:
    event = {
        "kind": "score_given", "on": "2026-03-01", "commitment": commitment, "assessed": member, "score": score,
        "assessor": "RG", "guideline": "2024", "year": 2025, **more,
    }  # fmt: skip
    said = register.statement("observer:RG", event, request=str(register.size)).signed(KEYS["observer:RG"])
    register.submit(said, now=NOW)


def test_every_version_is_kept_and_the_newest_counts(register: Register):
    laid = {
        "kind": "evidence_submitted",
        "on": "2026-03-01",
        "evidence": "E1",
        "digest": "ab" * 32,
        "title": "x",
        "source": "y",
    }
    register.submit(register.statement("observer:RG", laid, request="e").signed(KEYS["observer:RG"]), now=NOW)
    judge(register, "c1", "JPN", 0, evidence=["E1"], round="interim", issue="energy")
    judge(register, "c1", "JPN", 1, version=2, round="final", issue="energy")
    judge(register, "c2", "USA", -1)
    found = scores(register)
    assert [(each.commitment, each.value, each.version, each.supersedes, each.round) for each in found] == [
        ("c1", 0, 1, None, "interim"), ("c1", 1, 2, 1, "final"), ("c2", -1, 1, None, ""),
    ]  # fmt: skip
    assert found[0].evidence == ("ab" * 32,)
    assert (found[0].given, found[0].year, found[0].issue) == (datetime.date(2026, 3, 1), 2025, "energy")
    assert flaws(found) == []
    assert [each.value for each in current(found)] == [1, -1]
    told = measure(found, draws=200)
    assert {member: mean.mean for member, mean in told.members.items()} == {"JPN": 1, "USA": -1}
    assert list(told.changed) == [("c1", "JPN", "RG", "")]


def test_two_coders_and_their_agreement_under_each_guideline(register: Register):
    readings = {"c1": (1, 1), "c2": (0, 0), "c3": (-1, -1), "c4": (1, 0)}
    for commitment, pair in readings.items():
        for coder, value in zip(("x", "y"), pair, strict=True):
            judge(register, commitment, "JPN", value, coder=coder)
    for coder, value in (("x", 1), ("y", 1)):
        judge(register, "c9", "USA", value, coder=coder, guideline="2026")
    parts = by_guideline(scores(register), draws=200)
    assert list(parts) == ["2024", "2026"]
    (coded,) = parts["2024"].coded
    assert coded.coders == ("x", "y")
    assert 0.5 < coded.agreement.alpha < 1
    assert set(parts["2026"].members) == {"USA"}
    assert parts["2024"].from_coders == 4


def test_a_judgement_moves_with_its_history_to_the_guideline_of_its_newest_version(register: Register):
    judge(register, "c1", "JPN", 0)
    judge(register, "c2", "JPN", 0)
    judge(register, "c1", "JPN", 1, version=2, guideline="2026")
    parts = by_guideline(scores(register), "RG", draws=200)
    assert list(parts) == ["2024", "2026"]
    assert [len(each) for each in parts["2026"].changed.values()] == [2]
    assert parts["2024"].changed == {}


def test_without_scores_there_is_nothing_to_measure(register: Register):
    assert scores(register) == []
    with pytest.raises(InputError, match=r"There are no scores\."):
        by_guideline([])
    with pytest.raises(InputError, match="There are no scores of RG"):
        by_guideline([], "RG")
