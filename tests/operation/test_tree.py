"""Properties of the tree: every proof holds at every size, and none holds for anything else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.operation import tree

sizes = st.integers(1, 300)


def leaves(size: int) -> list[bytes]:
    return [tree.leaf_hash(b"%d" % number) for number in range(size)]


def kept(size: int):
    """Nodes by level and position, as adding entries one by one completes them."""
    edge, nodes = tree.Frontier(), {}
    for number, leaf in enumerate(leaves(size)):
        nodes[0, number] = leaf
        nodes.update({(level, place): held for level, place, held in edge.add(leaf)})
    return edge, lambda level, place: nodes[level, place]


def by_definition(hashes: list[bytes]) -> bytes:
    """The root as RFC 9162, section 2.1.1, defines it, by recursion."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\1" + by_definition(hashes[:split]) + by_definition(hashes[split:])).digest()


@given(sizes)
def test_the_root_is_that_of_the_definition(size: int):
    edge, node = kept(size)
    assert edge.root == tree.root(size, node) == by_definition(leaves(size)) == tree.Frontier.of(size, node).root


@given(sizes, st.data())
def test_an_older_root_is_had_from_the_subtrees_of_a_longer_tree(size: int, data: st.DataObject):
    older = data.draw(st.integers(1, size))
    assert tree.root(older, kept(size)[1]) == by_definition(leaves(older))


@given(sizes, st.data())
def test_every_proof_of_inclusion_holds_and_no_changed_one_does(size: int, data: st.DataObject):
    edge, node = kept(size)
    number = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion(number, size, node)
    leaf = leaves(size)[number]
    assert tree.included(leaf, number, size, proof) == edge.root
    assert len(proof) <= (size - 1).bit_length()
    assert tree.included(tree.leaf_hash(b"another"), number, size, proof) != edge.root
    assert tree.included(leaf, number, size, [*proof, leaf]) != edge.root
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = bytearray(proof[place])
        changed[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
        assert tree.included(leaf, number, size, [*proof[:place], bytes(changed), *proof[place + 1 :]]) != edge.root
        assert tree.included(leaf, number, size, proof[:-1]) != edge.root
    elsewhere = data.draw(st.integers(0, size - 1).filter(lambda other: other != number)) if size > 1 else size
    assert tree.included(leaf, elsewhere, size, proof) != edge.root


@given(sizes, st.data())
def test_every_proof_of_consistency_holds_and_no_changed_one_does(size: int, data: st.DataObject):
    edge, node = kept(size)
    older = data.draw(st.integers(1, size))
    old, new = (older, tree.root(older, node)), (size, edge.root)
    proof = tree.consistency(older, size, node)
    assert tree.continues(old, new, proof)
    assert not tree.continues((older, tree.EMPTY), new, proof)
    assert not tree.continues(old, (size, tree.EMPTY), proof)
    assert not tree.continues(old, new, [*proof, tree.EMPTY])
    assert not tree.continues((0, tree.EMPTY), new, proof)
    if older < size:
        assert not tree.continues(new, old, proof)
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not tree.continues(old, new, [*proof[:place], tree.EMPTY, *proof[place + 1 :]])
        assert not tree.continues(old, new, proof[:-1])


def test_a_history_that_was_rewritten_does_not_continue_the_old_one():
    _, node = kept(6)
    rewritten = [*leaves(6)]
    rewritten[2] = tree.leaf_hash(b"forged")
    edge, nodes = tree.Frontier(), {}
    for number, leaf in enumerate(rewritten):
        nodes[0, number] = leaf
        nodes.update({(level, place): held for level, place, held in edge.add(leaf)})
    proof = tree.consistency(4, 6, lambda level, place: nodes[level, place])
    assert not tree.continues((4, tree.root(4, node)), (6, edge.root), proof)


@pytest.mark.parametrize(("number", "size"), [(1, 1), (-1, 3), (0, 0), (7, 3)])
def test_no_proof_of_an_entry_that_is_not_there(number: int, size: int):
    with pytest.raises(ValueError, match=f"A register of {size} entries has no entry {number}"):
        tree.inclusion(number, size, kept(3)[1])
    assert tree.included(tree.EMPTY, number, size, []) is None


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_no_proof_of_consistency_with_nothing_or_with_more(old: int, new: int):
    with pytest.raises(ValueError, match=f"A register of {new} entries does not continue one of {old}"):
        tree.consistency(old, new, kept(3)[1])
