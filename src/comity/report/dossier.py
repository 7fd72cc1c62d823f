"""The dossier: one offline HTML file without a script and without any request."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from comity.kernel.result import Result, Text
from comity.report.front import Front
from comity.report.page import compose
from comity.report.reader import Reader


def dossier(title: Text, results: Sequence[Result], readers: Sequence[Reader], front: Front | None = None) -> str:
    """The dossier as one HTML file: answer first, then one section per result, then where everything comes from.

    Args:
        title: its title.
        results: the answers, one section each, in their order.
        readers: one per language; several stand in one file, with a switch that needs no script.
        front: the question, the numbers and the notes around the results.

    Returns:
        The text of the file; equal input gives equal text.

    Raises:
        ValueError: where a chart cannot be drawn.

    Example:
        >>> from comity.report.reader import readers
        >>> page = dossier(Text("A club", "一个俱乐部"), [], readers("both"))
        >>> page.count("<article"), "<script" in page
        (2, False)
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pages = [compose(title, results, front or Front(), reader) for reader in readers]
    house = Environment(
        loader=PackageLoader("comity.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("comity.report").joinpath("templates", "dossier.css").read_text(encoding="utf-8")
    made = house.get_template("dossier.html").render(pages=pages, style=style, both=len(pages) > 1)
    return "\n".join(line.rstrip() for line in made.splitlines() if line.strip()) + "\n"
