"""Who sets the agenda under one rule: chances to propose, the premium of proposing, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.agenda_rights import HOLDERS
from comity.analysis.parts.decisions import Decision
from comity.kernel.result import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALL = 10
"""Bodies of more members are divided only where all of them count alike."""
SEARCHED = 7
"""In bodies of more members scenarios and caps are not searched."""
STEPS = 20
TWENTIETHS = 20
ORIGINS = {
    "any_member": Text("any member may propose", "任何成员均可提案"),
    "rotating": Text("the members preside in turn", "成员轮流主持"),
    "one_member": Text("one member proposes or presides", "由一个成员提案或主持"),
    "outside": Text("somebody outside the members proposes", "由成员以外者提案"),
    "unwritten": Text("not written: taken as equal", "未规定：视为均等"),
}


@dataclass(frozen=True)
class Setting:
    """The agenda under one rule.

    Attributes:
        decision: the rule.
        origin: on what the chances to propose rest.
        recognition: members; chances to propose, by the charter's rights.
        expected: members; the share of the whole that each can expect.
        proposing: members; its share when it proposes itself.
        balanced: the largest chance to propose of the strongest member at which no member expects more than the cap;
            None where no cap is written, the body is larger than :data:`SEARCHED`, or no chance tried does.
        fixed: by member, the shares that all expect if it alone proposes; empty in larger bodies.
    """

    decision: Decision
    origin: str
    recognition: NDArray[np.float64]
    expected: NDArray[np.float64]
    proposing: NDArray[np.float64]
    balanced: float | None
    fixed: dict[str, NDArray[np.float64]]

    @property
    def strongest(self) -> int:
        """The place of the member that can expect most."""
        return int(self.expected.argmax())

    @property
    def concentration(self) -> float:
        """The sum of the squared shares (Herfindahl and Hirschman)."""
        return float((self.expected**2).sum())

    @property
    def cap(self) -> float | None:
        """The charter's cap on one member's agenda."""
        balance = self.decision.institution.balance
        return None if balance is None or balance.agenda_cap is None else float(balance.agenda_cap)


def setting(decision: Decision, discount: float) -> Setting | None:
    """The agenda under a rule; None where the body is too large and its members differ.

    Args:
        decision: the rule.
        discount: what a share is worth a round later, from 0 to 1.
    """
    origin, recognition = recognised(decision)
    members = len(decision.members)
    if members > SMALL:
        quota = _quota(decision)
        if quota is None or len(set(recognition.tolist())) > 1:
            return None
        from comity.solvers.bargain.legislative import symmetric

        own, _ = symmetric(members, quota, discount)
        return Setting(decision, origin, recognition, recognition, recognition * 0 + own, None, {})
    from comity.solvers.bargain.legislative import divide
    from comity.solvers.spatial.line import carrying

    winning = carrying(decision.game)
    try:
        found = divide(recognition, discount, winning)
    except ValueError:
        return None
    proposing = found.shares.diagonal().copy()
    fixed: dict[str, NDArray[np.float64]] = {}
    if members <= SEARCHED:
        fixed = {member: divide(_only(members, place), discount, winning).expected
                 for place, member in enumerate(decision.members)}  # fmt: skip
    made = Setting(decision, origin, recognition, found.expected, proposing, None, fixed)
    if made.cap is None or members > SEARCHED:
        return made
    return replace(made, balanced=_balanced(made, discount))


def recognised(decision: Decision) -> tuple[str, NDArray[np.float64]]:
    """The chances to propose that the charter's organs give, and on what they rest."""
    import numpy as np

    body, members = decision.institution, decision.members
    organs = dict.fromkeys(issue.organ for issue in body.issues.values() if issue.rule == decision.rule)
    equal = np.full(len(members), 1 / len(members))
    for name in organs:
        organ = body.organs.get(name)
        if organ is None or organ.proposes is None:
            continue
        holder = organ.chair if organ.proposes == "chair" else organ.proposes
        if holder in members:
            return "one_member", _only(len(members), members.index(str(holder)))
        origin = (
            str(holder) if holder in {"any_member", "rotating"} else "outside" if holder in HOLDERS else "unwritten"
        )
        return origin, equal
    return "unwritten", equal


def _only(members: int, place: int) -> NDArray[np.float64]:
    import numpy as np

    chances = np.zeros(members)
    chances[place] = 1.0
    return chances


def _quota(decision: Decision) -> int | None:
    """How many members carry, where all of them count alike; None where they do not."""
    import numpy as np

    from comity.solvers.spatial.line import carrying

    game = decision.game
    if not (game.coefficients == game.coefficients[:, :, :1]).all():
        return None
    members = len(game.members)
    counts = np.tril(np.ones((members + 1, members), dtype=np.bool_), -1)
    carried = carrying(game)(counts)
    return int(carried.argmax()) if carried.any() else None


def _balanced(made: Setting, discount: float) -> float | None:
    """The largest chance to propose of the strongest member at which nobody expects more than the cap.

    Chances from 0 to 1 are tried in twentieths, for the largest share need not rise with the chance; the last one that
    keeps within the cap is refined by halving. None where none of them does.
    """
    import numpy as np

    from comity.solvers.bargain.legislative import divide
    from comity.solvers.spatial.line import carrying

    members, strongest, cap = len(made.decision.members), made.strongest, made.cap or 1.0
    winning = carrying(made.decision.game)

    def within(chance: float) -> bool:
        chances = np.full(members, (1 - chance) / max(1, members - 1))
        chances[strongest] = chance
        return float(divide(chances, discount, winning).expected.max()) <= cap + 1e-9

    tried = [step / TWENTIETHS for step in range(TWENTIETHS, -1, -1)]
    low = next((chance for chance in tried if within(chance)), None)
    if low is None or low == 1.0:
        return low
    high = low + 1 / TWENTIETHS
    for _ in range(STEPS):
        half = (low + high) / 2
        low, high = (half, high) if within(half) else (low, half)
    return low
