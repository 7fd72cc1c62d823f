"""Making the SVG that Vega draws small, quiet for screen readers, and safe to stand in one page with others."""

from __future__ import annotations

import re
from html import escape

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


def captioned(svg: str, lines: list[str]) -> str:
    """The SVG with lines of small text below it, for a picture that travels alone.

    Args:
        svg: a picture that :func:`tidy` returned.
        lines: the lines of the caption.
    """
    opening = _SIZE.search(svg)
    if opening is None or not lines:
        return svg
    width, height = float(opening[1]), float(opening[2])
    full = height + 15 * len(lines) + 7
    texts = "".join(
        f'<text x="5" y="{height + 12 + 15 * row:g}" font-size="10.5px" fill="#595959">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )
    root = opening[0].replace(f'height="{opening[2]}"', f'height="{full:g}"')
    root = root.replace(f'viewBox="{opening[3]}"', f'viewBox="0 0 {width:g} {full:g}"')
    ground = f'<rect width="{width:g}" height="{full:g}" fill="white"/>'
    return svg[: opening.start()] + root + ground + svg[opening.end() :].removesuffix("</svg>") + texts + "</svg>"


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
