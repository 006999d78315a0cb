"""The search room."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding, and the index that follows the ledger."""

    name = "copes.insight.search"
    label = "search"

    def ready(self) -> None:
        """Lets the index follow the ledger, and declares what this room records."""
        from copes.foundation.journal.following import follow
        from copes.insight.search import projections  # noqa: F401 - projections declare on import
        from copes.insight.search.follower import follower

        follow(follower())
