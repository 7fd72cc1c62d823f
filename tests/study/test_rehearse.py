"""The Python door of a rehearsal, its log on disk, and a game taken up again."""

from __future__ import annotations

import json

import pytest

import comity
from comity.kernel.errors import DestinationError, InputError
from comity.model.seat import Answer
from comity.study.rehearse import record, rehearse, resume


def test_a_game_is_kept_on_its_log_and_replayed(tmp_path):
    from comity.rehearsal.parts.game.log import replay

    log = tmp_path / "game.jsonl"
    law = comity.load("g5")
    result = rehearse(law, rounds=3, log=log)
    kept = record(log)
    assert (kept.end, kept.state) == ("rounds", result.values["state"])
    assert len(kept.events) == result.values["events"]
    assert replay(kept, law).number == result.values["events"]


def test_an_interrupted_game_is_taken_up_where_it_stopped(tmp_path):
    """A person stops in round 2; on resuming nothing is asked again that was answered."""
    asked: list[str] = []

    def answering(until):
        def hand(ask):
            if ask.view["round"] == until:
                raise KeyboardInterrupt
            asked.append(ask.id)
            move = ask.moves[-1]
            slots = {
                name: allowed[0] if isinstance(allowed, tuple) else allowed.high for name, allowed in move.slots.items()
            }
            return Answer(ask.id, move.id, slots)

        return lambda _game: {"JPN": hand}

    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    given = {"rounds": 4, "players": {"JPN": "human"}}
    all_of_it = rehearse(comity.load("g5"), log=whole, seated=answering(None), **given)
    asked.clear()
    stopped = rehearse(comity.load("g5"), log=cut, seated=answering(2), **given)
    assert (stopped.values["ended"], stopped.values["rounds"]) == ("interrupted", 1)
    first = list(asked)
    asked.clear()
    gone_on = resume(cut, seated=answering(None))
    assert gone_on.digest == all_of_it.digest
    assert set(first) & set(asked) == set()
    assert cut.read_text(encoding="utf-8") == whole.read_text(encoding="utf-8")


@pytest.mark.parametrize("until", [1, 2, 3, 4, 5])
def test_wherever_it_is_interrupted_there_is_a_result(until):
    def hand(ask):
        if ask.view["round"] == until and ask.about in {"perform", "leave"}:
            raise KeyboardInterrupt
        move = ask.moves[-1]
        slots = {name: each[0] if isinstance(each, tuple) else each.high for name, each in move.slots.items()}
        return Answer(ask.id, move.id, slots)

    result = rehearse(comity.load("g5"), players={"JPN": "human"}, seated=lambda _game: {"JPN": hand}, rounds=6)
    assert (result.values["ended"], result.values["rounds"]) == ("interrupted", until - 1)
    assert result.findings


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_log_cut_off_in_the_middle_of_a_line_goes_on_to_the_same_log(tmp_path, cut):
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    result = rehearse(comity.load("g5"), rounds=4, log=whole)
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    part.write_text("".join(lines[:cut]) + lines[cut][:10], encoding="utf-8")
    assert resume(part).digest == result.digest
    assert part.read_text(encoding="utf-8") == whole.read_text(encoding="utf-8")


def test_a_log_on_which_an_answer_was_changed_is_refused(tmp_path):
    log = tmp_path / "game.jsonl"
    rehearse(comity.load("g5"), rounds=2, log=log)
    lines = log.read_text(encoding="utf-8").splitlines()
    number = next(at for at, text in enumerate(lines) if '"choice":"yes"' in text and "answer" in text)
    entry = json.loads(lines[number])
    entry["answer"]["slots"]["choice"] = "no"
    lines[number] = json.dumps(entry, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    log.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the game now goes differently than on the log"):
        resume(log)


def test_a_log_is_not_written_over_and_must_be_writable(tmp_path):
    law, log = comity.load("g5"), tmp_path / "game.jsonl"
    log.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        rehearse(law, rounds=1, log=log)
    assert log.read_text(encoding="utf-8") == "mine"
    with pytest.raises(DestinationError, match="cannot be written"):
        rehearse(law, rounds=1, log=tmp_path / "nowhere" / "game.jsonl")
    with pytest.raises(InputError, match=r"is no log of a rehearsal|no JSON"):
        resume(log)
    with pytest.raises(InputError, match="cannot be read"):
        resume(tmp_path / "none.jsonl")


def test_a_full_disk_is_said_with_how_far_the_log_is_whole(tmp_path, monkeypatch):
    from comity.study import rehearse as door

    class Full:
        number = 0

        def write(self, _text):
            Full.number += 1
            if Full.number > 50:
                raise OSError(28, "No space left on device")

        def flush(self):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(door, "_opened", lambda _path, _mode: Full())
    with pytest.raises(DestinationError, match=r"No space left on device. It is whole up to line 50"):
        rehearse(comity.load("g5"), rounds=2, log=tmp_path / "game.jsonl")


def test_many_games_are_a_campaign():
    found = rehearse(comity.load("g5"), runs=20, rounds=2)
    assert (found.kind, found.values["runs"]) == ("rehearsal.campaign", 20)
