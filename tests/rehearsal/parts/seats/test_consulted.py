"""A language model in a seat: whole games against a server that misbehaves, budgets, replay, and a key nobody sees."""

from __future__ import annotations

import json
import logging
from functools import partial
from pathlib import Path

import pytest

import comity
from comity.cli import run
from comity.kernel.errors import InputError, SourceError
from comity.rehearsal.parts.seats.endpoint import Reply
from comity.study.rehearse import rehearse, resume

ROUNDS = 2
MODEL = "language_model:model=qwen2.5:7b:seconds=2"


@pytest.fixture
def there(server, key, monkeypatch):
    """The server as the environment names it."""
    monkeypatch.setenv("COMITY_MODEL_URL", server.url)
    monkeypatch.setenv("COMITY_MODEL_KEY", key)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    return server


@pytest.fixture
def game(g5):
    """Plays a game with Japan's seat held by a model."""

    def made(player=MODEL, **given):
        return rehearse(g5, rounds=ROUNDS, players={"JPN": player}, **given)

    return made


def entries(log: Path, name: str):
    return [each[name] for each in map(json.loads, log.read_text(encoding="utf-8").splitlines()) if name in each]


def used(result):
    return result.values["models"]["JPN"]


def test_a_model_plays_a_whole_game(game, there, way, tmp_path):
    there.ways = [way("plays")]
    log = tmp_path / "game.jsonl"
    played = game(log=log)
    count = used(played)
    assert played.values["ended"] == "rounds"
    assert count["model"] == "qwen2.5:7b"
    assert count["asked"] == count["answered"] == count["requests"] == len(there.seen) > 5
    assert (count["fallbacks"], count["spent"]) == (0, "")
    assert (count["tokens_read"], count["tokens_written"]) == (400 * len(there.seen), 20 * len(there.seen))
    assert {body["model"] for body in there.seen} == {"qwen2.5:7b"}
    assert all(set(body) == {"model", "messages", "max_tokens"} for body in there.seen)
    own = [each for each in entries(log, "answer") if each["seat"] == "member:JPN"]
    assert {each["by"] for each in own} == {"seat"}
    assert {each["reason"] for each in own} == {"As I please."}
    table = next(each for each in played.tables if each.name == "models")
    assert table.rows()[0]["asked"] == count["asked"]
    assert any(
        f"(qwen2.5:7b) was to decide {count['asked']} times for Japan; 0 times" in each.text.en
        for each in played.findings
    )
    assert any("only the log of this game repeats it" in each.en for each in played.caveats)


def test_the_log_repeats_the_game_without_the_model_to_the_same_bytes(game, there, way, tmp_path, monkeypatch):
    there.ways = [way("says")("no"), way("cuts"), way("plays"), partial(way("plays"), usage="many"), way("plays")]
    log = tmp_path / "game.jsonl"
    first = game(log=log)
    kept, asked = log.read_bytes(), len(there.seen)
    assert used(first)["fallbacks"] == 1
    for name in ("COMITY_MODEL_URL", "COMITY_MODEL_KEY"):
        monkeypatch.delenv(name)
    again = resume(log)
    assert again.digest == first.digest
    assert again.values == first.values
    assert [each.rows() for each in again.tables] == [each.rows() for each in first.tables]
    assert log.read_bytes() == kept
    assert len(there.seen) == asked


@pytest.mark.parametrize("cut", [0.2, 0.55, 0.9])
def test_a_cut_log_is_taken_up_with_the_model(game, there, way, tmp_path, cut):
    there.ways = [way("plays")]
    log = tmp_path / "game.jsonl"
    first, kept = game(log=log), log.read_bytes()
    log.write_bytes(kept[: int(len(kept) * cut)])
    before = len(there.seen)
    known = len(entries_whole(log))
    assert resume(log).digest == first.digest
    assert log.read_bytes() == kept
    assert len(there.seen) - before == used(first)["asked"] - known


def entries_whole(log: Path):
    whole = log.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    return [each for each in map(json.loads, whole) if "model" in each]


def test_a_cut_log_without_a_model_is_refused_and_kept(game, there, way, tmp_path, monkeypatch):
    there.ways = [way("plays")]
    log = tmp_path / "game.jsonl"
    game(log=log)
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:60]), encoding="utf-8")
    monkeypatch.delenv("COMITY_MODEL_URL")
    with pytest.raises(InputError, match=r"The log ends before question .* and no model is there to go on"):
        resume(log)
    assert log.read_text(encoding="utf-8").startswith("".join(lines[:60]))


def test_a_question_that_changed_is_refused(game, there, way, tmp_path):
    there.ways = [way("plays")]
    log = tmp_path / "game.jsonl"
    game(log=log)
    text = log.read_text(encoding="utf-8")
    digest = entries(log, "model")[2]["digest"]
    log.write_text(text.replace(digest, "0" * 64), encoding="utf-8")
    with pytest.raises(InputError, match=r"The log has an answer to another question"):
        resume(log)


FAULTS = [
    ("says", ("I vote yes.",), "It said nothing that is a JSON object with a move."),
    ("says", ("",), "It said nothing."),
    ("says", (None,), "It said nothing."),
    ("says", ('{"move": "launch"}',), "'launch' is no legal move; there are attend:council-1."),
    ("says", ('{"move": "1", "slots": {"attendance": "walked_out"}}',), "'walked_out' cannot be chosen for attendance"),
    ("says", ('{"move": "1"}',), "The move attend:council-1 leaves attendance open."),
    ("gives", (b"<html>Login</html>",), "what came is no chat completion, 3 times over."),
    ("gives", (b"<html>Bad gateway</html>", 502), "HTTP status 502, 3 times over."),
    ("gives", (b"{}", 429), "HTTP status 429, 3 times over."),
    ("gives", (b"{}", 500), "HTTP status 500, 3 times over."),
    ("says", ("x" * 30_000,), "The model gave an answer of 30000 signs, more than 20000."),
]


@pytest.mark.parametrize(("name", "told", "fault"), FAULTS)
def test_what_is_no_answer_is_counted_and_the_fallback_plays(game, there, way, tmp_path, name, told, fault):
    """Once it fails, then it plays: one fallback, one fault on the log, and the game that the fallback's move makes."""
    failed = [way(name)(*told)] * (3 if "3 times" in fault else 1)
    there.ways = [*failed, way("plays")]
    log = tmp_path / "game.jsonl"
    played = game(log=log)
    own = [each for each in entries(log, "answer") if each["seat"] == "member:JPN"]
    assert fault in own[0]["fault"]
    assert own[0]["by"] == "fallback"
    assert {each["by"] for each in own[1:]} == {"seat"}
    assert own[0]["slots"] == {"attendance": "present"}  # as reciprocate does
    assert (used(played)["fallbacks"], played.values["fallbacks"]) == (1, 1)
    assert used(played)["requests"] == used(played)["asked"] + len(failed) - 1


@pytest.mark.parametrize(("name", "fault"), [("sleeps", "nothing within 1 seconds"), ("cuts", "broke off")])
def test_a_late_answer_and_a_connection_that_breaks_are_counted(game, there, way, tmp_path, name, fault):
    there.ways = [way(name), way("plays")]
    log = tmp_path / "game.jsonl"
    played = game("language_model:model=m:seconds=1:tries=1", log=log)
    assert used(played)["fallbacks"] == 1
    first = next(each for each in entries(log, "answer") if each["seat"] == "member:JPN")
    assert fault in first["fault"]


def test_a_model_that_never_answers_plays_like_the_fallback(game, there, way, g5):
    there.ways = [way("gives")(b"", 500)]
    silent = game("language_model:model=m:tries=1", fallback="free_ride")
    same = rehearse(g5, rounds=ROUNDS, players={"JPN": "free_ride"})
    assert used(silent)["fallbacks"] == used(silent)["asked"] == used(silent)["requests"]
    assert silent.values["state"] == same.values["state"]


def test_the_budget_of_calls_holds_with_those_sent_again(game, there, way, tmp_path):
    there.ways = [way("plays"), way("gives")(b"", 500)]
    log = tmp_path / "game.jsonl"
    played = game("language_model:model=m:calls=5:tries=3", log=log)
    count = used(played)
    assert (len(there.seen), count["requests"], count["answered"], count["spent"]) == (5, 5, 1, "calls")
    assert count["unasked"] == count["asked"] - 3
    assert count["fallbacks"] == count["asked"] - 1
    faults = {each.get("fault") for each in entries(log, "answer")}
    assert "The budget of 5 calls is spent; the model is not asked any more." in faults
    assert any("the budget ran out for Japan." in each.text.en for each in played.findings)


def test_the_budget_of_tokens_is_never_exceeded(game, there, way):
    there.ways = [way("plays")]
    played = game("language_model:model=m:tokens=3000:longest=50")
    count = used(played)
    assert count["spent"] == "tokens"
    assert 0 < count["answered"] < count["asked"]
    assert count["tokens_read"] + count["tokens_written"] <= 3000
    assert len(there.seen) == count["answered"]


def test_no_budget_is_no_call(game, there, way):
    there.ways = [way("plays")]
    assert used(game("language_model:model=m:calls=0"))["fallbacks"] > 0
    assert there.seen == []


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 10**12, "completion_tokens": 1},
        {"prompt_tokens": -5, "completion_tokens": -5},
        {"prompt_tokens": "400", "completion_tokens": 20},
        {"prompt_tokens": 400.5, "completion_tokens": True},
        {"completion_tokens": 20},
        "none",
    ],
)
def test_wrong_usage_is_estimated_from_the_texts_instead(game, there, way, usage):
    there.ways = [partial(way("plays"), usage=usage)]
    count = used(game("language_model:model=m"))
    assert count["estimated"] == count["answered"] == count["asked"]
    sent = sum(len(each["content"].encode()) for body in there.seen for each in body["messages"])
    assert sent / 4 <= count["tokens_read"] <= sent / 4 + len(there.seen)
    assert count["spent"] == ""


def test_a_first_question_that_is_refused_for_good_ends_the_game_at_once(game, there, way):
    there.ways = [way("gives")(b"{}", 404)]
    with pytest.raises(InputError, match=r"HTTP status 404.* Is there a model 'qwen2.5:7b'"):
        game()


def test_a_later_refusal_is_a_fallback_like_others(game, there, way):
    there.ways = [way("plays"), way("gives")(b"{}", 401)]
    count = used(game())
    assert (count["answered"], count["fallbacks"]) == (1, count["asked"] - 1)
    assert count["requests"] == count["asked"]


def test_the_key_stands_nowhere(game, there, way, key, tmp_path, caplog, capsys):
    """A server that sends it back wherever it can."""
    caplog.set_level(logging.INFO)
    move = json.dumps({"move": f"m {key}", "slots": {key: key}, "reason": key})
    there.ways = [
        way("says")(move, {"prompt_tokens": key, "completion_tokens": key}, model=key),
        way("gives")(json.dumps({"error": key}).encode(), 500),
        way("gives")(key.encode(), 400, Location=key, Retry_After=key),
        way("plays"),
    ]
    log = tmp_path / "game.jsonl"
    played = game(log=log)
    shown = json.dumps([played.values, [each.rows() for each in played.tables]], default=str) + repr(played)
    assert key in there.headers[0]["Authorization"]
    assert key not in log.read_text(encoding="utf-8") + shown + caplog.text + "".join(capsys.readouterr())
    assert there.url not in log.read_text(encoding="utf-8") + shown


def test_several_models_hold_several_seats(g5, there, way):
    there.ways = [way("plays")]
    played = rehearse(g5, rounds=2, players={"*": "language_model:model=a", "USA": "language_model:model=b"})
    models = {member: each["model"] for member, each in played.values["models"].items()}
    assert models == {"USA": "b", "CHN": "a", "RUS": "a", "IND": "a", "JPN": "a"}
    assert {body["model"] for body in there.seen} == {"a", "b"}


def test_what_stands_in_the_place_of_an_endpoint_is_asked_the_same(game):
    asked = []

    def passes(request):
        asked.append(request)
        return Reply('{"move": 1}')

    played = game("language_model:model=m:temperature=1/2:limit=max_completion_tokens:longest=77", complete=passes)
    assert len(asked) == used(played)["asked"]
    assert (asked[0].seconds, asked[0].tries) == (60, 3)
    assert (asked[0].body["temperature"], asked[0].body["max_completion_tokens"]) == (0.5, 77)


def test_an_injection_in_what_another_wrote_moves_nothing_by_itself(game, there, way):
    """A model that obeys it answers with what is not on the menu: the fallback plays, and the law stands."""
    there.ways = [way("says")('{"move": "leave", "slots": {"everything": "yes"}, "reason": "I was told to."}')]
    played = game()
    assert used(played)["fallbacks"] == used(played)["asked"]
    assert played.values["exits"] == []


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"player": "language_model"}, InputError, "The language model of JPN has no name. Name it: --model NAME"),
        ({"fallback": MODEL}, InputError, "The fallback 'language_model' does not decide by itself."),
        ({"model_url": "nowhere"}, InputError, "'nowhere' is no URL of a model."),
        ({"model_url": "http://127.0.0.1:9/v1"}, SourceError, "http://127.0.0.1:9/v1, cannot be reached."),
        ({"player": f"{MODEL}:tries=0"}, InputError, "The player 'language_model': tries: input should be greater"),
    ],
)
def test_what_cannot_work_is_said_before_round_1(game, there, tmp_path, given, error, said):
    log = tmp_path / "game.jsonl"
    with pytest.raises(error) as caught:
        game(log=log, **given)
    assert said in str(caught.value)
    assert not log.exists()
    assert there.seen == []


def test_without_an_endpoint_it_is_refused(game, monkeypatch, tmp_path):
    monkeypatch.delenv("COMITY_MODEL_URL", raising=False)
    log = tmp_path / "game.jsonl"
    with pytest.raises(InputError, match="JPN would be played by a language model, and no endpoint is named"):
        game(log=log)
    assert not log.exists()


def test_a_campaign_asks_in_every_game_and_is_played_on_the_law_engine(game, there, way):
    there.ways = [way("plays")]
    played = game(runs=2)
    assert played.values["path"] == "law engine"
    assert len(there.seen) > 5


def test_a_key_that_is_refused_is_said_before_round_1(game, there):
    there.models = 401
    with pytest.raises(InputError, match=r"refuses the key \(HTTP 401\). Set COMITY_MODEL_KEY"):
        game()


def test_from_the_command_line_and_again_from_its_log(there, way, key, tmp_path, capsys, monkeypatch):
    there.ways = [way("plays")]
    monkeypatch.delenv("COMITY_MODEL_URL")
    log = str(tmp_path / "game.jsonl")
    seat = ["--seat", "JPN=language_model:lang=zh", "--model", "qwen2.5:7b", "--model-url", there.url]
    seat += ["--fallback", "grim"]
    assert run(["rehearse", "g5", "--rounds", "2", *seat, "--log", log, "--json"]) == 0
    first = capsys.readouterr()
    told = json.loads(first.out)
    assert told["models"]["JPN"]["fallbacks"] == 0
    assert told["provenance"]["options"]["players"]["JPN"]["model"] == "qwen2.5:7b"
    assert told["provenance"]["options"]["fallback"]["kind"] == "grim"
    assert there.seen[0]["messages"][0]["content"].startswith("你")
    assert run(["rehearse", "--resume", log, "--json"]) == 0
    again = capsys.readouterr()
    assert json.loads(again.out)["digest"] == told["digest"]
    assert key not in first.out + first.err + again.out + again.err
    assert run(["rehearse", "--resume", log, "--model", "another"]) == 2
    assert "--model is too much" in capsys.readouterr().err


def test_a_game_without_models_says_so(g5):
    played = comity.rehearse(g5, rounds=1)
    assert played.values["models"] == {}
    assert "models" not in {each.name for each in played.tables}
