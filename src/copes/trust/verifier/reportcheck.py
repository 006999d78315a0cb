"""The report in the dossier says what the records say. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from copes.trust.verifier.findings import Findings, Subject, Unproven, about_file
from copes.trust.verifier.pdffacts import Fact, check_fact, missing_in_text, read_facts
from copes.trust.verifier.recordset import Record

REPORT = "data/report.pdf"
REPORT_SUBJECT = about_file(REPORT)


def check_report(
    pdf: bytes | None,
    text: str | None,
    records: Sequence[Record | None],
    findings: Findings,
) -> None:
    """Compare the report's facts with the records, and with its visible text where that was extracted."""
    if pdf is None:
        findings.failed("file_missing", REPORT_SUBJECT)
        return
    by_id = {record.jti: record for record in records if record is not None}
    good = 0
    try:
        facts = read_facts(pdf)
    except Unproven as refusal:
        findings.failed(refusal.code, REPORT_SUBJECT, **refusal.params)
        return
    for fact in facts:
        record = by_id.get(fact[0])
        try:
            check_fact(fact, record.claims if record else None, withholds=bool(record and record.withheld))
            good += 1
        except Unproven as refusal:
            subject = Subject("record", record.jti, record.index) if record else REPORT_SUBJECT
            findings.failed(refusal.code, subject, **refusal.params)
    if good == len(facts):
        findings.held("held_pdf_facts", REPORT_SUBJECT, count=good)
    _check_text(facts, text, findings)


def _check_text(facts: Sequence[Fact], text: str | None, findings: Findings) -> None:
    if text is None:
        findings.unchecked("pdf_text_unchecked", REPORT_SUBJECT)
        return
    missing, looked, skipped = missing_in_text(facts, text)
    for jti, path, _ in missing:
        findings.failed("pdf_text_absent", REPORT_SUBJECT, record=jti, path=path)
    if looked and not missing:
        findings.held("held_pdf_text", REPORT_SUBJECT, count=looked)
    if skipped:
        findings.unchecked("pdf_text_skipped", REPORT_SUBJECT, count=skipped)
    findings.unchecked("pdf_pictures", REPORT_SUBJECT)
