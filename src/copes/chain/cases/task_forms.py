"""Forms of tasks and of the state of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from copes.chain.cases import codes
from copes.chain.cases.entries import EntryForm, WhenField
from copes.chain.cases.forms import area

Choices = Sequence[tuple[str, object]]


class TaskForm(EntryForm):
    """Asks an officer to do something."""

    title = forms.CharField(
        label=_("What is to be done"), max_length=200, help_text=_("One line, for example: weigh exhibit 3 again.")
    )
    text = forms.CharField(label=_("More about it"), widget=area(3), required=False)
    assignee = forms.ChoiceField(label=_("Who should do it"))
    access_reason = forms.CharField(
        label=_("Why this officer needs to know of the case"),
        max_length=500,
        required=False,
        widget=area(2),
        help_text=_("Only for an officer without access to the case: access is given together with the task."),
    )
    due_at = WhenField(label=pgettext_lazy("task", "Due"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=list(codes.PRIORITIES.items()), initial="normal")
    things = forms.MultipleChoiceField(
        label=_("Exhibits it is about"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, officers: Any = (), exhibits: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].choices = [("", _("Choose")), *officers]  # type: ignore[attr-defined]  # a choice field
        if exhibits:
            self.fields["things"].choices = list(exhibits)  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["things"]


class TaskDoneForm(EntryForm):
    """What came of a task."""

    note = forms.CharField(
        label=_("What came of it"),
        widget=area(4),
        required=False,
        help_text=_("A short answer. What was done with an exhibit is recorded with the exhibit."),
    )


class WithdrawForm(EntryForm):
    """Why a task need not be done."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))


class CaseStateForm(EntryForm):
    """Why a case is closed or opened again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=area(2), help_text=_("It stands in the timeline of the case.")
    )
