"""Erasure of salted fields, four-eyes: one officer asks with a legal ground, another approves.

Erasing deletes salt and value; the signed record stays, states only the digest, and keeps verifying
(Directive (EU) 2016/680 art. 16). The request and the decision are records themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.models import Disclosure, Entry, ErasureRequest, SigningKey
from copes.foundation.journal.queries import open_erasure_requests
from copes.foundation.journal.rebuilding import replay_scope
from copes.foundation.journal.records import ErasedField, ErasureDeclined, ErasureRequested, RecordErased
from copes.foundation.journal.registry import see_case
from copes.foundation.journal.writing import writing
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen, unseen
from copes.trust.records.ids import uuid7

MAY_ASK = ("supervisor", "legal", "administrator")
MAY_APPROVE = ("supervisor", "legal", "administrator")


def request_erasure(acting: Acting, *, record: str, paths: Sequence[str], ground: str) -> str:
    """Asks that salted fields of a record be erased; returns the request's id.

    ``paths`` as in the record, for example ``body.persons.0.name``; a path stands for everything beneath it.
    Raises Forbidden, Unseen (no such record), BadInput (no such field).
    """
    _may(acting, MAY_ASK)
    entry = Entry.objects.filter(jti=record).first()
    if entry is None:
        raise unseen()
    if entry.case_id:
        see_case(acting, entry.case_id)
    fields = _fields(entry.index, paths)
    body = ErasureRequested(request=uuid7(), record=record, fields=fields, ground=ground)
    with writing(acting) as journal:
        journal.append(body, case=entry.case_id, about=[record])
    return body.request


def approve_erasure(acting: Acting, *, request: str) -> None:
    """Approves a request and erases at once: salted fields deleted, projections of the case replayed.

    Raises Forbidden when the officer who asked tries to approve, Unseen for an unknown request, Refusal when it
    was decided already.
    """
    _may(acting, MAY_APPROVE)
    with transaction.atomic():
        asked = _open_request(acting, request)
        if asked.requested_by == acting.officer:
            raise Forbidden(
                "erasure.four_eyes",
                _("The officer who asked for an erasure cannot approve it."),
                _("Ask another supervisor or legal officer to decide."),
            )
        entry = Entry.objects.get(jti=asked.jti)
        fields = _fields(entry.index, asked.paths)
        with writing(acting) as journal:
            journal.append(
                RecordErased(request=asked.id, record=asked.jti, fields=fields, ground=asked.ground),
                case=entry.case_id,
                about=[asked.jti],
                rests_on=[asked.record_id],
            )
        Disclosure.objects.filter(entry=entry.index, digest__in=[field.digest for field in fields]).delete()
        replay_scope(entry.case_id, DEFAULT_DB_ALIAS)


def decline_erasure(acting: Acting, *, request: str, reason: str) -> None:
    """Closes a request without erasing. Raises like `approve_erasure`."""
    _may(acting, MAY_APPROVE)
    with writing(acting) as journal:
        asked = _open_request(acting, request)
        journal.append(
            ErasureDeclined(request=asked.id, record=asked.jti, reason=reason),
            case=asked.case_id,
            about=[asked.jti],
            rests_on=[asked.record_id],
        )


def erasable_fields(acting: Acting, record: str) -> list[str]:
    """Paths of the salted fields of a record that are still there. Raises Forbidden, Unseen."""
    _may(acting, MAY_ASK)
    entry = Entry.objects.filter(jti=record).first()
    if entry is None:
        raise unseen()
    if entry.case_id:
        see_case(acting, entry.case_id)
    return sorted(Disclosure.objects.filter(entry=entry.index).values_list("path", flat=True))


def may_decide(acting: Acting, asked: ErasureRequest) -> None:
    """Raises Unseen unless the officer sees the case of the request; without a case, unless the agency is the same."""
    if asked.case_id:
        see_case(acting, asked.case_id)
        return
    agencies = SigningKey.objects.filter(officer=asked.requested_by).values_list("agency", flat=True)
    if acting.agency not in agencies:
        raise unseen()


def requests_to_decide(acting: Acting) -> list[ErasureRequest]:
    """Requests that wait for a second officer and that this one may know of, oldest first. Raises Forbidden."""
    _may(acting, MAY_APPROVE)
    seen = []
    for asked in open_erasure_requests():
        try:
            may_decide(acting, asked)
        except Unseen:
            continue
        seen.append(asked)
    return seen


def _open_request(acting: Acting, request: str) -> ErasureRequest:
    asked = ErasureRequest.objects.select_for_update().filter(id=request).first()
    if asked is None:
        raise unseen()
    may_decide(acting, asked)
    if asked.done_at is not None:
        raise Refusal("erasure.decided", _("This request was decided already."), _("Open the list of requests again."))
    return asked


def _fields(entry: int, paths: Sequence[str]) -> list[ErasedField]:
    found = list(Disclosure.objects.filter(entry=entry).order_by("path").values_list("digest", "path"))
    chosen = [
        ErasedField(digest=digest, path=path)
        for digest, path in found
        if any(path == wanted or path.startswith(f"{wanted}.") for wanted in paths)
    ]
    if not chosen:
        raise BadInput(
            "erasure.no_field",
            _("The record has no salted field of that name, or it was erased before."),
            _("Choose among the fields listed for this record."),
            field="paths",
        )
    return chosen


def _may(acting: Acting, roles: Sequence[str]) -> None:
    if not acting.has(*roles):
        raise Forbidden(
            "erasure.role",
            _("Your roles do not allow erasing personal data."),
            _("Ask a supervisor, a legal officer or an administrator."),
        )
