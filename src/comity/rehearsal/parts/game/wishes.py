"""What members want in a game: the likeliest values of their stakes, as exact numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from comity.model.grounds import Grounds, Stand
from comity.model.institution import Institution
from comity.model.policy import Worth

FINE = 1000
"""Stakes are read to a thousandth of a point."""


def fine(value: float) -> Fraction:
    """A stake as an exact number."""
    return Fraction(round(value * FINE), FINE)


@dataclass(frozen=True)
class Want:
    """What one member wants on one issue: its position, how much it cares, and how far a text may lie from it."""

    position: Fraction
    salience: Fraction
    reach: Fraction | None
    """How far a text may lie from its position; None where it measures against what stands."""

    def limit(self, stands: Fraction, *, first: bool) -> Fraction:
        """How far a text may lie from its position and still be better than what stands."""
        return self.reach if first and self.reach is not None else abs(self.position - stands)

    def share(self, text: Fraction, stands: Fraction, *, first: bool) -> Fraction:
        """How much of its own range a text gives it: 1 its position, 0 no better than what stands, below that worse.

        Example:
            >>> want = Want(Fraction(80), Fraction(50), None)
            >>> [str(want.share(Fraction(text), Fraction(40), first=True)) for text in (80, 60, 40, 20)]
            ['1', '1/2', '0', '-1/2']
        """
        limit, off = self.limit(stands, first=first), abs(text - self.position)
        if not limit:
            return -off / 100
        return (limit - off) / limit


@dataclass(frozen=True)
class Good:
    """What an issue provides, in millions of US dollars a year, member by member."""

    benefit: Mapping[str, Fraction]
    cost: Mapping[str, Fraction]
    part: Mapping[str, Fraction]
    excludable: Fraction
    needed: Fraction

    def provided(self, efforts: Mapping[str, Fraction]) -> Fraction:
        """The share of the good that these efforts come to; nothing below what is needed."""
        whole = sum(
            (self.part[member] * effort for member, effort in efforts.items() if member in self.part), Fraction(0)
        )
        return whole if whole >= self.needed else Fraction(0)

    def gain(self, member: str, efforts: Mapping[str, Fraction]) -> Fraction:
        """What a member gains in a year: all of it where it delivers, what cannot be kept from it elsewhere."""
        if member not in self.benefit:
            return Fraction(0)
        kept = Fraction(1) if efforts.get(member, Fraction(0)) > 0 else 1 - self.excludable
        return self.benefit[member] * self.provided(efforts) * kept

    def worth(self, member: str, obligors: Sequence[str], reward: Fraction) -> Worth:
        """What delivering is worth to one of those who promised it: alone, only together, or not even then."""
        if member not in self.cost:
            return 1
        cost = self.cost[member]
        alone = self.gain(member, {member: Fraction(1)})
        others = {each: Fraction(1) for each in obligors if each != member}
        together = self.gain(member, {**others, member: Fraction(1)})
        if alone + reward >= cost:
            return 2
        return 1 if together + reward >= cost else 0


@dataclass(frozen=True)
class Topic:
    """An issue on which the institution can decide and enough members have stakes."""

    issue: str
    matter: str
    organ: str
    status_quo: Fraction
    wants: Mapping[str, Want]
    good: Good | None


def topics(
    institution: Institution, grounds: Grounds, members: Sequence[str]
) -> tuple[dict[str, Topic], dict[str, str]]:
    """The issues that can be played, in the order of the stakes, and why the others cannot."""
    found: dict[str, Topic] = {}
    left: dict[str, str] = {}
    for name, written in grounds.stakes.issues.items():
        matter = institution.matter(name, *written.matters)
        if matter is None:
            left[name] = "no_rule"
        elif not grounds.enough(name, members):
            left[name] = "no_stakes"
        else:
            stands = grounds.stands(name, members)
            wants = {member: want(each) for member, each in stands.items()}
            organ = institution.issues[matter].organ
            found[name] = Topic(name, matter, organ, written.status_quo, wants, valued(grounds, name, members))
    return found, left


def want(stand: Stand) -> Want:
    """The likeliest of what a member is taken to want."""
    reach = None if stand.reservation is None else fine(stand.reservation[1])
    return Want(fine(stand.position[1]), fine(stand.salience[1]), reach)


def valued(grounds: Grounds, issue: str, members: Sequence[str]) -> Good | None:
    """The good of an issue as the members value it; None where nobody does."""
    written = grounds.stakes.issue(issue).good
    worths = {member: grounds.worth(issue, member) for member in members}
    valued = {member: each for member, each in worths.items() if each is not None}
    if written is None or not valued:
        return None
    costs = {member: fine(each.cost[1]) for member, each in valued.items()}
    if all(each.part is not None for each in valued.values()):
        part = {member: Fraction(each.part or 0).limit_denominator(10**9) for member, each in valued.items()}
    else:
        total = sum(costs.values(), Fraction(0))
        part = {member: cost / total if total else Fraction(1, len(costs)) for member, cost in costs.items()}
    benefit = {member: fine(each.benefit[1]) for member, each in valued.items()}
    return Good(benefit, costs, part, written.excludable[1], written.needed)
