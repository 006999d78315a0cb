"""The dossier room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossierConfig(AppConfig):
    """Registers projections when Django starts."""

    name = "copes.chain.dossier"
    label = "dossier"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        """Makes the projections known to the journal."""
        from copes.chain.dossier import projections  # noqa: F401 - declare on import
