"""More plural or more concentrated: effective numbers of powers, payers, proposers, attenders and voting weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from comity.analysis.parts.plurality import charts, tables, times, words
from comity.analysis.parts.plurality.caveats import caveats
from comity.analysis.parts.plurality.measures import WORLD, Counted, Draw, checked, counted, helds, names_of, typical
from comity.kernel.errors import NotComputable, UnknownName
from comity.kernel.result import Chart, Finding, Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.weights import Code

MOVED = ("capabilities", "gdp_constant", "un_regular_budget")
"""The series that are taken apart by who moved them."""


BESIDE = (
    "United Nations, scales of assessments 1946-2027; pledges to the Green Climate Fund as told in SOURCES.md",
    "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data (CC0)",
)
"""The sources beside the panel and the long series."""
STEPS = 3
"""Changes of membership from which a chart of growth says something."""


class Plurality(Analysis):
    """How plural an institution and the world are: with and without the largest, over time, by growth of membership.

    The effective number says how many equal holders would be as concentrated as the real ones (the inverse of
    Herfindahl's index). It is counted of powers (each measure of capability), payers (rates of the UN regular budget,
    pledges to the Green Climate Fund), voting weights (never indices of voting power), rights to propose and votes cast
    in the General Assembly, in each institution and in the world. A member's exit makes the others more plural exactly
    where its share is above 2 / (number + 1), and never takes more than one.

    Source:
        Laakso and Taagepera (1979), "'Effective' Number of Parties", Comparative Political Studies 12(1); Hill (1973),
        "Diversity and Evenness", Ecology 54(2); Singer (1987), International Interactions 14(2), for the capabilities.

    Example:
        >>> import comity as co
        >>> plural = co.analyse(co.load("g5"), "plurality", draws=200)
        >>> plural.values["effective"]["g5"]["powers.gdp_usd"]["number"] < 5
        True
    """

    kind: Literal["analysis.plurality"] = "analysis.plurality"
    """The kind of analysis."""
    measures: tuple[str, ...] = ()
    """The indicators by which powers are counted; GDP both ways, manufacturing, military spending and population where
    none is named."""
    without: tuple[Code, ...] = ("USA",)
    """The members whose absence is asked about."""
    since: Annotated[int, Field(ge=1816, le=2100)] = 1990
    """The year since which change is taken apart."""
    error: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    """How far a figure may be off where its source gives no range, as a share of it: an assumption."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 1_000
    """How many draws of doubtful figures."""

    def run(self, inputs: Inputs) -> Result:
        """Count, with and without, now and over time.

        Raises:
            UnknownName: for a state or an indicator that is not known.
            InputError: for a rate or a figure that can be negative.
            NotComputable: where nothing of the institution can be counted.
        """
        self._known(inputs)
        panel = inputs.figures()
        measures = checked(panel, self.measures)
        draw = Draw(self.error, self.draws, inputs.seed, typical(panel, measures))
        held = helds(inputs, measures)
        if not any(each.body == inputs.institution.name for each in held):
            raise NotComputable(
                f"Nothing of {inputs.institution.title.en} can be counted.",
                mend="Give its members as states, or name other measures.",
            )
        found: list[Counted] = []
        for place, each in enumerate(held):
            inputs.step(place, len(held), each.measure)
            found.append(counted(each, self.without, draw))
        inputs.step(len(held), len(held), "")
        plural = times.Plural(
            inputs,
            self.without,
            draw,
            found,
            times.moments(self.without),
            {series: times.parts(series, self.since) for series in MOVED},
            times.stages(inputs, measures),
        )
        titles = {**{name: panel.indicator(name).title for name in measures}, **times.titles()}
        told = self._findings(plural, titles)
        return Result(
            kind=self.kind,
            title=Text("More plural or more concentrated", "更多元还是更集中"),
            values=_values(plural),
            tables=(
                tables.numbers(inputs, found),
                tables.holders(inputs, found),
                tables.over_time(plural.moments),
                tables.who_moved(inputs, plural.parts),
                *([tables.growth(inputs, plural.stages, titles)] if plural.stages else []),
            ),
            charts=tuple(_charts(plural, told, titles)),
            findings=tuple(finding for finding in told.values() if finding is not None),
            caveats=tuple(caveats(plural)),
            provenance=self._provenance(inputs, held),
        )

    def _known(self, inputs: Inputs) -> None:
        members = {member for body in (inputs.institution, *inputs.against) for member in body.ever_members()}
        for name in self.without:
            if name not in inputs.actors and name not in members:
                raise UnknownName("member", name, sorted(members))

    def _findings(self, plural: times.Plural, titles: dict[str, Text]) -> dict[str, Finding | None]:
        """The findings by name, the institution's own first."""
        told: dict[str, Finding | None] = {}
        for body in names_of(plural.inputs):
            told[f"split.{body}"] = words.split(plural, body)
            if told[f"split.{body}"] is None or body == plural.inputs.institution.name:
                told[f"narrow.{body}"] = words.narrowest(plural, body)
        told["verdict"] = words.verdict(plural, self.since)
        told["rest"] = words.rest(plural, self.since)
        told |= {f"moved.{place}": finding for place, finding in enumerate(words.moved(plural))}
        lead = next((each.measure for each in plural.stages), None)
        if lead is not None:
            grown = words.grew(plural, lead, titles[lead])
            told |= {f"grew.{place}": finding for place, finding in enumerate(grown)}
        return told

    def _provenance(self, inputs: Inputs, held: Sequence[Any]) -> Provenance:
        from comity.library.contributions import contributions_digest
        from comity.library.positions import digests
        from comity.library.powers import SOURCES, powers_digests

        given = inputs.provenance(self, random=True)
        turnout = {name: value for name, value in digests().items() if name.endswith("turnout.csv")}
        more = {**powers_digests(), "contributions.csv": contributions_digest(), **turnout}
        panel = inputs.figures()
        names = [each.measure for each in held if each.measure in panel.indicators]
        used = [line for name in names for line in panel.indicator(name).sources.values()]
        lines = tuple(dict.fromkeys([*used, *SOURCES.values(), *BESIDE]))
        return replace(given, figures={**given.figures, **more}, sources=lines)


def _charts(plural: times.Plural, told: dict[str, Finding | None], titles: dict[str, Text]) -> list[Chart]:
    own, who = plural.inputs.institution.name, words.gone_names(plural.inputs, plural.gone)
    first = told[f"split.{own}"] or told[f"narrow.{own}"] or told[f"split.{WORLD}"]
    made: list[Chart] = []
    names = names_of(plural.inputs)
    if first is not None:
        order = list(tables.measure_titles(plural.found).values())
        made.append(charts.dots(first.text, order, list(names.values()), who))
    verdict = told["verdict"]
    if verdict is not None:
        made.append(charts.lines(verdict.text, who))
    dates = {body: {stage.on for stage in plural.stages if stage.body == body} for body in names}
    grown = {body: names[body] for body, days in dates.items() if len(days) >= STEPS}
    told_of = told.get("grew.0")
    if told_of is not None and grown:
        order = [titles[name] for name in dict.fromkeys(each.measure for each in plural.stages)]
        made.append(charts.steps(told_of.text, grown, order))
    return made


def _values(plural: times.Plural) -> dict[str, Any]:
    effective: dict[str, dict[str, dict[str, float | None]]] = {}
    for each in plural.found:
        effective.setdefault(each.held.body, {})[each.held.key] = {
            "number": each.number.value,
            "low": each.number.low,
            "high": each.number.high,
            "without": None if each.others is None else each.others.value,
        }
    years: dict[str, dict[str, float | None]] = {}
    for each in plural.moments:
        years.setdefault(each.series, {})[str(each.year)] = each.number
    return {"effective": effective, "over_time": years}
