"""Do payments make promises cheaper to keep: with payments on results and without, on common random numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le
from pydantic import Field

from comity.kernel.errors import InputError, NotComputable
from comity.kernel.quantity import Exact, Money
from comity.kernel.result import Result, Text
from comity.kernel.saying import money
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.rehearsal.game import shock
from comity.rehearsal.holding import patience_of
from comity.rehearsal.parts.game.words import Names
from comity.rehearsal.parts.holding.measuring import Held
from comity.rehearsal.parts.holding.playing import Rehearsals, seats
from comity.rehearsal.parts.holding.words import CHANCE, on_law, way_labels
from comity.rehearsal.parts.payment.charts import charts
from comity.rehearsal.parts.payment.measuring import NONE, WRITTEN, Paid
from comity.rehearsal.parts.payment.tables import tables
from comity.rehearsal.parts.payment.words import FUNDED, PROMISED, RECKON, findings
from comity.rehearsal.parts.self_enforcement.keeping import Prices, Terms, prices

TITLES = {
    NONE: Text("no payment", "无付款"),
    WRITTEN: Text("the charter's own payments", "章程所定付款"),
}
"""What a reader calls the settings that name no amount."""


class Payment(Analysis):
    """Whether payments on results make promises cheaper to keep, rehearsed with and without, and in theory.

    The institution is rehearsed without any payment, with the payments of its own clauses, and with an amount for each
    period in which a member is seen to deliver on a text. All meet the same chances, so that differences are taken run
    by run. Only players that reckon what a promise is worth to them look at a payment; others are set beside them.
    The closed form says what patience each clause takes with its payment and without, and between which prices it lies.

    Source:
        Barrett (2003), Environment and Statecraft, ch. 13, on side payments; Law and Kelton, Simulation Modeling and
        Analysis (2000), section 11.2, on common random numbers; Mailath and Samuelson (2006), Repeated Games and
        Reputations, ch. 7, for the closed form.

    Example:
        >>> import comity as co
        >>> given = {"ways": ["best_response"], "amounts": ["50 million USD"], "runs": 40, "rounds": 8, "draws": 100}
        >>> [row["more"] >= 0 for row in co.analyse(co.load("g5"), "payment", **given).table("games").rows()]
        [True, True, True]
    """

    kind: Literal["rehearsal.payment"] = "rehearsal.payment"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    ways: Annotated[tuple[str, ...], Field(min_length=1)] = ("best_response", "free_ride", "reciprocate")
    """Ways of playing: a player for all, then those of single members: `best_response,USA=free_ride`."""
    amounts: tuple[str, ...] = ("20 million USD", "50 million USD", "100 million USD")
    """What the fund pays a member for each period in which it is seen to deliver on a text: `20 million USD`."""
    runs: Annotated[int, Ge(2), Le(1_000_000)] = 300
    """How many games are played in each way under each payment."""
    rounds: Annotated[int, Ge(1), Le(1000)] = 40
    """How many rounds each has."""
    every: str = ""
    """The time between rounds, such as `6 months`; that of the organ that meets most often where absent."""
    shocks: tuple[str, ...] = ()
    """What happens from outside in every game: `absent:USA:5`, `vetoes:CHN:1/10`."""
    items: Annotated[int, Ge(1)] = 3
    """How many issues a session takes."""
    texts: Annotated[int, Ge(1)] = 3
    """How many texts are tabled on each issue at most."""
    discount: Annotated[Exact, Le(1)] = Fraction(3, 100)
    """The yearly rate at which money is discounted to the first round."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 2000
    """How many draws of benefits, costs and discount say what patience and price each clause takes."""

    def run(self, inputs: Inputs) -> Result:
        """Rehearse with and without payments, and ask the closed form.

        Raises:
            UnknownName: for a player or member that is not there.
            InputError: for what cannot be read, a way or an amount that is named twice.
            NotComputable: where the charter has no fund, or no issue can be played.
        """
        self._check()
        if not inputs.institution.funds:
            what = f"{inputs.institution.title.en} has no fund that could pay on results."
            raise NotComputable(what, mend="Add one under funds: in a copy of the charter.")
        called = way_labels(self.ways, Names(inputs.actors))
        rehearsals = Rehearsals(inputs, self.rounds, self.runs, self.discount, self._options())
        bare = unpaid(inputs.institution)
        settings: list[tuple[str, Institution, dict[str, Any]]] = [(NONE, bare, {})]
        if bare is not inputs.institution:
            settings.append((WRITTEN, inputs.institution, {}))
        settings += [(each, inputs.institution, {"reward": each}) for each in self.amounts]
        begun = [
            (way, setting, body, rehearsals.set_up(seats(way), body, terms))
            for way in self.ways
            for setting, body, terms in settings
        ]
        found: list[Paid] = []
        for number, (way, setting, body, table) in enumerate(begun):
            inputs.step(number, len(begun) + 1, f"{way}, {setting}")
            held = Held(way, called[way], rehearsals.play(table, body), self.rounds)
            without = held if setting == NONE else next(e.bare for e in reversed(found) if e.held.way == way)
            found.append(Paid(setting, TITLES.get(setting) or _title(setting), held, without))
        inputs.step(len(begun), len(begun) + 1, "self_enforcement")
        patience, lacking = patience_of(inputs, self.draws)
        terms_ = Terms(self.draws, None, "look", None, None)
        asked = {each.promise.name: each.promise for each in patience}
        costs: list[Prices] = [prices(inputs, each, "obligors", terms_) for each in asked.values()]
        titles = {name: each.title for name, each in asked.items()}
        told = tuple(findings(found, titles, patience, costs, inputs.seed))
        why = on_law(rehearsals.why)
        title = Text("Do payments make promises cheaper to keep", "付款是否使承诺更易履行")
        return Result(
            kind=self.kind,
            title=title,
            values=_values(found),
            tables=tables(found, titles, patience, costs),
            charts=charts(found, told[0].text if told else title),
            findings=told,
            caveats=(RECKON, PROMISED, FUNDED, CHANCE, *why, *([] if lacking is None else [lacking])),
            provenance=inputs.provenance(self, random=True),
        )

    def _check(self) -> None:
        for word, named in (("way of playing", self.ways), ("amount", self.amounts)):
            twice = next((each for each in named if list(named).count(each) > 1), None)
            if twice is not None:
                raise InputError(f"The {word} '{twice}' is named twice.", mend="Name each once.")
        for each in self.amounts:
            try:
                odd = Money.parse(each).currency != "USD"
            except ValueError as error:
                raise InputError(f"amounts: {error}", mend="Write 20 million USD.") from None
            if odd:
                raise InputError(f"amounts: {each} is not in US dollars.", mend="Write 20 million USD.")

    def _options(self) -> dict[str, Any]:
        return {
            "every": self.every or None,
            "shocks": [shock(each) for each in self.shocks],
            "items": self.items,
            "texts": self.texts,
        }


def unpaid(institution: Institution) -> Institution:
    """The institution without payments on results; itself where it has none.

    Example:
        >>> import comity as co
        >>> unpaid(co.load("g5")).clauses["oil_stocks"].reward is None
        True
    """
    if all(each.reward is None for each in institution.clauses.values()):
        return institution
    clauses = {name: each.model_copy(update={"reward": None}) for name, each in institution.clauses.items()}
    return institution.model_copy(update={"clauses": clauses})


def _title(setting: str) -> Text:
    amount = money(float(Money.parse(setting).amount) / 1e6, figures=3)
    return Text(f"{amount.en} a period on every text", f"每期每案文{amount.of('zh')}")


def _values(found: list[Paid]) -> dict[str, Any]:
    ways: dict[str, Any] = {}
    for each in found:
        kept, more, worth = each.held.kept(), each.kept(), each.worth()
        ways.setdefault(each.held.way, {})[each.setting] = {
            "kept": kept and kept.told(),
            "more": more and {"value": more.mean, "low": more.low, "high": more.high},
            "worth": {"value": worth.mean, "low": worth.low, "high": worth.high},
        }
    return {"ways": ways}
