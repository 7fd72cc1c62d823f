"""Do others hedge: what a tariff or a withdrawal by one power does to where they lean, and what autonomy they have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from comity.analysis.parts.assumed import triple
from comity.analysis.parts.exposure import exposure, members_of, provenance
from comity.analysis.parts.hedging.diverting import Act, Leaning, Shock, leanings
from comity.analysis.parts.hedging.words import (
    autonomy_chart,
    autonomy_table,
    caveats,
    findings,
    lean_chart,
    lean_table,
    losses_table,
)
from comity.analysis.parts.landing import Measured
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs

USUAL = {"tariff": 0.25, "withdrawal": 0.5}
"""How much a power does where nobody says: a tariff of a quarter, a withdrawal from half of trade."""


class Hedging(Analysis):
    """What a tariff or a withdrawal by one power does to others: what they lose, where they lean, how free they are.

    Trade with the power falls; a part of what falls finds other partners, in proportion to what they have already; the
    rest is lost. A state leans to the power as long as it trades more with it than with the rival. Its strategic
    autonomy is one less what it depends on the power for: market, supplies and defence, each a share of GDP or of the
    spending that defends it, averaged over weights drawn with every mixture as likely as any other. Elasticity and
    diversion are drawn from stated ranges, shares of partners within the bounds of the source.

    Source:
        Luce (1959), *Individual Choice Behavior*, on proportions that stay; Boehm, Levchenko and Pandalai-Nayar (2023),
        American Economic Review 113(4), for elasticities of 0.76 within a year and about 2 in ten; Fontagné, Guimbard
        and Orefice (2022), Journal of International Economics 137, for about 5; Kuik (2008), "The Essence of
        Hedging", Contemporary Southeast Asia 30(2).

    Example:
        >>> import comity as co
        >>> after = co.analyse(co.load("g7"), "hedging", draws=500, members=("CAN", "MEX"))
        >>> after.values["verdict"]
        {'MEX': 'stays', 'CAN': 'stays'}
    """

    kind: Literal["analysis.hedging"] = "analysis.hedging"
    """The kind of analysis."""
    power: str = "USA"
    """The power that acts."""
    rival: str | None = None
    """To whom others may turn; China, or the United States where China acts."""
    act: Act = "tariff"
    """A tariff on what the power buys, or a withdrawal from trade both ways."""
    size: Annotated[float | None, Field(ge=0)] = None
    """The tariff (0.25 is a quarter) or the share of trade withdrawn; a quarter, or half of trade, where absent."""
    answered: bool = False
    """Whether the others answer a tariff in kind."""
    members: tuple[str, ...] = ()
    """The states asked about; the members of the institution and of those it is compared with where absent."""
    elasticity: str = "0.76,2,5"
    """By how many per cent trade falls for each per cent of tariff: low, mode and high."""
    found: str = "0,1/2,1"
    """Which part of the trade lost with the power finds another partner: low, mode and high."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 2_000
    """How many draws."""

    def run(self, inputs: Inputs) -> Result:
        """Draw the act and its answers.

        Raises:
            InputError: for what is no state, no triple or no size.
            NotComputable: where no other member has figures.
        """
        exposed = exposure(inputs)
        shock = self._shock(inputs)
        if lacking := [each for each in (shock.power, shock.rival) if each not in exposed.actors]:
            raise InputError(f"No figures of {', '.join(lacking)}.", mend="Name a state that trades: --power USA.")
        asked = [each for each in members_of(inputs, self.members) if each not in {shock.power, shock.rival}]
        rows = [member for member in asked if exposed.has(member)]
        if not rows:
            raise NotComputable(
                f"No member of {inputs.institution.title.en} but the powers themselves has trade partners and GDP.",
                mend="Name states: --members CAN MEX.",
            )
        draws = min(self.draws, max(100, 4_000_000 // len(rows)))
        held = leanings(exposed, rows, shock, draws=draws, seed=inputs.seed)
        told = findings(inputs, held, shock)
        return Result(
            kind=self.kind,
            title=Text("Do others hedge", "各国是否两面下注"),
            values=_values(held),
            tables=(
                lean_table(inputs, held, shock),
                autonomy_table(inputs, held, shock),
                losses_table(inputs, held),
            ),
            charts=(
                lean_chart(inputs, held, shock, told[0].text, draws=draws),
                autonomy_chart(inputs, held, shock, draws),
            ),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, exposed, asked, shock)),
            provenance=provenance(inputs, self, random=True),
        )

    def _shock(self, inputs: Inputs) -> Shock:
        power = inputs.actors.find(self.power).code
        rival = inputs.actors.find(self.rival or ("USA" if power == "CHN" else "CHN")).code
        if rival == power:
            raise InputError(f"{power} is no rival of itself.", mend="Name another: --rival CHN.")
        size = USUAL[self.act] if self.size is None else self.size
        if self.act == "withdrawal" and size > 1:
            raise InputError(
                f"--size {size:g}: more than all trade cannot be withdrawn.", mend="Write a share, 0 to 1."
            )
        if self.answered and self.act == "withdrawal":
            raise InputError("A withdrawal is from trade both ways already.", mend="Leave out --answered.")
        elasticity, found = (
            triple("--elasticity", self.elasticity, most=None, example="0.76,2,5"),
            triple("--found", self.found),
        )
        return Shock(power, rival, self.act, size, self.answered, elasticity, found)


def _values(held: list[Leaning]) -> dict[str, object]:
    def pair(found: tuple[Measured, Measured]) -> dict[str, float | None]:
        return {"before": found[0].value, "after": found[1].value}

    return {
        "verdict": {each.member: each.verdict for each in held},
        "lean": {each.member: pair(each.lean) for each in held},
        "to_power": {each.member: pair(each.to_power) for each in held},
        "dependence": {each.member: pair(each.dependence) for each in held},
        "at_risk": {each.member: each.risk.value for each in held},
        "autonomy": {each.member: pair(each.autonomy) for each in held},
        "allies": [each.member for each in held if each.ally],
    }
