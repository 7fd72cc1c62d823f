"""What states are exposed to: trade with each other and promises of defence, as arrays with their bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.kernel.result import Provenance, Text
from comity.model.actor import Actors
from comity.model.analysis import Analysis, Inputs
from comity.model.panel import Panel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.dependence import Bounded

POWERS = ("USA", "CHN", "RUS")
"""The powers asked about where none is named."""
UNUSABLE = frozenset({"BLR"})
"""States whose list leaves out a partner that is known to be large: Belarus prints no trade with Russia."""
FIGURES = ("gdp_usd", "exports_usd", "imports_usd", "military_expenditure_usd")


@dataclass(frozen=True)
class Exposure:
    """Trade and promises between all states of the panel.

    Attributes:
        actors: the states, in the order of every array.
        income: GDP; not a number where there is a gap.
        exports: states x states; what the row sells to the column.
        imports: states x states; what the row buys from the column.
        totals: all exports and all imports of each state.
        lists: the printed shares, ``export`` and ``import``: states x states, not a number where not printed.
        military: military expenditure of each state.
        promised: states x states; whether the column is obliged to defend the row.
    """

    actors: tuple[str, ...]
    income: NDArray[np.float64]
    exports: Bounded
    imports: Bounded
    totals: Mapping[str, NDArray[np.float64]]
    lists: Mapping[str, NDArray[np.float64]]
    military: NDArray[np.float64]
    promised: NDArray[np.bool_]

    def place(self, actor: str) -> int:
        """The place of a state in every array."""
        return self._places[actor]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {actor: place for place, actor in enumerate(self.actors)}

    def places(self, actors: Sequence[str]) -> list[int]:
        """The places of several states."""
        return [self._places[actor] for actor in actors]

    def has(self, actor: str) -> bool:
        """Whether the state has a list of partners and a GDP."""
        import numpy as np

        if actor not in self._places:
            return False
        place = self._places[actor]
        listed = any(bool((~np.isnan(shares[place])).any()) for shares in self.lists.values())
        totals = all(bool(np.isfinite(each[place])) for each in self.totals.values())
        return listed and totals and bool(np.isfinite(self.income[place]))

    def traded(self, what: str = "trade") -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """What each state's exports, imports or both with each other are worth to it: shares of its GDP.

        Returns:
            What is printed, the low and the high end. Where only one direction is printed the first says no more than
            "at least"; where neither is, it is not a number. The ends hold what the unprinted direction can be.
        """
        import numpy as np

        from comity.solvers.dependence import dependence

        ways = {"exports": [self.exports], "imports": [self.imports]}.get(what, [self.exports, self.imports])
        nothing = np.all([np.isnan(way.value) for way in ways], axis=0)
        value = np.where(nothing, np.nan, np.sum([np.nan_to_num(way.value) for way in ways], axis=0))
        low, high = (np.sum([getattr(way, end) for way in ways], axis=0) for end in ("low", "high"))
        return dependence(value, self.income), dependence(low, self.income), dependence(high, self.income)

    def security(self) -> NDArray[np.float64]:
        """What each state's defence hangs on each other: the other's part of all that defends it by treaty.

        The military expenditure of a state obliged to defend it, over its own and that of all obliged to defend it;
        nought where there is no such promise; not a number where the state's own or the other's spending is a gap.

        Source:
            Olson and Zeckhauser (1966), "An Economic Theory of Alliances", Review of Economics and Statistics 48(3), on
            an alliance's pooled spending.
        """
        import numpy as np

        spent = np.nan_to_num(self.military)
        pooled = np.where(np.isnan(self.military), np.nan, self.military) + self.promised @ spent
        share = np.where(self.promised, self.military[None, :], 0.0) / pooled[:, None]
        return np.where(self.promised, share, 0.0)


def exposure(inputs: Inputs) -> Exposure:
    """The exposure of all states in the figures.

    Raises:
        InputError: where the caller gave no figures, or figures without GDP, exports and imports.
    """
    import numpy as np

    from comity.library.ties import alliances, partners
    from comity.solvers.dependence import trade

    panel = inputs.figures()
    for name in FIGURES:
        panel.indicator(name)
    actors = tuple(sorted(set(panel.frame["iso3"]) | set(partners()["partner"])))
    at = {actor: place for place, actor in enumerate(actors)}
    shape = (len(actors), len(actors))
    lists = {"export": np.full(shape, np.nan), "import": np.full(shape, np.nan)}
    for row in partners().iter_rows(named=True):
        if row["iso3"] in at and row["iso3"] not in UNUSABLE:
            lists[row["direction"]][at[row["iso3"]], at[row["partner"]]] = row["share"] / 100
    promised = np.zeros(shape, dtype=np.bool_)
    for row in alliances().iter_rows(named=True):
        if row["pact"] == "defence" and row["iso3"] in at and row["partner"] in at:
            promised[at[row["partner"]], at[row["iso3"]]] = True
    income, exports, imports, military = (_column(panel, name, actors) for name in FIGURES)
    return Exposure(
        actors=actors,
        income=income,
        exports=trade(lists["export"], exports, lists["import"], imports),
        imports=trade(lists["import"], imports, lists["export"], exports),
        totals={"export": exports, "import": imports},
        lists=lists,
        military=military,
        promised=promised,
    )


def _column(panel: Panel, name: str, actors: Sequence[str]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([np.nan if value is None else value for value in panel.column(name, actors)])


def states(actors: Actors, named: Sequence[str]) -> list[str]:
    """The codes of states given by code or name, each once.

    Raises:
        InputError: for what is no state.
    """
    return list(dict.fromkeys(actors.find(each).code for each in named))


def members_of(inputs: Inputs, named: Sequence[str]) -> list[str]:
    """The states asked about: those named, else the members of the institution and of those it is compared with.

    Raises:
        InputError: for a name that is none of its members' and no state, or where nobody is a member on the day.
    """
    if named:
        return states(inputs.actors, named)
    bodies = (inputs.institution, *inputs.against)
    found = list(dict.fromkeys(each for body in bodies for each in body.members_on(inputs.on or body.as_of)))
    if not found:
        raise InputError(f"{inputs.institution.title.en} has no members on that day.", mend="Choose another: --on.")
    return found


def provenance(inputs: Inputs, analysis: Analysis, *, random: bool = False) -> Provenance:
    """From what an answer on exposure was computed: the tables of pairs too."""
    from comity.library.ties import SOURCES, digests

    found = inputs.provenance(analysis, random=random)
    return replace(found, figures={**found.figures, **digests()}, sources=(*found.sources, *SOURCES.values()))


PRINTED = Text(
    "The source prints five partners of exports and five of imports, in whole per cent. What a state does not print is "
    "taken from its partner's list where that prints it; else there is no figure, only the bound that it is not above "
    "the least printed. The intervals hold rounding and this bound. The list of Belarus leaves out Russia and is not "
    "used; that of Russia leaves out Belarus, so that its other shares are somewhat too large.",
    "来源仅列出口与进口各前五位伙伴，份额取整百分比。一国未列出者，若对方列出则取对方数据；否则没有数值，只知其不超过所列最小份额。区间包含取整误差与此上限。"
    "白俄罗斯的名单未列俄罗斯，故不采用；俄罗斯的名单未列白俄罗斯，其他份额因而略偏高。",
)
GROSS = Text(
    "Shares of partners (2023, in the main of goods) are applied to exports and imports of goods and services of the "
    "latest year. Trade is gross: what passes through, and what is imported in order to export, is counted in full, so "
    "that it can exceed the income of a hub. Hong Kong's trade is not China's here. No figure says which goods: a rare "
    "input weighs like any other.",
    "伙伴份额（2023年，主要为货物）乘以最近年份的货物和服务进出口额。贸易为总值：转口和为出口而进口的部分全额计入，因而可能超过枢纽经济体的收入。香港的贸易不计入中国内地。没有数据区分商品：稀缺投入品与其他商品同等对待。",
)
TREATIES = Text(
    "Promises of defence are those of treaties in force in 2018 (ATOP 5.1): nothing later, such as the accession of "
    "Finland and Sweden to the North Atlantic Treaty, and no promise outside a treaty. Spending is no army on "
    "the spot.",
    "防御承诺取自2018年有效的条约（ATOP 5.1）：不含其后变化（如芬兰、瑞典加入《北大西洋公约》），"
    "也不含条约之外的承诺。军费不等于可即时部署的兵力。",
)


def gap_caveats(inputs: Inputs, found: Exposure, members: Sequence[str]) -> list[Text]:
    """The states of which there is no figure, and those whose figures are older than the year asked for."""
    from comity.model.naming import named

    caveats: list[Text] = []
    if lacking := [member for member in members if not found.has(member)]:
        who = named(inputs, lacking, most=12)
        caveats.append(
            Text(
                f"Left out, because there is no usable list of partners or no GDP, exports or imports: {who.en}.",
                f"因缺少可用的伙伴名单或国内生产总值、进出口数据而未列入：{who.of('zh')}。",
            )
        )
    panel = inputs.figures()
    older = panel.older(FIGURES[:3], [member for member in members if found.has(member)])
    if older:
        first = min(year for _, _, year in older)
        caveats.append(
            Text(
                f"{len(older)} figures of GDP, exports and imports are older than {panel.year}, the oldest of {first}.",
                f"国内生产总值与进出口数据中有{len(older)}项早于{panel.year}年，最早为{first}年。",
            )
        )
    return caveats
