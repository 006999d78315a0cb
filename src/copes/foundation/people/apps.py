"""The people room."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Agencies, officers, roles, sessions, keys and the read-audit."""

    name = "copes.foundation.people"
    label = "people"

    def ready(self) -> None:
        """Declares the room's projections and listens to sign-out."""
        from copes.foundation.people import delegating, projections, role_changes, signals  # noqa: F401 - declare on import
        from copes.foundation.people.reading import digest_reads
        from copes.foundation.scheduling.jobs import Work, register_job

        role_changes.declare()
        delegating.declare()
        register_job(Work("reads digest", timedelta(hours=1), digest_reads))
