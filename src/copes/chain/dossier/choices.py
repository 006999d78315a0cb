"""What an officer chose when printing last. A convenience: nothing depends on it."""

from __future__ import annotations

from typing import Any

from copes.chain.dossier.models import PrintChoice
from copes.foundation.journal.acting import Acting

KEPT = ("language", "second", "person", "agency", "page", "paper")


def last_choice(acting: Acting, name: str) -> dict[str, Any]:
    """The officer's last choice for this print; empty when there was none."""
    found = PrintChoice.objects.filter(officer=acting.officer, print=name).values_list("chosen", flat=True).first()
    return dict(found) if isinstance(found, dict) else {}


def remember_choice(acting: Acting, name: str, data: dict[str, Any]) -> None:
    """Keeps the languages and the paper of a print; never who or what it was about."""
    chosen = {field: data[field] for field in KEPT if field in data}
    PrintChoice.objects.update_or_create(officer=acting.officer, print=name, defaults={"chosen": chosen})
