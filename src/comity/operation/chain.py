"""Verifying the chain: that the bytes that are there are those the checkpoints stand for, none more and none fewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from comity.kernel.result import Text
from comity.operation import tree
from comity.operation.checkpoint import Checkpoint, checkpoint
from comity.operation.faults import Fault
from comity.operation.refusing import Unreadable
from comity.operation.store import Reading


@dataclass
class Chain:
    """The entries as they were read, with the tree over them computed anew.

    Attributes:
        contents: the content of each entry, in order.
        requests: what is kept beside each.
        leaves: the hash of each entry.
        levels: complete subtrees by level, computed from the content.
        faults: what is wrong.
    """

    contents: list[bytes] = field(default_factory=list[bytes])
    requests: list[str] = field(default_factory=list[str])
    leaves: list[bytes] = field(default_factory=list[bytes])
    levels: list[list[bytes]] = field(default_factory=list[list[bytes]])
    faults: list[Fault] = field(default_factory=list[Fault])

    @property
    def size(self) -> int:
        """How many entries."""
        return len(self.contents)

    def node(self, level: int, position: int) -> bytes:
        """A complete subtree as the content has it."""
        return self.levels[level][position]

    def root(self, size: int) -> str:
        """The root over the first entries, in hexadecimal."""
        return tree.root(size, self.node).hex()


def read(view: Reading) -> Chain:
    """Read all entries and compute their tree.

    Args:
        view: the register.
    """
    chain = Chain()
    for number, request, content in view.rows():
        if number != chain.size:
            what, said = ("missing", chain.size) if number > chain.size else ("number", number)
            says = Text(
                f"entry {said} is not there; the next one is {number}", f"缺少第{said}条记录，其后为第{number}条"
            )
            chain.faults.append(Fault(said, what, says))
        chain.contents.append(content)
        chain.requests.append(request)
    grow(chain)
    return chain


def grow(chain: Chain) -> None:
    """Compute the tree over the content."""
    chain.leaves = [tree.leaf_hash(each) for each in chain.contents]
    row, join = chain.leaves, tree.node_hash
    chain.levels = [row]
    while len(row) > 1:
        row = [join(row[place], row[place + 1]) for place in range(0, len(row) - 1, 2)]
        chain.levels.append(row)


def subtrees(chain: Chain, view: Reading) -> Iterator[Fault]:
    """Kept subtrees that are not those of the content: they show which entry was edited."""
    wrong: dict[int, set[int]] = {}
    there = 0
    for level, position, kept in view.nodes():
        there += 1
        if level >= len(chain.levels) or position >= len(chain.levels[level]) or chain.levels[level][position] != kept:
            wrong.setdefault(level, set()).add(position)
    for position in sorted(wrong.get(1, ())):
        first = position * 2
        says = Text(
            f"entry {first} or {first + 1} is not what was recorded, or the subtree over them was changed",
            f"第{first}或{first + 1}条记录与入册时不符，或其上的子树被改动",
        )
        yield Fault(first, "edited", says)
    for level in sorted(set(wrong) - {1}):
        position = min(wrong[level])
        if not _below(wrong, level, position):
            first, last = position << level, (position + 1 << level) - 1
            says = Text(
                f"the subtree over entries {first} to {last} was changed", f"第{first}至{last}条之上的子树被改动"
            )
            yield Fault(first, "subtree", says)
    expected = sum(len(row) for row in chain.levels[1:])
    if there < expected:
        yield Fault(-1, "subtree", Text(f"{expected - there} subtrees are not there", f"缺少{expected - there}个子树"))


def _below(wrong: dict[int, set[int]], level: int, position: int) -> bool:
    """Whether a subtree below is wrong as well, which says more."""
    return bool(wrong.get(level - 1, set()) & {2 * position, 2 * position + 1})


def head(chain: Chain, view: Reading) -> tuple[Checkpoint | None, list[Fault]]:
    """The newest checkpoint of the register, and what is wrong with it."""
    kept = view.head()
    if kept is None:
        return None, [Fault(-1, "checkpoint", Text("the register has no checkpoint", "登记册没有检查点"))]
    try:
        note = checkpoint(kept.note, "the newest checkpoint")
    except Unreadable as error:
        return None, [Fault(-1, "checkpoint", Text(error.message, f"最新检查点无法读取：{error.message}"))]
    faults = list[Fault]()
    if (kept.size, kept.root) != (note.size, note.root):
        says = Text(
            "size or root beside the newest checkpoint are not those in it", "最新检查点旁的条数或根与其内容不符"
        )
        faults.append(Fault(-1, "checkpoint", says))
    if note.size < chain.size:
        says = Text(
            f"{chain.size - note.size} entries after entry {note.size - 1} are covered by no checkpoint",
            f"第{note.size - 1}条之后有{chain.size - note.size}条记录未被任何检查点覆盖",
        )
        faults.append(Fault(note.size, "checkpoint", says))
    return note, faults + list(against(chain, note, "the newest checkpoint"))


def against(chain: Chain, note: Checkpoint, name: str) -> Iterator[Fault]:
    """Whether the entries continue a checkpoint.

    Args:
        chain: the entries.
        note: the checkpoint.
        name: what it is called in messages.
    """
    if chain.leaves and note.register != chain.leaves[0].hex():
        says = Text(
            f"{name} is that of another register, or entry 0 is not what was recorded",
            f"{name}属于另一登记册，或第0条已被改动",
        )
        yield Fault(0, "register", says)
    if note.size > chain.size:
        gone = note.size - chain.size
        says = Text(
            f"{name} stands for {note.size} entries; {chain.size} are there: the last {gone} were cut off",
            f"{name}对应{note.size}条记录，现仅有{chain.size}条：末尾{gone}条被截去",
        )
        yield Fault(chain.size, "truncated", says)
    elif note.size < 1 or chain.root(note.size) != note.root:
        says = Text(
            f"entries 0 to {note.size - 1} do not lead to the root of {name}",
            f"第0至{note.size - 1}条记录得不出{name}的根",
        )
        yield Fault(-1, "checkpoint", says)


def outside(texts: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, Checkpoint]], list[Fault]]:
    """Checkpoints that were kept elsewhere: name and text of each; what cannot be read is a fault."""
    notes, faults = list[tuple[str, Checkpoint]](), list[Fault]()
    for name, text in texts:
        try:
            notes.append((name, checkpoint(text, name)))
        except Unreadable as error:
            faults.append(Fault(-1, "checkpoint", Text(error.message, f"检查点{name}无法读取")))
    return notes, faults
