"""The cases room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, controls, who may see them, corrections."""

    name = "copes.chain.cases"
    label = "cases"

    def ready(self) -> None:
        """Declares the room's projections."""
        from copes.chain.cases import projections  # noqa: F401 - declares on import
