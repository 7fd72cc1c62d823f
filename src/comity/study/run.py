"""Running a study: each question in turn, tables handed on, time and progress reported."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Result, Table, Text
from comity.library.institutions import load
from comity.library.places import find, names
from comity.model.analysis import ANALYSES, Inputs
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.study.ask import analysis as ask
from comity.study.ask import inputs, wanting
from comity.study.spec import Item, Study, read_study

Clock = Callable[[], float]


@dataclass(frozen=True)
class Answered:
    """A study with its answers.

    Attributes:
        name: the name of its result folder.
        study: what was asked.
        institutions: the institutions, the subject first.
        results: one answer for each question, in their order.
        seconds: how long each stage took, by its name; no part of any digest.
    """

    name: str
    study: Study
    institutions: tuple[Institution, ...]
    results: tuple[Result, ...]
    seconds: Mapping[str, float]


def find_study(asked: str, against: tuple[str, ...] = ()) -> tuple[str, Study]:
    """The study that a command means: a shipped one, else a file, else the standard study of a charter.

    Args:
        asked: the name of a study or charter, or a path.
        against: charters to compare with.

    Returns:
        The name of the result folder, and the study.

    Raises:
        UnknownName: where neither a study nor a charter has this name.
        DocumentError: where the file has problems.
    """
    together = (
        "-against-".join([_short(asked), "-".join(_short(each) for each in against)]) if against else _short(asked)
    )
    if together in names("study"):
        found = find("study", together)
        return together, read_study(found.text, found.file)
    path = Path(asked)
    if path.is_file() and "items:" in path.read_text(encoding="utf-8", errors="replace"):
        found = find("study", asked)
        study = read_study(found.text, found.file)
        return together, study.model_copy(update={"against": against or study.against})
    institution = load(asked)
    found = find("study", "standard")
    standard = read_study(found.text, found.file)
    title = Text(institution.title.en, institution.title.of("zh"))
    return together, standard.model_copy(update={"charters": (asked,), "against": against, "title": title})


def _short(name: str) -> str:
    return Path(name).stem


def run(
    name: str,
    study: Study,
    *,
    on: datetime.date | None = None,
    seed: int | None = None,
    figures: Path | None = None,
    stakes: str | None = None,
    options: Mapping[str, object] | None = None,
    command: str = "",
    clock: Clock = lambda: 0.0,
    progress: Callable[[int, int, str], None] | None = None,
) -> Answered:
    """Answer every question of a study.

    Args:
        name: the name of the result folder.
        study: the study.
        on: the day at which institutions are read; the study's, else each charter's own, where absent.
        seed: the seed of random draws; the study's where absent.
        figures: a file of figures laid over the shipped ones.
        stakes: the name of a file of stakes; the study's, else the charter's own, else the shipped one, where absent.
        options: options laid over those of every question that has them (``draws``).
        command: the command that reproduces it.
        clock: seconds now, for the timing; nothing else reads it.
        progress: told ``(done, total, note)`` before each question.

    Raises:
        InputError: where the study names no charter, or options cannot be used.
    """
    if not study.charters:
        raise InputError("The study names no charter.", mend="Add charters: [NAME], or run comity study NAME.")
    seconds: dict[str, float] = {}
    started = clock()
    institutions = tuple(load(each) for each in (*study.charters, *study.against))
    seconds["charters"], started = clock() - started, clock()
    given = _inputs(study, institutions, figures=figures, command=command, seed=study.seed if seed is None else seed)
    given = replace(given, on=on or study.on)
    if any(ANALYSES.get(item.ask).reads_stakes for item in study.items):
        given = wanting(given, stakes or study.stakes)
    seconds["figures"], started = clock() - started, clock()
    results: list[Result] = []
    refused: dict[str, NotComputable] = {}
    for number, item in enumerate(study.items):
        if progress:
            progress(number, len(study.items), item.ask)
        answer = _answer(item, _for(item, given, institutions, results), options or {})
        if isinstance(answer, Result):
            results.append(answer)
        else:
            refused[item.ask] = answer
        seconds[item.ask], started = clock() - started, clock()
    if refused:
        results.append(_unanswered(refused))
    return Answered(name, study, institutions, tuple(results), seconds)


def _inputs(
    study: Study, institutions: tuple[Institution, ...], *, figures: Path | None, command: str, seed: int
) -> Inputs:
    from comity.library.figures import panel

    asked = study.figures
    histories: dict[int, Panel] = {year: panel(year=year, back=asked.back, figures=figures) for year in asked.history}
    world = panel(year=asked.year, back=asked.back, figures=figures)
    first, *others = institutions
    return inputs(first, world, against=others, histories=histories, command=command, seed=seed)


def _for(item: Item, given: Inputs, institutions: tuple[Institution, ...], done: list[Result]) -> Inputs:
    subject = institutions[0]
    if item.of is not None:
        subject = next((each for each in institutions if each.name == item.of), subject)
    others = tuple(each for each in institutions if each is not subject)
    tables: dict[str, Table] = {f"{result.kind}.{table.name}": table for result in done for table in result.tables}
    return replace(given, institution=subject, against=others, tables=tables)


def _answer(item: Item, given: Inputs, options: Mapping[str, object]) -> Result | NotComputable:
    fields = ANALYSES.get(item.ask).model_fields
    laid_over = {name: value for name, value in options.items() if name in fields and value is not None}
    try:
        return ask(item.ask, {**item.with_, **laid_over}).run(given)
    except NotComputable as error:
        return error


def _unanswered(refused: Mapping[str, NotComputable]) -> Result:
    """The questions that could not be answered, by their reason, as the last section."""
    reasons: dict[str, list[str]] = {}
    for kind, error in refused.items():
        reasons.setdefault(str(error), []).append(kind)
    caveats = (
        Text(f"{', '.join(kinds)}: {reason}", f"{'、'.join(kinds)}：{reason}") for reason, kinds in reasons.items()
    )
    title = Text("Questions that were not answered", "未能回答的问题")
    return Result("study.unanswered", title, {"unanswered": list(refused)}, caveats=tuple(caveats))


def timings(answered: Answered) -> Iterator[tuple[str, float]]:
    """Each stage with its seconds, in order, then the whole."""
    yield from answered.seconds.items()
    yield "all", sum(answered.seconds.values())
