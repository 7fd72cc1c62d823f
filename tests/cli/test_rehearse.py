"""``comity rehearse``: a game, a person in a seat, a log, and what is refused."""

from __future__ import annotations

import io
import json

import pytest

from comity.cli import run
from comity.cli.rehearse import named
from comity.kernel.errors import InputError


def test_a_game_is_one_json_object(capsys):
    assert run(["rehearse", "g5", "--rounds", "3", "--players", "USA=hold_out,*=reciprocate", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["rounds"], told["ended"]) == ("rehearsal.game", 3, "rounds")
    assert told["provenance"]["options"]["players"]["USA"]["kind"] == "hold_out"


def test_a_person_is_asked_and_the_game_is_kept_when_it_quits(capsys, monkeypatch, tmp_path):
    log = tmp_path / "game.jsonl"
    monkeypatch.setattr("sys.stdin", io.StringIO("9\n1\n1\n2\n1\ntry 50\nstate\nquit\n"))
    assert run(["rehearse", "g5", "--rounds", "2", "--seat", "JPN=human", "--log", str(log), "--json"]) == 130
    shown = capsys.readouterr()
    assert json.loads(shown.out)["ended"] == "interrupted"
    assert "Round 1 of 2, Japan. Does it come to the session?" in shown.err
    assert "Council; Three of five members" in shown.err
    assert "better or as good: United States, China, Russia, India, Japan" in shown.err
    assert f"Go on: comity rehearse --resume {log}" in shown.err
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["rehearse", "--resume", str(log), "--json"]) == 130
    answers = [
        json.loads(line)["answer"] for line in log.read_text(encoding="utf-8").splitlines() if '"answer"' in line
    ]
    own = [each for each in answers if each["seat"] == "member:JPN"]
    assert [each["about"] for each in own][:2] == ["attend", "vote"]


def test_an_answer_that_is_not_legal_is_asked_again(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nperhaps\n1\n1\n"))
    assert run(["rehearse", "g5", "--rounds", "1", "--seat", "USA=human"]) == 130
    assert "'perhaps' cannot be chosen for attendance; choose among present, absent." in capsys.readouterr().err


def test_it_speaks_chinese(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n1\n"))
    run(["rehearse", "g5", "--rounds", "1", "--seat", "USA=human", "--lang", "zh"])
    shown = capsys.readouterr()
    assert "是否出席会议" in shown.err
    assert "推演" in shown.out


@pytest.mark.parametrize(
    ("tokens", "code", "said"),
    [
        (["g5", "--players", "USA=hold_on"], 2, "Did you mean hold_out"),
        (["g5", "--players", "USA=grim", "--seat", "USA=human"], 2, "The seat USA is named twice: grim and human."),
        (["g5", "--seat", "JPN"], 2, "'JPN' names no player of a seat."),
        (["g5", "--stakes", "nothing"], 2, "nothing"),
        (["g5", "--shock", "absent:USA"], 2, "'absent:USA' is no shock."),
        ([], 2, "No charter is named."),
        (["--resume", "x.jsonl", "--log", "y.jsonl"], 2, "The game goes on in x.jsonl; --log is too much."),
        (["--resume", "x.jsonl"], 2, "x.jsonl cannot be read"),
        (["unga"], 3, "has 193 members"),
    ],
)
def test_what_cannot_be_played_is_refused_before_round_1(capsys, tokens, code, said):
    assert run(["rehearse", *tokens]) == code
    assert said in capsys.readouterr().err


def test_seats_are_read_one_by_one_or_joined():
    assert named(["USA=grim", "CHN=concede:speed=1/2,*=hedger"], []) == {
        "USA": "grim",
        "CHN": "concede:speed=1/2",
        "*": "hedger",
    }
    with pytest.raises(InputError, match="names no player"):
        named(["=grim"], [])


def test_a_game_goes_on_under_the_conduct_it_began_with(capsys, tmp_path):
    place = tmp_path / "game"
    assert run(["rehearse", "g5", "--rounds", "2", "--conduct", "delay=1,cap=1/2", "--to", str(place), "--json"]) == 0
    log = str(place / "game.jsonl")
    assert (place / "rounds" / "000002.parquet").exists()
    assert run(["rehearse", "--resume", log, "--conduct", "delay=2"]) == 2
    assert "--conduct delay=2 contradicts what" in (said := capsys.readouterr().err)
    assert "delay=1,cap=1/2" in said
    assert run(["rehearse", "--resume", log, "--to", str(place), "--conduct", "delay=1,cap=1/2", "--json"]) == 0
