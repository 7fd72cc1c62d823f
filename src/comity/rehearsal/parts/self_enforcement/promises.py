"""A clause as a promise between its parties: what a look costs and brings them, from the charter and the stakes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import Duration
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.clause import Clause
from comity.model.goods import Good
from comity.model.institution import Institution
from comity.model.naming import named, short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.repeated.clause_game import Looks, Parties

Owed = Literal["obligors", "members"]
_DAYS = {"hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7)}
_MONTHS = {"month": 1, "year": 12}
_PATIENT = 1 - 1e-6


@dataclass(frozen=True)
class Promise:
    """A clause with all that its game needs.

    Attributes:
        institution: whose clause it is.
        name: its name in the charter.
        clause: the clause.
        issue: the issue of the stakes whose good it provides.
        good: that good.
        false_alarm: how often a look finds a failure that is none.
        miss: how often it overlooks a failure.
        known: the members to whom the stakes give a worth, in the order of the body.
        silent: members to whom they give none.
        pays: the share of the rewards that each member bears through the fund; None where the charter or the figures do
            not say, and then all of it is borne by others than the parties.
        stated: whether the false alarms and misses were stated by the user, not by the charter.
    """

    institution: Institution
    name: str
    clause: Clause
    issue: str
    good: Good
    false_alarm: Fraction
    miss: Fraction
    known: tuple[str, ...]
    silent: tuple[str, ...]
    pays: dict[str, Fraction] | None
    stated: bool

    @property
    def key(self) -> str:
        """What tables call it: institution and clause."""
        return f"{self.institution.name}.{self.name}"

    @property
    def title(self) -> Text:
        """Its name for a reader."""
        return self.clause.title or Text(self.name.replace("_", " "))

    @property
    def years(self) -> Fraction:
        """The time from one look to the next, in years."""
        return years(self.clause.verified.every)

    @property
    def suspended(self) -> int:
        """The looks in which a notice suspends the clause as written: grace, and the time set for what follows."""
        breach = self.clause.breach
        if breach is None or breach.then == "pay":
            return 0
        return math.ceil((years(breach.grace) + years(breach.within)) / self.years)

    def parties(self, owed: Owed) -> tuple[str, ...]:
        """Who owes it: those it names, or every member to whom the good has a worth."""
        return tuple(each for each in self.known if owed == "members" or each in self.clause.obligor)


@dataclass(frozen=True)
class Lacking:
    """A clause whose game cannot be set up, and why."""

    institution: Institution
    name: str
    reason: Text
    mend: str


def years(duration: Duration) -> Fraction:
    """A duration in years of twelve months or 365 days.

    Example:
        >>> years(Duration.parse("6 months")), years(Duration.parse("73 days"))
        (Fraction(1, 2), Fraction(1, 5))
    """
    if duration.unit in _MONTHS:
        return Fraction(duration.number * _MONTHS[duration.unit], 12)
    return duration.number * _DAYS[duration.unit] / 365


def promises(
    inputs: Inputs, clauses: Sequence[str], errors: tuple[Fraction | None, Fraction | None] = (None, None)
) -> tuple[list[Promise], list[Lacking]]:
    """The clauses asked about, of every institution, and those whose game cannot be set up.

    Args:
        inputs: what the analysis may read.
        clauses: names of clauses of the institution; all of every institution where there are none.
        errors: how often a look errs against those who comply, and for those who do not; as each charter says where
            absent.

    Raises:
        UnknownName: for a clause that the charter does not have.
        NotComputable: where the charter has no clause, or none whose game can be set up.
    """
    body = inputs.institution
    for name in clauses:
        if name not in body.clauses:
            raise UnknownName(f"clause in the charter '{body.name}'", name, list(body.clauses))
    found: list[Promise] = []
    lacking: list[Lacking] = []
    for each in (body, *inputs.against):
        for name in each.clauses if not clauses or each is not body else dict.fromkeys(clauses):
            one = _promise(inputs, each, name, errors)
            (found if isinstance(one, Promise) else lacking).append(one)  # pyright: ignore[reportArgumentType]
    if not any(each.institution is body for each in found):
        own = [each for each in lacking if each.institution is body]
        if not own:
            what, mend = f"{body.title.en} has no clause.", "Ask about g5, or write one in a copy: comity new NAME."
            raise NotComputable(what, mend=mend)
        told = "; ".join(dict.fromkeys(each.reason.en for each in own))
        raise NotComputable(f"No clause can be judged: {told}.", mend=own[0].mend)
    return found, lacking


def _promise(
    inputs: Inputs, body: Institution, name: str, errors: tuple[Fraction | None, Fraction | None]
) -> Promise | Lacking:
    clause, grounds = body.clauses[name], inputs.wanted()
    title = clause.title or Text(name.replace("_", " "))
    members = body.members_on(inputs.on or body.as_of)

    def without(english: str, chinese: str, mend: str) -> Lacking:
        return Lacking(body, name, Text(f"{title.en}: {english}", f"“{title.of('zh')}”：{chinese}"), mend)

    alarm = clause.verified.false_alarm if errors[0] is None else errors[0]
    missed = clause.verified.miss if errors[1] is None else errors[1]
    if alarm is None or missed is None:
        mend = "Add false_alarm and miss to `verified:`, or state them: --false-alarm 1/20 --miss 1/20."
        return without("the charter does not say how often its verification errs", "章程未说明核查出错的频率", mend)
    issue = next(
        (
            each
            for each, written in grounds.stakes.issues.items()
            if written.good is not None and clause.issue in {each, body.matter(each, *written.matters)}
        ),
        None,
    )
    good = None if issue is None else grounds.stakes.issue(issue).good
    if issue is None or good is None:
        mend = f"Add `good:` to the issue {clause.issue} in a file of your own (docs/stakes.md): --stakes FILE."
        return without(f"the stakes put no value on {clause.issue}", f"诉求文件未对议题{clause.issue}估值", mend)
    known = tuple(member for member in members if grounds.worth(issue, member) is not None)
    if unknown := [member for member in clause.obligor if member not in known]:
        mend = "Give them benefit and cost as seats of the issue in a file of your own (docs/stakes.md)."
        who = named(inputs, unknown)
        return without(f"what it is worth to {who.en} is not known", f"{who.of('zh')}的估值不详", mend)
    silent = tuple(member for member in members if member not in known)
    stated = errors != (None, None)
    return Promise(
        body, name, clause, issue, good, alarm, missed, known, silent, _shares(inputs, body, clause, members), stated
    )


def _shares(
    inputs: Inputs, body: Institution, clause: Clause, members: Sequence[str]
) -> dict[str, Fraction] | None:  # fmt: skip
    """The share of each member in the fund that pays the reward, where charter and figures tell it."""
    rule = None if clause.reward is None else body.funds[clause.reward.from_].burden
    if rule is None:
        return None
    panel = inputs.wanted().panel
    figures: dict[str, dict[str, Fraction]] = {}
    for figure in rule.figures():
        if figure not in panel.indicators:
            return None
        held = {member: panel.value(member, figure) for member in members if member in panel.actors}
        figures[figure] = {member: Fraction(str(value)) for member, value in held.items() if value is not None}
    try:
        return rule.shares(members, figures)
    except ValueError:
        return None


@dataclass(frozen=True)
class Rounds:
    """The looks of a promise as its parties feel them, over draws or at the modes; sums in millions of dollars a look.

    Attributes:
        who: the parties, in the order of the columns.
        parties: what a look costs and brings them.
        bystanders: what a look in which all comply is worth to the members that owe nothing, together (``draws``).
        discount: discount factors from one look to the next (``draws``).
    """

    who: tuple[str, ...]
    parties: Parties
    bystanders: NDArray[np.float64]
    discount: NDArray[np.float64]


def rounds(
    inputs: Inputs, promise: Promise, owed: Owed, *, draws: int | None, rate: Fraction | None
) -> Rounds:  # fmt: skip
    """The looks of a promise.

    Args:
        inputs: what the analysis may read.
        promise: the promise.
        owed: who owes it.
        draws: how many draws; the modes alone where absent.
        rate: the yearly rate of discount; as the stakes say where absent.
    """
    import numpy as np

    from comity.solvers.goods import provided
    from comity.solvers.repeated.clause_game import Parties

    grounds, good, number = inputs.wanted(), promise.good, draws or 1
    drawn = grounds.goods(promise.issue, promise.known, number, inputs.seed)
    benefit, cost, kept, yearly = drawn.benefit, drawn.cost, drawn.excludable, drawn.discount
    if draws is None:
        worths = [each for each in (grounds.worth(promise.issue, one) for one in promise.known) if each is not None]
        benefit, cost = (np.array([[getattr(each, what)[1] for each in worths]]) for what in ("benefit", "cost"))
        kept, yearly = np.array([float(good.excludable[1])]), np.array([float(good.discount[1])])
    if rate is not None:
        yearly = np.full(number, float(rate))
    who = promise.parties(owed)
    owes = np.array([member in who for member in promise.known])
    per = float(promise.years)
    whole = float(provided(drawn.part, owes, drawn.needed))
    left = np.array([float(provided(drawn.part, owes & (np.arange(len(owes)) != place), drawn.needed))
                     for place in np.flatnonzero(owes)])  # fmt: skip
    gains = benefit * per * ((1.0 + yearly) ** -drawn.lead)[:, None]
    mine = gains[:, owes]
    pays = np.array([float((promise.pays or {}).get(member, 0)) for member in who])
    parties = Parties(cost[:, owes] * per, mine * (whole - left), mine * left, kept, pays)
    factor = np.minimum((1.0 + yearly) ** -per, _PATIENT)
    return Rounds(who, parties, gains[:, ~owes].sum(axis=1) * whole, factor)


def looks(promise: Promise, *, paid: bool, every: Literal["look", "year"]) -> Looks:
    """How the promise is verified and what it pays.

    Args:
        promise: the promise.
        paid: whether its reward is paid.
        every: whether the reward is paid for each look or for each year of looks.

    Raises:
        InputError: for a reward that is not in US dollars.
    """
    from comity.solvers.repeated.clause_game import Looks

    reward = promise.clause.reward if paid else None
    if reward is None:
        return Looks(float(promise.false_alarm), float(promise.miss))
    if reward.amount.currency != "USD":
        what = f"{short(promise.institution).en}: the reward of {promise.name} is in {reward.amount.currency}."
        raise InputError(what, mend="The stakes value goods in US dollars: write the reward in USD.")
    amount = reward.amount.amount / 10**6 * (1 if every == "look" else promise.years)
    return Looks(float(promise.false_alarm), float(promise.miss), float(amount))
