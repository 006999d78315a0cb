"""The one way a form becomes an act: checked, sent once, refusals shown where they belong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from copes.chain.cases.entries import ADD, Entry
from copes.chain.cases.sending import belongs_on_form, fresh_token, once, token_of
from copes.foundation.refusals import Refusal


@dataclass(frozen=True)
class Act:
    """What a form does: ``do`` returns the address to go to; ``title`` and ``button`` are words of the page."""

    do: Callable[[], str]
    template: str
    title: str
    button: str


def answer(request: Any, entry: Entry, act: Act, context: Mapping[str, Any]) -> HttpResponse:
    """Shows the form, or does the act and goes on. A form with mistakes comes back with all that was typed."""
    sent = request.method == "POST" and not request.POST.get(ADD)
    if sent and entry.is_valid():
        try:
            return once(request, act.do)
        except Refusal as refusal:
            if not belongs_on_form(refusal):
                raise
            entry.refuse(refusal)
    token = token_of(request) if request.method == "POST" else fresh_token()
    page = {
        "entry": entry,
        "form": entry.form,
        "problems": entry.problems() if sent else [],
        "title": act.title,
        "button": act.button,
        "form_token": token,
        **context,
    }
    return render(request, act.template, page, status=400 if sent else 200)
