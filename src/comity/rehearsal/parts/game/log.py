"""The log of a game: the frozen problem first, then every answer, event and shock as it came, then the end.

An interrupted log is whole as far as it goes: the answers on it are played again, in the same order, and the game goes
on from there. Replaying its events alone gives the very state that the game ended in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from comity.kernel.canonical import digest, dumps, plain
from comity.kernel.errors import InputError
from comity.model.event import event
from comity.model.institution import Institution
from comity.model.seat import Answer
from comity.procedure import State, apply, start, view
from comity.rehearsal.parts.game.problem import Problem


@dataclass(frozen=True)
class Log:
    """A log as it was read.

    Attributes:
        problem: the frozen problem.
        answers: the answers of seats, by question; those of a model follow from its exchanges instead.
        events: the events, in order.
        end: how the game ended; empty where the log breaks off.
        state: the digest of the state at the end.
        exchanges: what models were asked and answered, by question.
    """

    problem: Problem
    answers: Mapping[str, Answer]
    events: tuple[Mapping[str, Any], ...]
    end: str = ""
    state: str = ""
    exchanges: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


def header(problem: Problem) -> dict[str, Any]:
    """The first entry: what is rehearsed, and its digest."""
    return {"comity": 1, "kind": "rehearsal", "problem": problem, "digest": problem.digest}


def line(entry: Mapping[str, Any]) -> str:
    """One entry as one line of JSON.

    Example:
        >>> line({"round": 1, "end": "rounds"})
        '{"end":"rounds","round":1}'
    """
    return dumps(plain(entry))


def read(lines: Iterable[str], name: str) -> Log:
    """A log, as far as it goes; a last line that was cut off is left out.

    Args:
        lines: the lines.
        name: what the log is called in messages.

    Raises:
        InputError: where it is no log of a rehearsal, or the problem in it was changed.
    """
    kept = list(lines)
    entries: list[dict[str, Any]] = []
    for number, text in enumerate(kept):
        try:
            entries.append(json.loads(text))
        except ValueError:
            if number == len(kept) - 1:
                break
            raise InputError(f"{name}:{number + 1}: this line is no JSON.", mend="Take an unchanged log.") from None
    head = entries[0] if entries else {}
    if head.get("kind") != "rehearsal":
        raise InputError(f"{name} is no log of a rehearsal.", mend="Write one: comity rehearse CHARTER --log FILE.")
    try:
        problem = Problem.model_validate(head["problem"])
    except ValidationError as error:
        raise InputError(f"{name}: {error.errors()[0]['msg']}.", mend="Take an unchanged log.") from None
    if problem.digest != head.get("digest"):
        raise InputError(f"{name}: the problem is not the one that was frozen.", mend="Take an unchanged log.")
    said = [entry["answer"] for entry in entries if "answer" in entry]
    last = entries[-1]
    return Log(
        problem,
        {each["ask"]: _answer(each) for each in said if each["by"] != "shock" and not _by_model(problem, each)},
        tuple(entry["event"] for entry in entries if "event" in entry),
        str(last.get("end", "")),
        str(last.get("state", "")),
        {entry["model"]["ask"]: entry["model"] for entry in entries if "model" in entry},
    )


def _by_model(problem: Problem, entry: Mapping[str, Any]) -> bool:
    return problem.player(entry["seat"].partition(":")[2]).outside == "model"


def _answer(entry: Mapping[str, Any]) -> Answer:
    """What the seat said; where it was not legal that is said again, so that the same fallback plays."""
    said = entry.get("said") if entry["by"] == "fallback" else entry
    if said is None:
        return Answer("", "")
    return Answer(entry["ask"], said["move"], said["slots"], entry.get("reason", ""))


def replay(log: Log, institution: Institution) -> State:
    """The state that the events on a log lead to, by the law alone.

    Raises:
        InputError: where the charter is not the one that was frozen, or the state is not the one on the log.
    """
    if institution.digest != log.problem.charter_digest:
        raise InputError(f"The charter '{log.problem.charter}' changed since.", mend="Take the charter of that day.")
    state = start(institution, log.problem.start)
    for made in log.events:
        state = apply(state, event(dict(made))).state
    if log.state and digest(view(state, "control")) != log.state:
        raise InputError("The events on the log lead to another state.", mend="Take an unchanged log.")
    return state
