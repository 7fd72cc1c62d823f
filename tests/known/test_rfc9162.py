"""Merkle trees as Certificate Transparency has them: the reference vectors of RFC 6962, whose tree RFC 9162 keeps.

Eight leaves, the root over the first n of them, proofs of inclusion and of consistency: certificate-transparency-go and
transparency-dev/merkle, ``testonly/constants.go`` and ``testonly/reference_test.go``.
"""

import pytest

from comity.operation.tree import (
    EMPTY,
    Frontier,
    consistency,
    continues,
    included,
    inclusion,
    leaf_hash,
    node_hash,
    root,
)

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
)
D, E, F = (
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
INCLUSION = [
    (0, 1, []),
    (0, 2, [A]),
    (1, 2, [ROOTS[1]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], B, C]),
    (0, 8, [A, B, D]),
    (5, 8, [C, E, ROOTS[4]]),
]
CONSISTENCY = [(1, 1, []), (1, 8, [A, B, D]), (2, 5, [B, C]), (6, 8, [F, E, ROOTS[4]])]


def kept():
    """All complete subtrees over the eight leaves, by level and position."""
    rows = [[leaf_hash(bytes.fromhex(each)) for each in LEAVES]]
    while len(rows[-1]) > 1:
        rows.append([node_hash(*rows[-1][place : place + 2]) for place in range(0, len(rows[-1]), 2)])
    return lambda level, position: rows[level][position]


def hexes(hashes):
    return [each.hex() for each in hashes]


def test_the_root_of_no_entries_is_the_digest_of_nothing():
    assert EMPTY.hex() == ROOTS[0] == Frontier().root.hex() == root(0, kept()).hex()


def test_roots_as_entries_are_added_and_as_subtrees_are_kept():
    edge = Frontier()
    for size, leaf in enumerate(LEAVES, 1):
        edge.add(leaf_hash(bytes.fromhex(leaf)))
        assert edge.root.hex() == ROOTS[size] == root(size, kept()).hex()


@pytest.mark.parametrize(("number", "size", "proof"), INCLUSION)
def test_proofs_of_inclusion(number, size, proof):
    assert hexes(inclusion(number, size, kept())) == proof
    leaf = leaf_hash(bytes.fromhex(LEAVES[number]))
    assert included(leaf, number, size, list(map(bytes.fromhex, proof))).hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_proofs_of_consistency(old, new, proof):
    assert hexes(consistency(old, new, kept())) == proof
    before, after = ((size, bytes.fromhex(ROOTS[size])) for size in (old, new))
    assert continues(before, after, list(map(bytes.fromhex, proof)))
