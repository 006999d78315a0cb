"""Column types shared by projections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    _Set = TypeVar("_Set")
    _Get = TypeVar("_Get")

    class IdField(models.CharField[_Set, _Get]):
        """An id as a record states it, for the type checker."""

else:

    class IdField(models.CharField):
        """An id as a record states it: a UUID in its 36-character form, kept as text on every database."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs["max_length"] = 36
            super().__init__(*args, **kwargs)

        def deconstruct(self) -> Any:
            """Leaves the fixed length out of migrations."""
            name, path, args, kwargs = super().deconstruct()
            del kwargs["max_length"]
            return name, path, args, kwargs
