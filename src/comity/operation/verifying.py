"""Verifying a register: bytes, tree and checkpoints; keys, signatures and order; the rulings of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from comity.kernel.errors import Cancelled, ComityError
from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.operation import chain as chains
from comity.operation import snapshot
from comity.operation.acts import TextIssued
from comity.operation.chain import Chain
from comity.operation.checkpoint import Checkpoint
from comity.operation.entry import rulings
from comity.operation.faults import PARTS, Fault, Part, Verified
from comity.operation.laid import documents
from comity.operation.position import Position, follow, founding, read
from comity.operation.register import charter_of
from comity.operation.roll import REGISTER
from comity.operation.seals import Opened, checkpoints_signed, opened, signatures
from comity.operation.store import Reading, Store

Progress = Callable[[int, int, str], None]
STEP = 2_000
"""After how many entries progress is told."""
NEWEST = "the newest checkpoint"


def verify(
    place: str | Path,
    *,
    checkpoints: Sequence[tuple[str, str]] = (),
    only: Sequence[Part] = PARTS,
    workers: int = 1,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Verified:
    """Whether a register is what it was: every edit, loss, forgery and false ruling, with the entry where it shows.

    Args:
        place: a path, or ``postgresql://...``.
        checkpoints: name and text of checkpoints that were kept elsewhere.
        only: what to verify; everything where absent.
        workers: processes among which signatures are divided.
        progress: told of the work done.
        cancelled: asked whether to stop.

    Raises:
        Unreadable: where there is no register, or it cannot be read at all.
        Cancelled: where it was asked to stop.
    """
    store = Store(place)
    store.open()
    try:
        with store.reading() as view:
            return _Verification(view, only, workers, progress=progress, cancelled=cancelled).done(checkpoints)
    finally:
        store.close()


class _Verification:
    """One verification under way."""

    def __init__(
        self,
        view: Reading,
        only: Sequence[Part],
        workers: int,
        *,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.view, self.workers = view, workers
        self.only: tuple[Part, ...] = tuple(each for each in PARTS if each in only)
        self._progress, self._cancelled = progress, cancelled
        self.faults = list[Fault]()
        self.notes = list[Text]()

    def done(self, texts: Sequence[tuple[str, str]]) -> Verified:
        """Everything that was asked for."""
        chain = chains.read(self.view)
        self._step(0, chain.size, "hashes")
        self.faults += chain.faults
        notes = self._notes(chain, texts)
        if "chain" in self.only:
            self.faults += chains.subtrees(chain, self.view)
            for name, note in notes:
                if name != NEWEST:
                    self.faults += chains.against(chain, note, name)
        self.faults += self._statements(chain, notes)
        register = chain.leaves[0].hex() if chain.leaves else ""
        root = chain.root(chain.size) if chain.size else ""
        found = tuple(sorted(set(self.faults)))
        return Verified(register, chain.size, root, self.only, found, _countersigned(notes), tuple(self.notes))

    def _statements(self, chain: Chain, notes: Sequence[tuple[str, Checkpoint]]) -> Iterator[Fault]:
        if not chain.size or not {"signatures", "law"} & set(self.only):
            return
        said = opened(chain)
        yield from said.faults
        if said.founded is None or said.roll is None:
            return
        if "signatures" in self.only:
            yield from checkpoints_signed(notes, said.roll)
            yield from documents(said, self.view)
            yield from signatures(chain, self.workers, self._step)
            again = sorted(each.seat for each in said.roll.keys.values() if each.why == "registered_again")
            if again:
                seats = ", ".join(again)
                self.notes.append(
                    Text(
                        f"the secretariat or the chair registered another key after a revocation for {seats}",
                        f"秘书处或主席在撤销后为{seats}另行登记了密钥",
                    )
                )
        if "law" in self.only:
            yield from self._law(said, chain)

    def _step(self, done: int, total: int, note: str) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("Verification was interrupted; nothing is known of the rest.")
        if self._progress is not None:
            self._progress(done, total, note)

    def _notes(self, chain: Chain, texts: Sequence[tuple[str, str]]) -> list[tuple[str, Checkpoint]]:
        """Every checkpoint by its name: the newest, those countersigned, those kept elsewhere."""
        newest, faults = chains.head(chain, self.view)
        held = [(f"the checkpoint at {size} of {seat}", note) for size, seat, note in self.view.checkpoints()]
        notes, wrong = chains.outside([*held, *texts])
        self.faults += [*faults, *wrong]
        return [(NEWEST, newest), *notes] if newest else notes

    def _law(self, said: Opened, chain: Chain) -> Iterator[Fault]:
        """Follow every entry from the charter, and compare what the law rules with what was recorded."""
        assert said.founded is not None
        try:
            institution = charter_of(self.view, said.founded)
        except ComityError as error:
            yield Fault(0, "document", Text(error.message, "登记册所据章程缺失或已被改动"))
            return
        kept = snapshot.kept(self.view, said.founded.keys[REGISTER])
        position: Position | None = None
        for number, held in enumerate(said.entries):
            if number % STEP == 0:
                self._step(number, chain.size, "rulings")
            if held is None:
                yield _stopped(number)
                return
            if position is None:
                position = founding(institution, said.founded, chain.leaves[0].hex(), held.recorded)
                continue
            try:
                made = read(held.signed.statement.event)
                yield from _text(position, made, number)
                position, step = follow(position, held.signed.statement, made, held.recorded)
            except ComityError as error:
                yield Fault(
                    number,
                    "ruling",
                    Text(f"the register would not take it: {error.message}", f"登记册不应接受该记录：{error.message}"),
                )
                return
            ruled = rulings(step.determinations, step.flags)
            if ruled != held.rulings:
                yield Fault(
                    number, "ruling", Text("the law rules otherwise than was recorded", "依法所得裁定与所录不符")
                )
            if kept is not None and kept.size == position.size and not snapshot.same(kept, position):
                yield Fault(
                    -1,
                    "snapshot",
                    Text("the snapshot is not what the entries make of the charter", "快照与记录推得的状态不符"),
                )


def _text(position: Position, made: Act, number: int) -> Iterator[Fault]:
    if not isinstance(made, TextIssued):
        return
    from comity.operation import issuing

    try:
        issuing.check(position.state, made)
    except ComityError as error:
        says = Text(f"the text that was issued is another: {error.message}", f"所发布的{made.instrument}文本与数据不符")
        yield Fault(number, "text", says)


def _stopped(number: int) -> Fault:
    says = Text(
        f"rulings cannot be followed beyond entry {number}, which cannot be read",
        f"第{number}条无法读取，其后裁定无从核对",
    )
    return Fault(number, "ruling", says)


def _countersigned(notes: Sequence[tuple[str, Checkpoint]]) -> dict[str, int]:
    """The largest size that each seat has countersigned."""
    sizes: dict[str, int] = {}
    for _, note in notes:
        for seat in note.signatures:
            if seat != REGISTER:
                sizes[seat] = max(note.size, sizes.get(seat, 0))
    return dict(sorted(sizes.items()))
