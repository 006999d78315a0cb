"""The few SVG elements that charts and maps are made of. Pure; every text is escaped.

Colours are presentation attributes, so that a saved file looks right by itself; the page's own sheet, which the
security policy allows, overrides them by class with the tokens of the house (dark theme, high contrast, print).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

FONT = "Noto Sans, Noto Naskh Arabic, sans-serif"
INK, SOFT, LINE, PAPER, MAIN = "#16202a", "#4a5764", "#c9d1d9", "#ffffff", "#12324d"
Number = float | int | Decimal


def element(name: str, body: str = "", **attributes: object) -> str:
    """An element; ``class_`` and ``text_anchor`` become ``class`` and ``text-anchor``. None leaves one out."""
    shown = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{shown}>{body}</{name}>" if body else f"<{name}{shown}/>"


def _plain(value: object) -> str:
    if isinstance(value, float | Decimal):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def words(x: Number, y: Number, text: str, *, anchor: str = "start", size: int = 14, bold: bool = False) -> str:
    """A line of text."""
    return element(
        "text",
        escape(text),
        class_="c-text c-text--bold" if bold else "c-text",
        x=float(x),
        y=float(y),
        text_anchor=None if anchor == "start" else anchor,
        font_size=size,
        font_weight="700" if bold else None,
        fill=INK,
    )


def path(points: Sequence[tuple[float, float]], **attributes: str | float | None) -> str:
    """A line through points."""
    steps = " ".join(f"{'M' if not at else 'L'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points))
    return element("path", "", d=steps, fill="none", **attributes)


def picture(
    *, name: str, width: int, height: Number, title: str, description: str, body: str, css: str = "chart"
) -> str:
    """A whole picture with its title and description for whoever does not see it. ``name`` is unique on the page.

    Left to right whatever the page: what runs from right to left is placed so.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" role="img" direction="ltr" '
        f'viewBox="0 0 {width} {_plain(float(height))}" width="{width}" height="{_plain(float(height))}" '
        f'font-family="{FONT}" color="{MAIN}" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>{body}</svg>'
    )


def shortened(text: str, room: float, size: int = 14) -> str:
    """The text, or its beginning when it is wider than the room; widths are estimated from above."""
    most = max(4, int(room / (size * 0.58)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


PATTERNS = (
    '<rect width="8" height="8" fill="currentColor"/>',
    '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="currentColor" stroke-width="2.5"/>',
    '<circle cx="2" cy="2" r="1.6" fill="currentColor"/><circle cx="6" cy="6" r="1.6" fill="currentColor"/>',
    '<path d="M0 2H8M0 6H8" stroke="currentColor" stroke-width="1.6"/>',
    '<path d="M0 0L8 8M8 0L0 8" stroke="currentColor" stroke-width="1.2"/>',
    '<path d="M2 0V8M6 0V8" stroke="currentColor" stroke-width="1.6"/>',
)


def patterns(name: str, number: int) -> str:
    """So many fillings that differ by their drawing, not by colour; the first is plain. Ids ``name-p0`` and on."""
    made = "".join(
        f'<pattern id="{name}-p{at}" width="8" height="8" patternUnits="userSpaceOnUse">{drawn}</pattern>'
        for at, drawn in enumerate(PATTERNS[:number])
    )
    return f"<defs>{made}</defs>"
