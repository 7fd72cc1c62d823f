"""A good before one body: what it is worth to the members, and what their parts cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.decisions import day
from comity.analysis.parts.matters import Gap
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.goods import Good, GoodDraws, Worth
from comity.model.grounds import LARGEST_GAP, Grounds
from comity.model.institution import Institution
from comity.model.naming import named, short
from comity.model.stakes import StakesIssue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MILLIONS = "million US dollars"
"""The unit of sums of money; their price year stands in the stakes."""
VALUED = Text(
    "What a good is worth and what it costs are assumptions with wide ranges: the file of stakes says where each comes "
    "from. Sums are in prices of the year that the file names, and no part of the good is valued twice.",
    "公共产品的价值与成本均为区间很宽的假设，其来源载于诉求文件。金额按文件所列年份的价格计，同一产品不作重复估值。",
)
"""The caveat under everything that values goods."""
_MEND = "Give stakes of your own in which issues have a good: --stakes FILE (docs/stakes.md)."


@dataclass(frozen=True)
class Valued:
    """An issue whose good is valued, before one body.

    Attributes:
        issue: its name in the stakes.
        written: what the stakes say of it.
        good: the good that an agreement provides.
        institution: the body.
        members: members to whom the stakes give a worth, in the order of the body.
        silent: members to whom they give none; they are left out and named.
        grounds: the stakes.
    """

    issue: str
    written: StakesIssue
    good: Good
    institution: Institution
    members: tuple[str, ...]
    silent: tuple[str, ...]
    grounds: Grounds

    @property
    def worths(self) -> dict[str, Worth]:
        """What the good is worth to each member and what its part costs."""
        found = {member: self.grounds.worth(self.issue, member) for member in self.members}
        return {member: worth for member, worth in found.items() if worth is not None}

    def draws(self, number: int, seed: int) -> GoodDraws:
        """Draws of benefits and costs, a column a member."""
        return self.grounds.goods(self.issue, self.members, number, seed)

    def modes(self) -> GoodDraws:
        """Benefits and costs at the modes, as a single draw."""
        import numpy as np

        worths, good = list(self.worths.values()), self.good

        def row(values: Sequence[float]) -> NDArray[np.float64]:
            return np.array([values], dtype=np.float64)

        drawn = self.draws(1, 1)
        return GoodDraws(
            members=self.members,
            benefit=row([each.benefit[1] for each in worths]),
            cost=row([each.cost[1] for each in worths]),
            part=drawn.part,
            excludable=np.array([float(good.excludable[1])]),
            discount=np.array([float(good.discount[1])]),
            needed=drawn.needed,
            years=good.years,
            lead=good.lead,
        )


@dataclass(frozen=True)
class Ledger:
    """What was asked: goods in the order of the stakes, each before each body, and what cannot be valued."""

    bodies: tuple[Institution, ...]
    valued: tuple[Valued, ...]
    gaps: tuple[Gap, ...]

    def before(self, body: Institution) -> list[Valued]:
        """The goods of one body."""
        return [each for each in self.valued if each.institution is body]


def ledger(inputs: Inputs, issues: Sequence[str] = (), bodies: Sequence[Institution] | None = None) -> Ledger:
    """The goods asked about before each body.

    Args:
        inputs: what the analysis may read.
        issues: names of issues of the stakes; ``all`` or none means every one that has a good.
        bodies: the bodies; the institution and those it is compared with where absent.

    Raises:
        UnknownName: for an issue that the stakes do not have.
        InputError: for an issue that was named and has no good.
        NotComputable: where nothing can be valued before the first body, with the reasons.
    """
    grounds = inputs.wanted()
    every = (inputs.institution, *inputs.against) if bodies is None else tuple(bodies)
    asked = _asked(grounds, issues)
    found: list[Valued] = []
    gaps: list[Gap] = []
    for body in every:
        for issue in asked:
            each = _before(inputs, body, issue)
            (found if isinstance(each, Valued) else gaps).append(each)  # pyright: ignore[reportArgumentType]
    if not any(each.institution is every[0] for each in found):
        reasons = list(dict.fromkeys(gap.reason.en for gap in gaps if gap.institution is every[0]))
        told = "; ".join(reasons[:3]) or "no issue of the stakes has a good"
        raise NotComputable(f"No good can be valued: {told}.", mend=_MEND)
    return Ledger(every, tuple(found), tuple(gaps))


def _asked(grounds: Grounds, issues: Sequence[str]) -> list[str]:
    known = grounds.stakes.issues
    goods = {issue: written.good for issue, written in known.items() if written.good is not None}
    chosen = list(goods) if not issues or "all" in issues else list(dict.fromkeys(issues))
    for issue in chosen:
        if issue not in known:
            raise UnknownName(f"issue in the stakes '{grounds.stakes.name}'", issue, list(known))
        if issue not in goods:
            have = ", ".join(goods) or "none"
            mend = f"Add `good:` to it in a file of your own (docs/stakes.md), or ask about one that has: {have}."
            raise InputError(f"{grounds.stakes.place(issue)}: the good of '{issue}' is not valued.", mend=mend)
    return chosen


def _before(inputs: Inputs, body: Institution, issue: str) -> Valued | Gap:
    grounds = inputs.wanted()
    written = grounds.stakes.issue(issue)
    members = list(body.members_on(day(inputs, body)))
    known = tuple(member for member in members if grounds.worth(issue, member) is not None)
    silent = tuple(member for member in members if member not in known)
    if written.good is None or not known or len(silent) > LARGEST_GAP * len(members):
        return Gap(body, issue, _unknown(inputs, body, written.title, (silent, members)))
    return Valued(issue, written, written.good, body, known, silent, grounds)


def _unknown(inputs: Inputs, body: Institution, title: Text, counted: tuple[Sequence[str], Sequence[str]]) -> Text:
    """Why a good cannot be valued: for whom its worth is not known."""
    (silent, members), who = counted, short(body)
    if len(silent) == len(members):
        return Text(
            f"what {title.en} is worth is not known for any member of {who.en}",
            f"{who.of('zh')}的成员均缺少“{title.of('zh')}”的估值",
        )
    names = named(inputs, silent)
    return Text(
        f"what {title.en} is worth is not known for {len(silent)} of {len(members)} members of {who.en} ({names.en})",
        f"{who.of('zh')}的{len(members)}个成员中有{len(silent)}个缺少“{title.of('zh')}”的估值（{names.of('zh')}）",
    )


def ledger_caveats(inputs: Inputs, asked: Ledger) -> list[Text]:
    """What is assumed, whose worth is not known, and which issues nobody has valued."""
    found = [VALUED]
    for body in asked.bodies:
        silent = {member for each in asked.before(body) for member in each.silent}
        if silent:
            who, names = short(body), named(inputs, sorted(silent), most=12)
            found.append(
                Text(
                    f"{who.en}: what the goods are worth to {names.en} is not known; they are left out.",
                    f"{who.of('zh')}：{names.of('zh')}的估值不详，未计入。",
                )
            )
    found += [Text(f"Not valued: {why.en}.", f"未估值：{why.of('zh')}。") for why in _reasons(asked)]
    held = inputs.wanted().stakes.issues
    without = [written.title for written in held.values() if written.good is None]
    if without:
        english, chinese = ", ".join(each.en for each in without), "、".join(each.of("zh") for each in without)
        found.append(Text(f"Nobody has put a value on: {english}.", f"以下议题无人估值：{chinese}。"))
    return found


def _reasons(asked: Ledger) -> list[Text]:
    return list(dict.fromkeys(gap.reason for gap in asked.gaps))
