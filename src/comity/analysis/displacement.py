"""What is displaced when a body opens: to which forum each issue goes before and after, and which forums empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.assumed import triple
from comity.analysis.parts.decisions import day
from comity.analysis.parts.displacement.charts import charts
from comity.analysis.parts.displacement.displacing import Displaced
from comity.analysis.parts.displacement.moving import SPECIAL, Agenda, Forum, agenda, coverage, prospects, wanted
from comity.analysis.parts.displacement.shopping import Sweep, Terms, conditions, moves, needed, phases, variants
from comity.analysis.parts.displacement.tables import tables
from comity.analysis.parts.displacement.words import caveats, findings, values
from comity.analysis.parts.matters import LEAST, docket, judgeable
from comity.analysis.parts.venues import others
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.result import Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs

BESIDE = ("g7", "g20", "unsc", "unga", "wto", "imf")
"""The forums beside which the body opens, where none is named."""
SWEPT, SWEPT_LARGE, LARGE = 200, 100, 50
"""Draws of positions in each cell of the phase diagram; fewer in bodies of so many members."""
TRIED = 100
"""Draws of terms in the phase diagram, and where the share delivered is tried."""


class Displacement(Analysis):
    """Forum choice: every mover takes every issue where it expects most, with and without the body asked about.

    A mover is a state that can propose in a forum or block there. It expects of a forum the probability that a text is
    adopted, times its gain over the status quo (in points, by its salience, and by whom the text covers), times the
    share of promises that the forum keeps, less the cost of taking the issue there. Movers count by capability and
    salience; an issue goes first where the largest part of them takes it, and a forum empties where it is first on less
    than a stated share of the issues that it can take up. What forums deliver was measured for the G7 and the G20
    alone.

    Source:
        Busch (2007), International Organization 61(4); Jupille, Mattli and Snidal (2013), *Institutional Choice and
        Global Commerce*; Lipscy (2017), *Renegotiating the World Order*.

    Example:
        >>> import comity as co
        >>> opens = co.analyse(co.load("g5"), "displacement", issues=("energy",), forums=("g7",), draws=100, grid=3)
        >>> opens.values["before"]["g5"]
        0.0
    """

    kind: Literal["analysis.displacement"] = "analysis.displacement"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; `all`, or all where absent."""
    forums: tuple[str, ...] = BESIDE
    """The forums beside which it opens, by name, besides those it is compared with."""
    movers: Literal["all", "members"] = "all"
    """Whose choice counts: every state that can move an issue somewhere, or the members of the body alone."""
    draws: Annotated[int, Field(ge=100, le=20_000)] = 1_000
    """How many draws of positions, and of what forums deliver, reach and cost."""
    least: Annotated[float, Field(ge=0, le=100)] = LEAST
    """How many points from the status quo a text must lie to count as an agreement."""
    weighs: str = "gdp_usd"
    """The figure by which movers count, and by which the coverage of a text is measured."""
    unknown: str = "1/10,1/2,9/10"
    """The share of its promises kept by a forum without a record: low, mode and high. An assumption."""
    delivery: dict[str, str] = {}
    """The share kept by one forum, in place of its record: low, mode and high."""
    per_member: str = "0,1/200,1/50"
    """What each further member of a forum adds to the cost of taking an issue there, in points times salience: low,
    mode and high. An assumption."""
    per_year: str = "0,1/2,1"
    """What each year of waiting for the next meeting adds, likewise."""
    opening: str = "0,1/2,2"
    """What it costs to take an issue to a body that is only proposed or rumoured, likewise."""
    reach: str = "0,1/2,1"
    """How much of a text's worth hangs on whom it covers: nought for nothing, one for all of it. An assumption."""
    precision: Annotated[float | None, Field(ge=0, le=1_000)] = None
    """Of quantal choice: nought is chance, more is surer; the best forum is taken for certain where absent."""
    mandates: dict[str, str] = {}
    """What a body of special competence may take up: issues joined by +, or all; a judgement of this program else."""
    empties: Annotated[float, Field(gt=0, le=1)] = 0.05
    """A forum is empty where it is first on less than this share of the issues that it can take up."""
    grid: Annotated[int, Field(ge=3, le=21)] = 7
    """How many steps each axis of the phase diagram has."""

    def run(self, inputs: Inputs) -> Result:
        """Let every mover choose with and without the body, then vary rivalry and common benefit.

        Raises:
            UnknownName: for an issue, a forum or a figure that is not there.
            InputError: for terms that are no numbers of their kind.
            NotComputable: where the body can judge no issue, or nobody can move one.
        """
        terms = Terms(
            triple("--per-member", self.per_member, most=None, example="0,1/200,1/50"),
            triple("--per-year", self.per_year, most=None, example="0,1/2,1"),
            triple("--opening", self.opening, most=None, example="0,1/2,2"),
            triple("--reach", self.reach),
            self.precision,
        )
        given = self._agenda(inputs, self._forums(inputs))
        number = {place: number_of(self.draws, len(each.members)) for place, each in enumerate(given.forums)}
        hoped = prospects(given, wanted(given, number, inputs.seed), least=self.least)
        held = conditions(given, terms, self.draws, inputs.seed)
        after = moves(given, hoped, held, precision=self.precision)
        before = moves(given, hoped, held, precision=self.precision, closed=(0,))
        few = {place: SWEPT if len(each.members) < LARGE else SWEPT_LARGE for place, each in enumerate(given.forums)}
        tried = held.of(TRIED)
        sweep = Sweep(wanted(given, few, inputs.seed), tried, self.grid, self.least, self.precision)
        found = Displaced(
            given,
            terms,
            hoped,
            before,
            after,
            tuple(needed(given, hoped, tried, self.precision)),
            variants(given, hoped, tried, self.precision),
            tuple(phases(given, sweep, inputs.step)),
            self.empties,
            self.movers == "members",
        )
        told = findings(inputs, found)
        return Result(
            kind=self.kind,
            title=Text("What is displaced", "谁被取代"),
            values=values(found),
            tables=tables(inputs, found),
            charts=charts(inputs, found, told),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found)),
            provenance=self._provenance(inputs),
        )

    def _forums(self, inputs: Inputs) -> list[Forum]:
        from comity.library.delivery import records

        bodies = [inputs.institution, *others(inputs, self.forums)]
        if len(bodies) < 2:
            mend = "Name one: --forums g7, or --against g7."
            raise InputError(f"{inputs.institution.name} has no forum beside it to be compared with.", mend=mend)
        for name in self.delivery:
            if name not in {each.name for each in bodies}:
                raise UnknownName("forum", name, [each.name for each in bodies])
        assumed = triple("--unknown", self.unknown, example="1/10,1/2,9/10")
        found: list[Forum] = []
        for body in bodies:
            members = tuple(body.members_on(day(inputs, body)))
            record = records().get(body.name)
            span = assumed if record is None else (record.low, record.mean, record.high)
            if body.name in self.delivery:
                span, record = triple(f"--delivery.{body.name}", self.delivery[body.name]), None
            covers = coverage(inputs.figures(), self.weighs, members)
            fresh = body.status in {"proposed", "rumoured"}
            found.append(Forum(body, span, record is not None, members, covers, fresh))
        return found

    def _mandates(self, inputs: Inputs, forums: list[Forum]) -> Mapping[str, tuple[str, ...]]:
        names, issues = [each.body.name for each in forums], list(inputs.wanted().stakes.issues)
        found = {name: allowed for name, allowed in SPECIAL.items() if name in names}
        for name, text in self.mandates.items():
            if name not in names:
                raise UnknownName("forum", name, names)
            listed = issues if text.strip() == "all" else [part.strip() for part in text.split("+") if part.strip()]
            for issue in listed:
                inputs.wanted().stakes.issue(issue)
            found[name] = tuple(listed)
        return found

    def _agenda(self, inputs: Inputs, forums: list[Forum]) -> Agenda:
        import numpy as np

        mandates, body = self._mandates(inputs, forums), inputs.institution
        asked = docket(inputs, self.issues, [body])
        own = mandates.get(body.name, asked.issues)
        if not set(self.issues) - {"all"}:
            asked = replace(
                asked,
                issues=tuple(issue for issue in asked.issues if issue in own),
                matters=tuple(each for each in asked.matters if each.issue in own),
                gaps=tuple(each for each in asked.gaps if each.issue in own),
            )
        if not asked.issues:
            mend = f"Say what it may take up: --mandates.{body.name} all."
            raise NotComputable(f"No issue of these stakes lies within the mandate of {body.title.en}.", mend=mend)
        judgeable(asked)
        given = agenda(inputs, asked, forums, mandates=mandates, figure=self.weighs)
        if self.movers == "members":
            members = np.array([mover in forums[0].members for mover in given.movers])
            given = replace(given, weight=given.weight * members)
        if not given.weight.sum() > 0:
            raise NotComputable(
                f"Nobody that has a figure '{self.weighs}' can move an issue in these forums.",
                mend="Choose another figure: --weighs gdp_ppp.",
            )
        return replace(given, weight=given.weight / given.weight.sum())

    def _provenance(self, inputs: Inputs) -> Provenance:
        from comity.library.delivery import delivery_digest, records

        held = inputs.provenance(self, random=True)
        return replace(
            held,
            figures={**held.figures, "delivery.csv": delivery_digest()},
            sources=tuple(f"{each.source} ({each.licence})" for each in records().values()),
        )
