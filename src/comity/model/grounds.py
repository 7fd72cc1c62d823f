"""Stakes held against figures and votes: what each member wants, and draws of it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.kernel.streams import Stream, triangular
from comity.model.goods import Each, GoodDraws, Shared, Span, Worth
from comity.model.panel import Panel
from comity.model.stakes import SCALE, Derivation, FromIndicator, Same, Stakes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Basis = Literal["votes", "indicator", "same", "assumption"]
LARGEST_GAP = Fraction(1, 5)
"""A body in which more than this share of the members has no stakes is not judged."""


class IdealPoint(NamedTuple):
    """A state's ideal point in its latest session, with its interval."""

    session: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Stand:
    """What one member is taken to want on one issue, and on what it rests.

    ``reservation`` is None where the member measures every text against the status quo.
    """

    position: Span
    salience: Span
    reservation: Span | None
    basis: Basis
    why: Text


@dataclass(frozen=True)
class Draws:
    """Draws of what members want: each array is ``draws x members``, in points of the scale.

    ``low`` and ``high`` are the ends of the texts that a member prefers to having none.
    """

    members: tuple[str, ...]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    home: NDArray[np.float64]
    """How much of the way back to the status quo the pivotal ratifier stands; nan where there is none."""


@dataclass(frozen=True)
class Grounds:
    """A file of stakes with the figures and ideal points from which its rules derive numbers.

    Attributes:
        stakes: the file.
        panel: the figures.
        points: the latest ideal points of a group of roll calls, by state.
        digests: SHA-256 of each table of ideal points, by its name.
    """

    stakes: Stakes
    panel: Panel
    points: Callable[[str], Mapping[str, IdealPoint]]
    digests: Mapping[str, str] = field(default_factory=dict[str, str])
    _stands: dict[tuple[str, str], Stand | None] = field(
        default_factory=dict[tuple[str, str], Stand | None], repr=False
    )
    _drawn: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    _known: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]], repr=False)

    def stand(self, issue: str, member: str) -> Stand | None:
        """What a member wants on an issue; None where neither its seat nor a rule says so.

        Raises:
            UnknownName: where the file has no such issue, or the figures no such indicator.
        """
        if (issue, member) not in self._stands:
            self._stands[issue, member] = self._stand(issue, member)
        return self._stands[issue, member]

    def _stand(self, issue: str, member: str) -> Stand | None:
        written = self.stakes.issue(issue)
        seat = written.seats.get(member)
        found: dict[str, tuple[Span, Basis, Text] | None] = {}
        for what in ("position", "salience", "reservation"):
            by_hand = None if seat is None else getattr(seat, what)
            rule = getattr(written, what)
            if by_hand is not None and seat is not None:
                found[what] = (_span(by_hand), "assumption", seat.why)
            else:
                found[what] = None if rule is None else self._derived(self.stakes.rules[rule], member)
        position, salience, reservation = found["position"], found["salience"], found["reservation"]
        if position is None or salience is None or (reservation is None and written.reservation is not None):
            return None
        return Stand(position[0], salience[0], reservation and reservation[0], position[1], position[2])

    def stands(self, issue: str, members: Iterable[str]) -> dict[str, Stand]:
        """What the members want on an issue, those without stakes left out."""
        found = {member: self.stand(issue, member) for member in members}
        return {member: stand for member, stand in found.items() if stand is not None}

    def enough(self, issue: str, members: Sequence[str]) -> bool:
        """Whether so many of the members have stakes that the body can be judged: at least four fifths."""
        return len(self.stands(issue, members)) >= (1 - LARGEST_GAP) * len(members) and bool(members)

    def worth(self, issue: str, member: str) -> Worth | None:
        """What an issue's good is worth to a member and what its part costs; None where the stakes do not say.

        Raises:
            UnknownName: where the file has no such issue, or the figures no such indicator.
        """
        written = self.stakes.issue(issue)
        if written.good is None:
            return None
        seat = written.seats.get(member)
        found: list[tuple[Span, Text]] = []
        for what, rule in written.valued().items():
            by_hand = None if seat is None else getattr(seat, what)
            if by_hand is not None and seat is not None:
                found.append((_span(by_hand), seat.why))
            elif (derived := self._money(rule, member)) is not None:
                found.append(derived)
            else:
                return None
        (benefit, why), (cost, because) = found
        by_seat = seat is not None and bool(seat.benefit or seat.cost)
        return Worth(benefit, cost, self._part(written.good.cost, cost), by_seat, (why, because))

    def _money(self, name: str, member: str) -> tuple[Span, Text] | None:
        rule = self.stakes.rules[name]
        if isinstance(rule, Each):
            return _span(rule.value), rule.why
        if not isinstance(rule, Shared) or (share := self._of_world(rule.by, member)) is None:
            return None
        low, mode, high = _span(rule.whole)
        return (low * share, mode * share, high * share), rule.why

    def _part(self, rule: str, cost: Span) -> float | None:
        """The share of the good that a cost pays for, where the cost of the whole is known."""
        whole = self.stakes.rules[rule]
        return cost[1] / float(whole.whole[1]) if isinstance(whole, Shared) and whole.whole[1] else None

    def _of_world(self, figure: str, member: str) -> float | None:
        value = self.panel.value(member, figure)
        world = sum(each for each in self.panel.column(figure) if each is not None and each > 0)
        return None if value is None or not world else max(value, 0.0) / world

    def goods(self, issue: str, members: Sequence[str], number: int, seed: int) -> GoodDraws:
        """Draws of what an issue's good is worth; an estimate for the world is drawn once for all members.

        Args:
            issue: the issue.
            members: members to whom the stakes give a worth, in the order of the columns.
            number: how many draws.
            seed: the seed.

        Raises:
            InputError: where the issue has no good, or a member no worth.
        """
        import numpy as np

        written = self.stakes.issue(issue)
        worths = [self.worth(issue, member) for member in members]
        lacking = [member for member, each in zip(members, worths, strict=True) if each is None]
        if written.good is None or lacking:
            who = f" to {', '.join(lacking)}" if written.good is not None else ""
            raise InputError(f"What {issue} is worth{who} is not known.", mend="Add it to the file of stakes.")
        good = written.good
        columns = {
            what: self._paid((issue, what, rule), members, [getattr(each, what) for each in worths], (number, seed))
            for what, rule in written.valued().items()
        }
        parts = np.array([np.nan if each is None or each.part is None else each.part for each in worths])
        modes = np.array([each.cost[1] for each in worths if each is not None])
        if np.isnan(parts).any():
            parts = modes / modes.sum() if modes.sum() else np.full(len(modes), 1 / max(1, len(modes)))
        return GoodDraws(
            members=tuple(members),
            benefit=columns["benefit"],
            cost=columns["cost"],
            part=parts,
            excludable=self._drawn_once(f"{issue}.excludable", _span(good.excludable), number, seed),
            discount=self._drawn_once(f"{issue}.discount", _span(good.discount), number, seed),
            needed=float(good.needed),
            years=good.years,
            lead=good.lead,
        )

    def _paid(
        self, asked: tuple[str, str, str], members: Sequence[str], spans: Sequence[Span], drawn: tuple[int, int]
    ) -> NDArray[np.float64]:
        """Draws of benefits or costs: a member's share of one draw for the world, or its own."""
        import numpy as np

        issue, what, name = asked
        rule, seats = self.stakes.rules[name], self.stakes.issue(issue).seats
        whole = _span(rule.whole) if isinstance(rule, Shared) and rule.whole[1] else None
        world = None if whole is None else self._drawn_once(f"{issue}.{what}", whole, *drawn)
        columns: list[NDArray[np.float64]] = []
        for member, span in zip(members, spans, strict=True):
            by_hand = member in seats and getattr(seats[member], what) is not None
            if world is not None and whole is not None and not by_hand:
                columns.append(world * (span[1] / whole[1]))
            else:
                columns.append(triangular(span, _uniforms(drawn[1], f"{issue}.{what}", member, drawn[0])))
        return np.column_stack(columns)

    @staticmethod
    def _drawn_once(purpose: str, span: Span, number: int, seed: int) -> NDArray[np.float64]:
        return triangular(span, _uniforms(seed, purpose, "", number))

    def _derived(self, rule: Derivation, member: str) -> tuple[Span, Basis, Text] | None:
        if isinstance(rule, Shared | Each):
            return None
        if isinstance(rule, Same):
            return _span(rule.value), "same", rule.why
        if isinstance(rule, FromIndicator):
            share = self._share(rule, member)
            shares, basis = None if share is None else (share, share, share), "indicator"
        else:
            shares, basis = self._voted(rule.group, member), "votes"
        if shares is None:
            return None
        first, last, spread = float(rule.between[0]), float(rule.between[1]), float(rule.spread)
        low, mode, high = (1 - shares[2], 1 - shares[1], 1 - shares[0]) if rule.reversed else shares
        placed = [first + (last - first) * each for each in (low, mode, high)]
        span = (
            max(SCALE[0], placed[0] - spread),
            min(max(placed[1], SCALE[0]), SCALE[1]),
            min(SCALE[1], placed[2] + spread),
        )
        return span, basis, rule.why

    def _voted(self, group: str, member: str) -> Span | None:
        points = self.points(group)
        if member not in points:
            return None
        values = [point.value for point in points.values()]
        least, most = min(values), max(values)
        point = points[member]
        low, value, high = ((each - least) / (most - least) for each in (point.low, point.value, point.high))
        return max(0.0, low), value, min(1.0, high)

    def _share(self, rule: FromIndicator, member: str) -> float | None:
        key = f"{rule.formula} {rule.figure} {rule.per}"
        if key not in self._known:
            self._known[key] = self._values(rule)
        values = self._known[key]
        if member not in values:
            return None
        if rule.formula == "rank":
            below = sum(each < values[member] for each in values.values())
            level = sum(each == values[member] for each in values.values()) - 1
            return (below + level / 2) / (len(values) - 1) if len(values) > 1 else 0.5
        least, most = min(values.values()), max(values.values())
        return (values[member] - least) / (most - least) if most > least else 0.5

    def _values(self, rule: FromIndicator) -> dict[str, float]:
        panel = self.panel
        values = dict(zip(panel.actors, panel.column(rule.figure), strict=True))
        if rule.per is not None:
            by = dict(zip(panel.actors, panel.column(rule.per), strict=True))
            values = {
                actor: None if value is None or not by[actor] else value / (by[actor] or 1.0)
                for actor, value in values.items()
            }
        known = {actor: value for actor, value in values.items() if value is not None}
        if rule.formula == "log":
            if low := [actor for actor, value in known.items() if value <= 0]:
                what = f"The logarithm of {rule.figure} is not defined for {', '.join(low[:5])}: not above nought."
                raise InputError(what, mend="Use formula: rank.")
            known = {actor: math.log(value) for actor, value in known.items()}
        return known

    def draws(self, issue: str, members: Sequence[str], number: int, seed: int) -> Draws:
        """Draws of what members want on an issue; the same for a member in whatever body it sits.

        Args:
            issue: the issue.
            members: members that have stakes, in the order of the columns.
            number: how many draws.
            seed: the seed.

        Raises:
            InputError: where a member has no stakes.
        """
        import numpy as np

        stands = self.stands(issue, members)
        if lacking := [member for member in members if member not in stands]:
            raise InputError(f"No stakes for {', '.join(lacking)} on {issue}.", mend="Add them to the file of stakes.")
        quo = float(self.stakes.issue(issue).status_quo)
        spans: dict[str, list[Span | None]] = {
            "position": [stands[member].position for member in members],
            "salience": [stands[member].salience for member in members],
            "reservation": [stands[member].reservation for member in members],
            "home": [self._home(member) for member in members],
        }
        if self._drawn.get("of") != (issue, number, seed):
            self._drawn.clear()
            self._drawn["of"] = (issue, number, seed)
        drawn = {
            what: np.column_stack([
                self._column((f"{issue}.{what}", member), span, number, seed)
                for member, span in zip(members, each, strict=True)
            ])
            for what, each in spans.items()
        }  # fmt: skip
        position, reach = drawn["position"], drawn["reservation"]
        reach = np.where(np.isnan(reach), np.abs(position - quo), reach)
        return Draws(tuple(members), position, drawn["salience"], position - reach, position + reach, drawn["home"])

    def _column(self, key: tuple[str, str], span: Span | None, number: int, seed: int) -> NDArray[np.float64]:
        """Draws of one quantity of one member, kept while the same issue is asked about in other bodies."""
        import numpy as np

        if span is None:
            return np.full(number, np.nan)
        if key not in self._drawn:
            self._drawn[key] = triangular(span, _uniforms(seed, *key, number))
        return self._drawn[key]

    def _home(self, member: str) -> Span | None:
        home = self.stakes.ratifiers.get(member)
        return None if home is None else _span(home.resists)


def _span(triple: tuple[Fraction, Fraction, Fraction]) -> Span:
    return float(triple[0]), float(triple[1]), float(triple[2])


def _uniforms(seed: int, purpose: str, member: str, number: int) -> NDArray[np.float64]:
    key = int.from_bytes(hashlib.sha256(member.encode()).digest()[:4], "big")
    return Stream(seed, f"stakes.{purpose}").uniforms(range(number), key)[:, 0]
