"""Texts as Akoma Ntoso 3.0 (OASIS LegalDocML): one XML document for each language, an expression of the same work.

``eId`` of chapters, articles, paragraphs and points are the ids of the text, which stay when articles are renumbered.
An institution has no country: the work stands under the code ``xx``, which ISO 3166-1 leaves to its users.

**Source**: Akoma Ntoso Version 1.0, Part 2: Specifications, and Akoma Ntoso Naming Convention Version 1.0, OASIS.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from comity.kernel.result import Language, Text
from comity.operation.texts.document import (
    Article,
    Chapter,
    Document,
    Paragraph,
    article_number,
    chinese,
    item_number,
    paragraph_number,
    roman,
)
from comity.operation.texts.instrument import Steps, amendments
from comity.procedure.state import State

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGES: Mapping[Language, str] = {"en": "eng", "zh": "zho"}
"""The languages by their codes of ISO 639-2."""
SOURCE = "#comity"


def life(state: State, steps: Steps) -> list[tuple[datetime.date, str]]:
    """The life of an instrument as Akoma Ntoso tells it: days of generation and of amendment.

    The instruments of the charter enter with their adoption and entry into force, its own text with its amendments.
    """
    found = [(state.law.as_of, "generation")]
    for _, treaty in sorted(state.treaties.items()):
        if treaty.terms.adopted and treaty.terms.adopted < state.law.as_of:
            found[0] = (min(found[0][0], treaty.terms.adopted), "generation")
    return [*found, *((on, "amendment") for on in amendments(steps))]


def akoma_ntoso(
    document: Document,
    on: datetime.date,
    lang: Language = "en",
    *,
    events: Sequence[tuple[datetime.date, str]] = (),
    in_force: Sequence[datetime.date] = (),
    kind: str = "charter",
) -> bytes:
    """A text as an Akoma Ntoso document in one language, UTF-8.

    Args:
        document: the text.
        on: the day of this version.
        lang: the language of this expression.
        events: the life of the work, see :func:`life`; generated on that day where absent.
        in_force: the days on which instruments of the charter entered into force, as steps of the workflow.
        kind: what the work is called: ``charter`` or the kind of a decision.

    Example:
        >>> import comity
        >>> from comity.operation.texts import charter
        >>> g5 = comity.load("g5")
        >>> b'eId="art_oil_stocks__para_cure"' in akoma_ntoso(charter(g5), g5.as_of, "zh")
        True
    """
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    act = SubElement(root, "act", {"name": kind, "contains": "singleVersion"})
    life_ = list(events) or [(on, "generation")]
    _meta(act, document, on, lang, life_, in_force, kind)
    title = SubElement(SubElement(SubElement(act, "preface"), "longTitle"), "p")
    SubElement(title, "docTitle").text = document.title.of(lang)
    if document.preamble:
        preamble = SubElement(act, "preamble")
        for each in document.preamble:
            formula = SubElement(preamble, "formula", {"name": "enactingFormula", "eId": each.id})
            _p(formula, document, each.text, lang)
    body = SubElement(act, "body")
    for number, chapter in enumerate(document.chapters, 1):
        _chapter(body, document, chapter, number, lang)
    if document.closing:
        conclusions = SubElement(act, "conclusions")
        for each in document.closing:
            _p(conclusions, document, each.text, lang, each.id)
    indent(root, space=" ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def _meta(  # noqa: C901, PLR0917
    act: Element,
    document: Document,
    on: datetime.date,
    lang: Language,
    events: Sequence[tuple[datetime.date, str]],
    in_force: Sequence[datetime.date],
    kind: str,
) -> None:
    meta = SubElement(act, "meta")
    begun = min(day for day, _ in events)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", document.name).strip("-") or "text"
    work = f"/akn/xx/act/{kind}/{begun}/{name}"
    expression = f"{work}/{LANGUAGES[lang]}@{on}"
    identification = SubElement(meta, "identification", {"source": SOURCE})
    for level, iri, day in (
        ("FRBRWork", work, begun),
        ("FRBRExpression", expression, on),
        ("FRBRManifestation", f"{expression}.xml", on),
    ):
        part = SubElement(identification, level)
        main = f"{iri}/!main" if level != "FRBRManifestation" else f"{expression}/!main.xml"
        SubElement(part, "FRBRthis", {"value": main})
        SubElement(part, "FRBRuri", {"value": iri})
        SubElement(part, "FRBRdate", {"date": str(day), "name": "generation"})
        SubElement(part, "FRBRauthor", {"href": SOURCE})
        if level == "FRBRWork":
            SubElement(part, "FRBRcountry", {"value": "xx"})
            SubElement(part, "FRBRnumber", {"value": name})
            SubElement(part, "FRBRname", {"value": document.title.of(lang)})
        if level == "FRBRExpression":
            SubElement(part, "FRBRlanguage", {"language": LANGUAGES[lang]})
        if level == "FRBRManifestation":
            SubElement(part, "FRBRformat", {"value": "application/akn+xml"})
    lifecycle = SubElement(meta, "lifecycle", {"source": SOURCE})
    for number, (day, sort) in enumerate(events, 1):
        source = "#original" if sort == "generation" else f"#amendment_{number}"
        SubElement(lifecycle, "eventRef", {"eId": f"event_{number}", "date": str(day), "type": sort, "source": source})
    if in_force:
        workflow = SubElement(meta, "workflow", {"source": SOURCE})
        for number, day in enumerate(in_force, 1):
            step = {"eId": f"step_{number}", "date": str(day), "by": SOURCE, "refersTo": "#inForce"}
            SubElement(workflow, "step", step)
    references = SubElement(meta, "references", {"source": SOURCE})
    SubElement(references, "original", {"eId": "original", "href": work, "showAs": document.title.of(lang)})
    for number, (day, sort) in enumerate(events, 1):
        if sort != "generation":
            said = {"eId": f"amendment_{number}", "href": f"{work}/!{sort}/{day}", "showAs": f"{sort} {day}"}
            SubElement(references, "passiveRef", said)
    SubElement(
        references, "TLCOrganization", {"eId": "comity", "href": "/ontology/organization/xx/comity", "showAs": "comity"}
    )
    if in_force:
        shown = Text("entry into force", "生效").of(lang)
        SubElement(references, "TLCEvent", {"eId": "inForce", "href": "/ontology/event/xx/inForce", "showAs": shown})
    _notes(meta, document, lang)


def _notes(meta: Element, document: Document, lang: Language) -> None:
    """What an editor says: none of it is law, so that it stands in the metadata."""
    told = [*document.notice, *(note for article in document.articles for note in article.notes)]
    if told:
        notes = SubElement(meta, "notes", {"source": SOURCE})
        for note in told:
            _p(SubElement(notes, "note", {"eId": note.id}), document, note.text, lang)


def _chapter(body: Element, document: Document, chapter: Chapter, number: int, lang: Language) -> None:  # noqa: PLR0917
    place = body
    if chapter.title.en:
        place = SubElement(body, "chapter", {"eId": chapter.id})
        SubElement(place, "num").text = Text(f"Chapter {roman(number)}", f"第{chinese(number)}章").of(lang)
        SubElement(place, "heading").text = chapter.title.of(lang)
    for article in chapter.articles:
        _article(place, document, article, lang)


def _article(place: Element, document: Document, article: Article, lang: Language) -> None:
    element = SubElement(place, "article", {"eId": article.id})
    if article.title.en:
        SubElement(element, "num").text = article_number(document.numbers[article.id]).of(lang)
        SubElement(element, "heading").text = article.title.of(lang)
    for number, paragraph in enumerate(article.paragraphs, 1):
        within = SubElement(element, "paragraph", {"eId": paragraph.id})
        SubElement(within, "num").text = paragraph_number(number).of(lang).strip()
        _content(within, document, paragraph, lang)


def _content(within: Element, document: Document, paragraph: Paragraph, lang: Language) -> None:
    if not paragraph.items:
        _p(SubElement(within, "content"), document, paragraph.text, lang)
        return
    _p(SubElement(within, "intro"), document, paragraph.text, lang)
    for number, item in enumerate(paragraph.items, 1):
        point = SubElement(within, "point", {"eId": item.id})
        SubElement(point, "num").text = item_number(number).of(lang).strip()
        _p(SubElement(point, "content"), document, item.text, lang)


def _p(place: Element, document: Document, text: Text, lang: Language, name: str = "") -> None:  # noqa: PLR0917
    """A passage, with references as links to the ids of articles."""
    element = SubElement(place, "p", {"eId": name} if name else {})
    last: Element | None = None
    for words, article in document.pieces(text, lang):
        said = _clean(words)
        if article:
            last = SubElement(element, "ref", {"href": f"#{article}"})
            last.text = said
        elif last is None:
            element.text = (element.text or "") + said
        else:
            last.tail = (last.tail or "") + said


def _clean(words: str) -> str:
    """The words without characters that XML cannot hold."""
    return re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", words)
