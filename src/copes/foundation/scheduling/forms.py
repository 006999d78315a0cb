"""Forms about being told: mail modes, quiet hours, address, code."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.scheduling import preferences
from copes.foundation.scheduling.kinds import kind_of
from copes.foundation.scheduling.models import Preference
from copes.foundation.scheduling.queries import every_kind

MODES = (("now", _("At once")), ("digest", _("In the daily digest")), ("never", _("Not by mail")))
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


class PreferencesForm(forms.Form):
    """By kind: when it is mailed; quiet hours; the hour of the digest; the time zone of all this."""

    quiet_from = _time(_("Quiet from"))
    quiet_to = _time(_("Quiet until"))
    urgent_passes = forms.BooleanField(
        label=_("Urgent notifications may come in quiet hours"),
        required=False,
    )
    digest_hour = forms.TypedChoiceField(label=_("Hour of the daily digest"), choices=HOURS, coerce=int)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, data: Any, *, row: Preference) -> None:
        initial = {
            "quiet_from": row.quiet_from,
            "quiet_to": row.quiet_to,
            "urgent_passes": row.urgent_passes,
            "digest_hour": row.digest_hour,
            "zone": row.zone,
        }
        super().__init__(data, initial=initial)
        own = _("The post's own (%(zone)s)") % {"zone": current_node().time_zone}
        self.fields["zone"].choices = [("", own), *((name, name) for name in sorted(available_timezones()))]  # type: ignore[attr-defined]
        self.codes: dict[str, str] = {}
        for code, label in every_kind():
            name = f"mail_{code.replace('.', '_')}"
            self.codes[name] = code
            self.fields[name] = forms.ChoiceField(label=label, choices=MODES, initial=preferences.mode_of(row, code))

    def kinds(self) -> list[tuple[BoundField, bool]]:
        """The choice of each kind, and whether the kind is urgent."""
        found = ((self[name], kind_of(code)) for name, code in self.codes.items())
        return [(bound, bool(kind and kind.urgent)) for bound, kind in found]

    def chosen(self) -> dict[str, Any]:
        """What `preferences.save` takes; the form must be valid."""
        data = dict(self.cleaned_data)
        kinds = {code: data.pop(name) for name, code in self.codes.items()}
        return {"kinds": kinds, **data}


class AddressForm(forms.Form):
    """Where mails go."""

    address = forms.CharField(
        label=_("Mail address"),
        help_text=_("Your address at the agency. A code is sent to it; nothing else before you enter the code."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )
