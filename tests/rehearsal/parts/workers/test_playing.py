"""Who plays: the same bytes whoever does, nothing lost where one dies, and a folder to go on from."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import signal
import sys
from itertools import count as counting
from pathlib import Path

import numpy as np
import pytest

import comity as co
from comity.kernel.errors import Cancelled, DestinationError, InputError, NotComputable
from comity.rehearsal.parts.experiment import games
from comity.rehearsal.parts.experiment.looks import block
from comity.rehearsal.parts.experiment.problem import frozen
from comity.rehearsal.parts.varying.setting import Setting
from comity.rehearsal.parts.workers.blocks import figures_digest, jobs
from comity.rehearsal.parts.workers.playing import Workers, play
from comity.study.ask import inputs, wanting

RUNS, SIZE = 600, 100
DYING = """
import os, time
from pathlib import Path
from comity.rehearsal.parts.experiment import games
from comity.rehearsal.parts.experiment.looks import block as plain

def block(problem, first, count):
    once = Path({flag!r})
    if first == 300 and not once.exists():
        once.touch()
        os._exit(9)
    return plain(problem, first, count)

def always(problem, first, count):
    os._exit(9)

def slow(problem, first, count):
    time.sleep(0.15)
    return plain(problem, first, count)
"""


@pytest.fixture(scope="module")
def problems():
    given = wanting(inputs(co.load("g5")))
    now = Setting(given.institution, given.wanted(), given.actors)
    settings = [now, now.changed([("shocks.absent.JPN", "1/4")])]
    return [frozen(given, each, "oil_stocks", looks_played=12, every="look") for each in settings]


@pytest.fixture(scope="module")
def expected(problems):
    return figures_digest(arrays for _, arrays in play(block, problems, RUNS, Workers(size=SIZE)))


@pytest.fixture
def other(tmp_path, monkeypatch):
    """Blocks in a module that other processes can import: one dies once, one always, one is slow."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "dying_blocks.py").write_text(DYING.format(flag=str(tmp_path / "died")), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "code"))
    sys.modules.pop("dying_blocks", None)
    yield importlib.import_module("dying_blocks")
    sys.modules.pop("dying_blocks", None)


def played(workers, problems, block=block, runs=RUNS):
    return [arrays for _, arrays in play(block, problems, runs, workers)]


def test_runs_are_cut_into_blocks_in_their_order():
    cut = jobs(2, 250, 100)
    assert [(job.number, job.problem, job.first, job.count) for job in cut] == [
        (0, 0, 0, 100), (1, 0, 100, 100), (2, 0, 200, 50), (3, 1, 0, 100), (4, 1, 100, 100), (5, 1, 200, 50),
    ]  # fmt: skip


def test_two_processes_come_to_the_same_bytes_as_one(problems, expected):
    assert figures_digest(played(Workers(2, size=SIZE), problems)) == expected


def test_the_size_of_blocks_does_not_change_a_run(problems):
    whole = [np.concatenate([a["worth"], b["worth"]]) for a, b in [played(Workers(size=300), problems[:1])]]
    cut = np.concatenate([each["worth"] for each in played(Workers(size=SIZE), problems[:1])])
    assert whole[0].tobytes() == cut.tobytes()


def test_a_process_that_dies_loses_nothing(problems, expected, other, tmp_path):
    found = played(Workers(2, size=SIZE), problems, other.block)
    assert (tmp_path / "died").exists()
    assert figures_digest(found) == expected


def test_processes_that_always_die_are_not_renewed_for_ever(problems, other):
    with pytest.raises(NotComputable, match="Worker processes died 4 times") as refused:
        played(Workers(2, size=SIZE), problems[:1], other.always)
    assert "fewer workers" in refused.value.mend
    assert not multiprocessing.active_children()


def test_what_is_done_is_kept_where_the_user_interrupts_and_taken_up_again(problems, expected, tmp_path):
    folder, asked = tmp_path / "kept", counting()
    with pytest.raises(Cancelled, match="Interrupted after 400 of 1,200 runs") as stopped:
        played(Workers(size=SIZE, folder=folder, cancelled=lambda: next(asked) == 3), problems)
    assert str(folder) in stopped.value.mend
    assert len(list(folder.glob("block-*.npz"))) >= 4
    fresh: list[int] = []

    def noting(problem, first, count):
        fresh.append(first)
        return block(problem, first, count)

    noting.__module__, noting.__qualname__ = block.__module__, block.__qualname__
    assert figures_digest(played(Workers(size=SIZE, folder=folder), problems, noting)) == expected
    assert len(fresh) <= 8
    assert figures_digest(played(Workers(size=SIZE, folder=folder), problems, noting)) == expected
    assert len(fresh) <= 8


def test_without_a_folder_the_interrupted_are_told_of_one(problems):
    with pytest.raises(Cancelled) as stopped:
        played(Workers(size=SIZE, cancelled=lambda: True), problems)
    assert "--keep FOLDER" in stopped.value.mend


def test_ctrl_c_in_the_middle_keeps_what_is_done(problems, expected, tmp_path):
    folder = tmp_path / "kept"

    def interrupted(done, _total, _note):
        if done == 3 * SIZE:
            raise KeyboardInterrupt

    with pytest.raises(Cancelled):
        played(Workers(2, size=SIZE, folder=folder, progress=interrupted), problems)
    assert len(list(folder.glob("block-*.npz"))) >= 3
    assert not list(folder.glob("*.part"))
    assert figures_digest(played(Workers(2, size=SIZE, folder=folder), problems)) == expected


def test_a_file_that_is_not_whole_is_played_again(problems, expected, tmp_path):
    folder = tmp_path / "kept"
    played(Workers(size=SIZE, folder=folder), problems)
    first, second, third, *_ = sorted(folder.glob("block-*.npz"))
    first.write_bytes(first.read_bytes()[:200])
    second.write_bytes(b"")
    third.unlink()
    assert figures_digest(played(Workers(size=SIZE, folder=folder), problems)) == expected


def test_the_blocks_of_another_problem_are_refused(problems, tmp_path):
    folder = tmp_path / "kept"
    played(Workers(size=SIZE, folder=folder), problems)
    for workers, others, runs in (
        (Workers(size=SIZE, folder=folder), problems[:1], RUNS),
        (Workers(size=SIZE, folder=folder), problems[::-1], RUNS),
        (Workers(size=50, folder=folder), problems, RUNS),
        (Workers(size=SIZE, folder=folder), problems, 700),
    ):
        with pytest.raises(InputError, match="holds the blocks of another problem") as refused:
            played(workers, others, runs=runs)
        assert "another folder" in refused.value.mend
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (said["runs"], said["size"], said["problems"]) == (RUNS, SIZE, 2)


def test_a_folder_of_other_files_is_refused(problems, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        played(Workers(folder=tmp_path), problems)
    (tmp_path / "notes.txt").unlink()
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="is no manifest"):
        played(Workers(folder=tmp_path), problems)


def test_a_folder_that_cannot_be_made_is_said_before_anything_is_played(problems, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DestinationError, match="cannot be used"):
        played(Workers(folder=tmp_path / "file"), problems)


def test_a_disk_that_is_full_leaves_whole_blocks(problems, tmp_path, monkeypatch):
    folder, written = tmp_path / "kept", counting()
    plain = Path.write_bytes

    def full(self, data):
        if self.suffix == ".part" and next(written) == 3:
            plain(self, data[:10])
            raise OSError(28, "No space left on device")
        return plain(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DestinationError, match=r"No space left on device\. The blocks in it are whole"):
        played(Workers(size=SIZE, folder=folder), problems)
    assert not list(folder.glob("*.part"))
    assert len(list(folder.glob("block-*.npz"))) == 2


def test_progress_tells_done_total_rate_and_what_remains(problems):
    told, now = [], counting()
    workers = Workers(size=SIZE, progress=lambda *each: told.append(each), clock=lambda: float(next(now)))
    played(workers, problems[:1])
    assert [done for done, _, _ in told] == [100, 200, 300, 400, 500, 600]
    assert {total for _, total, _ in told} == {600}
    assert told[1][2] == "100 runs a second, 4 s left"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": 0}, "0 workers play nothing"),
        ({"size": 0}, "A block of 0 runs"),
        ({"number": 2, "cluster": "tcp://x:1"}, "Either 2 processes here play, or the workers of tcp://x:1"),
    ],
)
def test_workers_that_cannot_be_are_refused(given, told):
    with pytest.raises(InputError, match=told):
        Workers(**given)


def test_without_the_extra_a_cluster_is_refused_by_its_name(problems, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NotComputable) as refused:
        played(Workers(cluster="tcp://127.0.0.1:8786"), problems)
    assert "comity[cluster]" in refused.value.mend


@pytest.mark.filterwarnings("ignore")
class TestCluster:
    """A real scheduler with two worker processes on this machine."""

    @pytest.fixture
    def cluster(self, other):
        assert other
        dask = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
        with dask.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
            yield made

    def test_a_cluster_comes_to_the_same_bytes_though_a_worker_is_killed(self, cluster, problems, expected, other):
        import distributed

        with distributed.Client(cluster, set_as_default=False) as client:
            processes = client.run(os.getpid)
        assert len(set(processes.values())) == 2
        killed: list[int] = []

        def kill(done, _total, _note):
            if done == 3 * SIZE:
                killed.append(next(iter(processes.values())))
                os.kill(killed[0], signal.SIGKILL)

        workers = Workers(cluster=cluster.scheduler_address, size=SIZE, progress=kill)
        found = played(workers, problems, other.slow)
        assert killed
        assert len(found) == 12
        assert figures_digest(found) == expected

    def test_compiled_games_of_the_institution_are_the_same_on_a_cluster(self, cluster):
        given = wanting(inputs(co.load("g5")))
        now = Setting(given.institution, given.wanted(), given.actors, seated=True)
        problem = games.Games(given, 8).frozen(now)
        alone = figures_digest(played(Workers(size=100), [problem], games.block, 400))
        workers = Workers(cluster=cluster.scheduler_address, size=100)
        assert figures_digest(played(workers, [problem], games.block, 400)) == alone

    def test_an_address_where_nobody_answers_is_said(self, problems, monkeypatch):
        pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
        monkeypatch.setattr("comity.rehearsal.parts.workers.playing._CALL", 1)
        with pytest.raises(InputError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9") as refused:
            played(Workers(cluster="tcp://127.0.0.1:9"), problems)
        assert "tcp://HOST:8786" in refused.value.mend
