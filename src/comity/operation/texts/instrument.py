"""The text of an institution's instrument, generated from its charter, or from the law now in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from comity.charter.phrases import put, row
from comity.charter.vocabulary import STATUS
from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.model.institution import Institution
from comity.operation.texts.bodies import decisions, membership, organs
from comity.operation.texts.document import Article, Chapter, Document, Paragraph
from comity.operation.texts.final import final, funds, safeguards, silences
from comity.operation.texts.obligations import Duties, obligation
from comity.operation.texts.words import Terms, day, inside, terms
from comity.procedure.case import TimePassed
from comity.procedure.duties import ARSIWA
from comity.procedure.state import State, Step

Steps = Sequence[tuple[Act | TimePassed, Step]]
"""Each event, or passage of time, with what it did: ``Replayed.steps``."""


def charter(institution: Institution, on: datetime.date | None = None) -> Document:
    """The text of a charter as it is written.

    Args:
        institution: the charter.
        on: the day at which members and dated values are read; the charter's own where absent.

    Example:
        >>> import comity
        >>> text = charter(comity.load("g5"))
        >>> next(each for each in text.articles if each.id == "art_oil_stocks").paragraphs[0].text.en
        'Japan and India shall each ensure that, not later than 31 December 2028, its stocks of oil (in days of net \
imports) amount to not less than 90.'
    """
    return _document(terms(institution, on or institution.as_of), {})


def instrument(state: State, steps: Steps = ()) -> Document:
    """The text of the law now in force: amended, with what was renegotiated, and how each obligor stands.

    Args:
        state: the institution as it now stands.
        steps: what happened; only days of amendment are read from it.

    Example:
        >>> import comity
        >>> instrument(comity.start(comity.load("gcf"))).title.zh
        '绿色气候基金（董事会，按席位组）'
    """
    found = _document(terms(state.law, state.on, tuple(state.members)), state.duties)
    if changed := amendments(steps):
        pattern = Text("As amended on {days}.", "经{days}修正。")
        note = Paragraph("notice__amended", put(pattern, days=row(day(each) for each in changed)))
        return Document(found.name, found.title, found.preamble, found.chapters, (*found.notice, note), found.closing)
    return found


def amendments(steps: Steps) -> list[datetime.date]:
    """The days on which amendments of the charter, renegotiated terms or new clauses took effect."""
    days = [
        found.on
        for _, step in steps
        for found in step.determinations
        if (found.sort == "entry_into_force" and found.about == "charter")
        or (found.sort == "clause" and found.outcome == "created")
    ]
    days += [
        act.on
        for act, step in steps
        if not isinstance(act, TimePassed) and getattr(act, "kind", "") == "clause_renegotiated" and not step.flags
    ]
    return sorted(set(days))


def _document(said: Terms, duties: Duties) -> Document:
    law = said.law
    chapters = (
        Chapter("chp_members", Text("Membership", "成员资格"), tuple(membership(said))),
        Chapter("chp_organs", Text("Organs", "机关"), tuple(organs(said))),
        Chapter("chp_decisions", Text("Decisions", "决定"), tuple(decisions(said))),
        Chapter("chp_obligations", Text("Obligations", "义务"), tuple(_obligations(said, duties))),
        Chapter("chp_funds", Text("Financial provisions", "财务条款"), tuple(funds(said))),
        Chapter("chp_safeguards", Text("Balance and disputes", "平衡与争端"), tuple(safeguards(said))),
        Chapter("chp_final", Text("Final provisions", "最后条款"), tuple(final(said))),
    )
    binding = law.status != "practice"
    agreed = Text("The Members have agreed as follows:", "各成员议定如下：")
    practice = Text(
        "The Members, acting by practice and without a charter, proceed as follows:",
        "各成员依惯例行事而无章程，办法如下：",
    )
    preamble = (Paragraph("preamble__formula", agreed if binding else practice),)
    filled = tuple(each for each in chapters if each.articles)
    return Document(law.name, law.title, preamble, filled, tuple(_notice(said)))


def _obligations(said: Terms, duties: Duties) -> Iterator[Article]:
    clauses = said.law.clauses
    for name, clause in clauses.items():
        yield obligation(name, clause, said, duties)
    if clauses:
        para = inside("art_excuse")
        excused = said.say(
            "Where a circumstance precluding wrongfulness is invoked and accepted, the obligation concerned "
            "{shall_not} "
            "be due for as long as that circumstance lasts.",
            "解除行为不法性的情况经援引并获接受的，在该情况持续期间，有关义务{shall_not}视为已到期。",
        )
        note = Paragraph(
            "art_excuse__note_source",
            Text(f"Source: {ARSIWA}, Articles 20 to 25.", "来源：国际法委员会《国家责任条款》第20至25条。"),
        )
        title = Text("Circumstances precluding wrongfulness", "解除行为不法性的情况")
        yield Article("art_excuse", title, (para("excuse", excused),), (note,))


def _notice(said: Terms) -> Iterator[Paragraph]:
    law = said.law
    pattern = Text(
        "This text was generated from the charter “{name}” (status: {status}) as it stands on {on}. It is not "
        "the text of "
        "any treaty: it states in words the rules that the charter records, and the notes say where each was found. "
        "English and Chinese are generated from the same data; neither is a translation of the other.",
        "本文由章程“{name}”（性质：{status}）按{on}的内容生成，并非任何条约的文本：它以文字表述章程所载规则，"
        "注释说明各条出处。中英文由同一数据生成，互不为译文。",
    )
    yield Paragraph(
        "notice__origin", put(pattern, name=law.name or law.title.en, status=STATUS[law.status], on=day(said.on))
    )
    if silent := silences(said):
        pattern = Text("The charter is silent on {what}.", "章程未就{what}作出规定。")
        yield Paragraph("notice__silent", put(pattern, what=row(silent)))
    if said.members is None:
        words = Text("The charter does not know all members on that day.", "章程未载明该日的全部成员。")
        yield Paragraph("notice__members", words)
