"""A notice in words: made when it is read or mailed, in the language then active."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from copes.foundation.scheduling.kinds import kind_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"  # Unicode UAX #9: a value keeps its own direction


class _Facts(dict[str, Any]):
    """Facts by name; one that is not there is shown as an ellipsis, for kinds outlive their notices."""

    def __missing__(self, name: str) -> str:
        return "…"


def isolated(value: str) -> str:
    """The value with its own writing direction, in right-to-left and left-to-right text alike."""
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if value else value


def title_of(kind: str, facts: Mapping[str, str], *, sees_case: bool, zone: tzinfo | None = None) -> str:
    """What the notice says, in the active language.

    A fact named ``count`` chooses the plural form; facts whose name ends in ``_at`` hold ISO 8601 moments and are
    shown in ``zone`` (default: the node's). Without ``sees_case`` the kind's title that names no case is taken.
    """
    declared = kind_of(kind)
    if declared is None:
        return gettext("Something changed")
    title = declared.title if sees_case or declared.unseen_title is None else declared.unseen_title
    return filled(title, facts, zone)


def filled(text: StrOrPromise, facts: Mapping[str, str], zone: tzinfo | None = None) -> str:
    """A text with its facts filled in, in the active language; as `title_of` shows them."""
    return str(text % _Facts({name: _shown(name, value, zone) for name, value in facts.items()}))


def _shown(name: str, value: str, zone: tzinfo | None) -> str | int:
    if name == "count" and value.isdecimal():
        return int(value)
    if name.endswith("_at"):
        return isolated(moment(value, zone))
    return isolated(value)


def moment(value: str, zone: tzinfo | None = None) -> str:
    """An ISO 8601 moment as the reader writes it; the value itself when it is none."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return shown(at if at.tzinfo is None else timezone.localtime(at, zone))


def shown(at: datetime) -> str:
    """A local moment: day and time of day, as pages show it."""
    # Django's English date puts the month first, as Americans do; police and customs elsewhere do not.
    day = date_format(at, "j F Y" if get_language() == "en" else "DATE_FORMAT")
    return f"{day} {at:%H:%M}"
