"""What every page shows: the node, the officer, the ways through the house, the languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.node import Node
from copes.foundation.journal.acting import Acting
from copes.foundation.people.roles import LABELS
from copes.foundation.web.appearance import THEMES, theme_of
from copes.foundation.web.assets import asset_url
from copes.foundation.web.help import help_for
from copes.foundation.web.tour import offered, steps_for

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

    name: str
    url: str
    label: str | Promise
    current: bool


SHEETS = ("tokens", "fonts", "base", "layout", "components", "patterns")
WORKING = frozenset({"front_line", "investigator", "custodian", "examiner", "supervisor", "legal", "auditor"})
READING = frozenset({"investigator", "supervisor", "legal", "auditor"})
WAYS = (
    Way("home", _("My day")),
    Way("cases:list", _("Cases"), WORKING),
    Way("custody:exhibits", _("Exhibits"), WORKING),
    Way("custody:desk", _("Custody"), WORKING - {"legal", "auditor"}),
    Way("dossier:list", _("Dossiers"), READING),
    Way("statistics:overview", _("Dashboards"), WORKING),
    Way("journal:state", _("Ledger")),
    Way("people:officers", _("People"), frozenset({"administrator", "supervisor", "auditor"})),
    Way("people:reads", _("Reads audit"), frozenset({"auditor"})),
)
OPENING = frozenset({"front_line", "investigator", "supervisor"})
# What one starts most often; the command palette and the thumb's bar offer them.
STARTS = (
    Way("cases:new_control", _("New control"), OPENING),
    Way("cases:new", _("New case"), OPENING),
    Way("custody:release", _("Release exhibits"), WORKING - {"legal", "auditor"}),
)
OWN_WAYS = (
    Way("people:me", _("Your account")),
    Way("web:keys", _("Keyboard shortcuts")),
)


def node(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``node``, ``practice``, ``acting``, ``key_open``, and what base.html needs."""
    acting: Acting | None = getattr(request, "acting", None)
    home: Node | None = settings.COPES_NODE
    language = get_language() or settings.LANGUAGE_CODE
    match = getattr(request, "resolver_match", None)
    return {
        "node": home,
        "practice": home.practice if home else True,
        "acting": acting,
        "key_open": acting is not None and acting.signer is not None,
        "languages": LANGUAGES_OWN,
        "language_own": dict(LANGUAGES_OWN).get(language, language),
        "language": language,
        "roles_shown": roles_shown(acting),
        "sheets": [asset_url(f"css/{name}.css") for name in SHEETS],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "themes": THEMES,
        "theme": theme_of(request),
        "help": help_for(match.view_name if match else None),
        **(_of_officer(acting, request.path) if acting else {"ways": []}),
        **(_tour(request, acting) if acting and match and match.view_name == "home" else {}),
    }


def _of_officer(acting: Acting, path: str) -> dict[str, Any]:
    """What the frame shows to an officer who is signed in."""
    ways, starts = ways_for(acting, path), entries_of(STARTS, acting)
    more = entries_of(OWN_WAYS, acting)
    return {
        "ways": ways,
        "palette_ways": [{"title": str(one.label), "url": one.url} for one in [*starts, *ways, *more]],
        "control_url": next((one.url for one in starts if one.name == "cases:new_control"), ""),
        "search_url": address("search:results"),
        "suggest_url": address("search:suggest"),
        "inbox_url": address("scheduling:inbox"),
        "unread": _unread(acting.officer),
    }


def _tour(request: HttpRequest, acting: Acting) -> dict[str, Any]:
    """The tour, on My day of a practice node: offered until taken, or asked for once more (``?tour``)."""
    offer = offered(request)
    if not offer and "tour" not in request.GET:
        return {}
    steps = [{"at": step.at, "title": str(step.title), "text": str(step.text)} for step in steps_for(acting)]
    return {"tour_offered": offer, "tour_steps": steps}


def address(name: str) -> str:
    """The address with this name; empty when the room is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _unread(officer: str) -> int:
    try:
        count = import_string("copes.foundation.scheduling.queries.unread")
    except ImportError:
        return 0
    return int(count(officer))


def roles_shown(acting: Acting | None) -> str:
    """The officer's roles in the reader's language."""
    held = acting.roles if acting else frozenset()
    return " · ".join(str(label) for role, label in LABELS.items() if role in held)


def entries_of(ways: tuple[Way, ...], acting: Acting) -> list[Entry]:
    """Those of ``ways`` that the officer may go. A room that is not installed has no entry."""
    open_ones = [way for way in ways if not way.roles or acting.has(*way.roles)]
    return [Entry(way.name, url, way.label, current=False) for way in open_ones if (url := address(way.name))]


def ways_for(acting: Acting, path: str) -> list[Entry]:
    """The navigation of an officer, with the entry of the room in which ``path`` lies marked."""
    entries = entries_of(WAYS, acting)
    inside = [one.url for one in entries if one.url == path or (one.url != "/" and path.startswith(one.url))]
    here = max(inside, key=len, default="")
    return [replace(one, current=one.url == here) for one in entries]
