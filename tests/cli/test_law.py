"""``comity law``: a replay in both languages, and what is told where a case does not come out."""

from __future__ import annotations

from pathlib import Path

from comity.cli import run

CASE = """cases:
  - id: Paris, the United States leaves
    facts: Notice reached the depositary on the first day on which it could.
    said: C.N.575.2019.TREATIES-XXVII.7.d
    seen: quoted
    basis: happened
    given: {charter: paris, on: 2019-01-01, changes: {}}
    events:
      - {kind: withdrawal_notified, on: 2019-11-04, by: "member:USA", instrument: agreement}
      - {kind: time_passed, to: 2020-11-05}
    then:
      - {about: agreement, outcome: effective, on: DAY}
"""


def test_a_case_is_replayed_in_both_languages(tmp_path: Path, capsys):
    file = tmp_path / "own.yaml"
    file.write_text(CASE.replace("DAY", "2020-11-04"), encoding="utf-8")
    assert run(["law", str(file), "--lang", "both"]) == 0
    shown = capsys.readouterr().out
    assert "comes out as told" in shown
    assert "与预期一致" in shown
    assert "美国：通知退出" in shown


def test_what_did_not_come_out_is_counted_and_told_line_by_line(tmp_path: Path, capsys):
    file = tmp_path / "own.yaml"
    file.write_text(CASE.replace("DAY", "2021-11-04"), encoding="utf-8")
    assert run(["law", str(file)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "1 expectation did not come out:"
    assert told[1].endswith("nearest: agreement effective on 2020-11-04: on is 2020-11-04, not 2021-11-04")


def test_a_file_without_cases_is_refused(tmp_path: Path, capsys):
    file = tmp_path / "none.yaml"
    file.write_text("cases: []\n", encoding="utf-8")
    assert run(["law", str(file)]) == 2
    assert "none.yaml has no cases." in capsys.readouterr().err


def test_a_seat_that_is_none_is_told_how_seats_are_written(tmp_path: Path, capsys):
    file = tmp_path / "seat.yaml"
    file.write_text(CASE.replace("member:USA", "USA").replace("DAY", "2020-11-04"), encoding="utf-8")
    assert run(["law", str(file)]) == 2
    assert "'USA' is no seat  Write member:JPN, chair" in capsys.readouterr().err


def test_a_charter_is_found_beside_the_case(tmp_path: Path, capsys):
    assert run(["new", "own-paris", "--from", "paris", "--to", str(tmp_path / "own-paris.yaml")]) == 0
    file = tmp_path / "own.yaml"
    file.write_text(
        CASE.replace("charter: paris", "charter: own-paris.yaml").replace("DAY", "2020-11-04"), encoding="utf-8"
    )
    assert run(["law", str(file)]) == 0
    assert "comes out as told" in capsys.readouterr().out
