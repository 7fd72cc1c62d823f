"""A campaign: intervals, workers, interruption, refusals, a folder that is taken up again."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import polars as pl
import pytest

import comity as co
from comity.kernel.errors import InputError, NotComputable
from comity.library.stakes import ground
from comity.rehearsal.parts.campaign import blocks
from comity.rehearsal.parts.campaign.gathering import Sums, mean, ratio, wilson
from comity.rehearsal.parts.game.log import read, replay
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import game
from comity.study.campaign import resume

ROUNDS = 8


@pytest.fixture(scope="module")
def g5():
    return co.load("g5")


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", 50)
    monkeypatch.setattr("comity.study.campaign.SIZE", 50)


@pytest.fixture(scope="module")
def played(g5):
    return co.rehearse(g5, runs=400, rounds=ROUNDS, players={"RUS": "hedger"})


def test_values_carry_intervals_and_name_the_path(played):
    assert played.kind == "rehearsal.campaign"
    assert (played.values["runs"], played.values["path"], played.values["ended"]) == (400, "compiled", "rounds")
    for each in [*played.values["adopted"].values(), played.values["kept"], *played.values["present_value"].values()]:
        assert each["low"] <= each["value"] <= each["high"]
    figure = played.findings[1].figures["kept"]
    assert (figure.n, figure.seed) == (400, 1)
    assert figure.low < figure.value < figure.high


def test_every_mean_of_members_and_issues_has_its_interval(played):
    for table, names in (("members", ("gains", "paid", "received", "texts", "left")), ("adoption", ("first", "text"))):
        for row in played.table(table).rows():
            for name in names:
                value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
                assert (value is None) == (low is None)
                assert value is None or low - 1e-9 <= value <= high + 1e-9
    row = played.table("adoption").rows()[0]
    assert row["first_high"] - row["first_low"] < 1
    paid = {row["member"]: row["paid"] for row in played.table("members").rows()}
    assert paid == pytest.approx({member: each["value"] for member, each in played.values["paid"].items()})


def test_tables_and_charts_stand(played):
    assert {"adoption", "delivery", "responses", "members", "staying", "course", "trust"} == {
        each.name for each in played.tables
    }
    assert {each.name for each in played.charts} == {"adoption", "fan", "trust"}
    assert played.table("staying").frame.height == ROUNDS * 5
    trust = played.table("trust").frame
    hedger = trust.filter(pl.col("member") == "RUS")["value"].mean()
    assert hedger < trust.filter(pl.col("member") == "JPN")["value"].mean()


@pytest.mark.usefixtures("small")
def test_the_result_does_not_depend_on_the_number_of_workers(g5):
    digests = {co.rehearse(g5, runs=230, rounds=ROUNDS, workers=each).digest for each in (1, 2, 3)}
    assert len(digests) == 1


@pytest.mark.usefixtures("small")
def test_an_interrupted_campaign_goes_on_to_the_same_digest(g5, tmp_path):
    whole = co.rehearse(g5, runs=230, rounds=ROUNDS)

    def stop(done, _total, _note):
        if done >= 100:
            raise KeyboardInterrupt

    part = co.rehearse(g5, runs=230, rounds=ROUNDS, to=tmp_path / "mine", progress=stop)
    assert part.values["ended"] == "interrupted"
    assert part.values["runs"] == 100
    assert part.digest != whole.digest
    assert resume(tmp_path / "mine", g5, workers=2).digest == whole.digest
    assert resume(tmp_path / "mine").digest == whole.digest


@pytest.mark.usefixtures("small")
def test_a_folder_holds_runs_and_two_stories(g5, tmp_path):
    result = co.rehearse(g5, runs=60, rounds=ROUNDS, to=tmp_path)
    runs = pl.concat([pl.read_parquet(each) for each in sorted(tmp_path.glob("runs-*.parquet"))])
    assert runs["run"].to_list() == list(range(60))
    share = (runs["adopted.climate_monitoring"] > 0).mean()
    assert share == result.values["adopted"]["climate_monitoring"]["value"]
    for word, run in result.values["notable"].items():
        with (tmp_path / f"{word}.jsonl").open(encoding="utf-8") as file:
            log = read(file, word)
        assert (log.problem.run, log.end) == (run, "rounds")
        state = replay(log, g5)
        problem = log.problem
        again = play(game(problem, g5, ground(problem.stakes), panel=co.panel(year=2025)), blocks.silent)
        assert state == again.driver.state
        row = runs.row(run, named=True)
        stands = {issue: float(text) for issue, text in again.stands.items()}
        assert {each: row[f"text.{each}"] for each in stands} == pytest.approx(stands)
    assert result.caveats[-1].en.startswith("A typical run and the worst one were played again on the law engine")


def test_the_plain_loops_give_the_same_bytes(g5):
    code = (
        "import comity as co; print(co.rehearse(co.load('g5'), runs=4, rounds=6,"
        "players={'RUS': 'hedger'}, shocks=['absent:USA:1/4']).digest)"
    )
    plain = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    here = co.rehearse(g5, runs=4, rounds=6, players={"RUS": "hedger"}, shocks=["absent:USA:1/4"])
    assert plain.stdout.strip() == here.digest


def test_a_player_without_a_table_is_played_on_the_law_engine_or_refused_where_compiled_games_are_asked_for(g5):
    given = {"runs": 2, "rounds": 1, "players": {"JPN": "script"}}
    assert co.analyse(g5, "campaign", **given).values["path"] == "law engine"
    with pytest.raises(NotComputable) as refused:
        co.analyse(g5, "campaign", **given, path="compiled")
    assert str(refused.value).startswith("JPN (script): no table describes this player.")


@pytest.mark.usefixtures("small")
def test_a_folder_of_another_campaign_is_refused(g5, tmp_path):
    co.rehearse(g5, runs=20, rounds=4, to=tmp_path)
    with pytest.raises(InputError, match="holds another campaign"):
        co.rehearse(g5, runs=20, rounds=5, to=tmp_path)
    with pytest.raises(InputError, match="holds no campaign"):
        resume(tmp_path / "nothing")


def test_a_log_is_refused_and_so_are_no_workers(g5, tmp_path):
    with pytest.raises(InputError, match="A log holds one game, not a campaign"):
        co.rehearse(g5, runs=20, log=tmp_path / "log")
    with pytest.raises(InputError, match="0 workers play nothing"):
        co.rehearse(g5, runs=20, workers=0)


def test_more_runs_narrow_the_interval(g5):
    few, many = (
        co.rehearse(g5, runs=each, rounds=ROUNDS, players={"RUS": "hedger"}).values["kept"] for each in (50, 5000)
    )
    assert many["high"] - many["low"] < (few["high"] - few["low"]) / 5


def test_forgetting_changes_trust_alone(g5):
    usual = co.analyse(g5, "campaign", runs=20, rounds=ROUNDS)
    fading = co.analyse(g5, "campaign", runs=20, rounds=ROUNDS, forgets="1/2")
    assert usual.values == fading.values
    assert usual.table("trust").frame["value"].mean() > fading.table("trust").frame["value"].mean()


def test_intervals():
    low, high = wilson(5, 10)
    assert (low, high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    middle, half = mean(30.0, 100.0, 10)
    assert (middle, half) == pytest.approx((3.0, 1.96 / 3))
    assert ratio([8, 10, 64, 100, 80], 1) == pytest.approx((0.8, 0.0), abs=1e-6)
    assert ratio([0, 0, 0, 0, 0], 3) is None


def test_sums_add_in_order():
    import numpy as np

    sums = Sums()
    for runs in (2, 3):
        sums.add({"runs": np.array([runs]), "x": np.array([1.5]), "run.y": np.arange(runs)})
    assert (sums.runs, float(sums.of["x"][0]), sums.column("y").tolist()) == (5, 3.0, [0, 1, 0, 1, 2])


def test_the_analysis_and_the_door_agree(g5, played):
    asked = co.analyse(g5, "campaign", runs=400, rounds=ROUNDS, players={"RUS": "hedger"})
    assert replace(asked, values={}).tables[0].frame.equals(played.tables[0].frame)
    assert asked.values["kept"] == played.values["kept"]
