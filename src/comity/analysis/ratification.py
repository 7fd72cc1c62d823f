"""Would a signature survive at home: the agreement zone when domestic ratifiers must consent as well."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.matters import LEAST, Matter, docket, judgeable
from comity.analysis.parts.ratification.ratifying import Ratified, ratified
from comity.analysis.parts.ratification.words import caveats, chart, findings, homes_table, issues_table
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.stakes import Home


class Ratification(Analysis):
    """The two-level constraint: what domestic ratifiers leave of the zone, and whether a signature survives at home.

    A government needs the consent of a pivotal ratifier, who stands some share of the way from the government back to
    the status quo and consents to what it prefers to the status quo. The governments sign the compromise mean, moved
    into their zone; each ratifier then says yes or no. Where a ratifier binds, the text may come nearer to its
    government: the advantage of tied hands (Schelling's conjecture).

    Source:
        Putnam (1988), "Diplomacy and Domestic Politics: The Logic of Two-Level Games", International Organization
        42(3); Milner and Rosendorff (1997), Journal of Conflict Resolution 41(1); Tarar (2001), Journal of Conflict
        Resolution 45(3); Schelling (1960), *The Strategy of Conflict*, on tied hands.

    Example:
        >>> import comity as co
        >>> home = co.analyse(co.load("g5"), "ratification", issues=("middle_east",), draws=500)
        >>> zone = home.values["open"]["g5"]["middle_east"]
        >>> zone["ratified"] <= zone["governments"]
        True
    """

    kind: Literal["analysis.ratification"] = "analysis.ratification"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; `all`, or all where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 5_000
    """How many draws of positions and ratifiers."""
    least: Annotated[float, Field(ge=0, le=100)] = LEAST
    """How many points from the status quo a text must lie to count as an agreement."""
    member: str | None = None
    """The only member whose ratifier is asked; all that have one where absent."""
    resists: str | None = None
    """Another share of the way for that member's ratifier: low, mode and high, such as 0,1/2,1."""

    def run(self, inputs: Inputs) -> Result:
        """Judge every issue with and without ratifiers.

        Raises:
            UnknownName: for an issue or a member that is not there.
            InputError: where `resists` is no triple of shares, or is given without a member.
            NotComputable: where nobody has a ratifier, or no issue can be judged.
        """
        given = self._assumed(inputs)
        asked = judgeable(docket(given, self.issues))
        matters = [each for each in asked.matters if self._homes(each)]
        if not matters:
            raise NotComputable(
                "Nobody in these institutions has a ratifier in the stakes.",
                mend="Add ratifiers to a file of stakes of your own: --stakes FILE.",
            )
        found: list[Ratified] = []
        for number, matter in enumerate(matters):
            inputs.step(number, len(matters), matter.issue)
            draws = number_of(self.draws, len(matter.decision.members))
            found.append(ratified(matter, draws, inputs.seed, self.least))
        inputs.step(len(matters), len(matters), "")
        told = findings(given, found)
        table = issues_table(given, found)
        return Result(
            kind=self.kind,
            title=Text("Would it survive at home", "国内能否批准"),
            values={
                "open": _by_body(found, "open"),
                "survives": _survival(found),
            },
            tables=(table, homes_table(given, found)),
            charts=(chart(given, found, told[0].text),),
            findings=tuple(told),
            caveats=tuple(caveats(given, asked)),
            provenance=given.provenance(self, random=True),
        )

    def _assumed(self, inputs: Inputs) -> Inputs:
        """The inputs with only the ratifier asked about, and its share of the way changed where asked."""
        grounds = inputs.wanted()
        ratifiers = grounds.stakes.ratifiers
        if self.member is None:
            if self.resists is not None:
                raise InputError("--resists is the share of one ratifier.", mend="Name its member: --member USA.")
            return inputs
        if self.member not in ratifiers:
            raise UnknownName("ratifier of", self.member, list(ratifiers))
        home = ratifiers[self.member]
        if self.resists is not None:
            home = Home(title=home.title, resists=_triple(self.resists), why=home.why)
        stakes = grounds.stakes.model_copy(update={"ratifiers": {self.member: home}})
        return replace(inputs, stakes=replace(grounds, stakes=stakes, _stands={}, _drawn={}, _known={}))

    def _homes(self, matter: Matter) -> bool:
        ratifiers = matter.grounds.stakes.ratifiers
        return any(member in ratifiers for member in matter.judged)


def _triple(text: str) -> tuple[Fraction, Fraction, Fraction]:
    try:
        low, mode, high = (exact(part.strip()) for part in text.split(","))
    except ValueError:
        raise InputError(f"--resists {text}: this is no triple of shares.", mend="Write it as 0,1/2,1.") from None
    if not 0 <= low <= mode <= high <= 1:
        raise InputError(f"--resists {text}: shares ascend from 0 to 1.", mend="Write it as 0,1/2,1.")
    return low, mode, high


def _by_body(found: list[Ratified], what: str) -> dict[str, dict[str, dict[str, float | None]]]:
    values: dict[str, dict[str, dict[str, float | None]]] = {}
    for each in found:
        body = values.setdefault(each.matter.institution.name, {})
        body[each.matter.issue] = {stage: measured.value for stage, measured in getattr(each, what).items()}
    return values


def _survival(found: list[Ratified]) -> dict[str, dict[str, dict[str, float | None]]]:
    values: dict[str, dict[str, dict[str, float | None]]] = {}
    for each in found:
        homes = {home.member: home.survives.value for home in each.homes}
        values.setdefault(each.matter.institution.name, {})[each.matter.issue] = {"all": each.survives.value, **homes}
    return values
