"""The tree of hashes over all entries: what makes an edited, lost or moved entry show.

Entries are the leaves of a Merkle tree. Its root fixes every entry and their order; a proof of a few hashes shows that
an entry is in the tree, or that a longer tree continues a shorter one. Complete subtrees never change once they are
full, so they are kept by level and position: node ``(0, n)`` is entry ``n``, node ``(1, 0)`` covers entries 0 and 1.

**Source.** Laurie, Messeri and Stradling 2021, RFC 9162, Certificate Transparency Version 2.0, section 2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

Node = Callable[[int, int], bytes]
"""The hash of the complete subtree at a level and position."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without entries."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of one entry.

    Example:
        >>> leaf_hash(b"").hex()[:16]
        '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the complete subtrees that are not yet part of a larger one, largest first.

    Attributes:
        size: how many entries the tree has.
    """

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size = size
        self._edge = list(edge)

    @classmethod
    def of(cls, size: int, node: Node) -> Frontier:
        """The edge of a tree of which complete subtrees are kept.

        Args:
            size: how many entries it has.
            node: the hash of each kept subtree.
        """
        return cls(size, (node(level, position) for level, position in parts(0, size)))

    def copy(self) -> Frontier:
        """The same edge, to go on from without changing this one."""
        return Frontier(self.size, self._edge)

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add an entry's hash; the subtrees above it that are now complete, with level and position.

        Example:
            >>> edge = Frontier()
            >>> edge.add(leaf_hash(b"a")), [(level, place) for level, place, _ in edge.add(leaf_hash(b"b"))]
            ([], [(1, 0)])
        """
        made = list[tuple[int, int, bytes]]()
        level, position, held = 0, self.size, leaf
        while position & 1:
            held = node_hash(self._edge.pop(), held)
            level, position = level + 1, position >> 1
            made.append((level, position, held))
        self._edge.append(held)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return _joined(self._edge)


def _joined(edge: list[bytes]) -> bytes:
    if not edge:
        return EMPTY
    held = edge[-1]
    for left in reversed(edge[:-1]):
        held = node_hash(left, held)
    return held


def parts(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees that make up the entries from ``first`` up to, not including, ``last``.

    Example:
        >>> list(parts(0, 7))
        [(2, 0), (1, 2), (0, 6)]
    """
    while first < last:
        level = (first & -first).bit_length() - 1 if first else (last - first).bit_length() - 1
        while first + (1 << level) > last:
            level -= 1
        yield level, first >> level
        first += 1 << level


def root(size: int, node: Node) -> bytes:
    """The root of the first ``size`` entries."""
    return _range(0, size, node) if size else EMPTY


def _range(first: int, last: int, node: Node) -> bytes:
    """The hash over some entries, split as the tree splits them."""
    return _joined([node(level, position) for level, position in parts(first, last)])


def inclusion(number: int, size: int, node: Node) -> list[bytes]:
    """The proof that an entry is in a tree: the hashes beside its way to the root, lowest first (section 2.1.3.1).

    Raises:
        ValueError: where the tree does not hold the entry.
    """
    if not 0 <= number < size:
        raise ValueError(f"A register of {size} entries has no entry {number}.")
    path, first, last = list[bytes](), 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if number < middle:
            path.append(_range(middle, last, node))
            last = middle
        else:
            path.append(_range(first, middle, node))
            first = middle
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that a tree continues a shorter one (section 2.1.4.1).

    Raises:
        ValueError: where the old tree is empty or the longer one.
    """
    if not 0 < old <= new:
        raise ValueError(f"A register of {new} entries does not continue one of {old}.")
    path, first, last, whole = list[bytes](), 0, new, True
    while old < last:
        middle = first + _split(last - first)
        if old <= middle:
            path.append(_range(middle, last, node))
            last = middle
        else:
            path.append(_range(first, middle, node))
            first, whole = middle, False
    if not whole:
        path.append(_range(first, last, node))
    return path[::-1]


def included(leaf: bytes, number: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a proof of inclusion leads to; None where it does not fit (section 2.1.3.2).

    Example:
        >>> a, b = leaf_hash(b"a"), leaf_hash(b"b")
        >>> included(a, 0, 2, [b]) == node_hash(a, b)
        True
    """
    if not 0 <= number < size:
        return None
    place, last, held = number, size - 1, leaf
    for each in path:
        if not last:
            return None
        if place & 1 or place == last:
            held = node_hash(each, held)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            held = node_hash(held, each)
        place, last = place >> 1, last >> 1
    return None if last else held


def continues(old: tuple[int, bytes], new: tuple[int, bytes], path: list[bytes]) -> bool:
    """Whether a proof shows that a tree continues a shorter one (section 2.1.4.2).

    Args:
        old: size and root of the shorter tree.
        new: size and root of the longer one.
        path: the proof.
    """
    (size, root_), (size_, root__) = old, new
    if size == size_:
        return root_ == root__ and not path
    if not 0 < size < size_:
        return False
    held = list(path)
    if size & (size - 1) == 0:
        held.insert(0, root_)
    if not held:
        return False
    place, last = size - 1, size_ - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = held[0]
    for each in held[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            before, after = node_hash(each, before), node_hash(each, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, each)
        place, last = place >> 1, last >> 1
    return not last and before == root_ and after == root__
