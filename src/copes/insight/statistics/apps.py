"""The statistics room."""

from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Dashboards: sums of seizures that follow the ledger."""

    name = "copes.insight.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Declares the follower that keeps the sums."""
        from copes.foundation.journal.following import follow
        from copes.insight.statistics.following import FOLLOWER

        follow(FOLLOWER)
