"""The journal room."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The only door to the ledger."""

    name = "copes.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        """Declares the room's projections."""
        from copes.foundation.journal import projections  # noqa: F401 - declares on import
