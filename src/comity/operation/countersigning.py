"""Countersigning: a seat looks whether the register continues what it saw last, and signs what it sees now.

This is what keeps a secretariat honest that holds the register and its key: it can write another history, but not one
that continues the checkpoint a delegation keeps.
"""

from __future__ import annotations

from pathlib import Path

from comity.kernel.errors import InputError
from comity.operation.checkpoint import Checkpoint, checkpoint
from comity.operation.refusing import NotAllowed
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.verifying import verify


class NotContinued(InputError):
    """The register is not the one that the seat saw, or not what its own checkpoint stands for."""

    exit_code = 1


def countersign(place: str | Path, key: Key, since: tuple[str, str] | None = None) -> Checkpoint:
    """Verify the chain of a register against the seat's last checkpoint, and sign its newest.

    The note is kept in the register; the seat keeps it as well, apart from the register.

    Args:
        place: a path, or ``postgresql://...``.
        key: the private key of the seat.
        since: name and text of the checkpoint that the seat signed last; None the first time.

    Raises:
        NotAllowed: where the key is not the valid key of its seat.
        NotContinued: where the register does not continue it; nothing is signed.
        Unreadable: where there is no register, or the checkpoint is none.
        ReadOnly: where it cannot be kept in the register.
    """
    with Register.open(place) as register:
        note = register.checkpoint()
        held = register.position().roll.current.get(key.seat)
        if held != key.public:
            raise NotAllowed(
                f"The register does not hold this key as that of {key.seat}.",
                mend="The secretariat registers it: comity register key register.",
            )
        seen = [("the newest checkpoint", note.text()), *([since] if since else [])]
        if since is not None:
            checkpoint(since[1], since[0])
        found = verify(place, checkpoints=seen, only=("chain", "signatures"))
        if not found.honest:
            first = found.faults[0]
            where = f"entry {first.entry}: " if first.entry >= 0 else ""
            raise NotContinued(
                f"{key.seat} does not countersign: {where}{first.says.en} ({len(found.faults)} in all).",
                mend="Keep your last checkpoint, and let comity register verify tell every fault.",
            )
        made = note.signed(key)
        with register.store.writing() as turn:
            turn.countersign(made.size, key.seat, made.text())
        return made
