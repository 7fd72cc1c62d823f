"""One game under way: the frozen problem, the driver, what stands, and the record of what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from comity.kernel.canonical import digest
from comity.model.grounds import Grounds
from comity.model.panel import Panel
from comity.procedure import view
from comity.rehearsal.parts.game.driver import Driver
from comity.rehearsal.parts.game.ledger import Ledger
from comity.rehearsal.parts.game.problem import Problem, Shock
from comity.rehearsal.parts.game.wishes import Good, Topic

NOUGHT = Fraction(0)


class Verdict(NamedTuple):
    """What the verifier saw of a promise: in which round it fell due, what was done, and what it will report."""

    round: int
    clause: str
    obligor: str
    issue: str
    stage: str
    """Where the promise stood when it was done or not."""
    effort: Fraction
    reported: Fraction
    error: str

    @property
    def key(self) -> tuple[str, str]:
        """Whose promise it is."""
        return self.clause, self.obligor


@dataclass
class Play:
    """A game under way.

    Attributes:
        problem: the frozen problem.
        driver: asks the seats and applies the law.
        topics: the issues that are played.
        panel: the figures that contributions follow.
        stands: the text that stands on each issue.
        ledger: what is kept for the record: offers, votes, promises, payments, trust.
    """

    problem: Problem
    driver: Driver
    topics: dict[str, Topic]
    panel: Panel | None
    sits: dict[str, int]
    """Every how many rounds each organ sits."""
    stands: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    ledger: Ledger = field(default_factory=Ledger)
    turn: Counter[str] = field(default_factory=Counter[str])
    """How many issues each organ has taken up."""
    outvoted: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    begun: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    """In which rounds each shock began."""
    grounds: Grounds | None = None
    """The stakes, from whose ranges a new government's wishes are drawn."""
    balance: Fraction = NOUGHT
    """What the fund holds."""
    equally: bool = False
    """Whether contributions were shared equally for want of a rule that can be read."""
    tariffs: dict[tuple[str | None, str | None], Shock] = field(
        default_factory=dict[tuple[str | None, str | None], Shock]
    )
    """Tariffs that were ever levied, by who levied them on whom."""
    answered: set[tuple[str | None, str | None]] = field(default_factory=set[tuple[str | None, str | None]])
    """Who answered whose tariff the last time it was asked."""
    taken_back: dict[int, int] = field(default_factory=dict[int, int])
    """In which round a tariff was taken back, by the number of the shock."""
    felt: dict[int, tuple[Shock, ...]] = field(default_factory=dict[int, tuple[Shock, ...]])
    """What was felt from outside in each round, answers included."""
    covered: dict[tuple[str, int], Fraction] = field(default_factory=dict[tuple[str, int], Fraction])
    """How much of an unpaid contribution was assessed on the others, by member and the number of its contribution."""
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    """What the verifier saw and has not reported yet."""
    left: dict[str, str] = field(default_factory=dict[str, str])
    """Issues that cannot be played, and why."""
    ended: str = ""
    """How the game ended: ``rounds``, ``dissolved`` or ``interrupted``."""

    @property
    def members(self) -> tuple[str, ...]:
        """The members now."""
        return self.driver.state.members

    @property
    def round(self) -> int:
        """The present round."""
        return self.driver.round

    def first(self, issue: str) -> bool:
        """Whether nothing was adopted on an issue yet."""
        return issue not in self.stands

    def standing(self, issue: str) -> Fraction:
        """The text that stands on an issue: the last one adopted, else the status quo."""
        return self.stands.get(issue, self.topics[issue].status_quo)

    def struck(self, what: str, issue: str) -> Fraction:
        """By what the crises or prices of this round multiply, on an issue."""
        times = Fraction(1)
        for shock in self.driver.shocks:
            if shock.what == what and shock.issue == issue:
                times *= shock.times
        return times

    def good(self, issue: str) -> Good | None:
        """What an issue provides in this round, its worth and its cost as crises and prices have them."""
        good = self.topics[issue].good if issue in self.topics else None
        worth, cost = self.struck("crisis", issue), self.struck("price", issue)
        if good is None or worth == cost == 1:
            return good
        dearer = {member: each * cost for member, each in good.cost.items()}
        return replace(good, benefit={member: each * worth for member, each in good.benefit.items()}, cost=dearer)

    def share(self, issue: str, member: str, text: Fraction) -> Fraction | None:
        """How much of its own range a text gives a member; None where it wants nothing on the issue."""
        want = self.topics[issue].wants.get(member)
        return None if want is None else want.share(text, self.standing(issue), first=self.first(issue))


def state_digest(game: Play) -> str:
    """SHA-256 of the institution as it stands at the end."""
    return digest(view(game.driver.state, "control"))
