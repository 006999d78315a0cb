"""Hiding small numbers, so that sums do not tell about single cases. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from copes.insight.statistics.policies import FEWEST

if TYPE_CHECKING:
    from copes.insight.statistics.queries import Figure

K = TypeVar("K")


def hide_small(figures: Mapping[K, Figure], *, additive: bool = True) -> dict[K, Figure]:
    """The figures, those of fewer than FEWEST seizures without their numbers.

    Where the figures add up to a total that is shown and exactly one is hidden, the smallest other one is withheld
    too, else it could be computed. Zero stays zero: nothing is not a case.
    """
    small = [key for key, one in figures.items() if 0 < one.seizures < FEWEST]
    hidden = dict.fromkeys(small, "few")
    others = [key for key, one in figures.items() if one.seizures >= FEWEST]
    if additive and len(small) == 1 and others:
        hidden[min(others, key=lambda key: figures[key].seizures)] = "withheld"
    return {key: _without(one, hidden[key]) if key in hidden else one for key, one in figures.items()}


def _without(figure: Figure, why: str) -> Figure:
    return type(figure)(0, 0, {}, why)


def any_hidden(figures: Mapping[K, Figure]) -> bool:
    """Whether a number was hidden."""
    return any(one.hidden for one in figures.values())
