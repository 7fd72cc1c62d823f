"""Signed notes (C2SP signed-note): key, text and signature of golang.org/x/mod/sumdb/note, its reference."""

import base64

from comity.operation.checkpoint import Checkpoint, checkpoint, hint
from comity.operation.signing import Key, signed_by

SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
KEY = Key.of("PeterNeumann", base64.b64decode(SEED)[1:])


def test_the_key_and_the_name_by_which_a_note_calls_it():
    assert KEY.public == base64.b64decode(PUBLIC)[1:].hex()
    assert hint("PeterNeumann", KEY.public) == "c74f20a3"


def test_the_signature_line_is_that_of_the_reference():
    made = hint("PeterNeumann", KEY.public) + KEY.sign(TEXT.encode())
    assert base64.b64encode(bytes.fromhex(made)).decode() == SIGNATURE
    assert signed_by(KEY.public, TEXT.encode(), base64.b64decode(SIGNATURE)[4:].hex())


def test_a_checkpoint_is_a_note_of_three_lines_an_empty_one_and_signatures():
    register = Key.of("register", bytes(32))
    note = Checkpoint("ab" * 32, 20852163, "cd" * 32).signed(KEY).signed(register)
    lines = note.text().split("\n")
    assert lines[:4] == ["comity-register/" + "ab" * 32, "20852163", base64.b64encode(b"\xcd" * 32).decode(), ""]
    assert [each.split(" ")[:2] for each in lines[4:6]] == [["—", "register"], ["—", "PeterNeumann"]]
    assert lines[6:] == [""]
    assert checkpoint(note.text()) == note
    assert note.carries("PeterNeumann", KEY.public)
    assert not note.carries("PeterNeumann", register.public)
    assert not note.carries("member:JPN", KEY.public)
