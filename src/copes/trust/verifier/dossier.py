"""Verifying a dossier: the order of the checks, on bytes that others have read. No I/O.

Each step adds findings and goes on as far as it can, so that one broken file does not hide the next.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copes.trust.errors import TrustError
from copes.trust.ledger.checkpoints import Checkpoint
from copes.trust.ledger.merkle import verify_consistency, verify_inclusion
from copes.trust.verifier.anchors import (
    Anchors,
    Opened,
    check_age,
    check_held,
    check_key,
    check_quorum,
    open_ledger_note,
)
from copes.trust.verifier.bag import check_bag, required
from copes.trust.verifier.claims import strict_json, take_text, take_whole, wrong
from copes.trust.verifier.exhibitfiles import check_exhibit_files
from copes.trust.verifier.findings import DOSSIER, FAILED, Findings, Unproven, about_file, about_record
from copes.trust.verifier.keyring import Keyring, is_practice
from copes.trust.verifier.manifest import (
    DOSSIER_JSON,
    ISSUED,
    NAMED_FILES,
    UNSIGNED_FILES,
    check_claims,
    check_exhibits,
    check_issued,
    check_withheld,
    check_withheld_list,
    read_dossier_json,
)
from copes.trust.verifier.outcome import Outcome
from copes.trust.verifier.recordset import Record, RecordChecker
from copes.trust.verifier.reportcheck import REPORT, check_report

RECORDS = "data/records.sdjwt"
PROOFS = "data/proofs.jsonl"
CHECKPOINT_FILE = "data/checkpoint"
VKEY_FILE = "data/ledger.vkey"
CONSISTENCY = "data/consistency.json"
TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
NEEDED = (DOSSIER_JSON, RECORDS, PROOFS, CHECKPOINT_FILE, VKEY_FILE, CONSISTENCY, REPORT, *TAGS)


@dataclass
class DossierFiles:
    """A dossier as bytes: SHA-256 and size of every file, the content of those in NEEDED.

    `odd` names what is no plain file, `damaged` what could not be read; `visible_text` gives the text that a
    reader of the report sees, None where no program to extract it is at hand. It is asked only for the report
    that was issued.
    """

    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    content: Mapping[str, bytes]
    odd: Sequence[str] = ()
    damaged: Mapping[str, str] = field(default_factory=dict)
    visible_text: Callable[[bytes], str | None] = lambda _pdf: None


def verify_dossier(files: DossierFiles, anchors: Anchors) -> Outcome:
    """Check the whole dossier; never raises for its content."""
    outcome = Outcome("dossier")
    findings = outcome.findings
    for name in files.odd:
        findings.failed("bag_odd_file", about_file(name))
    for name, reason in files.damaged.items():
        findings.failed("file_unreadable", about_file(name), detail=reason)
    check_bag(files.digests, files.sizes, {n: files.content[n] for n in TAGS if n in files.content}, findings)
    stated = _stated(files, outcome)
    opened = _opened(files, anchors, outcome)
    if opened is None:
        return outcome
    checker = RecordChecker(Keyring(outcome.origin, outcome.vkey), findings, stated.get("case"))
    records = _check_records(files, opened, checker, outcome)
    signed = {
        name[5:]: digest
        for name, digest in files.digests.items()
        if name.startswith("data/") and name[5:] not in UNSIGNED_FILES
    }
    _check_end(signed, stated, records, checker, outcome)
    folders = check_exhibit_files(signed, checker.book, findings)
    if stated:
        failed = findings.number("failed")
        check_exhibits(stated, checker.book, folders, findings)
        _check_manifest(stated, opened, records, outcome)
        if findings.number("failed") == failed:
            findings.held("held_manifest", about_file(DOSSIER_JSON))
    _check_report(files, stated, records, findings)
    check_age(opened, checker.last_iat, anchors, findings)
    indexes = [record.index for record in records if record is not None]
    if indexes:
        findings.unchecked("records_after", count=max(0, outcome.size - 1 - max(indexes)))
    _say_unchecked(outcome, files)
    outcome.take_anchors(opened)
    return outcome


def _stated(files: DossierFiles, outcome: Outcome) -> dict[str, Any]:
    """The manifest, or nothing when it cannot be read; what it claims is checked later."""
    try:
        stated = read_dossier_json(required(files.content, DOSSIER_JSON))
    except Unproven as refusal:
        outcome.findings.failed(refusal.code, about_file(DOSSIER_JSON), **refusal.params)
        return {}
    outcome.language, outcome.case_number = stated["language"], stated["case_number"]
    return stated


def _opened(files: DossierFiles, anchors: Anchors, outcome: Outcome) -> Opened | None:
    """The checkpoint under the ledger's key, and how it stands to what the reader holds."""
    findings, name = outcome.findings, VKEY_FILE
    try:
        vkey = read_vkey_line(required(files.content, VKEY_FILE))
        name = CHECKPOINT_FILE
        opened = open_ledger_note(required(files.content, CHECKPOINT_FILE), vkey, anchors, findings)
        outcome.take_opened(opened, vkey, practice=is_practice(opened.checkpoint.origin))
        check_key(opened, vkey, anchors, findings)
        name = CONSISTENCY
        proofs = _consistency_proofs(files.content.get(CONSISTENCY))
    except Unproven as refusal:
        findings.failed(refusal.code, about_file(name), **refusal.params)
        return None

    def prove(held: Checkpoint) -> bool:
        if held.size not in proofs:
            return False
        here = opened.checkpoint
        verify_consistency(held.size, here.size, proofs[held.size], held.root, here.root)
        return True

    for note in anchors.held:
        check_held(opened, note, prove, findings)
    check_quorum(opened, anchors, findings)
    return opened


def read_vkey_line(data: bytes) -> str:
    """The one line of a vkey file; raises Unproven."""
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Unproven("vkey_invalid", detail="not ASCII") from error
    if not lines[0] or lines[1:] not in ([], [""]):
        raise Unproven("vkey_invalid", detail="not one line")
    return lines[0]


def _consistency_proofs(data: bytes | None) -> dict[int, list[bytes]]:
    """Proof hashes by the older tree's size; raises Unproven."""
    if data is None:
        return {}
    stated = strict_json(data)
    if not isinstance(stated, dict) or not isinstance(stated.get("proofs"), list):
        wrong("proofs")
    found = {}
    for row in stated["proofs"]:
        if not isinstance(row, dict):
            wrong("proofs")
        found[take_whole(row, "size")] = _hashes(row)
    return found


def _hashes(row: Mapping[str, Any]) -> list[bytes]:
    hashes = row.get("hashes")
    if not isinstance(hashes, list) or len(hashes) > 64:
        wrong("hashes")
    try:
        return [b64decode(text.encode("ascii"), validate=True) for text in hashes]
    except (ValueError, AttributeError):
        wrong("hashes")


def _lines(data: bytes, name: str, findings: Findings) -> list[bytes]:
    """The lines of a file in which each ends with a line feed and none is empty."""
    lines = data.split(b"\n")
    if lines.pop() != b"" or b"" in lines:
        findings.failed("lines_invalid", about_file(name))
    return [line for line in lines if line]


def _check_records(
    files: DossierFiles, opened: Opened, checker: RecordChecker, outcome: Outcome
) -> list[Record | None]:
    """Every record with its place in the ledger, in order; None for one that cannot be read."""
    findings = outcome.findings
    lines: dict[str, list[bytes]] = {}
    for name in (RECORDS, PROOFS):
        try:
            lines[name] = _lines(required(files.content, name), name, findings)
        except Unproven as refusal:
            findings.failed(refusal.code, about_file(name))
            lines[name] = []
    if len(lines[RECORDS]) != len(lines[PROOFS]):
        findings.failed("proofs_number", about_file(PROOFS), records=len(lines[RECORDS]), proofs=len(lines[PROOFS]))
    last, records = -1, []
    for number, line in enumerate(lines[RECORDS]):
        proof = _proof(lines[PROOFS][number] if number < len(lines[PROOFS]) else None, number, findings)
        index = last + 1 if proof is None else proof[0]
        if index <= last:
            findings.failed("record_order", about_record(index), line=number + 1)
        last = max(index, last)
        leaf, record = checker.admit(line, index)
        records.append(record)
        outcome.inclusion += proof is not None and _included(proof, leaf, record, opened.checkpoint, findings)
    outcome.records, outcome.signatures = len(records), checker.signatures
    outcome.disclosures, outcome.withheld = checker.disclosures, checker.withheld
    checker.finish()
    outcome.exhibits = checker.book.connected()
    return records


def _proof(line: bytes | None, number: int, findings: Findings) -> tuple[int, str, list[bytes]] | None:
    if line is None:
        return None
    try:
        row = strict_json(line)
        if not isinstance(row, dict) or row.keys() != {"index", "jti", "hashes"}:
            wrong("index, jti, hashes")
        return take_whole(row, "index"), take_text(row, "jti"), _hashes(row)
    except Unproven:
        findings.failed("proof_invalid", about_file(PROOFS), line=number + 1)
        return None


def _included(
    proof: tuple[int, str, list[bytes]],
    leaf: bytes,
    record: Record | None,
    checkpoint: Checkpoint,
    findings: Findings,
) -> bool:
    index, jti, hashes = proof
    subject = about_record(index, record.jti if record else jti)
    if record is not None and record.jti != jti:
        findings.failed("proof_other", subject, stated=jti)
    try:
        verify_inclusion(index, checkpoint.size, leaf, hashes, checkpoint.root)
    except TrustError:
        findings.failed("record_not_included", subject)
        return False
    return True


def _check_end(
    signed: Mapping[str, str],
    stated: Mapping[str, Any],
    records: Sequence[Record | None],
    checker: RecordChecker,
    outcome: Outcome,
) -> None:
    """The last record says what the dossier was when it was issued."""
    findings = outcome.findings
    for name in signed:
        if name not in NAMED_FILES and not name.startswith("exhibits/"):
            findings.unchecked("file_unknown", about_file("data/" + name))
    last = records[-1] if records else None
    if last is None or last.kind != ISSUED or not last.proven:
        findings.failed("issued_absent", DOSSIER)
    else:
        before = [record.jti if record else "" for record in records[:-1]]
        check_issued(last, before, signed, stated.get("files", {}), checker.withheld, findings)
        body = last.claims["body"]
        if stated:
            check_withheld_list(last, stated, findings)
            proven = {"dossier": body.get("dossier"), "language": body.get("language"), "files": signed}
            check_claims(stated, {**proven, "case": last.claims.get("sub")}, findings)
    if outcome.signatures == len(records) and records:
        findings.held("held_signatures", count=outcome.signatures)
    if outcome.inclusion == len(records) and records:
        findings.held("held_inclusion", count=outcome.inclusion, size=outcome.size)


def _check_manifest(
    stated: Mapping[str, Any],
    opened: Opened,
    records: Sequence[Record | None],
    outcome: Outcome,
) -> None:
    """What the manifest claims is what was proven."""
    findings = outcome.findings
    readable = [record for record in records if record is not None]
    outcome.redacted, outcome.erased = check_withheld(stated, readable, findings)
    indexes = [record.index for record in readable]
    proven: dict[str, object] = {
        "origin": outcome.origin,
        "practice": outcome.practice,
        "records": outcome.records,
        "first_index": min(indexes, default=0),
        "last_index": max(indexes, default=0),
        "tree_size": outcome.size,
        "claims.signatures": outcome.signatures,
        "claims.inclusion": outcome.inclusion,
        "claims.custody": outcome.exhibits,
    }
    number = _case_number(readable)
    if number is None:
        findings.unchecked("case_number_unrecorded")
    else:
        proven["case_number"] = number
    check_claims(stated, proven, findings)
    claimed = stated["claims"]["cosigners"]
    if not isinstance(claimed, list) or sorted(map(str, claimed)) != sorted(opened.names):
        findings.failed("cosigners_differ", about_file(DOSSIER_JSON), claimed=claimed, proven=opened.names)


def _check_report(
    files: DossierFiles, stated: Mapping[str, Any], records: Sequence[Record | None], findings: Findings
) -> None:
    """The report says what the records say; one that is not the report issued is not even read."""
    pdf = files.content.get(REPORT)
    listed = stated.get("files", {}).get(REPORT.removeprefix("data/"))
    replaced = listed != files.digests.get(REPORT) or findings.counts[FAILED, "issued_files"]
    if stated and pdf is not None and replaced:
        findings.unchecked("report_unread", about_file(REPORT))
        return
    check_report(pdf, files.visible_text, records, findings)


def _case_number(records: Sequence[Record]) -> str | None:
    """The case's number as the last proven record that opens or renumbers it states it."""
    number = None
    for record in records:
        stated = record.claims["body"].get("number")
        if record.proven and record.kind.startswith("case.") and isinstance(stated, str):
            number = stated
    return number


def _say_unchecked(outcome: Outcome, files: DossierFiles) -> None:
    """What no dossier can prove of itself, said every time."""
    findings = outcome.findings
    findings.unchecked("truth_unknown")
    findings.unchecked("completeness_unknown")
    findings.unchecked("timestamp_absent")
    if outcome.withheld:
        findings.unchecked("withheld_unknown", count=outcome.withheld)
    for name in ("case.jsonld", "README.html", "README.txt", "copes_verify.py"):
        if "data/" + name in files.digests:
            findings.unchecked("content_not_compared", about_file("data/" + name))
