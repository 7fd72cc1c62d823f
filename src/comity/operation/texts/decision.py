"""The text of an adopted decision: its paragraphs, what it does, and how it was adopted."""

from __future__ import annotations

from collections.abc import Iterator

from comity.charter.phrases import put, row
from comity.charter.provisions import readable
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Text
from comity.model.event.questions import Effect, ProposalTabled
from comity.model.institution import Institution
from comity.operation.texts.document import Article, Chapter, Document, Paragraph
from comity.operation.texts.instrument import Steps, charter
from comity.operation.texts.obligations import obligation
from comity.operation.texts.redline import differences
from comity.operation.texts.words import Terms, day, inside, opened, terms
from comity.procedure.amending import amended, with_clauses
from comity.procedure.state import Determination, Question, State
from comity.procedure.words import counted

KINDS = {
    "resolution": Text("Resolution", "决议"),
    "decision": Text("Decision", "决定"),
    "declaration": Text("Declaration", "宣言"),
    "presidential_statement": Text("Presidential statement", "主席声明"),
    "communique": Text("Communiqué", "公报"),
}
"""What a text is called."""
STATEMENTS = {
    "dissociates": Text("dissociated itself", "不予附和"),
    "explanation_of_vote": Text("explained its vote", "作解释投票的发言"),
    "explanation_of_position": Text("explained its position", "作解释立场的发言"),
    "reserves_position": Text("reserved its position", "保留立场"),
    "statement": Text("made a statement", "作了发言"),
}
"""What members put on record."""

UNRECORDED = Article(
    "art_operative",
    Text(""),
    (
        Paragraph(
            "art_operative__para_none",
            Text("[The text of this decision is not on record.]", "[本决定的案文未予记录。]"),
        ),
    ),
)
"""What stands for a text of which nobody recorded the words."""


def decision(state: State, steps: Steps, question: str) -> Document:
    """The text of a decision as it was adopted; a paragraph keeps its id where another was struck out.

    Args:
        state: the institution as it now stands.
        steps: what happened.
        question: the name of the question.

    Raises:
        UnknownName: where there is no such question, with near ones.
        InputError: where it was not adopted.

    Example:
        >>> from comity.library.cases import cases, replayed
        >>> done = replayed(cases("security-council")[0])
        >>> adopted = next(name for name, each in done.state.questions.items() if each.status == "adopted")
        >>> decision(done.state, done.steps, adopted).closing[0].text.en.split()[0]
        'Adopted'
    """
    found = state.questions.get(question)
    if found is None:
        raise UnknownName("question", question, list(state.questions))
    if found.status not in {"adopted", "takes_note"}:
        what = f"The question '{question}' is {found.status.replace('_', ' ')}: it has no adopted text."
        raise InputError(what, mend="Name a question that was adopted.")
    vote = _vote(steps, question)
    said = terms(state.law, vote.on if vote else state.on, tuple(state.members))
    tabled = next((act for act, _ in steps if isinstance(act, ProposalTabled) and act.question == question), None)
    kind = KINDS[found.text]
    title = put(Text("{kind} {name}", "{kind}{name}"), kind=kind, name=question)
    if tabled is not None and tabled.title:
        title = put(Text("{head}: {title}", "{head}：{title}"), head=title, title=tabled.title)
    head = put(Text("{organ},", "{organ}，"), organ=opened(said.organ(found.organ)))
    articles = [_operative(found, recorded=tabled is None or not isinstance(tabled.paragraphs, int))]
    if found.effect:
        before = _law_before(steps, question) or state.law
        articles += _effect(said, before, found.effect)
    filled = tuple(each for each in articles if each.paragraphs) or (UNRECORDED,)
    return Document(
        question,
        title,
        (Paragraph("preamble__organ", head),),
        (Chapter("chp_operative", Text(""), filled),),
        closing=tuple(_closing(said, found, vote)),
    )


def _vote(steps: Steps, question: str) -> Determination | None:
    votes = (each for _, step in steps for each in step.determinations if each.about == question)
    return next((each for each in reversed(list(votes)) if each.sort in {"vote", "chair"}), None)


def _law_before(steps: Steps, question: str) -> Institution | None:
    """The law before the question was adopted."""
    before: Institution | None = None
    for _, step in steps:
        there = step.state.questions.get(question)
        if there is not None and there.settled:
            return before
        before = step.state.law
    return before


def _operative(question: Question, *, recorded: bool) -> Article:
    """The numbered paragraphs as they stand: what was struck out is gone, what nobody recorded is unknown."""
    unknown = Text("[The words of this paragraph are not on record.]", "[本段文字未予记录。]")
    found = [
        Paragraph(f"art_operative__para_{number}", Text(words) if words else unknown)
        for number, words in enumerate(question.paragraphs, 1)
        if words or not recorded
    ]
    return Article("art_operative", Text(""), tuple(found))


def _effect(said: Terms, before: Institution, effect: Effect) -> Iterator[Article]:  # noqa: C901
    """What the decision does, in the words of what it creates or changes."""
    para, found = inside("art_effect"), list[Paragraph]()
    for member, provision, en, zh in (
        (effect.admits, "admits", "{who} is admitted as a Member.", "接纳{who}为成员。"),
        (effect.suspends, "suspends", "The rights of {who} as a Member are suspended.", "中止{who}的成员权利。"),
        (effect.restores, "restores", "The rights of {who} as a Member are restored.", "恢复{who}的成员权利。"),
        (effect.expels, "expels", "{who} is expelled.", "开除{who}。"),
    ):
        if member is not None:
            found.append(para(provision, said.say(en, zh, who=said.name(member))))
    if effect.permits_vote:
        who = row(map(said.name, effect.permits_vote))
        found.append(
            para(
                "permits_vote", said.say("{who} may vote although in arrears.", "准许{who}在拖欠会费时表决。", who=who)
            )
        )
    for name in effect.terminates:
        found.append(
            para(
                f"terminates_{_slug(name)}", said.say("“{name}” is terminated.", "终止“{name}”。", name=readable(name))
            )
        )
    yield Article("art_effect", Text("Effect", "效力"), tuple(found))
    if effect.amends:
        old, new = charter(before, said.on), charter(amended(before, effect.amends), said.on)
        changes = list[Paragraph]()
        for each in differences(old, new):
            home = each.id.split("__")[0]
            held = dict(old.passages()).get(home) or dict(new.passages())[home]
            numbered = put(Text("“{held}”", "“{held}”"), held=held)
            if each.new is None:
                words = put(Text("In the article {where}: struck out.", "删除{where}条中的相应规定。"), where=numbered)
            else:
                passage = Text(new.said(each.new, "en"), new.said(each.new, "zh"))
                reads = Text("In the article {where} it shall read: “{text}”", "{where}条相应改为：“{text}”")
                words = put(reads, where=numbered, text=passage)
            changes.append(Paragraph(f"art_amends__para_{each.id}", words))
        for path in () if changes else effect.amends:  # what the text has no words for is told by its place
            words = Text(f"The part “{path}” of the charter is changed.", f"修改章程的“{path}”部分。")
            changes.append(Paragraph(f"art_amends__para_{_slug(path)}", words))
        yield Article("art_amends", Text("Amendment of the charter", "对章程的修正"), tuple(changes))
    if effect.creates:
        law = with_clauses(before, effect.creates)
        own = Terms(law, said.on, said.members, said.voice)
        for name in effect.creates:
            yield obligation(name, law.clauses[name], own, {})


def _slug(name: str) -> str:
    return "".join(each if each.isascii() and each.isalnum() else "_" for each in name.lower())


def _closing(said: Terms, question: Question, vote: Determination | None) -> Iterator[Paragraph]:
    """How it was adopted, and what members put on record."""
    on = vote.on if vote else said.on
    word = {"adopted": Text("Adopted", "通过"), "takes_note": Text("Taken note of", "予以注意")}[question.status]
    rule = said.saying.title("rules", question.rule)
    pattern = Text("{word} by {organ} on {on} under the rule “{rule}”", "{organ}于{on}依“{rule}”规则{word}")
    head = put(pattern, word=word, organ=said.organ(question.organ), on=day(on), rule=rule)
    counts = counted(vote.ruling) if vote and vote.ruling else None
    ended = (
        put(Text("{head}: {counts}.", "{head}：{counts}。"), head=head, counts=counts)
        if counts
        else put(Text("{head}.", "{head}。"), head=head)
    )
    yield Paragraph("closing__adoption", ended)
    if question.contested:
        yield Paragraph("closing__contested", Text("The outcome is contested.", "此结果有争议。"))
    for number, (member, kind, words) in enumerate(question.statements, 1):
        told = STATEMENTS.get(kind, Text(kind.replace("_", " ")))
        pattern = (
            Text("{who} {told}: “{words}”", "{who}{told}：“{words}”")
            if words
            else Text("{who} {told}.", "{who}{told}。")
        )
        yield Paragraph(
            f"closing__statement_{number}", put(pattern, who=opened(said.name(member)), told=told, words=words)
        )
