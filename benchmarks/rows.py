"""What a benchmark says: one line of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the measurement in words, the bound in words, and whether it held (None: no bound)."""

    what: str
    measured: str
    bound: str = "none"
    held: bool | None = None


def below(what: str, value: float, bound: float, detail: str = "", unit: str = "") -> Row:
    """A measurement that must not be more than ``bound``."""
    return Row(what, _words(value, unit, detail), f"≤ {bound:g}{unit}", value <= bound)


def under(what: str, value: float, bound: float, detail: str = "", unit: str = "") -> Row:
    """A measurement that must be less than ``bound``."""
    return Row(what, _words(value, unit, detail), f"< {bound:g}{unit}", value < bound)


def above(what: str, value: float, bound: float, detail: str = "", unit: str = "") -> Row:
    """A measurement that must be at least ``bound``."""
    return Row(what, _words(value, unit, detail), f"≥ {bound:,g}{unit}", value >= bound)


def _words(value: float, unit: str, detail: str) -> str:
    number = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
    return f"{number}{unit}" + (f" ({detail})" if detail else "")
