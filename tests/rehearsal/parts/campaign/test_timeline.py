"""The timelines of a typical and the worst run say what is on the record of the run."""

from __future__ import annotations

import polars as pl
import pytest

import comity as co
from comity.rehearsal.parts.campaign.timeline import DRAWN, LANES, WHAT


@pytest.fixture(scope="module")
def found():
    return co.analyse(co.load("g5"), "campaign", runs=60, rounds=8, timelines=True)


def test_both_runs_are_drawn_beside_their_tables(found):
    assert {"typical", "worst"} <= {each.name for each in found.charts}
    for word in ("typical", "worst"):
        frame = found.table(word).frame
        assert frame["round"].to_list() == sorted(frame["round"].to_list())
        assert set(frame["what"]) <= set(WHAT)
        assert str(found.values["notable"][word]) in found.table(word).title.en


def test_a_timeline_is_the_run_of_the_campaign(found, tmp_path):
    co.rehearse(co.load("g5"), runs=60, rounds=8, to=tmp_path)
    runs = pl.concat([pl.read_parquet(each) for each in tmp_path.glob("runs-*.parquet")])
    for word, run in found.values["notable"].items():
        row = runs.row(run, named=True)
        frame = found.table(word).frame
        texts = frame.filter(pl.col("what") == "adopted")
        assert texts["number"].sum() == sum(row[name] for name in row if name.startswith("adopted."))
        notices = frame.filter(pl.col("what") == "notice")["number"].sum()
        assert notices == sum(row[name] for name in row if name.startswith("notices."))


def test_without_being_asked_nothing_is_played_again():
    plain = co.analyse(co.load("g5"), "campaign", runs=20, rounds=4)
    assert not {"typical", "worst"} & {each.name for each in plain.charts}


def test_every_mark_has_a_shape_and_every_act_of_a_member_a_lane():
    assert set(WHAT) - set(DRAWN) == {"runs"}
    assert {word for lane in LANES for word in lane} == set(WHAT) - {"adopted", "not_adopted", "runs"}
