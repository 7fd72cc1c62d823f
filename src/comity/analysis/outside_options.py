"""Outside options: how a threat to act outside the body moves its text, and who loses against the status quo."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.decisions import day
from comity.analysis.parts.matters import Docket, Matter, docket, judgeable
from comity.analysis.parts.outside_options.tables import losers_table, models_table, texts_table, threats_table
from comity.analysis.parts.outside_options.threatening import READINGS, Acting, Threatened, threatened
from comity.analysis.parts.outside_options.words import caveats, charts, findings
from comity.analysis.parts.valuing import Valued, ledger
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import Exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.model.naming import name_of, short

OUTPUT = "gdp_usd"


class OutsideOptions(Analysis):
    """What a threat to act outside does to the texts of a body, to their adoption, and to the other members.

    A member, alone or with partners, would act on its own text; that carries everybody part of the way from the status
    quo to it. The threat is credible where those who act prefer this, with its cost, to the status quo. It is read
    twice: only those who act measure texts by it (they have somewhere to go), or everybody must, because the status
    quo is gone. Each text is the compromise that the rule adopts; Nash's text and a sole proposer's stand beside it.

    Source:
        Voeten (2001), "Outside Options and the Logic of Security Council Action", American Political Science Review
        95(4); Gruber (2000), Ruling the World; Lipscy (2017), Renegotiating the World Order; Romer and Rosenthal
        (1978), Public Choice 33.

    Example:
        >>> import comity as co
        >>> threat = co.analyse(co.load("g5"), "outside_options", issues=("middle_east",), draws=300)
        >>> 0 <= threat.values["threats"]["g5"]["middle_east"]["exit"]["adopted"] <= 1
        True
    """

    kind: Literal["analysis.outside_options"] = "analysis.outside_options"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    member: str | None = None
    """Who threatens; of each body the member with the largest economy where absent."""
    partners: tuple[str, ...] = ()
    """Members that would act with it, as a club of a few; it acts alone where absent."""
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; `all`, or all where absent."""
    carries: Exact | None = None
    """How much of the way to their own text their acting carries everybody: a share; their part of the good, or their
    share of world GDP where no good is valued, where absent."""
    cost: Annotated[float, Field(ge=0, le=100)] = 0.0
    """What acting outside costs each of them, in points of the scale."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 2_000
    """How many draws of what members want."""

    def run(self, inputs: Inputs) -> Result:
        """Ask every issue before every body what the threat does.

        Raises:
            UnknownName: for an issue, a member or a partner that is not there.
            InputError: for a share of more than the whole, or a partner that is the member itself.
            NotComputable: where no issue can be judged, or nobody's wishes are known who could threaten.
        """
        self._check(inputs)
        asked = judgeable(docket(inputs, self.issues))
        goods = _goods(inputs, asked)
        found: list[Threatened] = []
        silent: list[Text] = []
        for number, matter in enumerate(asked.matters):
            inputs.step(number, len(asked.matters), matter.issue)
            acting = self._acting(inputs, matter, goods)
            if isinstance(acting, Text):
                silent.append(acting)
                continue
            found.append(threatened(matter, acting, number_of(self.draws, len(matter.decision.members)), inputs.seed))
        inputs.step(len(asked.matters), len(asked.matters), "")
        if not found:
            reasons = list(dict.fromkeys(each.en for each in silent))
            more = f"; and {len(reasons) - 2} more like it" if len(reasons) > 2 else ""
            why = f"{'; '.join(reasons[:2])}{more}."
            raise NotComputable(f"Nobody can threaten here: {why}", mend="Name a member with stakes: --member CODE.")
        told = findings(inputs, found)
        return Result(
            kind=self.kind,
            title=Text("The power to act outside", "单独行动的权力"),
            values={"threats": _values(found)},
            tables=tuple(make(inputs, found) for make in (texts_table, threats_table, models_table, losers_table)),
            charts=tuple(charts(inputs, found, told)),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, list(dict.fromkeys(silent)))),
            provenance=inputs.provenance(self, random=True),
        )

    def _check(self, inputs: Inputs) -> None:
        if self.carries is not None and self.carries > 1:
            raise InputError(f"--carries {self.carries} is more than the whole way.", mend="Write a share: 1/4, 30 %.")
        known = [
            member for body in (inputs.institution, *inputs.against) for member in body.members_on(day(inputs, body))
        ]
        for asked in (*([self.member] if self.member else []), *self.partners):
            if asked not in known:
                raise UnknownName("member of these institutions", asked, list(dict.fromkeys(known)))
        if self.member in self.partners or len(set(self.partners)) < len(self.partners):
            raise InputError("A partner is another member, named once.", mend="Name different members.")

    def _acting(self, inputs: Inputs, matter: Matter, goods: dict[tuple[str, str], Valued]) -> Acting | Text:
        """Who would act outside on an issue and how far that carries; why nobody, where nothing is known."""
        member = self.member or _largest(inputs, matter)
        actors = () if member is None else (member, *(each for each in self.partners if each != member))
        lacking = [each for each in actors if each not in matter.stands]
        body, title = short(matter.institution), matter.written.title
        if not actors or lacking:
            who = name_of(inputs, lacking[0]) if lacking else Text("the largest economy", "最大经济体")
            if not set(lacking) <= set(matter.decision.members):
                return Text(f"{body.en}: {who.en} has no seat there", f"{body.of('zh')}：{who.of('zh')}无席位")
            return Text(
                f"{body.en}, “{title.en}”: {who.en} has no stakes there",
                f"{body.of('zh')}“{title.of('zh')}”：{who.of('zh')}无诉求数据",
            )
        carried, basis = _carried(inputs, actors, goods.get((matter.institution.name, matter.issue)))
        if self.carries is not None:
            carried, basis = float(self.carries), "assumption"
        if carried is None:
            return Text(
                f"{body.en}, “{title.en}”: how far acting outside carries is not known; give it with --carries",
                f"{body.of('zh')}“{title.of('zh')}”：单独行动能移动多远不详；请以--carries给出",
            )
        return Acting(actors, carried, self.cost, basis)


def _goods(inputs: Inputs, asked: Docket) -> dict[tuple[str, str], Valued]:
    """The goods of the issues that are asked about and valued, by body and issue."""
    valued = [issue for issue in asked.issues if inputs.wanted().stakes.issue(issue).good is not None]
    if not valued:
        return {}
    try:
        found = ledger(inputs, valued)
    except NotComputable:
        return {}
    return {(each.institution.name, each.issue): each for each in found.valued}


def _carried(inputs: Inputs, actors: tuple[str, ...], good: Valued | None) -> tuple[float | None, str]:
    """The share of the way that their acting carries everybody, and on what it rests."""
    if good is not None and all(each in good.members for each in actors):
        parts = dict(zip(good.members, good.modes().part.tolist(), strict=True))
        return sum(parts[each] for each in actors), "good"
    panel = inputs.figures()
    world = sum(each or 0.0 for each in panel.column(OUTPUT))
    values = [panel.value(each, OUTPUT) for each in actors]
    known = [each for each in values if each is not None]
    return (sum(known) / world if len(known) == len(values) and world else None), "output"


def _largest(inputs: Inputs, matter: Matter) -> str | None:
    """The member with the largest economy, of those that are states."""
    body: Institution = matter.institution
    panel = inputs.figures()
    values = {each: panel.value(each, OUTPUT) for each in body.members_on(day(inputs, body)) if each in inputs.actors}
    known = {each: value for each, value in values.items() if value is not None}
    return max(known, key=lambda each: known[each], default=None)


def _values(found: list[Threatened]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in found:
        row: dict[str, Any] = {"actors": list(each.acting.actors), "credible": each.credible.value}
        row |= {"adopted": each.plain.value, "outside": each.outside.value, "setter": each.setter.value}
        for reading in READINGS:
            row[reading] = {name: measured.value for name, measured in vars(each.readings[reading]).items()}
        values.setdefault(each.matter.institution.name, {})[each.matter.issue] = row
    return values
