"""A study as a file: charters, figures, and the list of questions with their options."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from comity.charter.read import plain
from comity.kernel.document import Document, mapping, parse
from comity.kernel.errors import DocumentError, Problem, UnknownName
from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.kernel.result import Text
from comity.kernel.wording import explain
from comity.model.analysis import ANALYSES, Analysis


class Item(Spec):
    """One question of a study."""

    ask: str
    """The analysis, by its kind (``selection.acceptability``)."""
    with_: Annotated[dict[str, Any], Field(alias="with")] = {}
    """Its options."""
    of: str | None = None
    """The charter asked about, where the study has several; the first where absent."""

    def analysis(self) -> Analysis:
        """The analysis with its options.

        Raises:
            UnknownName: for an analysis that does not exist.
            ValidationError: for options it does not have.
        """
        options = json.dumps({**self.with_, "kind": self.ask})
        return ANALYSES.get(self.ask).model_validate_json(options, strict=True)


class Years(Spec):
    """Which figures a study reads."""

    year: int = 2025
    """The year looked back from."""
    back: int = 5
    """How many years back a figure may be."""
    history: tuple[int, ...] = ()
    """Earlier years for questions over time."""


class Number(Spec):
    """A number that a dossier opens with."""

    ask: str
    """The analysis that finds it."""
    figure: str
    """The figure of its findings."""
    label: Text
    """What it is, in a sentence."""


class Study(Spec):
    """A study: what is asked of which institutions, on which figures, and how the dossier opens."""

    comity: Literal[1]
    """The version of the study format."""
    title: Text
    """The title of the dossier."""
    question: Text | None = None
    """The question the dossier answers."""
    charters: tuple[str, ...] = ()
    """The institutions asked about, by name or path; the first is the subject."""
    against: tuple[str, ...] = ()
    """The institutions they are compared with."""
    on: Day | None = None
    """The day at which the institutions are read; each charter's own day where absent."""
    figures: Years = Years()
    """Which figures are read."""
    stakes: str | None = None
    """The file of stakes, by name or path; the one of the charter's name, else the shipped one, where absent."""
    seed: int = 1
    """The seed of every random draw."""
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    """The questions, in the order of the dossier."""
    answer: tuple[str, ...] = ()
    """Analyses whose first finding makes the answer; ``kind:figure`` for the finding that holds a figure."""
    numbers: tuple[Number, ...] = ()
    """The numbers the dossier opens with."""
    would_change: tuple[str, ...] = ()
    """Analyses whose finding says what would change our mind; ``kind:figure`` for the finding that holds a figure."""
    limits: tuple[Text, ...] = ()
    """What the dossier does not say."""
    methods: tuple[Text, ...] = ()
    """How it was computed, in words."""


def read_study(text: str, file: str) -> Study:
    r"""The study that a file describes.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.

    Example:
        >>> read_study("comity: 1\ntitle: {en: Power}\nitems: [{ask: analysis.power}]", "s.yaml").items[0].ask
        'analysis.power'
    """
    document = parse(text, file)
    data = plain(document.data)
    if mapping(data) is None:
        wrong = document.problem((), "is no study: a study has named parts", "See docs/studies.md.")
        raise DocumentError(file, [*document.problems, wrong])
    problems: list[Problem] = list(document.problems)
    try:
        study = Study.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems += [explain(each, document, Study)[1] for each in error.errors(include_url=False)]
        raise DocumentError(file, problems) from None
    problems += [problem for number, item in enumerate(study.items) for problem in _options(item, number, document)]
    if problems:
        raise DocumentError(file, problems)
    return study


def _options(item: Item, number: int, document: Document) -> list[Problem]:
    here = ("items", number)
    try:
        item.analysis()
    except UnknownName as error:
        return [document.problem((*here, "ask"), error.message.rstrip("."), error.mend, "law")]
    except ValidationError as error:
        return [
            document.problem(
                (*here, "with", *each["loc"]),
                f"{item.ask} refuses it: {each['msg'].lower()}",
                "See `comity analyse --help`.",
                "law",
            )
            for each in error.errors(include_url=False)
        ]
    return []
