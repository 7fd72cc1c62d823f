"""What a dossier says first: the question, three numbers with intervals, and what would change our mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.kernel.result import Figure, Text


@dataclass(frozen=True)
class Headline:
    """One of the numbers that a dossier opens with.

    Attributes:
        figure: the number with interval, draws and seed; in a unit of ``share`` or ``probability`` per cent are shown.
        label: the sentence that says what the number is.

    Example:
        >>> Headline(Figure(0.026, "share", 0.023, 0.029, 10_000, 1), Text("of all weightings")).label.en
        'of all weightings'
    """

    figure: Figure
    label: Text


@dataclass(frozen=True)
class Front:
    """Everything around the results of a dossier; each part is left out where it is empty.

    Attributes:
        question: the question that the dossier answers.
        answer: the answer in one or two sentences.
        numbers: the numbers that carry it.
        would_change: what would change our mind.
        box: paragraphs of the boxed note (that the institution is a press rumour and the charter a model of it).
        limits: what the whole dossier does not say.
        methods: how it was computed, in words.
        attributions: source -> the line by which it asks to be credited.
        command: the command that reproduces the dossier (else the one of the first result).
        tables: the folder beside the page that holds every table as CSV; empty where none is written.
        rows: how many rows of a table stand in the page; the rest is in its file.
    """

    question: Text = Text("")
    answer: Text = Text("")
    numbers: tuple[Headline, ...] = ()
    would_change: tuple[Text, ...] = ()
    box: tuple[Text, ...] = ()
    limits: tuple[Text, ...] = ()
    methods: tuple[Text, ...] = ()
    attributions: Mapping[str, str] = field(default_factory=dict[str, str])
    command: str = ""
    tables: str = ""
    rows: int = 15
