"""Who may see a case for a time, on the case page: `{% case_access case.id %}`."""

from __future__ import annotations

from typing import Any

from django import template

from copes.chain.cases.access_queries import access_of

register = template.Library()


@register.inclusion_tag("cases/access_now.html", takes_context=True)
def case_access(context: dict[str, Any], case: str) -> dict[str, Any]:
    """Access for a time to a case that the page shows already, in two queries."""
    verbs = context.get("verbs") or {}
    may_end = bool(context.get("may_share", verbs.get("share_case")))
    return {"access": access_of(case), "may_end": may_end}
