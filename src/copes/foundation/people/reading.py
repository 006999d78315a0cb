"""The read-audit: every read of personal data, with who, when, what and why (Directive (EU) 2016/680 art. 25)."""

from __future__ import annotations

from django.utils import timezone

from copes.foundation.journal.acting import Acting
from copes.foundation.people.models import Reading


def log_read(acting: Acting, *, case: str | None, kind: str, thing: str, purpose: str = "") -> None:
    """Notes that the acting officer reads ``thing`` (a page, record or file id) of ``kind`` in ``case``."""
    Reading.objects.create(
        at=timezone.now(),
        officer=acting.officer,
        case_id=case,
        kind=kind,
        thing=thing,
        purpose=purpose or acting.purpose,
    )
