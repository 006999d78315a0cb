"""The cases room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, controls, who may see them, corrections."""

    name = "copes.chain.cases"
    label = "cases"

    def ready(self) -> None:
        """Declares the room's projections, and who says whether an officer may see a case."""
        from copes.chain.cases import policies, projections  # noqa: F401 - projections declare on import
        from copes.foundation.journal.registry import guards_cases

        guards_cases(policies.see_case)
