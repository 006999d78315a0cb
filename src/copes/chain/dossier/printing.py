"""Printing: reports, notices, receipts, labels and lists, from sealed records; each print is a record itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from copes.chain.cases.policies import require
from copes.chain.dossier import jobs, list_jobs
from copes.chain.dossier.jobs import Job, standing_of
from copes.chain.dossier.prints.frame import Printed
from copes.chain.dossier.prints.house import house
from copes.chain.dossier.prints.typesetter import picture, typeset
from copes.chain.seizures.records import PrintIssued
from copes.chain.seizures.services import issue_receipt
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people.reading import log_read


def issue(acting: Acting, job: Job) -> Printed:
    """The PDF of a job; that it was printed is recorded, with its SHA-256 and that of the agency's templates.

    Who may see the thing was decided when the job was made: a custodian prints the report of an exhibit in hand
    without seeing its case. Raises Refusal when the agency's templates cannot be used.
    """
    acting = require(acting, "print")
    force = house()
    pdf = typeset(job.template, job.document, moment=job.moment, force=force)
    sha256 = hashlib.sha256(pdf).hexdigest()
    if job.print == "receipt" and job.case:
        issue_receipt(
            acting,
            case=job.case,
            seizure=job.things[0],
            sha256=sha256,
            languages=job.languages,
            template=force.stated,
        )
    else:
        body = PrintIssued(
            print=job.print,
            things=list(job.things),
            sha256=sha256,
            languages=list(job.languages),
            template=force.stated,
        )
        with writing(acting) as journal:
            journal.append(body, case=job.case, about=job.things[:50])
    kind = "receipt" if job.print == "receipt" else f"print.{job.print}"
    log_read(acting, case=job.case, kind=kind, thing=job.things[0])
    return Printed(job.name, pdf, job.languages)


def preview(acting: Acting, job: Job) -> bytes:
    """The first page as a small PNG picture, for a look before printing; the look is logged."""
    shown = picture(job.template, job.document, moment=job.moment)
    log_read(acting, case=job.case, kind=f"preview.{job.print}", thing=job.things[0])
    return shown


def print_seizure(
    acting: Acting, *, seizure: str, language: str = "", languages: Sequence[str] = (), page: str = "a4"
) -> Printed:
    """The report of a seizure or detention, in ``language``, or in ``languages`` side by side.

    Raises Unseen, Forbidden, BadInput, Refusal (``print.differs``, ``print.template``).
    """
    wanted = languages or (language,)
    return issue(acting, jobs.seizure_job(acting, seizure=seizure, languages=wanted, page=page))


def print_receipt(acting: Acting, *, seizure: str, languages: Sequence[str], page: str = "a4") -> Printed:
    """The receipt for the person: the person's language first, the agency's second. Raises like ``print_seizure``."""
    return issue(acting, jobs.receipt_job(acting, seizure=seizure, languages=languages, page=page))


def print_notice(
    acting: Acting, *, seizure: str, languages: Sequence[str], person: int = 0, page: str = "a4"
) -> Printed:
    """The notice to a person named by the seizure's record. Raises like ``print_seizure``."""
    return issue(acting, jobs.notice_job(acting, seizure=seizure, languages=languages, person=person, page=page))


def print_custody(acting: Acting, *, exhibit: str, language: str, page: str = "a4") -> Printed:
    """The custody report of an exhibit the officer may see. Raises like ``print_seizure``."""
    return issue(acting, jobs.custody_job(acting, exhibit=exhibit, language=language, page=page))


def print_case(acting: Acting, *, case: str, language: str, page: str = "a4") -> Printed:
    """The case report. Raises like ``print_seizure``."""
    return issue(acting, jobs.case_job(acting, case=case, language=language, page=page))


def print_labels(
    acting: Acting,
    *,
    case: str,
    language: str,
    paper: str = "a4",
    exhibits: Sequence[str] = (),
    start: int = 1,
    copies: int = 1,
) -> Printed:
    """Labels of a case's exhibits: all, or those named. Raises like ``print_seizure``."""
    job = jobs.labels_job(
        acting, case=case, language=language, paper=paper, exhibits=exhibits, start=start, copies=copies
    )
    return issue(acting, job)


def print_tasks(acting: Acting, *, language: str, page: str = "a4") -> Printed:
    """The officer's open tasks. Raises Forbidden, BadInput, Refusal (``print.nothing``)."""
    return issue(acting, list_jobs.tasks_job(acting, language=language, page=page))


def print_held(acting: Acting, *, language: str, page: str = "a4") -> Printed:
    """What the officer holds, for a change of shift. Raises like ``print_tasks``."""
    return issue(acting, list_jobs.held_job(acting, language=language, page=page))


def print_to_receive(acting: Acting, *, language: str, page: str = "a4") -> Printed:
    """What waits for the officer's receipt. Raises like ``print_tasks``."""
    return issue(acting, list_jobs.to_receive_job(acting, language=language, page=page))


__all__ = [
    "issue",
    "preview",
    "print_case",
    "print_custody",
    "print_held",
    "print_labels",
    "print_notice",
    "print_receipt",
    "print_seizure",
    "print_tasks",
    "print_to_receive",
    "standing_of",
]
