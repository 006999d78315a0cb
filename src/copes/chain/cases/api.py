"""Cases, controls, access and notes over HTTP. Thin: services and queries do the work."""

from __future__ import annotations

from ninja import Query, Router, Status

from copes.chain.cases import queries, services
from copes.chain.cases.api_shapes import (
    CaseDetails,
    CaseOut,
    Cases,
    CaseSearch,
    ControlCorrection,
    ControlFacts,
    ControlOut,
    EndControl,
    GrantAccess,
    MemberOut,
    NoteFacts,
    NoteOut,
    OpenCase,
    RevokeAccess,
    case_fields,
    control_out,
    correction_out,
    officer_or_none,
)
from copes.chain.cases.shown import erasures_by_place
from copes.chain.cases.wording import BELONGS, MESSAGES
from copes.foundation.api.schemas import Done, done
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.api.wording import teach
from copes.foundation.people.reading import log_read

router = Router(tags=["cases"])
teach(MESSAGES, BELONGS)


@router.get("/cases", response=Cases)
def list_cases(request: ApiRequest, wanted: Query[CaseSearch]) -> Cases:
    """The cases you may know of, newest first, a page at a time; or those whose number begins as given."""
    if wanted.number:
        page = queries.Page(tuple(queries.find_cases(request.auth, wanted.number)), None)
    else:
        page = queries.recent_cases(request.auth, after=wanted.after)
    log_read(request.auth, case=None, kind="cases", thing=wanted.number or "list")
    return Cases(items=[CaseOut(**case_fields(row)) for row in page.rows], next=page.after)


@router.post("/cases", response={201: Done})
def open_case(request: ApiRequest, body: OpenCase) -> Status[Done]:
    """Opens a case with the next number of the year."""
    made = services.open_case(request.auth, **body.model_dump())
    return Status(201, done(made.id, made.jti))


@router.get("/cases/{case}", response=CaseDetails)
def read_case(request: ApiRequest, case: str) -> CaseDetails:
    """A case: who has access, its controls, corrections and notes."""
    found = queries.details(request.auth, case, erasures_by_place(case))
    log_read(request.auth, case=case, kind="case", thing=case)
    return CaseDetails(
        **case_fields(found.case),
        members=[
            MemberOut(
                officer=one.officer_id,
                name=officer_or_none(one.officer),
                reason=one.reason,
                granted_at=one.granted_at,
                record=one.record_id,
            )
            for one in found.members
        ],
        controls=[control_out(one) for one in found.controls],
        corrections=[correction_out(one) for one in found.corrections],
        notes=[
            NoteOut(
                record=one["record_id"],
                text=one["text"],
                at=one["at"],
                officer=officer_or_none(one["officer"]),
            )
            for one in found.notes
        ],
    )


@router.post("/cases/{case}/access", response=Done)
def grant_access(request: ApiRequest, case: str, body: GrantAccess) -> Done:
    """Gives an officer access to the case."""
    jti = services.grant_access(request.auth, case=case, officer=body.officer, reason=body.reason)
    return done(case, jti)


@router.post("/cases/{case}/access/{officer}/revoke", response=Done)
def revoke_access(request: ApiRequest, case: str, officer: str, body: RevokeAccess) -> Done:
    """Takes an officer's access to the case away."""
    return done(case, services.revoke_access(request.auth, case=case, officer=officer, reason=body.reason))


@router.post("/cases/{case}/notes", response={201: Done})
def add_note(request: ApiRequest, case: str, body: NoteFacts) -> Status[Done]:
    """Adds a note to the case."""
    made = services.add_note(request.auth, case=case, text=body.text)
    return Status(201, done(made.id, made.jti))


@router.post("/cases/{case}/controls", response={201: Done})
def record_control(request: ApiRequest, case: str, body: ControlFacts) -> Status[Done]:
    """Records a control: when, where, on what grounds and power, of whom and what, and what was found."""
    made = services.record_control(request.auth, case=case, facts=body.model_dump(exclude_none=True))
    return Status(201, done(made.id, made.jti))


@router.get("/cases/{case}/controls/{control}", response=ControlOut)
def read_control(request: ApiRequest, case: str, control: str) -> ControlOut:
    """A control as recorded now, corrections applied."""
    found = queries.control_view(request.auth, case, control, erasures_by_place(case))
    log_read(request.auth, case=case, kind="control", thing=control)
    return control_out(found)


@router.post("/cases/{case}/controls/{control}/end", response=Done)
def end_control(request: ApiRequest, case: str, control: str, body: EndControl) -> Done:
    """Records when a control ended that was still under way."""
    jti = services.end_control(request.auth, case=case, control=control, ended_at=body.ended_at)
    return done(control, jti)


@router.post("/cases/{case}/controls/{control}/corrections", response={201: Done})
def correct_control(request: ApiRequest, case: str, control: str, body: ControlCorrection) -> Status[Done]:
    """Records what was wrong with a control; the first record stays beside the correction."""
    facts = body.model_dump(exclude_none=True)
    reason = facts.pop("reason")
    jti = services.correct_control(request.auth, case=case, control=control, facts=facts, reason=reason)
    return Status(201, done(control, jti))
