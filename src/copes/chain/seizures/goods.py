"""Goods templates: how a kind of thing is usually described, counted and packed. Data, not law.

A file of ``data/templates`` holds, by code: ``label``, ``category`` and ``unit`` (codes of the custody room),
``description`` (what is written into the form), ``packaging`` and ``questions`` (lists of ``- label:``). Texts are
English in the files and translated by the catalogues. A template states nothing that was not seen: the officer
completes and corrects what it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml
from django.utils.translation import gettext as _

import copes
from copes.chain.custody.records import Category, Unit

FOLDER = Path(copes.__file__).parent / "data" / "templates"
ENTRIES = frozenset({"label", "category", "unit", "currency", "description", "packaging", "questions"})


class GoodsMalformedError(ValueError):
    """A template that cannot be used; the message names file, code and entry."""


@dataclass(frozen=True)
class Goods:
    """One template, in English as the file has it. ``currency`` is for cash, which has no unit."""

    code: str
    label: str
    category: str
    unit: str
    currency: str
    description: str
    packaging: tuple[str, ...]
    questions: tuple[str, ...]

    def shown(self) -> dict[str, Any]:
        """The template in the reader's language, as pages and the API give it."""
        return {
            "code": self.code,
            "label": _(self.label),
            "category": self.category,
            "unit": self.unit,
            "currency": self.currency,
            "description": _(self.description),
            "packaging": [_(one) for one in self.packaging],
            "questions": [_(one) for one in self.questions],
        }


@lru_cache(maxsize=1)
def goods() -> tuple[Goods, ...]:
    """Every template, in the order of the files. Raises GoodsMalformedError."""
    return tuple(one for path in sorted(FOLDER.glob("*.yaml")) for one in _read(path))


def goods_named(code: str) -> Goods | None:
    """The template with this code, or None."""
    return next((one for one in goods() if one.code == code), None)


def _read(path: Path) -> Iterator[Goods]:
    for code, raw in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        where = f"{path.name}: {code}"
        if not isinstance(raw, Mapping) or set(raw) - ENTRIES or not {"label", "category", "description"} <= set(raw):
            raise GoodsMalformedError(where)
        if raw["category"] not in get_args(Category):
            raise GoodsMalformedError(f"{where}: category")
        if raw.get("unit", "") not in {"", *get_args(Unit)}:
            raise GoodsMalformedError(f"{where}: unit")
        yield Goods(
            code=code,
            label=raw["label"],
            category=raw["category"],
            unit=raw.get("unit", ""),
            currency=raw.get("currency", ""),
            description=raw["description"],
            packaging=_labels(raw.get("packaging", ()), where),
            questions=_labels(raw.get("questions", ()), where),
        )


def _labels(entries: Any, where: str) -> tuple[str, ...]:
    if any(set(one) != {"label"} for one in entries):
        raise GoodsMalformedError(f"{where}: packaging or questions")
    return tuple(one["label"] for one in entries)
