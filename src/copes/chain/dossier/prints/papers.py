"""Label papers as data: geometry of sheets and rolls, in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.utils.translation import gettext as _

from copes.chain.dossier.prints.house import SHIPPED


@dataclass(frozen=True)
class Paper:
    """One paper for labels. ``grid`` is None for rolls; a page height of 0 is cut to the content."""

    name: str
    title: str
    code: str
    page: tuple[float, float]
    label: tuple[float, float]
    first: tuple[float, float] = (0.0, 0.0)
    pitch: tuple[float, float] = (0.0, 0.0)
    grid: tuple[int, int] | None = None

    @property
    def places(self) -> int:
        """How many labels a sheet has; 1 on a roll."""
        return self.grid[0] * self.grid[1] if self.grid else 1

    @property
    def words(self) -> str:
        """What it is called on screens, with what stands on the box."""
        return f"{_(self.title)} ({self.code})"

    def data(self) -> dict[str, Any]:
        """The geometry as the template takes it."""
        return {"page": self.page, "label": self.label, "first": self.first, "pitch": self.pitch, "grid": self.grid}


@cache
def papers() -> Mapping[str, Paper]:
    """Every label paper by name, in the order of the file."""
    stated = yaml.safe_load((SHIPPED / "labels.yaml").read_text(encoding="utf-8"))
    return {name: _paper(name, one) for name, one in stated.items()}


def _paper(name: str, stated: Mapping[str, Any]) -> Paper:
    across, down = stated.get("grid", (0, 0))
    return Paper(
        name=name,
        title=stated["title"],
        code=stated["code"],
        page=_two(stated["page"]),
        label=_two(stated.get("label", stated["page"])),
        first=_two(stated.get("first", (0, 0))),
        pitch=_two(stated.get("pitch", (0, 0))),
        grid=(int(across), int(down)) if across else None,
    )


def _two(pair: Any) -> tuple[float, float]:
    first, second = pair
    return float(first), float(second)
