"""Issuing texts: what a register generates from the law in force, and whether a digest is that of it.

A text that is issued (``text_issued``) is checked twice: when it is recorded, and again when the register is verified.
It is not checked when a register is merely opened, so that a program whose words have improved still opens it; verify
then says which text it would write otherwise.
"""

from __future__ import annotations

from comity.kernel.canonical import digest as sha256
from comity.kernel.result import Language
from comity.operation.acts import TextIssued
from comity.operation.refusing import Conflict
from comity.operation.texts import decision, instrument
from comity.operation.texts.document import Document
from comity.procedure import State, advance

WHOLE = "charter"
"""The name under which the text of the whole law in force is issued."""


def document(state: State, name: str = WHOLE) -> Document:
    """The text of the law in force, or of an adopted decision, as it follows from the state alone.

    Args:
        state: the institution as it stands.
        name: ``charter``, or the name of a question that was adopted.

    Raises:
        UnknownName: where there is no such question, with near ones.
        InputError: where it was not adopted.

    Example:
        >>> import comity
        >>> document(comity.start(comity.load("g5"))).title.en
        'Group of Five (as rumoured)'
    """
    return instrument(state) if name == WHOLE else decision(state, (), name)


def digest(state: State, name: str, lang: Language) -> str:
    """The SHA-256 of a text in one language, in hexadecimal."""
    return sha256(document(state, name).text(lang).encode())


def check(state: State, act: TextIssued) -> None:
    """Check that an issued text is the one that the register generates.

    Args:
        state: the institution as it stands; what lapses until the day of the issue is taken to have lapsed.
        act: the issue.

    Raises:
        UnknownName: where there is no such text.
        InputError: where the question was not adopted.
        Conflict: where the digest is that of another text.
    """
    reached = advance(state, act.on).state if act.on > state.on else state
    found = digest(reached, act.instrument, act.lang)
    if found != act.digest:
        raise Conflict(
            f"The digest {act.digest[:16]}... is not that of the text of {act.instrument} in '{act.lang}': "
            f"{found[:16]}....",
            mend="comity register text --issue records the text as the register generates it.",
        )
