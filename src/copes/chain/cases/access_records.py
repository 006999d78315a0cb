"""The facts about need-to-know: asking for access, access for a time, breaking the glass, and its review."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AwareDatetime, Field

from copes.chain.cases.records import Reason, Uuid
from copes.trust.records.model import Body, Sensitive


class AccessRequested(Body):
    """An officer asks for access to the case of this number.

    ``sub`` names the case when there is one of that number; the act is the same when there is none.
    """

    kind: ClassVar[str] = "access.requested/1"
    request: Uuid
    number: Annotated[str, Field(min_length=1, max_length=24), Sensitive]
    reason: Annotated[Reason, Sensitive]


class AccessDeclined(Body):
    """A request for access is declined. A granted one is answered by ``access.granted`` or ``access.lent``."""

    kind: ClassVar[str] = "access.declined/1"
    request: Uuid
    officer: Uuid
    reason: Annotated[Reason, Sensitive]


class AccessLent(Body):
    """An officer may see the case until a moment; in the place of an absent officer when ``instead_of`` says so."""

    kind: ClassVar[str] = "access.lent/1"
    officer: Uuid
    until: AwareDatetime
    reason: Annotated[Reason, Sensitive]
    instead_of: Uuid | None = None


class AccessBrokenGlass(Body):
    """The acting officer opened the case at once, in an emergency; another officer reviews it."""

    kind: ClassVar[str] = "access.broken_glass/1"
    until: AwareDatetime
    reason: Annotated[Reason, Sensitive]
    exhibit: Uuid | None = None


class AccessReviewed(Body):
    """A supervisor says whether breaking the glass was justified; ``access`` is the record of it."""

    kind: ClassVar[str] = "access.reviewed/1"
    access: Uuid
    officer: Uuid
    justified: bool
    reason: Annotated[Reason, Sensitive]
