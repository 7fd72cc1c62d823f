"""The command ``observe compliance``: one object as JSON, and refusals with their exit code."""

import json

from comity.cli import run

ROWS = "commitment,member,value,assessor,year\nc1,JPN,1,rg,2022\nc2,JPN,0,rg,2022\nc1,USA,0,rg,2022\n"


def test_a_table_of_scores_is_answered(tmp_path, capsys):
    file = tmp_path / "scores.csv"
    file.write_text(ROWS)
    assert run(["observe", "compliance", str(file), "--of", "g7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["compliance"] == {"JPN": 0.75, "USA": 0.5}


def test_a_wrong_score_is_refused_with_its_place(tmp_path, capsys):
    file = tmp_path / "scores.csv"
    file.write_text(ROWS.replace("c2,JPN,0", "c2,JPN,0.5"))
    assert run(["observe", "compliance", str(file), "--of", "g7"]) == 2
    assert "scores.csv:3:3  value" in capsys.readouterr().err
