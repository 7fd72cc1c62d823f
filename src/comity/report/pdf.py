"""The dossier as PDF, set by typst from the same page that the HTML file is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from typing import Any, Final, cast

from comity.kernel.canonical import dumps
from comity.kernel.errors import NotComputable
from comity.kernel.result import Result, Text
from comity.report.front import Front
from comity.report.page import Page, Section, compose
from comity.report.reader import Reader
from comity.report.words import WORDS

CHINESE: Final = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC", "Source Han Sans SC",
    "PingFang SC", "Microsoft YaHei",
)  # fmt: skip
"""Font families with Chinese letters, the wanted one first."""

ROWS: Final = 12
"""How many rows of a table are printed."""


def pdf(title: Text, results: Sequence[Result], readers: Sequence[Reader], front: Front | None = None) -> bytes:
    """The dossier as PDF; several languages follow one another.

    Args:
        title: its title.
        results: the answers, one section each, in their order.
        readers: one per language.
        front: the question, the numbers and the notes around the results.

    Returns:
        The bytes of the file; equal input gives equal bytes on one machine.

    Raises:
        NotComputable: where typst is not installed, or no Chinese font is on this machine.

    Example:
        >>> from comity.report.reader import readers
        >>> pdf(Text("A club"), [], readers("en"))[:5]
        b'%PDF-'
    """
    try:
        import typst
    except ImportError:
        raise NotComputable(
            "A PDF needs typst, which is not installed.", mend='Install it with pip install "comity[pdf]".'
        ) from None
    present = set(typst.Fonts().families())
    chinese = [family for family in CHINESE if family in present]
    if not chinese and any(reader.lang == "zh" for reader in readers):
        raise NotComputable(
            "No Chinese font was found on this machine, so the Chinese PDF cannot be set.",
            mend="Install one (Debian: apt install fonts-noto-cjk), or choose --lang en.",
        )
    opening = front or Front()
    opening = replace(opening, rows=min(opening.rows, ROWS))
    pages = [compose(title, results, opening, reader) for reader in readers]
    sources = _sources(pages, [family for family in _LATIN if family in present], chinese)
    return typst.compile(cast("Any", sources))


_LATIN: Final = ("Source Serif 4", "Libertinus Serif")


def _sources(pages: Sequence[Page], latin: Sequence[str], chinese: Sequence[str]) -> dict[str, bytes]:
    made = {"main.typ": files("comity.report").joinpath("templates", "dossier.typ").read_bytes()}
    for page in pages:
        for section in page.sections:
            made |= _pictures(section)
    told = [_told(page) | {"words": {name: page.reader.of(word) for name, word in WORDS.items()}} for page in pages]
    made["dossier.json"] = dumps({"pages": told, "latin": list(latin), "chinese": list(chinese)}).encode()
    return made


def _pictures(section: Section) -> dict[str, bytes]:
    return {f"{picture.id}.svg": picture.svg.encode() for picture in section.pictures}


def _told(value: Any) -> Any:
    if isinstance(value, Reader):
        return value.lang
    if is_dataclass(value):
        return {each.name: _told(getattr(value, each.name)) for each in fields(value) if each.name != "svg"}
    if isinstance(value, tuple):
        return [_told(each) for each in cast("tuple[Any, ...]", value)]
    return value
