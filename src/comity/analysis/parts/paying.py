"""Who pays which share: the payers of a fund, what they are measured by, and the rules set side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import Money
from comity.kernel.result import Text
from comity.library.contributions import contributions_digest, ledger
from comity.library.groups import group, groups_digest
from comity.model.analysis import Inputs
from comity.model.burden import BURDENS, Burden, Figures
from comity.model.naming import short
from comity.model.parts import Fund

if TYPE_CHECKING:
    import polars as pl

CHARTER = "charter"
"""What tables call the fund's own rule."""
PLEDGED, POOREST = "pledged", "least_developed"
NAMES: Mapping[str, Text] = {
    CHARTER: Text("the fund's own rule", "该基金自身的规则"),
    "proportional": Text("in proportion to GDP", "按GDP比例"),
    "equal": Text("equal parts", "均摊"),
    "scale_of_assessments": Text("UN scale", "联合国比额表"),
    "tiers": Text("tiers by income per head", "按人均收入分档"),
    "shapley": Text("nested needs (Shapley)", "嵌套需要（沙普利）"),
    "constrained_equal_awards": Text("equal amounts", "等额负担"),
    "constrained_equal_losses": Text("equal remainders", "等额剩余"),
    "talmud": Text("Talmud", "塔木德分法"),
    "voluntary": Text("as pledged", "按认捐"),
}
"""The rules as tables and charts call them."""
INCOME_GROUPS = [
    {"at_least": "0", "pays": "1/10"},
    {"at_least": "1145", "pays": "1/5"},
    {"at_least": "4515", "pays": "1/2"},
    {"at_least": "14005", "pays": "1"},
]
"""Tiers for the comparison: the World Bank's income groups of 2024-25 (US$ per head), with parts that are assumed."""
CLAIMING = ("constrained_equal_awards", "constrained_equal_losses", "talmud")


@dataclass(frozen=True)
class Paying:
    """A fund, who pays into it, and which share each bears under each rule.

    Attributes:
        name: the fund's name in the charter.
        fund: the fund.
        rule: its burden rule.
        payers: the states that pay, the largest payer first.
        figures: what they are measured by.
        amount: what is to be raised, in whole units of its currency; none where unknown.
        currency: the currency of the amount.
        shares: the share of each payer by rule, the fund's own first.
        skipped: rules that could not be computed, with why.
        lacking: members left out for want of a figure.
        ledger: the contributions at hand.
        period: the round of pledges read, where the fund is filled by them.
    """

    name: str
    fund: Fund
    rule: Burden
    payers: tuple[str, ...]
    figures: Figures
    amount: Fraction | None
    currency: str
    shares: Mapping[str, Mapping[str, Fraction]]
    skipped: Mapping[str, str]
    lacking: tuple[str, ...]
    ledger: pl.DataFrame | None
    period: str

    @property
    def title(self) -> Text:
        """The fund's name for a reader."""
        return self.fund.title or Text(self.name.replace("_", " "))

    @property
    def own(self) -> Mapping[str, Fraction]:
        """The share of each payer under the fund's own rule."""
        return self.shares[CHARTER]

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the shipped tables it rests on."""
        found = {} if self.ledger is None else {"contributions.csv": contributions_digest()}
        return found | ({"groups.csv": groups_digest()} if POOREST in self.figures else {})


def paying(
    inputs: Inputs, name: str | None = None, *, amount: Money | None = None, rules: Sequence[str] = (), measure: str
) -> Paying:
    """Who pays into a fund, and how much under which rule.

    Raises:
        UnknownName: for a fund or a rule that is not there.
        NotComputable: where no fund says how it is filled, or nobody can be measured.
    """
    fund_name, fund, rule = _fund(inputs, name)
    held = ledger(inputs.institution.name, fund_name)
    asked = _asked(rules)
    needed = dict.fromkeys([*rule.figures(), measure, "population", POOREST])
    states = inputs.institution.states_on(inputs.date)
    pledges, period = _pledges(inputs, held)
    figures = {each: _column(inputs, each, states, pledges) for each in needed}
    payers = [state for state in states if all(state in figures[each] for each in rule.figures())]
    if PLEDGED in rule.figures():
        payers = [state for state in payers if figures[PLEDGED][state]]
    if not payers and PLEDGED in rule.figures():
        what = f"No pledge to '{fund_name}' of {inputs.institution.title.en} is at hand on {inputs.date}."
        raise NotComputable(what, mend="Choose a later day with --on, or write values in the charter.")
    if not payers:
        raise NotComputable(
            f"Nobody of {inputs.institution.title.en} can be measured for '{fund_name}' on {inputs.date}.",
            mend="Choose another day with --on, or bring figures with --figures FILE.",
        )
    value, currency = _amount(fund, amount, figures if PLEDGED in rule.figures() else {}, payers)
    own = _own(inputs, rule, payers, figures)
    payers.sort(key=lambda state: (-own[state], -figures[measure].get(state, Fraction(0)), state))
    estate = value if currency == "USD" else None
    shares, skipped = _compared(asked, payers, figures, own=rule, measure=measure, amount=estate)
    ordered = {CHARTER: {state: own[state] for state in payers}, **shares}
    lacking = () if PLEDGED in rule.figures() else tuple(state for state in states if state not in own)
    return Paying(
        fund_name, fund, rule, tuple(payers), figures, value, currency, ordered, skipped, lacking, held, period
    )  # fmt: skip


def _fund(inputs: Inputs, name: str | None) -> tuple[str, Fund, Burden]:
    funds = inputs.institution.funds
    if name is not None and name not in funds:
        raise UnknownName(f"fund in {inputs.institution.name}", name, list(funds))
    filled = [(each, fund, fund.burden) for each, fund in funds.items() if fund.burden and name in {None, each}]
    if filled:
        return filled[0]
    raise NotComputable(
        f"{short(inputs.institution).en}: no fund of the charter says how it is filled.",
        mend="Add a burden to a fund in a copy: burden: {kind: proportional, to: gdp_usd}.",
    )


def _asked(rules: Sequence[str]) -> list[str]:
    known = [kind for kind in NAMES if kind != CHARTER]
    for kind in rules:
        if kind not in known:
            raise UnknownName("burden rule", kind, known)
    return [kind for kind in known if kind in rules] if rules else [kind for kind in known if kind != "voluntary"]


def _pledges(inputs: Inputs, held: pl.DataFrame | None) -> tuple[dict[str, Fraction], str]:
    """What was pledged in the latest round begun by the day asked for, in millions of US dollars, and the round."""
    if held is None:
        return {}, ""
    rows = held.filter(kind="pledged").filter(held.filter(kind="pledged")["year"] <= inputs.date.year)
    if rows.is_empty():
        return {}, ""
    period = str(rows.sort("year")["period"][-1])
    states = rows.filter(period=period).select("iso3", "amount").rows()
    return {state: Fraction(str(amount)) for state, amount in states}, period


def _column(inputs: Inputs, name: str, states: Sequence[str], pledges: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """One figure of every state that has it."""
    if name == POOREST:
        poorest = group(POOREST, inputs.date)
        return {state: Fraction(state in poorest) for state in states}
    if name == PLEDGED:
        return {state: pledges.get(state, Fraction(0)) for state in states}
    values = zip(states, inputs.figures().column(name, states), strict=True)
    return {state: Fraction(str(value)) for state, value in values if value is not None and value >= 0}


def _amount(
    fund: Fund, asked: Money | None, pledged: Figures, payers: Sequence[str]
) -> tuple[Fraction | None, str]:  # fmt: skip
    """What is to be raised: what was asked for, else what the charter says, else what was pledged."""
    money = asked or fund.amount
    if money is not None:
        return money.amount, money.currency
    if PLEDGED in pledged:
        return sum((pledged[PLEDGED][state] for state in payers), Fraction(0)) * 10**6, "USD"
    return None, ""


def _own(inputs: Inputs, rule: Burden, payers: Sequence[str], figures: Figures) -> dict[str, Fraction]:
    try:
        return rule.shares(payers, figures)
    except ValueError as error:
        what = f"{inputs.institution.title.en} on {inputs.date}: {error}"
        raise InputError(what, mend="Mend the charter, or choose another day.") from None


def _compared(
    asked: Sequence[str], payers: Sequence[str], figures: Figures, *, own: Burden, measure: str, amount: Fraction | None
) -> tuple[dict[str, dict[str, Fraction]], dict[str, str]]:
    """The shares under other rules, and why some rules have none."""
    shares: dict[str, dict[str, Fraction]] = {}
    skipped: dict[str, str] = {}
    for kind in asked:
        options = _options(kind, measure, amount)
        if options is None:
            skipped[kind] = "amount"
            continue
        rule = BURDENS.get(kind).model_validate({"kind": kind, **options})
        if rule == own:
            continue
        if any(payer not in figures.get(each, {}) for each in rule.figures() for payer in payers):
            skipped[kind] = "figure"
            continue
        try:
            shares[kind] = rule.shares(payers, figures)
        except ValueError:
            skipped[kind] = "limits"
    return shares, skipped


def _options(kind: str, measure: str, amount: Fraction | None) -> dict[str, Any] | None:
    """How a rule is written for the comparison; none where it needs an amount that is not known."""
    if kind in CLAIMING:
        return None if amount is None else {"to": measure, "estate": amount}
    return {
        "equal": {},
        "voluntary": {},
        "scale_of_assessments": {"income": measure},
        "tiers": {"by": measure, "per": "population", "to": measure, "tiers": INCOME_GROUPS},
    }.get(kind, {"to": measure})
