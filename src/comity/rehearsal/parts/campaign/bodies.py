"""The bodies that may be left after exits, and for each the compiled rules, the presence to open, the burden."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.errors import NotComputable
from comity.kernel.result import Text
from comity.model.compiled import whole
from comity.model.policy import Policy
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.sharing import by_rule

if TYPE_CHECKING:
    from typing import Any

    from comity.solvers.game import Formula, Game

MOST_LEAVERS = 8
"""So many members may be minded to leave: every body that may be left is compiled beforehand."""
MOST_WAYS = 256


class NotCompiled(NotComputable):
    """What compiled games cannot hold, and the law engine can: why, in both languages."""

    def __init__(self, why: Text, *, mend: str) -> None:
        self.why = why
        super().__init__(why.en, mend=mend)


class Bodies:
    """The body of all, and those that may be left where some of the members that are minded to leave have left."""

    def __init__(self, game: Play, policies: Sequence[Policy]) -> None:
        self.game = game
        self.members = tuple(game.members)
        law = game.driver.state.law
        minded = [
            member for member, policy in zip(self.members, policies, strict=True)
            if law.exit is not None and any(policy.leaves)
        ]  # fmt: skip
        if len(minded) > MOST_LEAVERS:
            why = Text(
                f"{len(minded)} members may leave; compiled games take at most {MOST_LEAVERS}.",
                f"可能退出的成员有{len(minded)}个，编译推演最多容许{MOST_LEAVERS}个。",
            )
            raise NotCompiled(why, mend="Give fewer of them a player that leaves, or play on the law engine.")
        self.minded = minded
        self.bodies = [
            tuple(each for each in self.members if each not in minded or number >> minded.index(each) & 1)
            for number in range(2 ** len(minded))
        ]

    def arrays(self) -> dict[str, Any]:
        """Rules, presence and burden, by body."""
        import numpy as np

        places = [self.minded.index(each) if each in self.minded else -1 for each in self.members]
        votes, needs, passes = self._rules()
        quorum, opens = self._presence()
        shares = np.array([self._shares(body) for body in self.bodies])
        return {
            "places": np.array(places, np.int64), "votes": votes, "needs": needs, "passes": passes,
            "quorum": quorum, "opens": opens, "shares": shares,
        }  # fmt: skip

    def _rules(self) -> tuple[Any, Any, Any]:
        import numpy as np

        law, day = self.game.driver.state.law, self.game.problem.start
        topics = list(self.game.topics.values())
        names = [law.issues[topic.matter].rule for topic in topics]
        games: dict[tuple[str, tuple[str, ...]], Game] = {}
        for body in self.bodies:
            for name in names:
                if body and (name, body) not in games:
                    games[name, body] = law.rule(name).compile(body, on=day, quorum=law.quorum(name))
        conditions = max(len(game.thresholds) for game in games.values())
        ways = {key: _ways(game.formula) for key, game in games.items()}
        wide = max(len(each) for each in ways.values())
        shape = (len(self.bodies), len(topics))
        votes = np.zeros((*shape, conditions, 6, len(self.members)), np.int64)
        needs = np.zeros((*shape, conditions), np.int64)
        passes = np.full((*shape, wide), -1, np.int64)
        for number, body in enumerate(self.bodies):
            places = [self.members.index(each) for each in body]
            for at, name in enumerate(names):
                if not body:
                    continue
                game = games[name, body]
                votes[number, at, : len(game.thresholds)][:, :, places] = game.coefficients
                needs[number, at, : len(game.thresholds)] = game.thresholds
                passes[number, at, : len(ways[name, body])] = ways[name, body]
        return votes, needs, passes

    def _presence(self) -> tuple[Any, Any]:
        """What each member counts towards the presence to open, and what is needed, exactly."""
        import numpy as np

        law, day, organs = self.game.driver.state.law, self.game.problem.start, list(self.game.sits)
        asked = {
            organ: [each for each in quorum.each() if each.bound("open", day)] if quorum else []
            for organ, quorum in ((organ, law.organs[organ].quorum) for organ in organs)
        }  # fmt: skip
        most = max((len(each) for each in asked.values()), default=0)
        counts = np.zeros((len(self.bodies), len(organs), most, len(self.members)), np.int64)
        needs = np.zeros((len(self.bodies), len(organs), most), np.int64)
        for number, body in enumerate(self.bodies):
            for at, organ in enumerate(organs):
                for which, quorum in enumerate(asked[organ]):
                    share, strict = quorum.bound("open", day) or (Fraction(0), False)
                    units = self._units(organ, body) if quorum.of == "weight" else [1] * len(body)
                    for member, unit in zip(body, units, strict=True):
                        counts[number, at, which, self.members.index(member)] = unit * share.denominator
                    needs[number, at, which] = share.numerator * sum(units) + strict
        return counts, needs

    def _units(self, organ: str, body: Sequence[str]) -> list[int]:
        law, day = self.game.driver.state.law, self.game.problem.start
        named = [law.rules[issue.rule] for issue in law.issues.values() if issue.organ == organ]
        weighing = next((rule for rule in named if rule.weighs), named[0])
        return whole(weighing.weights_of(list(body), day))

    def _shares(self, body: Sequence[str]) -> list[float]:
        """The burden of the fund, as one game shares it."""
        funds = self.game.driver.state.law.funds.values()
        burden = next((fund.burden for fund in funds if fund.burden is not None), None)
        if not body or (burden is not None and not burden.owed):
            return [0.0] * len(self.members)
        shares = None if burden is None else by_rule(burden, body, self.game.panel)
        if shares is None:
            self.game.equally = True
            shares = dict.fromkeys(body, Fraction(1, len(body)))
        return [float(shares.get(member, 0)) for member in self.members]


def _ways(formula: Formula) -> list[int]:
    """The ways in which an and / or tree is fulfilled, each as the bits of its conditions.

    Raises:
        NotCompiled: where there are too many.
    """
    if isinstance(formula, int):
        return [1 << formula]
    word, parts = formula
    found = [] if word == "or" else [0]
    for part in parts:
        own = _ways(part)
        found = sorted({*found, *own} if word == "or" else {left | right for left in found for right in own})
        if len(found) > MOST_WAYS:
            why = Text("A rule is fulfilled in too many ways to be compiled.", "某项规则的满足方式过多，无法编译。")
            raise NotCompiled(why, mend="Play on the law engine: --path law.")
    return found
