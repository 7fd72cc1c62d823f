"""What is said of promises that keep themselves: payments, patience, prices, threats, verification, ways out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import money
from comity.model.analysis import Inputs
from comity.rehearsal.parts.self_enforcement.keeping import Kept, Prices
from comity.rehearsal.parts.self_enforcement.promises import Promise
from comity.rehearsal.parts.self_enforcement.tables import LOOK, owed_by
from comity.rehearsal.parts.wording import per_cent, said

CLEAR = 0.05
"""A difference of shares of draws that is worth a sentence."""


def findings(
    inputs: Inputs, found: Sequence[Kept], costs: Sequence[Prices], reading: Fraction | None, *, every: str
) -> list[Finding]:
    """What is said of every promise of the institution, in the order of the charter."""
    told: list[Finding] = []
    for promise in dict.fromkeys(each.promise.name for each in found if each.promise.institution is inputs.institution):
        own = [
            each for each in found if each.promise.name == promise and each.promise.institution is inputs.institution
        ]
        price = next(each for each in costs if each.promise is own[0].promise and each.owed == "obligors")
        written = [each for each in own if each.owed == "obligors"]
        bare, best = written[0], written[-1]
        told += [
            _payments(inputs, bare, best),
            *_otherwise(inputs, best, every),
            _patience(inputs, bare, best),
            _reward(inputs, price),
        ]
        told.append(_suspension(inputs, best))
        told += [_everyone(inputs, bare, each) for each in own if each.owed == "members" and not each.paid]
        told += [_clearer(inputs, best, reading), _renegotiating(inputs, best), _escaping(inputs, best)]
    return told


def _payments(inputs: Inputs, bare: Kept, best: Kept) -> Finding:
    """Whether payments make the promise cheaper to keep."""
    seed, title = inputs.seed, owed_by(inputs, bare.promise, "obligors")
    without, with_ = bare.chance.share, best.chance.share
    figures = {"without": bare.chance.figure(seed)}
    if not best.paid:
        return Finding(
            said(
                f"{title.en}, pays nothing on results and is kept as written in {per_cent(without)} of the draws.",
                f"{title.of('zh')}未按成果付款，按条文在{per_cent(without)}的抽样中得以履行。",
            ),
            figures,
        )
    figures["with"] = best.chance.figure(seed)
    if with_ > without + CLEAR:
        verdict = Text("Payments make this promise cheaper to keep", "付款使这一承诺更易履行")
    elif with_ < without - CLEAR:
        verdict = Text(
            "Payments make this promise dearer to keep, for its parties fill the fund",
            "付款反使这一承诺更难履行，因基金由承担方自己出资",
        )
    else:
        verdict = Text("Payments hardly change whether this promise is kept", "付款几乎不改变这一承诺能否履行")
    return Finding(
        said(
            f"{verdict.en}: {title.en}, is kept as written in {per_cent(with_)} of the draws with its payment, "
            f"in {per_cent(without)} without.",
            f"{verdict.of('zh')}：{title.of('zh')}按条文在有付款时于{per_cent(with_)}的抽样中得以履行，"
            f"无付款时为{per_cent(without)}。",
        ),
        figures,
    )


def _otherwise(inputs: Inputs, best: Kept, every: str) -> list[Finding]:
    """What hangs on when the reward is paid, which charters leave open."""
    if best.otherwise is None:
        return []
    read, read_zh = (
        ("by the year, not at each look", "按年而非每次核查") if every == "look" else ("at each look", "每次核查")
    )
    odds = per_cent(best.otherwise.share)
    return (
        [
            Finding(
                said(
                    f"Much hangs on when the reward is paid: {read}, the promise would be kept in {odds} of the draws.",
                    f"支付时点至关重要：若{read_zh}支付，承诺在{odds}的抽样中得以履行。",
                ),
                {"otherwise": best.otherwise.figure(inputs.seed)},
            )
        ]
        if abs(best.otherwise.share - best.chance.share) > CLEAR
        else []
    )


def _needs(each: Kept) -> Text:
    """How patient the parties must be at the modes."""
    way, way_zh = ("with payment", "有付款时") if each.paid else ("without payment", "无付款时")
    if each.rate is None or each.critical is None:
        return Text(f"{way}, no patience suffices", f"{way_zh}任何耐心均不足够")
    if each.rate == math.inf:
        return Text(f"{way}, even parties that do not look ahead keep it", f"{way_zh}即使各方完全不顾未来也会履行")
    least = per_cent(each.critical)
    return Text(
        f"{way}, parties to whom the next look counts for at least {least} of the present one keep it",
        f"{way_zh}，只要下一次核查在各方眼中至少值当前的{least}，各方即会履行",
    )


def _patience(inputs: Inputs, bare: Kept, best: Kept) -> Finding:
    seed, n = inputs.seed, bare.factors.n

    def figure(each: Kept) -> Figure:
        return Figure(each.critical, "discount factor from look to look", each.factors.low, each.factors.high, n, seed)

    figures = {"critical": figure(bare)}
    if best.paid and bare.rate is None and best.rate is None:
        figures["critical_paid"] = figure(best)
        english = "At the modes no patience suffices, with the payment or without"
        return Finding(said(f"{english}.", "在众数下，无论有无付款，任何耐心均不足够。"), figures)
    first = _needs(bare)
    english, chinese = f"At the modes {first.en}", f"在众数下，{first.of('zh')}"
    if best.paid:
        second, figures["critical_paid"] = _needs(best), figure(best)
        english, chinese = f"{english}; {second.en}", f"{chinese}；{second.of('zh')}"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _reward(inputs: Inputs, price: Prices) -> Finding:
    """The price range of a reward that makes compliance rational."""
    seed, once, written = inputs.seed, price.once, price.written
    figures = {"once": once.figure(LOOK, seed), "written": written.figure(LOOK, seed)}
    if written.median is None or once.median is None:
        english = "No reward makes compliance rational: the looks do not tell those who comply from those who do not"
        return Finding(said(f"{english}.", "任何奖励均不能使履约成为理性选择：核查无法区分履约与违约。"), figures)
    low, high = money(written.median), money(once.median)
    english = (
        f"For each party {low.en} at each look of the verifier makes compliance rational under the written suspension"
    )
    chinese = f"在按条文中止的前提下，每次核查向每一承担方支付{low.of('zh')}即可使履约成为理性选择"
    if price.most is None or price.most.median is None:
        english, chinese = f"{english}, {high.en} without any", f"{chinese}，若无中止则需{high.of('zh')}"
    else:
        most = money(price.most.median)
        figures["most"] = price.most.figure(LOOK, seed)
        english = f"{english}, {high.en} without any; above {most.en} those who pay it gain nothing (medians)"
        chinese = f"{chinese}，若无中止则需{high.of('zh')}；超过{most.of('zh')}则付款方不再获益（均为中位数）"
    if price.promise.clause.reward is not None:
        charter = money(float(price.promise.clause.reward.amount.amount) / 1e6)
        english, chinese = f"{english}. The charter has {charter.en}", f"{chinese}。章程所列为{charter.of('zh')}"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _count(looks: float, promise: Promise) -> Text:
    """So many looks of the verifier, and how long that is."""
    months = float(promise.years) * 12 * looks
    span, span_zh = f"{months:.3g} months", f"{months:.3g}个月"
    if months < 1:
        span, span_zh = f"{months * 365 / 12:.0f} days", f"{months * 365 / 12:.0f}天"
    word = {1: "one look", 2: "two looks", 3: "three looks"}.get(int(looks), f"{looks:.0f} looks")
    return Text(f"{word} ({span})", f"{looks:.0f}次核查（{span_zh}）")


def _suspension(inputs: Inputs, best: Kept) -> Finding:
    """The best trigger."""
    written, seed = best.promise.suspended, inputs.seed
    figures = {
        "least": Figure(None if best.least == math.inf else int(best.least), "looks"),
        "written": Figure(written, "looks"),
    }
    figures["mendable"] = best.mendable.figure(seed)
    with_ = Text(", with the payment,", "，有付款时") if best.paid else Text("", "")
    odds = per_cent(best.mendable.share)
    if best.least == math.inf:
        english = f"At the modes{with_.en} no suspension deters; in {odds} of the draws some does"
        return Finding(
            said(
                f"{english}.", f"在众数下{with_.of('zh')}，任何中止期均不足以威慑；在{odds}的抽样中存在足够的中止期。"
            ),
            figures,
        )
    if best.least == 0:
        english = f"At the modes{with_.en} no suspension is needed, and every look of it only takes value away"
        chinese = f"在众数下{with_.of('zh')}，无须中止，多中止一次只会损失价值"
    else:
        least = _count(best.least, best.promise)
        english = f"At the modes{with_.en} a suspension of {least.en} deters; every further look only takes value away"
        chinese = f"在众数下{with_.of('zh')}，中止{least.of('zh')}即足以威慑，再长只会损失价值"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def _everyone(inputs: Inputs, bare: Kept, every: Kept) -> Finding:
    """What changes where every member owes the promise."""
    figures = {"members": every.chance.figure(inputs.seed), "obligors": bare.chance.figure(inputs.seed)}
    odds, few = per_cent(every.chance.share), per_cent(bare.chance.share)
    return Finding(
        said(
            f"If all {len(every.who)} members owed it, it would be kept as written in {odds} of the draws without any "
            f"payment, instead of {few}: each would then lose the parts of all others by a breach.",
            f"若全体{len(every.who)}个成员均承担，无需付款即可在{odds}的抽样中按条文履行（现为{few}）：届时违约将使其失去"
            "其他各方的贡献。",
        ),
        figures,
    )


def _clearer(inputs: Inputs, best: Kept, reading: Fraction | None) -> Finding:
    """What clearer verification is worth, and the best effort at a stated cost."""
    seed, by_number = inputs.seed, {each.number: each for each in best.readings}
    gain = by_number[3].gain
    figures = {"gain": gain.figure(seed)}
    first = money(gain.mean)
    english = f"Three readings of each look by majority instead of one are worth {first.en} a year to all members"
    chinese = f"每次核查由一次读数改为三次并以多数为准，对全体成员每年值{first.of('zh')}"
    if reading is None:
        return Finding(said(f"{english} (mean).", f"{chinese}（均值）。"), figures)
    parties, per = len(best.who), float(best.promise.years)
    net = {number: each.value.mean - float(reading) * number * parties / per for number, each in by_number.items()}
    most = max(net, key=lambda number: net[number])
    cost = money(float(reading))
    figures["readings"] = Figure(most, "readings")
    if net[most] <= 0:
        return Finding(
            said(
                f"{english}; at {cost.en} a reading no verification pays.",
                f"{chinese}；每次读数成本为{cost.of('zh')}时，任何核查均不合算。",
            ),
            figures,
        )
    return Finding(
        said(
            f"{english}; at {cost.en} a reading the best number is {most}, of 1, 3, 5 and 7.",
            f"{chinese}；每次读数成本为{cost.of('zh')}时，在1、3、5、7次中以{most}次为最佳。",
        ),
        figures,
    )


def _renegotiating(inputs: Inputs, best: Kept) -> Finding:
    """What it is worth that a breach leads to renegotiation and not to the end."""
    seed = inputs.seed
    figures = {"renegotiating": best.renegotiating.figure(seed), "at_once": best.at_once.figure(seed)}
    ever, once = money(best.renegotiating.mean), best.at_once.mean
    clause = best.promise.clause.breach
    if best.promise.suspended == 0:
        english = "A breach has no consequence that would deter: nothing is suspended"
        return Finding(said(f"{english}.", "违约没有足以威慑的后果：条款未规定中止。"), figures)
    rounds = _count(best.promise.suspended, best.promise)
    if clause is not None and clause.then == "renegotiate":
        what = f"To renegotiate within {rounds.en} of a breach, not to end the promise,"
        what_zh = f"违约后在{rounds.of('zh')}内重新谈判而非终结承诺"
    else:
        what = f"To suspend the promise for {rounds.en} after a breach, not to end it,"
        what_zh = f"违约后中止{rounds.of('zh')}而非终结承诺"
    english, chinese = f"{what} is worth {ever.en} a year to all members", f"{what_zh}，对全体成员每年值{ever.of('zh')}"
    size = money(abs(once))
    if once < 0:
        left = "only the payment" if best.paid else "nothing"
        left_zh = "唯有付款尚能促使履约" if best.paid else "届时无所威慑"
        tail = Text(
            f"to renegotiate at once would cost {size.en} of it, for then {left} deters",
            f"若立即重新谈判则减少{size.of('zh')}，因为{left_zh}",
        )
    else:
        tail = Text(f"to renegotiate at once would add {size.en}", f"若立即重新谈判则再增{size.of('zh')}")
    return Finding(said(f"{english}; {tail.en} (means).", f"{chinese}；{tail.of('zh')}（均值）。"), figures)


def _escaping(inputs: Inputs, best: Kept) -> Finding:
    """What an escape at a price is worth, where compliance is dear at times."""
    seed, (least, most) = inputs.seed, best.escape
    odds = best.ways["escape"].chance
    figures = {"escaping": best.escaping.figure(seed), "works": odds.figure(seed)}
    share = per_cent(odds.share)
    if least.median is None or most.median is None:
        english = f"Where compliance is dear at times, an escape at a price works in only {share} of the draws"
        return Finding(
            said(f"{english}.", f"在履约有时代价高昂的情况下，仅在{share}的抽样中存在可行的退避价格。"), figures
        )
    figures |= {"least_price": least.figure(LOOK, seed), "most_price": most.figure(LOOK, seed)}
    low, high, worth = money(least.median), money(most.median), money(best.escaping.mean)
    return Finding(
        said(
            f"Where compliance is dear at times, an escape at a price of {low.en} to {high.en} a look (medians) works "
            f"in {share} of the draws and is worth {worth.en} a year to all members (mean).",
            f"在履约有时代价高昂的情况下，每次以{low.of('zh')}至{high.of('zh')}（中位数）付费退避，在{share}的抽样中可行，"
            f"对全体成员每年值{worth.of('zh')}（均值）。",
        ),
        figures,
    )
