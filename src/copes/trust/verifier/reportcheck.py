"""The report in the dossier says what the records say. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from copes.trust.verifier.findings import Findings, Subject, Unproven, about_file
from copes.trust.verifier.pdffacts import Fact, check_fact, look_up, missing_in_text, read_facts
from copes.trust.verifier.recordset import Record

REPORT = "data/report.pdf"
REPORT_SUBJECT = about_file(REPORT)
SEIZURES = ("seizure.recorded/1", "detention.recorded/1")
CORRECTION = "correction.recorded/1"
PARTIES = {"custody.released/1": ("released_by", "released_to"), "custody.received/1": ("received_by",)}
# Writing that every report's fonts can draw: a value with anything else in it may be missing among the facts.
DRAWN = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x400, 0x45F),
    (0x621, 0x63A),
    (0x641, 0x64A),
    (0x2010, 0x2022),
    (0x20AC, 0x20AC),
)


def check_report(
    pdf: bytes | None,
    visible_text: Callable[[bytes], str | None],
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
    for record, path in _missing(facts, [record for record in records if record is not None]):
        findings.failed("pdf_fact_missing", Subject("record", record.jti, record.index), path=path)
    _check_text(facts, visible_text(pdf), findings)


def _missing(facts: Sequence[Fact], records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """What every report must state and this one does not (docs/trust/format.md section 4.2)."""
    stated = {(jti, path) for jti, path, _ in facts}
    corrected = _corrections(records)
    for record, path in _required(records):
        there, value = look_up(record.claims, path)
        if not there or (record.jti, path) in stated or not _drawn(value):
            continue
        if stated.isdisjoint(corrected.get((record.jti, path), ())):
            yield record, path


def _required(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """Record and path of what every report must state of these records."""
    enrolled = {str(r.claims["body"].get("officer")): r for r in records if r.kind == "officer.enrolled/1"}
    named: dict[str, Record] = {}
    for record in records:
        if record.kind == "exhibit.created/1":
            yield record, "body.number"
            yield record, "body.description"
        elif record.kind in SEIZURES:
            yield record, "occurred_at"
        elif record.kind in PARTIES:
            yield record, "occurred_at"
            parties = (enrolled.get(str(record.claims["body"].get(field))) for field in PARTIES[record.kind])
            named.update((party.jti, party) for party in parties if party is not None)
    for party in named.values():
        yield party, "body.name"


def _corrections(records: Sequence[Record]) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Where a later record states a field anew: the facts that may stand for the first one."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for record in records:
        fields = record.claims["body"].get("fields")
        if record.kind != CORRECTION or not record.proven or not isinstance(fields, list):
            continue
        for number, row in enumerate(fields):
            if isinstance(row, dict):
                place = (str(record.claims.get("corrects")), str(row.get("path")))
                paths = (f"body.fields.{number}.{name}" for name in ("value", "salted_value"))
                found.setdefault(place, []).extend((record.jti, path) for path in paths)
    return found


def _drawn(value: object) -> bool:
    return all(any(low <= ord(c) <= high for low, high in DRAWN) or c.isspace() for c in str(value))


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
