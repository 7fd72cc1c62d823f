"""How business was conducted, in words: what a reader must know where it was not as usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import money, opening
from comity.rehearsal.parts.game.agenda import divides, lowest_first, sensitivity
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.sharing import follows

SENSITIVITY = {"low": Text("low", "低"), "medium": Text("medium", "中"), "high": Text("high", "高")}


def conducted(game: Play, issues: Mapping[str, Text]) -> list[Text]:
    """How business was conducted, where it was asked for."""
    found, how = list[Text](), game.problem.conduct
    if how.delay:
        out = len(game.verdicts)
        rounds = f"{how.delay} round{'' if how.delay == 1 else 's'}"
        text = Text(
            f"The verifier reports {rounds} after a promise fell due; verdicts still out at the end count nowhere: "
            f"{out}.",
            f"核查报告在承诺到期{how.delay}轮之后发布；结束时仍有{out}份未发布，不计入。",
        )
        found.append(text)
    if how.agenda == "low_first":
        found.append(_by_sensitivity(game, issues))
    if how.cap < 1:
        share = f"{100 * float(how.cap):.0f}"
        text = Text(
            f"No member speaks first on more than {share} per cent of a session's issues, but on one at least.",
            f"任何成员最先发言的议题不超过一次会议议题的{share}%（至少一个）。",
        )
        found.append(text)
    if follows(game) == "re_share":
        total = sum(row["amount"] for row in game.ledger.gaps)
        text = Text(
            f"What members left unpaid is shared again among those who pay, as the charter has it: {money(total).en} "
            "in all.",
            f"按章程，成员未缴部分由其余缴款成员重新分摊，合计{money(total).of('zh')}。",
        )
        found.append(text)
    elif follows(game) == "shrink":
        text = Text(
            "The fund shrinks by the share of whoever leaves, as the charter has it.",
            "按章程，成员退出后基金按其份额缩减。",
        )
        found.append(text)
    return found


def joined(game: Play, names: Callable[..., Text]) -> list[Finding]:
    """Which states asked to join, and what came of it."""
    found, seed = list[Finding](), game.problem.seed
    for who in dict.fromkeys(row["state"] for row in game.ledger.accessions):
        rows = [row for row in game.ledger.accessions if row["state"] == who]
        last, state = rows[-1], names(who)
        votes = {
            "yes": Figure(last["yes"], n=1, seed=seed),
            "against": Figure(last["no"] + last["objects"], n=1, seed=seed),
        }
        head = opening(state.en)
        if last["outcome"] == "adopted":
            text = Text(
                f"{head} asked to join and was admitted in round {last['round']}, with {last['yes']} in favour.",
                f"{state.of('zh')}申请加入，于第{last['round']}轮获接纳，赞成{last['yes']}票。",
            )
        else:
            times = "once" if len(rows) == 1 else f"{len(rows)} times"
            text = Text(
                f"{head} asked to join {times} and was not admitted; the last time {last['yes']} were in favour and "
                f"{last['no'] + last['objects']} against.",
                f"{state.of('zh')}申请加入{len(rows)}次，未获接纳；最近一次赞成{last['yes']}票，"
                f"反对{last['no'] + last['objects']}票。",
            )
        found.append(Finding(text, votes))
    return found


def _by_sensitivity(game: Play, issues: Mapping[str, Text]) -> Text:
    """In which order issues come up, and how far each divides the members."""
    told = [
        (issues[topic.issue], SENSITIVITY[sensitivity(game, topic)], float(divides(topic)))
        for topic in lowest_first(game, list(game.topics.values()))
    ]
    en = ", ".join(f"{title.en} ({word.en}, {apart:.0f})" for title, word, apart in told)
    zh = "、".join(f"{title.of('zh')}（{word.of('zh')}，{apart:.0f}）" for title, word, apart in told)
    return Text(
        "Each organ takes up its issues from the least to the most sensitive: by what charter or stakes call them, "
        f"then by how far members lie from their middle, in points weighted by how much they care: {en}.",
        "各机关按敏感度由低到高审议议题：先依章程或诉求文件所定级别，再依成员立场与中间立场的距离"
        f"（按重视度加权，单位为点）：{zh}。",
    )
