"""Talks over a package by alternating offers under the institution's own rules, held many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.kernel.errors import InputError
from comity.kernel.quantity import Exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.rehearsal.parts.negotiation.charts import charts
from comity.rehearsal.parts.negotiation.clause_terms import of_clause
from comity.rehearsal.parts.negotiation.holding import Held, Knows, Order, Tactic, Terms, hold
from comity.rehearsal.parts.negotiation.package import Package, of_texts, packages
from comity.rehearsal.parts.negotiation.tables import mean, picked, tables
from comity.rehearsal.parts.negotiation.words import caveats, findings
from comity.rehearsal.parts.spreads import chance


class Negotiation(Analysis):
    """Talks over several issues at once: who tables what, who votes how, when the rules adopt a package, who gains.

    In each turn a member tables a package and all vote: yes where it gives them what they ask for in that round. The
    rules of all issues in the package must adopt it. Each member asks for a share of its own range, from the status quo
    (0) to its best package (1), that falls as its tactic says until the deadline. A proposer tables, of the packages
    that give it what it asks, the one nearest to what the others have tabled. The mechanism ends the talks, and every
    offer is kept and scored. Asked is how often and when they agree, on what, who concedes and who gains, and how far
    the end lies from the Pareto front and from the solutions of Nash and of Kalai and Smorodinsky.

    Source:
        Aydogan, Festen, Hindriks and Jonker (2017), "Alternating Offers Protocols for Multilateral Negotiation",
        Studies in Computational Intelligence 674; Faratin, Sierra and Jennings (1998), "Negotiation decision functions
        for autonomous agents", Robotics and Autonomous Systems 24; Baarslag et al. (2013), "Evaluating practical
        negotiating agents", Artificial Intelligence 198.

    Example:
        >>> import comity as co
        >>> found = co.analyse(co.load("g7"), "negotiation", draws=100)
        >>> found.values["talks"]["g7"]["agreed"] > 0.9
        True
    """

    kind: Literal["rehearsal.negotiation"] = "rehearsal.negotiation"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues of the package, as the stakes name them; the five on which most is at stake where absent."""
    clause: str | None = None
    """A clause of the charter whose target, price, grace and monitoring are negotiated instead of texts."""
    tactics: dict[str, Tactic] = {}
    """What a member does, and `*` all others: boulware, linear (where nothing is said), conceder, tit_for_tat,
    hold_out."""
    absent: tuple[str, ...] = ()
    """Members that stay away: they neither propose nor vote."""
    rule: str | None = None
    """The rule of the charter by which the package is decided; the rules of all its issues where absent."""
    order: Order = "charter"
    """Who proposes next: as the charter says where one member alone may, else the first to refuse; the next in the row;
    or one recognised at random."""
    knows: Knows = "wishes"
    """Whether proposers know what every package is worth to the others, or only their offers."""
    options: Annotated[int, Field(ge=2, le=21)] = 5
    """How many texts there are of each issue."""
    payments: Exact | None = None
    """Makes compensation an issue too: what one point paid is worth to the one that is paid, such as `1` or `4/5`."""
    reading: Exact | None = None
    """What one reading of a look costs, in millions of US dollars, where a clause is negotiated; 1 where absent, an
    assumption."""
    rounds: Annotated[int, Field(ge=1, le=200)] = 20
    """The deadline: in each round, as many turns as members that may propose."""
    draws: Annotated[int, Field(ge=20, le=100_000)] = 500
    """How many talks are held, each with a draw of what members want and of who begins."""

    def run(self, inputs: Inputs) -> Result:
        """Hold the talks.

        Raises:
            UnknownName: for an issue, member, rule or clause that is not there.
            InputError: for too many packages, too large a body, or options that do not go together.
            NotComputable: where nothing can be negotiated, or nobody may propose.
        """
        self._check(inputs)
        terms = Terms(self.tactics, self.absent, self.rounds, self.order, self.knows, self.draws)
        asked, left = self._packages(inputs)
        if self.rule is not None:
            asked[0] = replace(asked[0], rules=(self.rule,))
        found = [hold(inputs, each, terms) for each in asked]
        told = findings(inputs, found, terms)
        return Result(
            kind=self.kind,
            title=Text("Talks over a package", "一揽子谈判"),
            values=_values(found),
            tables=tables(inputs, found),
            charts=charts(inputs, found[0]),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found, left, terms)),
            provenance=inputs.provenance(self, random=True),
        )

    def _packages(self, inputs: Inputs) -> tuple[list[Package], list[Text]]:
        if self.clause is not None:
            reading = Fraction(1) if self.reading is None else self.reading
            return [of_clause(inputs, self.clause, draws=self.draws, reading=reading)], []

        def made(body: Institution, issues: list[str]) -> Package:
            return of_texts(inputs, body, issues, options=self.options, draws=self.draws, rate=self.payments)

        return packages(inputs, self.issues, made)

    def _check(self, inputs: Inputs) -> None:
        if self.rule is not None:
            inputs.institution.rule(self.rule)
        if self.clause is not None and (self.issues or self.payments is not None):
            what = "clause: the terms of a clause are negotiated by themselves, without issues or payments."
            raise InputError(what, mend="Leave out --issues and --payments, or --clause.")
        if self.payments is not None and not 0 < self.payments <= 1:
            what = f"payments: {self.payments} is no rate at which points are passed on."
            raise InputError(what, mend="Write what one point paid is worth to the receiver: above 0, at most 1.")


def _values(found: Sequence[Held]) -> dict[str, Any]:
    values: dict[str, Any] = {"talks": {}, "gains": {}, "picked": {}}
    for held in found:
        name, members = held.body.name, held.who
        values["talks"][name] = {
            "agreed": chance(held.agreed).share,
            "possible": chance(held.possible).share,
            "round": float(held.log.round[held.agreed].mean()) if held.agreed.any() else None,
            "room": mean(held.room)[0],
            "rules": list(held.package.rules),
            "issues": [each.name for each in held.package.issues],
            "packages": held.package.number,
        }
        values["gains"][name] = {member: mean(held.gains[:, place])[0] for place, member in enumerate(members)}
        values["picked"][name] = {which: draw + 1 for which, draw in picked(held).items()}
    return values
