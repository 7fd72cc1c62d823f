"""How business was conducted, in words: what a reader must know where it was not as usual."""

from __future__ import annotations

from collections.abc import Mapping

from comity.kernel.result import Text
from comity.kernel.saying import money
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
