"""Who pays: a common cost under the fund's own rule and others, and what follows when somebody leaves or defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from comity.analysis.parts.burdens.bearing import borne, ladder, official
from comity.analysis.parts.burdens.charts import charts
from comity.analysis.parts.burdens.leaving import Mode, leaving
from comity.analysis.parts.burdens.tables import Found, tables
from comity.analysis.parts.burdens.words import caveats, findings
from comity.analysis.parts.paying import paying
from comity.kernel.quantity import Money
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class Burdens(Analysis):
    """Who pays which share of a common cost, under which rule, and who pays more when a payer leaves.

    The shares are exact. After an exit the fund either shrinks by the share that is gone, or those who stay re-share
    the whole under the fund's own rule and ceiling; after a default the debtor stays a member, the shares of the others
    stand, and what is missing is taken over in proportion to them up to the ceiling. Where votes follow what is paid
    in, they are computed again. Shares are held against official rates where these are at hand, against income per
    head, and against other rules.

    Source:
        Young, Equity (1994); Aumann and Maschler, J. Economic Theory 36 (1985); Littlechild and Owen, Management
        Science 20 (1973); Suits, American Economic Review 67 (1977); UN General Assembly resolution 79/249.

    Example:
        >>> import comity as co
        >>> shared = co.analyse(co.load("g5"), "burdens", without=["USA"])
        >>> round(shared.values["shares"]["charter"]["USA"], 3), round(shared.values["after"]["CHN"], 3)
        (0.333, 0.333)
    """

    kind: Literal["analysis.burdens"] = "analysis.burdens"
    """The kind of analysis."""
    fund: str | None = None
    """The fund; the first that says how it is filled where absent."""
    amount: Money | None = None
    """What is to be raised, such as ``3.45 billion USD``; what the charter says where absent."""
    without: tuple[str, ...] = ()
    """Those who leave or default; the largest payer where absent."""
    mode: Mode = "exit"
    """``exit``: they are no members any more; ``default``: they stay members and do not pay."""
    rules: tuple[str, ...] = ()
    """The burden rules set beside the fund's own, by kind; all where absent."""
    measure: str = "gdp_usd"
    """The figure by which those other rules measure members."""

    def run(self, inputs: Inputs) -> Result:
        """Share the cost, take some payers away, share it again.

        Raises:
            UnknownName: for a fund, a rule, a figure or a payer that is not there.
            InputError: where nobody is left to pay.
            NotComputable: where no fund says how it is filled, or nobody can be measured.
        """
        inputs.figures().indicator(self.measure)
        paid = paying(inputs, self.fund, amount=self.amount, rules=self.rules, measure=self.measure)
        left = leaving(inputs, paid, self.without, self.mode)
        fixed = official(paid, inputs.date.year)
        held = borne(paid, self.measure)
        rungs = tuple(ladder(paid, left.without, inputs.date.year))
        found = Found(paid, left, self.mode, self.measure, fixed, held, rungs)
        told = findings(inputs, found)
        given = self.model_copy(update={"without": left.without})
        provenance = inputs.provenance(given)
        return Result(
            kind=self.kind,
            title=Text("Who pays, and who pays more", "谁缴款，谁多缴"),
            values=_values(found),
            tables=tables(inputs, found),
            charts=charts(inputs, found, {name: each for each in reversed(told) for name in each.figures}),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found)),
            provenance=replace(provenance, figures={**provenance.figures, **paid.digests}),
        )


def _values(found: Found) -> dict[str, Any]:
    paid, left = found.paid, found.left
    return {
        "fund": paid.name,
        "amount": None if paid.amount is None else float(paid.amount),
        "currency": paid.currency,
        "without": list(left.without),
        "shares": {rule: {state: float(share) for state, share in each.items()} for rule, each in paid.shares.items()},
        "gap": float(left.gap),
        "after": {state: float(share) for state, share in left.shares.items()},
        "unassigned": float(left.unassigned),
        "votes": {state: {"before": float(old), "after": float(new)} for state, (old, new) in left.votes.items()},
        "suits": {rule: float(each.suits) for rule, each in found.borne.items()},
        "official": None if found.fixed is None else {"period": found.fixed.period, "rms": found.fixed.rms},
        "skipped": dict(paid.skipped),
    }
