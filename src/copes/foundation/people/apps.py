"""The people room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Agencies, officers, roles, sessions, keys and the read-audit."""

    name = "copes.foundation.people"
    label = "people"

    def ready(self) -> None:
        """Declares the room's projections and listens to sign-out."""
        from copes.foundation.people import projections, signals  # noqa: F401 - declare on import
