"""What is said of displacement: values, findings, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.displacement.displacing import Displaced
from comity.analysis.parts.displacement.shopping import MOVED, RIVALRIES, SUCCESS
from comity.analysis.parts.displacement.tables import VARIANTS
from comity.analysis.parts.landing import Measured, middle
from comity.analysis.parts.matters import ASSUMED
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import THIN, listed, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short


def values(found: Displaced) -> dict[str, Any]:
    """Shares by forum before and after, the chosen forum of each issue, the phase diagram."""
    names = found.names

    def chosen(issue: int) -> dict[str, str | None]:
        places = (found.leads(found.before, issue), found.leads(found.after, issue))
        was, is_ = (None if place is None else names[place] for place in places)
        return {"before": was, "after": is_}

    each = list(enumerate(names))
    return {
        "before": {name: found.share(found.before, place).value for place, name in each},
        "after": {name: found.share(found.after, place).value for place, name in each},
        "value_before": {name: found.valued(found.before, place).value for place, name in each},
        "value_after": {name: found.valued(found.after, place).value for place, name in each},
        "empties": {name: found.emptied(place).value for place, name in each},
        "issues": {name: chosen(issue) for issue, name in enumerate(found.given.issues)},
        "migrate": [found.given.issues[issue] for issue in found.migrating()],
        "delivery_needed": _needed(found),
        "variants": {name: each.value for name, each in found.variants.items()},
        "phase": [
            {"rivalry": one.shift.rivalry, "common": one.shift.common, "share": one.share.value} for one in found.phases
        ],
    }


def _needed(found: Displaced) -> float | None:
    """The least share delivered with which the body is first on half of the issues."""
    return next((kept for kept, each in found.needed if (each.value or 0.0) >= SUCCESS), None)


def _title(inputs: Inputs, found: Displaced, issue: int) -> Text:
    title = inputs.wanted().stakes.issue(found.given.issues[issue]).title
    return Text(f"“{title.en}”", f"“{title.of('zh')}”")


def findings(inputs: Inputs, found: Displaced) -> list[Finding]:
    """How many issues it draws, what empties, what migrates, who goes there, what it hangs on, the phases."""
    return [
        _answer(inputs, found),
        _emptied(inputs, found),
        _migrating(inputs, found),
        _members(inputs, found),
        _delivery(inputs, found),
        variants_finding(inputs, found),
        phase_finding(inputs, found),
    ]


def _answer(inputs: Inputs, found: Displaced) -> Finding:
    body, own, count = short(inputs.institution), found.share(found.after, 0), len(found.given.issues)
    rest = range(1, len(found.names))

    def change(place: int) -> float:
        was, is_ = (found.share(moves, place).value or 0.0 for moves in (found.before, found.after))
        return abs(is_ - was)

    ranked = sorted(rest, key=lambda place: -change(place))[:2]

    def issues(share: float | None) -> str:
        return f"{(share or 0.0) * count:.1f}".removesuffix(".0")

    held = [
        (
            short(found.given.forums[place].body),
            *(issues(found.share(moves, place).value) for moves in (found.before, found.after)),
        )
        for place in ranked
    ]
    held = [(name, was, is_) for name, was, is_ in held if was != is_]
    english = ", ".join(f"{name.en} from {was} to {is_}" for name, was, is_ in held)
    chinese = "，".join(f"{name.of('zh')}由{was}个变为{is_}个" for name, was, is_ in held)
    english, chinese = f"of the others {english}", f"其他论坛：{chinese}"
    if not held:
        english, chinese = "of the others none changes by a tenth of an issue", "其他论坛均变化不足0.1个"
    mean, low, high = (issues(each) for each in (own.value, own.low, own.high))
    would = "would be" if found.given.forums[0].fresh else "is"
    text = said(
        f"{body.en} {would} the first forum on {mean} of {count} issues (90{THIN}% of draws: {low} to {high}); "
        f"{english}",
        f"{body.of('zh')}将在{count}个议题中的{mean}个上成为首选论坛（90{THIN}%的抽样：{low}至{high}个）；{chinese}",
    )
    figures = {
        f"{stage}_{name}": found.share(moves, place).figure("share of issues", inputs.seed)
        for stage, moves in (("before", found.before), ("after", found.after))
        for place, name in enumerate(found.names)
        if (stage, place) != ("before", 0)
    }
    return Finding(text, figures)


def _emptied(inputs: Inputs, found: Displaced) -> Finding:
    """Which forums empty because it opens, which were empty before."""
    rest = range(1, len(found.names))
    gone = [place for place in rest if found.empty(found.after, place) and not found.empty(found.before, place)]
    able = {place for _, place in found.given.cells}
    bare = [place for place in rest if place in able and found.empty(found.before, place)]
    limit = per_cent(found.empties, 0)

    def names(places: Sequence[int]) -> Text:
        return listed([short(found.given.forums[place].body) for place in places])

    who = names(gone)
    english = f"{who.en} {'empties' if len(gone) == 1 else 'empty'}" if gone else "no forum empties"
    chinese = f"{who.of('zh')}被架空" if gone else "没有论坛因此被架空"
    opens = "because it opens" if found.given.forums[0].fresh else "because it is there"
    english += f" {opens} (first on less than {limit} of the issues that it can take up)"
    chinese += f"（在其可受理的议题中居首不足{limit}）"
    if bare:
        english += f"; {names(bare).en} {'is' if len(bare) == 1 else 'are'} first on so few without it"
        chinese += f"；{names(bare).of('zh')}在其开设之前已是如此"
    figures = {
        f"empties_{found.names[place]}": found.emptied(place).figure("share of draws", inputs.seed) for place in rest
    }
    return Finding(said(english, chinese), figures)


def _migrating(inputs: Inputs, found: Displaced) -> Finding:
    """Which issues change their first forum, and which one the body draws most often."""
    issues, count = found.migrating(), len(found.given.issues)
    body, places = short(inputs.institution), range(count)
    pulled = max(places, key=lambda issue: float(found.after.first[:, issue, 0].mean()))
    often = middle(found.after.first[:, pulled, 0])
    title = _title(inputs, found, pulled)
    rest = len(issues) - 4
    more = [Text(f"{rest} more", f"另{rest}个")] if rest > 0 else []
    told = listed([*(_title(inputs, found, issue) for issue in issues[:4]), *more])
    none = Text(f"None of {count} issues changes its first forum", f"{count}个议题均未更换首选论坛")
    some = Text(
        f"{len(issues)} of {count} issues {'changes its' if len(issues) == 1 else 'change their'} first forum: "
        f"{told.en}",
        f"{count}个议题中有{len(issues)}个更换首选论坛：{told.of('zh')}",
    )
    head = some if issues else none
    what = Text("it", "该议题") if issues == [pulled] else title
    share = per_cent(often.value or 0.0, 0)
    draws = Text(f"{body.en} draws none in any draw", f"{body.of('zh')}在任何抽样中均未吸引议题")
    if often.value:
        draws = Text(
            f"{body.en} draws {what.en} most often, in {share} of draws",
            f"{body.of('zh')}最常吸引{what.of('zh')}，占抽样的{share}",
        )
    text = said(f"{head.en}; {draws.en}", f"{head.of('zh')}；{draws.of('zh')}")
    figures = {"pulled": _wilson(found, often.value or 0.0).figure("share of draws", inputs.seed)}
    return Finding(text, {**figures, "migrating": Figure(len(issues), "issues")})


def _members(inputs: Inputs, found: Displaced) -> Finding:
    """What its own members take there."""
    held = found.given
    own = [member for member in held.forums[0].members if member in held.movers]
    goes = {member: float(found.after.own[:, held.movers.index(member), 0].mean()) for member in own}
    ranked = sorted(goes, key=lambda member: -goes[member])
    body = short(inputs.institution)
    if not ranked:
        return Finding(Text(f"No member of {body.en} can move an issue", f"{body.of('zh')}没有成员能够推动议题"), {})
    first, last = ranked[0], ranked[-1]
    shares = [per_cent(goes[member], 0) for member in (first, last)]
    who = [name_of(inputs, member) for member in (first, last)]
    text = said(
        f"Its own members would take few issues there: {who[0].en} most ({shares[0]}), {who[1].en} least ({shares[1]})"
        if goes[first] < SUCCESS
        else f"Of its own members {who[0].en} takes most issues there ({shares[0]}), {who[1].en} least ({shares[1]})",
        f"其成员将议题携往{body.of('zh')}的比例：{who[0].of('zh')}最高（{shares[0]}），{who[1].of('zh')}最低（{shares[1]}）",
    )
    figures = {
        f"goes_{member}": _wilson(found, value).figure("share of issues and draws", inputs.seed)
        for member, value in goes.items()
    }
    return Finding(text, figures)


def _wilson(found: Displaced, value: float) -> Measured:
    from comity.analysis.parts.zone import chance

    held = chance(round(value * found.draws), found.draws)
    return Measured(value, held.low, held.high, found.draws)


def _delivery(inputs: Inputs, found: Displaced) -> Finding:
    kept, body = _needed(found), short(inputs.institution)
    whole = found.needed[-1][1]
    forum = found.given.forums[0]
    mode = per_cent(forum.delivery[1], 0)
    best = per_cent(whole.value or 0.0, 0)
    english, chinese = (
        (
            f"it would be first on half of the issues from {per_cent(kept, 0)}",
            f"达到{per_cent(kept, 0)}时将在半数议题上居首",
        )
        if kept is not None
        else (
            f"even if it kept all it would be first on only {best} of the issues",
            f"即使全部履行，也仅在{best}的议题上居首",
        )
    )
    text = said(
        f"What {body.en} delivers is unknown, and taken to be {mode} at the mode: {english}"
        if not forum.known
        else f"{body.en} is found to keep {mode} of its promises: {english}",
        f"{body.of('zh')}的履行率{'未知，众值假设为' if not forum.known else '实测为'}{mode}：{chinese}",
    )
    return Finding(text, {"if_it_kept_all": whole.figure("share of issues", inputs.seed)})


def variants_finding(inputs: Inputs, found: Displaced) -> Finding:
    """Between what the share lies where one assumption at a time is another, and which one matters most."""
    shares = {name: each.value or 0.0 for name, each in found.variants.items()}
    least, most = min(shares, key=lambda name: shares[name]), max(shares, key=lambda name: shares[name])
    body = short(inputs.institution)
    ends = [per_cent(shares[name], 0) for name in (least, most)]
    words = [VARIANTS[name] for name in (least, most)]
    same = Text(
        f"Whichever single assumption is changed, {body.en} is first on {ends[0]} of the issues",
        f"无论改变哪一项假设，{body.of('zh')}居首的议题份额均为{ends[0]}",
    )
    text = (
        said(same.en, same.of("zh"))
        if ends[0] == ends[1]
        else said(
            f"With one assumption at a time changed, {body.en} is first on {ends[0]} ({words[0].en}) to {ends[1]} "
            f"({words[1].en}) of the issues",
            f"每次只改变一项假设时，{body.of('zh')}居首的议题份额为{ends[0]}（{words[0].of('zh')}）至{ends[1]}（{words[1].of('zh')}）",
        )
    )
    return Finding(text, {name: each.figure("share of issues", inputs.seed) for name, each in found.variants.items()})


def _standing(found: Displaced) -> Measured:
    """The share as the stakes stand, by the draws of the diagram where it holds that point."""
    here = (each.share for each in found.phases if each.shift.rivalry == 1 and each.shift.common == 0)
    return next(here, found.present())


def phase_title(inputs: Inputs, found: Displaced) -> Text:
    """Whether the transition succeeds, in a line."""
    body, here = short(inputs.institution), _standing(found).value or 0.0
    best = max(each.share.value or 0.0 for each in found.phases)
    won, now, most = here >= SUCCESS, per_cent(here, 0), per_cent(best, 0)
    if not found.given.forums[0].fresh:
        return said(
            f"{body.en} is first on {now} of the issues as the stakes stand, on {most} at best",
            f"按现有诉求{body.of('zh')}在{now}的议题上居首，最佳情形为{most}",
        )
    return said(
        f"On these assumptions the transition {'succeeds' if won else 'does not succeed'}: {body.en} is first on {now} "
        f"of the issues as the stakes stand, on {most} at best",
        f"在这些假设下，转型{'成功' if won else '不成功'}：按现有诉求{body.of('zh')}在{now}的议题上居首，"
        f"最佳情形为{most}",
    )


def phase_finding(inputs: Inputs, found: Displaced) -> Finding:
    """Whether the transition succeeds, as things stand, at its best, and where rivalry doubles."""
    title, here = phase_title(inputs, found), _standing(found)
    best = max(found.phases, key=lambda each: each.share.value or 0.0)
    worst = next(each for each in found.phases if each.shift.rivalry == RIVALRIES[1] and each.shift.common == 0)
    low, reached = per_cent(worst.share.value or 0.0, 0), (best.share.value or 0.0) >= SUCCESS
    rivalry, common = f"{best.shift.rivalry:.1f}".removesuffix(".0"), f"{best.shift.common:.0f}"
    apart = Text(f"positions {rivalry} times as far apart", f"立场差距为{rivalry}倍")
    if rivalry == "1":
        apart = Text("positions as far apart as they are", "立场差距不变")
    if best.shift.rivalry == 0:
        apart = Text("its members at one position", "成员立场相同")
    text = Text(
        f"{title.en} ({apart.en}, agreement with all worth {common} points by itself), and on "
        f"{low} if rivalry among its members doubles"
        + ("" if reached else ". No alignment of interests shown here carries it to half"),
        f"{title.of('zh')}（{apart.of('zh')}，与全体达成一致本身值{common}点），成员间竞争加倍则为{low}".replace(
            THIN, ""
        )
        + ("" if reached else "。所示任何利益一致程度均未使其达到半数"),
    )
    figures = {
        "present": here.figure("share of issues", inputs.seed),
        "best": best.share.figure("share of issues", inputs.seed),
        "rivalry_doubled": worst.share.figure("share of issues", inputs.seed),
    }
    return Finding(text, figures)


def caveats(inputs: Inputs, found: Displaced) -> list[Text]:
    """What must be known before any of it is believed."""
    held = found.given
    unknown = [short(each.body) for each in held.forums if not each.known]
    note = inputs.wanted().stakes.note
    told = [ASSUMED, *([note] if note is not None else [])]
    if unknown:
        told.append(
            Text(
                f"No record of delivery: {listed(unknown).en}; a wide range is assumed, the same for all. What they "
                "keep decides much of the answer: try --delivery.",
                f"无履约记录：{listed(unknown).of('zh')}；一律采用很宽的假设区间。结果在很大程度上取决于此：可用--delivery更改。",
            )
        )
    told += [
        Text(
            "Records of the G7 and the G20 are means of scorecards of chosen commitments, as a share of full "
            "compliance; high scores may mean that little was promised (Downs, Rocke and Barsoom 1996).",
            "七国集团与二十国集团的记录是所选承诺评分的均值（占完全履行的份额）；高分可能意味着承诺不多（Downs、Rocke与Barsoom，1996年）。",
        ),
        Text(
            "The costs of members, of waiting and of opening a body, how much a text's worth hangs on whom it covers, "
            "and the mandates of special bodies are assumptions of this program.",
            "成员数量、等待与新设机构的成本、文本价值对覆盖范围的依赖程度以及专门机构的职权，均为本程序的假设。",
        ),
        Text(
            "Movers know what the stakes say, no more, and each chooses for itself: threats to leave, side payments, "
            "habit and the wish for a precedent are left out. Rivalry and common benefit change its members alone, "
            "wherever they sit.",
            "推动者所知不超过诉求文件所载，且各自选择：未计退出威胁、补偿、惯性与先例考虑。竞争强度与共同利益只改变该机构成员的立场，在其所在的各论坛均生效。",
        ),
        said(
            f"An issue that movers of less than {per_cent(MOVED, 0)} of the weight take anywhere goes nowhere.",
            f"推动者权重不足{per_cent(MOVED, 0)}的议题视为不提交任何论坛。",
        ),
    ]
    if held.unmeasured:
        who = named(inputs, held.unmeasured, most=12)
        told.append(
            Text(f"Not counted as movers, for want of a figure: {who.en}.", f"因缺数据未计为推动者：{who.of('zh')}。")
        )
    mandate = [gap for gap in held.gaps if "outside the mandate" in gap.reason.en]
    reasons = dict.fromkeys(gap.reason for gap in held.gaps if gap not in mandate)
    told += [Text(f"Not judged: {reason.en}.", f"未作判断：{reason.of('zh')}。") for reason in reasons]
    if mandate:
        bodies = listed(list(dict.fromkeys(short(gap.institution) for gap in mandate)))
        told.append(
            Text(
                f"Held to their mandates, which leave most issues to others: {bodies.en}.",
                f"以职权为限、多数议题不在其内的机构：{bodies.of('zh')}。",
            )
        )
    return told
