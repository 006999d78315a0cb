"""A form sent twice acts once: its hidden token remembers what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from copes.chain.cases.models import SentForm
from copes.foundation.refusals import BadInput, Refusal
from copes.trust.records.ids import uuid7

FIELD = "form_token"
REMEMBERED = timedelta(days=7)
_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def fresh_token() -> str:
    """The token of a form that is shown; of a form shown again, the one it had."""
    return uuid7()


def token_of(request: Any) -> str:
    """The token that came with a form; a fresh one when it is missing or no token."""
    sent = request.POST.get(FIELD, "")
    return sent if _FORM.fullmatch(sent) else uuid7()


def once(request: Any, act: Callable[[], str]) -> HttpResponse:
    """Runs ``act``, which returns the address to go to, and remembers it; sent again, only goes there again.

    The act and the memory of it become durable together. Whatever ``act`` raises leaves nothing behind.
    """
    token, officer = token_of(request), request.acting.officer
    with transaction.atomic():
        now = timezone.now()
        SentForm.objects.bulk_create([SentForm(id=token, officer=officer, at=now, outcome="")], ignore_conflicts=True)
        sent = SentForm.objects.select_for_update().get(id=token)
        if sent.officer == officer and sent.outcome:
            return HttpResponseRedirect(sent.outcome)
        outcome = act()
        SentForm.objects.filter(id=token).update(outcome=outcome)
        SentForm.objects.filter(at__lt=now - REMEMBERED).delete()
    return HttpResponseRedirect(outcome)


def belongs_on_form(refusal: Refusal) -> bool:
    """Whether the form that was sent shows the refusal; the others have pages of their own."""
    return isinstance(refusal, BadInput) or type(refusal) is Refusal
