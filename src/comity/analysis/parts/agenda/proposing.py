"""What proposing is worth on an issue: each member's text when it proposes, and how much nearer that is to its wish."""

from __future__ import annotations

from dataclasses import dataclass

from comity.analysis.parts.matters import Matter

MANY = 20
"""In larger bodies proposals are not computed."""


@dataclass(frozen=True)
class Proposal:
    """One member's proposal on one issue at the modes.

    Attributes:
        matter: the issue before the body.
        member: who proposes.
        text: the text it proposes; None where it rather lets its turn pass.
        expected: the text expected before anybody is recognised.
        premium: how many points nearer to its wish the text is when it proposes itself.
    """

    matter: Matter
    member: str
    text: float | None
    expected: float
    premium: float


def proposals(matter: Matter, discount: float) -> list[Proposal]:
    """Each member's best text that a winning coalition accepts rather than wait; empty where this does not settle.

    Every member with stakes is as likely as any other to be recognised.

    **Source**: Banks and Duggan (2000), "A Bargaining Model of Collective Choice", American Political Science Review
    94(1): 73-88.
    """
    import numpy as np

    from comity.analysis.parts.outcome.lenses import Case
    from comity.solvers.bargain.legislative import spatial_proposals

    modes = matter.modes()
    case = Case(matter, modes, np.ones(len(matter.decision.members)), 0.0, discount)
    judged = case.judged
    if not 1 < len(judged) <= MANY:
        return []
    found = spatial_proposals(
        modes.position[0, judged], 1.0, np.full(len(judged), 1 / len(judged)), discount, winning=case.adopted,
        status_quo=matter.status_quo, ends=(0.0, 100.0),
    )  # fmt: skip
    expected = float(np.asarray(found.expected).ravel()[0])
    if not found.converged or np.isnan(expected):
        return []
    texts, premium = np.asarray(found.texts).ravel(), np.asarray(found.premium).ravel()
    return [
        Proposal(
            matter,
            matter.decision.members[int(place)],
            None if np.isnan(texts[row]) else float(texts[row]),
            expected,
            0.0 if np.isnan(premium[row]) else float(premium[row]),
        )
        for row, place in enumerate(judged)
    ]
