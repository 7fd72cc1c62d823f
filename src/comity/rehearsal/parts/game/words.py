"""What a game comes to, in words: findings, charts and caveats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Figure, Finding, Text
from comity.kernel.saying import listed, money, opening
from comity.model.actor import Actors
from comity.model.naming import WITH_ARTICLE
from comity.rehearsal.parts.game.conducted import conducted, joined
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.shocked import struck

PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
LINES = 8
"""How many members a chart of lines can tell apart."""
ENDS = {
    "rounds": Text("All rounds were played", "全部轮次已完成"),
    "dissolved": Text("Fewer than two members were left", "剩余成员不足两个"),
    "interrupted": Text("The game was interrupted; what had been done is kept", "推演被中断，已完成部分予以保留"),
}
ONE_GAME = Text(
    "One game is one story under these stakes, players and seed, and no forecast: another seed, another story.",
    "一次推演只是在既定诉求、参与者与随机种子下的一个故事，并非预测；更换种子即得另一结果。",
)
ASSUMED = Text(
    "What members want are the likeliest values of the file of stakes; how they play is assumed by whoever named the "
    "players. Read and change both.",
    "成员诉求取自诉求文件中的最可能值；其行为方式由指定参与者的人假定。二者均可查阅并更改。",
)
OBLIGES = Text(
    "An adopted text obliges all members of the day to deliver, those that voted against it too, in {n} periods; no "
    "source says so of this body.",
    "案文一经通过，当日全体成员（包括投反对票者）均须在{n}个期间内履行；这是假设，并无来源说明该机构如此规定。",
)
EQUALLY = Text(
    "Contributions are shared equally: the fund has no burden rule that can be read for all members.",
    "会费由成员平均分摊：基金没有可适用于全体成员的分摊规则。",
)
UNVALUED = Text(
    "Not valued in money: {en}. There a promise counts as worth keeping where its text is better for the member than "
    "none.",
    "未以货币估值的议题：{zh}。此类承诺以案文是否优于无案文来判断成员是否值得履行。",
)


class Names:
    """Members by their names."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors

    def __call__(self, *codes: str) -> Text:
        """One or several members, in both languages."""
        return listed([self._name(code) for code in codes])

    def _name(self, code: str) -> Text:
        if code not in self.actors:
            return Text(code)
        name = self.actors[code].name("cldr")
        return Text(f"the {name.en}", name.of("zh")) if code in WITH_ARTICLE else name

    def few(self, codes: Sequence[str]) -> Text:
        """The first three of them, and how many more there are."""
        more = len(codes) - 3
        if more <= 0:
            return self(*codes)
        some = [self._name(code) for code in codes[:3]]
        english, chinese = ", ".join(each.en for each in some), "、".join(each.of("zh") for each in some)
        return Text(f"{english} and {more} more", f"{chinese}等{len(codes)}个成员")


def findings(game: Play, values: Mapping[str, Any], issues: Mapping[str, Text], names: Names) -> list[Finding]:
    """What the game shows, each sentence with its figures."""
    seed = game.problem.seed
    found = [_texts(values, issues, seed), *struck(game, names, issues)]
    if served := _served(values, names, seed):
        found.append(served)
    found += _promises(game, values)
    if conceded := _conceded(game, names, seed):
        found.append(conceded)
    if trusted := _trusted(game, names, seed):
        found.append(trusted)
    found += [*_who_gains(values, names, seed), *_gone(game, values, names), *joined(game, names)]
    return found


def _figure(value: float, seed: int, unit: str = "") -> Figure:
    return Figure(value, unit, n=1, seed=seed)


def _texts(values: Mapping[str, Any], issues: Mapping[str, Text], seed: int) -> Finding:
    adopted, played = values["adopted"], values["issues"]
    named = [issues[issue] for issue in adopted]
    head = Text(
        f"In {values['rounds']} rounds a text was adopted on {len(adopted)} of {len(played)} issues",
        f"{values['rounds']}轮中，{len(played)}个议题里有{len(adopted)}个通过了案文",
    )
    if named:
        texts = list(zip(named, adopted.values(), strict=True))
        said = ", ".join(f"{title.en} ({text:g})" for title, text in texts)
        zh = "、".join(f"{title.of('zh')}（{text:g}）" for title, text in texts)
        head = Text(f"{head.en}: {said}", f"{head.of('zh')}：{zh}")
    tail = Text(
        f"; {values['tabled']} texts were tabled and {values['put']} put to the vote.",
        f"；共提出{values['tabled']}份案文，付诸表决{values['put']}份。",
    )
    figures = {
        "issues_with_text": _figure(len(adopted), seed),
        "issues": _figure(len(played), seed),
        "tabled": _figure(values["tabled"], seed),
    }
    return Finding(Text(head.en + tail.en, head.of("zh") + tail.of("zh")), figures)


def _served(values: Mapping[str, Any], names: Names, seed: int) -> Finding | None:
    """Whom the texts that stand have moved towards, and whom away from."""
    texts: dict[str, float] = values["texts"]
    if len(texts) < 2 or not values["adopted"] or max(texts.values()) - min(texts.values()) < 0.05:
        return None
    most, least = max(texts, key=lambda each: texts[each]), min(texts, key=lambda each: texts[each])
    one, other = names(most), names(least)
    text = Text(
        f"The texts that stand have come nearest to what {one.en} wants ({texts[most]:+.0f} points, weighted by how "
        f"much each issue matters to it), least to what {other.en} wants ({texts[least]:+.0f}).",
        f"现行文本向{one.of('zh')}的立场靠近最多（{texts[most]:+.0f}点，按其对各议题的重视度加权），"
        f"对{other.of('zh')}最少（{texts[least]:+.0f}点）。",
    )
    figures = {"most": _figure(texts[most], seed, "points"), "least": _figure(texts[least], seed, "points")}
    return Finding(text, figures)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _promises(game: Play, values: Mapping[str, Any]) -> list[Finding]:
    """Promises kept and errors of the verifier; of what does not bind in law nothing is called a breach."""
    due, seed = values["due"], game.problem.seed
    binding = game.problem.force == "binding"
    gave = values["notices"]
    notices = (
        Text(f"{_count(gave, 'notice')} of breach {_were(gave)} given", f"违反通知{gave}份")
        if binding
        else Text(f"{_count(gave, 'reminder')} {_were(gave)} sent", f"提醒{gave}份")
    )
    if not due:
        return []
    kept, wrong = values["kept"], values["false_alarms"] + values["misses"]
    text = Text(
        f"Of {_count(due, 'promise')} that fell due {kept} {_were(kept)} kept ({100 * kept / due:.0f} per cent). The "
        f"verifier was wrong {_count(wrong, 'time')}: {_count(values['false_alarms'], 'false alarm')}, "
        f"{_count(values['misses'], 'failure')} overlooked. {notices.en}, {values['false_notices']} on a false "
        f"alarm; {_count(values['cured'], 'promise')} "
        f"{_were(values['cured'])} cured and {values['renegotiated']} agreed anew.",
        f"到期承诺{due}项，其中{kept}项得到履行（{100 * kept / due:.0f}%）。核查出错{wrong}次："
        f"误报{values['false_alarms']}次，漏报{values['misses']}次。共发出{notices.of('zh')}，其中{values['false_notices']}份基于误报；"
        f"{values['cured']}项承诺得到补救，{values['renegotiated']}项重新议定。",
    )
    figures = {"due": _figure(due, seed), "kept": _figure(kept, seed), "notices": _figure(values["notices"], seed)}
    return [Finding(text, figures)]


def _conceded(game: Play, names: Names, seed: int) -> Finding | None:
    gave: dict[str, float] = {}
    for row in game.ledger.concessions:
        gave[row["member"]] = gave.get(row["member"], 0.0) + row["gave"]
    if len(gave) < 2:
        return None
    most, least = max(gave, key=lambda each: gave[each]), min(gave, key=lambda each: gave[each])
    if gave[most] - gave[least] < 0.05:
        return None
    one, other = names(most), names(least)
    text = Text(
        f"{opening(one.en)} gave up most in its texts, {gave[most]:.1f} times its own range over all issues; "
        f"{other.en} least, {gave[least]:.1f} times.",
        f"{one.of('zh')}在其案文中让步最多，各议题合计为其自身范围的{gave[most]:.1f}倍；{other.of('zh')}最少，为{gave[least]:.1f}倍。",
    )
    return Finding(text, {"most": _figure(gave[most], seed), "least": _figure(gave[least], seed)})


def _trusted(game: Play, names: Names, seed: int) -> Finding | None:
    last = game.ledger.ending()
    if len(last) < 2 or not game.ledger.performance or max(last.values()) - min(last.values()) < 0.005:
        return None
    most, least = max(last.values()), min(last.values())
    top, low = (names.few([each for each, trust in last.items() if trust == value]) for value in (most, least))
    text = Text(
        f"Trust ends highest in {top.en}: the others take its next promise to be kept with {most:.2f}; lowest in "
        f"{low.en}, with {least:.2f}.",
        f"结束时最受信任的是{top.of('zh')}：其他成员认为其履行下一承诺的概率为{most:.2f}；最低为{low.of('zh')}，{least:.2f}。",
    )
    return Finding(text, {"most": _figure(most, seed), "least": _figure(least, seed)})


def _who_gains(values: Mapping[str, Any], names: Names, seed: int) -> list[Finding]:
    net: dict[str, float] = values["net"]
    if not net or not any(net.values()):
        return []
    losers = [member for member, value in net.items() if value < 0]
    total = sum(net.values())
    lost = names.few(losers)
    tail = Text(
        f"; {lost.en} would have done better without" if losers else "; nobody loses",
        f"；{lost.of('zh')}得不偿失" if losers else "；无人受损",
    )
    text = Text(
        f"Where it can be valued, what was delivered brought the members {money(total).en} net over the game, "
        f"contributions and payments included{tail.en}.",
        f"就可估值的部分而言，履行承诺在整个推演中为成员带来净收益{money(total).of('zh')}（含会费与付款）{tail.of('zh')}。",
    )
    return [Finding(text, {"net": _figure(total, seed, "million USD")})]


def _gone(game: Play, values: Mapping[str, Any], names: Names) -> list[Finding]:
    found: list[Finding] = []
    if game.ended != "rounds":
        done = values["rounds"]
        ending = ENDS[game.ended]
        found.append(Finding(Text(f"{ending.en}, after {done} rounds.", f"{ending.of('zh')}，共{done}轮。")))
    if game.ledger.exits:
        who = names(*dict.fromkeys(row["member"] for row in game.ledger.exits))
        found.append(Finding(Text(f"{who.en} gave notice of withdrawal.", f"{who.of('zh')}发出退出通知。")))
    if number := values["fallbacks"] - sum(each["fallbacks"] for each in values["models"].values()):
        text = Text(
            f"{number} of {values['asks']} answers were late or not legal; the declared fallback played instead.",
            f"{values['asks']}次应答中有{number}次逾期或不合规，由事先声明的后备策略代替。",
        )
        found.append(Finding(text))
    return found


def caveats(game: Play, issues: Mapping[str, Text], left: Mapping[str, Text]) -> tuple[Text, ...]:
    """What a reader must know before believing any of it."""
    number = str(game.problem.terms.periods)
    obliges = Text(OBLIGES.en.replace("{n}", number), OBLIGES.of("zh").replace("{n}", number))
    found = [ONE_GAME, ASSUMED, obliges]
    bare = [issues[topic.issue] for topic in game.topics.values() if topic.good is None]
    if bare:
        en, zh = ", ".join(each.en for each in bare), "、".join(each.of("zh") for each in bare)
        found.append(Text(UNVALUED.en.replace("{en}", en), UNVALUED.of("zh").replace("{zh}", zh)))
    if game.equally:
        found.append(EQUALLY)
    found += conducted(game, issues)
    if left:
        en, zh = ", ".join(each.en for each in left.values()), "、".join(each.of("zh") for each in left.values())
        text = Text(
            f"Not played, since the charter has no rule for them or too few members have stakes: {en}.",
            f"因章程无相应规则或过多成员缺少诉求数据而未推演：{zh}。",
        )
        found.append(text)
    return tuple(found)


def charts(game: Play, values: Mapping[str, Any], names: Names) -> tuple[Chart, ...]:
    """The course of the game as a timeline, and trust."""
    found = [_timeline(values)]
    if game.ledger.performance and game.ledger.trust:
        found.append(_trust_lines(game, names))
    return tuple(found)


def _timeline(values: Mapping[str, Any]) -> Chart:
    due, kept = values["due"], values["kept"]
    adopted, played = len(values["adopted"]), len(values["issues"])
    title = Text(
        f"{adopted} of {played} issues end with a text; {kept} of {due} promises are kept",
        f"{played}个议题中{adopted}个通过案文；{due}项承诺中{kept}项得到履行",
    )
    subtitle = Text(
        "By round: promises reported kept (up) and broken (down); diamonds above: texts adopted",
        "按轮次：报告已履行（向上）与未履行（向下）的承诺；上方菱形为通过的案文",
    )
    axis = {"title": Text("Round", "轮次"), "tickMinStep": 1, "grid": False}
    along = {"field": "round", "type": "ordinal", "axis": {**axis, "labelAngle": 0}}
    up = {"title": Text("Promises", "承诺数"), "tickMinStep": 1}
    words = [Text("promises reported kept", "报告已履行的承诺"), Text("promises reported broken", "报告未履行的承诺")]
    bars = {
        "transform": [{"filter": "datum.what === 'kept' || datum.what === 'broken'"}],
        "mark": {"type": "bar"},
        "encoding": {
            "x": along,
            "y": {"field": "place", "type": "quantitative", "axis": up},
            "color": {
                "field": "what_label",
                "type": "nominal",
                "scale": {"domain": words, "range": [BLUE, ORANGE]},
                "legend": {"title": None, "orient": "top"},
            },
        },
    }
    marks = {
        "transform": [{"filter": "datum.what === 'adopted' && datum.number > 0"}],
        "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 70, "color": GREEN, "opacity": 1},
        "encoding": {"x": along, "y": {"value": 2}},
    }
    spec: dict[str, Any] = {"width": 520, "height": 220, "layer": [bars, marks]}
    alt = Text(f"Bars by round. {title.en}.", f"按轮次的条形图。{title.of('zh')}。")
    return Chart("course", "course", title, subtitle, alt, spec)


def _trust_lines(game: Play, names: Names) -> Chart:
    last = game.ledger.ending()
    codes = list(last)
    shown = codes if len(codes) <= LINES else [*codes[: LINES // 2], *codes[-LINES // 2 :]]
    most, least = last[codes[0]], last[codes[-1]]
    top, low = (names.few([each for each in codes if last[each] == value]) for value in (most, least))
    title = Text(
        f"Trust ends highest in {top.en} ({most:.2f}), lowest in {low.en} ({least:.2f})",
        f"{top.of('zh')}最终最受信任（{most:.2f}），{low.of('zh')}最低（{least:.2f}）",
    )
    if most - least < 0.005:
        title = Text(f"All are trusted alike ({most:.2f})", f"各成员所受信任相同（{most:.2f}）")
    subtitle = Text(
        "How likely the others take each member to keep its next promise, from what the verifier reported"
        + ("" if len(shown) == len(codes) else "; the most and the least trusted"),
        "其他成员依据核查报告认为各成员履行下一承诺的概率" + ("" if len(shown) == len(codes) else "；仅列最高与最低者"),
    )
    codes = ", ".join(f"'{code}'" for code in shown)
    spec: dict[str, Any] = {
        "transform": [{"filter": f"indexof([{codes}], datum.member) >= 0"}],
        "width": 520,
        "height": 220,
        "mark": {"type": "line", "point": {"size": 25}, "strokeWidth": 2},
        "encoding": {
            "x": {"field": "round", "type": "quantitative", "axis": {"title": Text("Round", "轮次"), "tickMinStep": 1}},
            "y": {
                "field": "trust",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {"title": Text("Trust", "信任度"), "format": ".1f"},
            },
            "color": {
                "field": "member_label",
                "type": "nominal",
                "scale": {"range": PALETTE},
                "legend": {"title": None, "orient": "right"},
            },
        },
    }
    alt = Text(f"Lines of trust by round. {title.en}.", f"各轮信任度折线图。{title.of('zh')}。")
    return Chart("trust", "trust", title, subtitle, alt, spec)
