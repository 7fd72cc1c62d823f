"""Scores of a register, measured as a table of a user is."""

import pytest
from tests.operation.door import founded, say

from comity.kernel.errors import InputError
from comity.study.scored import compliance, scores

GIVEN = {"kind": "score_given", "on": "2029-03-01", "commitment": "oil_stocks", "assessor": "rg", "guideline": "2024"}


def test_scores_come_with_every_version_and_their_year(tmp_path):
    with founded(tmp_path / "g5.db") as register:
        with pytest.raises(InputError, match="No score was given"):
            compliance(register)
        say(register, "secretariat", {**GIVEN, "assessed": "JPN", "score": -1, "until": "2028-12-31"}, "1")
        say(register, "secretariat", {**GIVEN, "assessed": "JPN", "score": 0, "version": 2, "year": 2027}, "2")
        say(register, "secretariat", {**GIVEN, "assessed": "IND", "score": 1}, "3")
        assert [(each.member, each.value, each.year, each.supersedes) for each in scores(register)] == [
            ("JPN", -1, 2028, None),
            ("JPN", 0, 2027, 1),
            ("IND", 1, 2029, None),
        ]
        found = compliance(register, draws=200)
        assert found.values["compliance"] == {"IND": 1, "JPN": 0.5}
        assert found.provenance.figures["scores"]


def test_several_assessors_are_not_averaged(tmp_path):
    with founded(tmp_path / "g5.db") as register:
        for number, assessor in enumerate(("rg", "other")):
            say(register, "secretariat", {**GIVEN, "assessed": "JPN", "score": 1, "assessor": assessor}, str(number))
        with pytest.raises(InputError, match="2 assessors"):
            compliance(register)
        assert compliance(register, assessor="rg", draws=200).values["assessor"] == "rg"
