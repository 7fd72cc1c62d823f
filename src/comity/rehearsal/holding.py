"""Will it hold: ways of playing set side by side on common random numbers, and the patience that each clause takes."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le
from pydantic import Field

from comity.kernel.errors import InputError, NotComputable
from comity.kernel.quantity import Exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.game import shock
from comity.rehearsal.parts.game.words import Names
from comity.rehearsal.parts.holding.charts import charts
from comity.rehearsal.parts.holding.measuring import Held, weakest
from comity.rehearsal.parts.holding.playing import Rehearsals, seats
from comity.rehearsal.parts.holding.tables import tables
from comity.rehearsal.parts.holding.words import caveats, findings, way_labels
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Terms, kept
from comity.rehearsal.parts.self_enforcement.promises import promises

WAYS = (
    "reciprocate", "generous", "best_response", "free_ride", "hedger", "grim", "walk_out:patience=1:leaves_after=2",
)  # fmt: skip
"""Ways of playing that are set side by side."""


class Holding(Analysis):
    """Whether the institution holds, way of playing by way: who leaves, which promise is broken, which is weakest.

    Whether a club holds depends on how its members play, which no charter says. So several ways are rehearsed on the
    same chances: the same errors of verification and the same shocks in the same run. Told are the survival of
    membership and of every promise by round, promises kept of those due, and the weakest promise; beside each clause
    stands the patience that the theory of repeated games says it takes.

    Source:
        Axelrod (1984), The Evolution of Cooperation, for ways of playing set side by side; Law and Kelton, Simulation
        Modeling and Analysis (2000), section 11.2, on common random numbers; Wilson (1927) for intervals of shares;
        Mailath and Samuelson (2006), Repeated Games and Reputations, ch. 7, for the patience a clause takes.

    Example:
        >>> import comity as co
        >>> found = co.analyse(co.load("g5"), "holding", ways=["reciprocate", "grim"], runs=50, rounds=10, draws=100)
        >>> [row["kept"] > 0.5 for row in found.table("ways").rows()]
        [True, False]
    """

    kind: Literal["rehearsal.holding"] = "rehearsal.holding"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    ways: Annotated[tuple[str, ...], Field(min_length=1)] = WAYS
    """Ways of playing: a player for all, then those of single members: `reciprocate,USA=free_ride`."""
    runs: Annotated[int, Ge(2), Le(1_000_000)] = 1000
    """How many games are played in each way."""
    rounds: Annotated[int, Ge(1), Le(1000)] = 40
    """How many rounds each has."""
    every: str = ""
    """The time between rounds, such as `6 months`; that of the organ that meets most often where absent."""
    shocks: tuple[str, ...] = ()
    """What happens from outside in every way: `absent:USA:5`, `vetoes:CHN:1/10`."""
    items: Annotated[int, Ge(1)] = 3
    """How many issues a session takes."""
    texts: Annotated[int, Ge(1)] = 3
    """How many texts are tabled on each issue at most."""
    reward: str = ""
    """What the fund pays a member for each period in which it is seen to deliver on a text: `20 million USD`."""
    discount: Annotated[Exact, Le(1)] = Fraction(3, 100)
    """The yearly rate at which money is discounted to the first round."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 2000
    """How many draws of benefits, costs and discount say what patience each clause takes."""

    def run(self, inputs: Inputs) -> Result:
        """Rehearse every way of playing, and ask of every clause what patience it takes.

        Raises:
            UnknownName: for a player or member that is not there.
            InputError: for what cannot be read, or a way that is named twice.
            NotComputable: where no issue can be played.
        """
        twice = next((each for each in self.ways if self.ways.count(each) > 1), None)
        if twice is not None:
            raise InputError(f"The way of playing '{twice}' is named twice.", mend="Name each way once.")
        rehearsals = Rehearsals(inputs, self.rounds, self.runs, self.discount, self._options())
        tables_ = [rehearsals.set_up(seats(each)) for each in self.ways]
        called = way_labels(self.ways, Names(inputs.actors))
        found: list[Held] = []
        for number, (each, table) in enumerate(zip(self.ways, tables_, strict=True)):
            inputs.step(number, len(self.ways) + 1, each)
            found.append(Held(each, called[each], rehearsals.play(table), self.rounds))
        inputs.step(len(self.ways), len(self.ways) + 1, "self_enforcement")
        patience, lacking = patience_of(inputs, self.draws)
        law = tables_[0].driver.state.law
        issues = {name: issue.title for name, issue in inputs.wanted().stakes.issues.items()}
        titles = {**issues, **{name: clause.title or Text(name) for name, clause in law.clauses.items()}}
        told = tuple(findings(found, titles, patience, inputs.seed))
        return Result(
            kind=self.kind,
            title=Text("Will it hold", "能否维系"),
            values=_values(found, patience),
            tables=tables(found, titles, patience),
            charts=charts(found, titles, list(law.clauses), told),
            findings=told,
            caveats=tuple(caveats(found, rehearsals.why, lacking)),
            provenance=inputs.provenance(self, random=True),
        )

    def _options(self) -> dict[str, Any]:
        return {
            "every": self.every or None,
            "shocks": [shock(each) for each in self.shocks],
            "items": self.items,
            "texts": self.texts,
            "terms": {"reward": self.reward} if self.reward else None,
        }


def patience_of(inputs: Inputs, draws: int) -> tuple[list[Kept], Text | None]:
    """What patience each clause of the institution takes, without its payment and with it; or why none can be judged.

    Args:
        inputs: what the analysis may read.
        draws: how many draws of benefits, costs and discount.
    """
    try:
        asked, _ = promises(inputs, ())
    except NotComputable as refused:
        return [], Text(str(refused))
    terms = Terms(draws, None, "look", None, None)
    own = [each for each in asked if each.institution is inputs.institution]
    return [
        kept(inputs, each, "obligors", terms, paid=paid)
        for each in own
        for paid in ((False, True) if each.clause.reward else (False,))
    ], None


def _values(found: list[Held], patience: list[Kept]) -> dict[str, Any]:
    weak = weakest(found)
    ways: dict[str, Any] = {}
    for each in found:
        kept_ = each.kept()
        ways[each.way] = {
            "kept": None if kept_ is None else kept_.told(),
            "unbroken": each.unbroken().told(),
            "whole": each.whole().told(),
            "half": each.half(),
            "worth": each.worth().told(),
        }
    critical: dict[str, Any] = {}
    for each in patience:
        place = critical.setdefault(each.promise.name, {})
        place["with_payment" if each.paid else "without_payment"] = each.critical
    return {
        "ways": ways,
        "weakest": None if weak is None else {"promise": weak[0], "kept": weak[1]},
        "critical_discount": critical,
    }
