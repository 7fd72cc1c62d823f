"""What a campaign shows, in sentences with their figures, and what a reader must know before believing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import money, opening
from comity.rehearsal.parts.campaign.figures import Estimate, Found
from comity.rehearsal.parts.game.words import Names

FEW = 4
"""So many issues are named in one sentence."""
ASSUMED = Text(
    "An interval of 95 per cent says how far chance inside the model may move a figure, not how far the model is from "
    "the world: what members want are the likeliest values of the file of stakes, and how they play is assumed by "
    "whoever named the players.",
    "95%区间只反映模型内部偶然性对数值的影响，不代表模型与现实的差距：成员诉求取自诉求文件的最可能值，行为方式由指定参与者的人假定。",
)
OBLIGES = Text(
    "An adopted text obliges all members of the day to deliver, those that voted against it too; no source says so of "
    "this body.",
    "案文一经通过，当日全体成员（包括投反对票者）均须履行；这是假设，并无来源说明该机构如此规定。",
)
ARREARS = Text(
    "Members in arrears keep their votes here, though the charter takes them away.",
    "本推演中拖欠会费的成员仍可投票，而章程规定其丧失表决权。",
)


def _figure(found: Found, estimate: Estimate, unit: str = "") -> Figure:
    return Figure(estimate.value, unit, estimate.low, estimate.high, found.runs, found.game.problem.seed)


def findings(found: Found, issues: Mapping[str, Text], names: Names) -> Iterator[Finding]:
    """The sentences."""
    yield _adopted(found, issues)
    if (kept := found.kept(-1)) is not None:
        yield _kept(found, kept)
        yield _breach(found)
    if found.valued:
        yield _gains(found, names)
    if (left := _left(found, names)) is not None:
        yield left
    yield _enough(found)


def _adopted(found: Found, issues: Mapping[str, Text]) -> Finding:
    shares = {issue: found.share(int(found.sums.of["adopted"][place])) for place, issue in enumerate(found.issues)}
    order = sorted(shares, key=lambda each: -shares[each].value)
    often = [each for each in order if shares[each].value >= 0.5]
    named = [issues[each] for each in often[:FEW]]
    en = ", ".join(f"{title.en} ({100 * shares[each].value:.0f} %)" for title, each in zip(named, often, strict=False))
    zh = "、".join(
        f"{title.of('zh')}（{100 * shares[each].value:.0f}%）" for title, each in zip(named, often, strict=False)
    )
    more = Text(f" and {len(often) - FEW} more", f"等{len(often)}个") if len(often) > FEW else Text("")
    text = Text(
        f"In at least half of {found.runs:,} runs a text is adopted on {len(often)} of {len(order)} issues"
        + (f": {en}{more.en}." if often else "."),
        f"在{found.runs:,}次推演中，{len(order)}个议题里有{len(often)}个在至少半数推演中通过案文"
        + (f"：{zh}{more.of('zh')}。" if often else "。"),
    )
    return Finding(text, {each: _figure(found, shares[each]) for each in order})


def _kept(found: Found, kept: Estimate) -> Finding:
    notices, false = found.told("notices"), found.told("false_notices")
    anew, cured = found.told("renegotiated"), found.told("cured")
    wrong = 100 * false.value / notices.value if notices.value else 0.0
    text = Text(
        f"{100 * kept.value:.1f} per cent of the promises that fall due are kept. A run sees {notices.value:.1f} "
        f"notices of failure, {wrong:.0f} per cent of them on a false alarm; {cured.value:.1f} promises are made good "
        f"and {anew.value:.1f} agreed anew.",
        f"到期承诺中有{100 * kept.value:.1f}%得到履行。每次推演平均发出{notices.value:.1f}份"
        f"未履行通知，其中{wrong:.0f}%基于误报；"
        f"{cured.value:.1f}项承诺获补救，{anew.value:.1f}项重新议定。",
    )
    figures = {
        "kept": _figure(found, kept), "notices": _figure(found, notices), "false_notices": _figure(found, false),
        "cured": _figure(found, cured), "renegotiated": _figure(found, anew),
    }  # fmt: skip
    return Finding(text, figures)


def _breach(found: Found) -> Finding:
    first = found.first_breach()
    never = first["never"] or 0.0
    share = found.share(round(never * found.runs))
    if first["median"] is None:
        text = Text("No promise is broken in any run.", "所有推演中均无承诺被违背。")
    else:
        text = Text(
            f"In {100 * never:.0f} per cent of runs no promise is broken by choice; elsewhere the first is broken in "
            f"round {first['median']} in the middle case (half of the cases: rounds {first['quarter']} to "
            f"{first['three_quarters']}).",
            f"{100 * never:.0f}%的推演中无人主动违背承诺；其余推演中首次违背的中位数为第{first['median']}轮"
            f"（半数情形在第{first['quarter']}至{first['three_quarters']}轮）。",
        )
    return Finding(text, {"never": _figure(found, share)})


def _gains(found: Found, names: Names) -> Finding:
    present = {member: found.per_run("present", place) for place, member in enumerate(found.members)}
    most = max(present, key=lambda each: present[each].value)
    losers = [each for each in present if present[each].high < 0]
    one, lost = names(most), names.few(losers)
    tail = Text(
        f"; {lost.en} would do better without." if losers else "; nobody loses on average.",
        f"；{lost.of('zh')}得不偿失。" if losers else "；平均而言无人受损。",
    )
    value = present[most]
    mean, low, high = (money(each, figures=4) for each in (value.value, value.low, value.high))
    text = Text(
        f"{opening(one.en)} gains most: {mean.en} at present value on average ({low.en} to {high.en}){tail.en}",
        f"{one.of('zh')}获益最大：现值平均{mean.of('zh')}（{low.of('zh')}至{high.of('zh')}）{tail.of('zh')}",
    )
    return Finding(text, {member: _figure(found, each, "million USD") for member, each in present.items()})


def _left(found: Found, names: Names) -> Finding | None:
    left = found.sums.of["left"][:, 1:].sum(axis=1)
    if not left.any():
        return None
    place = int(left.argmax())
    share, name = found.share(int(left[place])), names(found.members[place])
    gone = found.share(int(found.sums.of["over"][: found.rounds].sum()))
    text = Text(
        f"{opening(name.en)} leaves most often, in {100 * share.value:.0f} per cent of runs; fewer than two "
        f"members are left in {100 * gone.value:.0f} per cent.",
        f"{name.of('zh')}退出最频繁，占推演的{100 * share.value:.0f}%；剩余成员不足两个的占{100 * gone.value:.0f}%。",
    )
    return Finding(text, {"left": _figure(found, share), "dissolved": _figure(found, gone)})


def _enough(found: Found) -> Finding:
    enough = found.enough()
    needed = enough["runs"]
    text = Text(
        f"{found.runs:,} runs are {'enough' if enough['reached'] else 'not enough'}: about {needed:,} are needed "
        "before every share is known to one percentage point either way and every present value to a hundredth.",
        f"{found.runs:,}次推演{'已足够' if enough['reached'] else '尚不足够'}：约需{needed:,}次，"
        "方能使各比例误差不超过一个百分点、"
        "各现值误差不超过百分之一。",
    )
    return Finding(text, {"needed": Figure(needed, n=found.runs, seed=found.game.problem.seed)})


def caveats(found: Found, issues: Mapping[str, Text]) -> tuple[Text, ...]:
    """What a reader must know."""
    made = [ASSUMED, OBLIGES]
    bare = [issues[topic.issue] for topic in found.game.topics.values() if topic.good is None]
    if bare:
        en, zh = ", ".join(each.en for each in bare), "、".join(each.of("zh") for each in bare)
        made.append(
            Text(
                f"Not valued in money, and so no part of any present value: {en}.",
                f"未以货币估值、故不计入现值的议题：{zh}。",
            )
        )
    left = [issues[each] for each in found.game.left]
    if left:
        en, zh = ", ".join(each.en for each in left), "、".join(each.of("zh") for each in left)
        made.append(
            Text(
                f"Not played, since the charter has no rule for them or too few members have stakes: {en}.",
                f"因章程无相应规则或过多成员缺少诉求数据而未推演：{zh}。",
            )
        )
    if found.game.equally and len(found.law.budget):
        made.append(
            Text(
                "Contributions are shared equally, since the burden rule cannot be read for want of figures.",
                "因缺少数据无法适用分摊规则，会费按均等分摊。",
            )
        )
    if found.game.driver.state.law.arrears is not None:
        made.append(ARREARS)
    return tuple(made)
