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
from comity.rehearsal.parts.negotiation.agenda import Parted, agenda, chart, lost
from comity.rehearsal.parts.negotiation.charts import charts
from comity.rehearsal.parts.negotiation.clause_terms import clause_block
from comity.rehearsal.parts.negotiation.holding import Held, Knows, Order, Tactic, Terms, enough, hold
from comity.rehearsal.parts.negotiation.joining import joined, weighed
from comity.rehearsal.parts.negotiation.package import MOST, Package, packages, text_blocks
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
    """A clause of the charter whose target, price, grace and monitoring are negotiated: in one package with the issues
    that are named, by themselves where none is."""
    tactics: dict[str, Tactic] = {}
    """What a member does, and `*` all others: boulware, linear (where nothing is said), conceder, tit_for_tat,
    hold_out."""
    absent: tuple[str, ...] = ()
    """Members that stay away: they neither propose nor vote."""
    vetoes: tuple[str, ...] = ()
    """Members that refuse whatever is tabled, by the strongest vote that the rule knows, and table nothing."""
    outside: dict[str, Exact] = {}
    """What a member, and `*` all others, has without agreement beyond where things stand, as a share of the range from
    there to its best package, such as `1/4`; nothing where absent."""
    walks_out: dict[str, Annotated[int, Field(ge=1, le=200)]] = {}
    """From which round on a member, and `*` any other, breaks off the talks in its turn, where nothing that the others
    have tabled last is better for it than what it has without agreement."""
    one_by_one: bool = False
    """Whether each issue, and the clause, is also negotiated by itself under its own rule, and what that loses."""
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
    point: Exact | None = None
    """What one point of a text is worth to a member to whom it matters fully, in millions of US dollars a year, where a
    clause is joined with issues; where absent, terms weigh as the salience of the clause's issue says."""
    sample: Annotated[int, Field(ge=100, le=MOST)] | None = None
    """How many packages, drawn at random, are held where there are more than so many; where absent all must be held."""
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
        terms = Terms(
            self.tactics, self.absent, self.rounds, self.order, self.knows, self.draws, self.vetoes,
            {member: float(share) for member, share in self.outside.items()}, self.walks_out,
        )  # fmt: skip
        asked, left = self._packages(inputs)
        if self.rule is not None:
            asked[0] = replace(asked[0], rules=(self.rule,))
        found = [hold(inputs, each, terms) for each in asked]
        parted = [each for each in (self._parted(inputs, held, terms) for held in found) if each is not None]
        told = findings(inputs, found, terms) + [lost(inputs, each) for each in parted]
        return Result(
            kind=self.kind,
            title=Text("Talks over a package", "一揽子谈判"),
            values=_values(found, parted),
            tables=(*tables(inputs, found), *(agenda(inputs, parted) if parted else ())),
            charts=(*charts(inputs, found[0]), *(chart(inputs, each) for each in parted[:1])),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found, left, terms)),
            provenance=inputs.provenance(self, random=True),
        )

    def _packages(self, inputs: Inputs) -> tuple[list[Package], list[Text]]:
        terms = None
        if self.clause is not None:
            reading = Fraction(1) if self.reading is None else self.reading
            terms = clause_block(inputs, self.clause, draws=self.draws, reading=reading)
            if not self.issues:
                return [joined(inputs, inputs.institution, [terms[0]], rate=self.payments, sample=self.sample,
                               unit="million US dollars a year")], []  # fmt: skip

        def made(body: Institution, issues: list[str]) -> Package:
            blocks = text_blocks(inputs, body, issues, options=self.options, draws=self.draws)
            if terms is not None and body is inputs.institution:
                members = body.game(blocks[0].rule, inputs.on or body.as_of).members
                blocks.append(weighed(inputs, *terms, members, point=self.point))
            return joined(inputs, body, blocks, rate=self.payments, sample=self.sample, unit="points times salience")

        return packages(inputs, self.issues, made)

    def _parted(self, inputs: Inputs, held: Held, terms: Terms) -> Parted | None:
        if not self.one_by_one or len(held.package.blocks) < 2:
            return None
        each = [
            joined(inputs, held.body, [block], rate=self.payments, sample=self.sample, unit=held.package.unit)
            for block in held.package.blocks
        ]
        if self.rule is not None and held.body is inputs.institution:
            each = [replace(package, rules=(self.rule,)) for package in each]
        return Parted(held, tuple(hold(inputs, package, terms) for package in each))

    def _check(self, inputs: Inputs) -> None:
        if self.rule is not None:
            inputs.institution.rule(self.rule)
        if self.payments is not None and not 0 < self.payments <= 1:
            what = f"payments: {self.payments} is no rate at which points are passed on."
            raise InputError(what, mend="Write what one point paid is worth to the receiver: above 0, at most 1.")
        if self.point is not None and (self.point <= 0 or self.clause is None or not self.issues):
            what = "point: what a point is worth in money is read where a clause is joined with issues, and is above 0."
            raise InputError(what, mend="Name both --clause and --issues, or leave out --point.")
        for member, share in self.outside.items():
            if not 0 <= share < 1:
                what = f"outside: {share} for {member} is no share of the range to its best package."
                raise InputError(what, mend="Write a share from 0 to less than 1, such as 1/4.")
        if both := sorted(set(self.absent) & set(self.vetoes)):
            what = f"vetoes: {both[0]} stays away and cannot refuse as well."
            raise InputError(what, mend="Name it in --absent or in --vetoes.")
        if self.clause is not None and self.issues:
            self._apart(inputs, self.clause)

    def _apart(self, inputs: Inputs, name: str) -> None:
        body = inputs.institution
        if name not in body.clauses:
            return
        matter = body.clauses[name].issue
        stakes = inputs.wanted().stakes
        for issue in self.issues:
            if issue in stakes.issues and body.matter(issue, *stakes.issues[issue].matters) == matter:
                what = f"issues: {issue} is what the clause {name} is about; its stakes would count twice."
                raise InputError(what, mend=f"Leave {issue} out of --issues, or leave out --clause.")


def _values(found: Sequence[Held], parted: Sequence[Parted]) -> dict[str, Any]:
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
            "of": held.package.of,
            "welfare": mean(held.welfare)[0],
            "nash_product": mean(held.product)[0],
            "walked_out": float(held.broken_off.mean()),
            "enough": enough(held),
        }
        values["gains"][name] = {member: mean(held.gains[:, place])[0] for place, member in enumerate(members)}
        values["picked"][name] = {which: draw + 1 for which, draw in picked(held).items()}
    if parted:
        values["one_by_one"] = {each.whole.body.name: each.values() for each in parted}
    return values
