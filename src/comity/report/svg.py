"""Making the SVG that Vega draws small, quiet for screen readers, and safe to stand in one page with others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from unicodedata import east_asian_width

_MARGIN: Final = 10
_BREADTHS: Final = {
    **dict.fromkeys("ijl'|", 0.23), **dict.fromkeys("ftI!,.:;/\\[] \u202f\u2009", 0.28),
    **dict.fromkeys("r()-‘’`*", 0.39),
    **dict.fromkeys("ckszJvxy", 0.5), **dict.fromkeys("mM%WÆ—…", 1.0), **dict.fromkeys("GOQw@", 0.78),
    **dict.fromkeys("ABCDEHKNPRSUVXY&", 0.73), **dict.fromkeys("“”·", 0.4),
}  # fmt: skip
"""How broad letters of Arial (and its metric twins) are, as a share of their size; others count 0.58."""

_TAG = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r"(?<![\w.#-])(-?\d+\.\d{3,})(?![\w.])")
_EMPTY = re.compile(
    r'<path class="(?:background|foreground)"[^>]*(?:display="none"|d="M0,0h0v0h0Z"|d="")[^>]*/>'
    r'|<path class="background"(?:(?! fill=| stroke=)[^>])*/>'
    r'|<text[^>]* opacity="0">[^<]*</text>'
    r'|<line[^>]* opacity="0"/>'
)
_NOISE = re.compile(
    r' (?:role|class|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"| (?:opacity|stroke-opacity|fill-opacity)="1"'
    r'| xmlns:xlink="[^"]*"| version="1\.1"| transform="translate\(0,0\)"| font-weight="normal"'
)
_GROUP = re.compile(r"<g>((?:(?!</?g\b).)*)</g>")
_HOLLOW = re.compile(r"<g(?: [^>]*)?></g>")
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)" viewBox="([^"]*)"[^>]*>')


def tidy(svg: str, *, key: str, alt: str, font: str) -> str:
    """The SVG for one page: own ids, one text alternative, no noise.

    Args:
        svg: what Vega drew.
        key: what the ids in it begin with; unique in the page.
        alt: the text alternative.
        font: the font families of the whole picture.

    Returns:
        The same picture, smaller; the root has ``role="img"`` and ``aria-label``.

    Example:
        >>> drawn = '<svg class="marks" width="9" height="9" viewBox="0 0 9 9"><g></g></svg>'
        >>> tidy(drawn, key="a", alt="x", font="f").partition("role")[2]
        '="img" aria-label="x" font-family="f"></svg>'
    """
    for pattern in (_EMPTY, _NOISE):
        svg = pattern.sub("", svg)
    svg = re.sub(rf' font-family="(?:{re.escape(font)}|{re.escape(escape(font))})"', "", svg)
    svg = _TAG.sub(lambda tag: _NUMBER.sub(_short, tag[0]), svg)
    svg = _own_ids(_fewer_groups(svg), key)
    opening = _SIZE.search(svg)
    if opening is None:
        raise ValueError("The drawing has no size, so it cannot stand in a page.")
    width, height, box = opening.groups()
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}" role="img" '
        f'aria-label="{escape(alt)}" font-family="{font}">'
    )
    return root + svg[opening.end() :]


@dataclass(frozen=True)
class Writing:
    """Lines of one size and colour, above or below a picture that travels alone."""

    lines: Sequence[str]
    size: float
    colour: str
    weight: str = "normal"


def framed(svg: str, above: Sequence[Writing], below: Sequence[Writing]) -> str:
    """The picture on white ground, with title lines above it and caption lines below.

    Args:
        svg: a picture that :func:`tidy` returned.
        above: what stands above it, from the top.
        below: what stands below it.

    Example:
        >>> drawn = tidy('<svg width="9" height="9" viewBox="0 0 9 9"></svg>', key="a", alt="x", font="f")
        >>> 'height="55.12"' in framed(drawn, [Writing(["Title"], 16, "black")], [])
        True
    """
    opening = _SIZE.search(svg)
    if opening is None:
        raise ValueError("The drawing has no size, so nothing can be written around it.")
    width, height = float(opening[1]), float(opening[2])
    written = [
        each.size * breadth(line, bold=each.weight == "bold") for each in (*above, *below) for line in each.lines
    ]
    broad = f"{max(width, *written, 0.0) + 2 * _MARGIN:g}"
    head, under_head = _written(above, _MARGIN)
    under_head += _MARGIN / 2 if above else 0
    foot, bottom = _written(below, under_head + height)
    size = f'width="{broad}" height="{bottom + _MARGIN:g}"'
    box = f'viewBox="0 0 {broad} {bottom + _MARGIN:g}"'
    root = opening[0].replace(f'width="{opening[1]}" height="{opening[2]}" viewBox="{opening[3]}"', f"{size} {box}")
    inner = svg[opening.end() :].removesuffix("</svg>")
    drawing = f'<g transform="translate({_MARGIN},{under_head:g})">{inner}</g>'
    return f'{root}<rect {size} fill="white"/>{head}{drawing}{foot}</svg>'


def breadth(text: str, *, bold: bool = False) -> float:
    """How broad a line is, as a multiple of its size: a Chinese character is as broad as it is high.

    Args:
        text: the line.
        bold: whether it is written in bold, which is a little broader.

    Example:
        >>> breadth("中国"), round(breadth("Who pays"), 2)
        (2.0, 4.6)
    """
    return sum(
        1.0 if east_asian_width(letter) in "WF" else _BREADTHS.get(letter, 0.58) * (1.06 if bold else 1.0)
        for letter in text
    )


def size(svg: str) -> tuple[float, float]:
    """Width and height of a picture, in pixels.

    Raises:
        ValueError: where it states none.

    Example:
        >>> size('<svg width="9" height="8.5" viewBox="0 0 9 8.5"></svg>')
        (9.0, 8.5)
    """
    opening = _SIZE.search(svg)
    if opening is None:
        raise ValueError("The drawing has no size, so it cannot stand in a page.")
    return float(opening[1]), float(opening[2])


def _written(writings: Sequence[Writing], top: float) -> tuple[str, float]:
    made = ""
    for each in writings:
        for line in each.lines:
            top += each.size * 1.32
            made += (
                f'<text x="{_MARGIN}" y="{top - each.size * 0.3:.4g}" font-size="{each.size:g}px" fill="{each.colour}"'
            )
            made += f' font-weight="{each.weight}">{escape(line)}</text>'
    return made, top


def _short(number: re.Match[str]) -> str:
    return f"{float(number[1]):.2f}".rstrip("0").rstrip(".")


def _fewer_groups(svg: str) -> str:
    while True:
        smaller = _HOLLOW.sub("", _GROUP.sub(r"\1", svg))
        if smaller == svg:
            return svg
        svg = smaller


def _own_ids(svg: str, key: str) -> str:
    names = dict.fromkeys(re.findall(r' id="([^"]+)"', svg))
    for number, name in enumerate(names):
        svg = svg.replace(f' id="{name}"', f' id="{key}-{number}"').replace(f"url(#{name})", f"url(#{key}-{number})")
    return svg
