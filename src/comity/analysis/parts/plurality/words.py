"""The words for plurality: with and without the members asked about, over time, by the growth of membership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from comity.analysis.parts.plurality.measures import GROUPS, WORLD, Counted, Draw, names_of
from comity.analysis.parts.plurality.times import OTHERS, Part, Plural, titles
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of

if TYPE_CHECKING:
    from comity.solvers.plurality import Interval

COMPARED = ("powers", "payers", "votes")
"""The groups in which a member's weight matters; heads, proposers and attenders fall by one with every exit."""
NEAR = 0.05
"""A difference of effective numbers below this is none."""
PAIR = 2
SLIGHT = 0.05
"""A change over time by less than this share is hardly one."""
UNIT = ""
"""An effective number has no unit."""
LARGE = 100
"""Numbers from here on are shown whole."""


def count(number: float) -> str:
    """An effective number as readers see it.

    Example:
        >>> count(2.7183), count(188.81)
        ('2.7', '189')
    """
    return f"{number:.0f}" if number >= LARGE else f"{number:.1f}"


def gone_names(inputs: Inputs, gone: Sequence[str]) -> Text:
    """The members asked about, in a row."""
    return listed([name_of(inputs, member) for member in gone])


def lower(title: Text) -> Text:
    """A title inside a sentence."""
    plain = title.en if title.en[:2].isupper() else title.en[:1].lower() + title.en[1:]
    return Text(plain, title.of("zh"))


def effect(each: Counted) -> str:
    """What the exit does: ``more``, ``fewer``, ``same``, ``absent`` (nobody to leave) or ``unknown``."""
    if each.others is None:
        return "absent"
    if each.number.value is None or each.others.value is None:
        if each.others.low > each.number.high:
            return "more"
        return "fewer" if each.others.high < each.number.low else "unknown"
    change = each.others.value - each.number.value
    return "same" if abs(change) < NEAR else "more" if change > 0 else "fewer"


def _weighed(found: Sequence[Counted], body: str) -> list[Counted]:
    return [each for each in found if each.held.body == body and _matters(each)]


def _matters(each: Counted) -> bool:
    return each.held.group in COMPARED and each.held.measure != "heads"


def figures_of(each: Counted, draw: Draw) -> dict[str, Figure]:
    """The number and that without the members asked about."""
    n, seed = (None, None) if each.held.exact else (draw.draws, draw.seed)
    found: dict[str, Figure] = {}
    for name, number in (("", each.number), ("_without", each.others)):
        if number is not None:
            key = f"{each.held.body}_{each.held.measure}{name}"
            found[key] = Figure(number.value, UNIT, number.low, number.high, n, seed)
    return found


def _pair(each: Counted) -> Text:
    title = lower(each.held.title)
    if each.others is None:
        return title
    now, then = shown(each.number), shown(each.others)
    return Text(f"{title.en} ({then.en} instead of {now.en})", f"{title.of('zh')}（{now.of('zh')}变为{then.of('zh')}）")


def shown(number: Interval) -> Text:
    """An effective number, or the least and the most it can be."""
    if number.value is not None:
        return Text(count(number.value), count(number.value))
    low, high = count(number.low), count(number.high)
    return Text(f"{low} to {high}", f"{low}至{high}")


def split(plural: Plural, body: str) -> Finding | None:
    """By which measures a body is more plural without the members asked about, and by which it is less."""
    here = [each for each in _weighed(plural.found, body) if each.others is not None]
    if not here:
        return None
    name = names_of(plural.inputs)[body]
    who = gone_names(plural.inputs, plural.gone)
    more = [each for each in here if effect(each) == "more"]
    fewer = [each for each in here if effect(each) == "fewer"]
    figures = {key: figure for each in here for key, figure in figures_of(each, plural.draw).items()}
    called = Text("the world", "世界") if body == WORLD else name
    others = "各国" if body == WORLD else "成员"
    every = "both" if len(here) == PAIR else f"all {len(here)}"
    if not more or not fewer:
        word, chinese = ("more", "更多元") if more else ("less", "更集中")
        chosen = more or fewer or here
        pair = _pair(max(chosen, key=_size))
        if len(here) == 1:
            text = said(
                f"Without {who.en} the rest of {called.en} is {word} plural by {pair.en}",
                f"若无{who.of('zh')}，{called.of('zh')}其余{others}按{pair.of('zh')}{chinese}",
            )
            return Finding(text, figures)
        text = said(
            f"Without {who.en} the rest of {called.en} is {word} plural by {every} measures of weight, most by "
            f"{pair.en}",
            f"若无{who.of('zh')}，{called.of('zh')}其余{others}按全部{len(here)}项指标都{chinese}，变化最大的是{pair.of('zh')}",
        )
        if not more and not fewer:
            text = said(
                f"Without {who.en} the rest of {called.en} is as plural as the whole by {every} measures",
                f"若无{who.of('zh')}，{called.of('zh')}其余{others}按全部{len(here)}项指标的多元程度不变",
            )
        return Finding(text, figures)
    ups = listed([_pair(each) for each in sorted(more, key=_size, reverse=True)[:3]])
    downs = listed([_pair(each) for each in sorted(fewer, key=_size, reverse=True)[:2]])
    text = said(
        f"Without {who.en} the rest of {called.en} is more plural by {len(more)} of {len(here)} measures: {ups.en}; "
        f"less by {len(fewer)}: {downs.en}",
        f"若无{who.of('zh')}，{called.of('zh')}其余{others}按{len(here)}项指标中的{len(more)}项更多元：{ups.of('zh')}；"
        f"按{len(fewer)}项更集中：{downs.of('zh')}",
    )
    return Finding(text, figures)


def _size(each: Counted) -> float:
    if each.others is None or each.others.value is None or each.number.value is None:
        return 0.0
    return abs(each.others.value / each.number.value - 1)


def narrowest(plural: Plural, body: str) -> Finding | None:
    """The measure by which a body counts fewest, and who holds most of it."""
    inputs = plural.inputs
    here = [each for each in _weighed(plural.found, body) if each.number.value is not None]
    if not here:
        return None
    least = min(here, key=lambda each: each.number.value or 0.0)
    name, group = names_of(inputs)[body], GROUPS[least.held.group]
    largest, share = name_of(inputs, least.largest[0]), per_cent(least.largest[1], 0)
    number, title = count(least.number.value or 0.0), lower(least.held.title)
    called = (
        Text("the world's states", "世界各国")
        if body == WORLD
        else Text(f"{name.en}'s members", f"{name.of('zh')}成员")
    )
    every = least.seen + len(least.held.gaps)
    seen = Text(f"{least.seen}", f"{least.seen}个")
    if least.held.gaps:
        seen = Text(f"{least.seen} of {every} with a figure", f"{every}个中有数据的{least.seen}个")
    text = said(
        f"By {title.en} {called.en} ({seen.en}) count for no more than {number} equal {group.en}: {largest.en} "
        f"alone holds {share}",
        f"按{title.of('zh')}，{called.of('zh')}（{seen.of('zh')}）只相当于{number}个均等的{group.of('zh')}："
        f"仅{largest.of('zh')}就占{share}",
    )
    return Finding(text, figures_of(least, plural.draw))


def moved(plural: Plural) -> list[Finding]:
    """Each series of the world between two years, and who moved it most each way."""
    found: list[Finding] = []
    for series, rows in plural.parts.items():
        if not rows:
            continue
        since, until = rows[0].since, rows[0].until
        ends = {each.year: each.number for each in plural.moments if each.series == series}
        before, after = ends[since] or 0.0, ends[until] or 0.0
        named = [each for each in rows if each.who != OTHERS]
        down, up = min(named, key=lambda each: each.part), max(named, key=lambda each: each.part)
        title, top = titles()[series], _peak(ends, since, until)
        past = Text("", "")
        if top is not None:
            past = Text(f" (after a peak of {count(top[1])} in {top[0]})", f"（其间{top[0]}年曾达{count(top[1])}）")
        moves = listed([_move(plural, each) for each in (down, up) if round(abs(each.part), 1)])
        why = Text(f": {moves.en}", f"：{moves.of('zh')}") if moves.en else Text("", "")
        text = said(
            f"By {lower(title).en} the world went from {count(before)} in {since} to {count(after)} in {until}{past.en}"
            f"{why.en}",
            f"按{title.of('zh')}，世界的有效数目从{since}年的{count(before)}变为{until}年的{count(after)}"
            f"{past.of('zh')}{why.of('zh')}",
        )
        figures = {f"{series}_{since}": Figure(before, UNIT), f"{series}_{until}": Figure(after, UNIT)}
        figures |= {f"{series}_{each.who}": Figure(each.part, UNIT) for each in (down, up)}
        found.append(Finding(text, figures))
    return found


def _ends(plural: Plural, since: int, *, without: bool) -> dict[str, tuple[float, float]]:
    """Each series' number in the year nearest to ``since`` and in its last."""
    found: dict[str, tuple[float, float]] = {}
    for series in titles():
        rows = [
            (each.year, number)
            for each in plural.moments
            if each.series == series and (number := each.others if without else each.number) is not None
        ]
        if series == "climate" or not rows:
            continue
        first = min(rows, key=lambda row: abs(row[0] - since))
        if first[0] != rows[-1][0]:
            found[series] = (first[1], rows[-1][1])
    return found


def _turned(ends: Mapping[str, tuple[float, float]]) -> dict[str, list[Text]]:
    """The series by whether the number rose or fell by more than a twentieth, each with both ends."""
    found: dict[str, list[Text]] = {"more": [], "fewer": [], "same": []}
    for series, (before, after) in ends.items():
        ratio = after / before - 1
        title, span = lower(titles()[series]), f"{count(before)} → {count(after)}"
        key = "same" if abs(ratio) < SLIGHT else "more" if ratio > 0 else "fewer"
        found[key].append(Text(f"{title.en} ({span})", f"{title.of('zh')}（{span}）"))
    return found


def _move(plural: Plural, part: Part) -> Text:
    """What one power's changed share did."""
    who, size = name_of(plural.inputs, part.who), count(abs(part.part))
    verb, chinese = ("took", "减少") if part.part < 0 else ("added", "增加")
    return Text(f"the changed share of {who.en} {verb} {size}", f"{who.of('zh')}份额的变化使之{chinese}{size}")


def _peak(ends: Mapping[int, float | None], since: int, until: int) -> tuple[int, float] | None:
    """The highest number between two years, where it is well above both ends."""
    between = [(number, year) for year, number in ends.items() if number is not None and since < year < until]
    if not between:
        return None
    number, year = max(between)
    return (year, number) if number > (1 + SLIGHT) * max(ends[since] or 0.0, ends[until] or 0.0) else None


TURNS = {
    "fewer": Text("more concentrated by {}", "按{}更集中"),
    "more": Text("more plural by {}", "按{}更多元"),
    "same": Text("hardly changed by {}", "按{}几乎未变"),
}
"""Which way a series went."""


def _said_of(turned: Mapping[str, list[Text]]) -> Text:
    told = [(word, listed(turned[key])) for key, word in TURNS.items() if turned[key]]
    english = "; ".join(word.en.format(each.en) for word, each in told)
    return Text(english, "；".join(word.of("zh").format(each.of("zh")) for word, each in told))


def verdict(plural: Plural, since: int) -> Finding | None:
    """More plural or more concentrated: every series of the world since one year."""
    ends = _ends(plural, since, without=False)
    if not ends:
        return None
    told = _said_of(_turned(ends))
    text = said(f"Since {since} the world is {told.en}", f"自{since}年以来，世界{told.of('zh')}")
    return Finding(text, _both(ends, ""))


def rest(plural: Plural, since: int) -> Finding | None:
    """Whether the world without the members asked about has become more plural."""
    ends = _ends(plural, since, without=True)
    if not ends:
        return None
    who, told = gone_names(plural.inputs, plural.gone), _said_of(_turned(ends))
    text = said(
        f"The rest of the world, without {who.en}, is since {since} {told.en}",
        f"除{who.of('zh')}之外的世界，自{since}年以来{told.of('zh')}",
    )
    return Finding(text, _both(ends, "_without"))


def _both(ends: Mapping[str, tuple[float, float]], suffix: str) -> dict[str, Figure]:
    pairs = ((f"{series}{suffix}_{when}", number) for series, span in ends.items()
             for when, number in zip(("then", "now"), span, strict=True))  # fmt: skip
    return {name: Figure(number, UNIT) for name, number in pairs}


def grew(plural: Plural, measure: str, title: Text) -> list[Finding]:
    """What the growth of each body did, at one measure."""
    found: list[Finding] = []
    for body in dict.fromkeys(each.body for each in plural.stages):
        rows = [each for each in plural.stages if each.body == body and each.measure == measure]
        if len(rows) < 2:
            continue
        first, last = rows[0], rows[-1]
        if abs(last.number - first.number) < NEAR:
            continue
        name = names_of(plural.inputs)[body]
        verb, verb_zh = ("grew", "增至") if last.members > first.members else ("shrank", "减至")
        change = Text(
            f"{name.en} {verb} from {first.members} members ({first.on.year}) to {last.members} ({last.on.year})",
            f"{name.of('zh')}从{first.members}个成员（{first.on.year}年）{verb_zh}{last.members}个（{last.on.year}年）",
        )
        if last.members == first.members:
            change = Text(
                f"{name.en} has {last.members} members in {last.on.year} as in {first.on.year}, but not the same ones",
                f"{name.of('zh')}在{first.on.year}年与{last.on.year}年均为{last.members}个成员，但成员有变",
            )
        text = said(
            f"{change.en}: at today's figures that makes {count(last.number)} powers by {lower(title).en} instead of "
            f"{count(first.number)}",
            f"{change.of('zh')}：以当前数据计，按{title.of('zh')}的有效大国数由{count(first.number)}变为{count(last.number)}",
        )
        figures = {f"{body}_{measure}_{each.on}": Figure(each.number, UNIT) for each in (first, last)}
        found.append(Finding(text, figures))
    return found
