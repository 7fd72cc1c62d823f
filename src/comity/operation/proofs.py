"""Proofs from a register: that an entry is in it, and that it continues an older state; a few hashes each.

A proof is a mapping that JSON holds as it is, with everything that is needed to check it: the register's founding
(whose hash is the register, and which names its key), the rotations of that key, and the checkpoint. ``comity-verify``
checks one without the register and without comity.

**Source.** Laurie, Messeri and Stradling 2021, RFC 9162, Certificate Transparency Version 2.0, sections 2.1.3, 2.1.4.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from comity.kernel.errors import InputError
from comity.operation import tree
from comity.operation.checkpoint import checkpoint, hint
from comity.operation.refusing import Unreadable
from comity.operation.register import Register
from comity.operation.roll import REGISTER
from comity.operation.store import Head, Reading


def proof(register: Register, number: int) -> dict[str, Any]:
    """The proof that an entry is in a register, under its newest checkpoint.

    Args:
        register: the register.
        number: the number of the entry.

    Raises:
        InputError: where the register does not hold the entry.
    """
    with register.store.reading() as view:
        head = _head(view)
        rotated = _rotated(register, head)
        path, kept = _kept(view, lambda node: tree.inclusion(number, head.size, node), [number, *rotated])
        held = json.loads(kept[number])
        keys = [json.loads(kept[each]) for each in rotated]
        return {"comity": "inclusion/1", "keys": keys, "entry": held, "path": path, "note": head.note}


def consistency(register: Register, old: int, new: int | None = None) -> dict[str, Any]:
    """The proof that a register continues the state it had when it was shorter.

    Args:
        register: the register.
        old: how many entries it had.
        new: must be how many it has, where given: only the newest checkpoint is kept with its signature.

    Raises:
        InputError: where it never had so many.
    """
    with register.store.reading() as view:
        head = _head(view)
        rotated = _rotated(register, head)
        if new not in {None, head.size}:
            raise InputError(
                f"The register has {head.size} entries, and no checkpoint is kept of {new}.",
                mend="Leave the newer size out; a countersigned checkpoint is its own proof.",
            )
        path, kept = _kept(view, lambda node: tree.consistency(old, head.size, node), rotated)
        before = {"size": old, "root": tree.root(old, view.node).hex()}
        keys = [json.loads(kept[each]) for each in rotated]
        return {"comity": "consistency/1", "keys": keys, "old": before, "path": path, "note": head.note}


def _head(view: Reading) -> Head:
    head = view.head()
    if head is None:
        raise Unreadable("The register has no checkpoint, so nothing can be proved.")
    return head


def _rotated(register: Register, head: Head) -> list[int]:
    """The numbers of the founding entry, and of those that rotate the register's own key."""
    first, size = register.founded.keys[REGISTER], head.size
    if checkpoint(head.note).signatures.get(REGISTER, ("",))[0] == hint(REGISTER, first):
        return [0]
    own = (held.since for held in register.position().roll.keys.values() if held.seat == REGISTER)
    return sorted({max(since - 1, 0) for since in own if since <= size})


def _kept(
    view: Reading, path: Callable[[tree.Node], list[bytes]], numbers: list[int]
) -> tuple[list[str], dict[int, bytes]]:
    """A proof's hashes, and the content of some entries, with one question to the store for each sort."""
    wanted = set[tuple[int, int]]()

    def asked(level: int, position: int) -> bytes:
        wanted.add((level, position))
        return tree.EMPTY

    try:
        path(asked)
    except ValueError as error:
        raise InputError(str(error)) from None
    kept = view.contents({*numbers, *(position for level, position in wanted if not level)})
    nodes = view.some_nodes({each for each in wanted if each[0]})
    nodes |= {(0, number): tree.leaf_hash(content) for number, content in kept.items()}
    lacking = wanted - set(nodes)
    if lacking:
        raise Unreadable(f"The register lacks the subtree {min(lacking)}.", mend="comity register verify says more.")
    return [each.hex() for each in path(lambda level, position: nodes[level, position])], kept
