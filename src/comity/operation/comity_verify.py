"""comity-verify: whether an export of a register, or a proof from it, is what it says - without comity.

One file, the standard library and ``cryptography``: copy it, read it, run it (``python comity_verify.py EXPORT``). It
checks bytes, tree, checkpoints, signatures, keys over time, order and proofs; it does not replay rulings. Canonical
JSON (RFC 8785) and the tree (RFC 9162) are written here a second time. Exit code: 0 honest, 1 not, 2 unreadable.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

REGISTER, OFFICE, FOREVER = "register", {"secretariat", "chair"}, 2**53
LEAF, NODE, EXPORT = b"\0", b"\1", b'{"comity":"export/1"'
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ENTRY = {"statement", "key", "signature", "number", "recorded", "rulings"}
STATEMENT = {"comity", "register", "seat", "request", "after", "event"}
SAYS = {
    "missing": ("an entry is not there", "缺少一条记录"),
    "number": ("another entry stands in its place", "其位置上是另一条记录"),
    "edited": ("its bytes are not those that were recorded", "其字节与入册时不符"),
    "unreadable": ("it cannot be read as an entry", "无法作为记录读取"),
    "register": ("it belongs to another register", "属于另一登记册"),
    "request": ("its request was recorded before", "其请求编号先前已入册"),
    "key": ("its key may not sign this, or may not be registered, rotated or revoked so", "其密钥无权如此签署或变动"),
    "signature": ("its signature is not that of its statement", "其签名与陈述不符"),
    "seat": ("its seat cannot act for another", "其席位不得代他人行事"),
    "order": ("its seat spoke out of order", "其席位的陈述次序有误"),
    "clock": ("it was recorded before the entry in front of it", "其入册时间早于前一条"),
    "truncated": ("entries that a checkpoint stands for were cut off", "检查点所涵盖的记录被截去"),
    "checkpoint": ("a checkpoint is not that of these entries, or not signed", "检查点与记录不符或未获签署"),
    "countersignature": ("a countersignature is not that of the seat's key", "副署并非出自该席位的密钥"),
    "document": ("a document is not there or not what its digest says", "文件缺失或与其摘要不符"),
    "proof": ("the proof does not lead to the root", "证明得不出该根"),
}
UNPLAYED = ("rulings not replayed", "未重演裁定")
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def canonical(value: Any) -> bytes:
    """Canonical JSON of text, whole numbers below 2^53, truth values, lists and mappings (RFC 8785)."""
    kind = type(value).__name__
    if kind == "str":
        return json.dumps(value, ensure_ascii=False).encode()
    if kind == "bool" or (kind == "int" and abs(value) < 2**53):
        return str(value).lower().encode()
    if kind == "list":
        return b"[%s]" % b",".join(map(canonical, value))
    if kind == "dict":
        keys: list[str] = sorted(value, key=lambda key: str(key).encode("utf-16-be", "surrogatepass"))
        return b"{%s}" % b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys)
    raise ValueError(f"{kind} has no canonical form")


def sha(*parts: bytes) -> bytes:
    """The hash of an entry (``sha(LEAF, content)``) or of two subtrees (``sha(NODE, left, right)``)."""
    return hashlib.sha256(b"".join(parts)).digest()


def root(row: list[bytes]) -> str:
    """The root over the hashes of entries, in hexadecimal: neighbours are joined, a last one alone moves up."""
    while len(row) > 1:
        row = [sha(NODE, row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)] + row[len(row) & ~1 :]
    return (row[0] if row else sha()).hex()


def included(held: bytes, number: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a proof of inclusion leads (RFC 9162, 2.1.3); no root where it is too long or too short."""
    if size < 2 or not path:
        return b"" if path or size != 1 else held
    half = 1 << (size - 1).bit_length() - 1
    if number < half:
        return sha(NODE, included(held, number, half, path[:-1]), path[-1])
    return sha(NODE, path[-1], included(held, number - half, size - half, path[:-1]))


def grown(old: int, new: int, path: list[bytes], known: list[bytes]) -> tuple[bytes, bytes]:
    """The roots of a tree, ``known`` beforehand, and a longer one to which a proof leads (RFC 9162, 2.1.4)."""
    if old == new or not path:
        whole = [*path, *known]
        return (whole[0], whole[0]) if old == new and len(whole) == 1 else (b"", b"")
    half, top = 1 << (new - 1).bit_length() - 1, path[-1]
    if old <= half:
        before, after = grown(old, half, path[:-1], known)
        return before, sha(NODE, after, top)
    before, after = grown(old - half, new - half, path[:-1], [])
    return sha(NODE, top, before), sha(NODE, top, after)


def signed(key: str, content: bytes, signature: str) -> bool:
    """Whether a signature over some bytes is that of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


class Note:
    """A checkpoint: register, size, root, and the signatures below."""

    def __init__(self, text: str) -> None:
        body, _, below = text.partition("\n\n")
        origin, size, top = body.split("\n")
        self.register, self.size = origin.removeprefix("comity-register/"), int(size)
        self.content, self.root = f"{body}\n".encode(), base64.b64decode(top, validate=True).hex()
        self.signatures = [(line.split(" ")[1], base64.b64decode(line.split(" ")[2])) for line in below.splitlines()]


class Register:
    """What follows from the entries without the law: who may sign, and what is wrong."""

    def __init__(self) -> None:
        self.id, self.next, self.leaves, self.charter, self.clock, self.minutes = "", 0, list[bytes](), "", "", False
        self.keys, self.current, self.seen = dict[str, tuple[str, int, int]](), dict[str, str](), dict[str, int]()
        self.requests, self.faults, self.named = set[tuple[str, str]](), set[tuple[int, str]](), dict[str, int]()

    def fault(self, entry: int, what: str, wrong: bool) -> None:  # noqa: FBT001
        """Keep a fault where something is wrong."""
        self.faults |= {(entry, what)} if wrong else set()

    def enter(self, content: bytes) -> None:
        """Follow one more entry."""
        number, self.next = self.next, self.next + 1
        self.leaves.append(sha(LEAF, content))
        try:
            held = json.loads(content)
            said, seat, key = held["statement"], held["statement"]["seat"], held["key"]
            fits = (set(held), set(said) - {"only"}, type(held["number"])) == (ENTRY, STATEMENT, int)
            fits = fits and said["comity"] == "statement/1" and bool(INSTANT.fullmatch(held["recorded"]))
            self.fault(number, "edited", canonical(held) != content)
            self.fault(number, "unreadable", not fits)
            self.fault(number, "missing", held["number"] > number)
            self.fault(held["number"], "number", held["number"] < number)
            number, self.next = held["number"], max(number, held["number"] + 1)
            self.fault(number, "signature", not signed(key, canonical(said), held["signature"]))
            self.fault(number, "clock", held["recorded"] < self.clock)
            self.fault(number, "request", (seat, said["request"]) in self.requests)
            self.requests.add((seat, said["request"]))
            self.clock = held["recorded"]
            (self._spoken if len(self.leaves) > 1 else self._founded)(number, said, said["event"], key)
        except BROKEN:
            self.fault(number, "unreadable", True)

    def _founded(self, number: int, said: dict[str, Any], event: dict[str, Any], key: str) -> None:
        self.id, self.charter, self.minutes = self.leaves[0].hex(), event["document"], event.get("minutes", False)
        self.current = dict(event["keys"])
        self.keys = {public: (seat, 0, FOREVER) for seat, public in event["keys"].items()}
        told = (number, event["kind"], said["seat"], said["register"], said["after"])
        self.fault(0, "unreadable", told != (0, "register_founded", REGISTER, "", 0))
        self.fault(0, "key", self.current[REGISTER] != key)

    def _spoken(self, number: int, said: dict[str, Any], event: dict[str, Any], key: str) -> None:
        seat, after, kind = said["seat"], said["after"], event["kind"]
        self.fault(number, "register", said["register"] != self.id)
        self.fault(number, "key", self.current.get(seat) != key)
        self.fault(
            number, "order", not self.seen.get(seat, 0) <= after <= number or ("only" in said and after < number)
        )
        self.seen[seat] = after
        own = (self.minutes and seat == "secretariat") or seat == event.get("by", "secretariat")
        own = (kind, event["seat"]) == ("key_rotated", REGISTER) if seat == REGISTER else own
        self.fault(number, "seat", not own or kind == "register_founded")
        self.named.setdefault(event.get("digest", ""), number)
        if kind in {"key_registered", "key_rotated", "key_revoked"}:
            self._changed(number, seat, event)

    def _changed(self, number: int, seat: str, event: dict[str, Any]) -> None:
        """A key is registered, rotated or revoked."""
        kind, whose, key, valid = event["kind"], event["seat"], event["key"], self.current.get(event["seat"])
        fits = {
            "key_registered": seat in OFFICE and valid is None and whose != REGISTER,
            "key_rotated": seat == whose and valid is not None,
            "key_revoked": seat in {whose, *OFFICE} and valid == key and whose != REGISTER,
        }[kind]
        if kind != "key_revoked":
            wanted = {"comity": "key/1", "register": self.id, "seat": whose, "key": key}
            fits = fits and key not in self.keys and signed(key, canonical(wanted), event["possession"])
        self.fault(number, "key", not fits)
        if fits and valid is not None:
            self.keys[valid] = (whose, self.keys[self.current.pop(whose)][1], number)
        if fits and kind != "key_revoked":
            self.keys[key], self.current[whose] = (whose, number + 1, FOREVER), key

    def carries(self, note: Note, seat: str) -> bool:
        """Whether a checkpoint is signed with a key that the seat could sign it with; a seat may do so later."""
        found = False
        for key, (whose, since, until) in self.keys.items():
            if whose == seat and (since < note.size or seat != REGISTER) and until >= note.size - 1:
                mark = sha(f"{seat}\n\1".encode(), bytes.fromhex(key))[:4]
                made = [each[4:].hex() for who, each in note.signatures if (who, each[:4]) == (seat, mark)]
                found |= any(signed(key, note.content, each) for each in made)
        return found

    def against(self, text: str) -> Note:
        """Hold the entries against a checkpoint."""
        note = Note(text)
        self.fault(0, "register", note.register != self.id)
        self.fault(self.next, "truncated", note.size > self.next)
        self.fault(-1, "checkpoint", note.size < 1 or root(self.leaves[: note.size]) != note.root)
        for seat in {REGISTER, *(seat for seat, _ in note.signatures)}:
            self.fault(-1, "checkpoint" if seat == REGISTER else "countersignature", not self.carries(note, seat))
        return note


def export(data: bytes, outside: list[str]) -> tuple[dict[str, Any], Register]:
    """What is found in an export, held against checkpoints that were kept elsewhere."""
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    head, held, notes, laid = json.loads(first), Register(), list[str](), dict[str, bytes]()
    for line in lines:
        if line.startswith(b'{"entry":'):
            held.enter(line[9:-75])
            held.fault(held.next - 1, "edited", line[-75:] != b',"leaf":"%s"}' % held.leaves[-1].hex().encode())
            continue
        said = json.loads(line)
        held.fault(-1, "edited", canonical(said) != line)
        if "document" in said:
            laid[said["document"]["digest"]] = base64.b64decode(said["document"]["content"], validate=True)
        else:
            notes.append(said["countersigned"]["note"])
    held.named[held.charter] = 0
    for digest, content in laid.items():
        held.fault(held.named.get(digest, -1), "document", sha(content).hex() != digest)
    held.fault(0, "document", held.charter not in laid)
    newest, seats = held.against(head["note"]), dict[str, int]()
    held.fault(-1, "checkpoint", any(head[each] != vars(newest)[each] for each in ("register", "size", "root")))
    held.fault(newest.size, "checkpoint", newest.size < len(held.leaves))
    for note in map(held.against, [*notes, *outside]):
        seats |= {seat: max(note.size, seats.get(seat, 0)) for seat, _ in note.signatures if seat != REGISTER}
    return {"proves": "export/1", "entries": len(held.leaves), "root": root(held.leaves), "countersigned": seats}, held


def proof(said: dict[str, Any], outside: list[str]) -> tuple[dict[str, Any], Register]:
    """What is found in a proof: that an entry is in a tree, or that a tree continues a shorter one."""
    held, note, path = Register(), Note(said["note"]), [bytes.fromhex(each) for each in said["path"]]
    for each in said["keys"]:  # the founding, then each rotation of the register's own key
        held.next = each["number"]
        held.enter(canonical(each))
    told: dict[str, Any] = {"proves": said["comity"], "entries": note.size, "root": note.root}
    known = [(note.size, note.root)]
    if ("consistency/1", "inclusion/1").index(said["comity"]):
        entry = said["entry"]
        told["entry"] = number = entry["number"]
        top = included(sha(LEAF, canonical(entry)), number, note.size, path) if 0 <= number < note.size else b""
        held.fault(number, "proof", top.hex() != note.root)
        held.fault(number, "signature", not signed(entry["key"], canonical(entry["statement"]), entry["signature"]))
    else:
        size, old = said["old"]["size"], bytes.fromhex(said["old"]["root"])
        known.append((size, old.hex()))
        fits = 0 < size <= note.size and grown(size, note.size, path, [old]) == (old, bytes.fromhex(note.root))
        held.fault(-1, "proof", not fits)
    held.fault(0, "register", note.register != held.id)
    held.fault(-1, "checkpoint", not held.carries(note, REGISTER))
    for each in map(Note, outside):
        held.fault(-1, "checkpoint", each.register != held.id or (each.size, each.root) not in known)
    return told, held


def examined(data: bytes, outside: list[str]) -> dict[str, Any]:
    """What is found in a file: an export, or a proof; ValueError where it is neither."""
    try:
        told, held = export(data, outside) if data.startswith(EXPORT) else proof(json.loads(data), outside)
    except BROKEN as error:
        raise ValueError(f"neither an export nor a proof: {error!r:.200}") from None
    faults = [{"entry": entry, "what": what, "says": SAYS[what][0]} for entry, what in sorted(held.faults)]
    return {"honest": not faults, "register": held.id, **told, "faults": faults, "notes": [UNPLAYED[0]]}


def main(given: list[str] | None = None) -> int:
    """The command ``comity-verify``; its exit code."""
    asked = argparse.ArgumentParser(prog="comity-verify", description=str(__doc__).split("\n", maxsplit=1)[0])
    asked.add_argument("file", help="an export of a register, or a proof from it")
    asked.add_argument("--checkpoint", action="append", default=[], help="a checkpoint that was kept elsewhere")
    asked.add_argument("--json", action="store_true", help="print what was found as JSON")
    options = asked.parse_args(given)
    try:
        outside = [Path(each).read_text(encoding="utf-8") for each in options.checkpoint]
        found = examined(Path(options.file).read_bytes(), outside)
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        told = [f"{name} {value}" for name, value in list(found.items())[1:-2]]
        wrong = [f"{each['entry']}: {each['what']}: {' '.join(SAYS[each['what']])}" for each in found["faults"]]
        print("\n".join(["honest 可信" if found["honest"] else "NOT honest 不可信", *told, *wrong, " ".join(UNPLAYED)]))
    return 1 - found["honest"]


if __name__ == "__main__":
    sys.exit(main())
