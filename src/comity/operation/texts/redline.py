"""What differs between two texts, paragraph by paragraph, with the words struck out and put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from comity.kernel.result import Language, Text
from comity.operation.texts.document import Document

Mark = Literal["kept", "struck", "added"]


@dataclass(frozen=True)
class Difference:
    """One passage that differs.

    Attributes:
        id: the id of the passage, the same in both texts.
        old: its words before; None where it is new.
        new: its words after; None where it is gone.
    """

    id: str
    old: Text | None
    new: Text | None

    @property
    def sort(self) -> Literal["added", "struck", "changed"]:
        """Whether it was added, struck out or changed."""
        if self.old is None:
            return "added"
        return "struck" if self.new is None else "changed"

    def marked(self, lang: Language = "en") -> Iterator[tuple[Mark, str]]:
        """The words of both, in pieces: kept, struck out, added; English by words, Chinese by characters."""
        before, after = (_words(each, lang) for each in (self.old, self.new))
        for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag == "equal":
                yield "kept", "".join(before[i:j])
                continue
            if i < j:
                yield "struck", "".join(before[i:j])
            if k < m:
                yield "added", "".join(after[k:m])

    def text(self, lang: Language = "en") -> str:
        """The passage with what was struck out in ``[-...-]`` and what was added in ``{+...+}``."""
        frames = {"kept": "{}", "struck": "[-{}-]", "added": "{{+{}+}}"}
        return "".join(frames[mark].format(words) for mark, words in self.marked(lang))


def _words(text: Text | None, lang: Language) -> list[str]:
    if text is None:
        return []
    said = text.of(lang)
    return re.findall(r"⟦[a-z0-9_]+⟧|[A-Za-z0-9.,]+|\s+|.", said) if lang == "zh" else re.findall(r"\s+|\S+", said)


def differences(old: Document, new: Document) -> tuple[Difference, ...]:
    """Every passage that was added, struck out or changed, in the order of the texts.

    Passages are compared by their ids, so that an article put before others changes none of them; references are
    compared by what they refer to and not by its number.

    Example:
        >>> import comity
        >>> from comity.operation.texts import charter
        >>> from comity.procedure.amending import amended
        >>> g5 = comity.load("g5")
        >>> (found,) = differences(charter(g5), charter(amended(g5, {"clauses.oil_stocks.at_least": 85})))
        >>> found.id, found.text("zh")[-22:]
        ('art_oil_stocks__para_obligation', '进口天数计）不低于[-90-]{+85+}。')
    """
    before, after = dict(old.passages()), dict(new.passages())
    order = [*after, *(name for name in before if name not in after)]
    return tuple(
        Difference(name, before.get(name), after.get(name)) for name in order if before.get(name) != after.get(name)
    )
