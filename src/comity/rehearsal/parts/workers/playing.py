"""Who plays the runs of a campaign: this process, several on one machine, or the workers of a Dask cluster.

Runs go in blocks of fixed size, and every block is a pure function of the problem and its first run. So the figures are
the same, byte for byte, whoever plays them, however many they are, and wherever the work was taken up again.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.kernel.errors import Cancelled, InputError, NotComputable
from comity.rehearsal.parts.workers.blocks import Arrays, Block, Job, jobs, plan_digest
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
    """

    number: int = 1
    cluster: str = ""
    folder: Path | None = None
    size: int = SIZE
    progress: Progress = _silent
    cancelled: Callable[[], bool] = _never
    clock: Callable[[], float] = field(default=time.monotonic)

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InputError(f"{self.number} workers play nothing.", mend="Give 1 or more.")
        if self.size < 1:
            raise InputError(f"A block of {self.size} runs is none.", mend="Give 1 or more.")
        if self.cluster and self.number != 1:
            what = f"Either {self.number} processes here play, or the workers of {self.cluster}."
            raise InputError(what, mend="Name one of them.")


def play(
    block: Block, problems: Sequence[bytes], runs: int, workers: Workers, *, version: str = ""
) -> Iterator[tuple[Job, Arrays]]:
    """Every block of every problem, in order, as they are done.

    Blocks that the folder holds are read, not played again. A process or a worker that dies loses nothing: its blocks
    are played by others. Where the user interrupts, blocks that are done stay in the folder.

    Args:
        block: plays one block; found by module and name, so that other processes can import it.
        problems: what is played, frozen.
        runs: how many runs of each.
        workers: who plays.
        version: the version of the program, which blocks on disk belong to.

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
    plan = plan_digest(block, problems, runs, workers.size, version=version)
    told = {"problems": len(problems), "runs": runs, "size": workers.size, "version": version}
    folder = None if workers.folder is None else Folder(workers.folder, plan, told)
    pace = _Pace(workers, len(problems) * runs)
    try:
        with _pool(workers) as pool:
            for job, arrays, fresh in _played(block, problems, todo, pool, folder=folder):
                pace.step(job.count, fresh=fresh)
                yield job, arrays
                if workers.cancelled():
                    break
            else:
                return
    except KeyboardInterrupt:
        pass
    raise _stopped(pace, workers)


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

    def __init__(self, make: Callable[[], Executor] | None, width: int) -> None:
        self.make, self.width, self.deaths = make, width, 0
        self.executor: Executor | None = None if make is None else make()

    def submit(self, block: Block, problem: bytes, job: Job) -> Future[Arrays]:
        if self.executor is None:
            done: Future[Arrays] = Future()
            done.set_result(block(problem, job.first, job.count))
            return done
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
        if self.executor is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)


def _played(
    block: Block, problems: Sequence[bytes], todo: Sequence[Job], pool: _Pool, *, folder: Folder | None
) -> Iterator[tuple[Job, Arrays, bool]]:
    """Each job with its figures, in order, and whether it was played just now; a few are under way ahead."""
    coming: deque[tuple[Job, Future[Arrays] | None]] = deque()
    rest = iter(todo)

    def send(job: Job) -> Future[Arrays] | None:
        return None if folder is not None and job in folder else pool.submit(block, problems[job.problem], job)

    def fill() -> None:
        while len(coming) < pool.width and (job := next(rest, None)) is not None:
            coming.append((job, send(job)))

    fill()
    while coming:
        job, future = coming.popleft()
        held = folder.read(job) if folder is not None and future is None else None
        if held is not None:
            fill()
            yield job, held, False
            continue
        try:
            arrays = (future or pool.submit(block, problems[job.problem], job)).result()
        except BrokenProcessPool:
            pool.renew()
            again = [job, *(each for each, _ in coming)]
            coming = deque((each, send(each)) for each in again)
            continue
        if folder is not None:
            folder.keep(job, arrays)
        fill()
        yield job, arrays, True


@contextmanager
def _pool(workers: Workers) -> Generator[_Pool]:
    if workers.cluster:
        with _cluster(workers.cluster) as (executor, width):
            yield _Pool(lambda: executor, _AHEAD * width)
        return
    pool = _Pool(None, 1) if workers.number == 1 else _Pool(lambda: _processes(workers.number), _AHEAD * workers.number)
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
