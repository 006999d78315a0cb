"""The web floor: base page, design system, components, static files."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates and template tags."""

    name = "copes.foundation.web"
    label = "web"
