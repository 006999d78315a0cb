"""Screens of the dossier room: list, issue, look at, download, print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.chain.cases.queries import case_of
from copes.chain.dossier import queries, services
from copes.chain.dossier.forms import DossierForm, chosen_fields
from copes.chain.dossier.names import safe_part
from copes.chain.dossier.policies import may_issue
from copes.chain.dossier.zipping import zip_chunks
from copes.foundation.config.current import current_node
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput, Unseen
from copes.foundation.web.forms import add_refusal


@require_safe
@signed_in
def dossier_list(request: OfficerRequest) -> HttpResponse:
    """The dossiers of the cases one sees, or of one case (``?case=``)."""
    case = request.GET.get("case") or None
    page = queries.dossiers(request.acting, case=case, after=request.GET.get("after") or None)
    context = {
        "page": page,
        "case": case_of(request.acting, case) if case else None,
        "may_issue": may_issue(request.acting),
    }
    log_read(request.acting, case=case, kind="dossiers", thing=case or "")
    return render(request, "dossier/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: OfficerRequest, case_id: str) -> HttpResponse:
    """The form for a dossier; a look at what would be handed out; then the issue itself."""
    contents, fields = queries.choosable(request.acting, case_id)
    form = DossierForm(request.POST or None, initial={"language": _language()})
    chosen = chosen_fields(request.POST)
    log_read(request.acting, case=case_id, kind="dossier.form", thing=case_id)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step == "issue":
        try:
            issued = services.issue_dossier(request.acting, case=case_id, withhold=chosen, **_asked(form))
        except BadInput as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The dossier was issued and verified."))
            return redirect("dossier:detail", dossier_id=issued.id)
    wanted = set(chosen)
    context = {
        "form": form,
        "case": case_of(request.acting, case_id),
        "fields": [(field, (field.jti, field.path) in wanted) for field in fields],
        "chosen": [field for field in fields if (field.jti, field.path) in wanted],
        "records": len(contents.kept) + 1,
    }
    if request.method == "POST" and form.is_valid() and step == "look":
        context["traces"] = queries.traces(contents, fields, chosen)
        return render(request, "dossier/confirm.html", context)
    return render(request, "dossier/new.html", context, status=400 if form.errors else 200)


def _asked(form: Form) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("recipient", "purpose", "language")}


def _language() -> str:
    return get_language() or current_node().language


@require_safe
@signed_in
def detail(request: OfficerRequest, dossier_id: str) -> HttpResponse:
    """A dossier: what it is, and what the verifier proved of it."""
    view = queries.dossier_view(request.acting, dossier_id, _language())
    log_read(request.acting, case=view.row.case, kind="dossier", thing=dossier_id)
    return render(request, "dossier/detail.html", {"view": view})


@require_POST
@signed_in
def verify(request: OfficerRequest, dossier_id: str) -> HttpResponse:
    """Runs the verifier over the dossier's files again."""
    queries.dossier(request.acting, dossier_id)
    _present(dossier_id)
    services.verify(dossier_id)
    messages.success(request, _("The verifier has run again. The result is below."))
    return redirect("dossier:detail", dossier_id=dossier_id)


@require_safe
@signed_in
def download(request: OfficerRequest, dossier_id: str) -> Any:
    """The dossier as one .zip, made while it is sent."""
    row = queries.dossier(request.acting, dossier_id)
    folder = _present(dossier_id)
    log_read(request.acting, case=row.case, kind="dossier.download", thing=dossier_id)
    name = safe_part(f"dossier-{case_of(request.acting, row.case).number}-{dossier_id[-6:]}", "dossier")
    response = StreamingHttpResponse(zip_chunks(folder, name), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _present(dossier_id: str) -> Any:
    folder = queries.dossier_folder(dossier_id)
    if not folder.is_dir():
        raise Unseen(
            "dossier.files_gone",
            _("The files of this dossier are not on this node."),
            _("Issue the dossier again, or restore the folder from a backup."),
        )
    return folder
