"""Which clauses keep themselves, and what a reward, a longer threat, a second look or an escape is worth."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.kernel.errors import InputError
from comity.kernel.quantity import Exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.parts.self_enforcement.caveats import caveats
from comity.rehearsal.parts.self_enforcement.charts import charts
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Prices, Terms, kept, prices
from comity.rehearsal.parts.self_enforcement.promises import Owed, Promise, promises
from comity.rehearsal.parts.self_enforcement.tables import tables
from comity.rehearsal.parts.self_enforcement.words import findings


class SelfEnforcement(Analysis):
    """Whether clauses keep themselves: no court, only repetition, noisy verification and what follows a breach.

    Each party weighs what it saves by not complying against what a breach notice costs it: the clause is suspended for
    as long as grace and renegotiation take. Verification errs both ways, so the innocent are suspended too. Asked are
    the patience it takes, the suspension that just deters, the price range of a payment on results, what clearer
    verification, renegotiation and a paid escape are worth, all with the payment and without, for those who owe the
    clause and as if every member owed it.

    Source:
        Mailath and Samuelson (2006), Repeated Games and Reputations, ch. 2 and 7; Green and Porter (1984), Econometrica
        52(1); Barrett (1999), "A Theory of Full International Cooperation", Journal of Theoretical Politics 11(4);
        Rosendorff and Milner (2001), International Organization 55(4).

    Example:
        >>> import comity as co
        >>> found = co.analyse(co.load("g5"), "self_enforcement", draws=500)
        >>> found.values["kept"]["g5"]["oil_stocks"]["obligors"]["without_payment"]["holds"]
        False
    """

    kind: Literal["rehearsal.self_enforcement"] = "rehearsal.self_enforcement"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    clauses: tuple[str, ...] = ()
    """Clauses of the charter; all of them where absent."""
    discount: Exact | None = None
    """The yearly rate of discount, such as `3 %`; as the stakes say, with its doubt, where absent."""
    false_alarm: Exact | None = None
    """How often a look finds a failure that is none; as the charter says where absent."""
    miss: Exact | None = None
    """How often a look overlooks a failure; as the charter says where absent."""
    paid: Literal["look", "year"] = "look"
    """Whether the reward is paid to each party for every look that finds it compliant, or that much a year."""
    reading: Exact | None = None
    """What one more reading of a look costs, in millions of US dollars; then the best number of readings is named."""
    pressure: Exact | None = None
    """How often compliance is dear for a party, as a share of looks; drawn from 1/20 to 1/4 where absent."""
    strain: Exact | None = None
    """How many times the usual cost it is then; drawn from 2 to 5 where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many draws of benefits, costs and discount."""

    def run(self, inputs: Inputs) -> Result:
        """Ask of every clause whether it keeps itself.

        Raises:
            UnknownName: for a clause that the charter does not have.
            InputError: for a share of more than one, a strain of less than one, a reward that is not in US dollars.
            NotComputable: where the charter has no clause, or none whose errors and good are known.
        """
        self._check()
        asked, lacking = promises(inputs, self.clauses, (self.false_alarm, self.miss))
        terms = Terms(self.draws, self.discount, self.paid, self.pressure, self.strain)
        found: list[Kept] = []
        costs: list[Prices] = []
        for number, promise in enumerate(asked):
            inputs.step(number, len(asked), promise.name)
            for owed in owing(promise):
                rewarded = (False, True) if promise.clause.reward else (False,)
                found += [kept(inputs, promise, owed, terms, paid=paid) for paid in rewarded]
                costs.append(prices(inputs, promise, owed, terms))
        inputs.step(len(asked), len(asked), "")
        made = tables(inputs, found, costs, terms)
        told = findings(inputs, found, costs, self.reading, every=self.paid)
        return Result(
            kind=self.kind,
            title=Text("Which promises keep themselves", "哪些承诺能自我执行"),
            values=_values(found, costs),
            tables=made,
            charts=charts(inputs, found, told, made[-1]),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, lacking, terms)),
            provenance=inputs.provenance(self, random=True),
        )

    def _check(self) -> None:
        for name in ("discount", "false_alarm", "miss", "pressure"):
            value = getattr(self, name)
            if value is not None and value > 1:
                raise InputError(
                    f"{name}: {value} is more than the whole.", mend="Write a share from 0 to 1: 1/20, 5 %."
                )
        if self.strain is not None and self.strain < 1:
            what = f"strain: {self.strain} would make compliance cheaper under pressure."
            raise InputError(what, mend="Write how many times the usual cost it is: 1 or more.")


def owing(promise: Promise) -> tuple[Owed, ...]:
    """Who may owe a promise: those it names and, where these are fewer, all members."""
    few = set(promise.parties("obligors")) != set(promise.known)
    return ("obligors", "members") if few else ("obligors",)


def _values(found: list[Kept], costs: list[Prices]) -> dict[str, Any]:
    values: dict[str, Any] = {"kept": {}, "reward": {}}
    for each in found:
        place = values["kept"].setdefault(each.promise.institution.name, {}).setdefault(each.promise.name, {})
        place.setdefault(each.owed, {})["with_payment" if each.paid else "without_payment"] = {
            "holds": each.holds,
            "chance": each.chance.share,
            "chance_otherwise_paid": each.otherwise and each.otherwise.share,
            "mendable": each.mendable.share,
            "critical_discount": each.critical,
            "least_suspension": None if each.least == math.inf else int(each.least),
            "worth": each.ways["written"].value.mean,
            "renegotiation": each.renegotiating.mean,
            "escape": each.escaping.mean,
            "escape_price": [each.escape[0].median, each.escape[1].median],
        }
    for each in costs:
        place = values["reward"].setdefault(each.promise.institution.name, {}).setdefault(each.promise.name, {})
        place[each.owed] = {
            "once": each.once.median,
            "written": each.written.median,
            "ever": each.ever.median,
            "most": each.most and each.most.median,
        }
    return values
