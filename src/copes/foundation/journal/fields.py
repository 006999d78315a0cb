"""Column types shared by projections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models


if TYPE_CHECKING:
    _TextField = models.CharField[str, str]
else:
    _TextField = models.CharField


class IdField(_TextField):
    """An id as a record states it: a UUID in its 36-character form, kept as text on every database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 36
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leaves the fixed length out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
