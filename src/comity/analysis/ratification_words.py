"""What ratification shows: sentences computed from the zones, and the figure of zones before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.analysis.decisions import BLUE, ORANGE, name_of, parts, per_cent, said, short
from comity.analysis.landing import POINTS, SHARE
from comity.analysis.matters import Docket
from comity.analysis.ratifying import AtHome, Ratified, pinching
from comity.kernel.result import Chart, Figure, Finding, Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution

if TYPE_CHECKING:
    from comity.analysis.ratification import Ratification

STAGES = {
    "governments": Text("governments alone", "仅各国政府"),
    "ratified": Text("governments and ratifiers", "政府与批准者"),
}
WHY = {
    "closes": Text("the zone closes", "协议区关闭"),
    "not_needed": Text("carries without this member", "无须该成员同意"),
    "shut": Text("shut already", "原已关闭"),
    "never": Text("not even the whole way closes it", "完全回退也不致关闭"),
}
NEGLIGIBLE = 0.05
"""Fewer points than this are not worth a sentence."""


def findings_of(
    inputs: Inputs, asked: Docket, found: Sequence[Ratified], question: Ratification
) -> tuple[Finding, ...]:
    """What ratification costs each body, who pinches, what fails at home, who gains by it, and where the zone closes."""
    told: list[Finding] = []
    for body in asked.bodies:
        own = [each for each in found if each.matter.institution is body]
        if own:
            told.append(_narrowing(inputs, body, own, question))
            told += _failing(inputs, body, own, question)
    own = [each for each in found if each.matter.institution is inputs.institution] or list(found)
    told += _gaining(inputs, own, question)
    told += _closing(inputs, own)
    return tuple(told)


def _narrowing(inputs: Inputs, body: Institution, own: Sequence[Ratified], question: Ratification) -> Finding:
    """How much of the zone ratifiers take away where they take most, and who pinches."""
    who = short(body)

    def lost(each: Ratified) -> float:
        return (each.width["governments"].value or 0.0) - (each.width["ratified"].value or 0.0)

    worst = max(own, key=lost)
    title, pinch = worst.matter.written.title, pinching(worst)
    if lost(worst) < NEGLIGIBLE or pinch is None:
        text = said(
            f"{who.en}: ratifiers at home take nothing from any of {len(own)} agreement zones",
            f"{who.of('zh')}：国内批准者未使{len(own)}个协议区中的任何一个收窄",
        )
        return Finding(text, {"issues": Figure(len(own), "issues")})
    before, after = worst.width["governments"], worst.width["ratified"]
    count = sum(lost(each) >= NEGLIGIBLE for each in own)
    ratifier = _ratifier(inputs, worst, pinch)
    text = said(
        f"{who.en}: ratifiers narrow the agreement zone on {count} of {len(own)} issues, most on {title.en}: from "
        f"{before.value:.0f} to {after.value:.0f} points on average, {ratifier.en} pinching most",
        f"{who.of('zh')}：国内批准者使{len(own)}个议题中的{count}个协议区收窄，以“{title.of('zh')}”为最：平均宽度从"
        f"{before.value:.0f}分降至{after.value:.0f}分，收窄最多的是{ratifier.of('zh')}",
    )
    n, seed = question.draws, inputs.seed
    figures = {
        "before": before.figure(POINTS, n, seed),
        "after": after.figure(POINTS, n, seed),
        "pinch": pinch.pinch.figure(POINTS, n, seed),
        "open_before": worst.open["governments"].figure(SHARE, n, seed),
        "open_after": worst.open["ratified"].figure(SHARE, n, seed),
    }
    return Finding(text, figures)


def _failing(inputs: Inputs, body: Institution, own: Sequence[Ratified], question: Ratification) -> list[Finding]:
    """The issue on which what governments would sign most often fails at home."""
    signed = [each for each in own if each.survives.value is not None]
    if not signed:
        return []
    worst = min(signed, key=lambda each: each.survives.value or 0.0)
    title, who = worst.matter.written.title, short(body)
    n, seed = question.draws, inputs.seed
    figures = {"survives": worst.survives.figure("share of draws with agreement", n, seed)}
    share = per_cent(worst.survives.value or 0.0)
    if worst.survives.value == 1:
        text = said(
            f"{who.en}: what the governments would sign carries at home in every draw, on every issue",
            f"{who.of('zh')}：各国政府愿意签署的文本在全部抽样中、所有议题上均获国内批准",
        )
        return [Finding(text, figures)]
    least = min(worst.homes, key=lambda home: 1.0 if home.survives.value is None else home.survives.value)
    ratifier = _ratifier(inputs, worst, least)
    figures["least"] = least.survives.figure("share of draws with agreement", n, seed)
    consents = per_cent(least.survives.value or 0.0)
    text = said(
        f"{who.en}: the text that governments would sign on {title.en} carries at home in {share} of the draws in which "
        f"they agree; {ratifier.en} consents in {consents}",
        f"{who.of('zh')}：在各国政府达成一致的抽样中，“{title.of('zh')}”的文本有{share}获国内批准；"
        f"{ratifier.of('zh')}同意的占{consents}",
    )
    return [Finding(text, figures)]


def _gaining(inputs: Inputs, own: Sequence[Ratified], question: Ratification) -> list[Finding]:
    """Whom its own ratifier helps most, and whom it costs most."""
    homes = [(home.gain.value, each, home) for each in own for home in each.homes if home.gain.value is not None]
    if not homes:
        return []
    best = max(homes, key=lambda row: row[0])
    worst = min(homes, key=lambda row: row[0])
    rows = [row for row, sign in ((best, 1), (worst, -1)) if sign * row[0] > NEGLIGIBLE]
    if not rows:
        text = said(
            "No government's text comes nearer to what it wants because its ratifier binds it, nor moves away",
            "没有哪个政府因受国内批准者约束而使文本更接近或更远离其立场",
        )
        figures = {"gain": best[2].gain.figure(POINTS, question.draws, inputs.seed)}
        return [Finding(text, figures)]
    told: list[Finding] = []
    for gain, each, home in rows:
        who, title, points = name_of(inputs, home.member), each.matter.written.title, f"{abs(gain):.1f}"
        if gain > 0:
            text = said(
                f"A bound hand helps {who.en} most on {title.en}: its ratifier alone draws the text {points} points "
                "nearer to its government on average (Schelling's conjecture)",
                f"“受缚之手”在“{title.of('zh')}”上最有利于{who.of('zh')}：仅其批准者约束时，文本平均向其政府靠近{points}分（谢林猜想）",
            )
        else:
            text = said(
                f"A bound hand costs {who.en} most on {title.en}: its ratifier alone draws the text {points} points away "
                "from its government on average, against Schelling's conjecture",
                f"“受缚之手”在“{title.of('zh')}”上对{who.of('zh')}最为不利：仅其批准者约束时，文本平均偏离其政府{points}分，与谢林猜想相反",
            )
        figures = {
            "gain": home.gain.figure(POINTS, question.draws, inputs.seed),
            "gains": home.gains.figure(SHARE, question.draws, inputs.seed),
        }
        told.append(Finding(text, figures))
    return told


def _closing(inputs: Inputs, own: Sequence[Ratified]) -> list[Finding]:
    """Which ratifier would have to move least to close a zone."""
    rows = [(home.break_even - home.resists, each, home) for each in own for home in each.homes if home.why == "closes"
            and home.break_even is not None]  # fmt: skip
    if not rows:
        text = said(
            "No single ratifier can close an open zone at the modes, however far it resists",
            "按众数计，任何单个批准者无论如何抵制都不能关闭已有的协议区",
        )
        return [Finding(text)]
    spare, each, home = min(rows, key=lambda row: row[0])
    ratifier, title = _ratifier(inputs, each, home), each.matter.written.title
    at, now = per_cent(home.break_even or 0.0), per_cent(home.resists)
    if spare <= 0:
        english, chinese = "it stands beyond that already", "目前已超过该点"
    else:
        english, chinese = f"it is taken to stand at {now}", f"目前假定为{now}"
    text = said(
        f"At the modes the zone on {title.en} closes where {ratifier.en} stands {at} of the way back to the status quo; "
        f"{english}",
        f"按众数计，{ratifier.of('zh')}从政府立场向现状回退{at}时，“{title.of('zh')}”的协议区关闭；{chinese}",
    )
    return [Finding(text, {"break_even": Figure(home.break_even, "share"), "resists": Figure(home.resists, "share")})]


def _ratifier(inputs: Inputs, each: Ratified, home: AtHome) -> Text:
    """The ratifier by its title and its member: "the Senate (the United States)"."""
    title, who = each.matter.grounds.stakes.ratifiers[home.member].title, name_of(inputs, home.member)
    return Text(f"{title.en} ({who.en})", f"{title.of('zh')}（{who.of('zh')}）")


def zone_chart(
    inputs: Inputs, asked: Docket, found: Sequence[Ratified], title: Text, question: Ratification
) -> Chart:
    """Issues as rows, two bars each: the zone of the governments, and what their ratifiers leave of it."""
    bodies = [body.title for body in asked.bodies if any(each.matter.institution is body for each in found)]
    order = [each.grounds.stakes.issues[issue].title for issue in asked.issues for each in asked.matters[:1]]
    words = list(STAGES.values())
    colour = {
        "field": "stage_label",
        "type": "nominal",
        "scale": {"domain": words, "range": [BLUE, ORANGE]},
        "legend": {"title": None, "orient": "top"},
    }
    place = {
        "y": {
            "field": "issue_label",
            "type": "nominal",
            "sort": order,
            "axis": {"title": None, "labelLimit": 260, "labelOverlap": False},
        },
        "yOffset": {"field": "stage_label", "type": "nominal", "sort": words},
    }
    axis = {"title": Text("Texts, from 0 to 100: mean ends of the zone where it is open", "文本（0至100）：协议区开放时的平均端点")}
    x: dict[str, Any] = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    bars = {
        "transform": [{"filter": "isValid(datum.from)"}],
        "mark": {"type": "bar", "height": {"band": 0.85}},
        "encoding": {**place, "x": x, "x2": {"field": "to"}, "color": colour},
    }
    chance = {
        "mark": {"type": "text", "align": "left", "fontSize": 10, "color": "#222222"},
        "encoding": {
            **place,
            "x": {"datum": 101},
            "text": {"field": "open", "type": "quantitative", "format": ".0%"},
        },
    }
    spec: dict[str, Any] = {
        **parts("institution", bodies),
        "spec": {"width": 420, "height": {"step": 13}, "layer": [bars, chance]},
    }
    subtitle = Text(
        "Bar: what is adopted by the issue's rule; at the right: share of draws in which an agreement exists",
        "横条：按该议题规则可获通过的文本范围；右侧：存在协议的抽样占比",
    )
    alt = Text(
        f"Bars by issue: the agreement zone of governments alone, and with ratifiers. {title.en}.",
        f"各议题的协议区横条：仅各国政府，及加上国内批准者。{title.of('zh')}。",
    )
    caption = Text(f"n = {question.draws:,}, seed {inputs.seed}", f"n = {question.draws:,}，种子{inputs.seed}")
    return Chart("zones", "zones", title, subtitle, alt, spec, caption)

