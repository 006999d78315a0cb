"""The fact this room states: that what was listed left the system as a file."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from copes.trust.records.model import Body, Sensitive

Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class ListExported(Body):
    """A list was exported: what it was narrowed to, how many rows, the file's hash, and for what purpose."""

    kind: ClassVar[str] = "list.exported/1"
    list: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    filters: Annotated[str, StringConstraints(max_length=2000), Sensitive]
    rows: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    format: Literal["csv", "xlsx"]
    purpose: Annotated[Purpose, Sensitive]
