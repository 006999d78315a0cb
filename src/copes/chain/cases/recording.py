"""A control recorded from nowhere: the case is opened and the control recorded in it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from copes.chain.cases import policies, rules
from copes.chain.cases.records import ControlRecorded
from copes.chain.cases.services import Recorded, append_case, with_ids
from copes.chain.cases.wording import checked
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.trust.records.ids import uuid7

LONGEST_TITLE = 120


def record_new_control(
    acting: Acting, *, facts: Mapping[str, Any], title: str = "", suspected_offence: str | None = None
) -> tuple[Recorded, Recorded]:
    """Opens a case and records the control it begins with; returns both. All or nothing.

    Without a title the case is named after the place and what was found. Raises Forbidden, BadFields (paths of the
    control, and ``title``), BadInput when a time lies in the future.
    """
    acting = policies.require(policies.require(acting, "open_case"), "record_control")
    with writing(acting) as journal:
        given = {"control": uuid7(), **facts, "persons": with_ids(facts.get("persons"))}
        body = checked(ControlRecorded, given)
        now = timezone.now()
        rules.not_in_future(body.started_at, now, "started_at")
        if body.ended_at is not None:
            rules.not_in_future(body.ended_at, now, "ended_at")
        case = append_case(journal, title=title or proposed_title(facts), suspected_offence=suspected_offence)
        about = [body.control, *(person.person for person in body.persons)]
        jti = journal.append(body, case=case.id, occurred_at=body.started_at, about=about)
    return case, Recorded(body.control, jti)


def proposed_title(facts: Mapping[str, Any]) -> str:
    """The place and the first words of what was found."""
    place = str((facts.get("place") or {}).get("name") or "").strip()
    found = str(facts.get("found") or "").strip().splitlines()
    parts = [part for part in (place, found[0].strip() if found else _("Control")) if part]
    title = " – ".join(parts)
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
