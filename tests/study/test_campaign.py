"""The door of campaigns: paths, processes, folders, interruption, a full disk, a cluster, what is refused."""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from fractions import Fraction

import polars as pl
import pytest

import comity as co
from comity.kernel.errors import DestinationError, InputError, NotComputable, UnknownName
from comity.rehearsal.parts.campaign import blocks, bodies
from comity.rehearsal.parts.workers.playing import Workers
from comity.study.campaign import resume, saved

ROUNDS, RUNS = 2, 5
PLAYER = """
from typing import Literal
from comity.model.player import Player
from comity.model.policy import Policy, answer

class Stranger(Player):
    kind: Literal["stranger"] = "stranger"

    def choose(self, ask):
        return answer(Policy(), ask)

def complete(request):
    from comity.rehearsal.parts.seats.endpoint import Reply
    return Reply('{"move": 1}', "", 1, {}, "here")
"""


@pytest.fixture(scope="module")
def g5():
    return co.load("g5")


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", 50)
    monkeypatch.setattr("comity.study.campaign.SIZE", 50)


@pytest.fixture
def other(tmp_path, monkeypatch):
    """A player of somebody else, and a model, in a module that other processes can import."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "strangers.py").write_text(PLAYER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "code"))
    yield importlib.import_module("strangers")
    sys.modules.pop("strangers", None)


@pytest.fixture(scope="module")
def scripted(g5):
    return co.rehearse(g5, runs=RUNS, rounds=ROUNDS, players={"JPN": "script"})


def test_a_script_is_played_on_the_law_engine_and_the_result_says_so(scripted):
    assert (scripted.values["runs"], scripted.values["path"]) == (RUNS, "law engine")
    assert scripted.findings[-1].text.en == (
        "Every run was played on the law engine, one game after the other. JPN (script): no table describes this player."
    )
    assert "JPN（script）" in scripted.findings[-1].text.of("zh")


def test_the_law_engine_and_compiled_games_give_the_same_tables(g5):
    compiled = co.rehearse(g5, runs=RUNS, rounds=ROUNDS, discount="5 %", forgets="1/4")
    on_law = co.rehearse(g5, runs=RUNS, rounds=ROUNDS, discount="5 %", forgets="1/4", path="law")
    assert compiled.findings[-1].text.en.startswith("The runs are compiled games")
    assert [each.name for each in on_law.tables] == [each.name for each in compiled.tables]
    for one, two in zip(on_law.tables, compiled.tables, strict=True):
        if one.name == "course":
            continue  # quantiles of gains are read from a tally whose bounds differ
        for name in one.frame.columns:
            mine, its = one.frame[name], two.frame[name]
            assert mine.is_null().to_list() == its.is_null().to_list()
            if mine.dtype == pl.Float64:
                assert mine.drop_nulls().to_list() == pytest.approx(its.drop_nulls().to_list(), rel=1e-9, abs=1e-4)
            else:
                assert mine.to_list() == its.to_list()


def test_processes_come_to_the_same_digest(g5, scripted):
    assert co.rehearse(g5, runs=RUNS, rounds=ROUNDS, players={"JPN": "script"}, workers=2).digest == scripted.digest


def test_a_player_that_somebody_else_registered_plays_in_processes(scripted, other, tmp_path):
    assert other
    told = tmp_path / "code" / "strangers-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: strangers\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text("[comity.players]\nstranger = strangers:Stranger\n", encoding="utf-8")
    asked = ["rehearse", "g5", "--runs", str(RUNS), "--rounds", str(ROUNDS), "--players", "JPN=stranger"]
    command = [sys.executable, "-c", "from comity.cli import main; main()", *asked, "--workers", "2", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert (found["path"], found["played_by"]) == ("law engine", "2 processes")
    assert found["adopted"] == scripted.values["adopted"]


def test_runs_on_the_law_engine_are_kept_one_by_one_and_go_on(g5, scripted, tmp_path):
    def stop(done, _total, _note):
        if done == 2:
            raise KeyboardInterrupt

    given = {"runs": RUNS, "rounds": ROUNDS, "players": {"JPN": "script"}, "to": tmp_path / "mine"}
    part = co.rehearse(g5, **given, progress=stop)
    assert (part.values["runs"], part.values["ended"]) == (2, "interrupted")
    assert len(list((tmp_path / "mine" / "games").glob("block-*.npz"))) == 2
    told: list[int] = []
    whole = resume(tmp_path / "mine", progress=lambda done, _total, _note: told.append(done))
    assert (whole.digest, told) == (scripted.digest, [1, 2, 3, 4, 5])
    runs = pl.read_parquet(tmp_path / "mine" / "runs-000000.parquet")
    assert runs["run"].to_list() == list(range(RUNS))
    assert {each.name for each in (tmp_path / "mine").glob("*.jsonl")} == {"typical.jsonl", "worst.jsonl"}


def test_a_charter_that_cannot_be_compiled_is_played_with_the_reason(g5, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_LEAVERS", 2)
    everybody = {"*": "walk_out:patience=1:leaves_after=2"}
    found = co.rehearse(g5, runs=2, rounds=1, players=everybody)
    assert found.values["path"] == "law engine"
    assert "members may leave; compiled games take at most 2" in found.findings[-1].text.en
    with pytest.raises(NotComputable, match="no table describes this player"):
        co.rehearse(g5, runs=2, rounds=1, players={"JPN": "script"}, path="compiled")


def test_a_language_model_is_asked_once_and_its_games_are_repeated_without_it(g5, other, tmp_path, monkeypatch):
    monkeypatch.delenv("COMITY_MODEL_URL", raising=False)
    given = {"runs": 2, "rounds": 1, "players": {"JPN": "language_model:model=m"}}
    found = co.rehearse(g5, **given, to=tmp_path / "mine", complete=other.complete)
    assert found.values["path"] == "law engine"
    logs = sorted((tmp_path / "mine" / "logs").glob("run-*.jsonl"))
    assert [each.name for each in logs] == ["run-000000.jsonl", "run-000001.jsonl"]
    for each in (tmp_path / "mine" / "games").iterdir():
        each.unlink()

    def silent(_request):
        raise AssertionError

    again = co.rehearse(g5, **given, to=tmp_path / "mine", complete=silent)
    assert again.digest == found.digest
    with pytest.raises(InputError, match="no endpoint is named"):
        co.rehearse(g5, **given)


@pytest.mark.usefixtures("small")
def test_everything_the_result_follows_from_is_taken_from_the_folder(g5, tmp_path):
    given = {"runs": 60, "rounds": 4, "discount": "7 %", "forgets": "1/3", "players": {"RUS": "hedger"}, "seed": 5}
    terms = {"periods": 2, "reward": "20 million USD"}
    found = co.rehearse(g5, **given, terms=terms, shocks=["absent:USA:1/4"], to=tmp_path / "mine")
    assert resume(tmp_path / "mine").digest == found.digest
    head = saved(tmp_path / "mine")
    assert (head.asked.discount, head.asked.forgets, head.problem.terms.periods) == (
        Fraction(7, 100),
        Fraction(1, 3),
        2,
    )
    with pytest.raises(InputError, match=r"holds another campaign: discount \(7/100, not 3/100\)"):
        co.rehearse(g5, **{**given, "discount": "3 %"}, terms=terms, shocks=["absent:USA:1/4"], to=tmp_path / "mine")


@pytest.mark.usefixtures("small")
def test_a_block_that_is_not_whole_is_played_again(g5, tmp_path):
    found = co.rehearse(g5, runs=120, rounds=3, to=tmp_path)
    place = tmp_path / "sums-000001.parquet"
    place.write_bytes(place.read_bytes()[:100])
    assert resume(tmp_path).digest == found.digest


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"players": {"JPN": "human"}}, InputError, "A person cannot play 1,000 games, and JPN would have to"),
        ({"players": {"JPN": "sulk"}}, UnknownName, "There is no player 'sulk'"),
        ({"players": {"JPN": "concede:speed=x"}}, InputError, "The player 'concede'"),
        ({"discount": "2"}, InputError, "discount: 2 is not from 0 to 1"),
        ({"forgets": "much"}, InputError, "forgets"),
        ({"path": "fast"}, UnknownName, "There is no path 'fast'"),
        ({"stakes": "nothing"}, UnknownName, "nothing"),
        ({"workers": 2, "cluster": "tcp://x:1"}, InputError, "Either 2 processes here play"),
        ({"outcome": "paid"}, InputError, "Nothing is varied"),
        ({"players": {"JPN": "language_model:model=m"}, "cluster": "tcp://x:1"}, InputError, "asked from this machine"),
    ],
)
def test_what_cannot_be_played_is_said_before_round_1(g5, options, error, told):
    with pytest.raises(error) as refused:
        co.rehearse(g5, **{"runs": 1000, "rounds": 2, **options}, progress=lambda *_: pytest.fail("it began"))
    assert told in str(refused.value)


def test_a_full_disk_is_said_and_blocks_that_are_whole_stay(tmp_path):
    """The limit on the size of a file stands for the end of the disk: the runs of a block do not fit, its sums would."""
    code = (
        "import resource, sys, comity as co;"
        "co.rehearse(co.load('g5'), runs=20, rounds=2, players={'JPN': 'script'}, to=sys.argv[1],"
        "progress=lambda done, *_: done == 2 and resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)))"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)
    place = tmp_path / "mine"
    done = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=False)
    assert "DestinationError" in done.stderr
    assert "The blocks in it are whole" in done.stderr
    assert not list(place.rglob("*.part"))
    assert len(list((place / "games").glob("block-*.npz"))) == 2


def test_a_folder_that_cannot_be_written_is_said_before_round_1(g5, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DestinationError, match="cannot be written"):
        co.rehearse(g5, runs=1000, to=tmp_path / "file", progress=lambda *_: pytest.fail("it began"))


def test_parts_are_varied_at_this_door(g5):
    vary = ["shocks.absent.USA=0..1/2", "terms.periods=1..3"]
    found = co.rehearse(g5, runs=30, rounds=3, vary=vary, points=2, discount="5 %")
    assert (found.kind, found.values["plays"], found.values["runs"]) == ("rehearsal.experiment", "institution", 30)
    assert {"response", "swings"} & {each.name for each in found.tables}
    asked = co.analyse(g5, "experiment", plays="institution", runs=30, rounds=3, vary=vary, points=2, discount="5 %")
    assert asked.digest == found.digest
    with pytest.raises(InputError, match="One run of each setting shows no difference"):
        co.rehearse(g5, vary=vary)


@pytest.mark.filterwarnings("ignore")
class TestCluster:
    """A real scheduler with two worker processes on this machine."""

    @pytest.fixture
    def cluster(self, other):
        assert other
        dask = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
        with dask.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
            yield made

    def test_a_worker_is_killed_in_the_middle_and_nothing_is_lost(self, cluster, g5, scripted, tmp_path):
        import distributed

        with distributed.Client(cluster, set_as_default=False) as client:
            processes = list(client.run(os.getpid).values())

        def kill(done, _total, _note):
            if done == 1:
                os.kill(processes[0], signal.SIGKILL)

        address = cluster.scheduler_address
        given = {"rounds": ROUNDS, "players": {"JPN": "script"}, "cluster": address}
        assert co.rehearse(g5, runs=RUNS, **given, progress=kill).digest == scripted.digest
        compiled = co.rehearse(g5, runs=10_500, rounds=ROUNDS, cluster=address, to=tmp_path / "mine")
        assert compiled.digest == co.rehearse(g5, runs=10_500, rounds=ROUNDS).digest
        assert resume(tmp_path / "mine", workers=Workers(2)).digest == compiled.digest

    def test_nobody_there_is_said_before_round_1(self, g5, monkeypatch):
        pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
        monkeypatch.setattr("comity.rehearsal.parts.workers.playing._CALL", 1)
        with pytest.raises(InputError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
            co.rehearse(g5, runs=100, rounds=2, cluster="tcp://127.0.0.1:9")
