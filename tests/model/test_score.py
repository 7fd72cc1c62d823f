"""Scores: the current version, its history, and flaws of a set."""

import pytest
from pydantic import ValidationError

from comity.model.score import Score, current, flaws, histories


def score(**changes):
    return Score.model_validate(
        {"commitment": "c", "member": "JPN", "value": 0, "assessor": "a", "year": 2022, **changes}
    )


def test_the_latest_version_counts_and_the_earlier_is_kept():
    given = [score(version=2, supersedes=1, value=1), score(), score(assessor="b", value=-1)]
    assert sorted(each.value for each in current(given)) == [-1, 1]
    assert [each.value for each in histories(given)["c", "JPN", "a", ""]] == [0, 1]


@pytest.mark.parametrize("value", [2, -2, 0.5, "full"])
def test_a_score_is_one_of_three(value):
    with pytest.raises(ValidationError):
        score(value=value)


@pytest.mark.parametrize(
    ("given", "field", "what"),
    [
        ([score(), score(value=1)], "version", "stands twice"),
        ([score(version=3)], "supersedes", "version 2, which version 3 replaces, is missing"),
        ([score(), score(version=2, supersedes=2)], "supersedes", "cannot replace"),
        ([score(), score(member="USA", year=2021)], "commitment", "another year"),
        ([score(coder="x")], "coder", "only coder"),
        ([score(since="2022-02-01", until="2022-01-01")], "until", "before it begins"),
    ],
)
def test_what_is_wrong_with_a_set_is_told(given, field, what):
    ((_, named, told, mend),) = flaws(given)
    assert named == field
    assert what in told
    assert mend


def test_a_sound_set_has_no_flaws():
    assert flaws([score(coder="x"), score(coder="y"), score(), score(version=2, supersedes=1)]) == []
