"""Does the club hold: who would leave, who would join, and which penalty, transfer or clause would keep them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.decisions import day
from comity.analysis.parts.stability import tariffs
from comity.analysis.parts.stability.coalitions import Base, Rest, Terms
from comity.analysis.parts.stability.holding import Held, held
from comity.analysis.parts.stability.sales import sales
from comity.analysis.parts.stability.tables import charts, tables
from comity.analysis.parts.stability.tariffs import PRICES
from comity.analysis.parts.stability.words import caveats, findings
from comity.analysis.parts.valuing import Ledger, ledger
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import Exact
from comity.kernel.result import Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution


class Stability(Analysis):
    """Whether a club that provides a good holds by itself, and what would hold it where it does not.

    A club is internally stable where no member would gain by leaving while the others stay, externally stable where
    nobody who was asked would gain by joining. Both are decided for every coalition of up to twenty states at the
    modes, and for the club as written over draws of what the good is worth. Then the analysis asks for the smallest
    uniform penalty on leavers that holds the club, whether transfers among members could, and who would pay whom, and
    whether a minimum number of members for entry into force would.

    Source:
        d'Aspremont, Jacquemin, Gabszewicz and Weymark (1983), Canadian Journal of Economics 16; Barrett (1994), Oxford
        Economic Papers 46; Carraro and Siniscalco (1993), Journal of Public Economics 52; Nordhaus (2015), American
        Economic Review 105(4); Carraro, Eyckmans and Finus (2006), Review of International Organizations 1; Carraro,
        Marchiori and Oreffice (2009), Environmental and Resource Economics 42.

    Example:
        >>> import comity as co
        >>> club = co.analyse(co.load("g5"), "stability", issues=("energy",), draws=500)
        >>> club.values["stable"]["g5"]["energy"]
        [['USA', 'CHN']]
    """

    kind: Literal["analysis.stability"] = "analysis.stability"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; every one whose good is valued where absent."""
    invited: tuple[str, ...] = ()
    """States that might join, or charters whose members might; the members of those compared with where absent."""
    penalty: Exact | None = None
    """What a sanction takes from each who stays out, as a share such as `20 %`; none where absent."""
    penalty_of: Base = "cost"
    """What that is a share of: what its own part `cost`s, the `benefit` of the whole good to it, or its sales to the
    members (`trade`), of which a tariff of that rate takes as much at most."""
    minimum: Annotated[int, Field(ge=0, le=193)] = 0
    """How many members an agreement needs before it binds anyone."""
    rest: Rest = "reconsider"
    """What the others do after an exit: `reconsider` and stop where they would lose together, or `carry_on`."""
    climate_club: str | None = None
    """A file of regions (CSV, in the form of Nordhaus's inputs): its climate clubs are judged instead."""
    prices: tuple[Annotated[float, Field(gt=0, le=10_000)], ...] = PRICES
    """The target prices of carbon that such a club is asked about, US dollars a tonne of CO2."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many draws of benefits and costs."""

    def run(self, inputs: Inputs) -> Result:
        """Ask every good's club, before every body, what holds it.

        Raises:
            UnknownName: for an issue of the stakes, or someone invited, that is not there.
            InputError: for an issue whose good nobody has valued, or a minimum above the number of members.
            NotComputable: where no good can be valued before the institution, or its members are constituencies.
        """
        if self.climate_club is not None:
            return self._of_file(inputs, self.climate_club)
        asked = self._ledger(inputs)
        found: list[Held] = []
        for number, good in enumerate(asked.valued):
            inputs.step(number, len(asked.valued), good.issue)
            terms = self._terms(inputs, good.institution)
            draws = number_of(self.draws, len(good.members) + len(terms.invited))
            found.append(held(good, draws, inputs.seed, terms))
        inputs.step(len(found), len(found), "")
        told = findings(inputs, found, self.penalty_of)
        return Result(
            kind=self.kind,
            title=Text("Does the club hold", "俱乐部能否维系"),
            values=_values(found),
            tables=tables(inputs, found, self.penalty_of),
            charts=charts(inputs, found, told, self.penalty_of),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, found, rest=self.rest, base=self.penalty_of)),
            provenance=self._provenance(inputs),
        )

    def _provenance(self, inputs: Inputs) -> Provenance:
        from comity.library.ties import digests

        made = inputs.provenance(self, random=True)
        return replace(made, figures={**made.figures, **digests()}) if self.penalty_of == "trade" else made

    def _of_file(self, inputs: Inputs, file: str) -> Result:
        """The climate clubs of a user's regions, whoever was asked about."""
        from pathlib import Path

        from comity.library.climate_clubs import read_climate_club

        given = read_climate_club(Path(file))
        found = tariffs.cases(given, self.prices, lambda done, total: inputs.step(done, total, given.file))
        told = tariffs.findings(given, found)
        made = inputs.provenance(self)
        return Result(
            kind=self.kind,
            title=Text("Climate clubs", "气候俱乐部"),
            values=tariffs.values(given, found),
            tables=(tariffs.table(given, found),),
            charts=(tariffs.chart(given, found, told),),
            findings=tuple(told),
            caveats=tuple(tariffs.caveats(given)),
            provenance=replace(
                made,
                stakes={},
                figures={given.file: given.digest},
                options={"climate_club": given.file, "prices": list(self.prices)},
            ),
        )

    def _ledger(self, inputs: Inputs) -> Ledger:
        """The goods asked about; where constituencies are why none can be valued, that is said."""
        members = inputs.institution.members_on(day(inputs, inputs.institution))
        lumped = [member for member in members if member not in inputs.actors]
        try:
            return ledger(inputs, self.issues)
        except NotComputable:
            if not lumped:
                raise
            raise NotComputable(
                f"{len(lumped)} of {len(members)} members of {inputs.institution.title.en} are constituencies: nobody "
                "says what they gain or pay.",
                mend="Give stakes with a good and seats for them (--stakes FILE), or ask about a body of states.",
            ) from None

    def _terms(self, inputs: Inputs, body: Institution) -> Terms:
        members = body.members_on(day(inputs, body))
        if self.minimum > len(members) and body is inputs.institution:
            raise InputError(
                f"A minimum of {self.minimum} members is more than the {len(members)} of {body.name}.",
                mend=f"Ask for 0 to {len(members)}: --minimum {len(members)}.",
            )
        sold = sales(inputs) if self.penalty_of == "trade" else {}
        return Terms(
            self._invited(inputs, body), float(self.penalty or 0), self.penalty_of, self.minimum, self.rest, sold
        )

    def _invited(self, inputs: Inputs, body: Institution) -> tuple[str, ...]:
        """Who might join a body: those named, else the members of the bodies it is compared with."""
        from comity.library.institutions import load
        from comity.library.places import shipped_names

        beside = {each.name: each for each in (inputs.institution, *inputs.against) if each is not body}
        asked: list[str] = []
        for name in self.invited or tuple(beside):
            if name in inputs.actors and name not in beside:
                asked.append(name)
                continue
            charter = beside.get(name)
            if charter is None and name not in shipped_names("charter"):
                raise UnknownName("state or charter to invite", name, shipped_names("charter"))
            charter = charter or load(name)
            asked += charter.members_on(day(inputs, charter))
        members = set(body.members_on(day(inputs, body)))
        return tuple(each for each in dict.fromkeys(asked) if each not in members)


def _values(found: list[Held]) -> dict[str, Any]:
    names = ("holds", "stable", "leave", "join", "penalty", "potential", "transfers", "clause", "core")
    values: dict[str, Any] = {name: {} for name in names}
    for each in found:
        body, issue = each.good.institution.name, each.good.issue
        outer = None if each.external is None else each.external.value
        told: dict[str, Any] = {
            "holds": {"internal": each.internal.value, "external": outer, "both": each.stable.value},
            "stable": None if each.number is None else [list(coalition) for coalition, _ in each.coalitions],
            "leave": {one.member: one.moves.value for one in each.inside},
            "join": {one.member: one.moves.value for one in each.outside},
            "penalty": {"median": each.penalty.value, "none_holds": each.beyond.value},
            "potential": each.potential.value,
            "transfers": {one.member: one.transfer for one in each.inside if one.transfer is not None},
            "clause": each.clause,
            "core": None if each.excess is None else each.excess <= 0,
        }
        for name, value in told.items():
            values[name].setdefault(body, {})[issue] = value
    return values
