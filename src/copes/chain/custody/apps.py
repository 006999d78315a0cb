"""The custody room."""

from __future__ import annotations

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Exhibits, seals, photographs, releases and receipts."""

    name = "copes.chain.custody"
    label = "custody"

    def ready(self) -> None:
        """Declares the room's projections and kinds of notice."""
        from copes.chain.custody import projections, telling  # noqa: F401 - projections declare on import

        telling.register_kinds()
