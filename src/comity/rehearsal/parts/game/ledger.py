"""What is kept of a game for the record: every offer with its scores, votes, promises, payments, concessions, trust."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from comity.rehearsal.parts.game.problem import Shock

Row = dict[str, Any]


def _rows() -> list[Row]:
    return []


@dataclass
class Ledger:
    """The record of a game, as rows of tables.

    ``reports`` are the verifier's first verdicts on each promise: what everybody knows of who keeps its word, errors
    included.
    """

    rounds: list[Row] = field(default_factory=_rows)
    offers: list[Row] = field(default_factory=_rows)
    scores: list[Row] = field(default_factory=_rows)
    decisions: list[Row] = field(default_factory=_rows)
    votes: list[Row] = field(default_factory=_rows)
    done: list[Row] = field(default_factory=_rows)
    """What was done about promises that fell due, known or not."""
    performance: list[Row] = field(default_factory=_rows)
    breaches: list[Row] = field(default_factory=_rows)
    payments: list[Row] = field(default_factory=_rows)
    concessions: list[Row] = field(default_factory=_rows)
    trust: list[Row] = field(default_factory=_rows)
    gaps: list[Row] = field(default_factory=_rows)
    """What members left unpaid and the others were asked for, in millions."""
    accessions: list[Row] = field(default_factory=_rows)
    """What was decided on states that asked to join."""
    exits: list[Row] = field(default_factory=_rows)
    payoffs: list[Row] = field(default_factory=_rows)
    kept: Counter[str] = field(default_factory=Counter[str])
    broken: Counter[str] = field(default_factory=Counter[str])
    in_a_row: Counter[str] = field(default_factory=Counter[str])
    """In how many rounds in a row all promises of a member that were judged were reported kept."""
    grudges: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """What one member holds against another beside its promises: tariffs."""
    last: dict[str, tuple[int, int, int]] = field(default_factory=dict[str, tuple[int, int, int]])
    """The last round in which a member's promises were judged, how many they were then, and how many of them broken."""
    tabled: defaultdict[tuple[str, str], list[Fraction]] = field(
        default_factory=lambda: defaultdict[tuple[str, str], list[Fraction]](list)
    )
    """The texts of each member on each issue, in order."""

    def report(self, round_: int, member: str, *, kept: bool) -> None:
        """The verifier's first verdict on a promise."""
        (self.kept if kept else self.broken)[member] += 1
        since, judged, broken = self.last.get(member, (round_, 0, 0))
        if since != round_:
            judged = broken = 0
        self.last[member] = (round_, judged + 1, broken + (not kept))

    def judged(self, round_: int) -> None:
        """All reports of a round are in: who kept everything once more."""
        for member, (since, _, broken) in self.last.items():
            if since == round_:
                self.in_a_row[member] = 0 if broken else self.in_a_row[member] + 1

    def seen(self, member: str) -> dict[str, int]:
        """What a member knows of the others' promises: kept, broken, and broken the last time they were judged."""
        others = [each for each in self.last if each != member]
        latest = max((self.last[each][0] for each in others), default=0)
        lately = [self.last[each] for each in others if self.last[each][0] == latest]
        held = sum(number for (holder, _), number in self.grudges.items() if holder == member)
        return {
            "kept": sum(number for each, number in self.kept.items() if each != member),
            "broken": sum(number for each, number in self.broken.items() if each != member) + held,
            "last_judged": sum(judged for _, judged, _ in lately),
            "last_broken": sum(broken for _, _, broken in lately),
        }

    def conceded(self, issue: str, member: str, shares: Callable[[Fraction], Fraction]) -> Fraction:
        """What the others' texts have come towards a member since their first, in shares of its own range.

        Args:
            issue: the issue.
            member: the member.
            shares: gives the share of its range that a text gives the member.
        """
        moved = [
            shares(texts[-1]) - shares(texts[0])
            for (name, other), texts in self.tabled.items()
            if name == issue and other != member and len(texts) > 1
        ]
        if not moved:
            return Fraction(0)
        return min(max(sum(moved, Fraction(0)) / len(moved), Fraction(0)), Fraction(1))

    def latest(self, issue: str, member: str) -> Fraction | None:
        """Where the others' latest texts on an issue lie on average; None where they tabled none."""
        texts = [each[-1] for (name, other), each in self.tabled.items() if name == issue and other != member and each]
        return sum(texts, Fraction(0)) / len(texts) if texts else None

    def trust_in(self, holder: str, member: str) -> Fraction:
        """How likely one member takes it that another keeps its next promise (Laplace's rule of succession)."""
        kept, broken = self.kept[member], self.broken[member] + self.grudges[holder, member]
        return Fraction(kept + 1, kept + broken + 2)

    def ending(self) -> dict[str, float]:
        """Trust in each member after the last round that was played to its end, the most trusted first."""
        last = max((row["round"] for row in self.trust), default=0)
        held = {row["member"]: row["trust"] for row in self.trust if row["round"] == last}
        return dict(sorted(held.items(), key=lambda each: -each[1]))

    def trusted(self, round_: int, members: Sequence[str], shocks: Sequence[Shock]) -> None:
        """Trust after a round."""
        for shock in shocks:
            if shock.what == "tariff" and shock.against is not None and shock.by is not None:
                self.grudges[shock.against, shock.by] += 1
        for member in members:
            others = [self.trust_in(holder, member) for holder in members if holder != member]
            if others:
                self.trust.append(
                    {"round": round_, "member": member, "trust": float(sum(others, Fraction(0)) / len(others))}
                )
