"""Writes the API's published description to docs/api/openapi.json. A test compares the two."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "api" / "openapi.json"


def description() -> str:
    """The description as JSON text, members in the order of the operations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "copes.foundation.config.settings")
    import django

    django.setup()
    from copes.foundation.api.root import PREFIX, api

    return json.dumps(api.get_openapi_schema(path_prefix=PREFIX), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(description(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
