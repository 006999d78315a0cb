"""The scheduling room."""

from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Notices to officers, mails, calendar feeds, and the jobs that the worker does by the clock."""

    name = "copes.foundation.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        """Declares the room's jobs."""
        from copes.foundation.scheduling.chores import register_chores

        register_chores()
