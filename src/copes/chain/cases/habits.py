"""What an officer used last, offered again by one tap: places and legal powers. Never filled in by itself but the
place, which the form shows and which the officer sees before sending.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copes.chain.cases.draft_models import Habit
from copes.foundation.journal.acting import Acting

MOST = 5


def habits_of(acting: Acting) -> Habit:
    """The officer's last places and powers, newest first; empty for a newcomer. Not saved here."""
    return Habit.objects.filter(officer=acting.officer).first() or Habit(officer=acting.officer, places=[], powers=[])


def remember(acting: Acting, *, place: Mapping[str, Any] | None, power: Mapping[str, Any] | None) -> None:
    """Puts a place and a power on top of the officer's lists."""
    habit = habits_of(acting)
    habit.places = _with(habit.places, place, "name")
    habit.powers = _with(habit.powers, power, "text")
    Habit.objects.update_or_create(officer=acting.officer, defaults={"places": habit.places, "powers": habit.powers})


def _with(kept: list[dict[str, str]], new: Mapping[str, Any] | None, name: str) -> list[dict[str, str]]:
    if not new or not new.get(name):
        return kept
    plain = {key: str(value) for key, value in new.items() if value not in (None, "")}
    return [plain, *(one for one in kept if one.get(name) != plain[name])][:MOST]
