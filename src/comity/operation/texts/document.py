"""A legal text as a value: articles and paragraphs with ids that stay, numbered for readers when it is printed.

An id comes from the provision (``art_oil_stocks__para_cure``) and never from its place, so that it is the same after
another article was put before it. A place that refers to another article holds that article's id between double
brackets; the number is put there when the text is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.kernel.result import Language, Text

_REFERENCE = re.compile(r"⟦([a-z0-9_]+)⟧")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, with its lettered items.

    Attributes:
        id: its id, which stays.
        text: its words; references to articles stand as their ids.
        items: lettered items, each with an id of its own.
    """

    id: str
    text: Text
    items: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article.

    Attributes:
        id: its id, which stays.
        title: its heading.
        paragraphs: what it provides.
        notes: what an editor adds: the origin of the provision, what is disputed, how far it was performed; no law.
    """

    id: str
    title: Text
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Articles under one heading."""

    id: str
    title: Text
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Document:
    """A whole text.

    Attributes:
        name: the name of its charter or question.
        title: its title.
        preamble: what stands before the articles.
        chapters: the articles, by chapter; a chapter without a title is none for a reader.
        notice: what an editor says of the text as a whole: what it is, of which day, on what the charter is silent.
        closing: what stands after the articles: the formula of adoption.
    """

    name: str
    title: Text
    preamble: tuple[Paragraph, ...]
    chapters: tuple[Chapter, ...]
    notice: tuple[Paragraph, ...] = ()
    closing: tuple[Paragraph, ...] = ()

    @property
    def articles(self) -> Iterator[Article]:
        """Every article, in order."""
        return (article for chapter in self.chapters for article in chapter.articles)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each article, for a reader."""
        return {article.id: number for number, article in enumerate(self.articles, 1)}

    def passages(self) -> Iterator[tuple[str, Text]]:
        """Everything that is law, by its id: headings, preamble, paragraphs and items; notes are none."""
        yield "title", self.title
        for paragraph in self.preamble:
            yield paragraph.id, paragraph.text
        for article in self.articles:
            yield article.id, article.title
            for paragraph in article.paragraphs:
                yield paragraph.id, paragraph.text
                yield from ((item.id, item.text) for item in paragraph.items)
        for paragraph in self.closing:
            yield paragraph.id, paragraph.text

    def said(self, text: Text, lang: Language) -> str:
        """The words of a passage, with the numbers of the articles it refers to."""
        return "".join(part for part, _ in self.pieces(text, lang))

    def pieces(self, text: Text, lang: Language) -> Iterator[tuple[str, str]]:
        """The words of a passage in pieces, each with the id of the article that it refers to, or nothing."""
        for place, part in enumerate(_REFERENCE.split(text.of(lang))):
            if place % 2 and part in self.numbers:
                yield article_number(self.numbers[part]).of(lang), part
            elif part:
                yield (f"⟦{part}⟧" if place % 2 else part), ""

    def text(self, lang: Language = "en") -> str:
        """The whole text as a reader reads it, numbered.

        Example:
            >>> import comity
            >>> from comity.operation.texts import charter
            >>> print(charter(comity.load("g5")).text().splitlines()[0])
            Group of Five (as rumoured)
        """
        lines = [self.title.of(lang), ""]
        for paragraph in self.notice:
            lines += [f"[{self.said(paragraph.text, lang)}]", ""]
        for paragraph in self.preamble:
            lines += [self.said(paragraph.text, lang), ""]
        for number, chapter in enumerate(self.chapters, 1):
            if chapter.title.en:
                lines += [chapter_heading(number, chapter.title).of(lang), ""]
            for article in chapter.articles:
                lines += self._article(article, lang)
        for paragraph in self.closing:
            lines += [self.said(paragraph.text, lang), ""]
        return "\n".join(lines).rstrip() + "\n"

    def _article(self, article: Article, lang: Language) -> list[str]:
        lines = [article_heading(self.numbers[article.id], article.title).of(lang), ""]
        alone = len(article.paragraphs) == 1
        for number, paragraph in enumerate(article.paragraphs, 1):
            label = "" if alone else paragraph_number(number).of(lang)
            lines.append(f"{label}{self.said(paragraph.text, lang)}")
            lines += [
                f"    {item_number(place).of(lang)}{self.said(item.text, lang)}"
                for place, item in enumerate(paragraph.items, 1)
            ]
            lines.append("")
        for note in article.notes:
            lines += [f"[{self.said(note.text, lang)}]", ""]
        return lines


def refer(article: str) -> str:
    """A reference to an article, to be written into a text.

    Example:
        >>> refer("art_exit")
        '⟦art_exit⟧'
    """
    return f"⟦{article}⟧"


def article_number(number: int) -> Text:
    """An article by its number: "Article 12", 第十二条."""
    return Text(f"Article {number}", f"第{chinese(number)}条")


def article_heading(number: int, title: Text) -> Text:
    """The heading of an article."""
    name = article_number(number)
    return Text(f"{name.en}. {title.en}", f"{name.of('zh')}　{title.of('zh')}")


def chapter_heading(number: int, title: Text) -> Text:
    """The heading of a chapter."""
    return Text(f"Chapter {roman(number)}. {title.en}", f"第{chinese(number)}章　{title.of('zh')}")


def paragraph_number(number: int) -> Text:
    """What stands before a paragraph: "1. ", 一、."""
    return Text(f"{number}. ", f"{chinese(number)}、")


def item_number(number: int) -> Text:
    """What stands before an item: "(a) ", （一）.

    Example:
        >>> item_number(2).en, item_number(2).zh, item_number(28).en
        ('(b) ', '（二）', '(bb) ')
    """
    turns, letter = divmod(number - 1, 26)
    return Text(f"({chr(97 + letter) * (turns + 1)}) ", f"（{chinese(number)}）")


def chinese(number: int) -> str:
    """A number below a thousand in Chinese.

    Example:
        >>> [chinese(each) for each in (3, 10, 12, 20, 105, 110, 321)]
        ['三', '十', '十二', '二十', '一百零五', '一百一十', '三百二十一']
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        head = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
        return head + (_DIGITS[ones] if ones or not tens else "")
    middle = f"{_DIGITS[tens]}十" if tens else "零" if ones else ""
    return f"{_DIGITS[hundreds]}百{middle}{_DIGITS[ones] if ones else ''}"


def roman(number: int) -> str:
    """A number below forty in Roman figures.

    Example:
        >>> roman(4), roman(9), roman(12)
        ('IV', 'IX', 'XII')
    """
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]
