"""Competence: which acts no seat can do alone, since they change the position of others or certify its own.

The law engine is told who acts; it is the register that knows who signed. An agreement, an expulsion or a new
instrument is made by several, so that one member's word for it has no effect: the chair, the secretariat or the
depositary record it. Nobody verifies its own performance. A payment that only the payer attests stands, and is flagged.

**Source**: Vienna Convention on the Law of Treaties, Articles 9, 39, 54 and 60; ILC Articles on State Responsibility,
Articles 20 to 25 and 42; nemo iudex in causa sua.
"""

from __future__ import annotations

from typing import Literal

from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.procedure import Flag

RECORDERS = frozenset({"chair", "secretariat", "depositary", "control"})
"""Seats that record what several have agreed or decided."""
SHARED = frozenset(
    {"instrument_adopted", "member_suspended", "membership_lost", "clause_renegotiated", "clause_terminated"}
)
"""Acts of several: recorded, never made, by one seat."""
OF_OTHERS = frozenset({"notice_given", "clause_suspended", "clause_resumed"})
"""Acts of the other side of an obligation."""


def doubt(made: Act, seat: str) -> Flag | None:
    """The flag for an act that the seat which signed it could not do alone; None where it could.

    Args:
        made: the act.
        seat: who signed it.

    Returns:
        A flag ``ultra_vires``: the act has no effect; or ``irregular``: it stands.

    Example:
        >>> from comity.model.event import event
        >>> put_off = {"kind": "clause_renegotiated", "on": "2026-03-01", "clause": "c", "obligor": "JPN"}
        >>> doubt(event(put_off), "member:JPN").what, doubt(event(put_off), "secretariat")
        ('ultra_vires', None)
    """
    kind = str(getattr(made, "kind", ""))
    obligor = str(getattr(made, "obligor", ""))
    own = bool(obligor) and seat in {f"member:{obligor}", f"verifier:{obligor}"}
    what = kind.replace("_", " ")
    if kind in SHARED and seat not in RECORDERS and seat != f"member:{getattr(made, 'state', '')}":
        return _flag("ultra_vires", f"{what}: {seat} cannot do this alone; the secretariat records what several agreed",
                     f"{seat}不能单独作出此行为，须由秘书处记录各方的协议")  # fmt: skip
    if kind in OF_OTHERS and own:
        return _flag("ultra_vires", f"{what}: {obligor} cannot do this about its own obligation",
                     f"{obligor}不能就自身义务作出此行为")  # fmt: skip
    if kind == "measured" and (own or made.by in {f"member:{obligor}", f"verifier:{obligor}"}):
        return _flag("ultra_vires", f"{obligor} cannot verify its own obligation", f"{obligor}不能核查自身的义务")
    if kind == "excuse_invoked" and own:
        return _flag("irregular", f"{obligor} invokes an excuse that nobody else has accepted on record",
                     f"{obligor}援引的免责情由未见他方接受的记录")  # fmt: skip
    if kind == "contribution_paid" and seat.startswith("member:"):
        return _flag("irregular", f"only {seat} attests this payment: no receipt is on record",
                     f"该笔付款仅由{seat}声明，未见收款记录")  # fmt: skip
    return None


def _flag(what: Literal["ultra_vires", "irregular"], en: str, zh: str) -> Flag:
    return Flag(what, "competence", Text(en, zh))
