"""The cases room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, controls, who may see them, corrections."""

    name = "copes.chain.cases"
    label = "cases"

    def ready(self) -> None:
        """Declares the room's projections, and who says whether an officer may see a case."""
        from copes.chain.cases import (
            access_notices,
            policies,
            projections,  # noqa: F401 - declares on import
            queries,
            task_notices,
        )
        from copes.chain.cases.calendar import tasks_due
        from copes.foundation.journal.registry import guards_cases
        from copes.foundation.people import case_names
        from copes.foundation.scheduling.calendar import register_calendar
        from copes.foundation.scheduling.services import register_cases

        guards_cases(policies.see_case)
        register_cases(numbers=policies.case_numbers, visible=policies.visible_among)
        register_calendar(tasks_due)
        task_notices.declare()
        access_notices.declare()
        case_names.register(case_names.CaseNames(numbers=policies.case_numbers, id_of=queries.case_id_of))
