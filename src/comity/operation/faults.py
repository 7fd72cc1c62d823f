"""What verification can find: each fault with the entry it was found at, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from comity.kernel.result import Text

Part = Literal["chain", "signatures", "law"]
"""What is verified: bytes, tree and checkpoints; keys, signatures and order; the rulings of the law."""
PARTS: tuple[Part, ...] = ("chain", "signatures", "law")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is not as an honest register has it.

    Attributes:
        entry: the number of the entry; -1 where it is about no single one.
        what: one word: ``missing``, ``edited``, ``number``, ``subtree``, ``checkpoint``, ``truncated``,
            ``countersignature``, ``unreadable``, ``request``, ``register``, ``key``, ``signature``, ``order``,
            ``clock``, ``seat``, ``ruling``, ``text``, ``document``, ``snapshot``.
        says: what is wrong, for a reader.
    """

    entry: int
    what: str
    says: Text = field(compare=False)

    def as_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"entry": self.entry, "what": self.what, "says": self.says.en}


@dataclass(frozen=True)
class Verified:
    """What verification found.

    Attributes:
        register: the register.
        size: how many entries were there.
        root: the root over them, computed from their content.
        parts: what was verified.
        faults: what is wrong; empty for an honest register.
        countersigned: the largest size that each seat has countersigned, in the register and outside.
        notes: what is worth knowing though nothing is wrong.
    """

    register: str
    size: int
    root: str
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    countersigned: dict[str, int]
    notes: tuple[Text, ...] = ()

    @property
    def honest(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "honest": self.honest,
            "register": self.register,
            "entries": self.size,
            "root": self.root,
            "verified": list(self.parts),
            "faults": [each.as_json() for each in self.faults],
            "countersigned": self.countersigned,
            "notes": [each.en for each in self.notes],
        }
