"""``branding.toml``: names, address, colour, logo and free texts of the agency, per language. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.prints.formats import LANGUAGES

ACCENT = "#143a66"
PARAGRAPHS = ("seizure", "notice", "receipt", "custody", "case", "tasks", "held")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_LOGO = re.compile(r"[A-Za-z0-9_-]{1,60}\.(?:svg|png)\Z")
_LINE = re.compile(r"line (\d+)")
_KEYS = {"accent", "logo", "names", "address", "footer", "claims", "paragraphs"}
MOST_LINES, MOST_LETTERS = 6, 1200
LEAST_CONTRAST = 4.5  # against white: WCAG 2.2, criterion 1.4.3

Texts = Mapping[str, tuple[str, ...]]
Spoilt = Callable[[str, int, str], Exception]


@dataclass(frozen=True)
class Branding:
    """What the agency states about itself. Texts are by language."""

    accent: str = ACCENT
    logo: str | None = None
    names: Texts = field(default_factory=dict)
    address: Texts = field(default_factory=dict)
    footer: Texts = field(default_factory=dict)
    claims: Texts = field(default_factory=dict)
    paragraphs: Mapping[str, Texts] = field(default_factory=dict)


PLAIN = Branding()


def spoken(texts: Texts, language: str, second: str) -> tuple[str, ...]:
    """The texts in ``language``; else in the ``second``, else in English, else in any."""
    for wanted in (language, second, "en", *texts):
        if texts.get(wanted):
            return texts[wanted]
    return ()


def parse_branding(data: bytes, spoilt: Spoilt) -> Branding:
    """The branding in a file's bytes. Raises what ``spoilt`` makes of file, line (0: unknown) and reason."""

    def refuse(why: str, line: int = 0) -> Exception:
        return spoilt("branding.toml", line, why)

    try:
        stated = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = _LINE.search(str(error))
        raise refuse(str(error), int(found[1]) if found else 0) from error
    unknown = sorted(set(stated) - _KEYS)
    if unknown:
        raise refuse(_("there is no setting called %(name)s") % {"name": unknown[0]})
    accent, logo = stated.get("accent", ACCENT), stated.get("logo")
    if not isinstance(accent, str) or not _COLOUR.match(accent) or contrast(accent) < LEAST_CONTRAST:
        raise refuse(_("accent is a colour such as #143a66, dark enough to be read on white"))
    if logo is not None and (not isinstance(logo, str) or not _LOGO.match(logo)):
        raise refuse(_("logo is the name of an .svg or .png file beside branding.toml"))
    free = stated.get("paragraphs", {})
    if not isinstance(free, dict) or not set(free) <= set(PARAGRAPHS):
        raise refuse(_("paragraphs are by print: %(names)s") % {"names": ", ".join(PARAGRAPHS)})
    texts = {name: _texts(stated.get(name, {}), name, refuse) for name in ("names", "address", "footer", "claims")}
    return Branding(
        accent=accent.lower(),
        logo=logo,
        paragraphs={name: _texts(value, f"paragraphs.{name}", refuse) for name, value in free.items()},
        **texts,
    )


def _texts(stated: Any, name: str, refuse: Callable[[str], Exception]) -> Texts:
    if not isinstance(stated, dict) or not set(stated) <= set(LANGUAGES):
        raise refuse(
            _("%(name)s is a table by language: %(languages)s") % {"name": name, "languages": ", ".join(LANGUAGES)}
        )
    found = {}
    for language, value in stated.items():
        lines: Sequence[Any] = [value] if isinstance(value, str) else value
        if not isinstance(lines, list) or not all(isinstance(one, str) for one in lines):
            raise refuse(_("%(name)s is a text or a list of texts") % {"name": f"{name}.{language}"})
        if len(lines) > MOST_LINES or any(len(one) > MOST_LETTERS for one in lines):
            raise refuse(_("%(name)s is too long") % {"name": f"{name}.{language}"})
        found[language] = tuple(one.strip() for one in lines if one.strip())
    return found


def contrast(colour: str) -> float:
    """The contrast of a colour ``#rrggbb`` with white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
