"""Whether payments make promises cheaper to keep, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, money
from comity.rehearsal.parts.holding.words import plain
from comity.rehearsal.parts.payment.measuring import NONE, WRITTEN, Paid
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Prices
from comity.rehearsal.parts.wording import per_cent, said
from comity.solvers.paired import Difference

POINT = 0.01
"""A difference of shares that is worth a verdict."""


def points(value: float) -> str:
    """A difference of shares in percentage points, with its sign.

    Example:
        >>> points(0.2641), points(-0.002), points(0.0)
        ('+26.4', '-0.2', '0.0')
    """
    text = f"{100 * value:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text


def findings(  # noqa: PLR0917 - what was found, in the order it is told
    found: Sequence[Paid], titles: Mapping[str, Text], patience: Sequence[Kept], costs: Sequence[Prices], seed: int
) -> Iterator[Finding]:
    """The sentences: the answer, then each payment, then the theory."""
    paid = [(each, more) for each in found if each.setting != NONE and (more := each.kept()) is not None]
    if paid:
        yield _answer(paid, seed)
    for way in dict.fromkeys(each.held.way for each, _ in paid):
        yield _way([(each, more) for each, more in paid if each.held.way == way], seed)
    for name in dict.fromkeys(each.promise.name for each in patience):
        own = [each for each in patience if each.promise.name == name]
        price = next(each for each in costs if each.promise.name == name)
        yield _theory(titles[name], own, price, seed)


def _figure(more: Difference, unit: str, seed: int) -> Figure:
    return Figure(more.mean, unit, more.low, more.high, more.runs, seed)


def _key(each: Paid) -> str:
    return f"{each.held.way}_{each.setting}".replace(" ", "_")


def _answer(paid: Sequence[tuple[Paid, Difference]], seed: int) -> Finding:
    """Under the payment that moves most, and under the charter's own."""
    moved = next((each.held.way for each, apart in paid if apart.low > POINT), None)
    own_way = [pair for pair in paid if moved is None or pair[0].held.way == moved]
    best, more = max(own_way, key=lambda pair: pair[1].mean)
    figures = {
        "most": _figure(more, "of promises due", seed),
        **{_key(each): _figure(apart, "of promises due", seed) for each, apart in paid},
    }
    name, worth = plain(best.held.title), best.worth()
    if more.low <= POINT:
        english = "Payments hardly change how many promises are kept, whatever the way of playing set side by side here"
        return Finding(said(f"{english}.", "在此比较的各种行事方式下，付款几乎不改变承诺的履行率。"), figures)
    gain = money(abs(worth.mean))
    english = (
        f"Payments make promises cheaper to keep for members that reckon: with {best.title.en} {name.en} keeps "
        f"{100 * more.mean:.1f} points more of what falls due ({100 * more.low:.1f} to {100 * more.high:.1f})"
    )
    chinese = (
        f"对精于计算的成员，付款使承诺更易履行：在“{best.title.of('zh')}”下，{name.of('zh')}的到期履行率增加"
        f"{100 * more.mean:.1f}个百分点（{100 * more.low:.1f}至{100 * more.high:.1f}）"
    )
    if worth.low > 0 or worth.high < 0:
        english += f", and all members together gain {gain.en}" if worth.low > 0 else f", and all lose {gain.en}"
        chinese += f"，全体成员合计{'增益' if worth.low > 0 else '损失'}{gain.of('zh')}"
    figures["worth"] = _figure(worth, "million USD", seed)
    own = next(
        ((each, apart) for each, apart in paid if each.setting == WRITTEN and each.held.way == best.held.way), None
    )
    if own is not None and best.setting != WRITTEN:
        english += f"; with those of the charter alone {points(own[1].mean)} points"
        chinese += f"；仅按章程付款则为{points(own[1].mean)}个百分点"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _way(paid: Sequence[tuple[Paid, Difference]], seed: int) -> Finding:
    """What each payment changes for one way of playing."""
    name = plain(paid[0][0].held.title)
    parts = [
        Text(
            f"{points(more.mean)} points ({points(more.low)} to {points(more.high)}) under {each.title.en}",
            f"“{each.title.of('zh')}”{points(more.mean)}个百分点（{points(more.low)}至{points(more.high)}）",
        )
        for each, more in paid
    ]
    told = listed(parts)
    figures = {_key(each): _figure(more, "of promises due", seed) for each, more in paid}
    if all(abs(more.mean) < POINT for _, more in paid):
        english = f"Payments change nothing of note where all play {name.en}, who look at conduct and not at price"
        reckons = any(more.mean for _, more in paid)
        english = english if not reckons else f"Payments change little where all play {name.en}: {told.en}"
        chinese = f"若全体{name.of('zh')}，其只看行为不看价格，付款无甚影响"
        chinese = chinese if not reckons else f"若全体{name.of('zh')}，付款影响甚微：{told.of('zh')}"
    else:
        english = f"Promises kept, where all play {name.en}, against no payment: {told.en}"
        chinese = f"若全体{name.of('zh')}，履行率较无付款时：{told.of('zh')}"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _needs(each: Kept) -> Text:
    if each.critical is None:
        return Text("no patience is enough", "任何耐心均不足够")
    if each.critical == 0:
        return Text("none is needed", "无需耐心")
    least = per_cent(each.critical)
    return Text(f"the next look must count for {least} of the present one", f"下一次核查须值当前的{least}")


def _theory(title: Text, own: Sequence[Kept], price: Prices, seed: int) -> Finding:
    """The patience a clause takes without its payment and with it, and the price range of that payment."""
    figures = {
        f"critical_{'with' if each.paid else 'without'}": Figure(
            each.critical, "discount factor from look to look", each.factors.low, each.factors.high, each.factors.n,
            seed,
        ) for each in own
    }  # fmt: skip
    bare, best = _needs(own[0]), _needs(own[-1])
    english, chinese = (
        f"{title.en} in theory: without payment {bare.en}",
        f"{title.of('zh')}，理论上：无付款时{bare.of('zh')}",
    )
    if own[-1].paid:
        english, chinese = f"{english}; with its payment {best.en}", f"{chinese}；有付款时{best.of('zh')}"
    if price.written.median is not None:
        figures["least"] = price.written.figure("million USD a look", seed)
        low = money(price.written.median)
        english += f". {low.en} a look to each party is the least that is enough"
        chinese += f"。每次核查向每一承担方支付{low.of('zh')}为足够的最低额"
        if price.most is not None and price.most.median is not None:
            figures["most"] = price.most.figure("million USD a look", seed)
            most = money(price.most.median)
            english += f", {most.en} the most that leaves its payers a gain"
            chinese += f"，{most.of('zh')}为付款方仍有所得的最高额"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


RECKON = Text(
    "Only ways of playing that reckon what a promise is worth look at a payment; conduct alone moves the others. Asked "
    "of real governments, the truth lies between.",
    "只有计算承诺价值的行事方式才会考虑付款，其余仅看对方行为；现实中的政府介于两者之间。",
)
PROMISED = Text(
    "Players reckon with a payment as it is promised, even where members do not fill the fund and nothing is paid: the "
    "table tells what was paid beside what was kept.",
    "参与者按所承诺的付款计算，即使成员不向基金缴款、实际未付：表中并列实付金额与履行率。",
)
FUNDED = Text(
    "Members fill the fund that pays them, by its burden rule; what one receives others bear, so that worth to all "
    "changes only by what is delivered and by what is paid in and not paid out.",
    "付款基金由成员按分摊规则出资：一方所得即他方所付，因此对全体的价值只随履行情况及已缴未付款项变化。",
)
