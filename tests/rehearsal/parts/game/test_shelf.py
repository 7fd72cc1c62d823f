"""A game kept in a folder round by round: the same rows as its tables, and whole where it was interrupted."""

from __future__ import annotations

import json

import polars as pl
import pytest

import comity
from comity.kernel.errors import InputError
from comity.study.rehearse import resume


def test_the_folder_holds_the_rows_of_every_table_and_the_problem_apart(g5, tmp_path):
    place = tmp_path / "game"
    found = comity.rehearse(g5, rounds=5, shocks=["absent:USA:2"], to=place)
    head = json.loads((place / "problem.json").read_text("utf-8"))
    assert head["digest"] == found.values["problem"]
    assert head["problem"]["rounds"] == 5
    for table in found.tables:
        if table.name == "course" or not table.frame.height:
            continue
        files = sorted((place / table.name).glob("*.parquet"))
        assert files, table.name
        assert pl.concat(pl.read_parquet(each) for each in files).equals(table.frame), table.name
    assert {each.stem for each in (place / "rounds").iterdir()} == {f"{number:06d}" for number in range(1, 6)}


def test_rounds_are_there_before_the_game_ends_and_it_goes_on(g5, tmp_path):
    place, seen = tmp_path / "game", []

    def stop(done, _total, _note):
        seen.append((place / "rounds" / f"{done:06d}.parquet").exists())
        if done == 2:
            raise KeyboardInterrupt

    cut = comity.rehearse(g5, rounds=4, to=place, progress=stop)
    assert (cut.values["ended"], seen) == ("interrupted", [True, True])
    whole = resume(place / "game.jsonl", to=place)
    assert whole.values["ended"] == "rounds"
    straight = comity.rehearse(g5, rounds=4, to=tmp_path / "other")
    assert whole.values == straight.values
    for file in (tmp_path / "other").rglob("*.parquet"):
        assert (place / file.relative_to(tmp_path / "other")).read_bytes() == file.read_bytes()


def test_a_folder_of_something_else_is_refused_before_round_1(g5, tmp_path):
    comity.rehearse(g5, rounds=1, to=tmp_path / "one")
    with pytest.raises(InputError, match="holds another game"):
        comity.rehearse(g5, rounds=2, to=tmp_path / "one")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="is not empty: it holds letter"):
        comity.rehearse(g5, rounds=1, to=tmp_path / "mine")
