"""The state of the ledger, and erasures that wait for a second officer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from copes.foundation.config.current import current_node
from copes.foundation.journal import freezing, queries, services
from copes.foundation.journal.keys import cosigner_signer
from copes.foundation.journal.models import CosignedLog


@login_required
def state(request: HttpRequest) -> HttpResponse:
    """How far the ledger is sealed and witnessed, and the key to publish."""
    context = {
        "size": queries.ledger_size(),
        "latest": queries.latest_checkpoint(),
        "checkpoints": queries.recent_checkpoints(),
        "vkey": queries.ledger_vkey(),
        "fingerprint": queries.ledger_fingerprint(),
        "frozen": freezing.frozen_reason(),
        "node": current_node(),
        "cosigner_vkey": cosigner_signer().vkey,
        "cosigned": CosignedLog.objects.order_by("origin"),
    }
    return render(request, "journal/state.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: Any, jti: str) -> HttpResponse:
    """Asks for the erasure of salted fields of a record."""
    if request.method == "POST":
        services.request_erasure(
            request.acting,
            record=jti,
            paths=request.POST.getlist("paths"),
            ground=request.POST.get("ground", ""),
        )
        messages.success(request, _("The request waits for a second officer."))
        return redirect("journal:erasures")
    fields = services.erasable_fields(request.acting, jti)
    return render(request, "journal/erase.html", {"jti": jti, "fields": fields})


@login_required
@require_http_methods(["GET", "POST"])
def erasures(request: Any) -> HttpResponse:
    """Requests that wait for a second officer; approving erases at once."""
    if request.method == "POST":
        asked = request.POST.get("request", "")
        if request.POST.get("decision") == "approve":
            services.approve_erasure(request.acting, request=asked)
            messages.success(request, _("Erased. The record and its proofs stay valid."))
        else:
            services.decline_erasure(request.acting, request=asked, reason=request.POST.get("reason", ""))
            messages.success(request, _("The request was declined."))
        return redirect("journal:erasures")
    may = request.acting is not None and request.acting.has("supervisor", "legal", "administrator")
    context = {"requests": services.requests_to_decide(request.acting) if may else [], "may": may}
    return render(request, "journal/erasures.html", context)
