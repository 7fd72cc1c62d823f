"""Rebuilding computed figures from the files of their sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from comity.kernel.errors import InputError
from comity.library.actors import actors
from comity.library.institutions import load
from comity.library.writing import write
from comity.model.votes import VOTES, RollCalls, text_of
from comity.observation.estimating import tables

CLUBS = ("g5", "g7", "brics")
"""The institutions whose members' agreement with each other is kept."""


def build_positions(
    votes: Path, issues: Path | None, into: Path, progress: Callable[[int, int, str], None] | None = None
) -> dict[str, Path]:
    """Rebuild the tables of positions from a file of roll calls.

    Args:
        votes: the matrix of votes, or an export of the UN Digital Library; plain CSV or gzip.
        issues: which issue codes each roll call has.
        into: the folder of the tables.
        progress: told ``(done, total, note)``.

    Raises:
        InputError: where a file cannot be read.
        DocumentError: with what is wrong in the files.
    """
    calls = roll_calls(votes, issues)
    states = {state for club in CLUBS for state in load(club).members_on(load(club).as_of)}
    made = tables(calls, states, progress)
    return {name: write(into / name, content) for name, content in made.items()}


def roll_calls(votes: Path, issues: Path | None) -> RollCalls:
    """The roll calls of a file in whichever known format it has.

    Raises:
        InputError: where the file is missing or too large to be one.
        DocumentError: with what is wrong in it.
    """
    content, told = _bytes(votes), None if issues is None else _bytes(issues)
    kind = "un_votes" if text_of(content, votes.name).startswith("rcid") else "un_digital_library"
    known = {actor.code for actor in actors()}
    return VOTES.get(kind)().read(content, told, known=known, file=votes.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read ({why}).", mend="Check the path.") from None
