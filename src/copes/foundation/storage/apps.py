"""The storage room."""

from __future__ import annotations

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Blobs, backup and restore."""

    name = "copes.foundation.storage"
    label = "storage"
