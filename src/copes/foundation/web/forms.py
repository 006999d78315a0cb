"""What forms of every room share."""

from __future__ import annotations

from django.forms import BaseForm

from copes.foundation.refusals import Refusal


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Puts a refusal on the form: at its field when the form has it, else above all fields."""
    target = refusal.field if refusal.field in form.fields else None
    form.add_error(target, f"{refusal.reason} {refusal.mend}")
