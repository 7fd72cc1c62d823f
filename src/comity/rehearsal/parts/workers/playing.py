"""Who plays the runs of a campaign: this process, several on one machine, or the workers of a Dask cluster.

Where a block of compiled games lets go of the interpreter, threads of this process do the work of several processes.

Runs go in blocks of fixed size, and every block is a pure function of the problem and its first run. So the figures are
the same, byte for byte, whoever plays them, however many they are, and wherever the work was taken up again.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from comity.kernel.errors import Cancelled, DestinationError, InputError, NotComputable
from comity.kernel.result import Text
from comity.rehearsal.parts.workers.blocks import Arrays, Block, Job, Store, jobs, plan_digest
from comity.rehearsal.parts.workers.folder import Folder

Progress = Callable[[int, int, str], None]
SIZE = 1000
"""How many runs make a block, where nothing else is said."""
_AHEAD = 3
_AGAIN = 3
_CALL = 20


def _silent(_done: int, _total: int, _note: str) -> None:
    """No progress shown."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Workers:
    """Who plays, and where blocks that are done are kept.

    Attributes:
        number: how many processes; 1 plays in this one.
        cluster: the address of a Dask scheduler, such as ``tcp://host:8786``, in their place.
        folder: where blocks are kept, and taken up from; nowhere where absent.
        size: how many runs make a block.
        progress: told ``(runs done, runs in all, rate and time that remains)`` after each block.
        cancelled: asked after each block.
        clock: seconds that pass, for the rate.
        threads: whether threads of this process play in the place of processes: for blocks that let go of the
            interpreter while they play.
    """

    number: int = 1
    cluster: str = ""
    folder: Path | None = None
    size: int = SIZE
    progress: Progress = _silent
    cancelled: Callable[[], bool] = _never
    clock: Callable[[], float] = field(default=time.monotonic)
    threads: bool = False

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InputError(f"{self.number} workers play nothing.", mend="Give 1 or more.")
        if self.size < 1:
            raise InputError(f"A block of {self.size} runs is none.", mend="Give 1 or more.")
        if self.cluster and self.number != 1:
            what = f"Either {self.number} processes here play, or the workers of {self.cluster}."
            raise InputError(what, mend="Name one of them.")

    @property
    def told(self) -> Text:
        """Who plays, for a reader.

        Example:
            >>> Workers(2).told.en, Workers(2, threads=True).told.en, Workers(cluster="tcp://host:8786").told.en
            ('2 processes', '2 threads', 'the cluster at tcp://host:8786')
        """
        if self.cluster:
            return Text(f"the cluster at {self.cluster}", f"{self.cluster}的集群")
        en, zh = ("thread", "线程") if self.threads else ("process", "进程")
        plural = "" if self.number == 1 else "es" if en == "process" else "s"
        return Text(f"{self.number} {en}{plural}", f"{self.number}个{zh}")


def play(
    block: Block,
    problems: Sequence[bytes],
    runs: int,
    workers: Workers,
    *,
    version: str = "",
    store: Store | None = None,
) -> Iterator[tuple[Job, Arrays]]:
    """Every block of every problem, in order, as they are done.

    Blocks that are kept already are read, not played again. A process or a worker that dies loses nothing: its blocks
    are played by others. Where the user interrupts, blocks that are done stay, those under way are ended and kept too,
    and progress tells of a block once whoever asked has taken it.

    Args:
        block: plays one block; found by module and name, so that other processes can import it.
        problems: what is played, frozen.
        runs: how many runs of each.
        workers: who plays.
        version: the version of the program, which blocks on disk belong to.
        store: keeps blocks in the place of the folder of the workers.

    Raises:
        Cancelled: where the user interrupted.
        InputError: where the folder holds the blocks of another problem.
        DestinationError: where it cannot be written.
        NotComputable: where no cluster answers, or workers die again and again.

    Example:
        >>> from comity.rehearsal.parts.experiment.looks import block
        >>> list(play(block, [], 10, Workers()))
        []
    """
    todo = jobs(len(problems), runs, workers.size)
    if store is None and workers.folder is not None:
        plan = plan_digest(block, problems, runs, workers.size, version=version)
        told = {"problems": len(problems), "runs": runs, "size": workers.size, "version": version}
        store = Folder(workers.folder, plan, told)
    pace = _Pace(workers, len(problems) * runs)
    try:
        with _pool(workers) as pool:
            for job, arrays, fresh in _played(block, problems, todo, pool, store=store):
                yield job, arrays
                pace.step(job.count, fresh=fresh)
                if workers.cancelled():
                    break
            else:
                return
    except KeyboardInterrupt:
        pass
    raise _stopped(pace, workers)


def playing(
    block: Block,
    problem: bytes,
    runs: int,
    workers: Workers,
    *,
    size: int,
    take: Callable[[int, Arrays], None],
    store: Store | None = None,
    told: Progress = _silent,
) -> bool:
    """Play one problem and hand over each block in the order of runs; whether the user interrupted.

    Args:
        block: plays one block.
        problem: what is played.
        runs: how many runs.
        workers: who plays; their progress and size do not count.
        size: how many runs make a block.
        take: is given each block and the number of its first run.
        store: keeps blocks.
        told: told ``(runs done, runs in all, rate and time that remains)`` once a block was taken.
    """
    hands = replace(workers, size=size, progress=told, folder=None)
    try:
        for job, arrays in play(block, [problem], runs, hands, store=store):
            take(job.first, arrays)
    except (Cancelled, KeyboardInterrupt):
        return True
    return False


def _stopped(pace: _Pace, workers: Workers) -> Cancelled:
    what = f"Interrupted after {pace.done:,} of {pace.total:,} runs."
    if workers.folder is None:
        return Cancelled(what, mend="Name a folder next time, from which the work is taken up: --keep FOLDER.")
    return Cancelled(what, mend=f"What is done is in {workers.folder}; ask again with it to go on.")


class _Pace:
    """How many runs are done, at what rate, and how long the rest takes at that rate."""

    def __init__(self, workers: Workers, total: int) -> None:
        self.workers, self.total, self.done, self.fresh = workers, total, 0, 0
        self.since = workers.clock()

    def step(self, count: int, *, fresh: bool) -> None:
        self.done += count
        self.fresh += count if fresh else 0
        took = self.workers.clock() - self.since
        note = ""
        if self.fresh and took > 0:
            rate = self.fresh / took
            note = f"{rate:,.0f} runs a second, {(self.total - self.done) / rate:,.0f} s left"
        self.workers.progress(self.done, self.total, note)


class _Pool:
    """Something that plays jobs; made anew where a process of it has died."""

    def __init__(self, make: Callable[[], Executor] | None, width: int, *, lent: bool = False) -> None:
        self.make, self.width, self.lent, self.deaths = make, width, lent, 0
        self.executor: Executor | None = None if make is None else make()

    def submit(self, block: Block, problem: bytes, job: Job) -> Future[Arrays] | None:
        """A job under way; None where this process plays by itself, when it is asked for."""
        if self.executor is None:
            return None
        try:
            return self.executor.submit(block, problem, job.first, job.count)
        except BrokenProcessPool as error:
            lost: Future[Arrays] = Future()
            lost.set_exception(error)
            return lost

    def renew(self) -> None:
        """New processes in the place of those that died."""
        self.deaths += 1
        if self.make is None or self.deaths > _AGAIN:
            what = f"Worker processes died {self.deaths} times"
            raise NotComputable(f"{what}, perhaps for want of memory.", mend="Take fewer workers or smaller blocks.")
        self.close()
        self.executor = self.make()

    def close(self) -> None:
        """What is under way is ended, what is not is left; a pool that is lent is left as it is."""
        if self.executor is not None and not self.lent:
            self.executor.shutdown(wait=True, cancel_futures=True)


_Coming = deque[tuple[Job, "Future[Arrays] | None"]]


def _played(
    block: Block, problems: Sequence[bytes], todo: Sequence[Job], pool: _Pool, *, store: Store | None
) -> Iterator[tuple[Job, Arrays, bool]]:
    """Each job with its figures, in order, and whether it was played just now; a few are under way ahead."""
    coming: _Coming = deque()
    rest = iter(todo)

    def send(job: Job) -> Future[Arrays] | None:
        return None if store is not None and job in store else pool.submit(block, problems[job.problem], job)

    def fill() -> None:
        while len(coming) < pool.width and (job := next(rest, None)) is not None:
            coming.append((job, send(job)))

    fill()
    try:
        while coming:
            job, future = coming[0]
            held = store.read(job) if store is not None and future is None and job in store else None
            fresh = held is None
            if held is None:
                future = future or pool.submit(block, problems[job.problem], job)
                try:
                    held = block(problems[job.problem], job.first, job.count) if future is None else future.result()
                except BrokenProcessPool:
                    pool.renew()
                    coming = deque((each, send(each)) for each, _ in coming)
                    continue
            coming.popleft()
            if store is not None and fresh:
                store.keep(job, held)
            fill()
            yield job, held, fresh
    except (KeyboardInterrupt, GeneratorExit):
        _ended(coming, pool, store)
        raise


def _ended(coming: _Coming, pool: _Pool, store: Store | None) -> None:
    """What was under way when the user interrupted is kept too, where it came to its end."""
    pool.close()
    for job, future in coming:
        whole = future is not None and future.done() and not future.cancelled() and future.exception() is None
        if store is not None and future is not None and whole:
            with suppress(DestinationError):
                store.keep(job, future.result())


@contextmanager
def _pool(workers: Workers) -> Generator[_Pool]:
    if workers.cluster:
        with _cluster(workers.cluster) as (executor, width):
            yield _Pool(lambda: executor, _AHEAD * width, lent=True)
        return
    make = (lambda: ThreadPoolExecutor(workers.number)) if workers.threads else (lambda: _processes(workers.number))
    pool = _Pool(None, 1) if workers.number == 1 else _Pool(make, _AHEAD * workers.number)
    try:
        yield pool
    finally:
        pool.close()


def _processes(number: int) -> Executor:
    from multiprocessing import get_context

    return ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_calm)


def _calm() -> None:
    """Ctrl-C is for the process that asked; those that play are ended by it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(address: str) -> Generator[tuple[Executor, int]]:
    """The workers of a Dask scheduler, all of this version of the program."""
    try:
        import distributed
    except ImportError:
        what = "A cluster is reached through Dask, which is not installed."
        raise NotComputable(what, mend="Install the extra: pip install 'comity[cluster]'.") from None
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=_CALL, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"No Dask scheduler answers at {address}: {error}.", mend="Write tcp://HOST:8786.") from None
    try:
        width = _ready(client, address)
        yield client.get_executor(retries=_AGAIN, pure=False), width
    except dask.KilledWorker as error:
        what = f"Workers of {address} died again and again over the same block: {error}"
        raise NotComputable(what, mend="Take smaller blocks, or workers with more memory.") from None
    except CancelledError:
        what = f"The scheduler at {address} went away before everything was played."
        raise NotComputable(what, mend="Start it again, and ask again: blocks in a folder are not lost.") from None
    finally:
        client.close()


def _ready(client: Any, address: str) -> int:
    """How many threads the workers have.

    Raises:
        NotComputable: where there is none, or one has another version of the program.
    """
    try:
        client.wait_for_workers(1, timeout=_CALL)
    except TimeoutError:
        what = f"The scheduler at {address} has no worker."
        raise NotComputable(what, mend=f"Start one: dask worker {address}.") from None
    versions: dict[str, str] = client.run(version_here)
    own = version_here()
    if other := sorted({each for each in versions.values() if each != own}):
        what = f"A worker at {address} has comity {other[0]}, this is {own}."
        raise NotComputable(what, mend="Install the same version everywhere.")
    return max(1, sum(client.nthreads().values()))


def version_here() -> str:
    """The version of the program, where this is run."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comity")
    except PackageNotFoundError:
        return "from its sources"
