"""One game on the law engine counted as a campaign counts: the same arrays that compiled games leave behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.rehearsal.parts.game.play import Play

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Row = Mapping[str, Any]

FRESH = frozenset({"in_force", "unverified", "due"})
"""Stages in which a verdict on a promise is the first one."""
ONE = 65536
"""One promise in a count of trust."""


def counted(
    game: Play, members: Sequence[str], clauses: Sequence[str], *, forgets: Fraction, discount: Fraction
) -> dict[str, Array]:
    """What is kept of a game that was played to its end, each array with the one run along its first axis.

    Args:
        game: the game.
        members: the members of the first round; others that came later are not counted.
        clauses: the clauses of the charter in the first round.
        forgets: the share of what it has seen that a member forgets each round.
        discount: the yearly rate at which money is discounted to the first round.

    Returns:
        The fields of :class:`comity.solvers.campaign.arrays.Kept` but for the tally of gains, rounds and membership
        run by run; ``total``, the sum of all net gains so far by round, not a number after the end.
    """
    import numpy as np

    found = _Counting(game, members, clauses, float(1 + discount), round((1 - forgets) * ONE))
    fields = {
        "counts": found.counts(),
        "text": found.texts(),
        "cents": found.cents(),
        "worth": found.worth(),
        "wishes": found.wishes(),
        "exits": found.exits(),
        "over": np.array(found.over),
        "trust": found.trust(),
        "rounds": found.rounds(),
        "staying": found.here.astype(np.int64),
        "total": found.total(),
    }
    return {name: array[np.newaxis] for name, array in fields.items()}


class _Counting:
    """A game that was played, its members, issues and clauses by their places."""

    def __init__(self, game: Play, members: Sequence[str], clauses: Sequence[str], *terms: float) -> None:
        import numpy as np

        self.game, self.ledger = game, game.ledger
        self.rate, self.forgets = terms[0], int(terms[1])
        self.place = {member: at for at, member in enumerate(members)}
        self.source = {name: at for at, name in enumerate([*game.topics, *clauses])}
        self.over, self.last = len(self.ledger.rounds), game.problem.rounds
        self.here: Any = np.zeros((self.last + 1, len(self.place)), bool)
        for row in self._own([*self.ledger.payoffs, *self.ledger.exits]):
            self.here[row["round"], self.place[row["member"]]] = True
        self.judged = [(self._source(row["clause"]), row) for row in self.ledger.performance]

    def _own(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Rows about members of the first round."""
        return (row for row in rows if row["member"] in self.place)

    def _made(self, clause: str) -> str:
        """The issue under whose text a promise was made, where it was."""
        return clause.rpartition("_")[0].rpartition("_")[0]

    def _source(self, clause: str) -> int:
        made = self._made(clause)
        return self.source[made if made in self.game.topics else clause]

    def counts(self) -> Array:
        import numpy as np

        from comity.solvers.campaign import arrays as at

        found = np.zeros((len(self.source), 14), np.int64)

        def first(source: int, which: int, round_: int) -> None:
            found[source, which] = found[source, which] or round_

        for row in self.ledger.decisions:
            source = self.source[row["issue"]]
            found[source, at.PUT] += row["text"] is not None
            if row["outcome"] == "adopted":
                found[source, at.ADOPTED] += 1
                first(source, at.ADOPTED_FIRST, row["round"])
        for source, row in self.judged:
            found[source, at.FALSE_ALARMS] += row["error"] == "false_alarm"
            found[source, at.MISSES] += row["error"] == "miss"
            found[source, at.CURED] += row["after"] == "cured"
            if row["before"] in FRESH:
                found[source, at.FELL_DUE] += 1
                found[source, at.DELIVERED] += row["effort"] >= 1
                found[source, at.REPORTED] += row["reported"] == "kept"
                if row["effort"] < 1:
                    first(source, at.FIRST_BREACH, row["round"])
        for row in self.ledger.breaches:
            source = self._source(row["clause"])
            found[source, at.NOTICES] += _noticed(row)
            found[source, at.FALSE_NOTICES] += _noticed(row) and row["true"] is False
            found[source, at.RENEGOTIATED] += row["outcome"] == "in_force"
            found[source, at.SUSPENDED] += row["outcome"] == "suspended"
        return found

    def texts(self) -> Array:
        import numpy as np

        stands = self.game.stands
        return np.array([int(stands[each] * 1000) if each in stands else -1 for each in self.game.topics], np.int64)

    def cents(self) -> Array:
        import numpy as np

        found = np.zeros((len(self.place), 2), np.int64)
        for row in self._own(self.ledger.payments):
            found[self.place[row["member"]], int(row["sort"] == "reward")] += _cents(row["amount"])
        return found

    def _scored(self) -> Iterator[tuple[int, int, Row]]:
        """Every round and member with what it had of it."""
        for row in self._own(self.ledger.payoffs):
            yield row["round"], self.place[row["member"]], row

    def worth(self) -> Array:
        import numpy as np

        found, years = np.zeros((len(self.place), 4)), self.game.problem.years
        for round_, member, row in self._scored():
            here = float(self.rate ** -float(years * (round_ - 1)))
            found[member] += (row["gain"], row["cost"], row["tariffs"], row["net"] * here)
        return found

    def wishes(self) -> Array:
        import numpy as np

        found = np.zeros(len(self.place))
        for round_, member, row in self._scored():
            if round_ == self.over:
                found[member] = row["texts"]
        return found

    def exits(self) -> Array:
        """By member, the round of its notice and the round in which it left."""
        import numpy as np

        found = np.zeros((len(self.place), 2), np.int64)
        scored = {(round_, member) for round_, member, _ in self._scored()}
        for row in self._own(self.ledger.exits):
            member = self.place[row["member"]]
            found[member, 0] = found[member, 0] or row["round"]
        for member in range(len(self.place)):
            gone = (each for each in range(1, self.over + 1) if (each, member) not in scored)
            found[member, 1] = next(gone, 0)
        return found

    def trust(self) -> Array:
        """Counts of promises seen kept and broken, which fade; a tariff counts as one broken."""
        import numpy as np

        size = len(self.place)
        seen = np.zeros((self.last + 1, size, 2), np.int64)
        for _, row in self.judged:
            if row["before"] in FRESH and row["member"] in self.place:
                seen[row["round"], self.place[row["member"]], int(row["reported"] != "kept")] += ONE
        held = np.zeros((size, size, 2), np.int64)
        for round_ in range(1, self.over + 1):
            held = (held * self.forgets >> 16) + seen[round_]
            for shock in self.game.felt[round_]:
                if (
                    shock.what == "tariff"
                    and shock.by is not None
                    and shock.against is not None
                    and {shock.by, shock.against} <= set(self.place)
                ):
                    held[self.place[shock.against], self.place[shock.by], 1] += ONE
        return held

    def rounds(self) -> Array:
        import numpy as np

        from comity.solvers.campaign import arrays as at

        found = np.zeros((self.last + 1, 8), np.int64)
        found[1 : self.over + 1, at.PLAYED] = 1
        found[:, at.MEMBERS] = self.here.sum(axis=1)
        for row in self.ledger.decisions:
            found[row["round"], at.TEXTS_ADOPTED] += row["outcome"] == "adopted"
        for _, row in self.judged:
            fresh = row["before"] in FRESH
            found[row["round"], at.ROUND_DUE] += fresh
            found[row["round"], at.ROUND_KEPT] += fresh and row["effort"] >= 1
        for row in self.ledger.breaches:
            found[row["round"], at.ROUND_NOTICES] += _noticed(row)
            found[row["round"], at.ROUND_RENEGOTIATED] += row["outcome"] == "in_force"
        for row in self.ledger.payments:
            if row["sort"] == "contribution":
                found[row["round"], at.ROUND_PAID] += _cents(row["amount"])
        return found

    def total(self) -> Array:
        import numpy as np

        nets = np.zeros(self.last + 1)
        for round_, _, row in self._scored():
            nets[round_] += row["net"]
        found = nets.cumsum()
        found[self.over + 1 :] = np.nan
        found[0] = np.nan
        return found


def _noticed(row: Row) -> bool:
    return row["outcome"] in {"noticed", "reminded"}


def _cents(millions: float) -> int:
    return round(millions * 1e8)
