"""Verifying statements: that each is whole, signed with a key its seat held at that entry, once and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from comity.kernel.errors import ComityError, InputError
from comity.kernel.result import Text
from comity.operation import roll as rolls
from comity.operation.acts import RegisterFounded
from comity.operation.chain import Chain
from comity.operation.checkpoint import Checkpoint
from comity.operation.entry import Entry, entry, instant
from comity.operation.faults import Fault
from comity.operation.position import read
from comity.operation.roll import REGISTER, Roll
from comity.operation.signing import signed_by

KEYS = {"key_registered", "key_rotated", "key_revoked"}
SLICE = 5_000
"""How many signatures are checked in one piece of work."""
STATEMENT = b'"statement":'


@dataclass
class Opened:
    """The statements of a register, as far as they can be read.

    Attributes:
        entries: each entry; None for one that cannot be read.
        founded: the founding act; None where the first entry is none.
        roll: the roll of keys at the end; None where there was no founding.
        faults: what is wrong.
    """

    entries: list[Entry | None]
    founded: RegisterFounded | None
    roll: Roll | None
    faults: list[Fault]


def opened(chain: Chain) -> Opened:
    """Read every entry, and check number, request, register, key, seat and order; not yet signatures.

    Args:
        chain: the entries.
    """
    said = Opened([], None, None, [])
    for number, content in enumerate(chain.contents):
        try:
            held = entry(content)
        except InputError as error:
            said.entries.append(None)
            said.faults.append(Fault(number, "unreadable", Text(error.message, f"第{number}条无法读取")))
            continue
        said.entries.append(held)
        if number == 0:
            said.faults += _founding(said, held, chain.leaves[0].hex())
        elif said.roll is not None:
            said.faults += _spoken(said, number, held, chain.requests[number])
    return said


def _founding(said: Opened, held: Entry, register: str) -> Iterator[Fault]:
    try:
        made = read(held.signed.statement.event)
        roll = rolls.founded(made, register) if isinstance(made, RegisterFounded) else None
    except InputError as error:
        made = roll = None
        yield Fault(0, "unreadable", Text(error.message, "首条记录无法读取"))
    if isinstance(made, RegisterFounded) and REGISTER in made.keys:
        said.founded, said.roll = made, roll
        if held.signed.key != made.keys[REGISTER]:
            yield Fault(
                0, "key", Text("the register did not found itself with its own key", "首条记录并非以登记册密钥签署")
            )
    else:
        yield Fault(0, "unreadable", Text("the first entry founds no register", "首条记录并非登记册的设立"))


def _spoken(said: Opened, number: int, held: Entry, request: str) -> Iterator[Fault]:
    """What is wrong with one statement, apart from its signature."""
    assert said.roll is not None
    roll, statement = said.roll, held.signed.statement
    if held.number != number:
        yield Fault(
            number, "number", Text(f"entry {held.number} stands at {number}", f"第{held.number}条位于第{number}位")
        )
    if request != f"{statement.seat} {statement.request}":
        yield Fault(number, "request", Text("its request is not the one in its statement", "其请求编号与陈述不符"))
    if statement.register != roll.register:
        yield Fault(number, "register", Text("its statement is for another register", "其陈述属于另一登记册"))
    try:
        rolls.entitled(roll, statement.seat, held.signed.key)
    except ComityError as error:
        yield Fault(number, "key", Text(error.message, f"第{number}条所用密钥无权代表{statement.seat}"))
    late = statement.only and statement.after != number
    if late or not roll.seen.get(statement.seat, 0) <= statement.after <= number:
        yield Fault(number, "order", Text(f"{statement.seat} spoke out of order", f"{statement.seat}的陈述次序有误"))
    before = said.entries[-2]
    if before is not None and held.recorded < before.recorded:
        when = f"recorded at {instant(held.recorded)}, before entry {number - 1}"
        yield Fault(number, "clock", Text(when, f"入册时间{instant(held.recorded)}早于前一条"))
    said.roll = rolls.spoken(roll, statement.seat, statement.after)
    if statement.event.get("kind") in KEYS:
        try:
            said.roll = rolls.entered(said.roll, read(statement.event), statement.seat, number)
        except ComityError as error:
            yield Fault(number, "key", Text(error.message, f"第{number}条的密钥变动不被允许"))


def signatures(chain: Chain, workers: int, step: Callable[[int, int, str], None]) -> Iterator[Fault]:
    """Signatures that are not those of their statements.

    Args:
        chain: the entries.
        workers: processes among which they are divided.
        step: told of the work done.
    """
    pieces = [(first, chain.contents[first : first + SLICE]) for first in range(0, chain.size, SLICE)]
    done = 0
    if workers > 1 and len(pieces) > 1:
        with ProcessPoolExecutor(min(workers, len(pieces)), mp_context=get_context("spawn")) as pool:
            for (first, piece), wrong in zip(pieces, pool.map(forged, [each for _, each in pieces]), strict=True):
                done += len(piece)
                step(done, chain.size, "signatures")
                yield from (_forged(first + number) for number in wrong)
        return
    for first, piece in pieces:
        wrong = forged(piece)
        done += len(piece)
        step(done, chain.size, "signatures")
        yield from (_forged(first + number) for number in wrong)


def _forged(number: int) -> Fault:
    return Fault(number, "signature", Text("its signature is not that of its statement", "其签名与陈述不符"))


def forged(contents: Sequence[bytes]) -> list[int]:
    """Of some entries, those not canonical, or whose signature is not that of their key over their statement."""
    wrong = list[int]()
    for number, content in enumerate(contents):
        try:
            held = entry(content)
            signed = content[content.index(STATEMENT) + len(STATEMENT) : -1]
            if not signed_by(held.signed.key, signed, held.signed.signature) or held.content() != content:
                wrong.append(number)
        except (ComityError, ValueError, TypeError):
            wrong.append(number)
    return wrong


def checkpoints_signed(notes: Sequence[tuple[str, Checkpoint]], roll: Roll) -> Iterator[Fault]:
    """Checkpoints whose signatures are not those of the register's, or a seat's, key of that time.

    Args:
        notes: each checkpoint with what it is called in messages.
        roll: the roll of keys.
    """
    for name, note in notes:
        if not any(note.carries(REGISTER, key) for key in keys_at(roll, REGISTER, note.size)):
            says = Text(f"{name} does not carry the signature of the register", f"{name}没有登记册的有效签名")
            yield Fault(-1, "checkpoint", says)
        for seat in note.signatures:
            if seat != REGISTER and not any(note.carries(seat, key) for key in keys_at(roll, seat, note.size)):
                says = Text(
                    f"the countersignature of {seat} on {name} is not that of its key", f"{name}上{seat}的副署无效"
                )
                yield Fault(-1, "countersignature", says)


def keys_at(roll: Roll, seat: str, size: int) -> list[str]:
    """The keys with which a seat could sign a checkpoint of a size; for a seat, also those it came to have later.

    The register signs each checkpoint as it is made, with the key of that moment; a seat may countersign later.
    """
    return [
        key
        for key, held in roll.keys.items()
        if held.seat == seat
        and (held.since < size or seat != REGISTER)
        and (held.until is None or held.until >= size - 1)
    ]
