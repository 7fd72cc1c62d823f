"""Whether an institution holds, in sentences, and what a reader must know before believing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, money, opening
from comity.rehearsal.parts.campaign.figures import Estimate
from comity.rehearsal.parts.game.words import Names
from comity.rehearsal.parts.holding.measuring import Held, weakest
from comity.rehearsal.parts.holding.playing import seats
from comity.rehearsal.parts.self_enforcement.keeping import Kept
from comity.rehearsal.parts.wording import per_cent, said

PLAY: Mapping[str, Text] = {
    "reciprocate": Text("like for like", "对等回应"),
    "generous": Text("like for like, and forgive some", "对等回应并时而宽恕"),
    "best_response": Text("do what pays", "只做合算之事"),
    "free_ride": Text("let others provide", "搭便车"),
    "hedger": Text("hedge", "两面下注"),
    "grim": Text("never forgive a breach", "永不宽恕违背"),
    "walk_out": Text("walk out when outvoted", "屡被否决即退出"),
    "hold_out": Text("hold out", "坚持不让"),
    "concede": Text("concede step by step", "逐步让步"),
    "spoiler": Text("spoil", "搅局"),
}
"""What a reader calls a player, as what all members do."""
GAP = 0.2
"""Ways of playing that lie so far apart decide the answer."""


def way_labels(ways: Sequence[str], names: Names) -> dict[str, Text]:
    """What a reader calls ways of playing: parameters are told only where two would be called the same.

    Args:
        ways: one player for all, then those of single members: ``reciprocate,USA=free_ride``.
        names: the names of members.
    """
    short = {way: _label(way, names, parameters=False) for way in ways}
    words = [each.en for each in short.values()]
    return {
        way: each if words.count(each.en) == 1 else _label(way, names, parameters=True) for way, each in short.items()
    }


def _label(written: str, names: Names, *, parameters: bool) -> Text:
    found: list[Text] = []
    for member, player in seats(written).items():
        kind, *given = player.split(":")
        word = PLAY.get(kind, Text(kind.replace("_", " ")))
        if given and parameters:
            told = ", ".join(each.replace("_", " ").replace("=", " ") for each in given)
            word = Text(f"{word.en} ({told})", f"{word.of('zh')}（{told}）")
        if member != "*":
            who = names(member)
            word = Text(f"{who.en}: {word.en}", f"{who.of('zh')}：{word.of('zh')}")
        found.append(word)
    return Text("; ".join(each.en for each in found), "；".join(each.of("zh") for each in found))


def plain(title: Text) -> Text:
    """The way in quotation marks, for a sentence."""
    return Text(f"‘{title.en}’", f"“{title.of('zh')}”")


def findings(
    found: Sequence[Held], titles: Mapping[str, Text], patience: Sequence[Kept], seed: int
) -> Iterator[Finding]:  # fmt: skip
    """The sentences."""
    if (decided := _decided(found, seed)) is not None:
        yield decided
    yield _members(found, seed)
    if any(each.runs.present.any() for each in found):
        yield _worth(found, seed)
    if (weak := _weakest(found, titles, seed)) is not None:
        yield weak
    yield from _patience(found, titles, patience, seed)


def _figure(each: Estimate, held: Held, seed: int, unit: str) -> Figure:
    return Figure(each.value, unit, each.low, each.high, held.number, seed)


def _decided(found: Sequence[Held], seed: int) -> Finding | None:
    """Whether how members play decides whether promises are kept."""
    kept = {each.way: (each, share) for each in found if (share := each.kept()) is not None}
    if not kept:
        return None
    together = [pair for pair in kept.values() if pair[0].whole().value >= 0.5]
    order = sorted(together or kept.values(), key=lambda pair: -pair[1].value)
    (best, most), (worst, least) = order[0], order[-1]
    figures = {way: _figure(share, each, seed, "of promises due") for way, (each, share) in kept.items()}
    high, low = (
        f"{per_cent(each.value, 1)} ({per_cent(each.low, 1)} to {per_cent(each.high, 1)})" for each in (most, least)
    )
    high_zh, low_zh = (
        f"{per_cent(each.value, 1)}（{per_cent(each.low, 1)}至{per_cent(each.high, 1)}）" for each in (most, least)
    )
    one, other = plain(best.title), plain(worst.title)
    if len(order) == 1:
        english = f"If all play {one.en}, {high} of the promises that fall due are kept"
        chinese = f"若全体{one.of('zh')}，到期承诺中有{high_zh}得到履行"
    elif most.value - least.value > GAP:
        english = (
            f"How members play decides whether it holds: of the promises that fall due {high} are kept if all play "
            f"{one.en}, {low} if all play {other.en}"
        )
        chinese = (
            f"能否维系取决于成员如何行事：若全体{one.of('zh')}，到期承诺履行{high_zh}；"
            f"若全体{other.of('zh')}，仅履行{low_zh}"
        )
    else:
        english = f"However members play, {low} to {high} of the promises that fall due are kept"
        chinese = f"无论成员如何行事，到期承诺履行率介于{low_zh}与{high_zh}之间"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _members(found: Sequence[Held], seed: int) -> Finding:
    """Whether members leave."""
    left = [each for each in found if each.runs.left.any()]
    figures = {f"whole_{each.way}": _figure(each.whole(), each, seed, "of runs") for each in found}
    if not left:
        number = found[0].number
        bound = found[0].whole().low
        english = (
            f"Nobody leaves in any of {number:,} runs under any way of playing set side by side here (interval: at "
            f"least {per_cent(bound, 1)} of runs)"
        )
        chinese = f"在此比较的各种行事方式下，{number:,}次推演中均无成员退出（区间：至少{per_cent(bound, 1)}的推演）"
        return Finding(said(f"{english}.", f"{chinese}。"), figures)
    parts: list[Text] = []
    for each in left:
        whole, when, name = each.whole(), _median(each), plain(each.title)
        odds = f"{per_cent(1 - whole.value)} ({per_cent(1 - whole.high)} to {per_cent(1 - whole.low)})"
        odds_zh = f"{per_cent(1 - whole.value)}（{per_cent(1 - whole.high)}至{per_cent(1 - whole.low)}）"
        parts.append(
            Text(
                f"{name.en} in {odds} of runs, the first in round {when} in the middle case",
                f"{name.of('zh')}（占推演的{odds_zh}，首次退出的中位数为第{when}轮）",
            )
        )
    told = listed(parts)
    rest = "" if len(left) == len(found) else "; under the others nobody does"
    rest_zh = "" if len(left) == len(found) else "；其余方式下无人退出"
    return Finding(
        said(f"Members leave if all play {told.en}{rest}.", f"下列方式下有成员退出：{told.of('zh')}{rest_zh}。"),
        figures,
    )


def _median(each: Held) -> int:
    import numpy as np

    return int(np.median(each.runs.left[each.runs.left > 0]))


def _worth(found: Sequence[Held], seed: int) -> Finding:
    """Which way of playing is worth most to all, and whether it is the one that keeps most promises."""
    worth = {each.way: (each, each.worth()) for each in found}
    best, value = max(worth.values(), key=lambda pair: pair[1].value)
    worst, least = min(worth.values(), key=lambda pair: pair[1].value)
    figures = {f"worth_{way}": _figure(of, each, seed, "million USD") for way, (each, of) in worth.items()}
    mean, low, high, bottom = (money(each) for each in (value.value, value.low, value.high, least.value))
    one, other = plain(best.title), plain(worst.title)
    english = (
        f"Worth most to all members together is {one.en}: {mean.en} at present value ({low.en} to {high.en}); least "
        f"{other.en}: {bottom.en}"
    )
    chinese = (
        f"对全体成员现值最高的是{one.of('zh')}：{mean.of('zh')}（{low.of('zh')}至{high.of('zh')}）；最低的是"
        f"{other.of('zh')}：{bottom.of('zh')}"
    )
    kept = {each.way: share.value for each in found if (share := each.kept()) is not None}
    if kept.get(best.way, 1.0) < max(kept.values(), default=0.0) - GAP:
        english += ". Keeping more promises is not worth more where some cost more than they bring"
        chinese += "。若部分承诺得不偿失，履行更多并不意味着价值更高"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _weakest(found: Sequence[Held], titles: Mapping[str, Text], seed: int) -> Finding | None:
    """The promise of which the least is kept."""
    weak = weakest(found)
    if weak is None:
        return None
    name, average = weak
    title = titles[name]
    kept = [(each, share) for each in found if (share := each.kept(name)) is not None]
    figures = {
        **{each.way: _figure(share, each, seed, "of promises due") for each, share in kept},
        "weakest": Figure(average, "of promises due, on average over the ways of playing", n=len(kept), seed=seed),
    }
    best = max(kept, key=lambda pair: pair[1].value)
    way = plain(best[0].title)
    most = per_cent(best[1].value)
    english = (
        f"The weakest promise is that under {title.en}: on average over the ways of playing {per_cent(average)} of "
        f"what falls due is kept, most ({most}) if all play {way.en}"
    )
    chinese = (
        f"最薄弱的承诺是“{title.of('zh')}”：各种行事方式平均履行到期部分的{per_cent(average)}，"
        f"最高为全体{way.of('zh')}时的{most}"
    )
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _patience(
    found: Sequence[Held], titles: Mapping[str, Text], patience: Sequence[Kept], seed: int
) -> Iterator[Finding]:
    """What the closed form says of each clause, beside how often it was unbroken here."""
    for name in dict.fromkeys(each.promise.name for each in patience):
        own = [each for each in patience if each.promise.name == name]
        best, title = own[-1], titles[name]
        there = [each for each in found if name in each.due]
        lasting = [each for each in there if each.unbroken(name).value >= 0.5]
        figures = {
            f"critical_{'with' if each.paid else 'without'}": Figure(
                each.critical, "discount factor from look to look", each.factors.low, each.factors.high,
                each.factors.n, seed,
            ) for each in own
        }  # fmt: skip
        figures |= {f"unbroken_{each.way}": _figure(each.unbroken(name), each, seed, "of runs") for each in there}
        if best.critical is None:
            need, need_zh = "no patience of its parties is enough", "各方的任何耐心均不足够"
        elif best.critical == 0:
            need, need_zh = "even parties that do not look ahead keep it", "即使各方不顾未来也会履行"
        else:
            need = f"the next look must count for at least {per_cent(best.critical)} of the present one"
            need_zh = f"下一次核查须至少值当前的{per_cent(best.critical)}"
        paid, paid_zh = ("with its payment", "有付款时") if best.paid else ("as written", "按条文")
        english = f"In theory ({title.en}, {paid}, at the modes) {need}"
        chinese = f"理论上（{title.of('zh')}，{paid_zh}，取众数）{need_zh}"
        if there:
            english += (
                f"; rehearsed, it is unbroken in at least half of the runs under {len(lasting)} of {len(there)} ways "
                "of playing"
            )
            chinese += f"；推演中，{len(there)}种行事方式里有{len(lasting)}种在至少半数推演中未被违背"
        yield Finding(said(f"{english}.", f"{chinese}。"), figures)


WAYS = Text(
    "Ways of playing are policies from the literature, the same for every member unless named; governments mix them, "
    "learn and bargain at home. The spread between the ways, not a single one, is the answer.",
    "行事方式为文献中的策略，除另行指定外各成员相同；政府会混合运用、学习并受国内政治影响。答案在于各方式之间的差距，而非其中任何一种。",
)
CHANCE = Text(
    "An interval of 95 per cent says how far chance inside the model may move a figure, not how far the model is from "
    "the world: what members want and what goods are worth are the likeliest values of the file of stakes.",
    "95%区间只反映模型内部偶然性对数值的影响，不代表模型与现实的差距：成员诉求与产品价值取自诉求文件的最可能值。",
)


def on_law(why: Mapping[str, Text]) -> Iterator[Text]:
    """Why some games were played on the law engine."""
    for each in why.values():
        yield Text(f"Some games were played on the law engine. {each.en}", f"部分推演在规则引擎上进行。{each.of('zh')}")


def caveats(found: Sequence[Held], why: Mapping[str, Text], lacking: Text | None) -> Iterator[Text]:
    """What a reader must know.

    Args:
        found: the ways of playing.
        why: why some games were played on the law engine.
        lacking: why no clause was judged in theory.
    """
    yield WAYS
    yield CHANCE
    english = "; ".join(f"{each.title.en}: {each.way}" for each in found)
    chinese = "；".join(f"{each.title.of('zh')}：{each.way}" for each in found)
    yield Text(f"Ways of playing as they are written: {english}.", f"行事方式的写法：{chinese}。")
    yield from on_law(why)
    if lacking is not None:
        yield Text(
            f"What patience a clause takes is not told: {opening(lacking.en)}",
            f"未给出条款所需的耐心：{lacking.of('zh')}",
        )
