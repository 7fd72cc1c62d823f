"""An issue before a body: the rule by which it would be decided there, and what the members want on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.analysis.parts.decisions import Decision, day, decisions
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Column, Text
from comity.model.analysis import Inputs
from comity.model.grounds import Draws, Grounds, Stand
from comity.model.institution import Institution
from comity.model.naming import named, short
from comity.model.parts import Sensitivity
from comity.model.stakes import StakesIssue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ORDER: tuple[Sensitivity, ...] = ("low", "medium", "high")
SENSITIVITY = {"low": Text("low", "低"), "medium": Text("medium", "中"), "high": Text("high", "高")}
LEAST = 5.0
"""How many points from the status quo a text must lie to count as an agreement, where nobody says otherwise."""
BASES = {
    "votes": Text("General Assembly votes", "联大投票"),
    "indicator": Text("a figure", "指标"),
    "same": Text("the same for all", "一律相同"),
    "assumption": Text("assumption", "假设"),
}
ASSUMED = Text(
    "What members want is assumed: read the file of stakes, change it, and ask again. Positions from General Assembly "
    "votes mix what a state wants with what was on the agenda.",
    "成员的诉求均为假设：请阅读并修改诉求文件后重新计算。由联大投票推得的立场混合了国家意愿与议程内容。",
)
"""The caveat under everything that rests on stakes."""


@dataclass(frozen=True)
class Matter:
    """An issue before one body under one rule.

    Attributes:
        issue: its name in the stakes.
        written: what the stakes say of it.
        decision: the rule, with the compiled game and all members.
        sensitivity: as the charter says, else as the stakes say.
        stands: what each member with stakes wants.
        grounds: the stakes.
    """

    issue: str
    written: StakesIssue
    decision: Decision
    sensitivity: Sensitivity
    stands: dict[str, Stand]
    grounds: Grounds

    @property
    def institution(self) -> Institution:
        """The body."""
        return self.decision.institution

    @property
    def judged(self) -> list[str]:
        """Members with stakes, in the order of the body."""
        return [member for member in self.decision.members if member in self.stands]

    @property
    def silent(self) -> list[str]:
        """Members without stakes, taken to go along with the others."""
        return [member for member in self.decision.members if member not in self.stands]

    @property
    def status_quo(self) -> float:
        """Where things stand without an agreement."""
        return float(self.written.status_quo)

    def fixed(self, **held: str) -> NDArray[np.int64]:
        """A choice number held whatever the text, by member; -1 where the member judges the text.

        Args:
            **held: members whose choice is known (``USA="absent"``).
        """
        import numpy as np

        from comity.solvers.game import CHOICES, YES

        choices = [
            CHOICES.index(held[member]) if member in held else -1 if member in self.stands else YES
            for member in self.decision.members
        ]
        return np.array(choices, dtype=np.int64)

    def modes(self) -> Draws:
        """What members want at the modes, as a single draw; columns are all members, nan for those without stakes."""
        import numpy as np

        rows = [self.stands.get(member) for member in self.decision.members]
        position = np.array([[np.nan if row is None else row.position[1] for row in rows]])
        salience = np.array([[np.nan if row is None else row.salience[1] for row in rows]])
        home = np.array([[self._home(member) for member in self.decision.members]])
        reach = np.array([
            [np.nan if row is None or row.reservation is None else row.reservation[1] for row in rows]
        ])  # fmt: skip
        reach = np.where(np.isnan(reach), np.abs(position - self.status_quo), reach)
        return Draws(self.decision.members, position, salience, position - reach, position + reach, home)

    def _home(self, member: str) -> float:
        home = self.grounds.stakes.ratifiers.get(member)
        return float("nan") if home is None else float(home.resists[1])

    def draws(self, number: int, seed: int) -> Draws:
        """Draws of what members want; columns are all members, nan for those without stakes."""
        import numpy as np

        drawn = self.grounds.draws(self.issue, self.judged, number, seed)
        places = [self.decision.members.index(member) for member in self.judged]

        def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
            wide = np.full((number, len(self.decision.members)), np.nan)
            wide[:, places] = values
            return wide

        members, *arrays = vars(drawn).values()
        del members
        return Draws(self.decision.members, *(spread(array) for array in arrays))


@dataclass(frozen=True)
class Gap:
    """An issue that cannot be judged before a body, and why."""

    institution: Institution
    issue: str
    reason: Text


@dataclass(frozen=True)
class Docket:
    """What was asked: issues in the order of their sensitivity, each before each body, and what cannot be judged."""

    issues: tuple[str, ...]
    bodies: tuple[Institution, ...]
    matters: tuple[Matter, ...]
    gaps: tuple[Gap, ...] = field(default=())

    def before(self, body: Institution) -> list[Matter]:
        """The matters of one body."""
        return [each for each in self.matters if each.institution is body]


def docket(inputs: Inputs, issues: Sequence[str] = (), bodies: Sequence[Institution] | None = None) -> Docket:
    """The issues asked about before each body.

    Args:
        inputs: what the analysis may read.
        issues: names of issues of the stakes; ``all`` or none means every one.
        bodies: the bodies; the institution and those it is compared with where absent.

    Raises:
        UnknownName: for an issue that the stakes do not have.
        InputError: where the institution asked about has no rule for an issue that was named.
    """
    grounds = inputs.wanted()
    named_ones = [] if not issues or "all" in issues else list(dict.fromkeys(issues))
    asked = named_ones or list(grounds.stakes.issues)
    for issue in asked:
        grounds.stakes.issue(issue)
    asked.sort(key=lambda issue: ORDER.index(_sensitivity(inputs.institution, grounds, issue)))
    found: list[Matter] = []
    gaps: list[Gap] = []
    every = (inputs.institution, *inputs.against) if bodies is None else tuple(bodies)
    for body in every:
        for issue in asked:
            each = _before(inputs, body, grounds, issue)
            if isinstance(each, Matter):
                found.append(each)
                continue
            if body is inputs.institution and (issue in named_ones):
                raise InputError(f"{grounds.stakes.place(issue)}: {each.reason.en}.", mend=_MEND)
            gaps.append(each)
    return Docket(tuple(asked), every, tuple(found), tuple(gaps))


def judgeable(found: Docket) -> Docket:
    """The docket, where something on it can be judged before the first body.

    Raises:
        NotComputable: where nothing can, with the reasons.
    """
    if not found.before(found.bodies[0]):
        reasons = list(dict.fromkeys(gap.reason.en for gap in found.gaps if gap.institution is found.bodies[0]))
        told = "; ".join(reasons[:3]) + (f"; and {len(reasons) - 3} more like it" if len(reasons) > 3 else "")
        raise NotComputable(f"No issue can be judged: {told}.", mend="Give stakes of your own: --stakes FILE.")
    return found


_MEND = (
    "Add the issue to the charter with its rule, name the matter it is decided as under `otherwise`, or add stakes for "
    "its members."
)


def _matter(body: Institution, grounds: Grounds, issue: str) -> str | None:
    return body.matter(issue, *grounds.stakes.issue(issue).matters)


def _sensitivity(body: Institution, grounds: Grounds, issue: str) -> Sensitivity:
    own = body.issues.get(issue)
    return own.sensitivity if own is not None and own.sensitivity else grounds.stakes.issue(issue).sensitivity


def _before(inputs: Inputs, body: Institution, grounds: Grounds, issue: str) -> Matter | Gap:
    written = grounds.stakes.issue(issue)
    matter = _matter(body, grounds, issue)
    who, what = short(body), written.title
    if matter is None:
        reason = Text(f"{who.en} has no rule for {what.en}", f"{who.of('zh')}没有决定“{what.of('zh')}”的规则")
        return Gap(body, issue, reason)
    decision = of_rule(inputs, body, body.issues[matter].rule)
    stands = grounds.stands(issue, decision.members)
    if not grounds.enough(issue, decision.members):
        lacking = [member for member in decision.members if member not in stands]
        names = named(inputs, lacking)
        reason = Text(
            f"no stakes for {len(lacking)} of {len(decision.members)} members of {who.en} ({names.en})",
            f"{who.of('zh')}的{len(decision.members)}个成员中有{len(lacking)}个缺少诉求数据（{names.of('zh')}）",
        )
        return Gap(body, issue, reason)
    return Matter(issue, written, decision, _sensitivity(body, grounds, issue), stands, grounds)


def of_rule(inputs: Inputs, body: Institution, rule: str) -> Decision:
    """A rule of a body in its own reading.

    Raises:
        InputError: where nobody is a member on the day, or the rule cannot be applied.
    """
    from dataclasses import replace

    alone = replace(inputs, institution=body, against=())
    found = decisions(alone, rule)
    if not found:
        raise InputError(f"{body.title.en} has no members on {day(inputs, body)}.", mend="Choose another day: --on.")
    return found[0]


def issue_column(grounds: Grounds, name: str = "issue") -> Column:
    """The column that names an issue."""
    titles = {issue: written.title for issue, written in grounds.stakes.issues.items()}
    return Column(name, Text("Issue", "议题"), labels=titles)


def silent_caveats(inputs: Inputs, docket: Docket) -> list[Text]:
    """Who was taken to go along because nothing is known of it, and what could not be judged."""
    found: list[Text] = [ASSUMED]
    if inputs.wanted().stakes.note is not None:
        found.append(inputs.wanted().stakes.note or ASSUMED)
    for body in docket.bodies:
        silent = {member for each in docket.before(body) for member in each.silent}
        if silent:
            who, names = short(body), named(inputs, sorted(silent), most=12)
            found.append(
                Text(
                    f"{who.en}: no stakes for {names.en} on some issues; they are taken to go along with the others.",
                    f"{who.of('zh')}：{names.of('zh')}在部分议题上没有诉求数据，假定其随同其他成员。",
                )
            )
    reasons = dict.fromkeys(gap.reason for gap in docket.gaps)
    found += [Text(f"Not judged: {reason.en}.", f"未作判断：{reason.of('zh')}。") for reason in reasons]
    return found
