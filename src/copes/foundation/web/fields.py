"""How a bound form field is dressed: ids, descriptions, classes. No HTML here; see components/field.html."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, widgets

GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.MultiWidget, widgets.SelectDateWidget)


def dress(bound: BoundField, *, width: str = "", label: str = "", hint: str = "", big: bool = False) -> dict[str, Any]:
    """Everything the template needs to show ``bound``: its widget, label, hint, errors and their ids.

    The error and the hint are tied to the control by ``aria-describedby`` (WCAG 2.2, 1.3.1 and 3.3.1).
    """
    widget = bound.field.widget
    text = hint or bound.help_text
    hint_id = f"{bound.auto_id}_helptext" if text else ""
    error_id = f"{bound.auto_id}_error" if bound.errors else ""
    described = " ".join(part for part in (hint_id, error_id) if part)
    group = isinstance(widget, GROUPS)
    attributes: dict[str, Any] = {"class": _classes(widget, width)}
    if widget.attrs.get("placeholder"):
        # A placeholder vanishes while typing; label and hint stay (WCAG 2.2, 3.3.2). False leaves it out.
        attributes["placeholder"] = False
    if described and not group:
        attributes["aria-describedby"] = described
    if bound.errors and not group:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "label": label or bound.label,
        "hint": text,
        "hint_id": hint_id,
        "error_id": error_id,
        "errors": list(bound.errors),
        "described": described,
        "group": group,
        "choice": isinstance(widget, widgets.CheckboxInput),
        "hidden": bound.is_hidden,
        "optional": not bound.field.required and not isinstance(widget, widgets.CheckboxInput),
        "first_id": first_id(bound),
        "big": big,
    }


def first_id(bound: BoundField) -> str:
    """The id of the control that a link to this field should reach."""
    widget = bound.field.widget
    if isinstance(widget, (widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.MultiWidget)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or str(bound.auto_id)


def _classes(widget: widgets.Widget, width: str) -> str:
    if isinstance(widget, (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple)):
        return ""
    own = str(widget.attrs.get("class", ""))
    size = f"input--{width}" if width else ""
    return " ".join(part for part in ("input", size, own) if part)
