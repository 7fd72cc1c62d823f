"""What members owe, as articles: the obligation, its verification, what is paid for it, and what follows on breach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from comity.charter.burdens import fine
from comity.charter.phrases import put, row, span
from comity.kernel.family import kind_of
from comity.kernel.result import Text
from comity.model.clause import Breach, Clause
from comity.operation.texts.document import Article, Paragraph
from comity.operation.texts.words import Numbered, Terms, Voice, day, decimal, inside, metric, money, opened, origin
from comity.procedure.state import Duty
from comity.procedure.words import OUTCOMES

Duties = Mapping[tuple[str, str], Duty]


def obligation(name: str, clause: Clause, terms: Terms, duties: Duties) -> Article:
    """The article of one clause, on the terms now in force for each obligor.

    Args:
        name: the name of the clause, from which its ids come.
        clause: the clause.
        terms: how the text says things.
        duties: how each obligor stands; the terms of the charter hold where nothing is known.
    """
    article = f"art_{name}"
    voice, para = Voice.of(clause.force), inside(article)
    binding = clause.force == "binding"
    found = [para("obligation", _owed(clause, terms, voice, clause.obligor))]
    for obligor in clause.obligor:
        duty = duties.get((name, obligor))
        if duty is not None and (duty.due is not None or duty.value is not None):
            renewed = clause.renewed(duty.due, duty.value)
            agreed = _owed(renewed, terms, voice, (obligor,))
            pattern = Text(
                "By way of derogation from the first paragraph of this Article, and as agreed in renegotiation, "
                "{agreed}",
                "作为对本条首款的例外，经重新谈判议定：{agreed}",
            )
            found.append(para(f"obligation_{obligor.lower()}", put(pattern, agreed=agreed)))
    if clause.since:
        found.append(
            para("since", put(Text("This Article applies from {on}.", "本条自{on}起适用。"), on=day(clause.since)))
        )
    found += _verified(clause, terms, voice, para)
    if clause.reward:
        found.append(para("reward", _reward(clause, terms, voice)))
    if clause.breach:
        found += _breach(clause, clause.breach, voice, para)
    notes = (*_standing(article, name, clause, terms, duties), *origin(article, clause))
    if not binding:
        says = Text("This Article does not bind in law.", "本条不具法律约束力。")
        notes = (Paragraph(f"{article}__note_force", says), *notes)
    title = clause.title or Text(opened(Text(name.replace("_", " "))).en)
    return Article(article, title, tuple(found), notes)


def _owed(clause: Clause, terms: Terms, voice: Voice, obligors: Sequence[str]) -> Text:
    """Who shall do what by when."""
    who = row(map(terms.name, obligors))
    each = Text("each ", "各自") if len(obligors) > 1 else Text("")
    say = {"target": _target, "payment": _payment, "report": _report}.get(kind_of(type(clause)) or "")
    if say is None:
        pattern = Text(
            "{who} {shall} {each}perform the obligation “{kind}” not later than {by}.",
            "{who}{shall}{each}至迟于{by}履行“{kind}”义务。",
        )
        return put(pattern, who=who, shall=voice.shall, each=each, kind=kind_of(type(clause)) or "", by=day(clause.by))
    return opened(say(clause, terms, voice, {"who": who, "each": each, "by": day(clause.by)}))


def _target(clause: Any, terms: Terms, voice: Voice, said: Mapping[str, Text]) -> Text:
    del terms
    least, most = (None if bound is None else decimal(bound) for bound in (clause.at_least, clause.at_most))
    if least is None:
        pattern = Text(
            "Not later than {by}, {who} {shall_not} {each}allow its {metric} to exceed {most}.",
            "至迟于{by}，{who}{each}的{metric}{shall_not}超过{most}。",
        )
    elif most is None:
        pattern = Text(
            "{who} {shall} {each}ensure that, not later than {by}, its {metric} amount to not less than {least}.",
            "{who}{shall}{each}确保，至迟于{by}，其{metric}不低于{least}。",
        )
    else:
        pattern = Text(
            "{who} {shall} {each}ensure that, not later than {by}, its {metric} amount to not less than {least} and "
            "not more than {most}.",
            "{who}{shall}{each}确保，至迟于{by}，其{metric}不低于{least}且不高于{most}。",
        )
    measured = metric(clause.metric)
    bounds = {"least": least or "", "most": most or ""}
    return put(pattern, **said, **bounds, metric=measured, shall=voice.shall, shall_not=voice.shall_not)


def _payment(clause: Any, terms: Terms, voice: Voice, said: Mapping[str, Text]) -> Text:
    pattern = Text(
        "{who} {shall} {each}pay {amount} to {fund} not later than {by}.",
        "{who}{shall}{each}至迟于{by}向{fund}缴付{amount}。",
    )
    return put(pattern, **said, shall=voice.shall, amount=money(clause.amount), fund=terms.fund(clause.to))


def _report(clause: Any, terms: Terms, voice: Voice, said: Mapping[str, Text]) -> Text:
    what = clause.on_what.replace("_", " ")
    pattern = Text(
        "{who} {shall} {each}submit to {organ} a report on {what} not later than {by}.",
        "{who}{shall}{each}至迟于{by}向{organ}提交关于{what}的报告。",
    )
    if not what:
        pattern = Text(pattern.en.replace(" on {what}", ""), pattern.zh.replace("关于{what}的", ""))
    return put(pattern, **said, shall=voice.shall, what=what, organ=terms.organ(clause.verified.by))


def _verified(clause: Clause, terms: Terms, voice: Voice, para: Numbered) -> Iterator[Paragraph]:
    pattern = Text(
        "{organ} {shall} verify the performance of this Article every {every} and {shall} record the value found. What "
        "has not been verified {shall_not} be taken for non-performance.",
        "{organ}{shall}每{every}核查本条的履行情况，并{shall}记录核查所得数值。未经核查的，{shall_not}视为未履行。",
    )
    checked = clause.verified
    yield para(
        "verification",
        put(
            pattern,
            organ=opened(terms.organ(checked.by)),
            every=span(checked.every),
            shall=voice.shall,
            shall_not=voice.shall_not,
        ),
    )
    for share, provision, en, zh in (
        (checked.false_alarm, "false_alarm", "finding non-performance where there is none", "将已履行误判为未履行"),
        (checked.miss, "miss", "finding performance where there is none", "将未履行误判为已履行"),
    ):
        if share is not None:
            pattern = Text(
                "The method of verification {shall_not} err by {what} in more than {share} of cases.",
                "核查方法{what}的比例{shall_not}超过{share}。",
            )
            yield para(provision, put(pattern, what=Text(en, zh), share=fine(share), shall_not=voice.shall_not))


def _reward(clause: Clause, terms: Terms, voice: Voice) -> Text:
    assert clause.reward is not None
    pattern = Text(
        "Where verification shows that a Member named in this Article has performed its obligation, {fund} {shall} pay "
        "{amount} to that Member.",
        "经核查本条所列成员已履行其义务的，{fund}{shall}向该成员支付{amount}。",
    )
    return put(pattern, fund=terms.fund(clause.reward.from_), amount=money(clause.reward.amount), shall=voice.shall)


def _breach(clause: Clause, breach: Breach, voice: Voice, para: Numbered) -> Iterator[Paragraph]:
    """Notice, time to cure and what follows, as the table of the clause's life has it."""
    grace, within = span(breach.grace), span(breach.within)
    said = {"grace": grace, "within": within, "shall": voice.shall, "failed": voice.failed}
    acquiesced = clause.LIFE.get(("breached", "lapsed"))
    notice = Text(
        "Where verification shows that a Member named in this Article has not performed its obligation in time, any "
        "other Member may give it written notice of the {failed}.",
        "经核查本条所列成员未按期履行其义务的，任何其他成员均可就该{failed}向其发出书面通知。",
    )
    yield para("notice", put(notice, **said))
    if acquiesced and acquiesced.consequence == "acquiescence":
        lost = Text(
            "Where no such notice is given within {within} of that finding, the other Members {shall} be deemed "
            "to have "
            "acquiesced and the obligation {shall} be discharged.",
            "自该认定之日起{within}内无任何成员发出通知的，其他成员{shall}被视为已予默认，该义务{shall}解除。",
        )
        yield para("acquiescence", put(lost, **said))
    cure = Text(
        "The Member notified {shall} have {grace} from the notice in which to cure the {failed}. What is verified to "
        "have been cured within that time {shall} have no further consequence under this Article.",
        "被通知成员{shall}自通知之日起有{grace}的补救期。在该期限内经核查已予补救的，依本条不再产生任何后果。",
    )
    yield para("cure", put(cure, **said))
    for provision, text in _THEN[breach.then]:
        yield para(provision, put(text, **said))


_SUSPENDED = Text(
    "While the Article is suspended, the Members may agree to resume it. Where it has been neither resumed nor cured "
    "within {within} of the suspension, it {shall} terminate for that Member.",
    "中止期间，各成员可议定恢复适用。自中止之日起{within}内既未恢复也未补救的，本条对该成员{shall}终止。",
)
_THEN: Mapping[str, tuple[tuple[str, Text], ...]] = {
    "renegotiate": (
        (
            "renegotiation",
            Text(
                "Where the {failed} has not been cured in that time, the Members {shall} renegotiate the terms of the "
                "obligation with the Member concerned. The day and the value then agreed {shall} take the place "
                "of those "
                "in this Article for that Member.",
                "在该期限内未予补救的，各成员{shall}与有关成员重新谈判该义务的条件。由此议定的日期和数值对该成员"
                "{shall}取代本条所定者。",
            ),
        ),
        (
            "renegotiation_failed",
            Text(
                "Where nothing has been agreed within {within} of the end of that time, this Article {shall} terminate "
                "for that Member.",
                "自该期限届满之日起{within}内未达成协议的，本条对该成员{shall}终止。",
            ),
        ),
    ),
    "suspend": (
        (
            "suspension",
            Text(
                "Where the {failed} has not been cured in that time, the operation of this Article {shall} be "
                "suspended "
                "in relation to that Member.",
                "在该期限内未予补救的，本条对该成员{shall}中止施行。",
            ),
        ),
        ("suspension_end", _SUSPENDED),
    ),
    "pay": (
        (
            "compensation",
            Text(
                "Where the {failed} has not been cured in that time, the Member concerned {shall} pay "
                "compensation in the "
                "place of performance within {within}. Upon payment the obligation {shall} be discharged.",
                "在该期限内未予补救的，有关成员{shall}在{within}内支付补偿以代替履行。一经支付，该义务{shall}解除。",
            ),
        ),
        (
            "suspension",
            Text(
                "Where compensation has not been paid in that time, the operation of this Article {shall} be "
                "suspended in "
                "relation to that Member.",
                "在该期限内未支付补偿的，本条对该成员{shall}中止施行。",
            ),
        ),
        ("suspension_end", _SUSPENDED),
    ),
}
"""What follows where a breach is not cured."""


def _standing(article: str, name: str, clause: Clause, terms: Terms, duties: Duties) -> Iterator[Paragraph]:  # noqa: PLR0917
    """How each obligor stands, where that is known: an editor's note."""
    for obligor in clause.obligor:
        duty = duties.get((name, obligor))
        if duty is None or duty.state == "pending":
            continue
        word = OUTCOMES.get(duty.state, Text(duty.state.replace("_", " ")))
        if clause.force != "binding" and duty.state == "breached":
            word = OUTCOMES["not_delivered"]
        pattern = Text("{who}: {word} since {since}.", "{who}：自{since}起{word}。")
        says = put(pattern, who=opened(terms.name(obligor)), word=word, since=day(duty.since))
        yield Paragraph(f"{article}__note_standing_{obligor.lower()}", says)
