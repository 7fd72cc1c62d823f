"""One member in one mode under one rule: can the body open, can it decide, is the proposal adopted, what stopped it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from comity.analysis.parts.decisions import Decision
from comity.kernel.family import kind_of
from comity.kernel.result import Text

Mode = Literal["absent", "abstain", "objects", "walked_out", "no"]
MODES: dict[str, Text] = {
    "absent": Text("stays away", "缺席"),
    "abstain": Text("abstains", "弃权"),
    "objects": Text("objects", "正式反对"),
    "walked_out": Text("walks out", "退场"),
    "no": Text("votes no", "投反对票"),
}
OUTCOMES = {
    "adopted": Text("adopted", "通过"),
    "not_adopted": Text("not adopted", "未通过"),
    "no_quorum": Text("no quorum", "不足法定人数"),
}
STOPS = {
    "": Text("–", "–"),
    "opening": Text("quorum to open", "开会法定人数"),
    "quorum": Text("quorum to decide", "表决法定人数"),
    "threshold": Text("threshold", "表决门槛"),
    "consent": Text("want of consent", "未获一致同意"),
    "veto": Text("veto", "否决权"),
}
MANY = 30
"""In larger bodies tables name only the members of greatest weight, and gains are counted for one chair at a time."""
SMALL = 2**16
"""The most kinds of coalition for which the gain of each member is counted with each chair empty."""


@dataclass(frozen=True)
class Cell:
    """What happens when one member does one thing and all others vote yes."""

    decision: Decision
    member: str
    mode: str
    opens: str
    outcome: str
    stop: str


def cells(decision: Decision, members: Sequence[str], modes: Sequence[str]) -> list[Cell]:
    """Each of the members in each of the modes under one rule."""
    import numpy as np

    from comity.solvers.game import CHOICES, YES

    game = decision.game
    cases = [(member, mode) for member in members for mode in modes]
    ballots = np.full((len(cases), len(game.members)), YES, dtype=np.int64)
    for row, (member, mode) in enumerate(cases):
        ballots[row, game.members.index(member)] = CHOICES.index("absent" if mode == "walked_out" else mode)
    held = game.conditions(ballots)
    adopted = game.evaluate(held)
    quorums = [number for number, tag in enumerate(game.tags) if tag == "quorum"]
    present = np.all(held[:, quorums], axis=1).tolist()
    reached = game.without("quorum").without("veto").adopted(ballots)
    opens_by = opening(decision)
    want = "consent" if kind_of(type(decision.institution.rule(decision.rule))) == "consensus" else "threshold"
    found: list[Cell] = []
    for row, (member, mode) in enumerate(cases):
        opens = opens_by[member] if mode == "absent" else opens_by[""]
        stop = ""
        if opens == "no":
            stop = "opening"
        elif not present[row]:
            stop = "quorum"
        elif not reached[row]:
            stop = want
        elif not adopted[row]:
            stop = "veto"
        outcome = {"": "adopted", "opening": "no_quorum", "quorum": "no_quorum"}.get(stop, "not_adopted")
        found.append(Cell(decision, member, mode, opens, outcome, stop))
    return found


def opening(decision: Decision) -> dict[str, str]:
    """Whether those who came reach the quorum to open, by who stays away (nobody: ""); who walks out later had come."""
    asked = [each for each in (decision.quorum.each() if decision.quorum else ()) if each.bound("open")]
    chairs = ("", *decision.members)
    if not asked:
        return dict.fromkeys(chairs, "unwritten")
    found = dict.fromkeys(chairs, "yes")
    for each in asked:
        weights = decision.weights if each.of == "weight" else (Fraction(1),) * len(decision.members)
        missing = {"": Fraction(0), **dict(zip(decision.members, weights, strict=True))}
        total = sum(weights, Fraction(0))
        share, strict = each.bound("open") or (Fraction(0), False)
        for chair in chairs:
            came, needed = total - missing[chair], share * total
            if not (came > needed if strict else came >= needed):
                found[chair] = "no"
    return found


def gains(decided: Sequence[Decision], away: str | None) -> tuple[list[dict[str, Any]], list[Decision]]:
    """Who gains how much voting power while a chair is empty, and the rules under which this is not counted."""
    rows: list[dict[str, Any]] = []
    skipped: list[Decision] = []
    for decision in decided:
        found = _gains(decision, away) if away or len(decision.members) <= MANY else None
        if found is None:
            skipped.append(decision)
        else:
            rows += found
    return rows, skipped


def _gains(decision: Decision, away: str | None) -> list[dict[str, Any]] | None:
    from comity.solvers.power import measure
    from comity.solvers.simple import reduce

    game = reduce(decision.game)
    if game.kinds > SMALL or len(decision.members) < 2:
        return None
    before = dict(zip(game.members, measure(game).shapley_shubik, strict=True))
    rows: list[dict[str, Any]] = []
    for member in [away] if away else decision.members:
        rest = reduce(decision.game.given(member, "absent"))
        after = dict(zip(rest.members, measure(rest).shapley_shubik, strict=True))
        rows += [
            {
                "institution": decision.institution.name,
                "decision": decision.key,
                "away": member,
                "member": other,
                "before": float(before[other]),
                "after": float(share),
                "gain": float(share - before[other]),
            }
            for other, share in after.items()
        ]
    return rows
