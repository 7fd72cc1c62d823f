"""Writing a study's answers: dossier, tables, charts and the result as JSON, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError
from comity.kernel.result import Result, Text
from comity.library.actors import actors
from comity.library.writing import write as place
from comity.model.actor import NamingPolicy
from comity.report.dossier import dossier as page
from comity.report.export import everything
from comity.report.reader import Languages, readers
from comity.study.front import front
from comity.study.run import Answered


def files(
    answered: Answered, *, lang: Languages = "en", names: NamingPolicy = "cldr", command: str = "", pdf: bool = False
) -> dict[str, bytes]:
    """Every file of a study's result folder, by its path in it.

    Args:
        answered: the study with its answers.
        lang: ``en``, ``zh`` or ``both``.
        names: by which policy states are named.
        command: the command that reproduces it.
        pdf: whether the dossier is printed as PDF too (needs the ``pdf`` extra).

    Raises:
        InputError: where a PDF is wanted and typst is not installed.
    """
    reading = readers(lang, names, actors())
    opening = front(answered, command=command)
    made = everything(answered.results, reading)
    made["dossier.html"] = page(answered.study.title, answered.results, reading, opening).encode()
    if pdf:
        from comity.report.pdf import pdf as printed

        made["dossier.pdf"] = printed(answered.study.title, answered.results, reading, opening)
    made["result.json"] = (json.dumps(as_json(answered), ensure_ascii=False, indent=1) + "\n").encode()
    return dict(sorted(made.items()))


def as_json(answered: Answered) -> dict[str, object]:
    """A study's answers as JSON holds them; the digest is over those of its results."""
    results = [result.as_json() for result in answered.results]
    return {"study": answered.name, "digest": study_digest(answered.results), "results": results}


def study_digest(results: Sequence[Result]) -> str:
    """One digest over the digests of all answers, in their order."""
    return digest([result.digest for result in results])


def dossier(
    results: Sequence[Result],
    to: str | Path,
    *,
    title: Text | str = "",
    lang: Languages = "en",
    names: NamingPolicy = "cldr",
) -> Path:
    """Write several results as one offline dossier.

    Args:
        results: the results, one section each.
        to: the HTML file.
        title: its title; that of the first result where absent.
        lang: ``en``, ``zh`` or ``both``.
        names: by which policy states are named.

    Raises:
        InputError: where nothing is given that could be written, or the file is no HTML page.
        DestinationError: where it cannot be written.
    """
    if not results or not all(isinstance(each, Result) for each in results):
        raise InputError("A dossier is made of results.", mend="Give a list: dossier([power, absence], to='g5.html').")
    if Path(to).suffix.lower() not in {".html", ".htm"}:
        raise InputError(f"{to}: a dossier is an HTML page.", mend="Name a file that ends in .html.")
    shown = title if isinstance(title, Text) else Text(title) if title else results[0].title
    html = page(shown, results, readers(lang, names, actors()))
    return place(Path(to), html.encode())
