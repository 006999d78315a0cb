"""What every page shows: the node, the officer, the ways through the house, the languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.node import Node
from copes.foundation.journal.acting import Acting
from copes.foundation.people.roles import LABELS
from copes.foundation.web.assets import asset_url

# Languages in their own words: whoever needs one must be able to find it.
LANGUAGES_OWN = (
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("sr", "Српски"),
    ("sr-latn", "Srpski (latinica)"),
)


@dataclass(frozen=True)
class Way:
    """One entry of the navigation; ``roles`` empty means everyone."""

    name: str
    label: str | Promise
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """A Way as the page shows it."""

    url: str
    label: str | Promise
    current: bool


SHEETS = ("tokens", "fonts", "base", "layout", "components")
WORKING = frozenset({"front_line", "investigator", "custodian", "examiner", "supervisor", "legal", "auditor"})
WAYS = (
    Way("home", _("My desk")),
    Way("cases:list", _("Cases"), WORKING),
    Way("custody:exhibits", _("Exhibits"), WORKING),
    Way("custody:desk", _("Custody"), WORKING - {"legal", "auditor"}),
    Way("dossier:list", _("Dossiers"), frozenset({"investigator", "supervisor", "legal", "auditor"})),
    Way("journal:state", _("Ledger")),
    Way("people:officers", _("People"), frozenset({"administrator", "supervisor", "auditor"})),
    Way("people:reads", _("Reads audit"), frozenset({"auditor"})),
)


def node(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``node``, ``practice``, ``acting``, ``key_open``, and what base.html needs."""
    acting: Acting | None = getattr(request, "acting", None)
    home: Node | None = settings.COPES_NODE
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "node": home,
        "practice": home.practice if home else True,
        "acting": acting,
        "key_open": acting is not None and acting.signer is not None,
        "ways": ways_for(acting, request.path) if acting else [],
        "languages": LANGUAGES_OWN,
        "language_own": dict(LANGUAGES_OWN).get(language, language),
        "language": language,
        "roles_shown": roles_shown(acting),
        "sheets": [asset_url(f"css/{name}.css") for name in SHEETS],
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def roles_shown(acting: Acting | None) -> str:
    """The officer's roles in the reader's language."""
    held = acting.roles if acting else frozenset()
    return " · ".join(str(label) for role, label in LABELS.items() if role in held)


def ways_for(acting: Acting, path: str) -> list[Entry]:
    """The navigation of an officer. A room that is not installed has no entry."""
    entries: list[tuple[str, str | Promise]] = []
    for way in WAYS:
        if way.roles and not acting.has(*way.roles):
            continue
        try:
            entries.append((reverse(way.name), way.label))
        except NoReverseMatch:
            continue
    inside = [url for url, _label in entries if url == path or (url != "/" and path.startswith(url))]
    here = max(inside, key=len, default="")
    return [Entry(url, label, url == here) for url, label in entries]
