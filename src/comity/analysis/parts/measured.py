"""A rule with what counting its coalitions says, and the sentences about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.analysis.parts.decisions import Decision
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import THIN, per_cent, said
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import named, short

if TYPE_CHECKING:
    from comity.model.analysis import Progress
    from comity.solvers.power import Measures
    from comity.solvers.simple import Simple
CAP = {"yes": Text("holds", "符合"), "no": Text("exceeded", "超出"), "none": Text("no cap written", "未规定上限")}
"""Whether a cap of the charter holds."""


@dataclass(frozen=True)
class Estimated:
    """The indices of a body too large to count one by one: doubles with a proven bound of their error.

    What only a count of all winning coalitions gives (Coleman's measures) is not among them, save the power to act
    where the route gives it.
    """

    banzhaf: tuple[float, ...]
    shapley_shubik: tuple[float, ...]
    swing_probability: tuple[float, ...]
    bound: float
    route: str
    act: float | None = None


@dataclass(frozen=True)
class Measured:
    """A decision with its measures: counted exactly, else estimated with a bound; None where neither can be done."""

    decision: Decision
    measures: Measures | Estimated | None

    @property
    def counted(self) -> Measures | None:
        """The exact measures, where the coalitions were counted."""
        return None if isinstance(self.measures, Estimated) else self.measures


def cap_of(decision: Decision, found: Measures | Estimated | None) -> tuple[Fraction | None, str]:
    """The charter's cap on voting power, and whether it holds: ``yes``, ``no``, or ``none`` (nothing to say)."""
    balance = decision.institution.balance
    if balance is None or balance.power_cap is None or found is None:
        return (None if balance is None else balance.power_cap), "none"
    largest = max(getattr(found, balance.index))
    return balance.power_cap, "yes" if largest <= balance.power_cap else "no"


def findings_of(inputs: Inputs, measured: Sequence[Measured]) -> list[Finding]:
    """What the measures say, the most telling sentence first."""
    own = [each for each in measured if each.decision.institution is inputs.institution]
    found = [finding for each in own if (finding := _unequal(inputs, each)) is not None]
    equal = [each.decision for each in own if each.measures is not None and len(set(each.measures.banzhaf)) == 1]
    if equal:
        found.append(_equal(equal, everything=len(equal) == len(own)))
    found += [acting for body in (inputs.institution, *inputs.against) if (acting := acting_of(body, measured))]
    return [*found, *_balance(own)] or [_heaviest(inputs, own[0].decision)]


def measures_of(
    decision: Decision, outside: str = "no", progress: Progress | None = None
) -> Measures | Estimated | None:
    """The measures of one decision: counted, else estimated with a proven bound; None where neither can be done."""
    from comity.solvers.power import measure
    from comity.solvers.simple import reduce

    game = reduce(decision.game, outside)
    try:
        return measure(game)
    except ValueError:
        return _estimated(game, progress)


def _estimated(game: Simple, progress: Progress | None) -> Estimated | None:
    """The indices of one weighted condition of any size, or of several conditions as far as they can be followed."""
    from comity.solvers import compound
    from comity.solvers.weighted import routes
    from comity.solvers.weighted.body import prepared

    try:
        if game.single is None:
            several = compound.measure(game)
            shares = (several.banzhaf, several.shapley_shubik, several.swing_probability)
            first, second, third = (tuple(float(value) for value in each) for each in shares)
            return Estimated(first, second, third, several.error, several.route, several.act)
        body = prepared(*game.single)
        swings, probability = routes.banzhaf(body), routes.banzhaf(body, absolute=True)
        orders = routes.shapley_shubik(body, progress=progress)
    except ValueError:
        return None
    found = (swings, orders, probability)
    shares, by_orders, chances = (tuple(float(value) for value in each.values) for each in found)
    bound = max(float(each.bounds.max()) for each in found)
    return Estimated(shares, by_orders, chances, bound, f"{swings.route}; {orders.route}")


def balance_findings(inputs: Inputs, decided: Sequence[Decision]) -> list[Finding]:
    """Whether any member's voting power is above the charter's cap; nothing where no cap is written."""
    balance = inputs.institution.balance
    if balance is None or balance.power_cap is None:
        return []
    own = [each for each in decided if each.institution is inputs.institution]
    return _balance([Measured(each, measures_of(each)) for each in own])


def _balance(own: Sequence[Measured]) -> list[Finding]:
    capped = [(each.decision, *cap_of(each.decision, each.measures)) for each in own]
    held = [cap for _, cap, holds in capped if holds != "none" and cap is not None]
    broken = [decision.title for decision, _, holds in capped if holds == "no"]
    return [_balanced(held[0], broken, len(held))] if held else []


def _heaviest(inputs: Inputs, decision: Decision) -> Finding:
    place = max(range(len(decision.members)), key=lambda at: decision.weights[at])
    who, weight = named(inputs, [decision.members[place]]), per_cent(decision.shares[place])
    text = said(
        f"{who.en} holds {weight} of the weight under “{decision.title.en}”; exact power cannot be computed yet",
        f"按“{decision.title.of('zh')}”，{who.of('zh')}拥有{weight}的权重；目前尚不能精确计算投票权力",
    )
    return Finding(text, {"weight": Figure(decision.shares[place], "share")})


def _unequal(inputs: Inputs, each: Measured) -> Finding | None:
    """Members of different weight and equal power, else the member whose power is furthest above its weight."""
    found, decision = each.measures, each.decision
    if found is None or len(set(found.banzhaf)) == 1:
        return None
    figures = {
        f"{member}_shapley_shubik": Figure(float(share), "share")
        for member, share in zip(decision.members, found.shapley_shubik, strict=True)
    }
    groups: dict[Fraction | float, list[int]] = {}
    for place, power in enumerate(found.shapley_shubik):
        groups.setdefault(power, []).append(place)
    apart = [places for places in groups.values() if len({decision.weights[place] for place in places}) > 1]
    text = _twins(inputs, each, max(apart, key=len)) if apart else _strongest(inputs, each)
    return Finding(text, figures)


def _twins(inputs: Inputs, each: Measured, places: Sequence[int]) -> Text:
    decision, title = each.decision, each.decision.title
    who = named(inputs, [decision.members[place] for place in places])
    weights = sorted({decision.shares[place] for place in places})
    power = per_cent(float(each.measures.shapley_shubik[places[0]])) if each.measures else ""
    span = f"{per_cent(weights[0])} – {per_cent(weights[-1])}"
    return said(
        f"{who.en} have equal power ({power}) under “{title.en}”, though their weights differ ({span})",
        f"按“{title.of('zh')}”，{who.of('zh')}权力相同（{power}），尽管权重不同（{span}）",
    )


def _strongest(inputs: Inputs, each: Measured) -> Text:
    decision, title = each.decision, each.decision.title
    power = [float(share) for share in each.measures.shapley_shubik] if each.measures else []
    place = max(range(len(power)), key=lambda at: power[at] - decision.shares[at])
    alike = [
        at
        for at, share in enumerate(power)
        if share == power[place] and decision.weights[at] == decision.weights[place]
    ]
    who = named(inputs, [decision.members[at] for at in alike])
    ours, weight = per_cent(power[place]), per_cent(decision.shares[place])
    verb, each_has = ("has", "") if len(alike) == 1 else ("have", " each")
    every = "" if len(alike) == 1 else "各"
    return said(
        f"Under “{title.en}”, {who.en} {verb} {ours} of the power{each_has} with {weight} of the weight",
        f"按“{title.of('zh')}”，{who.of('zh')}{every}以{weight}的权重拥有{ours}的权力",
    )


def _equal(decided: Sequence[Decision], *, everything: bool) -> Finding:
    count = len(decided[0].members)
    share = per_cent(1 / count)
    figures = {"power": Figure(1 / count, "share")}
    if everything:
        text = said(
            f"Every rule gives each of the {count} members the same voting power, {share}",
            f"每条规则都给予{count}个成员相同的投票权力：{share}",
        )
        return Finding(text, figures)
    english = " and ".join(f"“{each.title.en}”" for each in decided)
    chinese = "".join(f"“{each.title.of('zh')}”" for each in decided)
    text = said(
        f"Under {english} all {count} members have the same voting power, {share}",
        f"按{chinese}，{count}个成员的投票权力相同：{share}",
    )
    return Finding(text, figures)


def acting_of(body: Institution, measured: Sequence[Measured]) -> Finding | None:
    """How easily an institution decides, under its easiest and its hardest rule; None where nothing was counted."""
    ranked = [
        (each.counted.act, each.decision)
        for each in measured
        if each.decision.institution is body and each.counted is not None
    ]
    if not ranked:
        return None
    (low, hardest), (high, easiest) = min(ranked, key=lambda pair: pair[0]), max(ranked, key=lambda pair: pair[0])
    name = short(body)
    figures = {f"{body.name}_{each.rule}": Figure(float(act), "share") for act, each in ranked}
    last, least = _odds(low)
    first, most = _odds(high)
    if low == high:
        rule = body.rule(hardest.rule).title or Text(hardest.rule)
        text = said(
            f"{name.en} can act with {last} under “{rule.en}”",
            f"{name.of('zh')}按“{rule.of('zh')}”，能够行动的联盟{least}",
        )
    else:
        text = said(
            f"{name.en} can act with {first} under “{easiest.title.en}”, with {last} under “{hardest.title.en}”",
            f"{name.of('zh')}能够行动的联盟：按“{easiest.title.of('zh')}”{most}，按“{hardest.title.of('zh')}”{least}",
        )
    return Finding(text, figures)


def _odds(act: Fraction) -> tuple[str, str]:
    if act.numerator == 1 and act.denominator < 10**9:
        return f"one coalition in {act.denominator:,}", f"每{act.denominator:,}个中有1个"
    share = per_cent(float(act)) if act >= Fraction(1, 1000) else f"{float(act) * 100:.2g}{THIN}%"
    return f"{share} of coalitions", f"占{share}"


def _balanced(cap: Fraction, broken: Sequence[Text], rules: int) -> Finding:
    share = per_cent(float(cap))
    if broken:
        english, chinese = ", ".join(title.en for title in broken), "、".join(title.of("zh") for title in broken)
        text = said(
            f"The cap of {share} on one member's voting power is exceeded under {english}",
            f"单一成员投票权力上限{share}在以下规则中被突破：{chinese}",
        )
    else:
        text = said(
            f"With all members present the cap of {share} on one member's voting power holds under all {rules} "
            "rules counted",
            f"全体成员出席时，单一成员投票权力上限{share}在计算的{rules}条规则中均未突破",
        )
    return Finding(text, {"cap": Figure(float(cap), "share"), "broken": Figure(len(broken))})
