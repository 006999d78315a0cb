"""The seizures room."""

from __future__ import annotations

from django.apps import AppConfig


class SeizuresConfig(AppConfig):
    """Seizures, detentions, receipts, bulk import."""

    name = "copes.chain.seizures"
    label = "seizures"

    def ready(self) -> None:
        """Declares the room's projections."""
        from copes.chain.seizures import projections  # noqa: F401 - declares on import
