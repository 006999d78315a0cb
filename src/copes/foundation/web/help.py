"""Help where one stands: a short text for every screen, by the name of its address.

The texts are YAML files in ``data/help``, one per room, in English; the catalogues hold their translations::

    cases:list:
      title: "Your cases"
      text: ["What it is for.", "What to do here, and what happens then."]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml
from django.utils.translation import gettext

import copes

HELP = Path(copes.__file__).parent / "data" / "help"


class HelpMalformedError(ValueError):
    """A help file that does not hold ``name: {title, text}``; the message names the file and the entry."""


@dataclass(frozen=True)
class Help:
    """The help of one screen, in the reader's language."""

    title: str
    text: tuple[str, ...]


def help_for(view_name: str | None) -> Help | None:
    """The help of the screen with this address name, in the language now active; None when there is none."""
    found = texts().get(view_name or "")
    if found is None:
        return None
    return Help(gettext(found.title), tuple(gettext(paragraph) for paragraph in found.text))


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Help]:
    """Every help text in English, by address name. Read once. Raises HelpMalformedError."""
    return MappingProxyType({name: found for path in sorted(HELP.glob("*.yaml")) for name, found in read(path).items()})


def read(path: Path) -> dict[str, Help]:
    """The help texts of one file. Raises HelpMalformedError."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(entries, dict):
        raise HelpMalformedError(f"{path.name}: not a mapping of address names")
    return {str(name): _entry(path, str(name), entry) for name, entry in entries.items()}


def _entry(path: Path, name: str, entry: object) -> Help:
    if not isinstance(entry, dict) or set(entry) != {"title", "text"}:
        raise HelpMalformedError(f"{path.name}: {name}: needs title and text, nothing else")
    title, text = entry["title"], entry["text"]
    if not isinstance(title, str) or not isinstance(text, list) or not all(isinstance(one, str) for one in text):
        raise HelpMalformedError(f"{path.name}: {name}: title is a text, text a list of texts")
    return Help(title.strip(), tuple(one.strip() for one in text))
