"""``comity rehearse --runs``: every option of a campaign, its JSON, its folder, and what is refused."""

from __future__ import annotations

import json

import pytest

from comity.cli import run

BASE = ["rehearse", "g5", "--runs", "20", "--rounds", "3"]


@pytest.fixture
def told(capsys):
    """The JSON of a command that went well."""

    def ask(*tokens):
        assert run([*tokens, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def test_runs_seconds_digest_path_and_summary_are_in_the_json(told):
    found = told(*BASE, "--workers", "2")
    assert (found["kind"], found["runs"], found["rounds"], found["path"]) == ("rehearsal.campaign", 20, 3, "compiled")
    assert found["seconds"] > 0
    assert found["played_by"] == "2 threads"
    assert len(found["digest"]) == 64
    assert {"adopted", "kept", "delivered", "present_value", "enough", "notable"} <= set(found)


def test_the_digest_does_not_depend_on_who_plays(told):
    assert told(*BASE)["digest"] == told(*BASE, "--workers", "3")["digest"]


@pytest.mark.parametrize(
    "option",
    [
        ["--seed", "7"],
        ["--discount", "1/2"],
        ["--forgets", "1/2"],
        ["--players", "RUS=spoiler"],
        ["--shock", "absent:USA:1/2"],
        ["--every", "24 months"],
        ["--items", "1"],
        ["--texts", "1"],
        ["--reward", "20 million USD"],
        ["--rounds", "4"],
        ["--runs", "30"],
    ],
)
def test_each_option_of_the_problem_changes_the_result_and_stands_in_the_provenance(told, option):
    plain = told(*BASE)
    assert told("rehearse", "g5", *_with(option))["digest"] != plain["digest"]


def _with(option):
    """The usual options, with one of them replaced or added."""
    given = {"--runs": "20", "--rounds": "3", option[0]: option[1]}
    return [each for pair in given.items() for each in pair]


def test_the_path_is_chosen(told):
    short = ["rehearse", "g5", "--runs", "2", "--rounds", "1"]
    fast, slow = told(*short, "--path", "compiled"), told(*short, "--path", "law")
    assert (fast["path"], slow["path"]) == ("compiled", "law engine")
    assert (slow["played_by"], slow["adopted"]) == ("1 process", fast["adopted"])


def test_the_fallback_is_named(told):
    short = ["rehearse", "g5", "--runs", "2", "--rounds", "1", "--fallback", "hold_out"]
    assert told(*short)["provenance"]["options"]["fallback"]["kind"] == "hold_out"


def test_a_folder_is_taken_up_with_all_it_follows_from(told, capsys, tmp_path):
    place = str(tmp_path / "mine")
    options = ["--discount", "1/10", "--forgets", "1/5", "--players", "RUS=hedger", "--reward", "20 million USD"]
    first = told(*BASE, *options, "--shock", "absent:USA:1/4", "--to", place)
    assert told("rehearse", "--resume", place)["digest"] == first["digest"]
    same = ["--runs", "20", "--discount", "10 %", "--players", "RUS=hedger", "--shock", "absent:USA:1/4"]
    assert told("rehearse", "--resume", place, *same)["digest"] == first["digest"]
    for odd, said in (
        (["--runs", "30"], "--runs 30 contradicts what"),
        (["--discount", "1/20"], "--discount 1/20 contradicts what"),
        (["--forgets", "0"], "--forgets 0 contradicts what"),
        (["--rounds", "4"], "--rounds 4 contradicts what"),
        (["--players", "RUS=grim"], "--players RUS=grim contradicts what"),
        (["--reward", "30 million USD"], "--reward 30 million USD contradicts what"),
        (["--every", "9 months"], "--every 9 months contradicts what"),
        (["--shock", "absent:USA:1/2"], "--shock absent:USA:1/2 contradicts what"),
        (["--seed", "2"], "--seed 2 contradicts what"),
        (["--path", "law"], "--path law contradicts what"),
        (["--to", "elsewhere"], "--to and --vary are too much"),
        (["--log", "x.jsonl"], "--log is too much"),
    ):
        assert run(["rehearse", "--resume", place, *odd]) == 2
        assert said in capsys.readouterr().err


def test_a_log_of_one_game_refuses_what_belongs_to_many_and_what_contradicts_it(capsys, tmp_path):
    log = str(tmp_path / "one.jsonl")
    assert run(["rehearse", "g5", "--rounds", "1", "--log", log]) == 0
    for odd, said in ((["--runs", "5"], "is the log of one game"), (["--rounds", "2"], "--rounds 2 contradicts what")):
        assert run(["rehearse", "--resume", log, *odd]) == 2
        assert said in capsys.readouterr().err


def test_parts_are_varied_at_this_door(told):
    vary = ["--vary", "clauses.oil_stocks.reward.amount=0..500 million USD 2024", "--vary", "shocks.absent.USA=0..1/2"]
    found = told(*BASE, *vary, "--design", "latin_hypercube", "--points", "4", "--outcome", "adopted")
    assert (found["kind"], found["design"], found["runs"], found["path"]) == (
        "rehearsal.experiment", "latin_hypercube", 20, "compiled",
    )  # fmt: skip
    assert found["settings"] == 1 + 4 + 4
    less = told(*BASE, "--instead", "clauses.oil_stocks.reward=none")
    assert "instead" in less["differences"]


@pytest.mark.parametrize(
    ("tokens", "code", "said"),
    [
        (["--players", "USA=hold_on"], 2, "Did you mean hold_out"),
        (["--players", "USA=grim", "--seat", "USA=hedger"], 2, "The seat USA is named twice"),
        (["--players", "FRA=grim"], 2, "FRA"),
        (["--players", "USA=concede:speed=-1"], 2, "The player 'concede'"),
        (["--seat", "JPN=human"], 2, "A person cannot play 20 games"),
        (["--seat", "JPN=language_model", "--model", "m"], 2, "no endpoint is named"),
        (["--seat", "JPN=language_model", "--model", "m", "--model-url", "http://127.0.0.1:9/v1"], 5, "127.0.0.1:9"),
        (["--stakes", "nothing"], 2, "nothing"),
        (["--workers", "0"], 2, "0 workers play nothing"),
        (["--workers", "2", "--cluster", "tcp://x:1"], 2, "Either 2 processes here play"),
        (["--discount", "2"], 2, "discount: 2 is not from 0 to 1"),
        (["--design", "grid"], 2, "Nothing is varied"),
        (["--vary", "clauses.oil.reward=0..1"], 2, "oil_stocks"),
        (["--vary", "shocks.absent.USA=0..2"], 2, "a chance is no more than 1"),
        (["--log", "x.jsonl"], 2, "A log holds one game"),
    ],
)
def test_what_cannot_be_played_is_refused_before_round_1(capsys, monkeypatch, tokens, code, said):
    monkeypatch.delenv("COMITY_MODEL_URL", raising=False)
    assert run([*BASE, *tokens]) == code
    assert said in capsys.readouterr().err
