"""The API room."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP API: its root, tokens, idempotency."""

    name = "copes.foundation.api"
    label = "api"
