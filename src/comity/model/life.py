"""The life of a clause: its states, the signals that move it, and what each step waits for and brings about.

A clause's kind holds one such table in its own file; ``procedure`` reads it when events come in, campaigns read the
same table as arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Stage = Literal[
    "pending",
    "in_force",
    "unverified",
    "performed",
    "breached",
    "noticed",
    "cured",
    "renegotiating",
    "owing",
    "suspended",
    "excused",
    "discharged",
    "terminated",
]
"""Where a clause can stand. ``unverified``: due, and nobody has measured; it is unknown, and no breach."""
Signal = Literal[
    "entered",
    "met",
    "missed",
    "lapsed",
    "notice",
    "renegotiate",
    "suspend",
    "pay",
    "renegotiated",
    "resumed",
    "excused",
    "paid",
    "terminated",
]
"""What moves it. ``met`` and ``missed`` come from measurement, ``lapsed`` when a wait is over; ``renegotiate``,
``suspend`` and ``pay`` stand for ``lapsed`` where the clause says that this follows."""
Wait = Literal["", "due", "verification", "grace", "within", "excuse"]
"""For what a stage waits: the due day, the next verification, the time to cure, the time to act, the excuse."""
Consequence = Literal["", "reward", "notice", "renegotiation", "suspension", "payment", "acquiescence", "end"]
"""What a step brings about."""

OPEN_STAGES: tuple[Stage, ...] = ("pending", "in_force", "unverified", "breached", "noticed", "renegotiating", "owing")
FINAL: frozenset[Stage] = frozenset({"performed", "cured", "discharged", "terminated"})
"""Stages in which nothing more is owed."""


@dataclass(frozen=True)
class Transition:
    """One step of a clause's life.

    Attributes:
        to: the stage that follows.
        wait: what that stage waits for.
        consequence: what the step brings about.
    """

    to: Stage
    wait: Wait = ""
    consequence: Consequence = ""


Life = Mapping[tuple[Stage, Signal], Transition]
"""Stage and signal, to what follows; a signal that is not in the table moves nothing."""


def ordinary() -> dict[tuple[Stage, Signal], Transition]:
    """The life of a duty to reach something by a day: breach, notice, time to cure, then what the clause says.

    **Source**: ILC Articles on State Responsibility (2001), Articles 12, 14, 20 to 25, 30, 42 to 45 and 48; Vienna
    Convention on the Law of Treaties, Articles 60 and 65.

    Example:
        >>> ordinary()["in_force", "missed"].to, ordinary()["breached", "lapsed"].consequence
        ('breached', 'acquiescence')
    """
    life: dict[tuple[Stage, Signal], Transition] = {
        ("pending", "entered"): Transition("in_force", "due"),
        ("in_force", "met"): Transition("performed", consequence="reward"),
        ("in_force", "missed"): Transition("breached", "within"),
        ("in_force", "lapsed"): Transition("unverified", "verification"),
        ("unverified", "met"): Transition("performed", consequence="reward"),
        ("unverified", "missed"): Transition("breached", "within"),
        ("unverified", "lapsed"): Transition("unverified", "verification"),
        ("breached", "notice"): Transition("noticed", "grace", "notice"),
        ("breached", "met"): Transition("cured"),
        ("breached", "lapsed"): Transition("discharged", consequence="acquiescence"),
        ("noticed", "met"): Transition("cured"),
        ("noticed", "renegotiate"): Transition("renegotiating", "within", "renegotiation"),
        ("noticed", "suspend"): Transition("suspended", "within", "suspension"),
        ("noticed", "pay"): Transition("owing", "within", "payment"),
        ("renegotiating", "renegotiated"): Transition("in_force", "due"),
        ("renegotiating", "met"): Transition("cured"),
        ("renegotiating", "lapsed"): Transition("terminated", consequence="end"),
        ("owing", "paid"): Transition("discharged"),
        ("owing", "lapsed"): Transition("suspended", "within", "suspension"),
        ("suspended", "resumed"): Transition("in_force", "due"),
        ("suspended", "met"): Transition("cured"),
        ("suspended", "lapsed"): Transition("terminated", consequence="end"),
        ("excused", "lapsed"): Transition("in_force", "due"),
        ("excused", "met"): Transition("performed", consequence="reward"),
    }
    for stage in OPEN_STAGES:
        life[stage, "excused"] = Transition("excused", "excuse")
        life[stage, "terminated"] = Transition("terminated", consequence="end")
        if stage not in {"noticed", "owing"}:
            life[stage, "suspend"] = Transition("suspended", "within", "suspension")
    life["suspended", "terminated"] = Transition("terminated", consequence="end")
    life["in_force", "renegotiated"] = Transition("in_force", "due")
    return life


STAGES: tuple[Stage, ...] = get_args(Stage)
