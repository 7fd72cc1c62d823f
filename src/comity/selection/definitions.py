"""``selection.definitions``: which definitions of hard power give the charter's members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from comity.kernel.errors import InputError
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Inputs
from comity.selection.acceptability import measured
from comity.selection.criteria import Contest, Selecting
from comity.selection.definition import Definition, ask
from comity.selection.doubts import STAND_INS
from comity.selection.meanings import choices, definitions, key_of, title_of_key
from comity.selection.words import COLOURS, count, listed, percent, sentence, state


class Definitions(Selecting):
    """The same question under every combination of indicators, and over years: how much hangs on the definition.

    Years come from the histories that the caller gives; for them the charter's own definition is asked.

    Example:
        >>> Definitions(alternatives={"gdp": ("gdp_ppp",)}).draws
        2000
    """

    kind: Literal["selection.definitions"] = "selection.definitions"
    """The kind of analysis."""
    draws: Annotated[int, Field(ge=1, le=1_000_000)] = 2_000
    """How many weightings are drawn for each definition."""
    alternatives: dict[str, tuple[str, ...]] = {}
    """Other figures by criterion (``figure`` or ``figure:zero``, ``figure:negative``), in place of the usual ones."""

    def run(self, inputs: Inputs) -> Result:
        """Ask every definition.

        Raises:
            InputError: for weights, unknown criteria, or more definitions than a table holds.
        """
        if self.weights:
            raise InputError("Definitions are compared at equal weights.", mend="Leave the weights out.")
        base = self.ranked(inputs)
        keys = choices(base.admission, base.panel, self.alternatives)
        every = list(definitions(base.admission, keys))
        years = sorted(year for year in inputs.histories if year != base.panel.year)
        total = len(every) + len(years)
        asked: list[Definition] = []
        for chosen, admission in every:
            asked.append(ask(base, chosen, admission, draws=self.draws))
            inputs.step(len(asked), total, "definitions")
        past: list[Definition] = []
        for year in years:
            past.append(ask(base, *every[0], panel=inputs.histories[year], draws=self.draws))
            inputs.step(len(asked) + len(past), total, "definitions")
        effects = _effects(base, keys, asked)
        return Result(
            kind=self.kind,
            title=Text("Which definitions of hard power give these members?", "哪些“硬实力”定义会选出这些成员？"),
            values=_values(base, asked, past, self.draws),
            tables=(_table(base, keys, asked), effects, *_history(base, asked[0], past)),
            charts=_chart(base, effects, asked, self.draws),
            findings=tuple(_findings(base, effects, [*asked, *past], self.draws)),
            caveats=(*base.caveats, *_stand_ins(base, keys), *_undecided(asked, past)),
            provenance=base.provenance(self, random=True),
        )


def _values(base: Contest, asked: list[Definition], past: list[Definition], draws: int) -> dict[str, Any]:
    decided = [each for each in asked if each.exact is not None]
    return {
        "variant": base.variant,
        "members": list(base.members),
        "definitions": [_plain(each) for each in asked],
        "years": [_plain(each) for each in past],
        "asked": len(asked),
        "give_the_members": sum(each.same for each in decided),
        "possible": sum(bool(each.exists) for each in decided),
        "draws": draws,
    }


def _plain(each: Definition) -> dict[str, Any]:
    return {
        "year": each.year,
        "figures": dict(each.keys),
        "decidable": not each.lacking,
        "lacking": list(each.lacking),
        "club": list(each.club),
        "same": each.same,
        "p_exact_set": each.exact,
        "p_exact_set_error": each.error,
        "p_seat": None if each.seats is None else dict(each.seats),
        "exists": each.exists,
    }


def _row(base: Contest, each: Definition) -> dict[str, Any]:
    seats = each.seats or {}
    return {
        "club": " ".join(each.club) or None,
        "same": None if each.lacking else each.same,
        "p_exact": each.exact,
        "error": each.error,
        "exists": each.exists,
        **{f"p_{member}": seats.get(member) for member in base.members},
    }


def _columns(base: Contest) -> tuple[Column, ...]:
    return (
        Column("club", Text("Seated at equal weights", "等权重下的入选者"), actor=True),
        Column("same", Text("These members", "即这些成员")),
        Column(
            "p_exact",
            Text("Share of weightings with exactly these", "恰好选出这些成员的权重组合占比"),
            digits=1,
            percent=True,
        ),
        Column("error", Text("Standard error", "标准误"), digits=2, percent=True),
        Column("exists", Text("Any weighting at all", "是否存在这样的权重")),
        *(
            Column(f"p_{member}", state(base.inputs.actors, member), unit="holds a seat", digits=0, percent=True)
            for member in base.members
        ),
    )


def _schema(base: Contest) -> dict[str, Any]:
    import polars as pl

    numbers = {"p_exact": pl.Float64, "error": pl.Float64, **{f"p_{member}": pl.Float64 for member in base.members}}
    return {"club": pl.String, "same": pl.Boolean, "exists": pl.Boolean, **numbers}


def _table(base: Contest, keys: Mapping[str, tuple[str, ...]], asked: list[Definition]) -> Table:
    import polars as pl

    rows = [{**each.keys, **_row(base, each)} for each in asked]
    named = tuple(
        Column(name, base.title(name), labels={key: title_of_key(key, base.panel) for key in options})
        for name, options in keys.items()
        if len(options) > 1
    )
    fixed = [name for name, options in keys.items() if len(options) == 1]
    frame = pl.DataFrame(rows, schema_overrides=_schema(base)).drop(fixed)
    same = listed([base.title(name) for name in fixed])
    note = sentence(Text("The same in every row: {same}.", "各行相同：{same}。"), same=same) if fixed else Text("")
    title = Text("Which definitions of hard power give these members", "哪些硬实力定义会选出这些成员")
    return Table("definitions", title, (*named, *_columns(base)), frame, note)


def _effects(base: Contest, keys: Mapping[str, tuple[str, ...]], asked: list[Definition]) -> Table:
    import polars as pl

    rows: list[dict[str, Any]] = []
    for name, key in [(name, key) for name, options in keys.items() if len(options) > 1 for key in options]:
        shares = [each.exact for each in asked if each.keys[name] == key and each.exact is not None]
        if shares:
            mean = sum(shares) / len(shares)
            row = {"low": min(shares), "mean": mean, "high": max(shares), "definitions": len(shares)}
            rows.append({"criterion": name, "key": key, "own": key == keys[name][0], **row})
    labels = {key: title_of_key(key, base.panel) for options in keys.values() for key in options}
    columns = (
        Column("criterion", Text("Criterion", "指标"), labels={name: base.title(name) for name in keys}),
        Column("key", Text("Measured by", "以何衡量"), labels=labels),
        Column("own", Text("As in the charter", "与章程一致")),
        Column("low", Text("Least share of weightings", "最小占比"), digits=1, percent=True),
        Column("mean", Text("Mean share of weightings", "平均占比"), digits=1, percent=True),
        Column("high", Text("Largest share of weightings", "最大占比"), digits=1, percent=True),
        Column("definitions", Text("Definitions", "定义数")),
    )
    schema: dict[str, Any] = {"criterion": pl.String, "key": pl.String, "own": pl.Boolean}
    schema |= {"low": pl.Float64, "mean": pl.Float64, "high": pl.Float64, "definitions": pl.Int64}
    title = Text("What each choice of indicator does", "各项指标选择的影响")
    return Table("effects", title, columns, pl.DataFrame(rows, schema=schema))


def _history(base: Contest, now: Definition, past: list[Definition]) -> tuple[Table, ...]:
    import polars as pl

    if not past:
        return ()
    rows = [
        {
            "year": each.year,
            "decidable": not each.lacking,
            "lacking": " ".join(each.lacking) or None,
            **_row(base, each),
        }
        for each in [*past, now]
    ]
    lacking = {" ".join(each.lacking): listed([base.title(name) for name in each.lacking]) for each in past}
    columns = (
        Column("year", Text("Year", "年份")),
        Column("decidable", Text("Decidable with these figures", "以现有数据可判定")),
        Column("lacking", Text("Criteria without enough figures", "数据不足的指标"), labels=lacking),
        *_columns(base),
    )
    frame = pl.DataFrame(rows, schema_overrides={"lacking": pl.String, **_schema(base)})
    title = Text("The charter's own definition over years", "章程自身定义在各年份的结果")
    return (Table("years", title, columns, frame),)


def _chart(base: Contest, effects: Table, asked: list[Definition], draws: int) -> tuple[Chart, ...]:
    if effects.frame.is_empty():
        return ()
    many = sum(each.same for each in asked)
    pattern = Text(
        "{many} of {all} definitions of hard power {give} these members", "{all}种硬实力定义中有{many}种选出这些成员"
    )
    title = sentence(pattern, many=many or "None", all=len(asked), give="gives" if many == 1 else "give")
    if not many:
        title = Text(title.en, f"{len(asked)}种硬实力定义中没有一种在等权重下选出这些成员")
    place = {"field": "key_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 300}}
    axis = {
        "format": ".0%",
        "title": Text("Share of weightings with exactly these members", "恰好选出这些成员的权重组合占比"),
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 8, "color": COLOURS[5]},
            "encoding": {
                "y": place,
                "x": {"field": "low", "type": "quantitative", "axis": axis},
                "x2": {"field": "high"},
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 80, "color": "#000000"},
            "encoding": {"y": place, "x": {"field": "mean", "type": "quantitative"}},
        },
    ]
    subtitle = Text(
        "Equal weights decide the count; bars: least to largest share of weightings over all definitions that use the "
        "indicator, dot: mean",
        "计数以等权重为准；横条：凡采用该指标的定义中占比的最小值至最大值，圆点：平均值",
    )
    alt = Text("Ranges of the share of weightings, by indicator used.", "按所用指标列出的权重组合占比范围。")
    spec = {"height": {"step": 28}, "width": 420, "layer": layers}
    caption = sentence(
        Text("n = {n:,} for each definition, seed {seed}", "每种定义n = {n:,}，种子{seed}"),
        n=draws,
        seed=base.inputs.seed,
    )
    return (Chart("effects", "effects", title, subtitle, alt, spec, caption),)


def _findings(base: Contest, effects: Table, asked: list[Definition], draws: int) -> list[Finding]:
    decided = [each for each in asked if each.exact is not None and each.year == base.panel.year]
    past = [each for each in asked if each.year != base.panel.year]
    if not decided:
        return [Finding(Text("No definition is decidable with these figures.", "以现有数据，任何定义都无法判定。"))]
    same, possible = sum(each.same for each in decided), sum(bool(each.exists) for each in decided)
    low, high = (pick(each.exact or 0.0 for each in decided) for pick in (min, max))
    pattern = Text(
        "At equal weights {same} of {all} definitions of hard power {give} exactly the charter's members; under "
        "{possible} of the {all} at least one weighting does. The share of weightings runs from {low} to {high}.",
        "等权重下，{all}种硬实力定义中有{same}种恰好选出章程所列成员；共有{possible}种至少存在一组这样的权重。"
        "权重组合占比介于{low}与{high}之间。",
    )
    text = sentence(
        pattern,
        same=same,
        all=len(decided),
        give="gives" if same == 1 else "give",
        possible=possible,
        low=percent(low),
        high=percent(high),
    )
    figures = {"give": Figure(same), "possible": Figure(possible), **_ends(base, draws, low, high)}
    return [
        Finding(text, figures),
        *_best(base, decided, draws),
        *_matters(base, effects),
        *_deficits(base, decided, draws),
        *_over_time(base, past, draws),
    ]


def _ends(base: Contest, draws: int, low: float, high: float) -> dict[str, Figure]:
    return {"least": measured(base, low, draws), "largest": measured(base, high, draws)}


def _best(base: Contest, decided: list[Definition], draws: int) -> list[Finding]:
    best = max(decided, key=lambda each: each.exact or 0.0)
    if not best.exact or len(decided) == 1:
        return []
    parts = [title_of_key(key, base.panel) for key in best.keys.values()]
    pattern = Text(
        "They come out most often, in {share} of weightings, with {parts}.", "以{parts}衡量时，占比最高，达{share}。"
    )
    figure = measured(base, best.exact, draws)
    return [Finding(sentence(pattern, share=percent(best.exact), parts=listed(parts)), {"p_exact_set": figure})]


def _matters(base: Contest, effects: Table) -> list[Finding]:
    """The criterion whose indicator moves the mean share most."""
    means: dict[str, list[tuple[float, str]]] = {}
    for row in effects.frame.iter_rows(named=True):
        means.setdefault(row["criterion"], []).append((row["mean"], row["key"]))
    spread = {name: max(each)[0] - min(each)[0] for name, each in means.items() if len(each) > 1}
    if not spread or max(spread.values()) <= 0:
        return []
    name = max(spread, key=lambda each: spread[each])
    least, most = min(means[name]), max(means[name])
    pattern = Text(
        "Most hangs on {what}: the mean share is {most} with {best} and {least} with {worst}.",
        "影响最大的是{what}：以{best}衡量时平均占比为{most}，以{worst}衡量时为{least}。",
    )
    text = sentence(
        pattern,
        what=base.title(name),
        most=percent(most[0]),
        best=title_of_key(most[1], base.panel),
        least=percent(least[0]),
        worst=title_of_key(least[1], base.panel),
    )
    return [Finding(text, {"most": Figure(most[0]), "least": Figure(least[0])})]


def _deficits(base: Contest, decided: list[Definition], draws: int) -> list[Finding]:
    """What changes where deficits count against a state rather than as nought, or the other way round."""
    own, found = decided[0], list[Finding]()
    turned = {"zero": "negative", "negative": "zero"}
    for name, key in own.keys.items():
        figure, _, deficit = key.partition(":")
        wanted = {**own.keys, name: f"{figure}:{turned.get(deficit, '')}"}
        other = next((each for each in decided if dict(each.keys) == wanted), None)
        if other is None or own.exact is None or other.exact is None:
            continue
        pattern = Text(
            "“{what}” instead, and nothing else changed, moves the share from {own} to {other}; at equal weights it "
            "seats {club}.",
            "仅改用“{what}”，占比即由{own}变为{other}；等权重下入选者为{club}。",
        )
        club = listed([state(base.inputs.actors, code) for code in other.club])
        what = title_of_key(wanted[name], base.panel)
        text = sentence(pattern, what=what, own=percent(own.exact), other=percent(other.exact), club=club)
        figures = {"own": measured(base, own.exact, draws), "other": measured(base, other.exact, draws)}
        found.append(Finding(text, figures))
    return found


def _over_time(base: Contest, past: list[Definition], draws: int) -> list[Finding]:
    decided = {each.year: each.exact for each in past if each.exact is not None}
    if not decided:
        return []
    parts = [
        Text(f"{share.en} in {year}", f"{year}年为{share.of('zh')}")
        for year, share in ((year, percent(exact)) for year, exact in decided.items())
    ]
    pattern = Text(
        "By the charter's own definition the share of weightings was {parts}.",
        "按章程自身的定义，权重组合占比{parts}。",
    )
    figures = {str(year): measured(base, exact, draws) for year, exact in decided.items()}
    return [Finding(sentence(pattern, parts=listed(parts)), figures)]


def _stand_ins(base: Contest, keys: Mapping[str, tuple[str, ...]]) -> list[Text]:
    used = {key.partition(":")[0] for options in keys.values() for key in options}
    own = {key_of(each).partition(":")[0] for each in base.admission.criteria.values()}
    return [text for name, text in STAND_INS.items() if name in used - own]


def _undecided(asked: list[Definition], past: list[Definition]) -> list[Text]:
    found: list[Text] = []
    years = [Text(str(each.year)) for each in past if each.lacking]
    if years:
        pattern = Text(
            "Not decidable with these figures: {years}; more than half of the states lack a figure for some criterion.",
            "以现有数据无法判定{years}年：半数以上国家缺少某项指标的数据。",
        )
        found.append(sentence(pattern, years=listed(years)))
    lacking = [each for each in asked if each.lacking]
    if lacking:
        pattern = Text(
            "{many} not decidable with these figures: more than half of the states have none for some criterion.",
            "以现有数据，{many}无法判定：半数以上国家缺少某项指标的数据。",
        )
        verb = "is" if len(lacking) == 1 else "are"
        many = count(len(lacking), f"definition {verb}", f"definitions {verb}", "种定义")
        found.append(sentence(pattern, many=many))
    return found
