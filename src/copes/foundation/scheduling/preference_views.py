"""Screens of being told: preferences, mail address, and the administrator's look at mails that did not arrive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.config.current import current_node
from copes.foundation.people.access import OfficerRequest, in_roles, signed_in
from copes.foundation.people.queries import officers_by_id
from copes.foundation.people.reading import log_read
from copes.foundation.people.roles import ADMINISTRATOR
from copes.foundation.refusals import Refusal
from copes.foundation.scheduling import health, jobs
from copes.foundation.scheduling import preferences as wishes
from copes.foundation.scheduling.forms import AddressForm, CodeForm, PreferencesForm
from copes.foundation.scheduling.mail import addresses
from copes.foundation.web.forms import add_refusal


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: OfficerRequest) -> HttpResponse:
    """What is mailed when, quiet hours, digest, address."""
    row = wishes.of(request.acting.officer)
    form = PreferencesForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            wishes.save(request.acting.officer, **form.chosen())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your choices are kept."))
            return redirect("scheduling:preferences")
    return _shown(request, form=form)


def _shown(request: OfficerRequest, **forms: Any) -> HttpResponse:
    row = wishes.of(request.acting.officer)
    given = addresses.address_of(row)
    context = {
        "form": PreferencesForm(None, row=row),
        "address_form": AddressForm(initial={"address": given.pending or given.verified or request.user.email}),
        "code_form": CodeForm(),
        "address": given,
        "has_mail": current_node().mail is not None,
    } | forms
    bad = any(one.errors for one in forms.values())
    return render(request, "scheduling/preferences.html", context, status=400 if bad else 200)


@require_POST
@signed_in
def address(request: OfficerRequest) -> HttpResponse:
    """Sends a code to a new address."""
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            addresses.ask(request.acting.officer, form.cleaned_data["address"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("A code is on its way to this address. Enter it below within an hour."))
            return redirect("scheduling:preferences")
    return _shown(request, address_form=form)


@require_POST
@signed_in
def confirm(request: OfficerRequest) -> HttpResponse:
    """Takes the address into use when the code is right."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            addresses.confirm(request.acting.officer, form.cleaned_data["code"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your mail address is confirmed. Notifications are mailed as you chose."))
            return redirect("scheduling:preferences")
    return _shown(request, code_form=form)


@require_POST
@signed_in
def remove(request: OfficerRequest) -> HttpResponse:
    """Forgets the address."""
    addresses.remove(request.acting.officer)
    messages.success(request, _("Your mail address is removed. You are told on this site only."))
    return redirect("scheduling:preferences")


@require_safe
@in_roles(ADMINISTRATOR)
def mail(request: OfficerRequest) -> HttpResponse:
    """For administrators: mails that could not be delivered within seven days, and how the worker's jobs do."""
    failed = health.failures()
    officers = officers_by_id({letter.officer for letter in failed})
    log_read(request.acting, case=None, kind="mail", thing="failures")
    context = {
        "node_mail": current_node().mail,
        "failed": [(letter, officers.get(letter.officer)) for letter in failed],
        "stuck": health.stuck_letters(),
        "jobs": jobs.states(),
    }
    return render(request, "scheduling/mail.html", context)
