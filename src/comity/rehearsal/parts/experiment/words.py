"""What an experiment says: findings with their figures, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf

from comity.kernel.result import Figure, Finding, Text
from comity.model.analysis import Inputs
from comity.rehearsal.parts.experiment.labels import (
    between,
    change_label,
    factor_labels,
    point_label,
    said,
    tied,
    value_label,
)
from comity.rehearsal.parts.experiment.measuring import Measured
from comity.rehearsal.parts.self_enforcement.wording import brief, per_cent
from comity.rehearsal.parts.varying.ranges import Among
from comity.rehearsal.parts.varying.setting import Factor
from comity.solvers.paired import Difference

_MATTERS = 0.02


def findings(
    inputs: Inputs, found: Measured, varied: Sequence[Factor], *, outcome: str, title: Text
) -> tuple[Finding, ...]:  # fmt: skip
    """How it stands as written, what moves it most, where the differences come from, how settings compare."""
    labels = factor_labels(inputs, [each.path for each in varied])
    told = [_written(inputs, found, title)]
    if varied:
        told.append(_largest(inputs, found, labels, outcome))
        if outcome in found.indices:
            told.append(_sources(inputs, found, varied, labels, outcome=outcome))
        elif len(varied) <= 2 and found.chosen == "grid":
            told.append(_best(inputs, found, labels, outcome))
    told += [_compared(inputs, found, number, outcome) for number in [*found.of("instead"), *found.of("against")]]
    return tuple(told)


def _written(inputs: Inputs, found: Measured, title: Text) -> Finding:
    alone = "kept" in found.outcomes
    names = ("worth", "delivered") if alone else ("worth", "adopted")
    words = [said(found.outcomes[name], found.means[0][name].value) for name in names]
    spans = [between(found.outcomes[name], found.means[0][name].low, found.means[0][name].high) for name in names]
    text = (
        Text(
            f"{title.en}, as written: worth {words[0].en} a year to all members on average ({spans[0].en}); "
            f"{words[1].en} of what it asks is delivered ({spans[1].en}).",
            f"“{title.of('zh')}”按原文：平均每年对全体成员价值{words[0].of('zh')}（{spans[0].of('zh')}）；"
            f"应履行部分实际履行{words[1].of('zh')}（{spans[1].of('zh')}）。",
        )
        if alone
        else Text(
            f"{title.en}, as written: a present value of {words[0].en} to all members on average ({spans[0].en}); a "
            f"text is adopted on {words[1].en} of the issues ({spans[1].en}).",
            f"{title.of('zh')}按原文：对全体成员的现值平均为{words[0].of('zh')}（{spans[0].of('zh')}）；"
            f"{words[1].of('zh')}的议题通过案文（{spans[1].of('zh')}）。",
        )
    )
    return Finding(text, {name: _figure(inputs, found, name, 0) for name in names})


def _figure(inputs: Inputs, found: Measured, name: str, number: int) -> Figure:
    mean = found.means[number][name]
    return Figure(mean.value, found.outcomes[name].unit, mean.low, mean.high, found.runs, inputs.seed)


def _largest(inputs: Inputs, found: Measured, labels: Mapping[str, Text], outcome: str) -> Finding:
    paths: dict[str, list[int]] = {}
    for number in found.of("end"):
        paths.setdefault(found.points[number].changes[0][0], []).append(number)

    def reach(path: str) -> float:
        values = [found.means[number][outcome].value for number in paths[path]]
        return max(values) - min(values)

    most = max(paths, key=reach)
    kind, name = found.outcomes[outcome], labels[most]
    if reach(most) <= 1e-12 * max(1.0, abs(found.means[0][outcome].value)):
        text = Text(
            f"None of the factors moves it by itself within its range ({kind.title.en.lower()}).",
            f"各因素在其范围内单独变动均不影响结果（{kind.title.of('zh')}）。",
        )
        return Finding(text, {"swing": Figure(0.0, kind.unit, 0.0, 0.0, found.runs, inputs.seed)})
    ends = sorted(paths[most], key=lambda number: found.means[number][outcome].value)
    low, high = (ends[0], ends[-1])
    values = {each: value_label(found.points[each].changes[0][1]) for each in (low, high)}
    words = {each: said(kind, found.means[each][outcome].value) for each in (low, high)}
    first = "By itself" if len(paths) == 1 else "Of the factors, taken one at a time,"
    text = Text(
        f"{first} {name.en} moves {'it' if len(paths) == 1 else 'it most'}: {words[low].en} at {values[low].en}, "
        f"{words[high].en} at {values[high].en} ({kind.title.en.lower()}, all else as written).",
        f"{'' if len(paths) == 1 else '逐一变动时，'}{name.of('zh')}{'的影响' if len(paths) == 1 else '影响最大'}："
        f"取{values[low].of('zh')}时为{words[low].of('zh')}，取{values[high].of('zh')}时为{words[high].of('zh')}"
        f"（{kind.title.of('zh')}，其余按原文）。",
    )
    figures = {"swing_low": _figure(inputs, found, outcome, low), "swing_high": _figure(inputs, found, outcome, high)}
    return Finding(text, figures)


def _sources(
    inputs: Inputs, found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], *, outcome: str
) -> Finding:
    shares = found.indices[outcome]
    order = sorted(range(len(varied)), key=lambda place: -float(shares.total[place]))
    top, kind = order[0], found.outcomes[outcome]
    name = labels[varied[top].path]
    idle = [labels[varied[place].path] for place in order if float(shares.total_interval[place][1]) < _MATTERS]
    low, high = (per_cent(max(0.0, float(each))) for each in shares.total_interval[top])
    alone = per_cent(min(1.0, max(0.0, float(shares.first[top]))))
    text = Text(
        f"Where all factors vary together, {name.en} has a part in {per_cent(float(shares.total[top]))} of the "
        f"variance between settings ({low} to {high}), {alone} of it alone ({kind.title.en.lower()})."
        + (f" It hardly matters here: {', '.join(each.en for each in idle)}." if idle else ""),
        f"各因素同时变动时，{name.of('zh')}涉及设定间方差的{per_cent(float(shares.total[top]))}（{low}至{high}），"
        f"其中单独占{alone}（{kind.title.of('zh')}）。"
        + (f"几乎无影响：{'、'.join(each.of('zh') for each in idle)}。" if idle else ""),
    )
    ends = [float(each) for each in shares.total_interval[top]]
    first = [float(each) for each in shares.first_interval[top]]
    count = len(found.of("design"))
    figures = {
        "total": Figure(float(shares.total[top]), "share of the variance", ends[0], ends[1], count, inputs.seed),
        "first": Figure(float(shares.first[top]), "share of the variance", first[0], first[1], count, inputs.seed),
    }
    return Finding(text, figures)


def _best(inputs: Inputs, found: Measured, labels: Mapping[str, Text], outcome: str) -> Finding:
    """Where the outcome is highest on a grid, and from which level of a single factor on it stays as high."""
    kind, cube = found.outcomes[outcome], found.of("design")
    best = max(cube, key=lambda number: found.means[number][outcome].value)
    mean = found.means[best][outcome]
    high = [found.means[number][outcome].value >= mean.low for number in cube]
    first = high.index(True)
    levelled = len(found.points[best].changes) == 1 and first < len(cube) - 1 and all(high[first:])
    where = cube[first] if levelled else best
    place = change_label(labels, found.points[where].changes)
    there = found.means[where][outcome]
    words, span = said(kind, there.value), between(kind, there.low, there.high)
    text = (
        Text(
            f"{kind.title.en} rises no further from this level on ({place.en}): {words.en} ({span.en}).",
            f"{kind.title.of('zh')}自此水平起不再上升（{place.of('zh')}）：{words.of('zh')}（{span.of('zh')}）。",
        )
        if levelled and first > 0
        else Text(
            f"{kind.title.en} is highest on the grid at {place.en}: {words.en} ({span.en}).",
            f"{kind.title.of('zh')}在网格中的最高值出现于{place.of('zh')}：{words.of('zh')}（{span.of('zh')}）。",
        )
    )
    return Finding(text, {"best": _figure(inputs, found, outcome, where)})


def _compared(inputs: Inputs, found: Measured, number: int, outcome: str) -> Finding:
    point, kind = found.points[number], found.outcomes[outcome]
    labels = factor_labels(inputs, [path for path, _ in point.changes])
    name, apart = point_label(inputs, labels, point), found.differences[number, outcome]
    span = between(kind, apart.low, apart.high)
    words = said(kind, abs(apart.mean))
    sign = ("more", "多") if apart.mean > 0 else ("less", "少")
    if apart.low <= 0 <= apart.high:
        verdict = Text("no difference that these runs can tell", "本次演练未能辨别差异")
    else:
        verdict = Text(f"{words.en} {sign[0]}", f"{sign[1]}{words.of('zh')}")
    saved = _saved(apart)
    text = Text(
        f"{name.en[0].upper()}{name.en[1:]}, against the setting as written: {verdict.en} "
        f"({kind.title.en.lower()}; paired difference {span.en}, {apart.runs:,} pairs).{saved.en}",
        f"{name.of('zh')}，与原文相比：{verdict.of('zh')}（{kind.title.of('zh')}；配对差{span.of('zh')}，"
        f"{apart.runs:,}对）。{saved.of('zh')}",
    )
    figure = Figure(apart.mean, kind.unit, apart.low, apart.high, apart.runs, inputs.seed)
    return Finding(text, {"difference": figure, "saving": Figure(None if isinf(apart.saving) else apart.saving)})


def _saved(apart: Difference) -> Text:
    """What the pairing saves, in words."""
    if isinf(apart.saving):
        return Text(" Every pair differs by the same.", "各对之差相同。")
    if apart.saving < 1.05:
        return Text(" The common random numbers save next to nothing here.", "此处共同随机数几无节省。")
    return Text(
        f" Without the common random numbers it would take {apart.saving:.1f} times as many runs.",
        f"若不用共同随机数，需{apart.saving:.1f}倍的次数。",
    )


_CLAUSE = Text(
    "What is played is the clause, not the whole institution: each party decides once whether to keep it, by what the "
    "suspension costs it, taking the others to comply and nobody to be away. Votes, renegotiated terms, trust and exit "
    "are left out (--plays institution has them).",
    "所演练者为条款而非整个机构：各方依中止代价一次性决定是否履行，假定他方履行且无人缺席。表决、重新议定的条件、信任与退出"
    "未计入（--plays institution计入）。",
)
_DRAWN = Text(
    "Benefits and costs are assumptions of the stakes, drawn anew in each run; intervals tell how well the mean over "
    "such draws is known, not whether the assumptions are right.",
    "收益与成本为诉求文件的假设，每次重新抽取；区间反映对该均值的把握程度，不反映假设是否正确。",
)
_GAMES = Text(
    "Players follow their own rules and look no further: who reciprocates does not weigh a reward against its cost, so "
    "that a factor may matter less here than to governments that reckon (--plays clause asks those).",
    "各参与方按既定策略行事：以牙还牙者不权衡奖励与成本，因此某些因素在此的影响可能小于对会权衡的政府的影响（--plays "
    "clause针对后者）。",
)
_FIXED = Text(
    "Positions, benefits and costs stand at their modes in every game; what differs between games is chance: shocks, "
    "errors of verification, and choices that players make by lot.",
    "各局中立场、收益与成本均取众数；各局之间的差异来自偶然：外部冲击、核查误差及参与方的随机选择。",
)


def caveats(inputs: Inputs, found: Measured, varied: Sequence[Factor], unlike: Sequence[str]) -> tuple[Text, ...]:
    """What the answers rest on, and what was not compared."""
    told = [_CLAUSE, _DRAWN] if "kept" in found.outcomes else [_GAMES, _FIXED]
    if varied:
        words = Text(
            "Each range is the asker's, and every value in it counts the same: what matters most within these ranges "
            "may matter less within others.",
            "各范围由提问者设定，范围内各值同等计入；换用其他范围，影响最大的因素可能不同。",
        )
        told.append(words)
    told += [
        Text(
            f"{path}: the spread that the stakes give it is replaced by one value.", f"{path}：以单一数值取代原有区间。"
        )
        for path in tied(varied)
    ]
    told += [
        Text(
            f"{each.path} takes words, which have no order; it is laid out in the order given.",
            f"{each.path}取词语值，并无大小次序，按所给次序排列。",
        )
        for each in varied
        if isinstance(each.range, Among) and len(each.range.words) > 2
    ]
    for name in unlike:
        body = brief(next(each for each in inputs.against if each.name == name))
        told.append(
            Text(f"{body.en} has no such clause and is not compared.", f"{body.of('zh')}没有该条款，未作比较。")
        )
    return tuple(told)
